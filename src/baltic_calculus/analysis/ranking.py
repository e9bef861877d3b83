"""Where every ally stands: rank, change and gap to a target, since when, and the key figures side by side.

Frames are those of the NATO dataset in long form (``iso3, year, measure, value, flag``). All years of an ally are its
own series, those before it joined included; only the publisher's aggregates count members from their accession.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.passing import Passing, find_passing
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.analysis.spending import AGGREGATES, SPEND_USD, euro_rate

NOT_HELD = "below"
"""What stands for the year since which a level has been held, where it is not held now."""


def _allies(nato: pd.DataFrame) -> pd.DataFrame:
    """Rows of the members, without the aggregates."""
    return nato[~nato["iso3"].isin(AGGREGATES)]


def _by_year(nato: pd.DataFrame, measure: str) -> pd.DataFrame:
    """One measure of all allies: index ``iso3``, one column for each year."""
    return widen(_allies(nato), [measure]).pivot(index="iso3", columns="year", values=measure)


def _rank(values: pd.Series) -> pd.Series:
    """Places from the largest down; equal values share the better one."""
    return values.rank(ascending=False, method="min").astype(int)


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
        rank_first, rank`` (equal shares, equal ranks), ``gap_points`` (target less share, never below 0),
        ``gap_eur_bn`` (at the last year's GDP), ``flag`` of the last year's share.
    """
    share, gdp_usd_m = _by_year(nato, "share_gdp_pct"), _by_year(nato, "gdp_usd_m_current")
    first, last = parameters.first_year, parameters.last_year
    gap_points = (target_gdp_pct - share[last]).clip(lower=0)
    usd_per_eur = euro_rate(nato, "current")[last]
    ranked = pd.DataFrame(
        {
            "share_first_gdp_pct": share[first],
            "share_last_gdp_pct": share[last],
            "change_points": share[last] - share[first],
            "rank_first": _rank(share[first]),
            "rank": _rank(share[last]),
            "gap_points": gap_points,
            "gap_eur_bn": gap_points / 100 * gdp_usd_m[last] / usd_per_eur / 1000,
        }
    ).reset_index()
    flags = flags_of(_allies(nato), "share_gdp_pct")
    ranked = ranked.merge(flags.loc[flags["year"] == last, ["iso3", "flag"]], on="iso3")
    return ranked.sort_values(["rank", "iso3"]).reset_index(drop=True)


def date_passing(nato: pd.DataFrame, parameters: Parameters, level_gdp_pct: float, name: str) -> pd.DataFrame:
    """When every ally's share first stood at or above a level, and since when it has without a break.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``first_year`` and ``last_year``: what came before is not looked at.
    level_gdp_pct : float
        Level in per cent of GDP.
    name : str
        What the level is called in the names of the columns.

    Returns
    -------
    DataFrame
        ``iso3, <name>_first_year, <name>_held_since`` (both missing where there is none), ``<name>_said``: the latter
        as text, with the former in brackets where the share has been below the level since; a period that begins at or
        above the level may have begun so earlier, which ``≤`` says.
    """
    share = _by_year(nato, "share_gdp_pct").loc[:, parameters.first_year : parameters.last_year]
    found = {code: find_passing(values, level_gdp_pct) for code, values in share.iterrows()}
    first = {code: min((*one.before, *([one.since] if one.since else [])), default=None) for code, one in found.items()}
    dated = pd.DataFrame(
        {
            "iso3": list(found),
            f"{name}_first_year": pd.array([first[code] for code in found], dtype="Int64"),
            f"{name}_held_since": pd.array([one.since for one in found.values()], dtype="Int64"),
        }
    )
    dated[f"{name}_said"] = [_say_since(one, first[code], parameters.first_year) for code, one in found.items()]
    return dated


