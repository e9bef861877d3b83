"""How the kernels of a build or a sweep are started, and what a fork server imports for them."""

import ast
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from baltic_calculus.report.execution.task import Kernel

if TYPE_CHECKING:
    from nbformat import NotebookNode

KernelChoice = Literal["auto", "plain", "fork"]

OWN = frozenset({"baltic_calculus", "kernel_forkserver"})
BEHIND_OWN = ("numpy", "pandas", "altair", "great_tables", "pydantic", "yaml", "jsonschema")
"""What chapters load through this package, found by comparing ``sys.modules`` before and after one."""

REPRODUCIBLE = {
    "PYTHONHASHSEED": "0",
    # sums in a fixed order; the notebooks themselves run side by side
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
}
"""Environment in which notebooks give the same result on every machine; a task's own environment wins over it."""


def kernel_variables(own: Mapping[str, str]) -> dict[str, str]:
    """The whole environment of a kernel whose task has these variables of its own."""
    return os.environ | REPRODUCIBLE | dict(own)


def choose_kernel(wanted: KernelChoice) -> Kernel:
    """How kernels are started, when ``auto`` leaves it open: forked where that is possible, that is on Linux.

    A fork server imports its libraries while this process imports those that execute and render notebooks, so that
    already the first kernel comes up sooner than a plain one.
    """
    if wanted != "auto":
        return wanted
    from kernel_forkserver import is_supported

    return "fork" if is_supported() else "plain"


def prepare_kernels(kernel: Kernel, preload: Sequence[str], environment: Mapping[str, str]) -> None:
    """Let the fork server, if there is to be one, import its libraries while this process imports its own."""
    if kernel == "fork":
        from kernel_forkserver import start_server

        start_server(preload, kernel_variables(environment))


def preload_for(notebooks: "Iterable[NotebookNode]") -> tuple[str, ...]:
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


def _imports(notebook: "NotebookNode") -> Iterator[str]:
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
