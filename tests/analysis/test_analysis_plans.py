"""Announced shares beside NATO's estimates, on a handful of rows."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.plans import compare_plans, describe_plans
from baltic_calculus.analysis.quantity import Quantity

PLANS = pd.DataFrame(
    [
        ("LVA", 2026, "defence_budget_gdp_pct", 4.91, "2025-12-04"),
        ("LVA", 2026, "defence_budget_gdp_pct", 4.73, "2026-03-10"),  # the same budget over a later GDP forecast
        ("LVA", 2026, "defence_commitment_gdp_pct", 4.0, "2025-02-18"),
        ("LVA", 2027, "defence_plan_gdp_pct", 5.0, "2025-12-04"),
        ("LVA", 2026, "defence_budget_eur_bn", 2.16, "2025-12-04"),
    ],
    columns=["iso3", "year", "measure", "value", "source_date"],
)
NATO = pd.DataFrame(
    [("LVA", 2025, 3.67), ("LVA", 2026, 4.92), ("FIN", 2026, 2.65)], columns=["iso3", "year", "value"]
).assign(measure="share_gdp_pct", flag="estimate")
LATVIA = Parameters(countries=("LVA",), last_year=2026)


def test_the_latest_figure_leads_and_the_range_keeps_the_others() -> None:
    row = compare_plans(PLANS, NATO, LATVIA).set_index("year").loc[2026]
    assert (row["announced_gdp_pct"], row["low_gdp_pct"], row["high_gdp_pct"]) == (4.73, 4.73, 4.91)
    assert row["difference_points"] == pytest.approx(-0.19)  # 4.73 - 4.92


def test_a_budget_is_firmer_than_a_commitment() -> None:
    assert compare_plans(PLANS, NATO, LATVIA).set_index("year").loc[2026, "kind"] == "budget"


def test_years_without_an_announcement_or_an_estimate_stay_empty() -> None:
    rows = compare_plans(PLANS, NATO, LATVIA).set_index("year")
    assert pd.isna(rows.loc[2025, "announced_gdp_pct"])
    assert rows.loc[2025, "kind"] == "none found"
    assert pd.isna(rows.loc[2027, "nato_gdp_pct"])


def test_a_country_that_announced_nothing_is_still_told() -> None:
    facts = describe_plans(compare_plans(PLANS, NATO, Parameters(countries=("FIN",), last_year=2026)))
    assert facts == {"announced": {}, "largest_difference": "not computable", "furthest_year": {}}


def test_facts_reach_as_far_as_the_plans() -> None:
    facts = describe_plans(compare_plans(PLANS, NATO, LATVIA))
    assert facts["furthest_year"] == {"LVA": Quantity(2027, "year")}
