"""Budgets followed through NATO's editions, on a handful of rows."""

import pandas as pd
import pytest

from baltic_calculus.analysis.delivered import compare_delivered
from baltic_calculus.analysis.hague_facts import describe_delivered
from baltic_calculus.analysis.quantity import Quantity

PLANS = pd.DataFrame(
    [
        ("POL", 2025, "defence_budget_gdp_pct", 4.7, "2024-12", "A"),
        ("LTU", 2025, "defence_budget_gdp_pct", 4.04, "2025-06", "B"),
        ("LTU", 2025, "defence_budget_gdp_pct", 2.95, "2025-01", "C"),
        ("LTU", 2026, "defence_budget_gdp_pct", 5.38, "2025-12", "D"),
    ],
    columns=["iso3", "year", "measure", "value", "source_date", "source"],
)
EDITIONS = pd.DataFrame(
    [
        ("LTU", 2025, "share_gdp_pct", 4.0, "2025-08"),
        ("LTU", 2025, "share_gdp_rounded_pct", 4.0, "2026-03"),
        ("LTU", 2024, "share_gdp_pct", 2.85, "2024-06"),
        ("POL", 2025, "share_gdp_pct", 4.48, "2025-08"),
        ("POL", 2025, "share_gdp_rounded_pct", 4.3, "2026-03"),
    ],
    columns=["iso3", "year", "measure", "value", "vintage"],
).assign(flag="estimate")
NATO = pd.DataFrame([("LTU", 2025, 4.03), ("POL", 2025, 4.25)], columns=["iso3", "year", "value"]).assign(
    measure="share_gdp_pct", flag="estimate"
)


def test_the_first_figure_is_the_plan_and_the_last_the_revision() -> None:
    rows = compare_delivered(PLANS, EDITIONS, NATO, ["LTU", "POL"], 2026)
    assert rows["iso3"].to_list() == ["LTU", "POL"]  # the year 2026 has no year after it yet
    lithuania = rows.iloc[0]
    assert (lithuania["planned_gdp_pct"], lithuania["revised_gdp_pct"]) == (2.95, 4.04)
    assert (lithuania["then_edition"], lithuania["later_edition"]) == ("2025-08", "2026-03")
    assert lithuania["source"] == "C, B"
    assert rows["delivered_points"].to_list() == pytest.approx([1.05, -0.4])  # 4.0 - 2.95, 4.3 - 4.7
    assert rows["core_points"].to_list() == pytest.approx([1.08, -0.45])
    assert pd.isna(rows.loc[1, "revised_gdp_pct"])


def test_a_budget_without_a_later_edition_is_kept_and_said() -> None:
    rows = compare_delivered(PLANS, EDITIONS[EDITIONS["vintage"] < "2026"], NATO, ["POL"], 2026)
    assert pd.isna(rows.loc[0, "later_gdp_pct"])
    assert rows.loc[0, "later_edition"] == ""
    assert describe_delivered(rows)["verdict"] == "not to be followed up"


def test_a_country_without_budgets_has_a_row_that_says_so() -> None:
    row = compare_delivered(PLANS.query("iso3 == 'POL'"), EDITIONS, NATO, ["LTU"], 2026).iloc[0]
    assert (row["year"], row["core_gdp_pct"], row["source"]) == (2025, 4.03, "")
    assert pd.isna(row["planned_gdp_pct"])
    assert pd.isna(row["delivered_points"])
    assert row["later_rounded"]


def test_facts_name_the_widest_gap_on_either_side() -> None:
    facts = describe_delivered(compare_delivered(PLANS, EDITIONS, NATO, ["LTU", "POL"], 2026))
    assert facts["verdict"] == "exceeded as often as missed"
    assert (facts["largest_more_ally"], facts["largest_less_ally"]) == ("LTU", "POL")
    assert facts["largest_more"] == Quantity(pytest.approx(1.05), "points", 2)
