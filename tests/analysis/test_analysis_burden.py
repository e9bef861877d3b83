"""Fiscal burden on frames small enough to check by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.burden import (
    FUNCTIONS,
    REMAINDER,
    base_years,
    compute_budget_shares,
    compute_function_changes,
    compute_per_inhabitant,
    join_population,
    split_by_function,
    summarise_burden,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

YEARS = (2014, 2021)
ESTONIA = Parameters(countries=("EST",), first_year=2014, last_year=2024)


def long(rows: list[tuple[str, int, str, float]], flag: str = "") -> pd.DataFrame:
    """Make a long frame from (iso3, year, measure, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag=flag)


def country_year(
    iso3: str, year: int, amounts: dict[str, float], total_eur_m: float, total_gdp_pct: float
) -> pd.DataFrame:
    """COFOG rows of one country and year; functions that are not named are zero."""
    every = dict.fromkeys(FUNCTIONS, 0.0) | amounts
    rows = [(iso3, year, f"{name}_eur_m", amount) for name, amount in every.items()]
    return long([*rows, (iso3, year, "total_eur_m", total_eur_m), (iso3, year, "total_gdp_pct", total_gdp_pct)])


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


def test_changes_count_from_the_reference_years_inside_the_period() -> None:
    assert base_years(ESTONIA, YEARS) == (2014, 2021)
    assert base_years(Parameters(countries=("EST",), first_year=2016, last_year=2024), YEARS) == (2021,)
    assert base_years(Parameters(countries=("EST",), first_year=2000, last_year=2010), YEARS) == (2000,)


def test_changes_by_function_are_in_points_of_gdp() -> None:
    cofog = pd.concat(
        [
            # 2014: GDP 1,000; 2024: GDP 2,000 (total 400 is 40 %, total 1,000 is 50 %)
            country_year("EST", 2014, {"defence": 20, "health": 80, "social_protection": 300}, 400, 40),
            country_year("EST", 2021, {"defence": 30, "health": 90, "social_protection": 280}, 400, 40),
            country_year("EST", 2024, {"defence": 100, "health": 140, "social_protection": 760}, 1000, 50),
        ]
    )
    changes = compute_function_changes(cofog, ESTONIA, YEARS)
    long_period = changes[changes["period"] == "2014–2024"].set_index("function")["change_points"]
    # defence 100/2,000 - 20/1,000 = 5 - 2 points; health 7 - 8; social protection 38 - 30
    assert long_period[["defence", "health", "social_protection"]].tolist() == pytest.approx([3, -1, 8])
    assert set(changes["total_change_points"]) == {10}


def test_functions_that_are_not_published_are_together_in_the_remainder() -> None:
    cofog = pd.concat(
        [
            country_year("NOR", 2014, {"defence": 20, "health": 80}, 400, 40),
            country_year("NOR", 2024, {"defence": 40, "health": 60}, 400, 40),
        ]
    )
    published = cofog[cofog["measure"] != "health_eur_m"]
    shares = split_by_function(published, "NOR", (2014, 2024))
    assert "health" not in shares
    # 400 in all less 20 (40) of defence leaves 380 (360): of a GDP of 1,000, 38 and 36 %
    assert shares[REMAINDER].tolist() == pytest.approx([38, 36])


def test_a_year_without_a_total_is_refused() -> None:
    cofog = country_year("EST", 2014, {"defence": 20}, 400, 40)
    with pytest.raises(DataError, match="2024"):
        split_by_function(cofog, "EST", (2014, 2024))


amounts = st.lists(st.floats(0.0, 1e5), min_size=len(FUNCTIONS), max_size=len(FUNCTIONS)).filter(lambda a: sum(a) > 1)


@given(first=amounts, last=amounts, shares=st.tuples(st.floats(20, 60), st.floats(20, 60)))
def test_contributions_of_the_functions_add_up_to_the_change_of_the_total(
    first: list[float], last: list[float], shares: tuple[float, float]
) -> None:
    cofog = pd.concat(
        country_year("EST", year, dict(zip(FUNCTIONS, values, strict=True)), sum(values), share)
        for year, values, share in ((2014, first, shares[0]), (2024, last, shares[1]))
    )
    parameters = Parameters(countries=("EST",), first_year=2014, last_year=2024)
    changes = compute_function_changes(cofog, parameters, (2014,))
    assert changes["change_points"].sum() == pytest.approx(shares[1] - shares[0], abs=1e-6)


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
    assert summary.loc["EU27", ["core_eur_m", "core_revenue_pct", "debt_gdp_pct"]].isna().all()
