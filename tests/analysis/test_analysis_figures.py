"""Rows of fact datasets as ranges with dates and confidence."""

import pandas as pd
import pytest

from baltic_calculus.analysis.figures import latest_figures, select_figures, sole_figure
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

NONE = float("nan")
COLUMNS = ["entity", "date", "indicator", "value", "low", "high", "confidence"]


def facts(*rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).assign(unit="troops", source="P001", note="", text="")


STRENGTHS = facts(
    ("LTU", "2026-02", "brigade", NONE, 1700.0, 1800.0, "medium"),
    ("LTU", "2022-06-28", "battlegroup", 1632.0, NONE, NONE, "high"),
    ("LVA", "2025-08-26", "brigade", 3000.0, NONE, NONE, "high"),
    ("LVA", "2026", "brigade", 5000.0, NONE, NONE, "low"),
)


def test_range_and_single_number_both_become_ends() -> None:
    rows = select_figures(STRENGTHS, {"brigade": "formation", "battlegroup": "formation"}, "scope")
    assert rows["low"].tolist() == [1632, 1700, 3000, 5000]
    assert rows["high"].tolist() == [1632, 1800, 3000, 5000]
    assert set(rows["scope"]) == {"formation"}


def test_renamed_indicator_is_reported() -> None:
    with pytest.raises(DataError, match="no indicator division"):
        select_figures(STRENGTHS, {"division": "formation"}, "scope")


def test_latest_does_not_let_low_confidence_displace_a_better_figure() -> None:
    rows = select_figures(STRENGTHS, {"brigade": "formation", "battlegroup": "formation"}, "scope")
    latest = latest_figures(rows, ["entity"]).set_index("entity")
    assert latest.loc["LTU", "date"] == "2026-02"
    assert latest.loc["LVA", "date"] == "2025-08-26"


def test_latest_keeps_low_confidence_where_there_is_nothing_else() -> None:
    rows = select_figures(STRENGTHS.iloc[[3]], {"brigade": "formation"}, "scope")
    assert latest_figures(rows, ["entity"])["low"].tolist() == [5000]


def test_sole_figure_wants_exactly_one_row() -> None:
    assert sole_figure(STRENGTHS, "brigade", "LTU") == Interval(1700, 1800)
    with pytest.raises(DataError, match="2 rows instead of one"):
        sole_figure(STRENGTHS, "brigade", "LVA")
    with pytest.raises(DataError, match="0 rows instead of one"):
        sole_figure(STRENGTHS, "brigade", "EST")
