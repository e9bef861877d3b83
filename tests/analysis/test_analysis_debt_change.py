"""What moved debt, and what financing does to it: parts that add up, and mixes in their order."""

import pytest

from baltic_calculus.analysis.debt_change import DEFENCE, REST, STOCK_FLOW, decompose_change
from baltic_calculus.analysis.debt_financing import MIXES, compare_financing
from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    project_scenarios,
)

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
GROWING = PLAIN.model_copy(update={"real_growth_pct": 3.0, "stock_flow_gdp_pct": 0.5})
HELD = DefencePath(name="held at plan", share_gdp_pct=5, transition_years=4)
BACK = DefencePath(name="back to 2%", share_gdp_pct=2, transition_years=4)


@pytest.mark.parametrize("mix", MIXES.values())
@pytest.mark.parametrize("path", [HELD, BACK])
def test_parts_add_up_to_the_change_of_debt(mix, path):
    rows = project_scenarios((START,), (GROWING,), ((path,),), mix, 2035)
    changes = decompose_change(rows, (START,), path.name)
    assert changes["change_points"].sum() == pytest.approx(rows["debt_gdp_pct"].iloc[-1] - 40, abs=1e-9)
    assert changes["first_year"].unique().tolist() == [2025]


def test_the_rise_of_defence_is_what_its_share_exceeds_the_share_before_by():
    rows = project_scenarios((START,), (PLAIN,), ((HELD,),), UNCHANGED, 2028)
    parts = decompose_change(rows, (START,), HELD.name).set_index("part")["change_points"]
    assert parts[DEFENCE] == pytest.approx(6)  # 2 points in each of three years
    # the budget's primary balance is -4 + 40 * 2 % = -3.2: deficits of 9.6 in three years, of which 6 are defence
    assert parts[REST] == pytest.approx(3.6)
    assert STOCK_FLOW not in parts.index  # there is none


def test_who_pays_orders_debt_and_interest():
    row = compare_financing((START,), (GROWING,), ((HELD,),), 2035).iloc[0]
    assert row["rise_points"] == 2
    assert row["debt_borrowed_gdp_pct"] > row["debt_half_gdp_pct"] > row["debt_paid_gdp_pct"]
    assert row["interest_borrowed_gdp_pct"] > row["interest_half_gdp_pct"] > row["interest_paid_gdp_pct"]


def test_a_path_without_a_rise_has_nothing_to_finance():
    rows = compare_financing((START,), (PLAIN,), ((HELD, BACK),), 2030)
    assert rows["scenario"].tolist() == [HELD.name]


def test_mixes_run_from_all_borrowed_to_none():
    assert [mix.borrowing for mix in MIXES.values()] == [1, 0.5, 0]
    assert all(isinstance(mix, FinancingMix) for mix in MIXES.values())
