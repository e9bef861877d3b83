"""Two values of a row, and rows that have only the earlier one."""

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.dumbbell import NOT_KNOWN, chart_dumbbell

NAN = float("nan")
LOANS = pd.DataFrame(
    {"iso3": ["FRA", "EST", "LVA", "CYP"], "first": [0.5, 6.4, 13.2, NAN], "last": [NAN, 5.6, 8.1, 1.0]}
)


def drawn(frame: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Rows of the chart's own data, by country."""
    spec = chart_dumbbell(
        frame, category="iso3", start="first", end="last", unit="% of GDP", start_label="then", end_label="now"
    ).to_dict()
    rows = [row for data in spec["datasets"].values() for row in data if "before" in row]
    return {row["key"]: row for row in rows}


def test_a_row_without_the_later_value_stays_and_says_so() -> None:
    rows = drawn(LOANS)
    assert (rows["FRA"]["start"], rows["FRA"]["end"], rows["FRA"]["after"]) == (0.5, None, NOT_KNOWN)
    assert list(rows) == ["LVA", "EST", "FRA"]  # by the later value, what has none last


def test_a_row_without_the_earlier_value_is_left_out() -> None:
    assert "CYP" not in drawn(LOANS)


def test_without_any_complete_row_there_is_nothing_to_draw() -> None:
    with pytest.raises(ExhibitError, match="nothing to draw"):
        drawn(LOANS.iloc[[0, 3]])
