"""What moves an outcome: bars from the central outcome, on one scale, with ranges in words and numbers at the ends."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_tornado

ROWS = pd.DataFrame(
    [
        ("EST", "defence", "% of GDP", 2.0, 5.125, 57.0, 36.0, 57.0, True),
        ("EST", "growth", "% a year", 0.8, 3.4, 57.0, 63.0, 53.0, False),
        ("LVA", "semi-elasticity", "", 0.3, 0.45, 60.0, 60.0, 60.2, False),
    ],
    columns=["iso3", "sign", "unit", "low", "high", "now", "at_low", "at_high", "choice"],
)


def spec_of(frame: pd.DataFrame = ROWS) -> dict[str, Any]:
    chart = chart_tornado(
        frame,
        row="sign",
        low="low",
        high="high",
        range_unit="unit",
        central="now",
        at_low="at_low",
        at_high="at_high",
        unit="% of GDP",
        bold="choice",
        central_label="held at plan",
        decimals=0,
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows_of(spec: dict[str, Any], place: int, mark: str) -> list[dict[str, Any]]:
    """Rows of all layers of one mark in a panel."""
    layers = [layer for layer in spec["concat"][place]["layer"] if layer["mark"]["type"] == mark]
    return [row for layer in layers for row in spec["datasets"][layer["data"]["name"]]]


def test_names_say_the_range_and_the_choices_stand_out() -> None:
    spec = spec_of()
    names = {row["name"] for row in rows_of(spec, 0, "text") if "name" in row}
    assert names == {"Defence 2.0\u20135.1% of GDP", "Growth 0.8\u20133.4% a year"}
    weights = {
        spec["datasets"][layer["data"]["name"]][0]["name"]: layer["mark"]["fontWeight"]
        for layer in spec["concat"][0]["layer"]
        if "name" in spec["datasets"][layer["data"]["name"]][0] and layer["mark"]["type"] == "text"
    }
    assert weights["Defence 2.0\u20135.1% of GDP"] == 600
    assert weights["Growth 0.8\u20133.4% a year"] == "normal"


def test_small_ranges_keep_two_decimals() -> None:
    assert "Semi-elasticity 0.30\u20130.45" in {row.get("name") for row in rows_of(spec_of(), 1, "text")}


def test_titles_say_the_scenario_and_its_outcome() -> None:
    titles = [" ".join(panel["title"]["text"]) for panel in spec_of()["concat"]]
    assert titles == ["Estonia: 57% of GDP, held at plan", "Latvia: 60% of GDP, held at plan"]


def test_an_end_that_prints_as_the_central_outcome_has_no_bar() -> None:
    spec = spec_of()
    assert [(row["outcome"], row["end"]) for row in rows_of(spec, 0, "bar")] == [
        (36.0, "Low end of the range"),
        (63.0, "Low end of the range"),
        (53.0, "High end of the range"),
    ]
    assert rows_of(spec, 1, "bar") == []


def test_all_panels_have_one_scale_around_their_own_outcome() -> None:
    domains = []
    for panel in spec_of()["concat"]:
        bars = [layer for layer in panel["layer"] if layer["mark"]["type"] == "bar"]
        domains.append(bars[0]["encoding"]["x"]["scale"]["domain"])
    (low, high), (other_low, other_high) = domains
    assert other_low - low == pytest.approx(3)  # 60 - 57
    assert other_high - high == pytest.approx(3)
    assert low < 36
    assert high > 63


def test_a_panel_with_two_central_outcomes_is_refused() -> None:
    with pytest.raises(ExhibitError, match="several central outcomes"):
        spec_of(ROWS.assign(now=[57.0, 58.0, 60.0]))
