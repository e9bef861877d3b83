"""Source notebooks as the planner sees them: readable or not, and which parameters they take."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import nbformat

from baltic_calculus.errors import ConfigurationError

FORMAT = 4
PARAMETERS_TAG = "parameters"
INJECTED_TAG = "injected-parameters"
RUN_METADATA = ("papermill", "execution", "widgets")
"""Times, paths and random names of one run; they differ each time and say nothing about the result."""
UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    AssertionError,
    RecursionError,
    nbformat.ValidationError,
)
"""What nbformat lets through for a file that is no notebook: no list where one should be, brackets without end."""

_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)\s*$", re.MULTILINE)


def read_notebook(path: Path) -> nbformat.NotebookNode:
    """Read a notebook and check it against the notebook format.

    Parameters
    ----------
    path : Path
        An ``.ipynb`` file, format 4.

    Raises
    ------
    ConfigurationError
        When the file is missing, is not JSON, or breaks the notebook format.
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("nbformat") != FORMAT:
            raise ValueError(f"it is not a notebook of format {FORMAT}")
        notebook = nbformat.reads(text, as_version=FORMAT)
        nbformat.validate(notebook)
    except FileNotFoundError:
        raise ConfigurationError(
            f"no notebook {path.name}",
            where=str(path.parent),
            remedy="add it, or take the page out of report/report.yaml",
        ) from None
    except UNREADABLE as error:
        first_line = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise ConfigurationError(
            f"the notebook cannot be read: {first_line[:200]}",
            where=str(path),
            remedy="open it in JupyterLab and save it again, or take back the last change to it",
        ) from None
    return notebook


def tagged_cells(notebook: nbformat.NotebookNode, tag: str) -> list[int]:
    """Positions of the cells that carry a tag, counted from 0."""
    return [index for index, cell in enumerate(notebook.cells) if tag in cell.metadata.get("tags", [])]


def read_parameters(notebook: nbformat.NotebookNode, path: Path) -> dict[str, Any]:
    """Names and default values that a notebook's parameters cell assigns.

    Parameters
    ----------
    notebook : NotebookNode
        The source notebook.
    path : Path
        Its file, for messages.

    Returns
    -------
    dict of str to value
        In the order of the cell.

    Raises
    ------
    ConfigurationError
        When the notebook has no or several cells tagged ``parameters``, or assigns something that is not a literal
        value there.
    """
    tagged = tagged_cells(notebook, PARAMETERS_TAG)
    if len(tagged) != 1:
        raise ConfigurationError(
            f"{len(tagged) or 'no'} cells are tagged {PARAMETERS_TAG!r}",
            where=str(path),
            remedy=f"tag exactly one code cell {PARAMETERS_TAG!r} (JupyterLab: property inspector, cell tags)",
        )
    return _assignments(notebook, tagged[0], path)


def read_parameters_used(notebook: nbformat.NotebookNode, path: Path) -> dict[str, Any]:
    """Names and values with which a notebook was executed: its own, and those that papermill gave it.

    Raises
    ------
    ConfigurationError
        When one of these cells assigns something that is not a literal value.
    """
    used: dict[str, Any] = {}
    for tag in (PARAMETERS_TAG, INJECTED_TAG):
        for index in tagged_cells(notebook, tag):
            used |= _assignments(notebook, index, path)
    return used


def _assignments(notebook: nbformat.NotebookNode, index: int, path: Path) -> dict[str, Any]:
    """Names and values that a parameters cell assigns, in its order."""
    where = f"{path}, cell {index + 1}"
    try:
        statements = ast.parse(notebook.cells[index].source).body
    except SyntaxError as error:
        raise ConfigurationError(
            f"the parameters cell is not Python: {error.msg}, line {error.lineno}",
            where=where,
            remedy="correct that line",
        ) from None
    except (ValueError, RecursionError, MemoryError) as error:  # NUL bytes, surrogates, brackets without end
        raise ConfigurationError(
            f"the parameters cell is not Python: {error or 'too deep'}", where=where, remedy="write 'name = value'"
        ) from None
    defaults: dict[str, Any] = {}
    for statement in statements:
        name, value = _assignment(statement, where)
        defaults[name] = value
    return defaults


def _assignment(statement: ast.stmt, where: str) -> tuple[str, Any]:
    """Name and literal value of ``name = value`` or ``name: type = value``."""
    target, value = None, None
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign):
        target, value = statement.target, statement.value
    if isinstance(target, ast.Name):
        try:
            return target.id, ast.literal_eval(value or "")
        except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError):
            what = f"parameter {target.id} is not a literal value"
    else:
        what = f"line {statement.lineno} of the parameters cell is not 'name = value'"
    raise ConfigurationError(what, where=where, remedy="assign numbers, strings or lists of them, one name a line")


def describe_cell(notebook: nbformat.NotebookNode, index: int) -> str:
    """Name a cell of an executed notebook the way a person finds it in the source: ``cell 7 (fig-share)``.

    Parameters
    ----------
    notebook : NotebookNode
        The notebook that ran, with or without the cell that papermill injects.
    index : int
        Position in that notebook, counted from 0.
    """
    injected = sum(1 for position in tagged_cells(notebook, INJECTED_TAG) if position < index)
    label = _LABEL.search(notebook.cells[index].source)
    number = f"cell {index - injected + 1}"
    return f"{number} ({label.group(1)})" if label else number


def drop_run_metadata(metadata: dict[str, Any]) -> None:
    """Take the traces of the run out of the metadata of a notebook or a cell, in place."""
    for key in RUN_METADATA:
        metadata.pop(key, None)
