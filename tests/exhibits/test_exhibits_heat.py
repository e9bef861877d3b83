"""A grid of signed numbers: sides of nothing, strength, and the order of the settings."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_heat

ROWS = pd.DataFrame(
    [(2.5, 3.0, 5.0), (2.5, 10.0, 10.0), (3.17, 3.0, -2.5), (3.17, 10.0, 0.02)], columns=["loan", "own", "saving"]
)


def spec_of(frame: pd.DataFrame = ROWS) -> dict[str, Any]:
    chart = chart_heat(
        frame, x="own", y="loan", value="saving", unit="% of the loan", x_title="Own", y_title="SAFE", decimals=1
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def cells_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = spec["datasets"][spec["data"]["name"]]
    return rows


def test_every_number_is_printed_with_its_sign_and_side() -> None:
    """What rounds to nothing counts as nothing."""
    printed = [(cell["label"], cell["side"]) for cell in cells_of(spec_of())]
    assert printed == [("+5.0", "above"), ("+10.0", "above"), ("\u22122.5", "below"), ("0", "nothing")]


def test_the_larger_number_has_the_stronger_colour() -> None:
    strengths = [cell["strength"] for cell in cells_of(spec_of())]
    assert max(strengths) == strengths[1]
    assert strengths[0] > strengths[2]


def test_settings_are_in_the_order_of_numbers_and_not_of_letters() -> None:
    encoding = spec_of()["layer"][0]["encoding"]
    assert encoding["x"]["sort"] == ["3", "10"]
    assert encoding["y"]["sort"] == ["2.50", "3.17"]


def test_nothing_to_draw_is_said() -> None:
    with pytest.raises(ExhibitError):
        spec_of(ROWS.assign(saving=float("nan")))
