"""Bytes of a CSV file -> typed frame, with every broken cell named by its line in the file."""

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from baltic_calculus.catalog.record import Column, DatasetRecord
from baltic_calculus.errors import DataError

LISTED = 10
_CONTROL = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
FIRST_LINE = 2  # line 1 of the file is the header
REMEDY = "correct the file, or describe the exception in data/catalog.yaml"


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


class BrokenTable(DataError):
    """A table breaks rules; ``violations`` holds all of them, the message the first ten."""

    def __init__(self, what: str, *, where: str, remedy: str, violations: tuple[Violation, ...]) -> None:
        super().__init__(what, where=where, remedy=remedy)
        self.violations = violations


def data_error(file: str, violations: Iterable[Violation]) -> BrokenTable:
    """One error that lists the first ten violations and counts the rest."""
    ordered = sorted(violations, key=lambda each: (each.line, each.column))
    lines = [str(each) for each in ordered[:LISTED]]
    if len(ordered) > LISTED:
        lines.append(f"and {len(ordered) - LISTED} more")
    noun = "cell or row breaks a rule" if len(ordered) == 1 else "cells or rows break a rule"
    return BrokenTable(
        f"{len(ordered)} {noun}:\n    " + "\n    ".join(lines),
        where=file,
        remedy=REMEDY,
        violations=tuple(ordered),
    )


def read_text(content: bytes, record: DatasetRecord) -> pd.DataFrame:
    """Read a CSV file as text, one row per line.

    Raises
    ------
    DataError
        When the file is not UTF-8 CSV, its columns are not those of the record, in their order, or a row has another
        number of fields.
    """
    # the csv module, unlike pandas, tells a short row from one with empty cells, and knows its lines
    try:
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
        header = next(reader, [])
        rows = [(reader.line_num, row) for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise DataError(
            f"not readable as CSV: {error}", where=record.path, remedy="save it as UTF-8 CSV, comma-separated"
        ) from None
    if header != list(record.columns):
        raise data_error(record.path, _column_violations(record.path, header, list(record.columns)))
    broken = [
        Violation(record.path, line, "", "", f"{len(header)} fields, found {len(row)}")
        for line, row in rows
        if len(row) != len(header)
    ]
    shifted = next((line for place, (line, _) in enumerate(rows, FIRST_LINE) if line != place), 0)
    if shifted:
        broken.append(Violation(record.path, shifted, "", "", "one row per line: a cell holds a line break"))
    broken += [
        Violation(record.path, line, name, cell, "text without control characters")
        for line, row in rows
        for name, cell in zip(header, row, strict=False)
        if _CONTROL.search(cell)
    ]
    if broken:
        raise data_error(record.path, broken)
    return pd.DataFrame([row for _, row in rows], columns=header, dtype="str")


def _column_violations(file: str, found: list[str], wanted: list[str]) -> list[Violation]:
    missing = [Violation(file, 1, name, "", "column is missing") for name in wanted if name not in found]
    unknown = [Violation(file, 1, name, "", "column is not in the record") for name in found if name not in wanted]
    order = Violation(file, 1, "", "", "columns are not in the record's order: " + ", ".join(wanted))
    return missing + unknown or [order]


def convert(
    frame: pd.DataFrame, record: DatasetRecord, columns: Mapping[str, Column]
) -> tuple[pd.DataFrame, list[Violation]]:
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
        wrong = numbers.isna() & text.ne("") | numbers.abs().eq(float("inf"))
        rule = "a number, with a full stop for decimals and no thousands separator"
        if kind == "integer":
            wrong |= numbers.notna() & numbers.mod(1).ne(0)
            rule = "a whole number"
        for row in frame.index[wrong]:
            broken.append(Violation(record.path, int(row) + FIRST_LINE, name, text[row], rule))
        whole = kind == "integer" and numbers.notna().all() and not wrong.any()
        typed[name] = numbers.astype("int64") if whole else numbers.astype("float64")
    return typed, broken
