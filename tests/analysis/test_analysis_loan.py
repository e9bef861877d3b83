"""A loan is repaid exactly, and its values are those that a finance library computes."""

import numpy as np
import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from baltic_calculus.analysis.loan import (
    LoanTerms,
    compute_saving,
    present_value,
    repay_as_annuity,
    repay_equally,
    schedule_loan,
)

SMALL = LoanTerms(
    principal_eur_m=100, drawdown=((2026, 0.4), (2027, 0.6)), maturity_years=4, grace_years=2, interest_rate_pct=10
)


@st.composite
def loans(draw: st.DrawFn) -> LoanTerms:
    maturity = draw(st.integers(1, 60))
    weights = draw(st.lists(st.floats(0.01, 1), min_size=1, max_size=6))
    return LoanTerms(
        principal_eur_m=draw(st.floats(0, 1e5)),
        drawdown=tuple((2026 + place, weight / sum(weights)) for place, weight in enumerate(weights)),
        maturity_years=maturity,
        grace_years=draw(st.integers(0, maturity - 1)),
        interest_rate_pct=draw(st.floats(0, 15)),
    )


def test_each_payment_has_its_own_clock():
    """40 paid out in 2026 is repaid in 2029 and 2030, 60 of 2027 in 2030 and 2031; interest is a tenth of the debt."""
    rows = schedule_loan(SMALL).set_index("year")
    assert rows["drawn_eur_m"].to_list() == pytest.approx([40, 60, 0, 0, 0, 0])
    assert rows["principal_eur_m"].to_list() == pytest.approx([0, 0, 0, 20, 50, 30])
    assert rows["outstanding_eur_m"].to_list() == pytest.approx([40, 100, 100, 80, 30, 0])
    assert rows["interest_eur_m"].to_list() == pytest.approx([0, 4, 10, 10, 8, 3])
    assert rows["service_eur_m"].to_list() == pytest.approx([0, 4, 10, 30, 58, 33])


@pytest.mark.parametrize("repay", [repay_equally, repay_as_annuity])
@given(terms=loans())
def test_a_loan_is_repaid_exactly(terms, repay):
    rows = schedule_loan(terms, repay)
    scale = max(terms.principal_eur_m, 1)
    assert abs(rows["drawn_eur_m"].sum() - terms.principal_eur_m) < 1e-9 * scale
    assert abs(rows["principal_eur_m"].sum() - terms.principal_eur_m) < 1e-9 * scale
    assert abs(rows["outstanding_eur_m"].iloc[-1]) < 1e-9 * scale
    assert (rows["outstanding_eur_m"] > -1e-9 * scale).all()


@pytest.mark.parametrize("repay", [repay_equally, repay_as_annuity])
@given(terms=loans())
def test_at_its_own_rate_a_loan_is_worth_what_is_paid_out(terms, repay):
    """Money in less money out, discounted at the loan's rate, is nothing: the rate is the internal rate of return."""
    rows = schedule_loan(terms, repay)
    flows = rows["drawn_eur_m"] - rows["service_eur_m"]
    assert abs(present_value(flows, terms.interest_rate_pct)) < 1e-8 * max(terms.principal_eur_m, 1)


@given(terms=loans(), own=st.floats(0, 15))
def test_the_saving_is_the_grant_element_when_discounted_at_the_own_rate(terms, own):
    """Value of the money paid out less value of the service: the usual measure of how far a loan is a gift."""
    rows = schedule_loan(terms)
    saved = compute_saving(rows, terms.interest_rate_pct, own)["saving_eur_m"]
    element = present_value(rows["drawn_eur_m"], own) - present_value(rows["service_eur_m"], own)
    assert present_value(saved, own) == pytest.approx(element, abs=1e-7 * max(terms.principal_eur_m, 1))


@given(terms=loans())
def test_nothing_is_saved_at_equal_rates(terms):
    assert (compute_saving(schedule_loan(terms), 3.0, 3.0)["saving_eur_m"] == 0).all()


@given(amounts=st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=60), rate=st.floats(0, 15))
def test_present_values_are_those_of_numpy_financial(amounts, rate):
    assert present_value(amounts, rate) == pytest.approx(npf.npv(rate / 100, amounts), abs=1e-6)


def test_the_annuity_is_that_of_numpy_financial():
    """A loan of 1000 over 45 years with 10 of grace is, after the grace, an annuity of 35 payments."""
    terms = LoanTerms(
        principal_eur_m=1000, drawdown=((2026, 1),), maturity_years=45, grace_years=10, interest_rate_pct=3.17
    )
    rows = schedule_loan(terms, repay_as_annuity).set_index("year")
    periods = np.arange(1, 36)
    after = rows.loc[2037:2071]
    np.testing.assert_allclose(after["principal_eur_m"], -npf.ppmt(0.0317, periods, 35, 1000))
    np.testing.assert_allclose(after["interest_eur_m"], -npf.ipmt(0.0317, periods, 35, 1000))
    np.testing.assert_allclose(after["service_eur_m"], -npf.pmt(0.0317, 35, 1000))
    np.testing.assert_allclose(rows.loc[2027:2036, "service_eur_m"], 31.7)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"grace_years": 4}, "leave none"),
        ({"drawdown": ((2026, 0.5),)}, "add up to 0.5"),
        ({"drawdown": ((2026, 1.5), (2027, -0.5))}, "negative"),
        ({"fee_pct": 1}, "extra"),
    ],
)
def test_terms_that_cannot_be_are_refused(change, says):
    with pytest.raises(ValidationError, match=says):
        LoanTerms(**{**SMALL.model_dump(), **change})
