"""The numbers that the sentences about breaks hold."""

import pandas as pd

from baltic_calculus.analysis.break_evidence import MODERATE, NONE, STRONG, TOO_SHORT, WEAK
from baltic_calculus.analysis.breaks import BreakRules
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year


def _years(rows: pd.DataFrame) -> dict[str, Quantity]:
    """Break year of each country; of several the last."""
    return {row.iso3: year(row.break_year) for row in rows.itertuples()}


def _slopes(rows: pd.DataFrame, column: str) -> dict[str, Quantity]:
    """Slope of the line before or after each country's break."""
    return {row.iso3: Quantity(getattr(row, column), "points", 2) for row in rows.itertuples()}


def _ranges(rows: pd.DataFrame) -> dict[str, Quantity]:
    """Interval of the break year of each country."""
    return {row.iso3: Quantity(row.low_year, "year", 0, high=row.high_year) for row in rows.itertuples()}


def describe_breaks(
    breaks: pd.DataFrame, shares: pd.DataFrame, rules: BreakRules, parameters: Parameters
) -> dict[str, Fact]:
    """Where the shares broke, how surely, and what rests on estimates.

    Parameters
    ----------
    breaks : DataFrame
        From ``compute_breaks``.
    shares : DataFrame
        The shares that were searched.
    rules : BreakRules
        As in the search.
    parameters : Parameters
        ``countries`` and ``comparators``.

    Returns
    -------
    dict
        ``years_searched``; of the countries (``own_``) and of the comparators (``others_``): ``found, ranges,
        slopes_before, slopes_after`` (by code, breaks that are more than chance) and ``unfounded`` (codes without such
        a break); ``strong, moderate, weak`` (codes); ``too_few`` (codes of series too short to search); ``at_edge``
        (codes whose break is in the last year that can be found); ``final_year`` (last one that is no estimate),
        ``latest_final`` (last year that can be found from those), ``on_estimates`` (codes whose break is later),
        ``without_estimates`` (years by code), ``lost`` (codes that have none then); ``interval_pct, chance_pct,
        shortest``.
    """
    length = int(shares.groupby("iso3").size().max())
    rows = breaks.dropna(subset=["break_year"])
    sure = rows[rows["evidence"].isin([STRONG, MODERATE])]
    own, others = (sure[sure["iso3"].isin(codes)] for codes in (parameters.countries, parameters.comparators))
    last_year = int(shares["year"].max())
    final_year = int(shares.loc[shares["flag"] == "", "year"].max())
    latest_final = final_year - rules.shortest(length) + 1
    facts: dict[str, Fact] = {
        "years_searched": Quantity(length, "years"),
        "shortest": Quantity(rules.shortest(length), "years"),
        "interval_pct": Quantity(rules.interval_pct, "%", 0),
        "chance_pct": Quantity(rules.chance_pct, "%", 0),
        "final_year": year(final_year),
        "latest_final": year(latest_final),
        "too_few": tuple(breaks.loc[breaks["evidence"] == TOO_SHORT, "iso3"]),
        "at_edge": tuple(sure.loc[sure["break_year"] > last_year - rules.shortest(length), "iso3"]),
        "on_estimates": tuple(sure.loc[sure["break_year"] > latest_final, "iso3"]),
        "without_estimates": {
            row.iso3: year(int(row.final_years.split(", ")[-1]))
            for row in sure.itertuples()
            if row.final_years[:1].isdigit()
        },
        "lost": tuple(sure.loc[sure["final_years"].isin([NONE, TOO_SHORT]), "iso3"]),
    }
    for evidence in (STRONG, MODERATE, WEAK):
        facts[evidence] = tuple(rows.loc[rows["evidence"] == evidence, "iso3"])
    for name, found, codes in (("own", own, parameters.countries), ("others", others, parameters.comparators)):
        facts[f"{name}_found"] = _years(found)
        facts[f"{name}_ranges"] = _ranges(found)
        facts[f"{name}_slopes_before"] = _slopes(found, "slope_before_points")
        facts[f"{name}_slopes_after"] = _slopes(found, "slope_after_points")
        facts[f"{name}_unfounded"] = tuple(code for code in codes if code not in set(found["iso3"]))
    return facts
