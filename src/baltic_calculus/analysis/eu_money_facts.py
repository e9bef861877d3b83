"""The numbers on the Union's money that go into sentences."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.by_country import UNKNOWN, ranges_by_country
from baltic_calculus.analysis.eu_money import (
    ALLOCATED,
    APPROVED,
    ASKED,
    INSTRUMENTS,
    PAID,
    SAFE,
    UNION,
    select_stages,
)
from baltic_calculus.analysis.quantity import Fact, Quantity

PRINTED = {ASKED: 1, ALLOCATED: 2, APPROVED: 2, PAID: 2}
"""Decimals of EUR bn in print, no more than the sources have."""


def describe_eu_money(rows: pd.DataFrame, countries: Sequence[str]) -> dict[str, Fact]:
    """What became of the money: SAFE by step, and the grants beside it.

    Parameters
    ----------
    rows : DataFrame
        From :func:`~baltic_calculus.analysis.eu_money.compute_eu_money`.
    countries : sequence of str
        Codes in the order of print.

    Returns
    -------
    dict
        SAFE by country, EUR bn: ``safe_asked`` (ranges), ``safe_allocated, safe_approved, safe_paid``;
        ``safe_paid_total, safe_approved_total`` (EUR bn, of these countries), ``safe_paid_share`` (per cent of what was
        approved), ``safe_paid_codes, safe_unpaid`` (codes with and without a known payment), ``safe_paid_date``
        (words); ``grants`` (EUR m by country: approved under all other instruments), ``mobility`` (the same of military
        mobility), ``instruments`` (number), ``with_paid`` (instruments with a payment known by state), ``union_edf,
        union_edip, union_asap, union_mobility, union_epf_paid`` (EUR bn, whole Union), ``union_epf_date`` (words).
    """
    safe = select_stages(rows, SAFE, countries)
    steps = {stage: safe[safe["stage"] == stage] for stage in (ASKED, ALLOCATED, APPROVED, PAID)}
    paid = steps[PAID].dropna(subset=["low_eur_bn"])
    approved = float(steps[APPROVED]["low_eur_bn"].sum())
    total = float(paid["low_eur_bn"].sum())
    states = rows[rows["iso3"] != UNION]
    known_paid = states[(states["stage"] == PAID) & states["low_eur_m"].notna()]
    return {
        **{
            f"safe_{stage}": ranges_by_country(own, "low_eur_bn", "high_eur_bn", "EUR bn", PRINTED[stage]) or UNKNOWN
            for stage, own in steps.items()
        },
        "safe_paid_total": Quantity(total, "EUR bn", 2),
        "safe_approved_total": Quantity(approved, "EUR bn", 1),
        "safe_paid_share": Quantity(total / approved * 100, "%", 0) if approved else UNKNOWN,
        "safe_paid_codes": tuple(paid["iso3"]),
        "safe_unpaid": tuple(code for code in countries if code not in set(paid["iso3"])),
        "safe_paid_date": ", ".join(paid["dated"]) or "no date",
        "grants": _approved_by_country(states[states["instrument"] != SAFE], countries),
        "mobility": _approved_by_country(states[states["instrument"] == "CEF military mobility"], countries),
        "instruments": Quantity(len(INSTRUMENTS), "", 0),
        "with_paid": Quantity(known_paid["instrument"].nunique(), "", 0),
        "union_edf": _of_union(rows, "EDF", APPROVED),
        "union_edip": _of_union(rows, "EDIP", ALLOCATED),
        "union_asap": _of_union(rows, "ASAP", APPROVED),
        "union_mobility": _of_union(rows, "CEF military mobility", APPROVED),
        "union_epf_paid": _of_union(rows, "EPF", PAID),
        "union_epf_date": ", ".join(rows.loc[(rows["iso3"] == UNION) & (rows["instrument"] == "EPF"), "dated"]),
    }


def _approved_by_country(states: pd.DataFrame, countries: Sequence[str]) -> Fact:
    """Sums of the approved amounts, EUR m, of the countries that have one."""
    approved = states[(states["stage"] == APPROVED) & states["low_eur_m"].notna()]
    sums = approved.groupby("iso3")["low_eur_m"].sum()
    return {code: Quantity(float(sums[code]), "EUR m", 0) for code in countries if code in sums.index} or UNKNOWN


def _of_union(rows: pd.DataFrame, instrument: str, stage: str) -> Fact:
    """Amount of the whole Union at a stage, EUR bn."""
    found = rows[(rows["iso3"] == UNION) & (rows["instrument"] == instrument) & (rows["stage"] == stage)]
    return Quantity(float(found["low_eur_m"].iloc[0]) / 1000, "EUR bn", 1) if len(found) else UNKNOWN
