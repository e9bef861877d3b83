"""Bytes of a CSV file -> typed frame, with every broken cell named by its line in the file."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from baltic_calculus.catalog.record import Column, DatasetRecord
from baltic_calculus.errors import DataError

LISTED = 10
FIRST_LINE = 2  # line 1 of the file is the header


@dataclass(frozen=True)
class Violation:
    """One broken rule: file, line as an editor shows it (0: the whole file), column, value and rule."""

    file: str
    line: int
    column: str
    value: str
    rule: str

    def __str__(self) -> str:
        place = f"{self.file} line {self.line}" if self.line else self.file
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.value!r} breaks '{self.rule}'" if self.value else f"{place}: {self.rule}"


def data_error(file: str, violations: Iterable[Violation]) -> DataError:
    """One error that lists the first ten violations and counts the rest."""
    ordered = sorted(violations, key=lambda each: (each.line, each.column))
    lines = [str(each) for each in ordered[:LISTED]]
    if len(ordered) > LISTED:
        lines.append(f"and {len(ordered) - LISTED} more")
    noun = "cell or row breaks a rule" if len(ordered) == 1 else "cells or rows break a rule"
    return DataError(
        f"{len(ordered)} {noun}:\n    " + "\n    ".join(lines),
        where=file,
        remedy="correct the file, or describe the exception in data/catalog.yaml",
    )


def read_text(content: bytes, record: DatasetRecord) -> pd.DataFrame:
    """Read a CSV file as text, one row per line.

    Raises
    ------
    DataError
        When the file is not UTF-8 CSV, or its columns are not those of the record, in their order.
    """
    try:
        frame = pd.read_csv(
            io.BytesIO(content), dtype=str, keep_default_na=False, skip_blank_lines=False, encoding="utf-8"
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as error:
        raise DataError(f"not readable as CSV: {error}", where=record.path, remedy="mend the line named above") from None
    found, wanted = list(frame.columns), list(record.columns)
    if found != wanted:
        raise data_error(record.path, _column_violations(record.path, found, wanted))
    if not isinstance(frame.index, pd.RangeIndex):
        # pandas takes surplus leading fields for row labels
        raise data_error(record.path, [Violation(record.path, FIRST_LINE, "", "", "more fields than the header")])
    if len(content.splitlines()) != len(frame) + 1:
        raise data_error(record.path, [Violation(record.path, 0, "", "", "one row per line: a cell holds a line break")])
    short = frame.isna().any(axis="columns")
    if short.any():
        raise data_error(
            record.path,
            (Violation(record.path, int(row) + FIRST_LINE, "", "", "fewer fields than the header") for row in frame.index[short]),
        )
    return frame


def _column_violations(file: str, found: list[str], wanted: list[str]) -> list[Violation]:
    missing = [Violation(file, 1, name, "", "column is missing") for name in wanted if name not in found]
    unknown = [Violation(file, 1, name, "", "column is not in the record") for name in found if name not in wanted]
    order = Violation(file, 1, "", "", "columns are not in the record's order: " + ", ".join(wanted))
    return missing + unknown or [order]


def convert(frame: pd.DataFrame, record: DatasetRecord, columns: Mapping[str, Column]) -> tuple[pd.DataFrame, list[Violation]]:
    """Turn number columns into float64 (empty: NaN) and integer columns into int64 where all cells are filled.

    Returns
    -------
    tuple of DataFrame and list of Violation
        The typed frame, and each cell that is not a number.
    """
    typed = frame.copy()
    broken: list[Violation] = []
    for name in record.columns:
        kind = columns[name].type
        if kind == "text":
            continue
        text = frame[name]
        numbers = pd.to_numeric(text, errors="coerce")
        wrong = numbers.isna() & text.ne("")
        rule = "a number, with a full stop for decimals and no thousands separator"
        if kind == "integer":
            wrong |= numbers.notna() & numbers.mod(1).ne(0)
            rule = "a whole number"
        for row in frame.index[wrong]:
            broken.append(Violation(record.path, int(row) + FIRST_LINE, name, text[row], rule))
        whole = kind == "integer" and numbers.notna().all() and not wrong.any()
        typed[name] = numbers.astype("int64") if whole else numbers.astype("float64")
    return typed, broken
