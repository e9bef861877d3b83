"""Where every ally stands: rank, change and gap to a target, and the key figures side by side.

Frames are those of the NATO dataset in long form (``iso3, year, measure, value, flag``). All years of an ally are its
own series, those before it joined included; only the publisher's aggregates count members from their accession.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.analysis.spending import AGGREGATES, euro_rate


def rank_allies(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> pd.DataFrame:
    """Every ally's share at both ends of the period, its rank and its gap to a target.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``first_year`` and ``last_year``.
    target_gdp_pct : float
        Target share of GDP in per cent.

    Returns
    -------
    DataFrame
        One row per ally, highest last share first: ``iso3, share_first_gdp_pct, share_last_gdp_pct, change_points,
        rank, gap_points`` (target less share, never below 0), ``gap_eur_bn`` (at the last year's GDP), ``flag``.
    """
    allies = nato[~nato["iso3"].isin(AGGREGATES)]
    share = widen(allies, ["share_gdp_pct"]).pivot(index="iso3", columns="year", values="share_gdp_pct")
    gdp_usd_m = widen(allies, ["gdp_usd_m_current"]).pivot(index="iso3", columns="year", values="gdp_usd_m_current")
    first, last = parameters.first_year, parameters.last_year
    gap_points = (target_gdp_pct - share[last]).clip(lower=0)
    usd_per_eur = euro_rate(nato, "current")[last]
    ranked = pd.DataFrame(
        {
            "share_first_gdp_pct": share[first],
            "share_last_gdp_pct": share[last],
            "change_points": share[last] - share[first],
            "rank": share[last].rank(ascending=False, method="min").astype(int),
            "gap_points": gap_points,
            "gap_eur_bn": gap_points / 100 * gdp_usd_m[last] / usd_per_eur / 1000,
        }
    ).reset_index()
    flags = flags_of(allies, "share_gdp_pct")
    ranked = ranked.merge(flags.loc[flags["year"] == last, ["iso3", "flag"]], on="iso3")
    return ranked.sort_values(["rank", "iso3"]).reset_index(drop=True)


def summarise_spending(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> pd.DataFrame:
    """One row per country and comparator: the chapter's key figures at both ends of the period.

    Returns
    -------
    DataFrame
        ``iso3, share_first_gdp_pct, share_last_gdp_pct, change_points, rank`` (NaN for aggregates),
        ``spend_last_eur_bn`` (current prices), ``real_growth_pct`` (compound annual rate, 2021 prices),
        ``flag_last`` of the last year's figures.
    """
    codes = list(parameters.countries + parameters.comparators)
    first, last = parameters.first_year, parameters.last_year
    level = widen(nato[nato["iso3"].isin(codes)], ["share_gdp_pct", "spend_usd_m_2021", "spend_usd_m_current"])
    start = level[level["year"] == first].set_index("iso3").reindex(codes)
    end = level[level["year"] == last].set_index("iso3").reindex(codes)
    ranks = rank_allies(nato, parameters, target_gdp_pct).set_index("iso3")["rank"]
    flags = flags_of(nato, "share_gdp_pct").query("year == @last").set_index("iso3")["flag"]
    usd_per_eur = euro_rate(nato, "current")[last]
    growth = (end["spend_usd_m_2021"] / start["spend_usd_m_2021"]) ** (1 / (last - first)) - 1
    return pd.DataFrame(
        {
            "iso3": codes,
            "share_first_gdp_pct": start["share_gdp_pct"].to_numpy(),
            "share_last_gdp_pct": end["share_gdp_pct"].to_numpy(),
            "change_points": (end["share_gdp_pct"] - start["share_gdp_pct"]).to_numpy(),
            "rank": ranks.reindex(codes).to_numpy(),
            "spend_last_eur_bn": (end["spend_usd_m_current"] / usd_per_eur / 1000).to_numpy(),
            "real_growth_pct": (growth * 100).to_numpy(),
            "flag_last": flags.reindex(codes).to_numpy(),
        }
    )
