"""A map of towns: areas, labels that keep apart, gaps that are said, towns that must lie inside."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_place_map, describe_towns
from baltic_calculus.exhibits.place_map import LARGEST, LEAST

KINDS = ["producing", "announced"]
TOWNS = pd.DataFrame(
    {
        "town": ["Tallinn", "Ämari", "Baisogala"],
        "longitude": [24.8, 24.2, 23.7],
        "latitude": [59.4, 59.3, 55.6],
        "step": ["producing", "producing", "announced"],
        "low": [50.0, float("nan"), 180.0],
        "high": [50.0, float("nan"), 300.0],
        "said": ["open", "open", "plan"],
        "confidence": ["high", "low", "medium"],
    }
)


def draw(frame: pd.DataFrame = TOWNS) -> dict[str, Any]:
    chart = chart_place_map(
        catalog.load_geometry("baltic_region"),
        frame,
        place="town",
        kind="step",
        low="low",
        high="high",
        unit="EUR m",
        kinds=KINDS,
        subtitle="said",
        details={"Step": "said"},
        hosts=["EST", "LVA", "LTU"],
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def marks_of(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Rows of the layer of marks, by town."""
    layer = next(one for one in spec["layer"] if one["mark"]["type"] == "point")
    return {row["name"]: row for row in spec["datasets"][layer["data"]["name"]]}


def test_area_follows_the_upper_end_and_is_least_without_an_amount() -> None:
    marks = marks_of(draw())
    assert marks["Baisogala"]["area"] == LARGEST
    assert marks["Tallinn"]["area"] == pytest.approx(LARGEST * 50 / 300)
    assert marks["Ämari"]["area"] == LEAST


def test_marks_say_their_amount_or_that_none_is_public() -> None:
    marks = marks_of(draw())
    assert marks["Baisogala"]["label"] == "Baisogala: 180–300"
    assert marks["Ämari"]["label"] == "Ämari: not public"
    assert marks["Ämari"]["weak"]
    assert not marks["Baisogala"]["weak"]


def test_larger_marks_are_drawn_first() -> None:
    areas = [mark["area"] for mark in marks_of(draw()).values()]
    assert areas == sorted(areas, reverse=True)


def test_labels_of_near_towns_stand_on_different_sides() -> None:
    marks = marks_of(draw())
    assert marks["Ämari"]["left"]
    assert not marks["Tallinn"]["left"]


def test_labels_of_one_side_keep_apart() -> None:
    # a third town further east turns both labels to the left, where they would overlap
    east = TOWNS.iloc[[0]].assign(town="Kiviõli", longitude=27.0)
    marks = marks_of(draw(pd.concat([TOWNS, east], ignore_index=True)))
    assert marks["Tallinn"]["left"]
    assert marks["Ämari"]["shift"] > marks["Tallinn"]["shift"]


def test_towns_outside_the_picture_are_refused() -> None:
    with pytest.raises(ExhibitError, match="not on the map: Baisogala"):
        draw(TOWNS.assign(latitude=[59.4, 59.3, 45.0]))


def test_words_name_towns_and_gaps() -> None:
    words = describe_towns(TOWNS, place="town", kind="step", low="low", high="high", unit="EUR m")
    assert words == (
        "Map of 3 towns, in EUR m: Tallinn 50 (producing); Baisogala 180–300 (announced). "
        "Amount not public: Ämari (producing)."
    )
