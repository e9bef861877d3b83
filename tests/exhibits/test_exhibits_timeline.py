"""Timelines: every event drawn once, with the shape of its published attribution."""

from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Event, chart_timeline, describe_events
from baltic_calculus.exhibits.kind import SHAPES
from baltic_calculus.exhibits.lane import stack_lanes

KINDS = ("established", "suspected", "found accidental")
EVENTS = pd.DataFrame(
    {
        "kind": ["Cables", "Cables", "Airspace"],
        "attribution": ["suspected", "found accidental", "established"],
        "when": pd.to_datetime(["2025-01-10", "2025-01-26", "2025-09-19"]),
        "date": ["2025-01-10", "2025-01-26", "2025-09-19"],
        "confidence": ["low", "high", "high"],
    }
)
SPANS = pd.DataFrame(
    {
        "who": ["Minister", "Service"],
        "clock": ["from publication", "calendar year"],
        "opens": [2029.0, 2030.0],
        "closes": [2033.0, 2031.0],
        "issued": pd.to_datetime(["2024-07-01", "2025-05-15"]),
    }
)


def draw(frame: pd.DataFrame = EVENTS, **settings: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {"row": "kind", "start": "when", "kind": "attribution", "kinds": KINDS}
    chart = chart_timeline(frame, **{**defaults, **settings}, details={"Date": "date"}, unit="incidents")
    spec: dict[str, Any] = chart.to_dict()
    return spec


def layer_of(spec: dict[str, Any], mark: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == mark)
    return layer, spec["datasets"][layer["data"]["name"]]


def test_every_event_is_drawn_with_its_attribution() -> None:
    _, rows = layer_of(draw(), "point")
    assert [(row["name"], row["kind"]) for row in rows] == [
        ("Cables", "suspected"),
        ("Cables", "found accidental"),
        ("Airspace", "established"),
    ]


def test_rows_are_as_high_as_asked() -> None:
    assert draw(step=26)["height"] == 2 * 26


def test_shape_of_a_kind_does_not_depend_on_which_others_occur() -> None:
    both, one = draw(), draw(EVENTS.iloc[[0]])
    for spec in (both, one):
        scale = layer_of(spec, "point")[0]["encoding"]["shape"]["scale"]
        assert dict(zip(scale["domain"], scale["range"], strict=True)) == dict(zip(KINDS, SHAPES, strict=False))


def test_low_confidence_is_marked() -> None:
    _, rows = layer_of(draw(), "point")
    assert [row["weak"] for row in rows] == [True, False, False]


def test_attribution_outside_the_list_is_refused() -> None:
    with pytest.raises(ExhibitError, match="unknown kind proven"):
        draw(EVENTS.replace("suspected", "proven"))


def test_more_kinds_than_shapes_are_refused() -> None:
    with pytest.raises(ExhibitError, match="only 6 shapes"):
        draw(EVENTS, kinds=[*KINDS, "a", "b", "c", "d"])


def test_rows_without_an_event_stay() -> None:
    _, rows = layer_of(draw(order=["Pipelines", "Cables", "Airspace"]), "rule")
    assert [row["name"] for row in rows] == ["Pipelines", "Cables", "Airspace"]


def test_headings_have_no_line() -> None:
    _, rows = layer_of(draw(order=["At sea", "Cables", "Airspace"], headings=["At sea"]), "rule")
    assert [(row["name"], row["shown"]) for row in rows] == [("At sea", 0), ("Cables", 1), ("Airspace", 1)]


def test_span_is_a_bar_with_a_tick_at_its_issue() -> None:
    chart = chart_timeline(
        SPANS,
        row="who",
        start="opens",
        end="closes",
        issued="issued",
        kind="clock",
        details={"Issuer": "who"},
        unit="calendar years",
        events=[Event(2028, "due")],
    )
    spec = chart.to_dict()
    bars, rows = layer_of(spec, "bar")
    assert [(row["start"], row["end"]) for row in rows] == [(2029, 2033), (2030, 2031)]
    # the axis runs from the year of the first issue to the end of the last span
    assert bars["encoding"]["x"]["scale"]["domain"] == [2024, 2033]
    assert layer_of(spec, "tick")[1] == rows


def test_a_span_without_a_date_is_not_drawn_and_says_so() -> None:
    unknown = SPANS.assign(opens=[2029.0, float("nan")], closes=[2033.0, float("nan")])
    chart = chart_timeline(
        unknown, row="who", start="opens", end="closes", kind="clock", details={"Issuer": "who"}, unit="calendar years"
    )
    spec = chart.to_dict()
    assert [row["name"] for row in layer_of(spec, "bar")[1]] == ["Minister"]
    words, rows = layer_of(spec, "text")
    assert (words["mark"]["text"], [row["name"] for row in rows]) == ("not public", ["Service"])


def test_text_counts_events_by_row_and_kind() -> None:
    text = describe_events(EVENTS, row="kind", kind="attribution", start="date", kinds=KINDS)
    assert text == (
        "Timeline of 3 events from 10 January 2025 to 19 September 2025. Cables: 1 suspected and 1 found accidental. "
        "Airspace: 1 established."
    )


def test_lanes_alternate_around_the_row() -> None:
    assert stack_lanes([1.0, 1.1, 1.2, 1.3], 1) == [0, 1, -1, 2]
    assert stack_lanes([1.0, 3.0, 1.1], 1) == [0, 0, 1]


@given(st.lists(st.floats(0, 10), max_size=12), st.floats(0.01, 5))
def test_marks_of_one_lane_never_overlap(places: list[float], distance: float) -> None:
    lanes = stack_lanes(places, distance)
    for lane in set(lanes):
        own = sorted(place for place, its in zip(places, lanes, strict=True) if its == lane)
        assert all(after - before >= distance for before, after in pairwise(own))
