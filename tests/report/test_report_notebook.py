"""What the planner reads from source notebooks: parameters, and names of cells."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.notebook import describe_cell, read_notebook, read_parameters

PARAMETERS = {"tags": ["parameters"]}


def write(path, *cells):
    nbformat.write(new_notebook(cells=list(cells)), path)
    return path


def test_parameters_are_names_and_literal_values(tmp_path):
    cell = new_code_cell(
        '# who\ncountries = ["EST", "LVA"]\nfirst_year: int = 2014\nprice_basis = "constant"', metadata=PARAMETERS
    )
    path = write(tmp_path / "a.ipynb", new_markdown_cell("# A"), cell)
    assert read_parameters(read_notebook(path), path) == {
        "countries": ["EST", "LVA"],
        "first_year": 2014,
        "price_basis": "constant",
    }


def test_parameters_cell_may_be_empty(tmp_path):
    path = write(tmp_path / "a.ipynb", new_code_cell("# nothing to choose", metadata=PARAMETERS))
    assert read_parameters(read_notebook(path), path) == {}


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("first_year = 2000 + x", "parameter first_year is not a literal value"),
        ("first_year: int", "parameter first_year is not a literal value"),
        ("a = b = 1", "line 1 of the parameters cell is not 'name = value'"),
        ("import os", "line 1 of the parameters cell is not 'name = value'"),
        ("x = 1\nframe.year = 3", "line 2 of the parameters cell is not 'name = value'"),
        ("first_year = = 3", "the parameters cell is not Python"),
    ],
)
def test_parameters_cell_holds_nothing_else(tmp_path, source, message):
    path = write(tmp_path / "a.ipynb", new_markdown_cell("# A"), new_code_cell(source, metadata=PARAMETERS))
    with pytest.raises(ConfigurationError) as caught:
        read_parameters(read_notebook(path), path)
    assert message in caught.value.what
    assert caught.value.where == f"{path}, cell 2"


@pytest.mark.parametrize("count", [0, 2])
def test_exactly_one_cell_is_tagged(tmp_path, count):
    path = write(tmp_path / "a.ipynb", *(new_code_cell("x = 1", metadata=PARAMETERS) for _ in range(count)))
    with pytest.raises(ConfigurationError, match=f"{count or 'no'} cells are tagged 'parameters'"):
        read_parameters(read_notebook(path), path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"cells": 3}', b"\xff\xfe\x00", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}'],
)
def test_unreadable_notebook_is_named(tmp_path, content):
    path = tmp_path / "01_broken.ipynb"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match="the notebook cannot be read") as caught:
        read_notebook(path)
    assert caught.value.where == str(path)


def test_missing_notebook_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"no notebook 01_gone.ipynb"):
        read_notebook(tmp_path / "01_gone.ipynb")


def test_cell_is_counted_as_in_the_source():
    notebook = new_notebook(
        cells=[
            new_code_cell("x = 1", metadata=PARAMETERS),
            new_code_cell("x = 2", metadata={"tags": ["injected-parameters"]}),
            new_code_cell("#| label: fig-share\nshow(x)"),
        ]
    )
    # third of the executed notebook, second of the source
    assert describe_cell(notebook, 2) == "cell 2 (fig-share)"
    assert describe_cell(notebook, 0) == "cell 1"
