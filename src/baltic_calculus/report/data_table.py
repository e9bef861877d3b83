"""The data of an exhibit as a reader looks at them: a table on the page, of numbers no longer than they need be."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count

from markupsafe import Markup

from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_table import COLUMNS_NAMED

ROWS_SHOWN = (60, 40, 30, 20, 10, 4)
"""Rows of each table on an evidence page; the more tables, the fewer. The rest is in the download."""

PAGE_LIMIT = 30_000
"""Characters that the tables of a page may take together."""

NUMBER = re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?")
LONG_NUMBER = re.compile(r"-?\d+\.\d{5,}(e[+-]?\d+)?|-?\d+(\.\d+)?e[+-]?\d+")
DIGITS = 6
"""Digits of a number that has more, those before the point always; all of them are in the download."""


@dataclass(frozen=True)
class DataTable:
    """The data of an exhibit.

    Attributes
    ----------
    columns : tuple of str
        Names of the columns, as in the download.
    numeric : tuple of bool
        Whether each column holds numbers.
    rows : tuple of tuple of str
        All rows; long numbers are shortened.
    """

    columns: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self, limit: int) -> Markup:
        """The first ``limit`` rows as HTML; the table names its columns of numbers, so that few cells need to."""
        numbers = [place for place, is_number in enumerate(self.numeric, start=1) if is_number]
        named = [place for place in numbers if place <= COLUMNS_NAMED]
        head = _cells("th", self.columns, numbers).replace("<th", '<th scope="col"')
        unnamed = numbers[len(named) :]
        body = "\n".join(f"<tr>{_cells('td', row, unnamed)}</tr>" for row in self.rows[:limit])
        classes = " ".join(["data-table", *(f"right-{place}" for place in named)])
        return Markup(f'<table class="{classes}"><thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody></table>')


def _cells(tag: str, values: Iterable[str], to_the_right: Collection[int]) -> str:
    """Cells of a row, counted from 1."""
    marks = (' class="n"' if place in to_the_right else "" for place in count(1))
    return "".join(f"<{tag}{mark}>{escape(value)}</{tag}>" for value, mark in zip(values, marks, strict=False))


def data_table(exhibit: Exhibit) -> DataTable:
    """Read the data of an exhibit."""
    header, rows = exhibit.rows[0], exhibit.rows[1:]
    numeric = tuple(
        any(row[place] for row in rows) and all(NUMBER.fullmatch(row[place]) for row in rows if row[place])
        for place in range(len(header))
    )
    return DataTable(tuple(header), numeric, tuple(tuple(map(shorten, row)) for row in rows))


def rows_to_show(tables: Sequence[DataTable]) -> int:
    """Rows that a page shows of each of its tables, so that all of them load at once."""
    for limit in ROWS_SHOWN:
        if sum(len(table.html(limit)) for table in tables) <= PAGE_LIMIT:
            return limit
    return ROWS_SHOWN[-1]


def shorten(value: str) -> str:
    """Shorten a number that has more digits than anyone reads; other text stays as it is.

    Examples
    --------
    >>> shorten("4.128829685636046"), shorten("2026"), shorten("1.5e-05"), shorten("3.14.15926")
    ('4.12883', '2026', '0.000015', '3.14.15926')
    """
    if not LONG_NUMBER.fullmatch(value):
        return value
    number = float(value)
    whole = len(f"{abs(number):.0f}") if abs(number) >= 1 else 0
    rounded = f"{number:.{max(0, DIGITS - whole)}f}" if whole else f"{float(f'{number:.{DIGITS}g}'):.15f}"
    decimals = rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
    return "0" if decimals == "-0" else decimals
