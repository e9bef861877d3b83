"""Announced shares beside NATO's estimates and the commitment, on a handful of rows."""

import pandas as pd
import pytest

from baltic_calculus.analysis.hague_path import Goal
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.plans import (
    Goals,
    compare_amounts,
    compare_plans,
    compare_with_need,
    compute_plan_growth,
    describe_plans,
    join_planners,
)
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError

PLANS = pd.DataFrame(
    [
        ("LVA", 2026, "defence_budget_gdp_pct", 4.91, "2025-12-04", "adopted budget"),
        # the same budget over a later forecast of output
        ("LVA", 2026, "defence_budget_gdp_pct", 4.73, "2026-03-10", "published by ministry"),
        ("LVA", 2026, "defence_commitment_gdp_pct", 4.0, "2025-02-18", "government decision"),
        ("LVA", 2027, "defence_plan_gdp_pct", 5.0, "2025-12-04", "medium-term plan"),
        ("LVA", 2026, "defence_budget_eur_bn", 2.0, "2025-12-04", "adopted budget"),
        ("LVA", 2027, "defence_plan_eur_bn", 2.2, "2025-12-04", "medium-term plan"),
        ("LTU", 2029, "defence_commitment_low_gdp_pct", 5.0, "2025-01-17", "political commitment"),
        ("LTU", 2029, "defence_commitment_high_gdp_pct", 6.0, "2025-01-17", "political commitment"),
        ("POL", 2027, "defence_budget_gdp_pct", 4.51, "2026-09-29", "government draft"),
    ],
    columns=["iso3", "year", "measure", "value", "source_date", "status"],
).assign(source="SOMEBODY", flag="forecast")
PLANS["unit"] = PLANS["measure"].map(lambda measure: "EUR bn" if measure.endswith("eur_bn") else "% of GDP")
NATO = pd.DataFrame(
    [("LVA", 2025, 3.67), ("LVA", 2026, 4.92), ("FIN", 2026, 2.65)], columns=["iso3", "year", "value"]
).assign(measure="share_gdp_pct", flag="estimate")
LATVIA = Parameters(countries=("LVA",), last_year=2026)
GOALS = Goals(Goal(3.5, 2035), 5.0)


def required(iso3: str, share: float) -> pd.DataFrame:
    """The columns of required growth that plans are set against; output grows by 2% a year."""
    return pd.DataFrame({"iso3": [iso3], "share_last_gdp_pct": [share], "growth_central_pct": [2.0]})


def test_the_latest_figure_leads_and_the_range_keeps_the_others() -> None:
    row = compare_plans(PLANS, NATO, LATVIA).set_index("year").loc[2026]
    assert (row["announced_gdp_pct"], row["low_gdp_pct"], row["high_gdp_pct"]) == (4.73, 4.73, 4.91)
    assert row["difference_points"] == pytest.approx(-0.19)  # 4.73 - 4.92
    assert row["status"] == "published by ministry"


def test_a_budget_is_firmer_than_a_commitment_and_a_draft_is_called_one() -> None:
    assert compare_plans(PLANS, NATO, LATVIA).set_index("year").loc[2026, "kind"] == "budget"
    assert compare_plans(PLANS, NATO, Parameters(countries=("POL",))).loc[0, "kind"] == "draft budget"


def test_of_a_committed_range_the_lower_end_leads() -> None:
    row = compare_plans(PLANS, NATO, Parameters(countries=("LTU",))).iloc[0]
    assert (row["kind"], row["announced_gdp_pct"], row["high_gdp_pct"]) == ("commitment", 5.0, 6.0)


def test_years_without_an_announcement_or_an_estimate_stay_empty() -> None:
    rows = compare_plans(PLANS, NATO, LATVIA).set_index("year")
    assert pd.isna(rows.loc[2025, "announced_gdp_pct"])
    assert rows.loc[2025, "kind"] == "none found"
    assert pd.isna(rows.loc[2027, "nato_gdp_pct"])


def test_an_ally_above_the_target_needs_the_target_only() -> None:
    rows = compare_with_need(compare_plans(PLANS, NATO, LATVIA), required("LVA", 4.92), 2026, GOALS)
    assert rows["year"].to_list() == [2026, 2027]
    assert rows["margin_points"].to_list() == pytest.approx([1.23, 1.5])  # 4.73 - 3.5, 5.0 - 3.5
    assert rows["total_margin_points"].to_list() == pytest.approx([-0.27, 0.0])


def test_an_ally_below_the_target_needs_the_even_path() -> None:
    finland = Parameters(countries=("FIN",), last_year=2026)
    rows = compare_with_need(
        compare_plans(PLANS.replace("POL", "FIN"), NATO, finland), required("FIN", 2.65), 2026, GOALS
    )
    # 2027: 2.65 * (3.5 / 2.65)^(1/9) = 2.7332
    assert rows["needed_gdp_pct"].to_list() == pytest.approx([2.65, 2.7332], abs=1e-4)


def test_growth_that_a_plan_implies_is_a_range_where_the_budget_is_one() -> None:
    margins = compare_with_need(compare_plans(PLANS, NATO, LATVIA), required("LVA", 4.92), 2026, GOALS)
    row = compute_plan_growth(margins, required("LVA", 4.92), 2026).iloc[0]
    assert row["low_pct"] == pytest.approx((5 / 4.91 * 1.02 - 1) * 100)
    assert row["high_pct"] == pytest.approx((5 / 4.73 * 1.02 - 1) * 100)


def test_no_growth_is_read_from_a_commitment_or_without_a_budget() -> None:
    lithuania = compare_plans(PLANS, NATO, Parameters(countries=("LTU",)))
    margins = compare_with_need(lithuania, required("LTU", 5.33), 2026, GOALS)
    assert compute_plan_growth(margins, required("LTU", 5.33), 2026).empty


def test_amounts_are_compared_in_one_currency() -> None:
    row = compare_amounts(PLANS, LATVIA).iloc[0]
    assert (row["unit"], row["year"], row["change_pct"]) == ("EUR bn", 2027, pytest.approx(10))  # 2.2 / 2.0
    mixed = PLANS.assign(
        unit=["PLN bn" if measure == "defence_plan_eur_bn" else "EUR bn" for measure in PLANS["measure"]]
    )
    with pytest.raises(DataError, match="several currencies"):
        compare_amounts(mixed, LATVIA)


def test_comparators_with_announcements_join_the_countries() -> None:
    parameters = Parameters(countries=("FIN",), comparators=("USA", "POL"))
    assert join_planners(PLANS, parameters).countries == ("FIN", "POL")


def test_a_country_that_announced_nothing_is_still_told() -> None:
    finland = Parameters(countries=("FIN",), last_year=2026)
    comparison = compare_plans(PLANS, NATO, finland)
    assert describe_plans(comparison) == {"announced": {}, "largest_difference": "not computable", "furthest_year": {}}
    margins = compare_with_need(comparison, required("FIN", 2.65), 2026, GOALS)
    assert compute_plan_growth(margins, required("FIN", 2.65), 2026).empty
    assert compare_amounts(PLANS, finland).empty


def test_facts_reach_as_far_as_the_plans() -> None:
    facts = describe_plans(compare_plans(PLANS, NATO, LATVIA))
    assert facts["furthest_year"] == {"LVA": Quantity(2027, "year")}
