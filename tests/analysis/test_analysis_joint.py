"""What the countries are together, and whether they converge, on frames small enough to check by hand."""

from itertools import permutations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.convergence import (
    ALLIES_SHARE,
    FALLING,
    NO_TREND,
    RISING,
    chance_of_balance,
    compute_dispersion,
    count_balance,
    judge_trend,
)
from baltic_calculus.analysis.joint import NATO as ALLIANCE
from baltic_calculus.analysis.joint import (
    NATO_EUROPE,
    NORDIC_BALTIC_POLISH,
    NORDIC_BALTIC_POLISH_STATES,
    compute_joint_shares,
)
from baltic_calculus.analysis.joint_facts import describe_convergence, describe_joint
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

AROUND = dict.fromkeys(NORDIC_BALTIC_POLISH_STATES, 10.0)


def spending() -> pd.DataFrame:
    """Two years of spending: eight states of 10 (Poland 30 in 2026), Canada 5, the United States 500; Finland joins."""
    rows = []
    for year, flag in ((2022, ""), (2026, "estimate")):
        values = {**AROUND, "CAN": 5.0, "USA": 500.0, "POL": 10.0 if year == 2022 else 30.0}
        members = sum(values.values()) - (values["FIN"] if year == 2022 else 0)
        values |= {"XNT": members, "XEC": members - values["USA"]}
        for code, value in values.items():
            note = "before accession to NATO" if (code, year) == ("FIN", 2022) else ""
            rows.append((code, year, "spend_usd_m_current", value, flag, note))
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value", "flag", "note"])


def shares_of(*countries: str) -> pd.Series:
    """Share of each group by group and year."""
    parameters = Parameters(countries=countries, first_year=2022, last_year=2026, price_basis="current")
    return compute_joint_shares(spending(), parameters).set_index(["group", "year"])["joint_share_pct"]


def test_the_part_of_the_region_counts_all_states_in_all_years() -> None:
    shares = shares_of("EST", "LVA", "LTU")
    assert shares[NORDIC_BALTIC_POLISH, 2022] == pytest.approx(30 / 80 * 100)  # Finland counts before it joined
    assert shares[NORDIC_BALTIC_POLISH, 2026] == pytest.approx(30 / 100 * 100)


def test_nato_europe_is_without_canada_and_counts_members_from_accession() -> None:
    shares = shares_of("EST", "LVA", "LTU")
    assert shares[NATO_EUROPE, 2022] == pytest.approx(30 / 70 * 100)  # 75 less Canada's 5; Finland not yet
    assert shares[NATO_EUROPE, 2026] == pytest.approx(30 / 100 * 100)
    assert shares[ALLIANCE, 2026] == pytest.approx(30 / 605 * 100)


def test_a_later_member_has_no_part_of_nato_before() -> None:
    shares = shares_of("EST", "FIN")
    assert (NATO_EUROPE, 2022) not in shares.index
    assert shares[NATO_EUROPE, 2026] == pytest.approx(20 / 100 * 100)


def test_a_country_outside_a_group_has_no_part_of_it() -> None:
    parameters = Parameters(countries=("USA",), first_year=2022, last_year=2026, price_basis="current")
    shares = compute_joint_shares(spending(), parameters)
    assert set(shares["group"]) == {ALLIANCE}
    facts = describe_joint(shares)
    assert facts["parts_last"] == {ALLIANCE: Quantity(pytest.approx(500 / 605 * 100), "%", 1)}


def test_the_peak_is_looked_for_before_the_estimates() -> None:
    parameters = Parameters(countries=("POL",), first_year=2022, last_year=2026, price_basis="current")
    facts = describe_joint(compute_joint_shares(spending(), parameters))
    # 10 of 80 in 2022, 30 of 100 in 2026, which is an estimate
    peak, last = facts["parts_peak"], facts["parts_last"]
    assert isinstance(peak, dict)
    assert isinstance(last, dict)
    assert (peak[NORDIC_BALTIC_POLISH], last[NORDIC_BALTIC_POLISH]) == (Quantity(12.5, "%", 1), Quantity(30.0, "%", 1))
    years = facts["parts_peak_year"]
    assert isinstance(years, dict)
    assert years[NORDIC_BALTIC_POLISH] == Quantity(2022, "year")


