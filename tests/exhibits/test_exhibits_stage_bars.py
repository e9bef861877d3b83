"""Steps from asked to paid: ranges as ranges, gaps as gaps."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_stage_bars, describe_stages

STAGES = ["asked", "paid"]
STEPS = pd.DataFrame(
    {
        "iso3": ["EST", "EST", "LTU", "LTU"],
        "stage": ["asked", "paid", "asked", "paid"],
        "low": [3.6, float("nan"), 5.0, 0.9563],
        "high": [3.6, float("nan"), 8.76, 0.9563],
        "note": ["", "", "", "pre-financing"],
    }
)


def draw(frame: pd.DataFrame = STEPS) -> dict[str, Any]:
    chart = chart_stage_bars(
        frame, row="iso3", stage="stage", low="low", high="high", unit="EUR bn", stages=STAGES, details={"Note": "note"}
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows_of(spec: dict[str, Any], mark: str) -> list[list[dict[str, Any]]]:
    """Data of each layer with this type of mark."""
    return [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"] if layer["mark"]["type"] == mark]


def test_only_known_amounts_have_bars_and_only_ranges_an_outlined_end() -> None:
    whole, ranges = rows_of(draw(), "bar")
    assert [(row["key"], row["stage"]) for row in whole] == [("EST", "asked"), ("LTU", "asked"), ("LTU", "paid")]
    assert [(row["low"], row["high"]) for row in ranges] == [(5.0, 8.76)]


def test_labels_print_the_decimals_of_the_source_up_to_two_and_say_gaps() -> None:
    labels = {row["label"] for rows in rows_of(draw(), "text") for row in rows}
    assert labels == {"asked: 3.6", "paid: not known", "asked: 5.00–8.76", "paid: 0.96"}


def test_nothing_known_is_refused() -> None:
    with pytest.raises(ExhibitError):
        draw(STEPS.assign(low=float("nan"), high=float("nan")))


def test_words_name_every_step() -> None:
    words = describe_stages(STEPS, row="iso3", stage="stage", low="low", high="high", unit="EUR bn")
    assert words == (
        "Bars of each step, in EUR bn. Estonia: asked 3.6, paid not known. Lithuania: asked 5.00–8.76, paid 0.96."
    )
