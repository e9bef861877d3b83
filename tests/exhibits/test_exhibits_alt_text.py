import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import (
    describe_change,
    describe_intervals,
    describe_lines,
    describe_parts,
    describe_ranking,
)

LINES = pd.DataFrame(
    {
        "iso3": ["EST"] * 3 + ["LVA"] * 3,
        "year": [2023, 2024, 2025] * 2,
        "share": [3.0, 1.0, 4.0, 2.0, 2.5, 2.0],
        "flag": ["", "", "estimate"] * 2,
    }
)


def test_lines_are_told_by_their_ends_and_their_extremes():
    assert describe_lines(LINES, y="share", unit="% of GDP") == (
        "Line chart of 2 series. "
        "Estonia rises from 3.0 in 2023 to 4.0% of GDP in 2025; lowest 1.0 in 2024. "
        "Latvia stands at 2.0% of GDP in 2023 and again in 2025; highest 2.5 in 2024. "
        "Of 6 values, 2 are estimates."
    )


def test_of_many_lines_only_the_subject_and_the_ends_of_the_field_are_told():
    many = pd.DataFrame({"iso3": [f"X{i}" for i in range(10)] * 2, "year": [2024] * 10 + [2025] * 10, "v": range(20)})
    text = describe_lines(many, y="v", unit="", highlight=["X3"])
    # X9 ends at 19, X0 at 10
    assert text == (
        "Line chart of 10 series. X3 rises from 3 in 2024 to 13 in 2025. "
        "Highest at the end is X9 with 19, lowest X0 with 10."
    )


def test_a_short_ranking_is_told_in_full():
    frame = LINES[LINES["year"] == 2025]
    assert describe_ranking(frame, category="iso3", value="share", unit="% of GDP", decimals=1) == (
        "Bar chart of 2 values in % of GDP, largest first. Estonia 4.0, Latvia 2.0. All 2 values are estimates."
    )


def test_a_long_ranking_is_told_by_its_ends_and_the_places_of_the_subject():
    many = pd.DataFrame({"who": [f"w{i}" for i in range(13)], "v": range(13)})
    assert describe_ranking(many, category="who", value="v", unit="km", highlight=["w10"]) == (
        "Bar chart of 13 values in km, largest first. Highest of all is w12 with 12\u00a0km, lowest w0 with 0. "
        "w10 is number 3 with 10."
    )


def test_changes_are_counted_and_the_largest_named():
    frame = pd.DataFrame({"iso3": ["EST", "LVA", "USA"], "a": [1.9, 1.0, 3.7], "b": [5.1, 4.9, 3.2]})
    text = describe_change(frame, category="iso3", start="a", end="b", unit="% of GDP", highlight=["EST"])
    assert text == (
        "Dot chart of 3 changes in % of GDP: 2 rise, 1 fall. Largest rise: Latvia from 1.0 to 4.9. "
        "Largest fall: United States from 3.7 to 3.2. Estonia from 1.9 to 5.1."
    )


def test_ranges_are_told_as_ranges_with_their_confidence():
    frame = pd.DataFrame(
        {"who": ["A", "B", "C"], "low": [5, None, 2], "high": [8, 3, 2], "sure": ["low", "high", "high"]}
    )
    text = describe_intervals(frame, category="who", low="low", high="high", unit="years", confidence="sure")
    assert text == "Chart of 3 ranges. A 5\u20138 years; B up to 3 years; C 2 years. 1 of 3 is of low confidence."


def test_a_stack_is_told_by_its_first_and_last_bar():
    frame = pd.DataFrame({"year": [2024, 2024, 2025, 2025], "part": ["a", "b"] * 2, "v": [1, 2, 3, 4]})
    assert describe_parts(frame, x="year", y="v", part="part", unit="km") == (
        "Stacked bars of 2 parts in km, 2 bars. 2024: a 1, b 2; together 3. 2025: a 3, b 4; together 7."
    )


def test_a_missing_column_is_named():
    with pytest.raises(ExhibitError, match="no column wrong"):
        describe_lines(LINES, y="wrong", unit="")
