"""The numbers that the fan of debt puts into sentences: odds, what shapes them, and how sure they are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.by_country import ranges_by_country, values_by_country
from baltic_calculus.analysis.debt_fan import BANDS, FanSettings
from baltic_calculus.analysis.debt_fan_checks import AS_SHOWN
from baltic_calculus.analysis.debt_shocks import BALANCE_SHOCK, DEFLATOR_SHOCK, GROWTH_SHOCK, ShockAssumptions
from baltic_calculus.analysis.quantity import Fact, Quantity, year

OF_100 = "of 100 paths"
NOMINAL_GROWTH = "gdp_nominal_growth_pct"
PARTS_OF_YEAR = {"yield_10y_monthly_pct": 12, "yield_10y_quarterly_pct": 4}
"""Measures of ten-year yields, and how many values make a whole year."""


def describe_fan(odds: pd.DataFrame, fans: pd.DataFrame, settings: FanSettings, scenario: str) -> dict[str, Fact]:
    """Odds of one scenario, and of the scenario with the lowest.

    Parameters
    ----------
    odds, fans : DataFrame
        From ``debt_fan.compute_odds`` and ``debt_fan.summarise_fans``, all countries and scenarios.
    settings : FanSettings
        What was simulated.
    scenario : str
        The scenario that leads.

    Returns
    -------
    dict
        ``limit, present_year, first_year, last_year, draws, seed, error`` (largest half of a 95% interval); by country,
        of 100 paths: ``limit_first, limit_last, present_first, present_last`` and, for the scenario ``lowest``,
        ``lowest_limit_last``; by country, in % of GDP in the last year: ``middle, unshocked, most`` (the range of as
        many paths as ``most_paths`` says); ``median_gap`` (points, largest in any year and country), ``widest`` and
        ``likeliest`` (codes).
    """
    last = odds[odds["year"] == settings.last_year]
    own = _of(last, scenario)
    first = _of(odds[odds["year"] == min(settings.odds_years)], scenario)
    lowest = str(last.groupby("scenario")["above_limit_pct"].mean().idxmin())
    leading = _of(fans, scenario)
    ends = leading[leading["year"] == settings.last_year]
    width = (ends["debt_p95_gdp_pct"] - ends["debt_p05_gdp_pct"]).set_axis(ends["iso3"])
    gap = (leading["debt_p50_gdp_pct"] - leading["unshocked_gdp_pct"]).abs().max()
    return {
        "limit": Quantity(settings.limit_gdp_pct, "% of GDP", 0),
        "present_year": year(int(fans["year"].min())),
        "first_year": year(min(settings.odds_years)),
        "last_year": year(settings.last_year),
        "draws": Quantity(settings.draws, "", 0),
        "seed": year(settings.seed),
        "error": Quantity(float(odds["error_points"].max()), "points", 1),
        "limit_first": values_by_country(_by(first, "above_limit_pct"), "above_limit_pct", OF_100, 0),
        "limit_last": values_by_country(_by(own, "above_limit_pct"), "above_limit_pct", OF_100, 0),
        "present_first": values_by_country(_by(first, "above_present_pct"), "above_present_pct", OF_100, 1),
        "present_last": values_by_country(_by(own, "above_present_pct"), "above_present_pct", OF_100, 1),
        "lowest": lowest,
        "lowest_limit_last": values_by_country(_by(_of(last, lowest), "above_limit_pct"), "above_limit_pct", OF_100, 0),
        "middle": values_by_country(ends, "debt_p50_gdp_pct", "% of GDP", 0),
        "unshocked": values_by_country(ends, "unshocked_gdp_pct", "% of GDP", 0),
        "most": ranges_by_country(ends, "debt_p05_gdp_pct", "debt_p95_gdp_pct", "% of GDP", 0),
        "most_paths": next(iter(BANDS)),
        "median_gap": Quantity(float(gap), "points", 1),
        "widest": str(width.idxmax()),
        "likeliest": str(own.loc[own["above_limit_pct"].idxmax(), "iso3"]),
    }


def describe_checks(
    choices: pd.DataFrame, convergence: pd.DataFrame, again: pd.DataFrame, odds: pd.DataFrame
) -> dict[str, Fact]:
    """How far the odds move with the way shocks are drawn, with the number of draws and with the seed.

    Parameters
    ----------
    choices, convergence : DataFrame
        From ``debt_fan_checks``.
    again : DataFrame
        Odds as ``odds``, of some of the scenarios, from another seed.
    odds : DataFrame
        From ``debt_fan.compute_odds``.

    Returns
    -------
    dict
        ``across`` (by country, least to most of 100 paths), ``half_spread`` and ``shown_spread`` (by country, range of
        most paths with the smallest and the shown shocks), ``half`` (name of that choice), ``rate_change`` (points,
        largest of the two choices of interest), ``few_draws, few_error`` (points), ``all_error``, ``seed_gap`` (points,
        largest between the seeds), ``seed_bound`` (the gap that chance allows: a factor of the square root of two above
        the error).
    """
    table = choices.pivot(index="choice", columns="iso3", values="above_limit_pct")
    ends = pd.DataFrame({"low": table.min(), "high": table.max()}).reindex(choices["iso3"].unique()).reset_index()
    width = (choices["debt_p95_gdp_pct"] - choices["debt_p05_gdp_pct"]).groupby(choices["choice"]).mean()
    half = str(width.idxmin())
    interest = [name for name in table.index if name.startswith("interest")]
    moved = (table.loc[interest] - table.loc[AS_SHOWN]).abs().to_numpy().max()
    keys = ["iso3", "scenario", "year"]
    both = odds.merge(again, on=keys, suffixes=("", "_again"))
    gaps = [(both[name] - both[f"{name}_again"]).abs().max() for name in ("above_limit_pct", "above_present_pct")]
    halves = ((convergence["high_pct"] - convergence["low_pct"]) / 2).groupby(convergence["draws"]).max()
    return {
        "across": ranges_by_country(ends, "low", "high", OF_100, 0),
        "half": half,
        "half_spread": _spread(choices, half),
        "shown_spread": _spread(choices, AS_SHOWN),
        "rate_change": Quantity(float(moved), "points", 1),
        "few_draws": Quantity(int(halves.index.min()), "", 0),
        "few_error": Quantity(float(halves.iloc[0]), "points", 1),
        "all_error": Quantity(float(halves.iloc[-1]), "points", 1),
        "seed_gap": Quantity(float(max(gaps)), "points", 1),
        "seed_bound": Quantity(float(both["error_points"].max() * np.sqrt(2)), "points", 1),
    }


def describe_history(
    histories: Sequence[pd.DataFrame], macro: pd.DataFrame, assumed: ShockAssumptions
) -> dict[str, Fact]:
    """What the history of shocks is like, beside the growth at current prices that is known to the last year.

    Parameters
    ----------
    histories : sequence of DataFrame
        From ``debt_shocks.measure_shocks``, one for each country.
    macro : DataFrame
        Dataset ``macro_fiscal``; Eurostat's growth at current prices is in one edition.
    assumed : ShockAssumptions
        Years of the history and of the crisis.

    Returns
    -------
    dict
        ``history_first, history_last, history_years, block_years, since`` (the last crisis year), ``until`` (the last
        year known); from the lowest to the highest country: ``growth_swing`` (standard deviation of real growth,
        points), ``tie`` (correlation of growth and balance), ``nominal_swing`` (of growth at current prices in the
        history), ``nominal_same`` (Eurostat, same years) and ``nominal_since`` (Eurostat, from ``since``).
    """
    nominal = macro[macro["measure"] == NOMINAL_GROWTH].assign(log=lambda rows: np.log1p(rows["value"] / 100) * 100)
    rows = []
    for history in histories:
        code = str(history["iso3"].iloc[0])
        own = nominal[nominal["iso3"] == code].set_index("year")["log"].sort_index()
        rows.append(
            {
                "iso3": code,
                "growth": history[GROWTH_SHOCK].std(ddof=0),
                "tie": history[GROWTH_SHOCK].corr(history[BALANCE_SHOCK]),
                "nominal": (history[GROWTH_SHOCK] + history[DEFLATOR_SHOCK]).std(ddof=0),
                "same": own.loc[assumed.history_first_year : assumed.history_last_year].std(ddof=0),
                "since": own.loc[assumed.crisis_last_year :].std(ddof=0),
            }
        )
    table = pd.DataFrame(rows)
    return {
        "history_first": year(assumed.history_first_year),
        "history_last": year(assumed.history_last_year),
        "history_years": Quantity(assumed.history_last_year - assumed.history_first_year + 1, "years", 0),
        "block_years": Quantity(assumed.block_years, "years", 0),
        "since": year(assumed.crisis_last_year),
        "until": year(int(nominal["year"].max())),
        "growth_swing": _across(table["growth"], "points", 1),
        "tie": _across(table["tie"], "", 2),
        "nominal_swing": _across(table["nominal"], "points", 1),
        "nominal_same": _across(table["same"], "points", 1),
        "nominal_since": _across(table["since"], "points", 1),
    }


def describe_rates(yields: pd.DataFrame, assumed: ShockAssumptions) -> dict[str, Fact]:
    """How ten-year yields moved from year to year where they are known, beside what is assumed.

    Parameters
    ----------
    yields : DataFrame
        Dataset ``government_yields``, long.
    assumed : ShockAssumptions
        What is assumed of interest.

    Returns
    -------
    dict
        ``rate_volatility, rate_correlation, rate_persistence`` as assumed; ``swings`` (standard deviation of changes
        between the means of whole years, points, by country), ``crisis_rise`` (the largest such change, points) with
        its ``crisis_country, crisis_year``.
    """
    rows = yields[yields["measure"].isin(PARTS_OF_YEAR)]
    means = rows.groupby(["measure", "iso3", "year"])["value"].agg(["mean", "size"]).reset_index()
    whole = means[means["size"] == means["measure"].map(PARTS_OF_YEAR)].set_index(["iso3", "year"])["mean"]
    changes = whole.sort_index().groupby("iso3").diff().dropna()
    swings = (
        changes.groupby("iso3").std(ddof=0).rename("swing").sort_values(ascending=False, kind="stable").reset_index()
    )
    code, when = changes.idxmax()
    return {
        "rate_volatility": Quantity(assumed.rate_volatility_points, "points", 1),
        "rate_correlation": Quantity(assumed.rate_growth_correlation, "", 1),
        "rate_persistence": Quantity(assumed.rate_persistence_pct, "%", 0),
        "swings": values_by_country(swings, "swing", "points", 1),
        "crisis_rise": Quantity(float(changes.max()), "points", 1),
        "crisis_country": str(code),
        "crisis_year": year(int(when)),
    }


def _of(frame: pd.DataFrame, scenario: str) -> pd.DataFrame:
    """Rows of one scenario."""
    return frame[frame["scenario"] == scenario]


def _by(frame: pd.DataFrame, column: str) -> pd.DataFrame:
    """Highest first."""
    return frame.sort_values(column, ascending=False, kind="stable")


def _across(values: pd.Series, unit: str, decimals: int) -> Quantity:
    """From the lowest country to the highest."""
    return Quantity(float(values.min()), unit, decimals, high=float(values.max()))


def _spread(choices: pd.DataFrame, choice: str) -> Fact:
    """Range of 90 paths by country, for one way to draw shocks."""
    rows = choices[choices["choice"] == choice]
    return ranges_by_country(rows, "debt_p05_gdp_pct", "debt_p95_gdp_pct", "% of GDP", 0)
