"""The numbers that the spending chapter and the summary put into sentences."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.ranking import rank_allies
from baltic_calculus.analysis.spending import compute_amounts


def _by_country(frame: pd.DataFrame, column: str, unit: str, decimals: int | None = None) -> dict[str, Quantity]:
    """One quantity per country code, in the order of the rows."""
    return {row.iso3: Quantity(float(getattr(row, column)), unit, decimals) for row in frame.itertuples()}


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
        "shares_first": _by_country(own, "share_first_gdp_pct", "% of GDP", 2),
        "shares_last": _by_country(own, "share_last_gdp_pct", "% of GDP", 2),
        "multiples": _by_country(own, "multiple", "times", 1),
        "leader": str(leader["iso3"]),
        "leader_share": Quantity(float(leader["share_last_gdp_pct"]), "% of GDP", 2),
        "above_target": tuple(above),
        "target": Quantity(target_gdp_pct, "% of GDP", 1),
        "allies_above_target": Quantity(int((ranked["share_last_gdp_pct"] >= target_gdp_pct).sum()), "", 0),
        "allies": Quantity(len(ranked), "", 0),
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
        "shares_same_year": _by_country(same_year, "share_gdp_pct", "% of GDP", 2),
    }
