"""Tests of claims on spending and on the money of the Union."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from baltic_calculus.analysis.claim_reading import (
    AT_LEAST,
    LESS,
    NOW,
    RANK,
    THEN,
    WITHIN,
    Claimed,
    ClaimFrames,
    ClaimTest,
    Reading,
    near,
)
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.spending import AGGREGATES

STATES = ("EST", "LVA", "LTU")
ESSAY_YEAR, BUDGET_YEAR = 2025, 2026
LOAN_YEARS = 4
"""Years over which the evidence on B44 spreads a SAFE loan."""


def nato_values(nato: pd.DataFrame, measure: str, year: int) -> pd.Series:
    """One measure of the members in one year, without the aggregates; index ``iso3``."""
    rows = nato[(nato["measure"] == measure) & (nato["year"] == year) & ~nato["iso3"].isin(AGGREGATES)]
    return rows.set_index("iso3")["value"].dropna()


def _place(values: pd.Series, iso3: str) -> Interval:
    """Place from the largest down; equal values share the better one."""
    place = float(values.rank(ascending=False, method="min")[iso3])
    return Interval(place, place)


def _read_largest(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    spending = nato_values(frames.nato_defence_expenditure, "spend_usd_m_current", ESSAY_YEAR)
    place = _place(spending, "DEU")
    return [Reading("DEU", place, place.high <= 1, said=f"{place.low:.0f} of {len(spending)}")]


def _read_dominant(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    majority = float(frames.terms.majority_pct.value)
    readings = []
    for when, year in ((THEN, ESSAY_YEAR), (NOW, BUDGET_YEAR)):
        spending = nato_values(frames.nato_defence_expenditure, "spend_usd_m_current", year)
        share = float(spending["USA"] / spending.sum() * 100)
        readings.append(Reading(f"USA ({year})", Interval(share, share), share >= majority, when=when))
    return readings


def _read_top(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    shares = nato_values(frames.nato_defence_expenditure, "share_gdp_pct", ESSAY_YEAR)
    lowest = float(frames.terms.top_rank.value)
    places = {state: _place(shares, state) for state in STATES}
    return [
        Reading(state, place, place.high <= lowest, said=f"{place.low:.0f} of {len(shares)}")
        for state, place in places.items()
    ]


def _read_policy(policy: str, name: str, of: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """One policy value, which the claim has to meet exactly."""
    value = float(getattr(getattr(frames, policy), name).value)
    stated = Interval(value, value)
    return [Reading(of, stated, near(stated, claimed.number))]


def _read_budget(iso3: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """A state's share of GDP: its budget, and NATO's estimate."""
    plans = frames.defence_budget_plans
    own = plans[
        (plans["iso3"] == iso3) & (plans["year"] == BUDGET_YEAR) & (plans["measure"] == "defence_budget_gdp_pct")
    ]
    # a budget is claimed as it was adopted: a share that the ministry restated on newer GDP is another one
    adopted = own[own["status"] == "adopted budget"]
    shares = (own if adopted.empty else adopted)["value"]
    budget = Interval(float(shares.min()), float(shares.max()))
    nato = nato_values(frames.nato_defence_expenditure, "share_gdp_pct", BUDGET_YEAR)[iso3]
    estimate = Interval(float(nato), float(nato))
    tolerance = float(frames.terms.share_tolerance_points.value)
    return [
        Reading("national budget", budget, near(budget, claimed.number, tolerance)),
        Reading("NATO estimate", estimate, near(estimate, claimed.number, tolerance)),
    ]


def _read_loan(iso3: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """A state's SAFE loan: tentative when the essay was written, adopted now."""
    row = frames.safe_allocations.set_index("iso3").loc[iso3]
    tolerance = float(frames.terms.loan_tolerance_eur_bn.value)
    readings = []
    for of, when, amount in (
        ("tentative", THEN, float(row["tentative_loan_eur_bn"])),
        ("adopted", NOW, float(row["adopted_loan_eur"]) / 1e9),
    ):
        loan = Interval(amount, amount)
        readings.append(Reading(of, loan, near(loan, claimed.number, tolerance), when=when))
    return readings


