"""Answers in CSV (SDMX-CSV and its kin): rows by the names of their columns."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import decode_answer, shown


@dataclass(frozen=True)
class CsvRow:
    """One row of an answer; ``where`` says which."""

    cells: Mapping[str, str]
    where: str

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """Cell of a column that older answers lack; empty there."""
        return self.cells.get(column, "")

    def number(self, column: str, missing: str = "") -> float | None:
        """
        Number of a cell, None for an empty one or the publisher's sign for a missing one.

        Raises
        ------
        DataError
            For anything else: words, infinity, NaN where it is not that sign.
        """
        text = self.cells[column]
        if text in ("", missing):
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        # float() also takes "1_000" and digits of other scripts
        if not math.isfinite(number) or "_" in text or not text.isascii():
            raise DataError(
                f'"{shown(text)}" in column {column} where a number was expected',
                where=self.where,
                remedy="fetch the answer again; if it stays, the publisher's layout has changed",
            )
        return number


@dataclass(frozen=True)
class CsvAnswer:
    """Header and text of an answer; iterating reads one row at a time."""

    columns: tuple[str, ...]
    text: str
    publisher: str

    def __iter__(self) -> Iterator[CsvRow]:
        reader = csv.reader(io.StringIO(self.text, newline=""), strict=True)
        next(reader)
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise _no_csv(error, self.publisher, reader.line_num) from error
            where = f"answer of {self.publisher}, line {reader.line_num}"
            if not cells:
                continue
            if len(cells) != len(self.columns):
                raise DataError(
                    f"{len(cells)} cells under {len(self.columns)} columns",
                    where=where,
                    remedy="the answer was cut off or edited: fetch it again",
                )
            yield CsvRow(dict(zip(self.columns, map(str.strip, cells), strict=True)), where)


def parse_csv(content: bytes, publisher: str, needed: tuple[str, ...]) -> CsvAnswer:
    """
    An answer in CSV that has at least the columns ``needed``.

    Raises
    ------
    DataError
        When it is no CSV, lacks a column, names one twice, or (while it is read) holds a row of another width.
    """
    text = decode_answer(content, publisher)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        columns = tuple(column.strip() for column in next(reader))
    except csv.Error as error:
        raise _no_csv(error, publisher, 1) from error
    where = f"answer of {publisher}, header"
    missing = [column for column in needed if column not in columns]
    if missing:
        raise DataError(
            f"columns {', '.join(missing)} not found among {shown(', '.join(columns))}",
            where=where,
            remedy="ask for CSV of one table; other separators and layouts are not read",
        )
    if len(set(columns)) != len(columns):
        twice = next(column for column in columns if columns.count(column) > 1)
        raise DataError(f'column "{shown(twice)}" stands twice', where=where, remedy="fetch the answer again")
    return CsvAnswer(columns, text, publisher)


def _no_csv(error: csv.Error, publisher: str, line: int) -> DataError:
    return DataError(f"no CSV: {error}", where=f"answer of {publisher}, line {line}", remedy="fetch the answer again")
