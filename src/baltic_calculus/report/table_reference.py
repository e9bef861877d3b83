"""References in the cells of a table: ``@fig-share`` becomes the name of what it points at, and leads there."""

from collections.abc import Iterator
from dataclasses import replace

from baltic_calculus.report.document import Document
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel


def name_references(table: TableModel, document: Document) -> TableModel:
    """Give each reference in the cells of a table its name, as sentences print it.

    Parameters
    ----------
    table : TableModel
        The table; its labels have been checked (`Ground.excerpt`).
    document : Document
        What can be referred to, and which pages are part of the build.

    Returns
    -------
    TableModel
        With "Figure 4.1" for ``fig-presence``. A reference to a page that is not built keeps its name alone.
    """
    return replace(table, body=tuple(_row(row, document) for row in table.body))


def _row(row: Row, document: Document) -> Row:
    if not any(run.label for cell in row.cells for run in cell.runs):
        return row
    return replace(row, cells=tuple(_cell(cell, document) for cell in row.cells))


def _cell(cell: Cell, document: Document) -> Cell:
    return replace(cell, runs=tuple(_named(cell.runs, document)))


def _named(runs: tuple[Run, ...], document: Document) -> Iterator[Run]:
    for run in runs:
        if not run.label:
            yield run
            continue
        target = document.numbering.targets[run.label]
        yield replace(run, text=target.name, label=run.label if document.has(target.page) else "")
