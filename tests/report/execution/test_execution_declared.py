"""What a notebook depends on is what its code names; code that cannot be followed depends on everything."""

import ast
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

import baltic_calculus
from baltic_calculus import catalog
from baltic_calculus.report.execution.declared import declared_data

NAMES = ["nato", "sipri", "targets"]
IMPORT = "from baltic_calculus import catalog"


def declared(*cells):
    return declared_data(new_notebook(cells=[new_code_cell(cell) for cell in cells]), NAMES)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("nato = catalog.load('nato')", {"nato"}),
        ("share = catalog.policy('targets').share.value", {"targets"}),
        ("Figure(chart, source=['nato', 'sipri'])", {"nato", "sipri"}),
        ("name = catalog.country_name('EST')", set()),
        ("x = 1", set()),
    ],
)
def test_named_data_are_declared(code, expected):
    assert declared(IMPORT, code) == expected


@pytest.mark.parametrize(
    "cells",
    [
        [IMPORT, "records = catalog.records()"],
        [IMPORT, "for name in names:\n    catalog.load(name)"],
        [IMPORT, "from baltic_calculus.catalog import load"],
        ["import baltic_calculus.catalog as c"],
        ["import pandas as pd\npd.read_csv('data/nato.csv')"],
        [IMPORT, "%time x = 1"],
    ],
    ids=["all records", "computed name", "another import", "another name", "past the catalogue", "magic"],
)
def test_code_that_cannot_be_followed_depends_on_everything(cells):
    assert declared(*cells) == set(NAMES)


def test_prose_declares_nothing():
    notebook = new_notebook(cells=[new_code_cell(IMPORT), new_markdown_cell('catalog.load("nato")')])
    assert declared_data(notebook, NAMES) == set()


def test_code_below_the_notebooks_reads_no_dataset_of_its_own():
    """Only so is what a notebook names all that it reads: records by name, and the register of countries."""
    package = Path(baltic_calculus.__file__).parent
    read = {
        node.func.attr
        for layer in ("analysis", "exhibits")
        for path in (package / layer).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "catalog"
    }
    assert read <= {"record", "countries", "country_name"}


@pytest.mark.parametrize("path", sorted((catalog.project_root() / "notebooks").glob("0*.ipynb")), ids=lambda p: p.stem)
def test_chapters_declare_some_data_and_not_all(path):
    names = [record.name for record in catalog.records()]
    assert set() < declared_data(nbformat.read(path, as_version=4), names) < set(names)
