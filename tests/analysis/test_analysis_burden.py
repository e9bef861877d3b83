"""Fiscal burden on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.burden import (
    compute_adopted_shares,
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
        ("EST", 2024, "share_gdp_pct", 3.0),
        ("EST", 2025, "share_gdp_pct", 4.0),
        ("EST", 2026, "share_gdp_pct", 5.0),
        ("EST", 2024, "spend_usd_m_current", 1000),
        ("EST", 2024, "spend_nac_m_current", 1000),
        ("EST", 2025, "spend_usd_m_current", 1650),
        ("EST", 2025, "spend_nac_m_current", 1500),
        ("EST", 2026, "spend_usd_m_current", 2400),
        ("EST", 2026, "spend_nac_m_current", 2000),
    ],
    flag="estimate",
)
COFOG = long(
    [
        ("EST", 2024, "defence_eur_m", 84.0),
        ("EST", 2024, "total_eur_m", 1680.0),
        ("EST", 2024, "total_gdp_pct", 42.0),
        ("EU27", 2024, "defence_eur_m", 3.0),
        ("EU27", 2024, "total_eur_m", 98.0),
        ("EU27", 2024, "total_gdp_pct", 49.0),
    ]
)
MACRO = pd.DataFrame(
    [
        ("EST", 2024, "net_lending_gdp_pct", -2.0, "", "Statistics Estonia, 2025"),
        ("EST", 2026, "expenditure_gdp_pct", 50.0, "forecast", "Estonian state budget 2026 (adopted 2025-12)"),
    ],
    columns=["iso3", "year", "measure", "value", "flag", "vintage"],
)
PEOPLE = long([("EST", 2024, "population_persons", 1e6), ("EST", 2025, "population_persons", 1.25e6)])
WITH_UNION = ESTONIA.model_copy(update={"comparators": ("EU27",)})


def test_the_two_definitions_stand_one_below_the_other() -> None:
    summary = summarise_burden(NATO, COFOG, MACRO, PEOPLE, WITH_UNION)
    # the Union is no ally: NATO has no row for it
    assert summary[["iso3", "row"]].values.tolist() == [
        ["EST", "National accounts 2024"],
        ["EST", "NATO 2025, estimate"],
        ["EST", "NATO 2026, estimate"],
        ["EU27", "National accounts 2024"],
    ]
    accounts, _, core, union = (row for _, row in summary.iterrows())
    assert accounts["defence_gdp_pct"] == pytest.approx(2.1)  # 84 of 1,680, which is 42 % of GDP
    assert accounts["defence_expenditure_pct"] == pytest.approx(5)
    assert accounts["defence_eur_per_inhabitant"] == 84  # 84 m / 1 m people of 2024
    assert core["defence_eur_m"] == 2000
    assert core["defence_eur_per_inhabitant"] == 1600  # 2,000 m / 1.25 m people of 2025
    assert core["defence_expenditure_pct"] == pytest.approx(5 / 42 * 100)
    assert core["defence_revenue_pct"] == pytest.approx(5 / 40 * 100)  # 42 % spent less 2 % borrowed: revenue 40 %
    assert (core["row_flag"], accounts["row_flag"]) == ("estimate", "")
    assert pd.isna(union["defence_revenue_pct"])  # no balance, no revenue


def test_an_adopted_budget_gives_the_share_of_its_own_size() -> None:
    adopted = compute_adopted_shares(NATO, MACRO, ESTONIA)
    assert adopted[["iso3", "year"]].values.tolist() == [["EST", 2026]]
    assert adopted["core_expenditure_pct"].tolist() == pytest.approx([10])  # 5 of 50
