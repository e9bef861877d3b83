"""Fans: bands from the widest to the narrowest, two lines, rules, and the values beside the plot."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import Reference, chart_fan_panels, describe_fan_panels

FAN = pd.DataFrame(
    [
        ("EST", 2025, 24.0, 24.0, 24.0, 24.0, 24.0, 24.0),
        ("EST", 2026, 20.0, 22.0, 27.0, 29.0, 36.0, 27.5),
        ("LVA", 2025, 47.0, 47.0, 47.0, 47.0, 47.0, 47.0),
        ("LVA", 2026, 37.0, 44.0, 48.0, 50.0, 71.0, 48.0),
    ],
    columns=["iso3", "year", "p05", "p20", "p50", "p80", "p95", "still"],
)
BANDS = {"most paths": ("p05", "p95"), "many paths": ("p20", "p80")}
MIDDLE, LINE = ("the middle", "p50"), ("without shocks", "still")


def spec_of(frame: pd.DataFrame = FAN) -> dict[str, Any]:
    chart = chart_fan_panels(
        frame,
        bands=BANDS,
        middle=MIDDLE,
        line=LINE,
        unit="% of GDP",
        references=[Reference(60.0, "rule")],
        level="level of 2025",
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def layers_of(spec: dict[str, Any], place: int, mark: str) -> list[dict[str, Any]]:
    return [layer for layer in spec["concat"][place]["layer"] if layer["mark"]["type"] == mark]


def rows_of(spec: dict[str, Any], layer: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_the_widest_band_is_at_the_back() -> None:
    spec = spec_of()
    wide, narrow = (rows_of(spec, layer) for layer in layers_of(spec, 1, "area"))
    assert [(row["y"], row["high"]) for row in wide] == [(47, 47), (37, 71)]
    assert [(row["y"], row["high"]) for row in narrow] == [(47, 47), (44, 50)]


def test_the_path_without_shocks_is_dashed_and_the_middle_is_not() -> None:
    spec = spec_of()
    encoding = layers_of(spec, 0, "line")[0]["encoding"]
    assert encoding["strokeDash"]["scale"] == {"domain": ["the middle", "without shocks"], "range": [[1, 0], [5, 4]]}
    assert encoding["stroke"]["scale"]["domain"] == ["the middle", "without shocks"]


def test_rules_are_named_in_the_first_panel_alone() -> None:
    spec = spec_of()
    texts = [
        {row["label"] for layer in layers_of(spec, place, "text") for row in rows_of(spec, layer)} for place in (0, 1)
    ]
    assert {"rule 60", "level of 2025"} <= texts[0]
    assert texts[1] == {"71", "48", "37"}


def test_the_level_is_each_panel_s_own() -> None:
    spec = spec_of()
    dotted = [rows_of(spec, layers_of(spec, place, "rule")[1])[0]["y"] for place in (0, 1)]
    assert dotted == [24, 47]


def test_panels_share_one_scale_from_zero() -> None:
    spec = spec_of()
    domains = [layers_of(spec, place, "area")[0]["encoding"]["y"]["scale"]["domain"] for place in (0, 1)]
    assert domains[0] == domains[1]
    assert domains[0][0] == 0


def test_a_year_tells_its_ranges() -> None:
    spec = spec_of()
    row = rows_of(spec, layers_of(spec, 1, "circle")[0])[-1]
    assert (row["text_0"], row["text_1"], row["middle_text"], row["line_text"]) == ("37–71", "44–50", "48", "48")


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(ExhibitError, match="still"):
        spec_of(FAN.drop(columns="still"))


def test_a_fan_in_words() -> None:
    words = describe_fan_panels(FAN, bands=BANDS, middle=MIDDLE, line=LINE, unit="% of GDP")
    assert words.startswith("Fan charts in % of GDP, 2025 to 2026, with most paths, the middle and without shocks.")
    assert "Latvia: from 47 to 48 in the middle (without shocks 48), most paths 37–71." in words
