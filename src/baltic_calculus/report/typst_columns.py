"""Widths of the columns of a printed table: from what stands in them, so that the table takes the fewest lines."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol

from baltic_calculus.report.line_break import is_unbreakable, keep_dates
from baltic_calculus.report.table_model import Cell, TableModel

TEXT_WIDTH_MM = 156
GUTTER_MM = 3.2
SIZES = (8.6, 8.2, 7.8, 7.4)
DENSE_SIZES = (7.8, 7.4)
SMALLEST_SIZE = 6.8
"""In points; for a table that fits at none of the sizes above."""

LINES_A_ROW = 1.35
"""A table that needs more lines for a row than this, on average, is set smaller."""

STEP_MM = 1.5
WIDEST_MM = 140.0
"""A longer line does not make a column wider than this to begin with."""

MORE_ROOM_MM = 7.0
"""The most that a column gets beyond its longest line, before the first column takes what is left."""

HEADER_WEIGHT = 2.0
"""What a line of the header counts against one of the body: everyone reads it, and it is repeated."""

ROWS_WEIGHED = 40
"""Of a longer table, every so-manieth row stands for all."""

BREAKS = re.compile(r"(?<=[ \u2013/-])")

USUAL_LETTER_MM = 0.17
"""Width of an average letter at a size of one point."""


class Measure(Protocol):
    """Gives the width of a line of text at a size of one point, in mm."""

    def __call__(self, text: str, *, bold: bool = False) -> float:
        """Width of a line."""
        ...


@dataclass(frozen=True)
class Columns:
    """How the columns of a table are set.

    Attributes
    ----------
    size : float
        Size of the text in points.
    widths : tuple of float
        Width of each column in mm, its gutters included.
    rest : float
        Room behind the last column, in mm, where marks of footnotes hang.
    """

    size: float
    widths: tuple[float, ...]
    rest: float


def set_columns(table: TableModel, measure: Measure, *, dense: bool) -> Columns:
    """Choose size and column widths of a table.

    Every column begins as wide as its longest line. As long as they do not fit, the one is narrowed where that costs
    fewest lines, at most to its longest word; the size is the largest at which rows have few enough lines.
    """
    cells = list(_measured(table, measure))
    least = [max((cell.word for cell in cells if cell.column == column), default=0.0) for column in range(table.width)]
    marks = max((cell.mark for cell in cells if cell.column == table.width - 1), default=0.0)
    best: Columns | None = None
    for size in DENSE_SIZES if dense else SIZES:
        rest = marks * size
        room = TEXT_WIDTH_MM - GUTTER_MM * (table.width - 1) - rest - sum(least) * size
        if room < 0:
            continue
        widths, lines = _widths(cells, [width * size for width in least], len(table.header), room, size)
        best = Columns(size, _with_gutters(widths, rest), rest)
        if lines <= LINES_A_ROW:
            break
    if best is None:
        room = TEXT_WIDTH_MM - GUTTER_MM * (table.width - 1) - marks * SMALLEST_SIZE
        share = min(1.0, room / (sum(least) * SMALLEST_SIZE or 1.0))
        widths = [width * SMALLEST_SIZE * share for width in least]
        widths[0] += room - sum(widths)
        rest = marks * SMALLEST_SIZE
        best = Columns(SMALLEST_SIZE, _with_gutters(widths, rest), rest)
    return best


def column_shares(table: TableModel) -> list[float]:
    """Shares of the columns in the width of a table whose fonts are not known: every letter counts the same."""

    def measure(text: str, *, bold: bool = False) -> float:
        return len(text) * USUAL_LETTER_MM

    widths = set_columns(table, measure, dense=False).widths
    return [width / sum(widths) for width in widths]


@dataclass(frozen=True)
class _Measured:
    """A cell with the widths of its longest word, its longest line, and its mark, at a size of one point."""

    row: int
    column: int
    word: float
    line: float
    mark: float


def _measured(table: TableModel, measure: Measure) -> Iterator[_Measured]:
    every = max(1, len(table.body) // ROWS_WEIGHED)
    for row, column, cell in single_cells(table):
        bold = cell.is_header and row < len(table.header)
        marks = "".join(run.text for run in cell.runs if run.mark or run.raised)
        text = "".join(("\n" if run.break_before else "") + keep_dates(run.text) for run in cell.runs if not run.mark)
        if is_unbreakable(cell.text.removesuffix(marks)):
            number = measure(cell.text.removesuffix(marks), bold=bold)
            word = line = number
        else:
            word = max(measure(part.strip(), bold=bold) for part in BREAKS.split(text))
            line = max(measure(part, bold=bold) for part in text.split("\n"))
        # what is not weighed still has its longest word
        is_weighed = row < len(table.header) or row % every == 0
        yield _Measured(row if is_weighed else -1, column, word, line, measure(marks) * 0.65)


def _widths(
    cells: Sequence[_Measured], least: list[float], head: int, room: float, size: float
) -> tuple[list[float], float]:
    """Share out the room beyond the longest words; the second part is the number of lines of a row, on average."""
    rows: dict[int, dict[int, float]] = {}
    widths = list(least)
    for cell in cells:
        if cell.row >= 0:
            rows.setdefault(cell.row, {})[cell.column] = cell.line * size
        widths[cell.column] = max(widths[cell.column], min(cell.line * size, WIDEST_MM))

    def lines(column: int, width: float) -> float:
        """Lines of all rows when one column has this width; broken lines beside longer ones count a little."""
        total = 0.0
        for number, row in rows.items():
            counts = [_lines(line, width if at == column else widths[at]) for at, line in row.items()]
            total += (max(counts) + 0.1 * sum(counts)) * (HEADER_WEIGHT if number < head else 1.0)
        return total

    excess = sum(widths) - sum(least) - room
    while excess > 0:
        now = lines(-1, 0.0)
        losses = []
        for column, width in enumerate(widths):
            # a step alone may cost as many lines as three
            for steps in (1, 2, 4, 8):
                step = min(steps * STEP_MM, width - least[column], excess)
                if step > 0:
                    losses.append(((lines(column, width - step) - now) / step, -width, column, step))
        if not losses:
            break
        _, _, column, step = min(losses)
        widths[column] -= step
        excess -= step
    average = fmean(max(_lines(line, widths[at]) for at, line in row.items()) for row in rows.values())
    left = max(0.0, -excess)
    each = min(left / len(widths), MORE_ROOM_MM)
    widths = [width + each for width in widths]
    widths[0] += left - each * len(widths)
    return widths, average


def _lines(line: float, width: float) -> int:
    """Lines that a text takes in a column; broken lines are not full."""
    return 1 if line <= width else math.ceil(line / (width * 0.9))


def _with_gutters(widths: Sequence[float], rest: float) -> tuple[float, ...]:
    last = len(widths) - 1
    half = GUTTER_MM / 2
    return tuple(
        width + (half if column else 0) + (half if column < last else rest) for column, width in enumerate(widths)
    )


def single_cells(table: TableModel) -> Iterator[tuple[int, int, Cell]]:
    """Every cell that covers one column, with its row and column.

    Cells that reach down from a row above push those of the next rows to the right.
    """
    reach: dict[int, int] = {}
    for number, row in enumerate((*table.header, *table.body)):
        if row.is_group:
            continue
        column = 0
        for cell in row.cells:
            while reach.get(column, 0) > 0:
                reach[column] -= 1
                column += 1
            if cell.columns == 1 and column < table.width:
                yield number, column, cell
            for covered in range(column, column + cell.columns):
                reach[covered] = cell.rows - 1
            column += cell.columns
