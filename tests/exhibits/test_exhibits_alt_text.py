import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import (
    describe_change,
    describe_groups,
    describe_intervals,
    describe_lines,
    describe_panels,
    describe_parts,
    describe_ranking,
    describe_table,
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
        "Line chart of 2 series in % of GDP, 2023 to 2025. "
        "Estonia rises from 3.0 to 4.0 (lowest 1.0 in 2024); "
        "Latvia stands at 2.0 and again at the end (highest 2.5 in 2024). "
        "Of 6 values, 2 are estimates."
    )


def test_a_line_that_begins_late_says_when_and_an_extreme_that_prints_like_an_end_is_left_out():
    frame = pd.DataFrame(
        {"iso3": ["EST"] * 3 + ["LVA"], "year": [2010, 2011, 2012, 2012], "share": [3.17, 3.15, 3.20, 2.0]}
    )
    # 3.15 is printed as 3.2, like both ends
    assert describe_lines(frame, y="share", unit="% of GDP") == (
        "Line chart of 2 series in % of GDP, 2010 to 2012. "
        "Estonia stands at 3.2 and again at the end; Latvia 2.0 in 2012."
    )
    late = frame.replace({"year": {2012: 2013}}).iloc[1:]
    assert "Estonia stands at 3.2 and again" in describe_lines(late, y="share", unit="% of GDP")


def test_of_many_lines_only_the_subject_and_the_ends_of_the_field_are_told():
    many = pd.DataFrame({"iso3": [f"X{i}" for i in range(10)] * 2, "year": [2024] * 10 + [2025] * 10, "v": range(20)})
    text = describe_lines(many, y="v", unit="", highlight=["X3"])
    # X9 ends at 19, X0 at 10
    assert text == (
        "Line chart of 10 series, 2024 to 2025. X3 rises from 3 to 13. "
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


def test_many_ranges_are_told_by_their_ends_and_their_middle():
    frame = pd.DataFrame({"who": [f"w{i}" for i in range(13)], "low": range(2020, 2033), "high": range(2025, 2038)})
    assert describe_intervals(frame, category="who", low="low", high="high", unit="year") == (
        "Chart of 13 ranges. The first begins in 2020 (w0), the last ends in 2037 (w12). "
        "Half have begun by 2026 and half have ended by 2031."  # the seventh of thirteen
    )


def test_a_stack_of_few_pieces_is_told_in_full_and_one_of_many_by_its_first_and_last_bar():
    frame = pd.DataFrame({"year": [2024, 2024, 2025, 2025], "part": ["a", "b"] * 2, "v": [1, 2, 3, 4]})
    assert describe_parts(frame, x="year", y="v", part="part", unit="km") == (
        "Stacked bars of 2 parts in km, 2 bars. 2024: a 1, b 2; together 3. 2025: a 3, b 4; together 7."
    )
    years = [year for year in range(2020, 2027) for _ in range(2)]
    many = pd.DataFrame({"year": years, "part": ["a", "b"] * 7, "v": range(14)})
    assert describe_parts(many, x="year", y="v", part="part", unit="km") == (
        "Stacked bars of 2 parts in km, 7 bars. 2020: a 0, b 1; together 1. 2026: a 12, b 13; together 25."
    )


CHANGES = pd.DataFrame(
    {"what": ["defence", "defence", "health", "health"], "iso3": ["EST", "LVA"] * 2, "v": [2.0, 1.8, -0.1, 0.0]}
)


def test_groups_are_told_row_by_row_with_their_sums():
    assert describe_groups(CHANGES, category="what", series="iso3", value="v", unit="points of GDP") == (
        "Bar chart in points of GDP, in each row Estonia and Latvia, in this order. "
        "Defence +2.0, +1.8; Health \u22120.1, 0.0; total +1.9, +1.8."
    )
    assert describe_groups(
        CHANGES, category="what", series="iso3", value="v", unit="points of GDP", total_label=""
    ).endswith("Health \u22120.1, 0.0.")


def test_panels_are_told_by_the_ends_of_their_lines():
    frame = pd.DataFrame({"iso3": "EST", "year": [2014, 2026] * 2, "part": ["equipment"] * 2 + ["other"] * 2})
    frame = frame.assign(v=[22.0, 40.0, 31.0, 35.0], flag=["", "estimate"] * 2)
    assert describe_panels(frame, y="v", series="part", unit="%", decimals=0) == (
        "Line charts in 1 panel, in %, 2014 to 2026. Estonia: equipment 22 to 40, other 31 to 35. "
        "Of 4 values, 2 are estimates."
    )


def test_a_table_is_told_by_its_rows_and_the_ends_of_its_columns():
    frame = pd.DataFrame({"iso3": ["EST", "LVA"], "a": [5.1, 4.92], "b": [float("nan"), 2.0]})
    columns = {"a": ("Share", "% of GDP", 2), "b": ("Growth", "%", 1)}
    assert describe_table(frame, row="iso3", columns=columns) == (
        "Table of 2 rows for Estonia and Latvia. Share: from 4.92% of GDP (Latvia) to 5.10% of GDP (Estonia). "
        "Growth: 2.0% (Latvia)."
    )


def test_a_long_list_of_rows_is_told_by_its_ends():
    frame = pd.DataFrame({"row": [f"forecast of the year {year}" for year in range(2014, 2024)], "a": range(10)})
    text = describe_table(frame, row="row", columns={"a": ("Share", "%", 0)})
    assert text.startswith("Table of 10 rows from forecast of the year 2014 to forecast of the year 2023. ")


def test_of_more_than_four_lines_the_extremes_are_left_out():
    rows = [(code, year, value) for code in "ABCDE" for year, value in ((2023, 3.0), (2024, 1.0), (2025, 4.0))]
    frame = pd.DataFrame(rows, columns=["line", "year", "share"]).assign(flag="")
    text = describe_lines(frame, y="share", series="line", unit="%", decimals=0)
    assert "A rises from 3 to 4; B rises" in text
    assert "lowest" not in text


def test_a_missing_column_is_named():
    with pytest.raises(ExhibitError, match="no column wrong"):
        describe_lines(LINES, y="wrong", unit="")
