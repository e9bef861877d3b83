"""The code of a notebook as its readers may check it: cell by cell, with the numbers that its author sees."""

from collections.abc import Iterator
from dataclasses import dataclass

from nbformat import NotebookNode

from baltic_calculus.report.cell import cell_options
from baltic_calculus.report.notebook import INJECTED_TAG, PARAMETERS_TAG

REMOVED_TAG = "remove-cell"


@dataclass(frozen=True)
class CodeCell:
    """A code cell of an executed notebook.

    Attributes
    ----------
    number : int
        Its place among the cells of the source notebook, from 1; of the values that a build gave to the parameters, the
        place of the cell with their defaults.
    label : str
        Label of the exhibit or finding that it makes; empty for others.
    role : str
        ``"parameters"`` for default values, ``"injected-parameters"`` for those of this build, empty for others.
    source : str
        The code, without the options of the cell.
    """

    number: int
    label: str
    role: str
    source: str


def code_cells(notebook: NotebookNode, name: str) -> tuple[CodeCell, ...]:
    """Code cells of a notebook in their order, but for those that its author took out, and empty ones without a label.

    Parameters
    ----------
    notebook : NotebookNode
        An executed notebook.
    name : str
        Its name, for error messages.
    """
    return tuple(_code_cells(notebook, name))


def _code_cells(notebook: NotebookNode, name: str) -> Iterator[CodeCell]:
    number = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        number += INJECTED_TAG not in tags  # papermill's own cell is not in the source
        if cell.cell_type != "code" or REMOVED_TAG in tags:
            continue
        options, source = cell_options(cell.source, f"{name}.ipynb, cell {number}")
        role = next((tag for tag in (PARAMETERS_TAG, INJECTED_TAG) if tag in tags), "")
        if source or "label" in options:
            yield CodeCell(number, str(options.get("label", "")), role, source)
