"""The numbers on the defence lines, their money, fences and the mine treaty that go into sentences."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.border_fences import BUILT, COSTS
from baltic_calculus.analysis.by_country import ranges_by_country
from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.defence_line import DELIVERED, FIRST_PHASE, INSTALLED, Pace, compute_pace
from baltic_calculus.analysis.figures import select_figures, sole_figure
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.quantity import Fact, Quantity, year

ESTONIA = "EST"
PLANNED, APART = "bunkers planned", "bunkers planned, first phase counted apart"
BEGUN = "bunker installation begun"
DUE, FIRST_DUE = "planned completion of line at present scale", "planned completion of first phase of bunkers"


def estonian_pace(facts: pd.DataFrame) -> Pace:
    """Pace at which Estonia has installed bunkers, against the date by which its line is due.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    """
    planned = Interval(sole_figure(facts, PLANNED).low, sole_figure(facts, APART).high)
    return compute_pace(
        sole_figure(facts, INSTALLED).low, planned, _date(facts, BEGUN), _date(facts, INSTALLED), _date(facts, DUE)
    )


def describe_line(facts: pd.DataFrame, progress: pd.DataFrame) -> dict[str, Fact]:
    """How much of the line is built, and what the pace so far would mean; the latter is arithmetic, not a forecast.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    progress : DataFrame
        From ``compute_progress``.

    Returns
    -------
    dict
        Estonia's bunkers: ``planned, delivered, installed`` (numbers), ``delivered_pct, installed_pct``,
        ``counted, began`` (dates in words), ``first_phase`` (number), ``first_due, due`` (years by whose end),
        ``per_week, needed_per_week, times`` (intervals), ``done`` (calendar years, first and last), ``ditch_km``.
        Elsewhere: ``parks, stores``. Numbers of rows, the first phase not counted apart: ``elements`` (with a plan),
        ``with_outturn`` (of these, with a published outturn), ``silent`` (without any number).
    """
    pace = estonian_pace(facts)
    planned, delivered, installed = (sole_figure(facts, name).low for name in (PLANNED, DELIVERED, INSTALLED))
    plans = progress[progress["planned"].notna() & (progress["element"] != FIRST_PHASE)]
    outturn = plans[["delivered", "installed"]].notna().any(axis="columns")
    return {
        "planned": Quantity(planned, "bunkers", 0),
        "delivered": Quantity(delivered, "", 0),
        "installed": Quantity(installed, "", 0),
        "delivered_pct": Quantity(delivered / planned * 100, "%", 1),
        "installed_pct": Quantity(installed / planned * 100, "%", 1),
        "counted": name_date(_date(facts, INSTALLED)),
        "began": name_date(_date(facts, BEGUN)),
        "first_phase": Quantity(sole_figure(facts, "bunkers planned, first phase").low, "bunkers", 0),
        "first_due": year(int(sole_figure(facts, FIRST_DUE).low)),
        "due": year(int(sole_figure(facts, DUE).low)),
        "per_week": _range(pace.per_week, "a week", 1),
        "needed_per_week": _range(pace.needed_per_week, "a week", 1),
        "times": _range(pace.times, "times", 0),
        "done": Quantity(int(pace.done_year.low), "year", 0, int(pace.done_year.high)),
        "ditch_km": Quantity(sole_figure(facts, "anti-tank ditches planned").low, "km", 0),
        "parks": Quantity(sole_figure(facts, "counter-mobility parks planned").low, "parks", 0),
        "stores": Quantity(sole_figure(facts, "obstacle stores in use (at least)").low, "places", 0),
        "elements": Quantity(len(plans), "", 0),
        "with_outturn": Quantity(int(outturn.sum()), "", 0),
        "silent": Quantity(
            int(progress[["planned", "delivered", "installed"]].isna().all(axis="columns").sum()), "", 0
        ),
    }


def describe_budgets(budgets: pd.DataFrame) -> dict[str, Fact]:
    """What the lines are to cost, by state.

    Parameters
    ----------
    budgets : DataFrame
        From ``compute_budgets``.

    Returns
    -------
    dict
        ``amounts`` (EUR m, by state), ``per_km`` (EUR thousand, by state), ``per_km_year`` (EUR thousand, by state with
        published years). Words where there is none.
    """
    euros = budgets[budgets["currency"] == "EUR"]
    amounts = {row.iso3: Quantity(row.amount_m, "EUR m", 0) for row in euros.itertuples()}
    return {
        "amounts": amounts or "none found",
        "per_km": ranges_by_country(euros, "low_keur_per_km", "high_keur_per_km", "EUR thousand", 0) or "none",
        "per_km_year": ranges_by_country(euros, "low_keur_per_km_year", "high_keur_per_km_year", "EUR thousand", 0)
        or "none",
    }


def describe_fences(facts: pd.DataFrame, fences: pd.DataFrame) -> dict[str, Fact]:
    """How long the fences are, and what is not known of their cost.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    fences : DataFrame
        From ``compute_fences``.

    Returns
    -------
    dict
        ``fences`` (number of borders with a fence that is built), ``fence_km`` (km, by state), ``fence_most,
        fence_least`` (labels of the borders), ``fence_most_pct, fence_least_pct`` (intervals), ``cost_first,
        cost_other`` (EUR m of the two reports that conflict), ``cost_times`` (one over the other).
    """
    built = fences[fences["kind"] == BUILT]
    ranked = built.sort_values("low_pct", kind="stable")
    first, other = (sole_figure(facts, name).low for name in COSTS)
    told: dict[str, Fact] = {
        "fences": Quantity(len(built), "", 0),
        "fence_km": {
            str(code): Quantity(float(rows["low_fence_km"].sum()), "km", 0)
            for code, rows in built.groupby("iso3", sort=False)
        }
        or "none found",
        "cost_first": Quantity(first, "EUR m", 1),
        "cost_other": Quantity(other, "EUR m", 0),
        "cost_times": Quantity(other / first, "times", 0),
    }
    for name, place in (("most", -1), ("least", 0)):
        row = ranked.iloc[place] if len(ranked) else None
        told[f"fence_{name}"] = "none" if row is None else str(row["label"]).partition(":")[0]
        told[f"fence_{name}_pct"] = "none" if row is None else Quantity(row["low_pct"], "%", 0, row["high_pct"])
    return told


def describe_withdrawals(withdrawals: pd.DataFrame, as_of: str, codes: Sequence[str]) -> dict[str, Fact]:
    """Who has left the convention on anti-personnel mines.

    Parameters
    ----------
    withdrawals : DataFrame
        From ``list_withdrawals``.
    as_of : str
        Day up to which withdrawals count.
    codes : sequence of str
        The three states of the line.

    Returns
    -------
    dict
        ``left`` (codes of the states whose withdrawal has taken effect), ``left_first`` (those in ``codes`` that left
        on the first day), ``left_first_date, left_last_date`` (in words), ``waiting`` (days, an interval).
    """
    now = date_years(as_of).high
    done = withdrawals[[bool(date) and date_years(date).high <= now for date in withdrawals["in_effect_since"]]]
    dates = sorted(done["in_effect_since"])
    first = done[done["in_effect_since"] == dates[0]]["iso3"] if dates else done["iso3"]
    days = withdrawals["waiting_days"].dropna()
    return {
        "left": tuple(done["iso3"]),
        "left_first": tuple(code for code in codes if code in set(first)),
        "left_first_date": name_date(dates[0]) if dates else "no date",
        "left_last_date": name_date(dates[-1]) if dates else "no date",
        "waiting": Quantity(days.min(), "days", 0, days.max()) if len(days) else "not known",
    }


def _date(facts: pd.DataFrame, indicator: str) -> str:
    """Published date of the one row with an indicator."""
    return str(select_figures(facts, {indicator: indicator}, "role")["date"].item())


def _range(interval: Interval, unit: str, decimals: int) -> Quantity:
    return Quantity(interval.low, unit, decimals, interval.high)
