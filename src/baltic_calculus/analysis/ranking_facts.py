"""The numbers that sentences about all allies state."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.series import widen


def describe_gap(ranked: pd.DataFrame) -> dict[str, Fact]:
    """How far the allies below the target are from it.

    Parameters
    ----------
    ranked : DataFrame
        From ``rank_allies``.

    Returns
    -------
    dict
        ``below, gap_total`` (EUR bn a year at the last year's GDP), ``largest_gap_ally, largest_gap``; ``gap_most``
        (the fewest allies that lack more than half of the total: EUR bn by country), ``gap_most_number,
        gap_most_part`` (per cent of the total); ``nearest`` (allies next below the target: points by country).
    """
    lacking = ranked[ranked["gap_points"] > 0].sort_values("gap_eur_bn", ascending=False, kind="stable")
    if lacking.empty:
        nothing = dict.fromkeys(("gap_total", "largest_gap"), Quantity(0.0, "EUR bn", 0))
        nobody: dict[str, Fact] = {"largest_gap_ally": "none", "gap_most": {}, "nearest": {}}
        numbers = dict.fromkeys(("below", "gap_most_number"), Quantity(0, "", 0))
        return {**numbers, "gap_most_part": Quantity(0.0, "%", 0), **nothing, **nobody}
    total = lacking["gap_eur_bn"].sum()
    before = lacking["gap_eur_bn"].cumsum() - lacking["gap_eur_bn"]
    most = lacking[before <= total / 2]
    largest = lacking.iloc[0]
    nearest = lacking[lacking["gap_points"] == lacking["gap_points"].min()]
    return {
        "below": Quantity(len(lacking), "", 0),
        "gap_total": Quantity(float(total), "EUR bn", 0),
        "largest_gap_ally": str(largest["iso3"]),
        "largest_gap": Quantity(float(largest["gap_eur_bn"]), "EUR bn", 0),
        "gap_most": _by_code(most, "gap_eur_bn", "EUR bn", 0),
        "gap_most_number": Quantity(len(most), "", 0),
        "gap_most_part": Quantity(float(most["gap_eur_bn"].sum() / total) * 100, "%", 0),
        "nearest": _by_code(nearest, "gap_points", "points", 2),
    }


def describe_passed(dated: pd.DataFrame, parameters: Parameters, guideline_gdp_pct: float) -> dict[str, Fact]:
    """Who has passed the target and the guideline, since when, and how the order has changed.

    Parameters
    ----------
    dated : DataFrame
        From ``rank_with_dates``.
    parameters : Parameters
        ``countries`` and ``first_year``.
    guideline_gdp_pct : float
        Guideline in per cent of GDP.

    Returns
    -------
    dict
        ``allies, figures`` (whether they are estimates); ``passed`` (year since which each is at or above the target,
        by country, longest first), ``passed_number``; ``lost`` (first year at or above it of those that are below it
        now); ``guideline, guideline_number`` (allies at or above it), ``guideline_first_number`` (those that were in
        the first year), ``guideline_not`` (the others, share by country); ``own_ranks, own_ranks_first`` (places of
        the countries in focus); ``climber, climber_from, climber_to`` (the ally that rose the most places).
    """
    held = dated.dropna(subset=["target_held_since"]).sort_values(["target_held_since", "rank"], kind="stable")
    lost = dated[dated["target_held_since"].isna()].dropna(subset=["target_first_year"])
    without = dated[dated["guideline_held_since"].isna()]
    own = dated[dated["iso3"].isin(parameters.countries)]
    at_first = dated["guideline_first_year"] == parameters.first_year
    climber = dated.loc[(dated["rank_first"] - dated["rank"]).idxmax()]
    return {
        "allies": Quantity(len(dated), "", 0),
        "passed": _by_code(held, "target_held_since", "year", 0),
        "figures": "NATO's estimates" if dated["flag"].eq("estimate").any() else "NATO's figures",
        "passed_number": Quantity(len(held), "", 0),
        "lost": _by_code(lost, "target_first_year", "year", 0),
        "guideline": Quantity(guideline_gdp_pct, "% of GDP", 0),
        "guideline_number": Quantity(len(dated) - len(without), "", 0),
        "guideline_first_number": Quantity(int(at_first.sum()), "", 0),
        "guideline_not": _by_code(without, "share_last_gdp_pct", "% of GDP", 2),
        "own_ranks": _by_code(own, "rank", "", 0),
        "own_ranks_first": _by_code(own, "rank_first", "", 0),
        "climber": str(climber["iso3"]),
        "climber_from": Quantity(int(climber["rank_first"]), "", 0),
        "climber_to": Quantity(int(climber["rank"]), "", 0),
    }


def describe_basis(bases: pd.DataFrame) -> dict[str, Fact]:
    """The ally whose published share differs most from the ratio at current prices, and its gap on either basis.

    Parameters
    ----------
    bases : DataFrame
        From ``compare_bases``.

    Returns
    -------
    dict
        ``basis_ally, basis_published, basis_current`` (per cent of GDP), ``basis_gap, basis_gap_current`` (EUR bn),
        ``basis_next`` (points: the largest difference of any other ally).
    """
    first, second = bases.iloc[0], bases.iloc[1]
    return {
        "basis_ally": str(first["iso3"]),
        "basis_published": Quantity(float(first["share_gdp_pct"]), "% of GDP", 2),
        "basis_current": Quantity(float(first["share_current_gdp_pct"]), "% of GDP", 2),
        "basis_gap": Quantity(float(first["gap_eur_bn"]), "EUR bn", 1),
        "basis_gap_current": Quantity(float(first["gap_current_eur_bn"]), "EUR bn", 1),
        "basis_next": Quantity(float(abs(second["difference_points"])), "points", 3),
    }


def describe_deepest_fall(nato: pd.DataFrame, iso3: str) -> dict[str, Fact]:
    """The deepest fall of an ally's expenditure at constant prices, and what its own currency says of the same years.

    All years of the publisher are looked at, for this tells how its constant prices work, not how a period went.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    iso3 : str
        The ally.

    Returns
    -------
    dict
        ``fall_ally, fall_from, fall_to`` (years of the peak and the trough), ``fall_real, fall_nominal`` (per cent
        over these years, the latter in national currency at current prices).
    """
    wide = widen(nato[nato["iso3"] == iso3], ["spend_usd_m_2021", "spend_nac_m_current"])
    wide = wide.drop(columns="iso3").set_index("year")
    real = wide["spend_usd_m_2021"]
    trough = (real / real.cummax()).idxmin()
    peak = real.loc[:trough].idxmax()
    change = (wide.loc[trough] / wide.loc[peak] - 1) * 100
    return {
        "fall_ally": iso3,
        "fall_from": year(int(peak)),
        "fall_to": year(int(trough)),
        "fall_real": Quantity(float(change["spend_usd_m_2021"]), "%", 0),
        "fall_nominal": Quantity(float(change["spend_nac_m_current"]), "%", 0),
    }


def describe_field(allies: pd.DataFrame, parameters: Parameters, equipment_guideline_pct: float) -> dict[str, Fact]:
    """How far apart the allies are: shares, amounts, growth, and who is below the guideline for equipment.

    Parameters
    ----------
    allies : DataFrame
        From ``summarise_allies``.
    parameters : Parameters
        ``first_year`` and ``last_year``.
    equipment_guideline_pct : float
        Guideline for equipment in per cent of expenditure.

    Returns
    -------
    dict
        ``first_year, last_year, allies``; ``highest, lowest`` (share, by country); ``largest`` (the three that spend
        most, EUR bn by country), ``largest_part`` (per cent of what all allies spend); ``fastest, slowest`` (real
        growth a year, by country); ``fallen`` (codes whose share is smaller than in the first year);
        ``equipment_guideline, equipment_number`` (allies at or above it), ``equipment_below`` (the others, share of
        expenditure by country).
    """
    largest = allies.nlargest(3, "spend_last_eur_bn")
    growth = allies.dropna(subset=["real_growth_pct"]).sort_values("real_growth_pct", ascending=False, kind="stable")
    equipment = allies.dropna(subset=["equipment_share_pct"])
    below = equipment[equipment["equipment_share_pct"] < equipment_guideline_pct]
    part = largest["spend_last_eur_bn"].sum() / allies["spend_last_eur_bn"].sum()
    return {
        "first_year": year(parameters.first_year),
        "last_year": year(parameters.last_year),
        "allies": Quantity(len(allies), "", 0),
        "highest": _by_code(allies.iloc[:1], "share_last_gdp_pct", "% of GDP", 2),
        "lowest": _by_code(allies.iloc[-1:], "share_last_gdp_pct", "% of GDP", 2),
        "largest": _by_code(largest, "spend_last_eur_bn", "EUR bn", 0),
        "largest_part": Quantity(float(part) * 100, "%", 0),
        "fastest": _by_code(growth.iloc[:3], "real_growth_pct", "%", 1),
        "slowest": _by_code(growth.iloc[-1:], "real_growth_pct", "%", 1),
        "fallen": tuple(allies.loc[allies["change_points"] < 0, "iso3"]),
        "equipment_guideline": Quantity(equipment_guideline_pct, "%", 0),
        "equipment_number": Quantity(len(equipment) - len(below), "", 0),
        "equipment_below": _by_code(below, "equipment_share_pct", "%", 1),
    }


def _by_code(rows: pd.DataFrame, column: str, unit: str, decimals: int) -> dict[str, Quantity]:
    """One quantity for each country, in the order of the rows."""
    values = zip(rows["iso3"], rows[column], strict=True)
    return {str(code): Quantity(float(value), unit, decimals) for code, value in values}
