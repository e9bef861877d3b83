"""Dated steps of the allied build-up: announced, reported as reached, put off, or passed without a report."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from baltic_calculus.analysis.dates import date_middle, date_span, name_date
from baltic_calculus.analysis.promises import weakest
from baltic_calculus.errors import DataError

DUE_ROW, MET_ROW = "milestone due: ", "milestone met: "
DONE = "done, as reported"
DUE = "due"
LATE = "late: newer date announced"
EARLIER = "earlier date, given up"
SILENT = "date passed, no outturn found"
STATUSES = (DONE, DUE, LATE, EARLIER, SILENT)


def compute_milestones(presence: pd.DataFrame, as_of: str, first: Sequence[str] = ()) -> pd.DataFrame:
    """Every announced date of the build-up with its status on a day.

    The status follows from the rows alone: reported as reached; due; late where a later date was announced in place of
    an earlier one; or passed, where no report of the outturn was found. Silence is not taken for delay.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset. Rows whose indicator begins with "milestone due: " hold the date due in ``date``
        and the date of its announcement in ``text``; those with "milestone met: " the date on which it was reported
        as reached.
    as_of : str
        Day of the status, ISO.
    first : sequence of str
        Hosts to list first.

    Returns
    -------
    DataFrame
        One row for each mark: ``iso3, milestone, date, dated`` (in words), ``when`` (end of the period of a date due,
        middle of that of a report), ``status, announced`` (in words), ``met`` (in words, empty where not reported),
        ``confidence, note``; by host, then by the newest date of the milestone.

    Raises
    ------
    DataError
        When a milestone was reported that was never announced.
    """
    names = presence["indicator"].astype(str)
    named = presence.assign(milestone=names.str.removeprefix(DUE_ROW).str.removeprefix(MET_ROW))
    due, met = (named[names.str.startswith(prefix)] for prefix in (DUE_ROW, MET_ROW))
    stray = sorted(set(met["milestone"]) - set(due["milestone"]))
    if stray:
        raise DataError(
            f"reported but never announced: {', '.join(stray)}",
            where="forward_presence",
            remedy="add the row that announces it, or correct its name",
        )
    marks = []
    hosts = list(dict.fromkeys(due["entity"]))
    order = [*(code for code in first if code in hosts), *(code for code in hosts if code not in first)]
    for host in order:
        own = due[due["entity"] == host]
        groups = [
            _marks(announced, met[met["milestone"] == name], pd.Timestamp(as_of))
            for name, announced in own.groupby("milestone", sort=False)
        ]
        marks += [mark for group in sorted(groups, key=lambda group: group[-1]["when"]) for mark in group]
    columns = ["iso3", "milestone", "date", "dated", "when", "status", "announced", "met", "confidence", "note"]
    return pd.DataFrame(marks, columns=columns)


def _marks(announced: pd.DataFrame, met: pd.DataFrame, as_of: pd.Timestamp) -> list[dict[str, Any]]:
    """Marks of one milestone, the newest last."""
    dates = announced.assign(end=[_deadline(date) for date in announced["date"]]).sort_values("text", kind="stable")
    newest = dates.iloc[-1]
    if len(met):
        report = met.iloc[-1]
        sure = weakest(newest["confidence"], report["confidence"])
        return [_mark(newest, report["date"], date_middle(report["date"]), DONE, sure, report["note"])]
    marks = [_mark(row, row["date"], row["end"], EARLIER, row["confidence"]) for _, row in dates.iloc[:-1].iterrows()]
    ahead = LATE if (dates["end"] < newest["end"]).any() else DUE
    status = SILENT if newest["end"] < as_of else ahead
    return [*marks, _mark(newest, newest["date"], newest["end"], status, newest["confidence"])]


def _mark(
    due: pd.Series, date: str, when: pd.Timestamp, status: str, confidence: str, note: str | None = None
) -> dict[str, Any]:
    """One mark; ``due`` is the row that announces the date."""
    return {
        "iso3": due["entity"],
        "milestone": due["milestone"],
        "date": date,
        "dated": name_date(date),
        "when": when,
        "status": status,
        "announced": f"{name_date(due['date'])}, announced {name_date(due['text'])}",
        "met": name_date(date) if status == DONE else "",
        "confidence": confidence,
        "note": due["note"] if note is None else note,
    }


def _deadline(date: str) -> pd.Timestamp:
    """Last day of a published date: a step promised for a year may come on its last day."""
    return date_span(date)[1] - pd.DateOffset(days=1)
