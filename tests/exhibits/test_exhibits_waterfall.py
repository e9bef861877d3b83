"""From one total to another: bars that touch, one scale, and a sum that is checked."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_waterfall, describe_waterfall

FRAME = pd.DataFrame(
    [
        ("EST", "defence", 2.0, 40.0, 41.0, ""),
        ("EST", "health", -1.0, 40.0, 41.0, ""),
        ("LVA", "defence", 1.0, 30.0, 31.5, "estimate"),
        ("LVA", "health", 0.5, 30.0, 31.5, "estimate"),
    ],
    columns=["iso3", "function", "change", "first", "last", "flag"],
)
COLUMNS = {"step": "function", "value": "change", "start": "first", "end": "last"}


def spec_of(frame: pd.DataFrame = FRAME) -> dict[str, Any]:
    chart = chart_waterfall(
        frame, **COLUMNS, start_label="all, 2014", end_label="all, 2024", unit="points", bold=["defence"], decimals=1
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def layer_of(spec: dict[str, Any], place: int, mark: str) -> dict[str, Any]:
    return next(layer for layer in spec["concat"][place]["layer"] if layer["mark"]["type"] == mark)


def test_each_bar_begins_where_the_one_before_ends() -> None:
    spec = spec_of()
    bars = spec["datasets"][layer_of(spec, 0, "rect")["data"]["name"]]
    # 40 + 2 = 42; 42 - 1 = 41
    assert [(bar["low"], bar["high"], bar["after"]) for bar in bars] == [(40, 42, 42), (41, 42, 41)]


def test_panels_have_scales_of_one_length() -> None:
    spec = spec_of()
    domains = [layer_of(spec, place, "rect")["encoding"]["x"]["scale"]["domain"] for place in (0, 1)]
    lengths = [high - low for low, high in domains]
    assert lengths[0] == pytest.approx(lengths[1])
    assert domains[0][0] > domains[1][1]  # each at its own level


def test_steps_that_do_not_lead_to_the_last_total_are_refused() -> None:
    with pytest.raises(ExhibitError, match="EST"):
        spec_of(FRAME.assign(last=[41.2, 41.2, 31.5, 31.5]))


def test_the_words_tell_both_totals_and_the_largest_steps() -> None:
    text = describe_waterfall(FRAME, **COLUMNS, unit="points", decimals=1)
    assert "Estonia: 40.0 to 41.0; most: defence +2.0 and health −1.0." in text
    assert "Latvia: 30.0 to 31.5; most: defence +1.0." in text
