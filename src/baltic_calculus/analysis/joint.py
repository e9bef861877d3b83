"""What the countries spend together, as a part of larger groups.

Two groups, with two rules of membership that are kept apart: NATO Europe counts members from their accession, as
NATO's own totals do; the countries around the Baltic Sea are counted in all years from their own series.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series, widen
from baltic_calculus.analysis.spending import SPEND_USD

NATO_EUROPE = "NATO Europe"
NORDIC_BALTIC_POLISH = "Nordic-Baltic states and Poland"

NORDIC_BALTIC_POLISH_STATES = ("DNK", "EST", "FIN", "LTU", "LVA", "NOR", "POL", "SWE")
"""The Nordic-Baltic Eight without Iceland, which has no armed forces, and Poland."""

BEFORE_ACCESSION = "before accession"
"""How the dataset's notes mark what a country spent before it joined."""


def compute_joint_shares(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """What the countries spend together, in per cent of what each group spends.

    Amounts are in US dollars at the exchange rates of the year (``price_basis`` current) or of 2021 (constant).
    A group to which some of the countries do not belong, or do not yet belong in that year, has no row.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long, with notes on years before accession.
    parameters : Parameters
        ``countries, first_year, last_year, price_basis``.

    Returns
    -------
    DataFrame
        ``group, year, joint_usd_m, group_usd_m, joint_share_pct`` (per cent), ``price_basis, flag``; empty where the
        countries are in neither group.
    """
    frames = [
        _share_of_europe(nato, parameters),
        _share_of_states(nato, parameters, NORDIC_BALTIC_POLISH, NORDIC_BALTIC_POLISH_STATES),
    ]
    shares = pd.concat(frames, ignore_index=True)
    shares["joint_share_pct"] = shares["joint_usd_m"] / shares["group_usd_m"] * 100
    shares["price_basis"] = parameters.price_basis
    return shares[["group", "year", "joint_usd_m", "group_usd_m", "joint_share_pct", "price_basis", "flag"]]


def _share_of_europe(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """NATO Europe and Canada as published, less Canada, in years in which all countries are members."""
    measure = SPEND_USD[parameters.price_basis]
    rows = nato[nato["measure"] == measure]
    outside = rows[rows["note"].str.contains(BEFORE_ACCESSION)]
    not_yet = set(outside.loc[outside["iso3"].isin(parameters.countries), "year"])
    wide = widen(nato[nato["iso3"].isin(["XEC", "CAN"])], [measure]).pivot(index="year", columns="iso3", values=measure)
    europe = (wide["XEC"] - wide["CAN"]).rename("group_usd_m")
    together = _sum_countries(nato, parameters, {"CAN", "USA"})
    joined = together.merge(europe.reset_index(), on="year")
    return joined[~joined["year"].isin(not_yet)].assign(group=NATO_EUROPE)


def _share_of_states(nato: pd.DataFrame, parameters: Parameters, group: str, states: Sequence[str]) -> pd.DataFrame:
    """The states of a group in all years, members of NATO or not, where none of them is missing."""
    measure = SPEND_USD[parameters.price_basis]
    total = widen(nato[nato["iso3"].isin(states)], [measure]).groupby("year")[measure].agg(["sum", "count"])
    complete = total.loc[total["count"] == len(states), "sum"].rename("group_usd_m")
    together = _sum_countries(nato, parameters, set(nato["iso3"]) - set(states))
    return together.merge(complete.reset_index(), on="year").assign(group=group)


def _sum_countries(nato: pd.DataFrame, parameters: Parameters, outside: set[str]) -> pd.DataFrame:
    """What the countries spend together: ``year, joint_usd_m, flag``; no rows where one of them is outside."""
    if outside & set(parameters.countries):
        return pd.DataFrame({"year": [], "joint_usd_m": [], "flag": []}).astype({"year": int})
    measure = SPEND_USD[parameters.price_basis]
    rows = select_series(nato, measure, parameters.countries, parameters.first_year, parameters.last_year)
    by_year = rows.groupby("year")
    total = by_year[measure].sum().rename("joint_usd_m").reset_index()
    total["flag"] = by_year["flag"].max().to_numpy()
    return total[(by_year.size() == len(parameters.countries)).to_numpy()]