def long(measure: str, values: dict[str, list[float]], first: int = 2014) -> pd.DataFrame:
    """One measure of some countries, year by year."""
    rows = [
        (code, first + place, measure, value, "") for code, own in values.items() for place, value in enumerate(own)
    ]
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value", "flag"])


def test_dispersion_is_the_population_deviation_over_the_mean() -> None:
    nato = long("share_gdp_pct", {"EST": [1.0, 2.0], "LVA": [3.0, 2.0], "POL": [2.0, 5.0]})
    spread = compute_dispersion(nato, Parameters(countries=("EST", "LVA"))).set_index(["series", "year"])
    # 1 and 3: mean 2, deviation 1 (a sample would have 1.41): 50 per cent
    assert spread.loc[("share of GDP", 2014), "variation_pct"] == pytest.approx(50)
    assert spread.loc[("share of GDP", 2015), "variation_pct"] == 0
    assert spread.loc[(ALLIES_SHARE, 2014), "countries"] == 3


def test_years_without_all_countries_are_left_out() -> None:
    nato = long("share_gdp_pct", {"EST": [1.0, 2.0], "LVA": [3.0]})
    spread = compute_dispersion(nato, Parameters(countries=("EST", "LVA"), first_year=2014, last_year=2015))
    assert spread["year"].tolist() == [2014, 2014]  # once in focus, once over all allies


def test_one_country_has_no_dispersion() -> None:
    nato = long("share_gdp_pct", {"EST": [1.0, 2.0, 3.0], "LVA": [3.0, 3.0, 3.0]})
    spread = compute_dispersion(nato, Parameters(countries=("EST",), first_year=2014, last_year=2016))
    assert set(spread["series"]) == {ALLIES_SHARE}
    facts = describe_convergence(spread, 2015)
    assert facts["answer"] == "there is nothing to compare"
    assert facts["unclear_whole"] == (ALLIES_SHARE,)  # three years in order: one of three orders is as extreme


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_chances_are_those_of_counting_all_orders(count: int) -> None:
    balances = [count_balance(order) for order in permutations(range(count))]
    for balance in set(balances):
        extreme = sum(abs(one) >= abs(balance) for one in balances) / len(balances)
        assert chance_of_balance(balance, count) == pytest.approx(extreme)


@given(values=st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=13))
def test_a_trend_turned_round_is_the_opposite_trend(values: list[float]) -> None:
    opposite = {FALLING: RISING, RISING: FALLING, NO_TREND: NO_TREND}
    assert judge_trend(values[::-1]) == opposite[judge_trend(values)]
    assert 0 <= chance_of_balance(count_balance(values), len(values)) <= 1 + 1e-12


@pytest.mark.parametrize(
    ("values", "trend"),
    [
        (range(8), RISING),
        (range(8, 0, -1), FALLING),
        ([5, 5, 5, 5, 5, 5], NO_TREND),
        # 1 in 12 orders of four is as extreme as this one
        ([4, 3, 2, 1], NO_TREND),
    ],
)
def test_trends(values: list[float], trend: str) -> None:
    assert judge_trend(list(values)) == trend


def test_the_answer_tells_both_sides_of_the_split() -> None:
    # apart by less and less to 2019, then back and forth
    gaps = [10.0, 8.0, 6.0, 4.0, 2.0, 1.0, 1.2, 0.9, 1.1, 1.0, 1.2]
    nato = long("share_gdp_pct", {"EST": [20 - gap for gap in gaps], "LVA": [20 + gap for gap in gaps]})
    parameters = Parameters(countries=("EST", "LVA"), first_year=2014, last_year=2024)
    facts = describe_convergence(compute_dispersion(nato, parameters), 2019)
    assert facts["answer"] == "they converged first and have moved in step since"
    assert facts["falling_before"] == ("share of GDP", ALLIES_SHARE)
    first = facts["variation_first"]
    assert isinstance(first, dict)
    assert first["share of GDP"] == Quantity(pytest.approx(50.0), "%", 0)
    late = parameters.model_copy(update={"first_year": 2019})
    assert (
        describe_convergence(compute_dispersion(nato, late), 2019)["answer"] == "they neither converge nor move apart"
    )
