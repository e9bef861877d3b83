"""A table as Markdown: a grid table with its header rows, alignment, groups and covering cells.

Written by pandoc from its own syntax tree, so that Quarto, whose pandoc reads it, finds what was meant.
"""

import json

from baltic_calculus.report.pandoc import Node, Pandoc, words
from baltic_calculus.report.table_model import Align, Cell, Row, Run, TableModel
from baltic_calculus.report.typst_columns import column_shares

ALIGNMENTS: dict[Align, str] = {"left": "AlignLeft", "center": "AlignCenter", "right": "AlignRight"}
NO_ATTRIBUTES: list[object] = ["", [], []]
LINE = 116
"""Characters of a line of Markdown: the columns share them as they share the width of a page."""

GRID = "markdown-simple_tables-multiline_tables-pipe_tables+grid_tables"


def markdown_table(table: TableModel, pandoc: Pandoc) -> str:
    """Write a table as a grid table of pandoc Markdown, its footnotes below it."""
    text = pandoc.convert(
        json.dumps({"pandoc-api-version": pandoc.api_version(), "meta": {}, "blocks": [_table(table)]}),
        "json",
        GRID,
        f"--columns={LINE}",
    )
    notes = [{"t": "Para", "c": _inlines(note)} for note in table.footnotes]
    return "\n".join([text.rstrip(), *(["", pandoc.write(notes, GRID).rstrip()] if notes else []), ""])


def _table(table: TableModel) -> Node:
    columns = [
        [{"t": ALIGNMENTS[align]}, {"t": "ColWidth", "c": round(share, 4)}]
        for align, share in zip(table.column_aligns, column_shares(table), strict=True)
    ]
    head = [NO_ATTRIBUTES, [_row(row, table.width) for row in table.header]]
    body = [NO_ATTRIBUTES, 0, [], [_row(row, table.width) for row in table.body]]
    return {
        "t": "Table",
        "c": [NO_ATTRIBUTES, [None, []], columns, head, [body], [NO_ATTRIBUTES, []]],
    }


def _row(row: Row, width: int) -> list[object]:
    if row.is_group:
        group = row.cells[0]
        return [NO_ATTRIBUTES, [_cell([{"t": "Strong", "c": _inlines(group.runs)}], 1, width)]]
    return [NO_ATTRIBUTES, [_cell(_content(cell, row.is_summary), cell.rows, cell.columns) for cell in row.cells]]


def _cell(inlines: list[Node], rows: int, columns: int) -> list[object]:
    blocks = [{"t": "Plain", "c": inlines}] if inlines else []
    return [NO_ATTRIBUTES, {"t": "AlignDefault"}, rows, columns, blocks]


def _content(cell: Cell, is_summary: bool) -> list[Node]:
    inlines = _inlines(cell.runs)
    if inlines and cell.italic:
        inlines = [{"t": "Emph", "c": inlines}]
    if inlines and (cell.bold or is_summary):
        inlines = [{"t": "Strong", "c": inlines}]
    return inlines


def _inlines(runs: tuple[Run, ...]) -> list[Node]:
    inlines: list[Node] = []
    for run in runs:
        if run.break_before:
            inlines.append({"t": "LineBreak"})
        inlines += _styled(run)
    return inlines


def _styled(run: Run) -> list[Node]:
    inlines = words(run.text.strip() if run.mark else run.text)
    for wanted, kind in (
        (run.mark or run.raised, "Superscript"),
        (run.lowered, "Subscript"),
        (run.italic, "Emph"),
        (run.bold, "Strong"),
    ):
        if wanted and inlines:
            inlines = [{"t": kind, "c": inlines}]
    return inlines
