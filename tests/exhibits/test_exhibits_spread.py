"""Several sources of one number in a row: a mark each, hollow where announced, the spread beside."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_spread, describe_spread, format_signed

NONE = float("nan")
SHARES = pd.DataFrame(
    {
        "row": ["Estonia, 2025", "Estonia, 2025", "Latvia, 2025", "Latvia, 2026"],
        "definition": ["NATO", "accounts", "NATO", "accounts"],
        "share_gdp_pct": [3.93, 4.2, 3.67, NONE],
        "flag": ["estimate", "", "estimate", ""],
        "points": [0.27, 0.27, NONE, NONE],
    }
)


def spread(frame: pd.DataFrame = SHARES, **settings: Any) -> dict[str, Any]:
    chart = chart_spread(
        frame, row="row", value="share_gdp_pct", kind="definition", unit="% of GDP", beside="points", **settings
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows_of(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Data of the first layer with this mark."""
    layer = next(layer for layer in spec["layer"] if layer["mark"]["type"] == mark)
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_a_source_without_a_value_has_no_mark() -> None:
    marks = rows_of(spread(), "point")
    assert [(mark["name"], mark["value"]) for mark in marks] == [
        ("Estonia, 2025", 3.93),
        ("Estonia, 2025", 4.2),
        ("Latvia, 2025", 3.67),
    ]


def test_estimates_are_hollow() -> None:
    assert [mark["weak"] for mark in rows_of(spread(), "point")] == [True, False, True]


def test_the_line_reaches_from_the_lowest_to_the_highest() -> None:
    first = rows_of(spread(), "rule")[0]
    assert (first["value"], first["high"]) == (3.93, 4.2)


def test_points_stand_beside_the_rows_that_have_them() -> None:
    assert [row["label"] for row in rows_of(spread(), "text")] == ["0.27 points"]
    assert [row["label"] for row in rows_of(spread(print_beside=format_signed, beside_decimals=1), "text")] == [
        "+0.3 points"
    ]


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(ExhibitError, match="unknown kind accounts"):
        spread(kinds=["NATO"])


def test_words_name_the_rows_that_are_furthest_apart() -> None:
    words = describe_spread(SHARES, row="row", value="share_gdp_pct", kind="definition", unit="% of GDP")
    assert words == (
        "Rows of marks in % of GDP, 2 rows with one mark for each source. "
        "Furthest apart: Estonia, 2025 from 3.93 (NATO) to 4.20 (accounts). Of 3 values, 2 are estimates."
    )


def test_words_say_when_there_is_nothing_to_compare() -> None:
    alone = SHARES[SHARES["row"] == "Latvia, 2025"]
    words = describe_spread(alone, row="row", value="share_gdp_pct", kind="definition", unit="% of GDP")
    assert "No row has more than one mark." in words
