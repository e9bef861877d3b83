"""Deficits against the Union's reference value, with and without the national escape clause for defence.

The clause lets a member state deviate from its net expenditure path for as much as its expenditure on defence has risen
since a base year, in per cent of GDP, up to a cap (Regulation (EU) 2024/1263, Article 26; Commission communication
C(2025) 2000). Defence is division 02 of the classification by function, deliveries. Here the same room is held against
that part of a deficit which exceeds the reference value. This is arithmetic: whether a deficit is excessive is decided
by the Council, which weighs more than two numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.budget import date_vintage, rank_vintage
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import widen
from baltic_calculus.catalog import PolicySet

BALANCE = "net_lending_gdp_pct"
NATIONAL_ACCOUNTS = "Eurostat nama_10_gdp, mid-2026"
"""Vintage of GDP that delivered defence is divided by."""

WITHIN = "up to the reference value"
DELIVERED = "above it, covered by defence delivered"
IF_DELIVERED = "above it, covered if deliveries rise"
BEYOND = "above it, not covered"
PARTS = (WITHIN, DELIVERED, IF_DELIVERED, BEYOND)
"""Parts of a deficit from zero upwards."""


@dataclass(frozen=True)
class ClauseTerms:
    """Reference value and cap in per cent of GDP; the years of the clause; the year that a rise is counted from."""

    reference_gdp_pct: float
    cap_gdp_pct: float
    base_year: int
    first_year: int
    last_year: int


def gather_terms(rules: PolicySet) -> ClauseTerms:
    """The terms of the clause from policy set ``eu_fiscal_rules``."""
    return ClauseTerms(
        reference_gdp_pct=float(rules.deficit_reference_gdp_pct.value),
        cap_gdp_pct=float(rules.escape_clause_gdp_pct.value),
        base_year=int(rules.escape_clause_base_year.value),
        first_year=int(rules.escape_clause_first_year.value),
        last_year=int(rules.escape_clause_last_year.value),
    )


def list_member_states(clause: pd.DataFrame, parameters: Parameters) -> list[str]:
    """Those of the countries and comparators that the fiscal rules of the Union bind, in their order."""
    members = set(clause["iso3"])
    return [code for code in parameters.countries + parameters.comparators if code in members]


def collect_deficits(macro: pd.DataFrame, codes: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """Deficits by country and year: what was counted, then one projection.

    The projection of a country is the vintage that reaches furthest beyond the last counted year; of equals the
    newest. Years that neither has are missing: projections are not spliced.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    codes : sequence of str
        Countries.
    years : sequence of int
        Years wanted.

    Returns
    -------
    DataFrame
        ``iso3, year, deficit_gdp_pct`` (per cent of GDP, a surplus is negative), ``vintage, flag``; one row for
        every country and year, NaN and no vintage where nothing was found.
    """
    rows = macro[(macro["measure"] == BALANCE) & macro["iso3"].isin(codes) & macro["year"].isin(years)]
    rows = rows.dropna(subset=["value"])
    rows = rows.assign(rank=rows["vintage"].map(rank_vintage), dated=rows["vintage"].map(date_vintage))
    counted = rows[rows["flag"] != "forecast"].sort_values(["rank", "dated"], ascending=[True, False])
    counted = counted.drop_duplicates(["iso3", "year"])
    last = counted.groupby("iso3")["year"].max()
    ahead = rows[(rows["flag"] == "forecast") & (rows["year"] > rows["iso3"].map(last).fillna(0))]
    reach = ahead.groupby(["iso3", "vintage"])["year"].transform("max")
    ahead = ahead.assign(reach=reach).sort_values(["reach", "dated"], ascending=False)
    chosen = ahead.drop_duplicates("iso3").set_index("iso3")["vintage"]
    ahead = ahead[ahead["vintage"] == ahead["iso3"].map(chosen)]
    every = pd.concat([counted, ahead]).set_index(["iso3", "year"])
    wanted = pd.MultiIndex.from_product([codes, years], names=["iso3", "year"])
    told = every[["value", "vintage", "flag"]].reindex(wanted).reset_index()
    told["deficit_gdp_pct"] = -told.pop("value")
    return told.fillna({"vintage": "", "flag": ""})[["iso3", "year", "deficit_gdp_pct", "vintage", "flag"]]


def compute_delivered_rise(
    delivery: pd.DataFrame, macro: pd.DataFrame, codes: Sequence[str], terms: ClauseTerms
) -> pd.DataFrame:
    """Rise of delivered defence since the base year, in points of GDP: what the clause counts.

    ``rise_points = defence_eur_m / gdp_eur_m * 100`` of the year less the same of the base year.

    Parameters
    ----------
    delivery : DataFrame
        Dataset ``defence_delivery``, Eurostat's collection for the clause.
    macro : DataFrame
        Dataset ``macro_fiscal``; GDP is taken from the national accounts.
    codes : sequence of str
        Countries.
    terms : ClauseTerms
        ``base_year`` is used.

    Returns
    -------
    DataFrame
        ``iso3, year, delivered_gdp_pct, delivered_rise_points`` for the years after the base year.
    """
    gdp = macro[(macro["vintage"] == NATIONAL_ACCOUNTS) & macro["iso3"].isin(codes)]
    joined = widen(delivery[delivery["iso3"].isin(codes)], ["defence_eur_m"]).merge(
        widen(gdp, ["gdp_eur_m"]), on=["iso3", "year"]
    )
    joined["delivered_gdp_pct"] = joined["defence_eur_m"] / joined["gdp_eur_m"] * 100
    base = joined[joined["year"] == terms.base_year].set_index("iso3")["delivered_gdp_pct"]
    joined["delivered_rise_points"] = joined["delivered_gdp_pct"] - joined["iso3"].map(base)
    later = joined[joined["year"] > terms.base_year]
    return later[["iso3", "year", "delivered_gdp_pct", "delivered_rise_points"]].reset_index(drop=True)


def split_deficits(
    deficits: pd.DataFrame, rise: pd.DataFrame, clause: pd.DataFrame, terms: ClauseTerms
) -> pd.DataFrame:
    """Divide each deficit at the reference value and by the room that the clause gives.

    In a year with deliveries the room is their rise, up to the cap. Later years first have the room of the last
    deliveries, and then the rest up to the cap, which deliveries would still have to fill. Outside its years, and
    for a state without it, the clause gives no room.

    Parameters
    ----------
    deficits : DataFrame
        From :func:`collect_deficits`.
    rise : DataFrame
        From :func:`compute_delivered_rise`.
    clause : DataFrame
        Dataset ``escape_clause``.
    terms : ClauseTerms
        Terms of the clause.

    Returns
    -------
    DataFrame
        ``iso3, year, part`` (one of ``PARTS``), ``part_gdp_pct`` (per cent of GDP, NaN without a deficit),
        ``vintage, flag``. The parts of a deficit add up to it; a surplus has parts of zero.
    """
    delivered = rise.set_index(["iso3", "year"])["delivered_rise_points"]
    newest = rise.sort_values("year", kind="stable").groupby("iso3")[["year", "delivered_rise_points"]].last()
    activated = set(clause.loc[clause["activated"] != "", "iso3"])
    rows = deficits.copy()
    keys = pd.MultiIndex.from_frame(rows[["iso3", "year"]])
    ahead = rows["year"] > rows["iso3"].map(newest["year"])
    held = rows["iso3"].map(newest["delivered_rise_points"])
    counted = pd.Series(delivered.reindex(keys).to_numpy(), index=rows.index).where(~ahead, held)
    runs = rows["iso3"].isin(activated) & rows["year"].between(terms.first_year, terms.last_year)
    room = counted.fillna(0).clip(0, terms.cap_gdp_pct).where(runs, 0.0)
    further = (terms.cap_gdp_pct - room).where(runs & ahead, 0.0)
    deficit = rows["deficit_gdp_pct"].clip(lower=0)
    excess = (deficit - terms.reference_gdp_pct).clip(lower=0)
    parts = {
        WITHIN: deficit - excess,
        DELIVERED: np.minimum(excess, room),
        IF_DELIVERED: np.minimum((excess - room).clip(lower=0), further),
        BEYOND: (excess - room - further).clip(lower=0),
    }
    wide = rows[["iso3", "year", "vintage", "flag"]].assign(**parts)
    long = wide.melt(id_vars=["iso3", "year", "vintage", "flag"], var_name="part", value_name="part_gdp_pct")
    place = long["iso3"].map({code: count for count, code in enumerate(dict.fromkeys(rows["iso3"]))})
    long = long.assign(place=place, rank=long["part"].map(PARTS.index)).sort_values(["place", "year", "rank"])
    return long[["iso3", "year", "part", "part_gdp_pct", "vintage", "flag"]].reset_index(drop=True)
