"""A table as Typst: real header, spanner, group and data cells, with the widths that its words need."""

import json
import re
from collections.abc import Iterator

from baltic_calculus.report.table_model import Cell, Row, Run, TableModel

LONGEST_LINE = 30
"""Characters that every column may have in a line before its text is broken."""

SMALLEST_SIZE = 6.8
USUAL_SIZE = 8.6
ROOM = 104
"""Characters of the usual size, margins of the columns included, that fit into the width of the page."""

CELL_MARGIN = 2.5


def typst_string(text: str) -> str:
    """A Typst string literal."""
    return json.dumps(text, ensure_ascii=False)


def typst_table(table: TableModel) -> str:
    """Write a table as a call of the theme's ``data-table``."""
    widths = column_widths(table)
    size = max(SMALLEST_SIZE, min(USUAL_SIZE, USUAL_SIZE * ROOM / sum(widths)))
    columns = ", ".join(f"{width:.2f}fr" for width in widths)
    aligns = ", ".join(table.column_aligns)
    head = ",\n".join(_head_cell(cell) for row in table.header for cell in row.cells)
    rows = ",\n".join(_row(row, table.width) for row in table.body)
    return f"data-table(({columns},), ({aligns},), {size:.2f}pt, (\n{head},\n), (\n{rows},\n))"


def typst_runs(runs: tuple[Run, ...]) -> str:
    """Write stretches of text with their styles, as Typst content."""
    return "".join(_run(run) for run in runs)


def column_widths(table: TableModel) -> list[float]:
    """Width of each column in characters, its margin included.

    A column gets its longest word, and its longest line within reason; room that is left goes to the columns whose
    lines would still be broken, each by what it lacks.
    """
    widths, lines = [1.0] * table.width, [0] * table.width
    for column, cell in _single_cells(table):
        words = re.split(r"[ \u2013-]", cell.text)
        lines[column] = max(lines[column], *map(len, cell.text.split("\n")))
        widths[column] = max(widths[column], *map(len, words), min(lines[column], LONGEST_LINE))
    widths = [width + CELL_MARGIN for width in widths]
    lacking = [max(0.0, line + CELL_MARGIN - width) for line, width in zip(lines, widths, strict=True)]
    share = min(1.0, max(0.0, ROOM - sum(widths)) / (sum(lacking) or 1.0))
    return [width + share * lack for width, lack in zip(widths, lacking, strict=True)]


def _single_cells(table: TableModel) -> Iterator[tuple[int, Cell]]:
    """Every cell that covers one column, with its column; cells that reach down from a row above push to the right."""
    reach: dict[int, int] = {}
    for row in (*table.header, *table.body):
        if row.is_group:
            continue
        column = 0
        for cell in row.cells:
            while reach.get(column, 0) > 0:
                reach[column] -= 1
                column += 1
            if cell.columns == 1 and column < table.width:
                yield column, cell
            for covered in range(column, column + cell.columns):
                reach[covered] = cell.rows - 1
            column += cell.columns


def _run(run: Run) -> str:
    text = f"#{typst_string(run.text.strip() if run.mark else run.text)}"
    if run.mark or run.raised:
        text = f"#super[{text}]"
    if run.lowered:
        text = f"#sub[{text}]"
    if run.italic:
        text = f"#emph[{text}]"
    if run.bold:
        text = f"#strong[{text}]"
    return f"#linebreak(){text}" if run.break_before else text


def _spans(cell: Cell) -> str:
    columns = f", colspan: {cell.columns}" if cell.columns > 1 else ""
    rows = f", rowspan: {cell.rows}" if cell.rows > 1 else ""
    return columns + rows


def _head_cell(cell: Cell) -> str:
    text = f"[{typst_runs(cell.runs)}]"
    if cell.is_spanner and cell.columns > 1:
        return f"spanner({text}{_spans(cell)})"
    return f"th({text}, align: {cell.align} + bottom{_spans(cell)})"


def _row(row: Row, width: int) -> str:
    if row.is_group:
        return f"group({width}, [{typst_runs(row.cells[0].runs)}])"
    return ", ".join(_body_cell(cell, bold=row.is_summary) for cell in row.cells)


def _body_cell(cell: Cell, bold: bool) -> str:
    text = typst_runs(cell.runs)
    if cell.italic:
        text = f"#emph[{text}]"
    if cell.bold or bold:
        text = f"#strong[{text}]"
    return f"table.cell([{text}], align: {cell.align}{_spans(cell)})"
