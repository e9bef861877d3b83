"""Ratios as intervals: like counts over like counts, and every value that the ranges allow."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.force_ratios import (
    ALLIES_LESS_UKRAINE,
    BELARUS_TOTAL,
    BORDER_WARTIME,
    LESS_UKRAINE,
    TOTAL,
    compare_strengths,
    count_active,
    count_in_ukraine,
)
from baltic_calculus.analysis.forces import NEIGHBOURS
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.opposite import ENTITIES, SUBJECTS, UNPUBLISHED, list_opposite
from baltic_calculus.errors import DataError

NONE = float("nan")
ROWS = (
    ("EST", "2025", "active military personnel", 7500.0, NONE, NONE, "high"),
    ("LTU", "2025", "active military personnel", 20000.0, NONE, NONE, "high"),
    ("RUS", "2025", "active armed forces", NONE, 1_100_000.0, 1_200_000.0, "high"),
    ("RUS", "2025", "deployed in Ukraine", 600_000.0, NONE, NONE, "high"),
    ("RUS", "2024-12", "deployed in Ukraine", 700_000.0, NONE, NONE, "medium"),
    ("BLR", "2022", "active military personnel", 48000.0, NONE, NONE, "medium"),
    ("BLR", "2025", "active military personnel", NONE, 50000.0, 60000.0, "high"),
    ("RUS-LMD", "2024", "troops near Estonian border before doubling", 19000.0, NONE, NONE, "high"),
    ("RUS-LMD", "2024-2034", "planned troops near Estonian border", 38000.0, NONE, NONE, "medium"),
    ("EST", "2023-12", "wartime structure", 40000.0, NONE, NONE, "high"),
    *((code, "2025", "active military personnel", 10000.0, NONE, NONE, "high") for code in NEIGHBOURS),
)
named = {row[2] for row in ROWS}
OTHERS = tuple(("XXX", "2020", name, 1.0, NONE, NONE, "low") for name in sorted(set(SUBJECTS) - named))
FORCES = pd.DataFrame(
    [*ROWS, *OTHERS], columns=["entity", "date", "indicator", "value", "low", "high", "confidence"]
).assign(unit="persons", source="P001", note="")


def ratios() -> pd.DataFrame:
    return compare_strengths(FORCES, ("EST", "LTU")).set_index("comparison")


def test_ratio_is_an_interval_over_the_sum_of_like_counts() -> None:
    row = ratios().loc[TOTAL]
    # own: 7,500 + 20,000 = 27,500; 1.1 m / 27,500 = 40 and 1.2 m / 27,500 = 43.6
    assert row["low"] == 40
    assert row["high"] == pytest.approx(43.636, abs=1e-3)
    assert row["confidence"] == "high"


def test_those_in_ukraine_are_taken_off_at_both_ends_and_the_confidence_is_the_weaker() -> None:
    row = ratios().loc[LESS_UKRAINE]
    # least: 1.1 m - 0.7 m = 0.4 m; most: 1.2 m - 0.6 m = 0.6 m; over 27,500
    assert (row["opposite_low"], row["opposite_high"]) == (400_000, 600_000)
    assert row["low"] == pytest.approx(14.545, abs=1e-3)
    assert row["high"] == pytest.approx(21.818, abs=1e-3)
    assert row["confidence"] == "medium"


def test_allies_are_counted_once_and_change_the_answer() -> None:
    row = ratios().loc[ALLIES_LESS_UKRAINE]
    # 27,500 and six allies of 10,000: 87,500; 0.4 m / 87,500 = 4.57
    assert row["own_low"] == 87_500
    assert row["low"] == pytest.approx(4.571, abs=1e-3)


def test_newer_count_of_belarus_replaces_the_older_one() -> None:
    assert ratios().loc[BELARUS_TOTAL, ["opposite_low", "opposite_high"]].tolist() == [50000, 60000]


def test_border_of_estonia_is_compared_with_its_wartime_size() -> None:
    row = ratios().loc[BORDER_WARTIME]
    # 19,000 / 40,000
    assert (row["low"], row["high"]) == (0.475, 0.475)
    assert (row["opposite_dated"], row["own_dated"]) == ("2024", "December 2023")


@given(st.lists(st.floats(0, 1), min_size=3, max_size=3))
def test_every_choice_inside_the_published_ranges_lies_inside_the_ratio(parts: list[float]) -> None:
    russia, ukraine, own = count_active(FORCES, ("RUS",)), count_in_ukraine(FORCES), Interval(27_500, 27_500)
    russia_now, deployed, states = (
        min(max(some.low + part * (some.high - some.low), some.low), some.high)
        for some, part in zip((russia.persons, ukraine.persons, own), parts, strict=True)
    )
    row = compare_strengths(FORCES, ("EST", "LTU")).set_index("comparison").loc[LESS_UKRAINE]
    assert Interval(row["low"], row["high"]).contains((russia_now - deployed) / states)


def test_state_without_an_active_strength_is_reported() -> None:
    with pytest.raises(DataError, match="no active strength of LVA"):
        compare_strengths(FORCES, ("LVA",))


def test_published_counts_in_ukraine() -> None:
    found = count_in_ukraine(catalog.load("national_forces"))
    # CIA 600,000; think tank 700,000; Ukraine's commander-in-chief 715,000
    assert found.persons == Interval(600_000, 715_000)
    assert found.confidence == "medium"


def test_what_is_not_public_stands_in_the_list_as_a_gap() -> None:
    rows = list_opposite(FORCES)
    gaps = rows[rows["low"].isna()]
    assert set(zip(gaps["entity"], gaps["subject"], strict=True)) == set(UNPUBLISHED)
    assert set(gaps["confidence"]) == {""}


def test_gaps_named_are_gaps_of_the_data() -> None:
    listed = list_opposite(catalog.load("national_forces"))
    known = listed[listed["low"].notna()]
    for entity, subject in UNPUBLISHED:
        assert known[(known["entity"] == entity) & (known["subject"] == subject)].empty
    assert set(listed["entity"]) == set(ENTITIES)


def test_superseded_and_foreign_rows_are_left_out() -> None:
    rows = list_opposite(FORCES)
    assert rows[rows["entity"] == "BLR"]["date"].tolist() == ["2025"]
    assert not set(rows["entity"]) & {"EST", "LTU", "POL", "XXX"}