def _read_envelope(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    tolerance = float(frames.terms.loan_tolerance_eur_bn.value)
    shared = float(frames.safe_allocations["tentative_loan_eur_bn"].sum())
    loans = Interval(shared, shared)
    return [
        *_read_policy("safe_terms", "envelope_eur_bn", "regulation", frames, claimed),
        Reading("tentative loans together", loans, near(loans, claimed.number, tolerance)),
    ]


def _read_burden(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    shares = nato_values(frames.nato_defence_expenditure, "share_gdp_pct", BUDGET_YEAR)[list(STATES)]
    core = Interval(float(shares.min()), float(shares.max()))
    agrees = all(
        near(Interval(share, share), claimed.number, float(frames.terms.about_share_tolerance_points.value))
        for share in shares
    )
    clause = frames.escape_clause.set_index("iso3")["in_report_2026"]
    examined = [state for state in STATES if clause.get(state) == "yes"]
    count = Interval(len(examined), len(examined))
    return [
        Reading("NATO estimates", core, agrees),
        Reading(
            "deficit in the Commission's review:",
            count,
            len(examined) == len(STATES),
            said=f"{len(examined)} of {len(STATES)} states",
        ),
    ]


def _read_dependence(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    plans = frames.defence_budget_plans
    budgets = plans[(plans["measure"] == "defence_budget_eur_bn") & (plans["year"] == BUDGET_YEAR)]
    budget_eur_bn = budgets.set_index("iso3")["value"]
    loans_eur_bn = frames.safe_allocations.set_index("iso3")["adopted_loan_eur"] / 1e9
    majority = float(frames.terms.majority_pct.value)
    readings = []
    for state in STATES:
        own = 100 - float(loans_eur_bn[state] / LOAN_YEARS / budget_eur_bn[state] * 100)
        readings.append(Reading(state, Interval(own, own), own < majority))
    return readings


MONEY_TESTS = (
    ClaimTest("A03", f"place in defence expenditure, {ESSAY_YEAR}", "", RANK, "tbl-allies", _read_largest),
    ClaimTest(
        "A04",
        "share of the allies' expenditure together",
        "%",
        AT_LEAST,
        "tbl-allies",
        _read_dominant,
        whole=False,
    ),
    ClaimTest("B06", f"place in core defence expenditure, {ESSAY_YEAR}", "", RANK, "tbl-ranks", _read_top),
    ClaimTest(
        "B19",
        "core defence expenditure",
        "% of GDP",
        WITHIN,
        "fig-hague-path",
        partial(_read_policy, "targets", "core_share_gdp_pct", "declaration"),
    ),
    ClaimTest(
        "B20",
        "related expenditure",
        "% of GDP",
        WITHIN,
        "tbl-hague",
        partial(_read_policy, "targets", "related_share_gdp_pct", "declaration"),
    ),
    ClaimTest("B21", f"share for {BUDGET_YEAR}", "% of GDP", WITHIN, "tbl-plans", partial(_read_budget, "EST")),
    ClaimTest("B22", f"share for {BUDGET_YEAR}", "% of GDP", WITHIN, "tbl-plans", partial(_read_budget, "LVA")),
    ClaimTest("B23", f"share for {BUDGET_YEAR}", "% of GDP", WITHIN, "tbl-plans", partial(_read_budget, "LTU")),
    ClaimTest("B36", "loans under SAFE", "EUR bn", WITHIN, "fig-safe", _read_envelope),
    ClaimTest("B37", "loan under SAFE", "EUR bn", WITHIN, "fig-safe", partial(_read_loan, "EST")),
    ClaimTest("B38", "loan under SAFE", "EUR bn", WITHIN, "fig-safe", partial(_read_loan, "LVA")),
    ClaimTest("B39", "loan under SAFE", "EUR bn", WITHIN, "fig-safe", partial(_read_loan, "LTU")),
    ClaimTest(
        "B41", f"core expenditure, {BUDGET_YEAR}", "% of GDP", WITHIN, "fig-deficit-clause", _read_burden, whole=False
    ),
    ClaimTest(
        "B44",
        f"defence budget of {BUDGET_YEAR} beyond a year of SAFE",
        "%",
        LESS,
        "fig-safe",
        _read_dependence,
        whole=False,
    ),
)
