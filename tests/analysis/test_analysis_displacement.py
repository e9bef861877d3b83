"""Defence against health and education, on frames small enough to check by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.displacement import (
    compare_displacement,
    compare_rise,
    compute_function_shares,
    correlate_given,
    states_with_functions,
)
from baltic_calculus.analysis.displacement_facts import describe_displacement, describe_rise
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError

ESTONIA = Parameters(countries=("EST",), comparators=(), first_year=2014, last_year=2017)


def long(rows: list[tuple[str, int, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="")


def accounts(code: str, shares: dict[int, tuple[float, float, float]]) -> pd.DataFrame:
    """Defence, health and education in per cent of a GDP of 100; all expenditure is 40 of it."""
    return long(
        [
            (code, year, measure, value)
            for year, (defence, health, education) in shares.items()
            for measure, value in (
                ("defence_eur_m", defence), ("health_eur_m", health), ("education_eur_m", education),
                ("total_eur_m", 40.0), ("total_gdp_pct", 40.0),
            )
        ]
    )  # fmt: skip


# Estonia: defence rises in 2015 and 2017; health and education together fall in 2015 and in 2016.
COFOG = pd.concat(
    [
        accounts("LVA", {2014: (1, 4, 6), 2015: (1, 4, 6), 2016: (1, 4, 6), 2017: (1, 4, 6)}),
        accounts("EST", {2014: (2, 5, 6), 2015: (2.2, 4.8, 6), 2016: (2.2, 4.8, 5.5), 2017: (2.5, 5, 5.5)}),
        accounts("EU27", {2014: (1, 7, 5), 2017: (1, 7, 5)}),
        long([("NOR", 2014, "defence_eur_m", 1.0), ("NOR", 2017, "defence_eur_m", 2.0)]),
    ],
    ignore_index=True,
)
MACRO = long([("EST", year, "gdp_nominal_growth_pct", 5.0) for year in (2015, 2016, 2017)])


def test_states_are_those_with_all_functions_the_chosen_ones_first() -> None:
    assert states_with_functions(COFOG, ESTONIA) == ("EST", "LVA")


def test_shares_follow_the_order_of_codes_and_functions() -> None:
    shares = compute_function_shares(COFOG, ["EST", "LVA"], ("health", "defence"))
    assert shares["share_gdp_pct"].tolist()[:6] == pytest.approx([5, 4.8, 4.8, 5, 2, 2.2])
    assert shares["iso3"].tolist() == ["EST"] * 8 + ["LVA"] * 8


def test_years_of_rising_defence_are_counted_against_the_others() -> None:
    estonia = compare_displacement(COFOG, MACRO, ESTONIA, (2014,)).set_index("iso3").loc["EST"]
    assert estonia[["defence_change_points", "health_change_points", "education_change_points"]].tolist() == (
        pytest.approx([0.5, 0.0, -0.5])
    )
    # rises in 2015 (services -0.2) and 2017 (+0.2); not in 2016 (services -0.5)
    counts = ["rise_years", "fell_rise_years", "other_years", "fell_other_years"]
    assert estonia[counts].tolist() == [2, 1, 1, 1]
    assert math.isnan(estonia["correlation"])  # three years are too few


def test_years_without_accounts_are_refused() -> None:
    with pytest.raises(DataError, match="2009"):
        compare_displacement(COFOG, MACRO, ESTONIA.model_copy(update={"first_year": 2009}), ())


def test_facts_compare_how_often_the_services_fell() -> None:
    facts = describe_displacement(COFOG, MACRO, ESTONIA, (2014,))
    # of Estonia's two rises one with a fall; of four other years (one Estonian, three Latvian) one
    assert facts["rise_years"] == Quantity(2, "", 0)
    assert facts["other_years"] == Quantity(4, "", 0)
    assert facts["fell_rise_pct"] == Quantity(50.0, "%", 0)
    assert facts["fell_other_pct"] == Quantity(25.0, "%", 0)
    assert facts["more_often"] == "more often than"
    assert (facts["gained"], facts["both_fell"]) == (("EST",), ("EST",))


def test_the_rise_is_told_within_one_definition() -> None:
    nato = long([("EST", 2017, "share_gdp_pct", 2.0), ("EST", 2026, "share_gdp_pct", 4.5)])
    rise = compare_rise(nato, COFOG, ESTONIA).iloc[0]
    assert rise["rise_points"] == pytest.approx(2.5)
    assert rise["rise_health_pct"] == pytest.approx(50)  # 2.5 of 5
    assert describe_rise(nato, COFOG, ESTONIA)["rises"] == {"EST": Quantity(2.5, "points of GDP", 1)}


def test_what_moves_only_with_growth_is_not_correlated() -> None:
    growth = np.array([1.0, 5.0, -3.0, 2.0, 0.0, 4.0, -1.0, 3.0])
    noise = np.array([1.0, -1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0])
    correlation, low, high = correlate_given(growth + noise, growth - noise, growth)
    assert correlation == pytest.approx(-1)
    assert low <= correlation <= high
    assert math.isnan(correlate_given(growth, growth, growth)[0])  # nothing is left to correlate


@given(st.lists(st.tuples(*[st.floats(-5, 5)] * 3), min_size=6, max_size=30))
def test_a_correlation_lies_within_its_interval(rows: list[tuple[float, float, float]]) -> None:
    first, second, held = np.array(rows).T
    correlation, low, high = correlate_given(first, second, held)
    if not math.isnan(correlation):
        assert -1 <= low <= correlation + 1e-9
        assert correlation - 1e-9 <= high <= 1
