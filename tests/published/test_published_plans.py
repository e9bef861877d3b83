"""Announced shares and amounts as their publishers printed them, and what the Hague formula makes of printed shares."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.delivered import compare_delivered
from baltic_calculus.analysis.hague_path import Goal, compute_required_growth
from baltic_calculus.analysis.output_growth import GrowthRule, measure_output


def announced(iso3: str, year: int, measure: str, source: str) -> float:
    """One cell of the register of budgets and plans."""
    frame = catalog.load("defence_budget_plans")
    rows = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)]
    return float(rows.set_index("source").loc[source, "value"])


@pytest.mark.parametrize(
    ("iso3", "year", "measure", "source", "value"),
    [
        ("EST", 2024, "defence_budget_gdp_pct", "EE_DPA_2023_12", 3.2),
        ("EST", 2026, "defence_budget_gdp_pct", "EE_MOD_2026", 5.4),
        ("EST", 2029, "defence_floor_gdp_pct", "EE_MOD_2026", 5),
        ("LVA", 2024, "defence_budget_gdp_pct", "LV_MOD_2024", 2.4),
        ("LVA", 2026, "defence_budget_gdp_pct", "LV_MOD_2026", 4.73),
        ("LVA", 2028, "defence_plan_gdp_pct", "LV_MOD_2025_12", 4.87),
        ("LTU", 2024, "defence_budget_gdp_pct", "LT_EP_2024_06", 3.03),
        ("LTU", 2026, "defence_budget_gdp_pct", "LT_KAM_2025_12", 5.38),
        ("LTU", 2028, "defence_plan_gdp_pct", "LT_LRYTAS_2025_10", 5.01),
        ("LTU", 2030, "defence_commitment_high_gdp_pct", "LT_SDC_2025_01", 6),
        ("POL", 2024, "defence_budget_gdp_pct", "PL_RADIO_2024_08", 4.1),
        ("POL", 2025, "defence_budget_gdp_pct", "PL_MF_2025", 4.7),
        ("POL", 2027, "defence_budget_gdp_pct", "PL_MF_2026_09", 4.51),
        ("POL", 2027, "defence_budget_pln_bn", "PL_MF_2026_09", 198.1),
    ],
)
def test_announced_figures(iso3, year, measure, source, value):
    assert announced(iso3, year, measure, source) == value


@pytest.mark.parametrize(
    ("iso3", "year", "planned", "then", "later", "core"),
    [
        ("EST", 2024, 3.2, 3.43, 3.41, 3.31),
        ("LVA", 2024, 2.4, 3.15, 3.39, 3.28),
        ("LTU", 2025, 2.95, 4.0, 4.0, 4.03),
        ("POL", 2025, 4.7, 4.48, 4.3, 4.25),
    ],
)
def test_a_budget_and_three_editions_of_the_same_year(iso3, year, planned, then, later, core):
    plans, editions = catalog.load("defence_budget_plans"), catalog.load("nato_editions")
    rows = compare_delivered(plans, editions, catalog.load("nato_defence_expenditure"), [iso3], 2026)
    row = rows.set_index("year").loc[year]
    shown = (row["planned_gdp_pct"], row["then_gdp_pct"], row["later_gdp_pct"], row["core_gdp_pct"])
    assert shown == (planned, then, later, core)


@pytest.mark.parametrize(
    ("iso3", "pace", "achieved"),
    # printed shares of 2026: (3.5 / share)^(1/9) - 1; printed US$ m at 2021 prices: (2026 / 2021)^(1/5) - 1
    [("EST", -4.1, 20.0), ("LVA", -3.7, 19.1), ("LTU", -4.6, 25.2), ("POL", -3.2, 20.0), ("USA", 1.1, 0.6)],
)
def test_required_pace_and_growth_achieved(iso3, pace, achieved):
    nato = catalog.load("nato_defence_expenditure")
    row = compute_required_growth(
        nato, [iso3], since=2021, last_year=2026, goal=Goal(3.5, 2035), rule=GrowthRule(10, 5)
    ).iloc[0]
    assert (round(row["pace_over_output_pct"], 1), round(row["achieved_pct"], 1)) == (pace, achieved)


@pytest.mark.parametrize("iso3", ["EST", "LVA", "LTU", "DEU", "DNK", "FIN", "FRA", "GBR", "SWE", "USA"])
def test_output_from_shares_is_the_output_that_is_printed(iso3):
    # shares have two decimals: 0.88 may be 0.875 to 0.885, so output is known to about 0.6 per cent
    nato = catalog.load("nato_defence_expenditure")
    printed = nato[(nato["measure"] == "gdp_usd_m_2021") & (nato["iso3"] == iso3)].set_index("year")["value"]
    output = measure_output(nato).query("iso3 == @iso3").set_index("year")["output_usd_m_2021"]
    assert (output / printed - 1).abs().max() < 0.01


def test_required_growth_is_computable_for_all_allies_but_luxembourg():
    nato = catalog.load("nato_defence_expenditure")
    codes = [code for code in nato["iso3"].unique() if code not in ("XNT", "XEC")]
    rows = compute_required_growth(
        nato, codes, since=2021, last_year=2026, goal=Goal(3.5, 2035), rule=GrowthRule(10, 5)
    )
    assert len(rows) == 31
    assert rows.loc[rows["required_central_pct"].isna(), "iso3"].to_list() == ["LUX"]
    assert rows["pace_over_output_pct"].notna().all()
