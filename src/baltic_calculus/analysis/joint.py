"""What the countries spend together, as a part of larger groups.

Two rules of membership are kept apart: NATO, and NATO Europe, count members from their accession, as NATO's own
totals do; the states around the Baltic Sea are counted in all years from their own series.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series, widen
from baltic_calculus.analysis.spending import SPEND_USD

NATO = "NATO"
NATO_EUROPE = "NATO Europe"
NORDIC_BALTIC_POLISH = "Nordic-Baltic states and Poland"

NORDIC_BALTIC_POLISH_STATES = ("DNK", "EST", "FIN", "LTU", "LVA", "NOR", "POL", "SWE")
"""The Nordic-Baltic Eight without Iceland, which has no armed forces, and Poland."""

BEFORE_ACCESSION = "before accession"
"""How the dataset's notes mark what a country spent before it joined."""


def compute_joint_shares(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """What the countries spend together, in per cent of what each group spends.

    Amounts are in US dollars at the exchange rates of the year (``price_basis`` current) or of 2021 (constant).
    A group has rows only for years in which all of the countries belong to it.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long, with notes on years before accession.
    parameters : Parameters
        ``countries, first_year, last_year, price_basis``.

    Returns
    -------
    DataFrame
        ``group, year, joint_usd_m, group_usd_m, joint_share_pct`` (per cent), ``price_basis, flag``; empty where no
        group holds the countries.
    """
    measure = SPEND_USD[parameters.price_basis]
    held = widen(nato, [measure]).pivot(index="year", columns="iso3", values=measure)
    members = _years_of_membership(nato, parameters, measure)
    around = held[list(NORDIC_BALTIC_POLISH_STATES)].sum(axis=1, skipna=False)
    frames = [
        _share_of(nato, parameters, around, outside=set(held) - set(NORDIC_BALTIC_POLISH_STATES)).assign(
            group=NORDIC_BALTIC_POLISH
        ),
        _share_of(nato, parameters, (held["XEC"] - held["CAN"]).loc[members], outside={"CAN", "USA"}).assign(
            group=NATO_EUROPE
        ),
        _share_of(nato, parameters, held["XNT"].loc[members], outside=set()).assign(group=NATO),
    ]
    shares = pd.concat(frames, ignore_index=True)
    shares["joint_share_pct"] = shares["joint_usd_m"] / shares["group_usd_m"] * 100
    shares["price_basis"] = parameters.price_basis
    return shares[["group", "year", "joint_usd_m", "group_usd_m", "joint_share_pct", "price_basis", "flag"]]


def _years_of_membership(nato: pd.DataFrame, parameters: Parameters, measure: str) -> list[int]:
    """Years in which all of the countries are members of NATO."""
    rows = nato[nato["measure"] == measure]
    before = rows["note"].str.contains(BEFORE_ACCESSION) & rows["iso3"].isin(parameters.countries)
    return sorted(set(rows["year"]) - set(rows.loc[before, "year"]))


def _share_of(nato: pd.DataFrame, parameters: Parameters, group: pd.Series, *, outside: set[str]) -> pd.DataFrame:
    """What the countries spend together beside a group's total; no rows where one of them is outside the group.

    Returns
    -------
    DataFrame
        ``year, joint_usd_m, group_usd_m, flag``, of the years that all countries and the group have.
    """
    if outside & set(parameters.countries):
        return pd.DataFrame({"year": [], "joint_usd_m": [], "group_usd_m": [], "flag": []}).astype({"year": int})
    measure = SPEND_USD[parameters.price_basis]
    rows = select_series(nato, measure, parameters.countries, parameters.first_year, parameters.last_year)
    by_year = rows.groupby("year")
    together = pd.DataFrame({"joint_usd_m": by_year[measure].sum(), "flag": by_year["flag"].max()})
    together = together[by_year.size() == len(parameters.countries)]
    return together.join(group.dropna().rename("group_usd_m"), how="inner").reset_index()
