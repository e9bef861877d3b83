"""The equations of the methods page, each worked out by hand once and compared with the code that computes it."""

import numpy as np
import pytest

from baltic_calculus.analysis.debt_model import roll_debt
from baltic_calculus.analysis.debt_stabilising import stabilising_balance_gdp_pct, stabilising_growth_pct
from baltic_calculus.analysis.hague_path import required_growth_pct
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.loan import LoanTerms, compute_saving, present_value, schedule_loan
from baltic_calculus.analysis.reinforcement import Uncertain
from baltic_calculus.analysis.sensitivity import Sample, estimate_indices


def test_debt_identity() -> None:
    one = np.array([1.0])
    rolled = roll_debt(
        50,
        2,
        real_growth_pct=2 * one,
        deflator_growth_pct=3 * one,
        marginal_rate_pct=4 * one,
        rollover_share_pct=25,
        primary_balance_gdp_pct=-1 * one,
        stock_flow_gdp_pct=0.5 * one,
    )
    rate = 0.02 + 0.25 * (0.04 - 0.02)
    assert rolled.implicit_rate_pct[0] == pytest.approx(100 * rate)
    assert rolled.debt_gdp_pct[0] == pytest.approx(50 * (1 + rate) / (1.02 * 1.03) + 1 + 0.5)


def test_stabilising_balance_and_growth() -> None:
    balance = 60 * 1.04 / (1.02 * 1.03) - 60 + 0.5
    assert stabilising_balance_gdp_pct(60, 4, 1.02 * 1.03, 0.5) == pytest.approx(balance)
    # with that balance, the growth that holds debt is the growth there is
    assert stabilising_growth_pct(60, 4, 3, balance, 0.5) == pytest.approx(2)


def test_required_growth() -> None:
    assert required_growth_pct(2, 3.5, 9, 2) == pytest.approx(100 * ((3.5 / 2) ** (1 / 9) * 1.02 - 1))


def test_ratio_of_intervals() -> None:
    assert Interval(10, 12) / Interval(4, 5) == Interval(10 / 5, 12 / 4)


def test_beta_pert_mean() -> None:
    days = Uncertain(name="days", low=2, mode=3, high=10)
    assert days.mean == pytest.approx((2 + 4 * 3 + 10) / 6)
    assert days.draw(1, 40_000).mean() == pytest.approx(days.mean, abs=0.03)


def test_grant_element() -> None:
    # 100 paid out in one year, repaid in halves after two and three years; own rate 4%, loan 3%
    terms = LoanTerms(principal_eur_m=100, drawdown=((2026, 1),), maturity_years=3, grace_years=1, interest_rate_pct=3)
    saving = compute_saving(schedule_loan(terms), 3, 4)["saving_eur_m"]
    expected = 0.01 * 100 / 1.04 + 0.01 * 100 / 1.04**2 + 0.01 * 50 / 1.04**3
    assert present_value(saving, 4) == pytest.approx(expected)


def test_sobol_indices_of_a_sum() -> None:
    # y = 3 a + 4 b, both even between 0 and 1: variances 9 and 16 of 25, no interplay
    found = estimate_indices(lambda x: 3 * x[0] + 4 * x[1], 2, Sample(1, 2**10))
    assert list(found["first_order"]) == pytest.approx([9 / 25, 16 / 25], abs=0.02)
    assert list(found["total"]) == pytest.approx([9 / 25, 16 / 25], abs=0.02)
