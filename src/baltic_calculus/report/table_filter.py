"""The choices above a long table of the site: by what its rows are chosen, and where each row says its value."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from baltic_calculus.errors import RenderError
from baltic_calculus.report.html_table import ROWS_SEEN_AT_ONCE
from baltic_calculus.report.table_model import Cell, Row, TableModel


@dataclass(frozen=True)
class TableFilter:
    """One choice, as the display output tells it.

    Attributes
    ----------
    label : str
        What the choice is called.
    options : tuple of str
        Values as the table prints them.
    rows : tuple of int
        The place among the options of each row, from the top of the table.
    """

    label: str
    options: tuple[str, ...]
    rows: tuple[int, ...]

    @classmethod
    def read(cls, entry: Mapping[str, Any]) -> "TableFilter":
        """Read a choice from the metadata of an output."""
        return cls(entry["label"], tuple(entry["options"]), tuple(entry["rows"]))

    @property
    def values(self) -> list[str]:
        """The value of each row."""
        return [self.options[place] for place in self.rows]


@dataclass(frozen=True)
class Choice:
    """One choice as the page offers it.

    Attributes
    ----------
    label : str
        What it is called: as the column that prints it is headed.
    options : tuple of (str, str, int)
        Value as the rows say it, its words, and the number of rows that have it.
    where : str
        Attribute of the select box that says where a row has its value: in a cell, in the heading of its group, or as
        one of the row's marks, which are written only for values that the table does not print.
    """

    label: str
    options: tuple[tuple[str, str, int], ...]
    where: str


@dataclass(frozen=True)
class RowChoices:
    """All choices of a table.

    Attributes
    ----------
    count : int
        Rows of the table.
    choices : tuple of Choice
        In the order of the page.
    marks : tuple of str
        What each row has to say that it does not print, from the top of the table; empty when nothing.
    """

    count: int
    choices: tuple[Choice, ...]
    marks: tuple[str, ...]


def place_filters(table: TableModel, filters: Sequence[TableFilter], label: str) -> RowChoices | None:
    """Find where the rows of a table say the values they are chosen by; None for a table seen at a glance.

    Raises
    ------
    RenderError
        When a choice knows more or fewer rows than the table has.
    """
    rows = [row for row in table.body if not (row.is_group or row.is_summary)]
    if not filters or len(rows) <= ROWS_SEEN_AT_ONCE:
        return None
    if any(len(one.rows) != len(rows) for one in filters):
        raise RenderError(
            f"{label} has filters for other rows than its {len(rows)}", where=label, remedy="run the notebook again"
        )
    columns = _columns(table, rows)
    choices: list[Choice] = []
    marked: list[TableFilter] = []
    for one in (one for one in filters if len(one.options) > 1):
        counts = [one.rows.count(place) for place in range(len(one.options))]
        where = next((place for place, words in columns.items() if words == one.values), "")
        values = one.options
        if not where:
            where, values = f'data-mark="{len(marked)}"', tuple(map(str, range(len(one.options))))
            marked.append(one)
        words = _header(table, where) or one.label
        choices.append(Choice(words, tuple(zip(values, one.options, counts, strict=True)), where))
    marks = [" ".join(map(str, places)) for places in zip(*(one.rows for one in marked), strict=True)]
    return RowChoices(len(rows), tuple(choices), tuple(marks))


def _header(table: TableModel, where: str) -> str:
    """The words that head the column that a choice is about; empty when none does, or several lines do."""
    heads = (
        {f'data-column="{column}"': cell for column, cell in enumerate(table.header[0].cells)} if table.header else {}
    )
    return heads[where].text if len(table.header) == 1 and where in heads else ""


def _columns(table: TableModel, rows: Sequence[Row]) -> dict[str, list[str]]:
    """The words of each column, and those of the groups' headings, by the attribute that leads to them."""
    if any(len(row.cells) != table.width or any(cell.rows > 1 for cell in row.cells) for row in rows):
        return {}
    columns = {f'data-column="{column}"': [_words(row.cells[column]) for row in rows] for column in range(table.width)}
    headings: list[str] = []
    heading = ""
    for row in table.body:
        if row.is_group:
            heading = _words(row.cells[0])
        elif not row.is_summary:
            headings.append(heading)
    return {"data-group": headings, **columns}


def _words(cell: Cell) -> str:
    """All that the page prints in a cell, as its script reads it."""
    return "".join(run.text for run in cell.runs).replace("\u00a0", " ").strip()
