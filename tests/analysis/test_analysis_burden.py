"""Fiscal burden on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.burden import (
    compute_budget_shares,
    compute_per_inhabitant,
    join_population,
    summarise_burden,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

ESTONIA = Parameters(countries=("EST",), first_year=2014, last_year=2024)


def long(rows: list[tuple[str, int, str, float]], flag: str = "") -> pd.DataFrame:
    """Make a long frame from (iso3, year, measure, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag=flag)


def test_the_budget_share_is_defence_over_all_expenditure() -> None:
    cofog = long([("EST", 2024, "defence_eur_m", 1500), ("EST", 2024, "total_eur_m", 17500)])
    # 1,500 / 17,500 = 8.571 %
    assert compute_budget_shares(cofog, ESTONIA)["share_budget_pct"].tolist() == pytest.approx([8.571], abs=1e-3)


def test_the_budget_share_of_a_derived_total_says_so() -> None:
    cofog = pd.concat(
        [long([("EST", 2024, "defence_eur_m", 30)]), long([("EST", 2024, "total_eur_m", 600)], flag="derived")]
    )
    assert compute_budget_shares(cofog, ESTONIA)["flag"].tolist() == ["derived"]


def test_a_country_without_defence_expenditure_is_named() -> None:
    cofog = long([("LVA", 2024, "defence_eur_m", 1), ("LVA", 2024, "total_eur_m", 2)])
    with pytest.raises(DataError, match="EST"):
        compute_budget_shares(cofog, ESTONIA)


def test_defence_per_inhabitant_divides_by_the_people_of_the_same_year() -> None:
    cofog = long([("EST", 2023, "defence_eur_m", 1000), ("EST", 2024, "defence_eur_m", 1400)])
    people = long([("EST", 2023, "population_persons", 1_250_000), ("EST", 2024, "population_persons", 1_400_000)])
    # 1,000 m / 1.25 m = 800; 1,400 m / 1.4 m = 1,000
    amounts = compute_per_inhabitant(cofog, people, ESTONIA)
    assert amounts["defence_eur_per_inhabitant"].tolist() == [800, 1000]


def test_a_comparator_without_a_population_is_left_out() -> None:
    cofog = long([("EST", 2024, "defence_eur_m", 1400), ("EU27", 2024, "defence_eur_m", 300000)])
    people = long([("EST", 2024, "population_persons", 1_400_000)])
    parameters = ESTONIA.model_copy(update={"comparators": ("EU27",)})
    assert set(compute_per_inhabitant(cofog, people, parameters)["iso3"]) == {"EST"}


def test_population_takes_aggregates_from_the_second_frame_and_nothing_twice() -> None:
    world_bank = long([("EST", 2024, "population_persons", 1.37e6), ("EST", 2024, "gdp_usd_current", 4e10)])
    macro = long([("EST", 2024, "population_persons", 1.36e6), ("EU27", 2024, "population_persons", 4.5e8)])
    joined = join_population(world_bank, macro).set_index("iso3")["value"]
    assert joined.to_dict() == {"EST": 1.37e6, "EU27": 4.5e8}


NATO = long(
    [
        ("EST", 2026, "share_gdp_pct", 5.0),
        ("EST", 2026, "spend_usd_m_current", 2400),
        ("EST", 2026, "spend_nac_m_current", 2000),
    ],
    flag="estimate",
)
COFOG = long([("EST", 2024, "total_gdp_pct", 42.0), ("EU27", 2024, "total_gdp_pct", 49.0)])
MACRO = pd.DataFrame(
    [
        ("EST", 2024, "net_lending_gdp_pct", -2.0, "", "Statistics Estonia, 2025"),
        ("EST", 2026, "net_lending_gdp_pct", -4.5, "forecast", "Estonian state budget 2026 (adopted 2025-12)"),
        ("EST", 2025, "gross_debt_gdp_pct", 24.0, "estimate", "IMF WEO April 2026"),
        ("EST", 2025, "gross_debt_gdp_pct", 25.0, "forecast", "IMF WEO October 2025"),
    ],
    columns=["iso3", "year", "measure", "value", "flag", "vintage"],
)
PEOPLE = long([("EST", 2024, "population_persons", 1e6), ("EST", 2025, "population_persons", 1.25e6)])


def test_the_summary_sets_the_latest_spending_against_people_and_budget() -> None:
    parameters = ESTONIA.model_copy(update={"comparators": ("EU27",)})
    summary = summarise_burden(NATO, COFOG, MACRO, PEOPLE, parameters).set_index("iso3")
    estonia = summary.loc["EST"]
    assert estonia["core_eur_m"] == 2000
    assert estonia["core_eur_per_inhabitant"] == 1600  # 2,000 m / 1.25 m people of 2025
    assert estonia["core_expenditure_pct"] == pytest.approx(5 / 42 * 100)
    assert estonia["core_revenue_pct"] == pytest.approx(5 / 40 * 100)  # 42 % spent less 2 % borrowed: revenue 40 %
    assert (estonia["debt_gdp_pct"], estonia["flag_debt"]) == (24.0, "estimate")  # April, not October
    assert pd.isna(estonia["balance_last_gdp_pct"])
    assert (estonia["balance_next_gdp_pct"], estonia["flag_balance_next"]) == (-4.5, "forecast")
    assert "EU27" not in summary.index  # no ally, so NATO has no row for it
