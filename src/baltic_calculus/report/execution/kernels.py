"""How the kernels of a build or a sweep are started, and what a fork server imports for them."""

import ast
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Literal

from nbformat import NotebookNode

from baltic_calculus.report.execution.task import Kernel

KernelChoice = Literal["auto", "plain", "fork"]

FORKED_FROM = 3
"""Notebooks from which a fork server is worth its start."""

OWN = frozenset({"baltic_calculus", "kernel_forkserver"})
BEHIND_OWN = ("numpy", "pandas", "altair", "great_tables", "pydantic", "yaml", "jsonschema")
"""What chapters load through this package, found by comparing ``sys.modules`` before and after one."""


def choose_kernel(wanted: KernelChoice, notebooks: int) -> Kernel:
    """How the kernels for so many notebooks are started, when ``auto`` leaves it open."""
    if wanted != "auto":
        return wanted
    from kernel_forkserver import is_supported

    return "fork" if notebooks >= FORKED_FROM and is_supported() else "plain"


def preload_for(notebooks: Iterable[NotebookNode]) -> tuple[str, ...]:
    """Modules that a fork server holds ready for notebooks: the installed libraries that they import.

    Neither this package nor code that lies beside a notebook or is installed for editing is among them: kernels would
    not see an edit to it.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        Source notebooks.

    Returns
    -------
    tuple of str
        Full names, in alphabetical order after the libraries of this package.
    """
    imported = {name for notebook in notebooks for name in _imports(notebook)}
    behind = BEHIND_OWN if any(name.split(".")[0] in OWN for name in imported) else ()
    own = sorted(name for name in imported if name not in behind and _is_library(name.split(".")[0]))
    return (*behind, *own)


def _imports(notebook: NotebookNode) -> Iterator[str]:
    """Full names of the modules that code cells import; a cell that is not plain Python has none."""
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        try:
            code = ast.parse(cell.source)
        except SyntaxError:
            continue
        for node in ast.walk(code):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


def _is_library(package: str) -> bool:
    """Whether a top-level package is installed like any library, and not for editing."""
    if package in sys.stdlib_module_names or package in OWN:
        return False
    spec = find_spec(package)
    origin = (spec.origin or "") if spec else ""
    return "site-packages" in origin or "dist-packages" in origin
