"""Small tasks with real kernels for the tests of execution."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from baltic_calculus.report.execution.task import Task


@pytest.fixture(scope="session")
def make_task(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Task]:
    """Make a task whose notebook has these code cells: ``make_task("1 + 1", name="sum", kernel="fork")``."""
    folder = str(tmp_path_factory.mktemp("kernels"))

    def make(*cells: str, name: str = "run", **options: object) -> Task:
        code = [new_code_cell(source, id=f"code-{number}") for number, source in enumerate(cells)]
        notebook = nbformat.writes(new_notebook(cells=code))
        return Task(**{"name": name, "notebook": notebook, "parameters": {}, "folder": folder, **options})

    return make


@pytest.fixture(scope="session")
def cells_of() -> Callable[[str], list[dict]]:
    """Give the cells of the notebook of an outcome."""

    def read(notebook: str) -> list[dict]:
        return json.loads(notebook)["cells"]

    return read


@pytest.fixture(scope="session")
def left_over() -> Callable[[Sequence[str]], list[psutil.Process]]:
    """Find processes that were started with one of these arguments and still run."""

    def find(arguments: Sequence[str]) -> list[psutil.Process]:
        processes = psutil.process_iter(["cmdline"])
        return [process for process in processes if set(arguments) & set(process.info["cmdline"] or ())]

    return find


@pytest.fixture
def notebooks_folder(tmp_path: Path) -> Path:
    """An empty folder for executed notebooks, inside one of its own."""
    folder = tmp_path / "build" / "executed"
    folder.mkdir(parents=True)
    return folder
