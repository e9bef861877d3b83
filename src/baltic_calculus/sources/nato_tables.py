"""The tables of NATO's workbook, found by what stands in the cells: titles, headings, years, labels, notes.

Editions differ in sheet names, margins, rows, and in whether the years stand once above a table or again above each of
its blocks; they agree in the order title, unit, heading, countries, notes.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from baltic_calculus.errors import DataError
from baltic_calculus.sources.area_names import folded
from baltic_calculus.sources.file_text import quoted
from baltic_calculus.sources.reading import year_of
from baltic_calculus.sources.workbook import Cell, Row, Sheet

_TITLE = re.compile(r"(table\s*\d+\s*[a-z]?)\s*[:.–—-]\s*(\S.*)", re.IGNORECASE)
_NOTE = re.compile(r"notes?\b\s*:|\*|\([a-z]\)\s|sources?\s*:", re.IGNORECASE)
_PAGE = re.compile(r"[-–—]?\s*\d{1,3}\s*[-–—]?")
_LIKE_YEAR = re.compile(r"(19|20)\d\d\b", re.ASCII)


@dataclass(frozen=True)
class Column:
    """A column of values: its year, or 0 and its heading in words."""

    cell: Cell
    year: int
    estimate: bool


@dataclass(frozen=True)
class LabelledRow:
    """A row of values with the cell that names it."""

    label: Cell
    cells: dict[int, Cell]


@dataclass
class Block:
    """Rows under one heading."""

    heading: str
    columns: dict[int, Column]
    rows: list[LabelledRow] = field(default_factory=list)


@dataclass
class Table:
    """A table with its blocks. ``preamble`` is what stands above its first block, its unit among it."""

    name: str
    title: str
    place: str
    preamble: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def tables_of(sheet: Sheet, *, is_heading: Callable[[str], bool], is_area: Callable[[str], bool]) -> list[Table]:
    """
    Tables of a sheet, from one title to the next.

    Parameters
    ----------
    sheet : Sheet
    is_heading : callable
        Whether a folded text is the heading of a block, which ends the block above it.
    is_area : callable
        Whether a label names a country, so that a row without any value is still one.

    Raises
    ------
    DataError
        When a row of years holds a year twice or something like a year that is none.
    """
    tables: list[Table] = []
    reader: _TableReader | None = None
    for row in sheet.rows:
        title = _TITLE.fullmatch(row[0].text)
        if title:
            name = " ".join(title[1].split()).capitalize()
            reader = _TableReader(Table(name, " ".join(title[2].split()), row[0].place), is_heading, is_area)
            tables.append(reader.table)
        elif reader:
            reader.take(row)
    return tables


class _TableReader:
    """Takes the rows below a title one by one."""

    def __init__(self, table: Table, is_heading: Callable[[str], bool], is_area: Callable[[str], bool]) -> None:
        self.table = table
        self._is_heading, self._is_area = is_heading, is_area
        self._columns: dict[int, Column] = {}
        self._headings: list[str] = []
        self._block: Block | None = None
        self._in_notes = False

    def take(self, row: Row) -> None:
        """Say what a row is by its cells and what came before."""
        corner, years = _corner_and_years(row, self._is_area)
        if years:
            if self._block and self.table.unread:  # a heading that is not known stood right above the years
                self._headings = [folded(self.table.unread.pop())]
            if corner:  # a heading or a unit, or a word like "Country"
                self._headings.append(folded(corner))
            self._columns, self._block, self._in_notes = _year_columns(years), None, False
            return
        first_year = min(self._columns, default=0)
        labels = [cell for cell in row if cell.text and (not first_year or cell.column < first_year)]
        cells = {cell.column: cell for cell in row if cell.column in self._columns}
        if not labels:
            return  # left over from a formula row: #REF!, zeros
        # a currency or a number of a footnote may stand between a name and its values
        label = next((cell for cell in labels if self._is_area(cell.text)), labels[-1])
        is_note = _NOTE.match(labels[0].text) is not None and not cells
        if is_note:
            self._in_notes, self._block = True, None
        if is_note or (self._in_notes and not self._is_heading(folded(label.text))):
            self._take_note(labels[0], label if cells else None)
        elif cells:
            self._take_values(LabelledRow(label, cells))
        else:
            self._take_text(label)

    def _take_note(self, text: Cell, named: Cell | None) -> None:
        """A line below a block, which names no country with values."""
        if named and self._is_area(named.text):
            raise DataError(
                f"{quoted(named.value)} has values below the notes of {self.table.name}",
                where=named.place,
                remedy="a heading belongs above the values: compare with the publisher's PDF",
            )
        if not _PAGE.fullmatch(text.text):
            self.table.notes.append(text.text)

    def _take_values(self, row: LabelledRow) -> None:
        """Add a row of values to the block, or begin one."""
        if self._block is None:
            self._block = Block(" | ".join(self._headings), self._columns)
            if not self.table.blocks:
                self.table.preamble = self._block.heading
            self.table.blocks.append(self._block)
            self._headings = []
        self._block.rows.append(row)

    def _take_text(self, label: Cell) -> None:
        """A heading, a unit, a page number, or a country without any value."""
        if _PAGE.fullmatch(label.text):
            return
        if self._is_heading(folded(label.text)):
            self._block, self._in_notes = None, False
            self._headings.append(folded(label.text))
        elif self._columns and self._is_area(label.text):
            self._take_values(LabelledRow(label, {}))
        elif self._block is None:
            self._headings.append(folded(label.text))
        else:
            self.table.unread.append(label.text)


def _corner_and_years(row: Row, is_area: Callable[[str], bool]) -> tuple[str, Row]:
    """What stands left of a row of years, and the row itself; an empty one when it is another row."""
    first = row[0]
    begins_with_year = year_of(first) is not None or _LIKE_YEAR.match(first.text)
    corner, cells = ("", row) if begins_with_year else (first.text, row[1:])
    years = [year_of(cell) for cell in cells]
    found = sum(year is not None for year in years)
    if begins_with_year:
        return corner, cells if found >= 2 else ()
    # values of a country may be numbers like years
    ascending = all(one and other and one[0] < other[0] for one, other in pairwise(years))
    return corner, cells if corner and found >= 2 and ascending and not is_area(corner) else ()


def _year_columns(cells: Row) -> dict[int, Column]:
    """Columns of a row of years by number."""
    years = [year_of(cell) for cell in cells]
    columns: dict[int, Column] = {}
    seen: dict[int, str] = {}
    for cell, found in zip(cells, years, strict=True):
        if found is None:
            if not cell.text[:1].isalpha():
                raise DataError(
                    f"{quoted(cell.value)} among the years",
                    where=cell.place,
                    remedy="a year or a year and e belongs there: compare it with the publisher's PDF",
                )
            columns[cell.column] = Column(cell, 0, False)
            continue
        year, estimate = found
        if year in seen:
            raise DataError(
                f"the year {year} stands twice",
                where=f"{seen[year]} and {cell.place}",
                remedy="remove the column that does not belong there, or fetch the workbook again",
            )
        seen[year] = cell.place
        columns[cell.column] = Column(cell, year, estimate)
    return columns
