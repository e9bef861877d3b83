"""Edited text is rendered without executing the page again, as if it had been."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.report.execution.prose import renew_prose
from baltic_calculus.report.execution.run import run_notebook
from baltic_calculus.report.execution.task import Task


def source():
    return new_notebook(
        cells=[
            new_markdown_cell("---\ntitle: Shares\n---", id="front"),
            new_code_cell("year = 2026", metadata={"tags": ["parameters"]}, id="parameters"),
            new_markdown_cell("Text", id="text"),
            new_code_cell("print(year)\nyear", id="year"),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


def execute(notebook, folder, **parameters):
    return run_notebook(Task("page", nbformat.writes(notebook), parameters, str(folder))).notebook


@pytest.mark.parametrize("parameters", [{}, {"year": 2030}], ids=["own parameters", "injected parameters"])
def test_renewed_record_is_that_of_a_new_run(tmp_path, parameters):
    before = execute(source(), tmp_path, **parameters)
    edited = source()
    edited.cells[0].source = "---\ntitle: Shares of GDP\n---"
    edited.cells[2].source = "Better text"
    edited.cells.insert(1, new_markdown_cell("More text", metadata={"tags": ["aside"]}, id="more"))
    edited.cells.append(new_markdown_cell("The end", id="end"))
    edited = nbformat.reads(nbformat.writes(edited), as_version=4)
    renewed = renew_prose(before, edited)
    assert "Better text" in renewed
    assert renewed == execute(edited, tmp_path, **parameters)
