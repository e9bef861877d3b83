"""Money of the Union: steps in order, nothing typed twice, gaps that stay gaps."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.eu_money import (
    APPROVED,
    ASKED,
    INSTRUMENTS,
    PAID,
    SAFE,
    STAGES,
    UNION,
    compute_eu_money,
    select_stages,
    tabulate_stages,
)
from baltic_calculus.analysis.eu_money_facts import describe_eu_money
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError

STATES = ["EST", "LTU"]
NAMES = {"EST": "Estonia", "LVA": "Latvia", "LTU": "Lithuania"}
ALLOCATIONS = pd.DataFrame(
    {
        "iso3": ["EST", "LTU"],
        "tentative_loan_eur_bn": [2.66, 6.38],
        "adopted_loan_eur": [2.344e9, 6.375e9],
        "adoption_date": ["2026-02-17"] * 2,
        "source": ["A;B", "A"],
        "note": ["", ""],
    }
)
TERMS = pd.DataFrame(
    [
        (SAFE, "request_estonia", 3.6, None, None, "2025-08"),
        (SAFE, "request_lithuania", None, 5.0, 8.76, "2025-09-01"),
        (SAFE, "tentative_allocation_date", None, None, None, "2025-09-09"),
        (SAFE, "total_requests", 190.0, None, None, "2026"),
        (SAFE, "envelope", 150.0, None, None, "2025-05-27"),
        ("EDIP", "budget", 1.5, None, None, "2025-10-16"),
    ],
    columns=["instrument", "term", "value", "low", "high", "date"],
).assign(source="T", note="")


def money(*rows: tuple[str, str, str, str, float]) -> pd.DataFrame:
    """The register with these rows: instrument, state, stage, part, amount."""
    columns = ["instrument", "iso3", "stage", "part", "low_eur_m"]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.assign(high_eur_m=frame["low_eur_m"], date="2026-06-24", confidence="high", source="M", note="")


GRANT = ("ASAP", "EST", "approved", "plant", 1.0)
LOAN_PAID = (SAFE, "LTU", "paid", "loan", 956.3)


def test_safe_comes_from_its_own_datasets_and_payments_from_the_register() -> None:
    rows = compute_eu_money(money(GRANT, LOAN_PAID), ALLOCATIONS, TERMS, STATES, NAMES)
    steps = select_stages(rows, SAFE, STATES).set_index(["iso3", "stage"])
    assert steps.loc[("LTU", ASKED), ["low_eur_bn", "high_eur_bn"]].tolist() == [5.0, 8.76]
    assert steps.loc[("EST", APPROVED), "low_eur_bn"] == pytest.approx(2.344)
    assert steps.loc[("LTU", PAID), "low_eur_bn"] == pytest.approx(0.9563)
    # nothing is known of a payment to Estonia: a gap, not a zero
    assert pd.isna(steps.loc[("EST", PAID), "low_eur_bn"])
    assert len(steps) == len(STATES) * len(STAGES)


def test_more_paid_than_approved_is_refused() -> None:
    above = (SAFE, "LTU", "paid", "loan", 6376.0)
    with pytest.raises(DataError, match="more paid than approved: SAFE LTU loan"):
        compute_eu_money(money(GRANT, above), ALLOCATIONS, TERMS, STATES, NAMES)


def test_instruments_without_an_amount_keep_a_row_for_each_state_of_the_register() -> None:
    rows = compute_eu_money(money(GRANT, LOAN_PAID), ALLOCATIONS, TERMS, STATES, NAMES)
    table = tabulate_stages(rows)
    defence_fund = table[table["instrument"] == INSTRUMENTS["EDF"]]
    assert defence_fund["iso3"].tolist() == STATES
    assert defence_fund.filter(like="_eur_m").isna().all(axis=None)
    # a published nothing is a zero, an unpublished one is not
    zero = compute_eu_money(money(GRANT, ("ASAP", "LTU", "approved", "plant", 0.0)), ALLOCATIONS, TERMS, STATES, NAMES)
    asap = tabulate_stages(zero).set_index(["instrument", "iso3"]).loc[INSTRUMENTS["ASAP"]]
    assert asap.loc["LTU", "approved_low_eur_m"] == 0


def test_facts_of_two_states() -> None:
    rows = compute_eu_money(money(GRANT, LOAN_PAID), ALLOCATIONS, TERMS, STATES, NAMES)
    told = describe_eu_money(rows, STATES)
    # 956.3 of 2,344 + 6,375
    share = told["safe_paid_share"]
    assert isinstance(share, Quantity)
    assert share.value == pytest.approx(956.3 / 8719 * 100)
    assert told["safe_unpaid"] == ("EST",)
    assert told["grants"] == {"EST": Quantity(1.0, "EUR m", 0)}
    assert told["with_paid"] == Quantity(1, "", 0)


def published() -> pd.DataFrame:
    """The rows of the report."""
    return compute_eu_money(
        catalog.load("eu_money"), catalog.load("safe_allocations"), catalog.load("safe_terms"), list(NAMES), NAMES
    )


def test_register_holds_only_payments_of_safe_and_known_instruments() -> None:
    own = catalog.load("eu_money")
    assert set(own.loc[own["instrument"] == SAFE, "stage"]) == {PAID}
    assert set(own["instrument"]) <= set(INSTRUMENTS)
    known = own.dropna(subset=["low_eur_m"])
    assert (known["low_eur_m"] <= known["high_eur_m"]).all()


def test_first_payment_to_lithuania_is_the_pre_financing() -> None:
    steps = published().query("instrument == 'SAFE' and iso3 == 'LTU'").set_index("stage")
    share = catalog.policy("safe_terms").pre_financing_share_pct.value
    # 15% of 6,375 is 956.25, printed as 956.3
    assert steps.loc[PAID, "low_eur_m"] == pytest.approx(steps.loc[APPROVED, "low_eur_m"] * share / 100, abs=0.1)
    plans = catalog.load("defence_budget_plans").query("iso3 == 'LTU' and measure == 'safe_loan_eur_bn'")
    assert plans["value"].item() * 1000 == steps.loc[APPROVED, "low_eur_m"]
    assert set(plans["source"].item().split(";")) & set(steps.loc[PAID, "source"].split(";"))


def test_no_payment_exceeds_what_was_approved_and_no_approval_what_was_asked() -> None:
    table = tabulate_stages(published())
    states = table[table["iso3"] != UNION]
    for earlier, later in (("approved", "paid"), ("asked", "approved")):
        both = states.dropna(subset=[f"{earlier}_high_eur_m", f"{later}_high_eur_m"])
        assert (both[f"{later}_high_eur_m"] <= both[f"{earlier}_high_eur_m"]).all()


@pytest.mark.parametrize(
    ("instrument", "code", "stage", "total"),
    [
        # ERR: 31 of 62 and 41 of 82 million; Latvian ministry: 51.6 + 19.67 + 7.54; Lithuanian ministry: 61.3 and 46
        ("CEF military mobility", "EST", "approved", 72.0),
        ("CEF military mobility", "LVA", "approved", 78.8),
        ("CEF military mobility", "LTU", "approved", 107.3),
        ("EPF", "EST", "approved", 156.0),
        # 19.4 + 17 + 15.4 with Finland 50, Poland 52 and Norway 16.4 make 170.2
        ("BMVI eastern border", UNION, "allocated", 170.0),
    ],
)
def test_published_amounts(instrument: str, code: str, stage: str, total: float) -> None:
    rows = published().query("instrument == @instrument and iso3 == @code and stage == @stage")
    assert rows["low_eur_m"].sum() == pytest.approx(total)
