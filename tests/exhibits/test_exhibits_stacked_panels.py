"""Stacked bars in panels: every bar drawn or said to be missing, nothing outside the palette."""

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Reference, chart_stacked_panels
from baltic_calculus.exhibits.palette import colours_outside_palette

FRAME = pd.DataFrame(
    {
        "iso3": ["EST"] * 4 + ["LVA"] * 4,
        "year": [2024, 2024, 2025, 2025] * 2,
        "part": ["decided taxes", "decided borrowing"] * 4,
        "value": [1.0, 2.0, None, None, 3.0, 0.0, 1.5, 1.5],
        "flag": ["", "", "", "", "", "", "forecast", "forecast"],
    }
)


def draw(frame: pd.DataFrame = FRAME, **more: object) -> dict:
    return chart_stacked_panels(frame, y="value", part="part", unit="% of GDP", **more).to_dict(validate=False)


def texts(panel: dict) -> set[str]:
    return {
        layer["encoding"]["text"].get("value", "")
        for layer in panel["layer"]
        if "text" in layer.get("encoding", {}) and "value" in layer["encoding"]["text"]
    }


def test_a_bar_without_a_value_says_so() -> None:
    estonia, latvia = draw()["concat"]
    assert "no figure" in texts(estonia)
    assert "no figure" not in texts(latvia)


def test_the_grey_ground_is_named_once() -> None:
    estonia, latvia = draw(shaded=[2025], shade_label="clause ended")["concat"]
    assert "clause ended" in texts(estonia)
    assert "clause ended" not in texts(latvia)


def test_all_panels_have_one_scale_with_room_for_the_totals() -> None:
    spec = draw(references=[Reference(3, "line")])
    domains = [
        tuple(layer["encoding"]["y"]["scale"]["domain"])
        for panel in spec["concat"]
        for layer in panel["layer"]
        if "scale" in layer.get("encoding", {}).get("y", {})
    ]
    assert len(set(domains)) == 1
    assert domains[0][1] > 3


def test_nothing_known_is_still_a_chart() -> None:
    spec = draw(FRAME.assign(value=float("nan")))
    assert all("no figure" in texts(panel) for panel in spec["concat"])


def test_its_colours_are_those_of_the_palette() -> None:
    assert not colours_outside_palette(draw(references=[Reference(3, "line")], shaded=[2025], shade_label="ended"))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ExhibitError, match="value"):
        draw(FRAME.drop(columns="value"))
