"""Bars of parts in panels: where the parts begin, what is printed, what a pale part is."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_bar_panels

ROWS = pd.DataFrame(
    [
        ("EST", 2026, "interest", 10.0, ""),
        ("EST", 2026, "principal", 0.0, ""),
        ("EST", 2027, "interest", 8.0, ""),
        ("EST", 2027, "principal", 20.0, "forecast"),
        ("LVA", 2026, "interest", 50.0, ""),
        ("LVA", 2027, "principal", float("nan"), ""),
    ],
    columns=["iso3", "year", "part", "eur_m", "flag"],
)


def bars_of(place: int, frame: pd.DataFrame = ROWS) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    chart = chart_bar_panels(frame, y="eur_m", part="part", unit="EUR m", order=["interest", "principal"])
    spec: dict[str, Any] = chart.to_dict()
    layer = spec["concat"][place]["layer"][0]
    return spec, spec["datasets"][layer["data"]["name"]]


def test_parts_stand_on_one_another_and_parts_of_nothing_are_not_drawn() -> None:
    _, rows = bars_of(0)
    places = {(row["when"], row["kind"]): (row["start"], row["end"]) for row in rows}
    assert places == {("2026", "interest"): (0, 10), ("2027", "interest"): (0, 8), ("2027", "principal"): (8, 28)}


def test_a_part_that_is_not_final_is_pale() -> None:
    _, rows = bars_of(0)
    assert [row["kind"] for row in rows if row["weak"]] == ["principal"]


def test_the_highest_bar_of_each_panel_is_labelled_and_scales_are_common() -> None:
    spec, _ = bars_of(0)
    labels = [
        spec["datasets"][layer["data"]["name"]][0]["label"]
        for panel in spec["concat"]
        for layer in panel["layer"]
        if layer["mark"]["type"] == "text"
    ]
    assert sorted(set(labels)) == ["28 in 2027", "50 in 2026"]
    domains = [panel["layer"][0]["encoding"]["y"]["scale"]["domain"] for panel in spec["concat"]]
    assert domains[0] == domains[1]
    assert domains[0][1] > 50


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ExhibitError, match="eur_m"):
        bars_of(0, ROWS.drop(columns="eur_m"))


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ExhibitError):
        bars_of(0, ROWS.assign(eur_m=float("nan")))
