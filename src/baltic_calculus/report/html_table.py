"""A table as HTML for the site: plain, semantic, styled by the site alone."""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from baltic_calculus.report.line_break import is_unbreakable, keep_dates
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel
from baltic_calculus.report.table_records import LONG, RECORDS, holds_records

ROWS_SEEN_AT_ONCE = 12
"""A table of more rows is sorted in place by its headers."""

COLUMNS_NAMED = 16
"""The style sheet knows the names of so many columns."""

Linker = Callable[[str], str]
"""From the slug of a page, or the label of a place, to its address; empty when the build has no such page."""


def no_pages(name: str) -> str:
    """Linker of a table that stands alone: no cell leads anywhere."""
    return ""


def html_table(table: TableModel, link: Linker = no_pages, marks: Sequence[str] = ()) -> str:
    """Write a table: header cells with their scope, one ``tbody`` for each group, no styles and no identifiers.

    Parameters
    ----------
    table : TableModel
        The table.
    link : callable
        Gives the address of what a cell leads to.
    marks : sequence of str
        What each row, from the top, says beside its cells (see :mod:`~baltic_calculus.report.table_filter`).
    """
    told = iter(marks)
    named = _columns_to_the_right(table)
    widening = _first_long_cells(table)
    kinds = ["sortable"] * is_sortable(table) + [RECORDS] * holds_records(table)
    classes = [*kinds, *(f"right-{column}" for column in named)]
    parts = [f'<table class="{" ".join(classes)}">' if classes else "<table>"]
    if table.header:
        head = "".join(f"<tr>{''.join(_head_cells(row))}</tr>" for row in table.header)
        parts.append(f"<thead>{head}</thead>")
    for group in _groups(table.body):
        rows = "".join(_body_row(row, table.width, link, named, widening, told) for row in group)
        parts.append(f"<tbody>{rows}</tbody>")
    return "".join([*parts, "</table>"])


def is_sortable(table: TableModel) -> bool:
    """Whether readers may want another order: there are many rows, and no cell reaches over several."""
    rows = [row for row in table.body if not row.is_group]
    is_plain = all(cell.rows == cell.columns == 1 for row in rows for cell in row.cells)
    return bool(table.header) and is_plain and len(rows) > ROWS_SEEN_AT_ONCE


def _columns_to_the_right(table: TableModel) -> tuple[int, ...]:
    """Columns whose cells all stand to the right, from 1: the table names them once, and no cell need say so."""
    rows = [row.cells for row in table.body if not row.is_group]
    if any(len(cells) != table.width or any(cell.rows > 1 for cell in cells) for cells in rows):
        return ()
    columns = range(2, min(table.width, COLUMNS_NAMED) + 1)
    return tuple(column for column in columns if all(cells[column - 1].align == "right" for cells in rows))


def _first_long_cells(table: TableModel) -> tuple[Cell, ...]:
    """The first cell of each column that must not be squeezed: it keeps the column wide, and no other need say so."""
    first: dict[int, Cell] = {}
    for row in table.body:
        for column, cell in enumerate(row.cells):
            if len(cell.text) > LONG and not (row.is_group or cell.is_header):
                first.setdefault(column, cell)
    return tuple(first.values())


def html_runs(runs: tuple[Run, ...]) -> str:
    """Write stretches of text with their styles."""
    return "".join(_run(run) for run in runs)


def _linked(run: Run, address: str) -> str:
    return f'<a href="{escape(address)}">{_run(run)}</a>' if address else _run(run)


def _run(run: Run) -> str:
    text = escape(keep_dates(run.text))
    if run.mark or run.raised:
        text = f"<sup>{text.strip()}</sup>"
    if run.lowered:
        text = f"<sub>{text}</sub>"
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    return f"<br>{text}" if run.break_before else text


def _groups(body: tuple[Row, ...]) -> Iterator[list[Row]]:
    """Rows cut at each group row, which leads its group."""
    group: list[Row] = []
    for row in body:
        if row.is_group and group:
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _spans(cell: Cell) -> str:
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return columns + rows


def _head_cells(row: Row) -> Iterator[str]:
    for cell in row.cells:
        classes = _classes(cell.align, "spanner" * cell.is_spanner)
        if not cell.text:
            yield f"<td{classes}{_spans(cell)}></td>"
        else:
            scope = "colgroup" if cell.columns > 1 else "col"
            yield f'<th scope="{scope}"{classes}{_spans(cell)}>{html_runs(cell.runs)}</th>'


def _body_row(
    row: Row, width: int, link: Linker, named: Sequence[int], widening: Sequence[Cell], marks: Iterator[str]
) -> str:
    if row.is_group:
        text = html_runs(row.cells[0].runs)
        return f'<tr class="group"><th scope="rowgroup" colspan="{width}">{text}</th></tr>'
    cells = "".join(
        _body_cell(cell, link, column in named, cell in widening) for column, cell in enumerate(row.cells, start=1)
    )
    if row.is_summary:
        return f'<tr class="summary">{cells}</tr>'
    mark = next(marks, "")
    return f'<tr data-is="{mark}">{cells}</tr>' if mark else f"<tr>{cells}</tr>"


def _body_cell(cell: Cell, link: Linker, is_placed: bool, is_long: bool) -> str:
    align = "" if is_placed else cell.align
    text = "".join(_linked(run, link(run.page or run.label) if run.page or run.label else "") for run in cell.runs)
    if cell.italic:
        text = f"<em>{text}</em>"
    if cell.bold:
        text = f"<strong>{text}</strong>"
    if cell.is_header:
        return f'<th scope="row"{_classes(align)}{_spans(cell)}>{text}</th>'
    classes = _classes(align, "whole" * _is_range(cell.text), "long" * is_long)
    return f"<td{classes}{_spans(cell)}>{text}</td>"


def _classes(align: str, *others: str) -> str:
    """The class attribute of a cell; to the left, where all text stands, needs none."""
    names = [name for name in (align, *others) if name not in ("", "left")]
    return f' class="{" ".join(names)}"' if names else ""


def _is_range(text: str) -> bool:
    """Whether a cell would break behind the dash of its range; a single number has no place to break at."""
    return "\u2013" in text and is_unbreakable(text)
