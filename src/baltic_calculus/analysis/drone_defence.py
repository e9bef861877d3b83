"""Milestones of drone defence and Eastern Flank Watch: planned, due, reported and verified."""

import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.publishers import name_publishers

VERIFIED, REPORTED, UNVERIFIED, PLANNED = "verified", "reported", "due, not verified", "planned"
STANDINGS = (VERIFIED, REPORTED, UNVERIFIED, PLANNED)
DECISION, CAPABILITY, TEST = "decision", "capability", "test"
NONE_FOUND = "none found"
NO_DATE = "no date set"
NOT_FOUND = "not found"
COLUMNS = [
    "programme",
    "participants",
    "milestone",
    "kind",
    "standing",
    "planned",
    "reported",
    "date",
    "moment",
    "dated",
    "confidence",
    "source",
    "note",
]


def compute_milestones(register: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Every milestone with its standing on a day.

    Parameters
    ----------
    register : DataFrame
        The dataset ``drone_defence``.
    as_of : str
        Day on which the register was read: a milestone due before it of which nothing was found is "due, not verified".

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``: ``standing`` (one of ``STANDINGS``), ``planned, reported`` (dates in words), ``date`` (the
        date reported, else the date planned, as published), ``moment`` (decimal year of the mark: the middle of the
        date reported, or the end of the date planned), ``dated`` (the same date in words). Programmes stay in the order
        of the register, their milestones by moment.
    """
    now = date_years(as_of).high
    placed = pd.DataFrame([_place(row, now) for _, row in register.iterrows()], index=register.index)
    rows = pd.concat([register.drop(columns=["planned", "reported"]), placed], axis=1)
    programmes = list(dict.fromkeys(register["programme"]))
    rows = rows.assign(place=rows["programme"].map(programmes.index)).sort_values(["place", "moment"], kind="stable")
    return rows[COLUMNS].reset_index(drop=True)


def _place(row: pd.Series, now: float) -> dict[str, str | float]:
    """Dates and standing of one milestone."""
    found = row["outcome"] != NONE_FOUND
    date = row["reported"] if found else row["planned"]
    span = date_years(date)
    due = span.high <= now
    return {
        "standing": str(row["outcome"]) if found else UNVERIFIED if due else PLANNED,
        "planned": name_date(row["planned"]) if row["planned"] else NO_DATE,
        "reported": name_date(row["reported"]) if row["reported"] else NOT_FOUND,
        "date": date,
        "moment": (span.low + span.high) / 2 if found else span.high,
        "dated": name_date(date),
    }


def list_milestones(milestones: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Milestones for a table, with the publishers of their sources instead of keys (``published_by``)."""
    return milestones.assign(published_by=name_publishers(milestones["source"], sources))


def by_moment(milestones: pd.DataFrame) -> pd.DataFrame:
    """Milestones of all programmes in the order of time."""
    return milestones.sort_values("moment", kind="stable").reset_index(drop=True)