def _say_since(passing: Passing, first: int | None, begin: int) -> str:
    """The year since which a level is held, and in brackets the first, where they differ."""
    years = [f"≤{one}" if one == begin else str(one) for one in (passing.since, first) if one is not None]
    held = years[0] if passing.since is not None else NOT_HELD
    return held if first in (None, passing.since) else f"{held}\u00a0({years[-1]})"


def rank_with_dates(
    nato: pd.DataFrame, parameters: Parameters, *, guideline_gdp_pct: float, target_gdp_pct: float
) -> pd.DataFrame:
    """The ranking with the years in which each ally passed the guideline and the target.

    Returns
    -------
    DataFrame
        Columns of :func:`rank_allies`, then those of :func:`date_passing` for ``guideline`` and ``target``.
    """
    ranked = rank_allies(nato, parameters, target_gdp_pct)
    for name, level in (("guideline", guideline_gdp_pct), ("target", target_gdp_pct)):
        ranked = ranked.merge(date_passing(nato, parameters, level, name), on="iso3")
    return ranked


def summarise_allies(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> pd.DataFrame:
    """One row per ally: the ranking with amount, real growth and the equipment share.

    Returns
    -------
    DataFrame
        Columns of :func:`rank_allies`, then ``spend_last_eur_bn`` (current prices), ``real_growth_pct`` (compound
        annual rate over the period at constant prices), ``equipment_share_pct`` (of expenditure in the last year);
        NaN where the publisher has none.
    """
    first, last = parameters.first_year, parameters.last_year
    spend = _by_year(nato, SPEND_USD["current"])
    real = _by_year(nato, SPEND_USD["constant"])
    equipment = _by_year(nato, "equipment_share_pct")
    figures = pd.DataFrame(
        {
            "spend_last_eur_bn": spend[last] / euro_rate(nato, "current")[last] / 1000,
            "real_growth_pct": ((real[last] / real[first]) ** (1 / (last - first)) - 1) * 100,
            "equipment_share_pct": equipment[last],
        }
    )
    return rank_allies(nato, parameters, target_gdp_pct).merge(figures, left_on="iso3", right_index=True, how="left")


def compare_bases(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> pd.DataFrame:
    """The share as published, at constant prices, beside the ratio of the amounts at current prices.

    Returns
    -------
    DataFrame
        One row per ally in the last year, largest difference first: ``iso3, share_gdp_pct, share_current_gdp_pct,
        difference_points`` (published less current), ``gap_eur_bn, gap_current_eur_bn`` (to the target, on either).
    """
    last = parameters.last_year
    gdp_usd_m = _by_year(nato, "gdp_usd_m_current")[last]
    published = _by_year(nato, "share_gdp_pct")[last]
    current = _by_year(nato, SPEND_USD["current"])[last] / gdp_usd_m * 100
    eur_bn_a_point = gdp_usd_m / euro_rate(nato, "current")[last] / 1000 / 100
    bases = pd.DataFrame(
        {
            "share_gdp_pct": published,
            "share_current_gdp_pct": current,
            "difference_points": published - current,
            "gap_eur_bn": (target_gdp_pct - published).clip(lower=0) * eur_bn_a_point,
            "gap_current_eur_bn": (target_gdp_pct - current).clip(lower=0) * eur_bn_a_point,
        }
    )
    order = bases["difference_points"].abs().sort_values(ascending=False, kind="stable").index
    return bases.loc[order].reset_index()


def add_members(allies: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """Add a row without figures for every member that the publisher has none for: Iceland has no armed forces.

    Parameters
    ----------
    allies : DataFrame
        From :func:`summarise_allies`.
    countries : DataFrame
        Register of countries with ``iso3`` and ``nato``.

    Returns
    -------
    DataFrame
        The rows of ``allies``, then the members without figures, NaN in all columns but ``iso3``.
    """
    members = countries.loc[countries["nato"] & ~countries["iso3"].isin(allies["iso3"]), ["iso3"]]
    return allies.merge(members, on="iso3", how="outer").sort_values(["rank", "iso3"]).reset_index(drop=True)
