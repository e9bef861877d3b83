"""Three definitions of one year stay three series."""

import pandas as pd
import pytest

from baltic_calculus.analysis.definitions import ANNUAL, CORE, EARLY, compare_definitions, compute_definition_gap
from baltic_calculus.analysis.parameters import Parameters


def long(measure: str, rows: list[tuple[str, int, float]]) -> pd.DataFrame:
    """Make a long frame of one measure from (iso3, year, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "value"]).assign(measure=measure, flag="")


NATO = long("share_gdp_pct", [("LTU", 2020, 2.1), ("LTU", 2024, 3.1), ("LTU", 2025, 4.0), ("NOR", 2025, 3.2)])
COFOG = long("defence_gdp_pct", [("LTU", 2024, 2.6), ("NOR", 2024, 2.1)])
DELIVERY = long("defence_gdp_pct", [("LTU", 2024, 2.5), ("LTU", 2025, 2.7), ("EU27", 2025, float("nan"))])
LITHUANIA = Parameters(countries=("LTU",), first_year=2014, last_year=2024)


def test_each_definition_keeps_its_own_rows_in_the_years_of_the_early_collection() -> None:
    compared = compare_definitions(NATO, COFOG, DELIVERY, LITHUANIA)
    # NATO's 2020 lies before the early collection; the annual collection has no 2025
    assert compared[["definition", "year", "share_gdp_pct"]].values.tolist() == [
        [CORE, 2024, 3.1],
        [CORE, 2025, 4.0],
        [ANNUAL, 2024, 2.6],
        [EARLY, 2024, 2.5],
        [EARLY, 2025, 2.7],
    ]


def test_a_country_outside_the_early_collection_keeps_the_other_two() -> None:
    norway = compare_definitions(NATO, COFOG, DELIVERY, Parameters(countries=("NOR",), first_year=2014, last_year=2024))
    assert norway["definition"].tolist() == [CORE, ANNUAL]


def test_an_empty_cell_is_no_value() -> None:
    union = compare_definitions(
        NATO, COFOG, DELIVERY, Parameters(countries=("LTU", "EU27"), first_year=2014, last_year=2024)
    )
    assert set(union["iso3"]) == {"LTU"}


def test_the_gap_is_nato_less_the_early_collection() -> None:
    gap = compute_definition_gap(compare_definitions(NATO, COFOG, DELIVERY, LITHUANIA))
    assert gap["year"].tolist() == [2024, 2025]
    assert gap["gap_points"].tolist() == pytest.approx([0.6, 1.3])  # 3.1 - 2.5; 4.0 - 2.7


def test_there_is_no_gap_without_both() -> None:
    norway = Parameters(countries=("NOR",), first_year=2014, last_year=2024)
    assert compute_definition_gap(compare_definitions(NATO, COFOG, DELIVERY, norway)).empty
