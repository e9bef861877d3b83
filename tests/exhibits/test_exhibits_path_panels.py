"""Paths to a target: line, path, band and announcements of each panel, and what is hollow."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Reference, chart_path_panels

NONE = float("nan")
ROWS = pd.DataFrame(
    [
        ("EST", 2025, "figures", 3.9, NONE, NONE, "", ""),
        ("EST", 2026, "figures", 5.1, NONE, NONE, "", "estimate"),
        ("EST", 2026, "path", 5.1, NONE, NONE, "", ""),
        ("EST", 2035, "path", 3.5, NONE, NONE, "", ""),
        ("EST", 2026, "band", NONE, 5.1, 5.1, "", ""),
        ("EST", 2035, "band", NONE, 3.7, 5.2, "", ""),
        ("EST", 2026, "budget", 5.4, 5.4, 5.43, "adopted", "forecast"),
        ("EST", 2027, "floor", 5.0, 5.0, 5.0, "plan", "forecast"),
        ("LUX", 2026, "figures", 2.0, NONE, NONE, "", "estimate"),
    ],
    columns=["iso3", "year", "series", "share", "low", "high", "status", "flag"],
)


def spec_of(frame: pd.DataFrame = ROWS) -> dict[str, Any]:
    chart = chart_path_panels(
        frame,
        value="share",
        low="low",
        high="high",
        series="series",
        observed="figures",
        path="path",
        band="band",
        firm=["budget"],
        kinds=["budget", "plan", "floor"],
        unit="% of GDP",
        references=[Reference(3.5, "core")],
        details={"Status": "status"},
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def layers_of(spec: dict[str, Any], place: int, mark: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["concat"][place]["layer"] if layer["mark"]["type"] == mark]


def rows_of(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_figures_are_a_line_and_the_path_is_dashed() -> None:
    spec = spec_of()
    path, figures = layers_of(spec, 0, "line")
    assert "strokeDash" in path["mark"]
    assert "strokeDash" not in figures["mark"]
    assert [row["y"] for row in rows_of(spec, figures)] == [3.9, 5.1]


def test_the_band_reaches_from_low_to_high() -> None:
    spec = spec_of()
    area = layers_of(spec, 0, "area")[0]
    assert [(row["low"], row["high"]) for row in rows_of(spec, area)] == [(5.1, 5.1), (3.7, 5.2)]


def test_announcements_that_are_not_firm_are_hollow() -> None:
    spec = spec_of()
    marks = layers_of(spec, 0, "point")[0]
    assert {row["kind"]: row["weak"] for row in rows_of(spec, marks)} == {"budget": False, "floor": True}
    assert marks["encoding"]["fill"]["scale"]["domain"] == ["budget", "floor"]  # kinds without a mark have no key


def test_several_figures_for_a_year_have_a_bar() -> None:
    spec = spec_of()
    bars = [layer for layer in layers_of(spec, 0, "rule") if "y2" in layer["encoding"]]
    assert [(row["low"], row["high"]) for row in rows_of(spec, bars[0])] == [(5.4, 5.43)]


def test_a_panel_may_have_figures_only() -> None:
    spec = spec_of()
    assert spec["concat"][1]["title"]["text"] == ["Luxembourg"]
    assert not layers_of(spec, 1, "area")


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ExhibitError, match="unknown kind rumour"):
        spec_of(ROWS.replace("floor", "rumour"))
