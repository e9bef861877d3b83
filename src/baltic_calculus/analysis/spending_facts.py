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


def describe_growth(growth: pd.DataFrame) -> dict[str, Fact]:
    """How fast real spending grew in each period, and how much of that came from a larger share.

    Parameters
    ----------
    growth : DataFrame
        From ``decompose_growth``.

    Returns
    -------
    dict
        For ``first`` and ``second``: ``<which>_period`` (as printed), ``growth_<which>`` and ``from_share_<which>``
        (log points a year, by country), ``main_source_<which>`` (what gave more than half, over all countries).
    """
    facts: dict[str, Fact] = {}
    share_rows = growth[growth["source"] == "share of GDP"]
    for which, period in zip(("first", "second"), share_rows["period"].unique(), strict=True):
        rows = share_rows[share_rows["period"] == period]
        facts[f"{which}_period"] = str(period)
        facts[f"growth_{which}"] = _by_country(rows, "total_log_points", "log points a year", 1)
        facts[f"from_share_{which}"] = _by_country(rows, "contribution_log_points", "log points a year", 1)
        mostly_share = rows["contribution_log_points"].sum() > rows["total_log_points"].sum() / 2
        facts[f"main_source_{which}"] = "a larger share of GDP" if mostly_share else "a larger economy"
    return facts


def describe_equipment(
    equipment: pd.DataFrame, amounts: pd.DataFrame, composition: pd.DataFrame, guideline_pct: float
) -> dict[str, Fact]:
    """What the countries spend on equipment, against the guideline.

    Parameters
    ----------
    equipment : DataFrame
        From ``compute_equipment_amounts``.
    amounts : DataFrame
        From ``compute_amounts``, in the same price basis.
    composition : DataFrame
        From ``compute_composition``.
    guideline_pct : float
        Guideline for equipment in per cent of defence expenditure.

    Returns
    -------
    dict
        ``equipment_first, equipment_last`` (EUR bn together), ``equipment_part`` (per cent of the rise of all
        expenditure), ``equipment_shares`` (last year, by country), ``above_guideline`` (codes), ``guideline``.
    """
    totals = equipment.groupby("year")["equipment_eur_bn"].sum()
    spending = amounts.groupby("year")["spend_eur_bn"].sum()
    part = (totals.iloc[-1] - totals.iloc[0]) / (spending.iloc[-1] - spending.iloc[0])
    shares = composition.query("category == 'equipment' and year == year.max()").sort_values(
        "share_pct", ascending=False
    )
    return {
        "first_year": year(totals.index[0]),
        "last_year": year(totals.index[-1]),
        "equipment_first": Quantity(float(totals.iloc[0]), "EUR bn", 2),
        "equipment_last": Quantity(float(totals.iloc[-1]), "EUR bn", 2),
        "equipment_part": Quantity(float(part) * 100, "%", 0),
        "equipment_shares": _by_country(shares, "share_pct", "%", 0),
        "above_guideline": tuple(shares.loc[shares["share_pct"] >= guideline_pct, "iso3"]),
        "guideline": Quantity(guideline_pct, "%", 0),
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
