"""Own forces: components side by side, as ranges, per inhabitant and per km of border."""

import pandas as pd
import pytest

from baltic_calculus.analysis.forces import (
    ACTIVE,
    NEIGHBOURS,
    PLANNED,
    RESERVE,
    ROLES,
    VOLUNTEER,
    WARTIME,
    around,
    compute_forces,
    latest_population,
    missing_components,
)
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.land_borders import list_borders, total_lengths
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

NONE = float("nan")


def forces(*rows: tuple[str, str, str, float, float, float, str]) -> pd.DataFrame:
    """Rows under test, and one row in a state of no interest for each other indicator that must exist."""
    named = {row[2] for row in rows}
    others = [("XXX", "2020", name, 1.0, NONE, NONE, "low") for name in sorted(set(ROLES) - named)]
    columns = ["entity", "date", "indicator", "value", "low", "high", "confidence"]
    return pd.DataFrame([*rows, *others], columns=columns).assign(unit="persons", source="P001", note="")


FORCES = forces(
    ("EST", "2025", "active military personnel", 7500.0, NONE, NONE, "high"),
    ("EST", "2023-12", "wartime structure", 43700.0, NONE, NONE, "high"),
    ("LTU", "2025", "active military personnel", 20000.0, NONE, NONE, "high"),
    ("LTU", "2026-03", "number of personnel", 22000.0, NONE, NONE, "medium"),
    ("LTU", "2019", "Zemessardze active members", 4000.0, NONE, NONE, "high"),
    ("LTU", "2022", "Zemessardze active members", 5000.0, NONE, NONE, "high"),
    ("LVA", "2025", "active military personnel", 9000.0, NONE, NONE, "high"),
    ("LVA", "2026", "number of personnel", 12000.0, NONE, NONE, "low"),
    ("FIN", "2025", "Home Guard", 100.0, NONE, NONE, "low"),
)
POPULATION = pd.DataFrame(
    [("EST", 2023, 1_000_000.0), ("EST", 2024, 1_250_000.0), ("EST", 2025, NONE), ("LTU", 2024, 2_000_000.0)],
    columns=["iso3", "year", "value"],
).assign(measure="population_persons")
LENGTHS = {"EST": Interval(300, 375), "LTU": Interval(1000, 1100)}
GEOGRAPHY = pd.DataFrame(
    [
        ("EST-RUS", "land border length, CIA", 324.0, "high"),
        ("EST-RUS", "land border length, other published", 338.0, "medium"),
        ("EST-RUS", "border polyline length, Natural Earth 10m", 283.3, "high"),
        ("EST-LVA", "land border length, CIA", 333.0, "high"),
        ("LVA-BLR", "land border length, CIA", 161.0, "high"),
        ("LVA-BLR", "land border length, working assumption", 173.0, "low"),
        ("LVA-RUS", "land border length, CIA", 332.0, "high"),
    ],
    columns=["entity", "indicator", "value", "confidence"],
).assign(date="2025", low=NONE, high=NONE, unit="km", source="P024", note="")


def compute(*codes: str) -> pd.DataFrame:
    return compute_forces(FORCES, POPULATION, LENGTHS, codes)


def test_components_are_rows_of_their_own_and_never_added() -> None:
    rows = compute("EST")
    assert rows[["iso3", "component", "low_persons", "high_persons"]].to_numpy().tolist() == [
        ["EST", ACTIVE, 7500, 7500],
        ["EST", WARTIME, 43700, 43700],
    ]


def test_densities_divide_by_the_latest_population_and_the_range_of_lengths() -> None:
    row = compute("EST").iloc[0]
    # 7,500 of 1,250,000 inhabitants in 2024: 6 in a thousand
    assert (row["low_per_1000"], row["high_per_1000"]) == (6, 6)
    # 7,500 / 375 km = 20 and 7,500 / 300 km = 25
    assert (row["low_per_km"], row["high_per_km"]) == (20, 25)


def test_counts_that_differ_become_a_range_of_the_weaker_confidence() -> None:
    row = compute("LTU").set_index("component").loc[ACTIVE]
    assert (row["low_persons"], row["high_persons"], row["confidence"]) == (20000, 22000, "medium")
    assert row["definition"] == "active military personnel; number of personnel"
    assert (row["date"], row["dated"]) == ("2026-03", "2025; March 2026")
    # 20,000 / 1,100 km and 22,000 / 1,000 km
    assert (row["low_per_km"], row["high_per_km"]) == (pytest.approx(18.18, abs=0.01), 22)


def test_newer_count_of_one_name_replaces_the_older_one() -> None:
    row = compute("LTU").set_index("component").loc[VOLUNTEER]
    assert (row["low_persons"], row["high_persons"], row["date"]) == (5000, 5000, "2022")


def test_low_confidence_widens_nothing_and_stands_alone_where_there_is_no_better_count() -> None:
    rows = compute("LVA", "FIN").set_index("iso3")
    assert (rows.loc["LVA", "high_persons"], rows.loc["LVA", "confidence"]) == (9000, "high")
    assert (rows.loc["FIN", "high_persons"], rows.loc["FIN", "confidence"]) == (100, "low")


def test_without_a_population_or_a_border_there_is_no_density() -> None:
    row = compute("FIN").iloc[0]
    assert row[["low_per_1000", "high_per_1000", "low_per_km", "high_per_km"]].isna().all()


def test_rows_follow_the_order_of_the_states() -> None:
    assert list(dict.fromkeys(compute("LTU", "EST")["iso3"])) == ["LTU", "EST"]


def test_no_number_at_all_is_reported() -> None:
    with pytest.raises(DataError, match="no published number"):
        compute("SVK")


def test_missing_components_are_named() -> None:
    assert missing_components(compute("EST", "LTU"), ("EST", "LTU")) == {
        "EST": (VOLUNTEER, RESERVE, PLANNED),
        "LTU": (RESERVE, WARTIME, PLANNED),
    }


def test_population_is_the_latest_with_a_value() -> None:
    assert latest_population(POPULATION).to_dict() == {"EST": 1_250_000, "LTU": 2_000_000}


def test_states_around_come_after_those_named_and_once() -> None:
    parameters = Parameters(countries=("EST", "LTU"), comparators=("FIN",), first_year=2017)
    assert around(parameters) == ("EST", "LTU", "FIN", *(code for code in NEIGHBOURS if code != "FIN"))


def test_borders_are_published_ranges_never_map_lines_or_assumptions() -> None:
    borders = list_borders(GEOGRAPHY, ("LVA", "EST"))
    assert borders.to_numpy().tolist() == [
        ["LVA", "RUS", 332, 332],
        ["LVA", "BLR", 161, 161],
        ["EST", "RUS", 324, 338],
    ]
    # Latvia 332 + 161 = 493 km; the border with another ally is not counted
    assert total_lengths(borders) == {"LVA": Interval(493, 493), "EST": Interval(324, 338)}
