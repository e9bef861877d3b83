"""What moves debt, as sentences tell it."""

import pandas as pd

from baltic_calculus.analysis.by_country import values_by_country
from baltic_calculus.analysis.drivers import CHOICE, CIRCUMSTANCE, ON_CHANGE
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.sensitivity import CONFIDENCE, Sample

POINTS = "points of GDP"
WIDE_POINTS = 1.0
"""A driver whose ends are nearer than this has no bar in the chart."""
STILL_POINTS = 0.05
"""A driver whose ends are nearer than this does not move the printed figure."""
LITTLE = 0.005
"""A total index below this prints as zero per cent."""


def select_wide(tornado: pd.DataFrame) -> pd.DataFrame:
    """Rows of ``compute_tornado`` whose bar is at least ``WIDE_POINTS`` wide, with ``choice`` (a government's)."""
    wide = tornado[tornado["swing_points"] >= WIDE_POINTS]
    return wide.assign(choice=wide["kind"] == CHOICE)


def tabulate_sobol(sobol: pd.DataFrame) -> pd.DataFrame:
    """Indices in per cent, one row for each driver that explains something in some country.

    Returns
    -------
    DataFrame
        ``driver, words, kind``, and for each country ``first_order_<iso3>_pct, total_<iso3>_pct``; rows in the order
        of ``compute_sobol``.
    """
    shown = sobol[sobol.groupby("driver")["total"].transform("max") >= LITTLE]
    order = shown[["driver", "words", "kind"]].drop_duplicates()
    for code in dict.fromkeys(shown["iso3"]):
        own = shown[shown["iso3"] == code].set_index("driver")
        for index in ("first_order", "total"):
            order[f"{index}_{code.lower()}_pct"] = 100 * order["driver"].map(own[index])
    return order.assign(words=order["words"].str.removeprefix("the ")).reset_index(drop=True)


def describe_drivers(tornado: pd.DataFrame, sobol: pd.DataFrame, sample: Sample, last_year: int) -> dict[str, Fact]:
    """What moves debt in the last year, alone and together, and what does not.

    Parameters
    ----------
    tornado, sobol : DataFrame
        From ``compute_tornado`` and ``compute_sobol``, of the same runs and drivers.
    sample : Sample
        That of the indices.
    last_year : int
        Year of the debt.

    Returns
    -------
    dict
        ``last_year, central`` (per cent of GDP); ``share_floor, share_gain, paid_gain`` (points by which debt is
        lower with defence at the low end, and with nothing borrowed); ``first_choice, first_circumstance,
        second_circumstance`` (words, by mean width) with ``_swing``; ``growth_unit, rate_unit, balance_unit,
        flow_unit`` (points of debt for one point of each); ``still`` (words of what acts on changes and finds none in
        the central run); ``drivers, draws, evaluations`` (counts), ``confidence``; ``top, second`` (words, by mean
        total index) with ``_total`` (per cent); ``alone`` and ``together`` (per cent explained by drivers one by one,
        and by their interplay alone), ``choices_alone, circumstances_alone``; ``paid_alone, paid_total``; ``little``
        (words of what explains nothing); ``half_width`` (widest half interval, percentage points).
    """
    bars = tornado.set_index("driver")
    sides = tornado.assign(
        gain_low=tornado["debt_central_gdp_pct"] - tornado["debt_at_low_gdp_pct"],
        gain_high=tornado["debt_central_gdp_pct"] - tornado["debt_at_high_gdp_pct"],
    )
    circumstances = _rank(tornado[tornado["kind"] == CIRCUMSTANCE], "swing_points")
    choices = _rank(tornado[tornado["kind"] == CHOICE], "swing_points")
    widths = sobol[["first_high", "total_high"]].to_numpy() - sobol[["first_low", "total_low"]].to_numpy()
    totals = _rank(sobol, "total")
    facts: dict[str, Fact] = {
        "last_year": year(last_year),
        "central": values_by_country(tornado.drop_duplicates("iso3"), "debt_central_gdp_pct", "% of GDP", 0),
        "share_floor": Quantity(float(bars.loc[["share_gdp_pct"], "low"].min()), "% of GDP", 0),
        "share_gain": values_by_country(sides[sides["driver"] == "share_gdp_pct"], "gain_low", POINTS, 0),
        "paid_gain": values_by_country(sides[sides["driver"] == "paid_pct"], "gain_high", POINTS, 0),
        "still": _words_below(tornado[tornado["driver"].isin(ON_CHANGE)], "swing_points", STILL_POINTS),
        "drivers": Quantity(sobol["driver"].nunique(), "", 0),
        "draws": Quantity(sample.size, "", 0),
        "evaluations": Quantity(
            sum(sample.evaluations(len(own)) for _, own in sobol.groupby("iso3", sort=False)), "", 0
        ),
        "confidence": Quantity(100 * CONFIDENCE, "%", 0),
        "half_width": Quantity(float(50 * widths.max()), "percentage points", 1),
        "little": _words_below(sobol, "total", LITTLE),
    }
    named = {
        "first_choice": choices[0],
        "first_circumstance": circumstances[0],
        "second_circumstance": circumstances[1],
    }
    for name, driver in named.items():
        own = tornado[tornado["driver"] == driver]
        facts |= {name: str(own["words"].iloc[0]), f"{name}_swing": values_by_country(own, "swing_points", POINTS, 0)}
    units = {
        "growth_unit": "real_growth_pct",
        "rate_unit": "marginal_rate_pct",
        "balance_unit": "budget_balance_gdp_pct",
        "flow_unit": "stock_flow_gdp_pct",
    }
    for name, driver in units.items():
        own = tornado[tornado["driver"] == driver]
        facts[name] = values_by_country(own.assign(size=own["per_unit_points"].abs()), "size", POINTS, 1)
    for name, driver in {"top": totals[0], "second": totals[1]}.items():
        own = sobol[sobol["driver"] == driver]
        facts |= {name: str(own["words"].iloc[0]), f"{name}_total": _percent(own, "total")}
    paid = sobol[sobol["driver"] == "paid_pct"]
    return {
        **facts,
        "paid_alone": _percent(paid, "first_order"),
        "paid_total": _percent(paid, "total"),
        "alone": _percent_sum(sobol),
        "together": _percent_sum(sobol, complement=True),
        "choices_alone": _percent_sum(sobol[sobol["kind"] == CHOICE]),
        "circumstances_alone": _percent_sum(sobol[sobol["kind"] == CIRCUMSTANCE]),
    }


def _rank(frame: pd.DataFrame, column: str) -> list[str]:
    """Drivers by their mean over the countries, the largest first."""
    return list(frame.groupby("driver", sort=False)[column].mean().sort_values(ascending=False, kind="stable").index)


def _words_below(frame: pd.DataFrame, column: str, level: float) -> tuple[str, ...]:
    """Words of the drivers that are below a level in every country."""
    largest = frame.groupby("driver", sort=False)[column].transform("max")
    return tuple(dict.fromkeys(frame.loc[largest < level, "words"]))


def _percent(own: pd.DataFrame, index: str) -> dict[str, Quantity]:
    """An index by country, in per cent."""
    return values_by_country(own.assign(percent=100 * own[index]), "percent", "%", 0)


def _percent_sum(sobol: pd.DataFrame, *, complement: bool = False) -> dict[str, Quantity]:
    """First-order indices added up by country, in per cent; or what they leave."""
    sums = 100 * sobol.groupby("iso3", sort=False)["first_order"].sum()
    values = (100 - sums).clip(lower=0) if complement else sums
    return values_by_country(values.rename("percent").reset_index(), "percent", "%", 0)
