"""Milestones: the status follows from the rows, and silence is not delay."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.milestones import (
    DONE,
    DUE,
    DUE_ROW,
    EARLIER,
    LATE,
    MET_ROW,
    SILENT,
    STATUSES,
    compute_milestones,
)
from baltic_calculus.errors import DataError


def presence(*rows: tuple[str, str, str, str, str]) -> pd.DataFrame:
    """Rows ``host, date, indicator, date of the announcement, confidence``."""
    columns = ["entity", "date", "indicator", "text", "confidence"]
    return pd.DataFrame(list(rows), columns=columns).assign(note="")


ROWS = presence(
    ("LTU", "2027", f"{DUE_ROW}base", "2024-11", "high"),
    ("LTU", "2028Q1", f"{DUE_ROW}base", "2026-01", "medium"),
    ("LTU", "2026-07", f"{DUE_ROW}half", "2025-05", "high"),
    ("LVA", "2026", f"{DUE_ROW}ready", "2024", "high"),
    ("LVA", "2026Q1", f"{DUE_ROW}range", "2024", "high"),
    ("LVA", "2026-02-20", f"{MET_ROW}range", "2026-02-20", "low"),
)


def test_status_on_a_day() -> None:
    rows = compute_milestones(ROWS, "2026-11-21", ("LVA",))
    assert rows[["iso3", "milestone", "status"]].to_numpy().tolist() == [
        ["LVA", "range", DONE],
        ["LVA", "ready", DUE],  # the year 2026 ends after 21 November
        ["LTU", "half", SILENT],  # July 2026 has passed, and no report was found
        ["LTU", "base", EARLIER],
        ["LTU", "base", LATE],  # a later date was announced in place of 2027
    ]


def test_date_due_is_the_end_of_its_period_and_a_report_is_as_weak_as_its_rows() -> None:
    rows = compute_milestones(ROWS, "2026-11-21").set_index(["milestone", "status"])
    assert rows.at[("base", LATE), "when"] == pd.Timestamp("2028-03-31")
    assert rows.at[("ready", DUE), "when"] == pd.Timestamp("2026-12-31")
    assert rows.at[("range", DONE), "confidence"] == "low"
    assert rows.at[("base", LATE), "announced"] == "quarter 1 of 2028, announced January 2026"


def test_what_is_due_today_is_silent_a_year_later() -> None:
    rows = compute_milestones(ROWS, "2027-11-21").set_index("milestone")
    assert rows.at["ready", "status"] == SILENT


def test_a_date_brought_forward_is_not_late() -> None:
    rows = presence(("LVA", "2030", f"{DUE_ROW}x", "2024", "high"), ("LVA", "2029", f"{DUE_ROW}x", "2026", "high"))
    assert compute_milestones(rows, "2026-11-21")["status"].tolist() == [EARLIER, DUE]


def test_report_without_announcement_is_refused() -> None:
    with pytest.raises(DataError, match="never announced"):
        compute_milestones(presence(("LVA", "2026", f"{MET_ROW}x", "2026", "high")), "2026-11-21")


def test_every_mark_is_a_row_of_the_dataset() -> None:
    data = catalog.load("forward_presence")
    rows = compute_milestones(data, "2026-11-21")
    marks = {
        (row.iso3, f"{MET_ROW if row.status == DONE else DUE_ROW}{row.milestone}", row.date)
        for row in rows.itertuples()
    }
    assert marks <= set(zip(data["entity"], data["indicator"], data["date"], strict=True))
    assert set(rows["status"]) == set(STATUSES)
    dated = data[data["indicator"].str.startswith((DUE_ROW, MET_ROW))]
    assert dated["text"].str.fullmatch(r"\d{4}(-\d{2}){0,2}").all()
