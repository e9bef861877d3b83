"""The numbers that sentences tell of what moved with defence, and of how large the rise ahead is."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country
from baltic_calculus.analysis.displacement import LEAST_RISE_POINTS, compare_displacement, compare_rise
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year

NOWHERE = "none"


def describe_displacement(
    cofog: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> dict[str, Fact]:
    """Whether health and education fell when defence rose, in all states with complete accounts.

    Returns
    -------
    dict
        ``base_year, last_year, first_year``, ``states`` (count), ``threshold`` (points of GDP); ``rise_years,
        X ``both_fell`` (codes of those in
        which health and education together fell while defence rose); ``against`` and ``along`` (codes whose
        correlation is below or above zero with its whole interval), ``lowest, highest`` (correlations, by country).
    """
    table = compare_displacement(cofog, macro, parameters, reference_years)
    own = table[table["iso3"].isin(parameters.countries)]
    counts = table[["rise_years", "fell_rise_years", "other_years", "fell_other_years"]].sum()
    together = table["health_change_points"] + table["education_change_points"]
    gained = table["defence_change_points"] > table[["health_change_points", "education_change_points"]].max(axis=1)
    known = table.dropna(subset=["correlation"])
    ends = known.sort_values("correlation", kind="stable").iloc[[0, -1]] if len(known) else known
    return {
        "base_year": year(int(table["base_year"].iloc[0])),
        "last_year": year(int(table["last_year"].iloc[0])),
        "first_year": year(parameters.first_year),
        "states": Quantity(len(table), "", 0),
        "threshold": Quantity(LEAST_RISE_POINTS, "points of GDP", 1),
        **{name: Quantity(int(count), "", 0) for name, count in counts.items()},
        "fell_rise_pct": _part(counts["fell_rise_years"], counts["rise_years"]),
        "fell_other_pct": _part(counts["fell_other_years"], counts["other_years"]),
        "more_often": _compare_parts(counts),
        "gained": tuple(own.loc[gained[own.index], "iso3"]) or NOWHERE,
        "defence": known_by_country(own, "defence_change_points", "points of GDP", 1),
        "health": known_by_country(own, "health_change_points", "points of GDP", 1),
        "education": known_by_country(own, "education_change_points", "points of GDP", 1),
        "both_fell": tuple(table.loc[(together < 0) & (table["defence_change_points"] > 0), "iso3"]) or NOWHERE,
        "against": tuple(known.loc[known["correlation_high"] < 0, "iso3"]) or NOWHERE,
        "along": tuple(known.loc[known["correlation_low"] > 0, "iso3"]) or NOWHERE,
        "lowest": known_by_country(ends.iloc[:1], "correlation", "", 2),
        "highest": known_by_country(ends.iloc[1:], "correlation", "", 2),
    }


def _part(count: int, whole: int) -> Fact:
    """A count in per cent of another; in words when there is nothing to divide by."""
    return Quantity(count / whole * 100, "%", 0) if whole else "no such year"


def _compare_parts(counts: pd.Series) -> str:
    """Whether health and education fell more often in years of rising defence: "less often than", and so on."""
    rises = counts["fell_rise_years"] * counts["other_years"]
    others = counts["fell_other_years"] * counts["rise_years"]
    if rises == others:
        return "as often as"
    return "more often than" if rises > others else "less often than"


def describe_rise(nato: pd.DataFrame, cofog: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """How large the rise of NATO's share since the accounts' last year is.

    Returns
    -------
    dict
        ``since_year, core_year``; ``rises`` (points of GDP), ``rise_parts`` (rise in per cent of health), by country;
        ``rise_beside`` (the same of the comparators).
    """
    table = compare_rise(nato, cofog, parameters)
    own, beside = (table[table["iso3"].isin(codes)] for codes in (parameters.countries, parameters.comparators))
    return {
        "since_year": year(parameters.last_year),
        "core_year": year(int(nato.loc[nato["measure"] == "share_gdp_pct", "year"].max())),
        "rises": known_by_country(own, "rise_points", "points of GDP", 1),
        "rise_parts": known_by_country(own, "rise_health_pct", "%", 0),
        "rise_beside": known_by_country(beside, "rise_health_pct", "%", 0, empty="no comparator"),
    }
