"""Ranges and dates in words: the cells of tables, and texts for readers who do not see a chart."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from baltic_calculus.exhibits.kind import is_weak
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.number import format_date, format_list, format_range, written_decimals
from baltic_calculus.exhibits.series import require_columns

NOT_PUBLIC = "not public"
# More numbers than this are told without their dates; of still more, only the ends.
MOST_DATED, MOST_NUMBERS = 12, 18


def put_in_words(
    frame: pd.DataFrame,
    *,
    ranges: Mapping[str, tuple[str, str, int | None]],
    dates: Sequence[str] = (),
    units: str = "",
    lists: Sequence[str] = (),
    doubted: Sequence[str] = (),
    missing: str = NOT_PUBLIC,
) -> pd.DataFrame:
    """Add columns that print ranges, and print dates in words, for a table.

    Parameters
    ----------
    frame : DataFrame
        Rows with the ends of ranges; both NaN where nothing has been published.
    ranges : mapping of str to (low, high, decimals)
        New column: the columns of its ends and the decimals to print; as many as the source has when None.
    dates : sequence of str
        Columns of ISO dates to print in words.
    units : str
        Column with the unit of each row, added to its ranges; none when empty.
    lists : sequence of str
        Columns of country codes joined by ``;`` to print as names.
    doubted : sequence of str
        Columns of words to end with "(low)" where the ``confidence`` of the row is low.
    missing : str
        What is printed where both ends are NaN.

    Returns
    -------
    DataFrame
        A copy with the new columns.

    Raises
    ------
    ExhibitError
        When a column is missing.
    """
    ends = [name for low, high, _ in ranges.values() for name in (low, high)]
    require_columns(frame, [*ends, *dates, *lists, *([units] if units else [])], "put_in_words")
    told = frame.copy()
    for name, (low, high, decimals) in ranges.items():
        words = frame[units] if units else [""] * len(frame)
        told[name] = [
            missing
            if pd.isna(bottom) and pd.isna(top)
            else format_range(bottom, top, unit, written_decimals(bottom, top) if decimals is None else decimals)
            for bottom, top, unit in zip(frame[low], frame[high], words, strict=True)
        ]
    for name in dates:
        told[name] = [format_date(date) if date else "" for date in frame[name]]
    for name in lists:
        told[name] = [", ".join(display_name(code) for code in codes.split(";") if code) for codes in frame[name]]
    weak = is_weak(frame, "confidence")
    for name in doubted:
        told[name] = frame[name].mask(weak, frame[name].astype(str) + " (low)")
    return told


def describe_numbers(
    frame: pd.DataFrame, *, form: str, row: str, kind: str, low: str, high: str, date: str, unit: str
) -> str:
    """Put several dated numbers of each row into words; of many, only the first and the newest of the main kind.

    Parameters
    ----------
    frame : DataFrame
        One row for each number, NaN where none is public.
    form : str
        What the reader would see: "Map", "Points over time".
    row, kind, low, high, date : str
        Columns of the row (country codes are printed as names), what the number is, its ends, and its ISO date.
    unit : str
        Unit of the numbers.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, kind, low, high, date], "describe_numbers")
    known = frame.dropna(subset=[low, high])
    sentences = [f"{form}, in {unit}."]
    if len(known) > MOST_NUMBERS:
        main = known[known[kind] == known[kind].iloc[0]]
        sentences = [f"{form}, in {unit}: {len(known)} numbers. Of these, {main[kind].iloc[0]}:"]
        told = [
            f"{display_name(str(name))} {' to '.join(_dated(item, low, high, date) for item in _ends(numbers))}"
            for name, numbers in main.groupby(row, sort=False)
        ]
        sentences.append(f"{'; '.join(told)}.")
    else:
        dated = len(known) <= MOST_DATED
        for name, numbers in known.groupby(row, sort=False):
            items = [
                f"{item[kind]} {_dated(item, low, high, date) if dated else format_range(item[low], item[high], '', 0)}"
                for item in numbers.to_dict("records")
            ]
            sentences.append(f"{display_name(str(name))}: {'; '.join(items)}.")
    missing = [name for name in dict.fromkeys(frame[row]) if name not in set(known[row])]
    if missing:
        sentences.append(f"Not public: {format_list([display_name(str(name)) for name in missing])}.")
    return " ".join(sentences)


def _dated(item: Mapping[str, Any], low: str, high: str, date: str) -> str:
    """A number or range with its date in brackets."""
    return f"{format_range(item[low], item[high], '', 0)} ({format_date(item[date])})"


def _ends(numbers: pd.DataFrame) -> list[dict[str, Any]]:
    """The first and the newest number, or the only one."""
    records: list[dict[str, Any]] = numbers.to_dict("records")
    return records if len(records) == 1 else [records[0], records[-1]]


def describe_events(frame: pd.DataFrame, *, row: str, kind: str, start: str, kinds: Sequence[str] = ()) -> str:
    """Put a timeline of events into words: how many of each kind in each row, and from when to when.

    Parameters
    ----------
    frame : DataFrame
        One row for each event.
    row, kind : str
        Columns of the row label and the kind.
    start : str
        Column of the ISO date, in order.
    kinds : sequence of str
        Kinds in the order in which to name them; as they appear when empty.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, kind, start], "describe_events")
    order = list(kinds) or list(dict.fromkeys(frame[kind]))
    first, last = format_date(frame[start].iloc[0]), format_date(frame[start].iloc[-1])
    sentences = [f"Timeline of {len(frame)} events from {first} to {last}."]
    for name, events in frame.groupby(row, sort=False):
        counts = events[kind].value_counts()
        items = [f"{counts[one]} {one}" for one in order if one in counts]
        sentences.append(f"{display_name(str(name))}: {format_list(items)}.")
    return " ".join(sentences)
