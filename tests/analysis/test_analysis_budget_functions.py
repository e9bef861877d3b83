"""Expenditure by function on frames small enough to check by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.budget_functions import (
    FUNCTIONS,
    REMAINDER,
    ROUNDING,
    base_years,
    compute_function_changes,
    gather_functions,
    split_by_function,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

YEARS = (2014, 2021)
ESTONIA = Parameters(countries=("EST",), first_year=2014, last_year=2024)


def country_year(
    iso3: str, year: int, amounts: dict[str, float], total_eur_m: float, total_gdp_pct: float
) -> pd.DataFrame:
    """COFOG rows of one country and year; functions that are not named are zero."""
    every = dict.fromkeys(FUNCTIONS, 0.0) | amounts
    rows = [(iso3, year, f"{name}_eur_m", amount) for name, amount in every.items()]
    totals = [(iso3, year, "total_eur_m", total_eur_m), (iso3, year, "total_gdp_pct", total_gdp_pct)]
    return pd.DataFrame([*rows, *totals], columns=["iso3", "year", "measure", "value"]).assign(flag="")


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


def test_what_the_functions_leave_of_the_published_total_is_its_rounding() -> None:
    cofog = pd.concat(
        [
            # amounts add up to 400 in both years, the total is printed as 400 and as 401: 40 and 40.1 % of 1,000
            country_year("EST", 2014, {"defence": 20, "health": 380}, 400, 40),
            country_year("EST", 2024, {"defence": 40, "health": 360}, 401, 40.1),
        ]
    )
    changes = compute_function_changes(cofog, ESTONIA, (2014,)).set_index("function")
    assert changes["change_points"].sum() == pytest.approx(0.1, abs=1e-12)
    assert changes.at[ROUNDING, "change_points"] == pytest.approx(0.1)  # 400 of 401 is 40.0 of 40.1
    assert changes.index[-1] == ROUNDING
    assert (changes["total_first_gdp_pct"].iloc[0], changes["total_last_gdp_pct"].iloc[0]) == (40, 40.1)


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


def test_functions_that_are_not_kept_are_added_up() -> None:
    changes = pd.DataFrame(
        {
            "iso3": ["LVA"] * 3 + ["EST"],
            "function": ["housing", "environment", "defence", "defence"],
            "change_points": [0.5, -0.2, 1.5, 2.0],
            "total_first_gdp_pct": [40.0] * 3 + [38.0],
            "total_last_gdp_pct": [41.8] * 3 + [40.0],
            "flag": "",
        }
    )
    gathered = gather_functions(changes, ("defence",))
    # Latvia keeps its place before Estonia; 0.5 - 0.2 = 0.3 is the rest
    assert gathered[["iso3", "function"]].values.tolist() == [
        ["LVA", "defence"],
        ["LVA", REMAINDER],
        ["EST", "defence"],
    ]
    assert gathered["change_points"].tolist() == pytest.approx([1.5, 0.3, 2.0])


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
