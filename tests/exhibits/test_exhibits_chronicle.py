"""Chronicles: every event drawn once, room in proportion to the events, words from the register."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Event, chart_chronicle, describe_lanes, events_of
from baltic_calculus.exhibits.chronicle import Stretch
from baltic_calculus.exhibits.narrow import narrow_spec

KINDS = ("read", "not verified")
EVENTS = pd.DataFrame(
    {
        "lane": ["air", "land", "air", "air"],
        "starts": [2004.25, 2024.0, 2025.5, 2026.0],
        "ends": [2004.25, 2025.0, 2025.5, 2026.25],
        "evidence": ["not verified", "read", "read", "read"],
        "confidence": ["low", "medium", "medium", "medium"],
        "dated": ["April 2004", "2024", "July 2025", "2026, quarter 1"],
    }
)


def draw(**changes: Any) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "row": "lane",
        "start": "starts",
        "end": "ends",
        "kind": "evidence",
        "kinds": KINDS,
        "details": {"Date": "dated"},
        "order": ["land", "air"],
        "since": 2024,
        "label": "Lane",
    }
    spec: dict[str, Any] = chart_chronicle(EVENTS, **(settings | changes)).to_dict()
    return spec


def test_every_event_is_drawn_with_its_evidence_and_the_span_of_its_date() -> None:
    spec = draw()
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == "point")
    rows = spec["datasets"][layer["data"]["name"]]
    assert [(row["name"], row["kind"], row["weak"]) for row in rows] == [
        ("Air", "not verified", True),
        ("Land", "read", False),
        ("Air", "read", False),
        ("Air", "read", False),
    ]
    # 2024 as a whole is a bar of one year, with the mark in the middle
    assert (rows[1]["left"], rows[1]["x"], rows[1]["right"]) == (0, 0.5, 1)


def test_a_choice_of_lane_brings_its_years() -> None:
    presets = draw()["usermeta"]["controls"]["presets"]
    assert presets == {
        "all": {"from_year": 2004, "to_year": 2026},
        "Land": {"from_year": 2024, "to_year": 2024},
        "Air": {"from_year": 2004, "to_year": 2026},
    }


def test_each_part_of_the_axis_has_room_for_its_events() -> None:
    # 1 event in 20 years, 3 in 3: an early year has a twentieth of the room of a late one
    stretch = Stretch.of(EVENTS["starts"], 2024)
    assert stretch == Stretch(2004, 2024, 2027, 0.05)
    assert (stretch.place(2004), stretch.place(2027)) == (-1, 3)
    assert Stretch.of(EVENTS["starts"], 2004).share == 1


@given(st.floats(2004, 2027), st.floats(2004, 2027))
def test_the_axis_keeps_the_order_of_time(one: float, other: float) -> None:
    stretch = Stretch(2004, 2024, 2027, 0.05)
    if one < other:
        assert stretch.place(one) <= stretch.place(other)


def test_a_phone_keeps_the_years_to_the_chart() -> None:
    axes = [
        layer["encoding"]["x"]["axis"]
        for layer in narrow_spec(draw())["layer"]
        if "axis" in layer.get("encoding", {}).get("x", {})
    ]
    assert axes
    assert all("expr" in axis["values"] and "tickCount" not in axis for axis in axes)


def test_words_say_how_many_in_each_lane() -> None:
    assert describe_lanes(EVENTS, row="lane", date="dated") == (
        "Timeline of 4 events, April 2004 to 2026, quarter 1, in lanes: air 3, land 1."
    )


def test_annotations_take_date_and_words_from_the_register() -> None:
    timeline = pd.DataFrame(
        {"key": ["summit", "loan"], "date": ["2014-09-05", "2008-12"], "label": ["Wales summit", None]}
    )
    assert events_of(timeline, ["summit"]) == [Event("2014-09-05", "Wales summit")]
    for missing in ("loan", "treaty"):
        with pytest.raises(ExhibitError, match=f"no event with a label: {missing}"):
            events_of(timeline, [missing])


def test_the_register_has_few_words_for_what_charts_show() -> None:
    events = events_of(catalog.load("timeline"), ["wales-summit", "full-scale-invasion"])
    assert [event.label for event in events] == ["Wales summit", "full-scale invasion of Ukraine"]
    # 5 September is day 248 of 2014, 24 February day 55 of 2022
    assert [event.position for event in events] == pytest.approx([2014 + 247 / 365, 2022 + 54 / 365])


def test_the_register_and_the_policy_agree_on_the_days_that_split_the_periods() -> None:
    years, timeline = catalog.policy("reference_years"), catalog.load("timeline").set_index("key")["date"]
    assert str(years.wales_summit.valid_from) == timeline["wales-summit"]
    assert str(years.before_invasion.valid_from) == timeline["full-scale-invasion"]
