"""The numbers that the spending chapter and the summary put into sentences."""

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country, values_by_country
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.ranking import date_passing, rank_allies
from baltic_calculus.analysis.series import last_final_year, select_series
from baltic_calculus.analysis.spending import compute_amounts


def describe_shares(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> dict[str, Fact]:
    """Shares of GDP at both ends of the period, who leads, and who has passed the target.

    Returns
    -------
    dict
        ``first_year, last_year, shares_first, shares_last, leader, leader_share, above_target, allies_above_target,
        allies, multiples`` (last share over first, times).
    """
    ranked = rank_allies(nato, parameters, target_gdp_pct)
    own = ranked[ranked["iso3"].isin(parameters.countries)]
    own = own.assign(multiple=own["share_last_gdp_pct"] / own["share_first_gdp_pct"])
    leader = own.iloc[0]
    above = own.loc[own["share_last_gdp_pct"] >= target_gdp_pct, "iso3"]
    return {
        "first_year": year(parameters.first_year),
        "last_year": year(parameters.last_year),
        "shares_first": values_by_country(own, "share_first_gdp_pct", "% of GDP", 2),
        "shares_last": values_by_country(own, "share_last_gdp_pct", "% of GDP", 2),
        "multiples": values_by_country(own, "multiple", "times", 1),
        "leader": str(leader["iso3"]),
        "leader_share": Quantity(float(leader["share_last_gdp_pct"]), "% of GDP", 2),
        "above_target": tuple(above),
        "target": Quantity(target_gdp_pct, "% of GDP", 1),
        "allies_above_target": Quantity(int((ranked["share_last_gdp_pct"] >= target_gdp_pct).sum()), "", 0),
        "allies": Quantity(len(ranked), "", 0),
    }


def describe_since(
    nato: pd.DataFrame, parameters: Parameters, *, guideline_gdp_pct: float, target_gdp_pct: float, split_year: int
) -> dict[str, Fact]:
    """Since when the countries meet the guideline and the target, and how much of the rise came after a year.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``countries, first_year, last_year``.
    guideline_gdp_pct, target_gdp_pct : float
        Levels in per cent of GDP.
    split_year : int
        Year that divides the rise.

    Returns
    -------
    dict
        ``guideline_since, target_since`` (year from which each level is met without a break, by country; countries that
        do not meet it now are left out), ``split_year`` (within the years shown), ``rise_before, rise_after`` (points,
        by country), ``late_part`` (per cent of the rise, by country that rose), ``final_year`` (last without
        estimates), ``shares_final`` (per cent of GDP, by country).
    """
    facts: dict[str, Fact] = {}
    for name, level in (("guideline", guideline_gdp_pct), ("target", target_gdp_pct)):
        dated = date_passing(nato, parameters, level, name).set_index("iso3")[f"{name}_held_since"]
        held = dated.reindex(list(parameters.countries)).dropna()
        facts[f"{name}_since"] = {str(code): year(int(since)) for code, since in held.items()}
    first, last = parameters.first_year, parameters.last_year
    split = min(max(split_year, first), last)
    final = min(last_final_year(nato, "share_gdp_pct", parameters.countries) or first, last)
    rows = select_series(nato, "share_gdp_pct", parameters.countries, first, last)
    share = rows.pivot(index="iso3", columns="year", values="share_gdp_pct").reindex(list(parameters.countries))
    told = share.assign(before=share[split] - share[first], after=share[last] - share[split]).reset_index()
    told["rise"] = told["before"] + told["after"]
    told["late"] = told["after"] / told["rise"] * 100
    return facts | {
        "split_year": year(split),
        "rise_before": known_by_country(told, "before", "points", 2),
        "rise_after": known_by_country(told, "after", "points", 2),
        "late_part": known_by_country(told[told["rise"] > 0], "late", "%", 0, empty="no rise"),
        "final_year": year(final),
        "shares_final": known_by_country(told.rename(columns={final: "final"}), "final", "% of GDP", 2),
    }


def describe_amounts(nato: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """What the countries spend together, at current prices and in real terms.

    Returns
    -------
    dict
        ``first_year, last_year, total_first, total_last`` (EUR bn, current prices), ``multiple_current, multiple_real``
        (last over first, times).
    """
    totals = {
        basis: compute_amounts(nato, parameters.model_copy(update={"price_basis": basis}))
        .groupby("year")["spend_eur_bn"]
        .sum()
        for basis in ("current", "constant")
    }
    first, last = parameters.first_year, parameters.last_year
    current, constant = totals["current"], totals["constant"]
    return {
        "first_year": year(first),
        "last_year": year(last),
        "total_first": Quantity(float(current[first]), "EUR bn", 2),
        "total_last": Quantity(float(current[last]), "EUR bn", 2),
        "multiple_current": Quantity(float(current[last] / current[first]), "times", 1),
        "multiple_real": Quantity(float(constant[last] / constant[first]), "times", 1),
    }


def describe_opposite(opposite: pd.DataFrame, adversary: str) -> dict[str, Fact]:
    """The adversary's share of GDP in the last year, and the countries' in the same source.

    Parameters
    ----------
    opposite : DataFrame
        From ``compute_opposite``.
    adversary : str
        Country code, for example ``"RUS"``.

    Returns
    -------
    dict
        ``adversary, adversary_year, adversary_share, adversary_share_before`` (first year of the frame),
        ``shares_same_year``.
    """
    rows = opposite[opposite["iso3"] == adversary]
    last_year = int(rows["year"].max())
    same_year = opposite[(opposite["year"] == last_year) & (opposite["iso3"] != adversary)]
    return {
        "adversary": adversary,
        "adversary_year": year(last_year),
        "adversary_first_year": year(int(rows["year"].min())),
        "adversary_share": Quantity(float(rows["share_gdp_pct"].iloc[-1]), "% of GDP", 2),
        "adversary_share_before": Quantity(float(rows["share_gdp_pct"].iloc[0]), "% of GDP", 2),
        "shares_same_year": values_by_country(same_year, "share_gdp_pct", "% of GDP", 2),
    }
