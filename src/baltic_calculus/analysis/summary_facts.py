"""Numbers that only the summary needs: how far a finding could be off, and from where on it would no longer hold."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.by_country import ranges_by_country
from baltic_calculus.analysis.quantity import Fact, Quantity, year

NO_ALLY = "no ally"
NO_SHARE = "no share"


def describe_source_ranges(compared: pd.DataFrame, spread: pd.DataFrame, codes: Sequence[str]) -> dict[str, Fact]:
    """The range that the sources span, for the last year and for the last year that as many sources as possible have.

    Parameters
    ----------
    compared, spread : DataFrame
        From ``source_comparison.compare_sources`` and ``compute_spread``.
    codes : sequence of str
        Countries in focus.

    Returns
    -------
    dict
        ``last_year, full_year``; ``last_ranges, full_ranges`` (per cent of GDP from the lowest to the highest source,
        by country; a country with one source has none), ``last_sources, full_sources`` (names), ``last_single`` (codes
        of the countries with one source or none in the last year).
    """
    counted = compared.groupby("year")["definition"].nunique()
    # of years with equally many sources, the later
    full = int(counted[counted == counted.max()].index.max())
    last = int(compared["year"].max())
    facts: dict[str, Fact] = {}
    for name, when in (("last", last), ("full", full)):
        rows = compared[compared["year"] == when]
        facts[f"{name}_year"] = year(when)
        facts[f"{name}_ranges"] = ranges_by_country(
            spread[spread["year"] == when], "lowest_gdp_pct", "highest_gdp_pct", "% of GDP", 1
        )
        facts[f"{name}_sources"] = tuple(dict.fromkeys(rows["definition"]))
    compared_codes = set(spread.loc[spread["year"] == last, "iso3"])
    return facts | {"last_single": tuple(code for code in codes if code not in compared_codes)}


def describe_places(ranked: pd.DataFrame, codes: Sequence[str]) -> dict[str, Fact]:
    """Places of the countries in focus among the allies, and what would change them.

    Parameters
    ----------
    ranked : DataFrame
        From ``ranking.rank_allies``.
    codes : sequence of str
        Countries in focus.

    Returns
    -------
    dict
        ``allies`` (number), ``place_word`` and ``place_numbers`` (highest first); ``lowest, lowest_share`` (of the
        countries in focus), ``next, next_share`` (the ally behind it: a country in focus whose share fell below that
        would lose its place); in words when there is none.
    """
    known = ranked.dropna(subset=["share_last_gdp_pct"])
    own = known[known["iso3"].isin(codes)]
    facts: dict[str, Fact] = {
        "allies": Quantity(len(known), "", 0),
        "place_word": "place" if len(own) == 1 else "places",
        "place_numbers": tuple(f"{place:.0f}" for place in own["rank"]),
        "lowest": NO_ALLY,
        "lowest_share": NO_SHARE,
        "next": NO_ALLY,
        "next_share": NO_SHARE,
    }
    if own.empty:
        return facts
    lowest = own.iloc[-1]
    facts |= {"lowest": str(lowest["iso3"]), "lowest_share": _share(lowest)}
    behind = known[known["share_last_gdp_pct"] < lowest["share_last_gdp_pct"]]
    return (
        facts if behind.empty else facts | {"next": str(behind.iloc[0]["iso3"]), "next_share": _share(behind.iloc[0])}
    )


def _share(row: pd.Series) -> Quantity:
    return Quantity(float(row["share_last_gdp_pct"]), "% of GDP", 2)
