"""Own forces: components side by side, per inhabitant, and ratios as intervals."""

import pandas as pd
import pytest

from baltic_calculus.analysis.forces import (
    ACTIVE,
    RESERVE,
    ROLES,
    VOLUNTEER,
    WARTIME,
    compare_active,
    compute_forces,
    latest_population,
    missing_components,
)
from baltic_calculus.analysis.opposite import SUBJECTS, UNPUBLISHED, list_opposite
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

NONE = float("nan")
INDICATORS = {*ROLES, *SUBJECTS, "active armed forces"}


def forces(*rows: tuple[str, str, str, float, float, float, str]) -> pd.DataFrame:
    """Rows under test, and one row in a state of no interest for each other indicator that must exist."""
    named = {row[2] for row in rows}
    others = [("XXX", "2020", name, 1.0, NONE, NONE, "low") for name in sorted(INDICATORS - named)]
    columns = ["entity", "date", "indicator", "value", "low", "high", "confidence"]
    return pd.DataFrame([*rows, *others], columns=columns).assign(unit="persons", source="P001", note="")


FORCES = forces(
    ("EST", "2025", "active military personnel", 7500.0, NONE, NONE, "high"),
    ("EST", "2023-12", "wartime structure", 43700.0, NONE, NONE, "high"),
    ("LTU", "2025", "active military personnel", 20000.0, NONE, NONE, "high"),
    ("POL", "2025", "active military personnel", 235000.0, NONE, NONE, "high"),
    ("POL", "2026-01-21", "total serving", 216700.0, NONE, NONE, "high"),
    ("RUS", "2025", "active armed forces", NONE, 1100000.0, 1200000.0, "high"),
    ("BLR", "2022", "active military personnel", 48000.0, NONE, NONE, "medium"),
    ("BLR", "2025", "active military personnel", NONE, 50000.0, 60000.0, "high"),
)
POPULATION = pd.DataFrame(
    [("EST", 2023, 1_000_000.0), ("EST", 2024, 1_250_000.0), ("EST", 2025, NONE), ("LTU", 2024, 2_000_000.0)],
    columns=["iso3", "year", "value"],
).assign(measure="population_persons")
PARAMETERS = Parameters(countries=("EST", "LTU"), first_year=2017, last_year=2026)


def test_components_are_rows_of_their_own_and_never_added() -> None:
    rows = compute_forces(FORCES, POPULATION, PARAMETERS)
    assert rows[["iso3", "component", "persons"]].to_numpy().tolist() == [
        ["EST", ACTIVE, 7500],
        ["EST", WARTIME, 43700],
        ["LTU", ACTIVE, 20000],
    ]
    # 7,500 of 1,250,000 inhabitants in 2024: 6 in a thousand
    assert rows.loc[0, "per_1000"] == 6


def test_newer_count_replaces_the_older_one() -> None:
    people = pd.concat([POPULATION, POPULATION.tail(1).assign(iso3="POL", value=36_000_000.0)])
    rows = compute_forces(FORCES, people, Parameters(countries=("POL",), first_year=2017))
    assert rows["persons"].tolist() == [216700]


def test_missing_components_are_named() -> None:
    rows = compute_forces(FORCES, POPULATION, PARAMETERS)
    assert missing_components(rows, PARAMETERS) == {
        "EST": (VOLUNTEER, RESERVE),
        "LTU": (VOLUNTEER, RESERVE, WARTIME),
    }


def test_country_without_a_population_has_no_density() -> None:
    rows = compute_forces(FORCES, POPULATION, Parameters(countries=("POL",), first_year=2017))
    assert rows["per_1000"].isna().all()


def test_population_is_the_latest_with_a_value() -> None:
    assert latest_population(POPULATION).to_dict() == {"EST": 1_250_000, "LTU": 2_000_000}


def test_ratio_is_an_interval_over_the_sum_of_like_counts() -> None:
    rows = compare_active(FORCES, ("EST", "LTU"), ("RUS", "BLR")).set_index("iso3")
    # own: 7,500 + 20,000 = 27,500; Russia 1.1 m / 27,500 = 40 and 1.2 m / 27,500 = 43.6; Belarus of 2025, not of 2022
    assert rows.loc["RUS", "ratio_low"] == 40
    assert rows.loc["RUS", "ratio_high"] == pytest.approx(43.636, abs=1e-3)
    assert rows.loc["BLR", ["low_persons", "high_persons"]].tolist() == [50000, 60000]


def test_country_without_an_active_strength_is_reported() -> None:
    with pytest.raises(DataError, match="no active strength of LVA"):
        compare_active(FORCES, ("LVA",), ("RUS",))


def test_what_is_not_public_stands_in_the_list_as_a_gap() -> None:
    rows = list_opposite(FORCES)
    gaps = rows[rows["low"].isna()]
    assert set(zip(gaps["entity"], gaps["subject"], strict=True)) == set(UNPUBLISHED)
    assert set(gaps["confidence"]) == {""}


def test_superseded_and_foreign_rows_are_left_out() -> None:
    rows = list_opposite(FORCES)
    belarus = rows[rows["entity"] == "BLR"]
    assert belarus["date"].tolist() == ["2025"]
    assert not set(rows["entity"]) & {"EST", "LTU", "POL", "XXX"}
