"""What core defence expenditure is spent on: NATO's four categories, and equipment in euros and among the allies.

Equipment includes its research and development, personnel includes pensions; what is neither of these nor
infrastructure is mostly operations and maintenance.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, select_series, widen
from baltic_calculus.analysis.spending import AGGREGATES, compute_amounts

CATEGORIES = {
    "equipment_share_pct": "equipment",
    "personnel_share_pct": "personnel",
    "infrastructure_share_pct": "infrastructure",
    "other_share_pct": "other",
}


def compute_composition(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """What the money buys: the NATO categories of each country's expenditure, where they are held.

    Returns
    -------
    DataFrame
        ``iso3, year, category, share_pct`` (per cent of defence expenditure) and ``flag``; a category that the dataset
        does not hold for a country and year has no row.
    """
    parts = []
    for measure, category in CATEGORIES.items():
        held = set(nato.loc[(nato["measure"] == measure) & nato["value"].notna(), "iso3"])
        codes = [code for code in parameters.countries if code in held]
        if codes:
            rows = select_series(nato, measure, codes, parameters.first_year, parameters.last_year)
            parts.append(rows.rename(columns={measure: "share_pct"}).assign(category=category))
    return pd.concat(parts, ignore_index=True)[["iso3", "year", "category", "share_pct", "flag"]]


def compute_equipment_amounts(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Equipment outlays in billions of euros: amount times equipment share.

    Returns
    -------
    DataFrame
        ``iso3, year, equipment_eur_bn, flag``.
    """
    amounts = compute_amounts(nato, parameters)
    shares = select_series(
        nato, "equipment_share_pct", parameters.countries, parameters.first_year, parameters.last_year
    )
    joined = amounts.merge(shares[["iso3", "year", "equipment_share_pct"]], on=["iso3", "year"])
    joined["equipment_eur_bn"] = joined["spend_eur_bn"] * joined["equipment_share_pct"] / 100
    return joined[["iso3", "year", "equipment_eur_bn", "flag"]]


def rank_equipment(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Every ally's equipment share at both ends of the period, and its rank in the last year.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``first_year`` and ``last_year``.

    Returns
    -------
    DataFrame
        One row per ally with a share in the last year, highest first: ``iso3, equipment_first_pct,
        equipment_last_pct`` (per cent of core defence expenditure), ``rank, flag`` (of the last year).
    """
    allies = nato[~nato["iso3"].isin(AGGREGATES)]
    share = widen(allies, ["equipment_share_pct"]).pivot(index="iso3", columns="year", values="equipment_share_pct")
    first, last = parameters.first_year, parameters.last_year
    ranked = share[[first, last]].set_axis(["equipment_first_pct", "equipment_last_pct"], axis="columns")
    ranked = ranked.dropna(subset=["equipment_last_pct"]).reset_index()
    ranked["rank"] = ranked["equipment_last_pct"].rank(ascending=False, method="min").astype(int)
    flags = flags_of(allies, "equipment_share_pct")
    ranked = ranked.merge(flags.loc[flags["year"] == last, ["iso3", "flag"]], on="iso3")
    return ranked.sort_values(["rank", "iso3"]).reset_index(drop=True)
