"""A grid of counts: order of the ratings, strength, and blank cells."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_matrix

ROWS = pd.DataFrame([("low", "good", 0), ("high", "good", 2), ("low", "poor", 8), ("high", "poor", 4)])
ROWS.columns = ["impact", "quality", "number"]


def spec_of(frame: pd.DataFrame = ROWS) -> dict[str, Any]:
    chart = chart_matrix(
        frame,
        x="impact",
        y="quality",
        count="number",
        x_order=["low", "high"],
        y_order=["good", "poor"],
        unit="number",
        x_title="Impact",
        y_title="Quality",
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def test_ratings_stand_in_the_order_given() -> None:
    encoding = spec_of()["layer"][0]["encoding"]
    assert (encoding["x"]["sort"], encoding["y"]["sort"]) == (["Low", "High"], ["Good", "Poor"])


def test_the_larger_count_has_the_stronger_colour_and_none_is_blank() -> None:
    spec = spec_of()
    cells = spec["datasets"][spec["data"]["name"]]
    assert [cell["count"] for cell in sorted(cells, key=lambda cell: cell["strength"])] == [0, 2, 4, 8]
    assert spec["layer"][0]["encoding"]["fill"]["condition"]["test"] == "datum.count == 0"


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ExhibitError):
        spec_of(ROWS.head(0))
