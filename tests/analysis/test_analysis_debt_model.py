"""Debt dynamics: closed forms, the identity on every row, and which way debt moves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    project_debt,
    project_scenarios,
    roll_debt,
    transition,
)
from baltic_calculus.errors import ParameterError

START = DebtStart(
    iso3="EST",
    year=2025,
    debt_gdp_pct=40,
    implicit_rate_pct=2,
    balance_gdp_pct=-4,
    defence_gdp_pct=5,
    defence_before_gdp_pct=3,
)
PLAIN = DebtAssumptions(real_growth_pct=0, deflator_growth_pct=0, marginal_rate_pct=2, rollover_share_pct=20)
LIVELY = DebtAssumptions(
    real_growth_pct=2,
    deflator_growth_pct=2.5,
    marginal_rate_pct=4,
    rollover_share_pct=20,
    stock_flow_gdp_pct=0.5,
    multiplier=0.75,
    tax_multiplier=0.4,
    import_share_pct=60,
    persistence_pct=60,
    semi_elasticity=0.4,
)
HELD = DefencePath(name="held", share_gdp_pct=5, transition_years=4)
CUT = DefencePath(name="cut", share_gdp_pct=2, transition_years=4)
SHARED = FinancingMix(borrowing=0.5, taxes=0.3, reallocation=0.2)

years = st.lists(st.floats(-8, 8), min_size=1, max_size=10)
debts = st.floats(1, 150)
rates = st.floats(0, 10)
growth = st.floats(-5, 8)
shares = st.floats(0, 10)


def roll(debt: float = 40, rate: float = 2, primary=(0.0,), *, growth=0.0, deflator=0.0, marginal=2.0, stock_flow=0.0):
    """A path with the same growth, prices and rate in every year."""
    return roll_debt(
        debt,
        rate,
        real_growth_pct=np.full(len(primary), growth),
        deflator_growth_pct=np.full(len(primary), deflator),
        marginal_rate_pct=np.full(len(primary), marginal),
        rollover_share_pct=20,
        primary_balance_gdp_pct=np.array(primary, dtype=float),
        stock_flow_gdp_pct=np.full(len(primary), stock_flow),
    )


@given(debts, rates, years)
def test_when_growth_equals_the_rate_debt_moves_by_the_primary_balance_alone(debt, rate, primary):
    path = roll(debt, rate, primary, growth=rate, marginal=rate)
    assert path.debt_gdp_pct == pytest.approx(debt - np.cumsum(primary), abs=1e-9)


@given(debts, rates, growth)
def test_the_balance_that_holds_debt_holds_it_for_good(debt, rate, output):
    # d = d (1 + i) / (1 + g) - pb  =>  pb = d ((1 + i) / (1 + g) - 1)
    held = debt * ((1 + rate / 100) / (1 + output / 100) - 1)
    path = roll(debt, rate, [held] * 10, growth=output, marginal=rate)
    assert path.debt_gdp_pct == pytest.approx([debt] * 10, rel=1e-9)


def test_one_year_by_hand():
    # 40 / (1.02 * 1.03) = 38.0735; rate 2 + 0.2 (4 - 2) = 2.4, interest 0.91376; primary deficit 3, stock-flow 0.5
    path = roll(40, 2, [-3], growth=2, deflator=3, marginal=4, stock_flow=0.5)
    assert path.implicit_rate_pct == pytest.approx([2.4])
    assert path.interest_gdp_pct == pytest.approx([0.91376], abs=1e-5)
    assert path.growth_effect_points == pytest.approx([-1.92652], abs=1e-5)
    assert path.debt_gdp_pct == pytest.approx([42.48724], abs=1e-5)


def test_the_rate_on_all_debt_moves_to_that_on_new_debt():
    path = roll(40, 2, [0.0] * 40, marginal=4)
    # the distance of 2 shrinks by a fifth a year: 2 * 0.8^3 = 1.024 after three
    assert path.implicit_rate_pct[2] == pytest.approx(4 - 1.024)
    assert path.implicit_rate_pct[-1] == pytest.approx(4, abs=1e-3)


@given(debts, rates, years, growth)
def test_dearer_debt_is_more_debt(debt, rate, primary, output):
    cheap, dear = (roll(debt, rate, primary, growth=output, marginal=rate + extra) for extra in (0, 1))
    # 150 % of GDP and surpluses of 8 for ten years end in assets, on which a higher rate is income
    if (cheap.debt_gdp_pct > 0).all():
        assert (dear.debt_gdp_pct > cheap.debt_gdp_pct).all()


@given(debts, rates, years, growth)
def test_faster_growth_is_less_debt(debt, rate, primary, output):
    slow, fast = (roll(debt, rate, primary, growth=output + extra, marginal=rate) for extra in (0, 1))
    if (slow.debt_gdp_pct > 0).all():
        assert (fast.debt_gdp_pct < slow.debt_gdp_pct).all()


def test_many_draws_are_one_call():
    draws = np.array([[1.0, 1.0], [3.0, 3.0]])
    zero = np.zeros(2)
    rolled = roll_debt(
        40,
        2,
        real_growth_pct=draws,
        deflator_growth_pct=zero,
        marginal_rate_pct=np.full(2, 2.0),
        rollover_share_pct=20,
        primary_balance_gdp_pct=zero,
        stock_flow_gdp_pct=zero,
    )
    assert rolled.debt_gdp_pct.shape == (2, 2)
    assert rolled.debt_gdp_pct[1] == pytest.approx(roll(40, 2, [0, 0], growth=3).debt_gdp_pct)


@given(shares, st.integers(1, 8), st.floats(0, 1), st.floats(0, 1), st.integers(2026, 2050))
def test_every_row_obeys_the_identity(share, steps, taxes, part, last_year):
    mix = FinancingMix(borrowing=1 - taxes - part * (1 - taxes), taxes=taxes, reallocation=part * (1 - taxes))
    rows = project_debt(
        START, LIVELY, DefencePath(name="any", share_gdp_pct=share, transition_years=steps), mix, last_year
    )
    moved = (
        rows["interest_gdp_pct"]
        + rows["growth_effect_points"]
        - rows["primary_balance_gdp_pct"]
        + rows["stock_flow_gdp_pct"]
    )
    assert rows["debt_gdp_pct"].diff()[1:].to_list() == pytest.approx(moved[1:].to_list(), abs=1e-9)


def test_the_first_projected_year_has_the_balance_of_the_budget():
    for path, mix in ((HELD, UNCHANGED), (CUT, SHARED)):
        first = project_debt(START, LIVELY, path, mix, 2035).iloc[1]
        assert first["primary_balance_gdp_pct"] - first["interest_gdp_pct"] == pytest.approx(-4, abs=1e-12)
        assert first["defence_gdp_pct"] == 5
        assert first["output_effect_pct"] == 0


def test_to_borrow_and_hold_the_plan_is_unchanged_policy():
    rows = project_debt(START, LIVELY, HELD, UNCHANGED, 2035).iloc[1:]
    assert rows["primary_balance_gdp_pct"].nunique() == 1
    assert (rows["output_effect_pct"] == 0).all()
    assert (rows["defence_gdp_pct"] == 5).all()


def test_a_cut_lowers_the_deficit_step_by_step():
    rows = project_debt(START, PLAIN, CUT, UNCHANGED, 2031).set_index("year")
    # 5 to 2 in four steps of 0.75; the budget's primary balance is -4 + 40 * 2 % = -3.2
    assert rows["defence_gdp_pct"].to_dict() == pytest.approx(
        {2025: np.nan, 2026: 5, 2027: 4.25, 2028: 3.5, 2029: 2.75, 2030: 2, 2031: 2}, nan_ok=True
    )
    assert rows.loc[2027, "primary_balance_gdp_pct"] == pytest.approx(-2.45)
    assert rows.loc[2031, "primary_balance_gdp_pct"] == pytest.approx(-0.2)


def test_taxes_pay_for_the_rise_since_before_it():
    taxes = FinancingMix(borrowing=0, taxes=1, reallocation=0)
    rows = project_debt(START, PLAIN, HELD, taxes, 2031).set_index("year")
    # the rise is 5 - 3 = 2; a quarter of it in the first step, all after four
    assert rows.loc[2027, "primary_balance_gdp_pct"] == pytest.approx(-3.2 + 0.5)
    assert rows.loc[2031, "primary_balance_gdp_pct"] == pytest.approx(-3.2 + 2)


def test_a_cut_costs_output_which_comes_back():
    lively = LIVELY.model_copy(update={"import_share_pct": 0, "multiplier": 1.0})
    level = project_debt(START, lively, CUT, UNCHANGED, 2060).set_index("year")["output_effect_pct"]
    assert level[2027] == pytest.approx(-0.75)  # demand falls by 0.75 points
    assert level[2028] == pytest.approx(-0.75 * 0.6 - 0.75)
    assert level[2060] == pytest.approx(0, abs=1e-4)


@given(shares, shares)
def test_more_defence_that_is_borrowed_is_more_debt(one, other):
    few, many = sorted((one, other))
    ends = [
        project_debt(START, LIVELY, DefencePath(name="x", share_gdp_pct=share, transition_years=4), UNCHANGED, 2035)[
            "debt_gdp_pct"
        ].iloc[-1]
        for share in (few, many)
    ]
    assert ends[0] <= ends[1] + 1e-9


@given(st.floats(0, 1))
def test_the_more_is_financed_the_less_is_owed(taxes):
    mix = FinancingMix(borrowing=1 - taxes, taxes=taxes, reallocation=0)
    financed, borrowed = (project_debt(START, LIVELY, HELD, one, 2035) for one in (mix, UNCHANGED))
    assert financed["debt_gdp_pct"].iloc[-1] <= borrowed["debt_gdp_pct"].iloc[-1] + 1e-9


def test_each_country_keeps_its_own_assumptions():
    other = START.model_copy(update={"iso3": "LVA"})
    rows = project_scenarios((START, other), (PLAIN, LIVELY), ((HELD, CUT), (HELD,)), UNCHANGED, 2030)
    assert rows.groupby(["iso3", "scenario"], sort=False).size().to_dict() == {
        ("EST", "held"): 6,
        ("EST", "cut"): 6,
        ("LVA", "held"): 6,
    }
    alone = project_debt(other, LIVELY, HELD, UNCHANGED, 2030)
    pd.testing.assert_frame_equal(rows.query("iso3 == 'LVA'").reset_index(drop=True), alone)


def test_steps_are_even():
    assert transition(5, 4).tolist() == [0, 0.25, 0.5, 0.75, 1]


def test_a_mix_that_does_not_add_up_is_refused():
    with pytest.raises(ValidationError, match="add up to"):
        FinancingMix(borrowing=0.5, taxes=0.5, reallocation=0.2)


@pytest.mark.parametrize("wrong", [{"rollover_share_pct": 120}, {"real_growth_pct": -60}, {"import_share_pct": -1}])
def test_impossible_assumptions_are_refused(wrong):
    with pytest.raises(ValidationError):
        DebtAssumptions(**{**PLAIN.model_dump(), **wrong})


def test_a_horizon_before_the_start_says_what_to_choose():
    with pytest.raises(ParameterError, match="choose a year after 2025") as caught:
        project_debt(START, PLAIN, HELD, UNCHANGED, 2025)
    assert "parameter horizon" in str(caught.value)
