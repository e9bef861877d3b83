"""What a fork server imports for notebooks, and the environment that all kernels get."""

import sys

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.report.execution import kernels
from baltic_calculus.report.execution.kernels import BEHIND_OWN, choose_kernel, kernel_variables, preload_for


def preload(*cells):
    return preload_for([new_notebook(cells=[new_code_cell(cell) for cell in cells])])


def test_libraries_that_a_notebook_imports_are_preloaded():
    assert preload("import altair as alt\nimport pandas as pd, json", "from lxml import etree") == (
        "altair",
        "lxml",
        "pandas",
    )


def test_libraries_behind_this_package_are_preloaded_and_never_the_package():
    found = preload("from baltic_calculus.exhibits import Figure", "import kernel_forkserver")
    assert found == BEHIND_OWN
    assert not [name for name in found if name.startswith(("baltic_calculus", "kernel_forkserver"))]


def test_code_beside_a_notebook_is_not_preloaded(tmp_path, monkeypatch):
    """An edit to it would not reach the kernels."""
    (tmp_path / "my_analysis.py").write_text("x = 1")
    monkeypatch.syspath_prepend(tmp_path)
    assert preload("import my_analysis", "import no_such_library_at_all") == ()


def test_cells_that_are_not_python_import_nothing():
    text = new_markdown_cell("import pandas")
    assert preload_for([new_notebook(cells=[text, new_code_cell("%time import pandas")])]) == ()


def test_kernels_fork_where_that_is_possible(monkeypatch):
    for supported, kernel in ((True, "fork"), (False, "plain")):
        monkeypatch.setattr("kernel_forkserver.is_supported", lambda supported=supported: supported)
        assert choose_kernel("auto") == kernel
    assert (choose_kernel("plain"), choose_kernel("fork")) == ("plain", "fork")


def test_kernels_compute_on_one_thread_with_a_fixed_hash_seed(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "8")
    found = kernel_variables({"BALTIC_ROOT": "here", "PYTHONHASHSEED": "7"})
    assert found["OMP_NUM_THREADS"] == found["OPENBLAS_NUM_THREADS"] == found["MKL_NUM_THREADS"] == "1"
    assert (found["BALTIC_ROOT"], found["PYTHONHASHSEED"]) == ("here", "7")


def test_module_starts_without_the_kernel_machinery():
    """The command line asks it before anything large is imported."""
    assert kernels.__name__ in sys.modules
    assert not hasattr(kernels, "papermill")
    assert not hasattr(kernels, "nbformat")
