"""Panels, dots and steps of published numbers: ranges as ranges, gaps as gaps, unlike things apart."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import (
    Band,
    Event,
    Fan,
    chart_dots,
    chart_range_panels,
    chart_steps,
    describe_numbers,
    put_in_words,
)
from baltic_calculus.exhibits.dots import log_axis, log_domain

NONE = float("nan")
STRENGTHS = pd.DataFrame(
    {
        "iso3": ["LTU", "LTU", "LVA", "FIN"],
        "when": pd.to_datetime(["2022-06-28", "2026-02-15", "2022-06-28", None]),
        "low": [1632.0, 1700.0, 1887.0, NONE],
        "high": [1632.0, 1800.0, 1887.0, NONE],
        "scope": ["formation", "formation", "formation", ""],
        "date": ["2022-06-28", "2026-02", "2022-06-28", ""],
        "confidence": ["high", "low", "high", ""],
    }
)
HORIZON = pd.DataFrame(
    {
        "kind": ["promised", "promised", "beside", "beside"],
        "label": ["tier 1", "tier 2", "move", "need"],
        "day_low": [10.0, 30.0, 3.0, 1.5],
        "day_high": [10.0, 30.0, 3.0, 2.5],
        "low": [100000.0, 300000.0, 1000.0, 21000.0],
        "high": [100000.0, 300000.0, 1000.0, 35000.0],
        "confidence": ["medium", "low", "high", "medium"],
    }
)


def panels(frame: pd.DataFrame = STRENGTHS, **settings: Any) -> dict[str, Any]:
    chart = chart_range_panels(
        frame,
        panel="iso3",
        x="when",
        low="low",
        high="high",
        kind="scope",
        unit="troops",
        details={"Date": "date"},
        years=(2017, 2027),
        **settings,
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def marks_of(view: dict[str, Any], spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    layers = [layer for layer in view["layer"] if layer["mark"]["type"] == mark]
    # Altair moves data that all layers share up to the view.
    return [row for layer in layers for row in spec["datasets"][layer.get("data", view.get("data"))["name"]]]


def panel(spec: dict[str, Any], title: str) -> dict[str, Any]:
    return next(view for view in spec["concat"] if title in str(view["title"]["text"]))


def test_range_has_marks_at_both_ends_and_a_bar_between() -> None:
    spec = panels()
    lithuania = panel(spec, "Lithuania")
    assert sorted(row["low"] for row in marks_of(lithuania, spec, "point")) == [1632, 1700, 1800]
    assert [(row["low"], row["high"]) for row in marks_of(lithuania, spec, "rule")] == [(1700, 1800)]


def test_numbers_are_not_joined() -> None:
    spec = panels()
    types = {layer["mark"]["type"] for view in spec["concat"] for layer in view["layer"]}
    assert "line" not in types


def words(view: dict[str, Any], spec: dict[str, Any]) -> set[str]:
    return {row["label"] for row in marks_of(view, spec, "text")}


def test_panel_without_a_number_says_not_public() -> None:
    spec = panels()
    assert words(panel(spec, "Finland"), spec) == {"not public"}


def test_panel_that_falls_silent_says_since_when() -> None:
    spec = panels()
    assert "no figure after 2022" in words(panel(spec, "Latvia"), spec)
    assert not any(word.startswith("no figure") for word in words(panel(spec, "Lithuania"), spec))


def test_newest_number_printed_is_not_of_low_confidence() -> None:
    spec = panels()
    assert "1,632" in words(panel(spec, "Lithuania"), spec)  # the range of 2026 is weak


def test_band_is_named_once() -> None:
    spec = panels(band=Band(3000, 5000, "size of a brigade"))
    named = [view for view in spec["concat"] if "size of a brigade" in words(view, spec)]
    assert len(named) == 1


def test_panels_of_unlike_things_have_their_own_axes() -> None:
    frame = STRENGTHS.dropna().assign(low=[4.0, 21.0, 150.0], high=[4.0, 21.0, 150.0])
    ends = [
        next(layer for layer in view["layer"] if layer["mark"]["type"] == "point")["encoding"]["y"]["scale"]["domain"][
            1
        ]
        for view in panels(frame, shared=False)["concat"]
    ]
    assert ends[0] < 30 < 150 < ends[1]


def dots(frame: pd.DataFrame) -> dict[str, Any]:
    spec: dict[str, Any] = chart_dots(
        frame, row="iso3", low="low", high="high", kind="scope", unit="persons", details={"Date": "date"}
    ).to_dict()
    return spec


def test_dots_are_one_mark_for_each_published_number_on_a_logarithmic_scale() -> None:
    spec = dots(STRENGTHS.dropna())
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    assert layer["encoding"]["x"]["scale"]["type"] == "log"
    assert [row["value"] for row in spec["datasets"][layer["data"]["name"]]] == [1632, 1700, 1800, 1887]
    assert "logarithmic" in str(spec["title"])


def test_range_is_two_marks_of_one_confidence_joined_by_a_line() -> None:
    spec = dots(STRENGTHS.dropna())
    marks = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    joints = next(layer for layer in spec["layer"] if "x2" in layer["encoding"])
    rows = spec["datasets"][marks["data"]["name"]]
    assert [row["weak"] for row in rows] == [False, True, True, False]
    assert [(row["value"], row["end"]) for row in spec["datasets"][joints["data"]["name"]]] == [(1700, 1800)]
    assert len({row["lane"] for row in rows if row["weak"]}) == 1


def test_rows_without_a_number_are_left_out_of_the_dots() -> None:
    assert dots(STRENGTHS)["datasets"] == dots(STRENGTHS.dropna())["datasets"]


def test_missing_range_is_told_in_the_words_given() -> None:
    told = put_in_words(STRENGTHS, ranges={"number": ("low", "high", 0)}, missing="no border")
    assert told["number"].tolist()[-1] == "no border"


def test_number_that_a_logarithm_cannot_show_is_refused() -> None:
    with pytest.raises(ExhibitError, match="not above zero"):
        dots(STRENGTHS.dropna().assign(low=0.0))


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([100.0, 1000.0], [100, 200, 500, 1000]),
        ([5000.0, 900000.0], [5000, 10000, 50000, 100000, 500000, 1000000]),
        ([1.0, 1000000.0], [1, 10, 100, 1000, 10000, 100000, 1000000]),
    ],
)
def test_logarithmic_ticks_are_round_and_few(values: list[float], ticks: list[int]) -> None:
    assert log_axis(pd.Series(values)).to_dict()["values"] == ticks
    low, high = log_domain(pd.Series(values))
    assert low < min(values) < max(values) < high


def steps(frame: pd.DataFrame, **more: Any) -> dict[str, Any]:
    chart = chart_steps(
        frame,
        kind="kind",
        step="promised",
        day_low="day_low",
        day_high="day_high",
        low="low",
        high="high",
        label="label",
        unit="troops",
        **more,
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


FAN = Fan(
    pd.DataFrame(
        {"day": [0, 1, 2, 40], "low": [0.0, 0, 500, 9000], "middle": [0.0, 0, 3000, 60000], "high": [0.0, 9, 9000, 2e5]}
    ),
    "day",
    {"most draws": ("low", "high")},
    ("middle of the draws", "middle"),
)


def test_a_fan_lies_behind_the_steps_and_is_cut_where_the_axes_end() -> None:
    spec = steps(HORIZON, fan=FAN, events=[Event(35, "an army")])
    # the axis of days begins at 0.8 x 1.5 = 1.2, that of numbers at 1,000 / 4 = 250: days 0 and 1 lie outside
    assert [(row["day"], row["number"], row["up"]) for row in marks_of(spec, spec, "area")] == [
        (2, 500, 9000),
        (40, 9000, 200000),
    ]
    assert [(row["day"], row["number"]) for row in marks_of(spec, spec, "line")] == [(2, 3000), (40, 60000)]
    rules = marks_of(spec, spec, "rule")
    assert [row["day"] for row in rules if row.get("label") == "an army"] == [35]
    # the last step runs on to the last day of the fan
    assert max(row["until"] for row in rules if "until" in row) == 40


def test_a_fan_is_put_into_words() -> None:
    assert FAN.say([2, 40, 90], "troops").replace("\xa0", " ") == (
        "Fan of middle of the draws, and of most draws in brackets: "
        "by day 2: 3,000 troops (500–9,000); by day 40: 60,000 troops (9,000–200,000)."
    )


def test_steps_rise_at_their_deadlines_and_promise_nothing_before_the_first() -> None:
    spec = steps(HORIZON)
    lines = marks_of(spec, spec, "rule")
    risers = [(row["day"], row["up"], row["number"]) for row in lines if row["day"] == row["until"]]
    treads = [(row["day"], row["until"], row["number"]) for row in lines if row["day"] != row["until"]]
    assert risers == [(30, 100000, 300000)]
    assert treads == [(10, 30, 100000), (30, 60, 300000)]  # the last runs on to twice the last day


def test_steps_of_low_confidence_are_marked() -> None:
    spec = steps(HORIZON)
    assert {(row["day"], row["weak"]) for row in marks_of(spec, spec, "rule")} == {(10, False), (30, True)}


def test_range_beside_the_steps_is_a_box_and_a_single_number_a_point() -> None:
    spec = steps(HORIZON)
    assert [(row["day"], row["until"], row["number"], row["up"]) for row in marks_of(spec, spec, "rect")] == [
        (1.5, 2.5, 21000, 35000)
    ]
    assert 1000 in [row["number"] for row in marks_of(spec, spec, "point")]


def test_steps_without_a_step_are_refused() -> None:
    with pytest.raises(ExhibitError, match="no row whose kind is 'promised'"):
        steps(HORIZON[HORIZON["kind"] == "beside"])


def test_words_print_ranges_dates_and_gaps() -> None:
    told = put_in_words(STRENGTHS.assign(unit="troops"), ranges={"n": ("low", "high", 0)}, dates=["date"], units="unit")
    assert told["n"].tolist() == ["1,632 troops", "1,700–1,800 troops", "1,887 troops", "not public"]
    assert told["date"].tolist() == ["28 June 2022", "February 2026", "28 June 2022", ""]
    assert "n" not in STRENGTHS


def test_text_names_every_number_with_its_date_and_what_is_not_public() -> None:
    columns = {"row": "iso3", "kind": "scope", "low": "low", "high": "high", "date": "date"}
    text = describe_numbers(STRENGTHS, form="Points", **columns, unit="troops")
    assert text == (
        "Points, in troops. Lithuania: formation 1,632 (28 June 2022); formation 1,700–1,800 (February 2026). "
        "Latvia: formation 1,887 (28 June 2022). Not public: Finland."
    )


def test_of_many_numbers_only_the_ends_of_the_main_kind_are_told():
    many = pd.concat([STRENGTHS, *[STRENGTHS[:1].assign(scope="other")] * 16], ignore_index=True)
    columns = {"row": "iso3", "kind": "scope", "low": "low", "high": "high", "date": "date"}
    assert describe_numbers(many, form="Points", **columns, unit="troops") == (
        "Points, in troops: 19 numbers. Of these, formation: Lithuania 1,632 (28 June 2022) to 1,700–1,800 "
        "(February 2026); Latvia 1,887 (28 June 2022). Not public: Finland."
    )


def test_ranges_without_decimals_of_their_own_print_those_of_the_source():
    rates = pd.DataFrame({"low": [3.17, 2.0, 1.5], "high": [3.17, 2.0, 2.25], "unit": ["%", "%", "years"]})
    told = put_in_words(rates, ranges={"stated": ("low", "high", None)}, units="unit")
    assert told["stated"].to_list() == ["3.17%", "2%", "1.50–2.25 years"]


def test_lists_of_codes_are_printed_as_names() -> None:
    told = put_in_words(pd.DataFrame({"who": ["EST;LVA", ""]}), ranges={}, lists=["who"])
    assert told["who"].tolist() == ["Estonia, Latvia", ""]


def test_words_of_low_confidence_say_so() -> None:
    frame = pd.DataFrame({"state": ["planned", "begun"], "confidence": ["low", "high"]})
    assert put_in_words(frame, ranges={}, doubted=["state"])["state"].tolist() == ["planned (low)", "begun"]
