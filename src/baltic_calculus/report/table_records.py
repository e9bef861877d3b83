"""Tables of records on a phone: one row below the other, each cell behind the heading of its column.

A table of numbers is compared along its columns and keeps its grid, which a narrow screen can move sideways. A table of
records (programmes, claims, documents) is read row by row; as a grid it would hide most of each row on a phone.
"""

import re
from collections.abc import Mapping

from baltic_calculus.report.line_break import is_unbreakable
from baltic_calculus.report.table_model import Cell, TableModel

LONG = 60
"""Letters from which a cell is running text, which a narrow screen must not squeeze to a word a line."""

RECORDS = "records"
"""Class of such a table."""

PHONE_LETTERS = 50
"""Letters of a table side by side on a narrow phone, with the space between columns."""

TEXT_LETTERS = 32
"""Letters that a column of running text is never narrower than."""

GAP = 2
"""Letters that the space between two columns takes."""


def holds_records(table: TableModel) -> bool:
    """Whether a phone is to show the rows of a table one below the other.

    It does when one line heads the columns, no cell covers several, fewer than half of the columns are numbers, and the
    columns side by side are wider than a phone.
    """
    rows = [row.cells for row in table.body if not row.is_group]
    if len(table.header) != 1 or not rows:
        return False
    cells = [*table.header[0].cells, *(cell for row in rows for cell in row)]
    if any(cell.columns > 1 or cell.rows > 1 for cell in cells):
        return False
    columns = list(zip(*rows, strict=True))
    numbers = sum(all(cell.align == "right" for cell in column) for column in columns)
    return 2 * numbers < len(columns) and sum(map(_letters, columns)) > PHONE_LETTERS


def _letters(column: tuple[Cell, ...]) -> int:
    """Letters that the narrowest form of a column takes."""
    if any(len(cell.text) > LONG for cell in column):
        return TEXT_LETTERS + GAP
    return max(_longest_word(cell.text) for cell in column) + GAP


def _longest_word(text: str) -> int:
    return len(text) if is_unbreakable(text) else max(map(len, text.split()), default=0)


def record_styles(tables: Mapping[str, TableModel]) -> str:
    """Rules that write the heading of its column before each cell.

    Parameters
    ----------
    tables : mapping of str to TableModel
        Tables of records by label.

    Returns
    -------
    str
        One rule for each column with a heading but the first, which names the row.
    """
    return "".join(
        f'#{label} .{RECORDS} td:nth-child({place})::before{{content:"{_quoted(cell.text)}"}}\n'
        for label, table in tables.items()
        for place, cell in enumerate(table.header[0].cells, start=1)
        if cell.text
    )


def _quoted(text: str) -> str:
    r"""Text for a string of a style sheet: whatever could end the string or the rule stands as its number.

    Examples
    --------
    >>> _quoted('50 % of "x"')
    '50 \\25  of \\22 x\\22 '
    """
    return re.sub(r"[^\w ,.()–-]", lambda match: f"\\{ord(match[0]):x} ", text)
