import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.annotation import Event, stack_labels
from baltic_calculus.exhibits.measure import overrun, text_width
from baltic_calculus.exhibits.series import make_end_labels, make_points, make_segments
from baltic_calculus.exhibits.stack import is_whole, make_stack, stack_totals

COLUMNS = {"series": "iso3", "x": "year", "y": "value", "unit": "% of GDP", "flag": "flag", "decimals": 1}


def line(values, flags, code="EST"):
    years = range(2020, 2020 + len(values))
    return pd.DataFrame({"iso3": code, "year": years, "value": values, "flag": flags})


def test_a_line_is_dashed_where_one_of_its_ends_is_an_estimate():
    points = make_points(line([1.0, 2.0, 3.0, 4.0], ["", "", "estimate", "forecast"]), **COLUMNS)
    segments = make_segments(points)
    solid, dashed = segments[~segments["open"]], segments[segments["open"]]
    # 2020 to 2021 is final; 2021 to 2022 leads to an estimate, so both pieces share 2021
    assert solid["x"].to_list() == [2020, 2021]
    assert dashed["x"].to_list() == [2021, 2022, 2023]


def test_a_missing_value_breaks_the_line():
    points = make_points(line([1.0, 2.0, None, 4.0, 5.0], [""] * 5), **COLUMNS)
    pieces = make_segments(points).groupby("piece")["x"].apply(list)
    assert sorted(pieces) == [[2020, 2021], [2023, 2024]]


def test_a_single_value_has_a_point_and_no_line():
    assert make_segments(make_points(line([1.0], [""]), **COLUMNS)).empty


def test_a_tooltip_says_when_a_value_is_an_estimate():
    points = make_points(line([1.0, 2.25], ["", "estimate"]), **COLUMNS)
    assert points["text"].to_list() == ["1.0% of GDP", "2.3% of GDP (estimate)"]


def test_two_values_for_one_year_are_refused():
    twice = pd.concat([line([1.0], [""]), line([2.0], [""])])
    with pytest.raises(ExhibitError, match="two values for EST in 2020"):
        make_points(twice, **COLUMNS)


def test_labels_at_the_ends_keep_their_distance():
    frame = pd.concat([line([1.0, 2.00], ["", ""], "EST"), line([1.0, 2.01], ["", ""], "LVA")])
    points = make_points(frame, **COLUMNS)
    labels = make_end_labels(points, {2.0: "guideline"}, domain=(0, 4), height=400, decimals=1, label_x=2021)
    # 400 pixels for 4 units: labels of 17 pixels are at least 0.17 apart
    assert labels["y"].sort_values().diff().min() == pytest.approx(0.17)
    assert labels["label"].to_list() == ["Latvia 2.0", "Estonia 2.0", "guideline"]  # from above


def test_parts_are_stacked_from_zero_in_both_directions():
    frame = pd.DataFrame({"year": 2024, "part": ["a", "b", "c"], "value": [2.0, -1.0, 3.0]})
    stack = make_stack(frame, key="year", part="part", value="value", unit="%", flag="flag", decimals=0)
    # a: 0 to 2, c: 2 to 5; b alone below zero
    assert stack.set_index("part")[["start", "end"]].to_dict("index") == {
        "a": {"start": 0, "end": 2},
        "b": {"start": 0, "end": -1},
        "c": {"start": 2, "end": 5},
    }
    totals = stack_totals(stack)
    assert totals[["total", "top"]].to_dict("records") == [{"total": 4, "top": 5}]


def test_bars_of_names_keep_their_order_and_bars_of_years_are_sorted():
    names = pd.DataFrame({"bar": ["LVA", "EST"], "part": "a", "value": [1.0, 2.0]})
    options = {"part": "part", "value": "value", "unit": "%", "flag": "flag", "decimals": 0}
    assert stack_totals(make_stack(names, key="bar", **options))["key"].to_list() == ["LVA", "EST"]
    years = names.assign(bar=[2025, 2024])
    assert stack_totals(make_stack(years, key="bar", **options))["key"].to_list() == [2024, 2025]


def test_weak_pieces_and_parts_that_stand_for_the_unknown_are_open():
    frame = pd.DataFrame(
        {"bar": "EST", "part": ["a", "b", "gap"], "value": [1.0, 2.0, 3.0], "confidence": ["high", "low", "high"]}
    )
    stack = make_stack(
        frame, key="bar", part="part", value="value", unit="", flag="flag", decimals=0, pale=["gap"]
    ).set_index("part")
    assert stack["open"].to_dict() == {"a": False, "b": True, "gap": True}


def test_shares_that_make_a_whole_are_recognised_within_rounding():
    assert is_whole(pd.Series([100.0, 99.6]))
    assert not is_whole(pd.Series([100.0, 98.0]))


def test_events_are_placed_by_year_month_or_day():
    assert Event(2022, "a").position == 2022
    assert Event("2022-07", "a").position == pytest.approx(2022 + 181 / 365)  # 1 July is day 182
    assert Event("2024-12-31", "a").position == pytest.approx(2024 + 365 / 366)
    with pytest.raises(ExhibitError, match="not a year or date"):
        _ = Event("spring", "a").position


def test_a_label_that_reaches_over_the_next_rule_stands_above_its_label():
    placed = stack_labels([2020, 2021], ["first", "second"], (2014, 2026), plot_width=240, room=(0, 200))
    # 20 pixels a year: "first" is wider than that
    assert placed.set_index("label")["top"].loc["first"] < placed.set_index("label")["top"].loc["second"]
    apart = stack_labels([2015, 2024], ["first", "second"], (2014, 2026), plot_width=240, room=(0, 200))
    assert apart["top"].nunique() == 1


def test_labels_keep_to_the_side_where_there_is_room():
    late = stack_labels([2025], ["a long label here"], (2014, 2026), plot_width=240, room=(0, 0))
    assert late["right"].to_list() == [True]


def test_the_room_that_labels_need_is_what_reaches_over_the_edge():
    # 100 pixels for 10 units: a label of 30 pixels at 8 ends at 110
    assert overrun([8.0, 1.0], [30, 30], (0, 10), 100) == pytest.approx(10)
    assert overrun([1.0], [30], (0, 10), 100) == 0
    assert overrun([], [], (0, 10), 100) == 0


def test_a_text_is_as_wide_as_its_longest_line():
    assert text_width("Estonia\nE") == text_width("Estonia")
    assert text_width("Estonia", 24) == pytest.approx(2 * text_width("Estonia", 12))
    # seven letters of about half an em at 12 pixels
    assert 35 < text_width("Estonia") < 46
