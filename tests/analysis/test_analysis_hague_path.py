"""Required growth: the formula on small numbers, and every path replayed to its target."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.hague_path import (
    FROZEN,
    TO_TARGET,
    Goal,
    compute_required_growth,
    project_paths,
    required_growth_pct,
)
from baltic_calculus.analysis.output_growth import GrowthRule
from baltic_calculus.errors import DataError

GOAL = Goal(3.5, 2035)
RULE = GrowthRule(2, 1)
NATO = pd.DataFrame(
    [
        ("EST", 2024, 1000.0, 4.0),  # output 25,000
        ("EST", 2025, 1100.0, 4.0),  # 27,500: up 10%
        ("EST", 2026, 1375.0, 5.0),  # 27,500: unchanged
        ("ESP", 2024, 20.0, 2.0),
        ("ESP", 2025, 20.0, 2.0),
        ("ESP", 2026, 20.0, 2.0),
    ],
    columns=["iso3", "year", "spend_usd_m_2021", "share_gdp_pct"],
).melt(["iso3", "year"], var_name="measure")
NATO["flag"] = NATO["year"].map(lambda year: "estimate" if year > 2024 else "")

shares = st.floats(0.3, 9)
rates = st.floats(-5, 9)


@given(shares, shares, st.integers(1, 20), rates)
def test_replayed_year_by_year_it_reaches_the_target(share, goal, years, output_growth):
    growth = required_growth_pct(share, goal, years, output_growth)
    spend, output = share, 100.0
    for _ in range(years):
        spend, output = spend * (1 + growth / 100), output * (1 + output_growth / 100)
    assert spend / output * 100 == pytest.approx(goal, rel=1e-9)


@given(shares, st.integers(1, 20), rates)
def test_to_hold_a_share_expenditure_grows_as_output_does(share, years, output_growth):
    assert required_growth_pct(share, share, years, output_growth) == pytest.approx(output_growth, abs=1e-9)


@given(shares, st.integers(1, 20), rates, rates)
def test_what_is_needed_beyond_output_does_not_depend_on_output(share, years, slow, fast):
    factors = [(1 + required_growth_pct(share, 3.5, years, rate) / 100) / (1 + rate / 100) for rate in (slow, fast)]
    assert factors[0] == pytest.approx(factors[1])


def required() -> pd.DataFrame:
    return compute_required_growth(NATO, ["ESP", "EST"], since=2024, last_year=2026, goal=GOAL, rule=RULE)


def test_one_row_for_each_country_in_the_order_asked_for() -> None:
    spain, estonia = (row for _, row in required().iterrows())
    assert (spain["iso3"], spain["above_target"], estonia["above_target"]) == ("ESP", False, True)
    # (3.5 / 2)^(1/9) = 1.0641; output stands still
    assert spain["required_central_pct"] == pytest.approx(6.415, abs=1e-3)
    # (3.5 / 5)^(1/9) = 0.96114; output grew by 10% and 0%: 0.96114 * 1.1 = 1.0573
    assert estonia["required_high_pct"] == pytest.approx(5.726, abs=1e-3)
    assert estonia["required_low_pct"] == estonia["pace_over_output_pct"] == pytest.approx(-3.886, abs=1e-3)
    assert estonia["achieved_pct"] == pytest.approx(17.26, abs=1e-2)  # (1375 / 1000)^(1/2)


def test_frozen_spending_leaves_the_share_to_output() -> None:
    estonia = required().set_index("iso3").loc["EST"]
    assert estonia["frozen_low_gdp_pct"] == 5.0
    assert estonia["frozen_high_gdp_pct"] == pytest.approx(2.12, abs=1e-2)  # 5 / 1.1^9


def test_paths_begin_where_the_country_is_and_end_at_the_target() -> None:
    paths = project_paths(required(), 2026)
    ends = paths[(paths["year"] == 2035) & (paths["course"] == TO_TARGET)]
    assert len(ends) == 6  # two countries, three cases
    assert ends["share_gdp_pct"].to_list() == pytest.approx([3.5] * 6)
    starts = paths[(paths["year"] == 2026) & (paths["iso3"] == "EST")]
    assert starts["share_gdp_pct"].to_list() == pytest.approx([5.0] * 6)
    assert paths.loc[paths["course"] == FROZEN, "spend_usd_m_2021"].isin([1375.0, 20.0]).all()


def test_without_an_assumption_the_pace_beyond_output_is_still_told() -> None:
    rows = compute_required_growth(NATO, ["ESP"], since=2024, last_year=2026, goal=GOAL, rule=GrowthRule(5, 5))
    assert rows["required_central_pct"].isna().all()
    assert rows.loc[0, "why_missing"] == "output series is too short"
    assert rows.loc[0, "pace_over_output_pct"] == pytest.approx(6.415, abs=1e-3)
    assert project_paths(rows, 2026).empty


def test_growth_is_not_measured_from_a_year_that_is_not_before_the_last() -> None:
    rows = compute_required_growth(NATO, ["ESP"], since=2026, last_year=2026, goal=GOAL, rule=RULE)
    assert rows["achieved_pct"].isna().all()


def test_a_target_year_in_the_past_is_refused() -> None:
    with pytest.raises(DataError, match="no year is left"):
        compute_required_growth(NATO, ["ESP"], since=2024, last_year=2026, goal=Goal(3.5, 2026), rule=RULE)


def test_a_country_without_a_share_is_named() -> None:
    with pytest.raises(DataError, match="no share of GDP for ISL in 2026"):
        compute_required_growth(NATO, ["ISL"], since=2024, last_year=2026, goal=GOAL, rule=RULE)
