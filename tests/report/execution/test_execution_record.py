"""The record of a run: the same text whichever kernel and scheduler ran it, and the truth about where it ended."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from baltic_calculus.report.execution.record import mark_stopped, read_source, write_record
from baltic_calculus.report.execution.run import run_notebook
from baltic_calculus.report.execution.schedule import open_executor, run_tasks
from kernel_forkserver import is_supported

CHART = """
import altair, pandas
frame = pandas.DataFrame({"state": ["Estonia", "Latvia"], "share": [3.4, 3.7]})
altair.Chart(frame).mark_bar().encode(x="share", y="state")
"""
VARIED = """
import sys, warnings
print("to stdout"); print("to stderr", file=sys.stderr); print("again")
warnings.warn("a file named after the process")
print(object(), hash("text"), sorted({"a", "b"} | {"c"}))
object()
"""


@pytest.fixture(scope="module")
def task(make_task):
    return make_task("years = [2014]", CHART, CHART, VARIED, "frame", parameters={"years": [2025, 2026]})


@pytest.fixture(scope="module")
def record(task):
    outcome = run_notebook(task)
    assert outcome.status == "ok", outcome
    return outcome.notebook


@pytest.mark.skipif(not is_supported(), reason="kernels cannot be forked here")
def test_forked_kernel_gives_the_same_bytes(make_task, record):
    forked = make_task(
        "years = [2014]",
        CHART,
        CHART,
        VARIED,
        "frame",
        parameters={"years": [2025, 2026]},
        kernel="fork",
        preload=("pandas", "altair"),
    )
    outcome = run_notebook(forked)
    assert (outcome.kernel, outcome.status) == ("fork", "ok")
    assert outcome.notebook == record


def test_cluster_gives_the_same_bytes(task, record):
    with open_executor("dask", 1) as executor:
        (outcome,) = run_tasks([task], executor)
    assert outcome.notebook == record


def test_no_trace_of_the_run_is_left(record):
    for trace in ("start_time", "duration", "iopub", "input_path", "version_minor", "ipykernel_", "at 0x7"):
        assert trace not in record
    outputs = [output for cell in json.loads(record)["cells"] for output in cell["outputs"]]
    # text of one stream is one output, however many messages brought it
    assert [output["name"] for output in outputs if output["output_type"] == "stream"] == ["stdout", "stderr"]
    assert "<object object at 0x0>" in record


@pytest.fixture
def notebook():
    """Three cells as papermill leaves them after a kill in the second: all "completed"."""
    cells = [new_code_cell("1"), new_code_cell("2"), new_markdown_cell("3")]
    for cell in cells:
        cell.metadata.papermill = {"status": "completed", "exception": False, "duration": 1.2}
    return new_notebook(cells=cells, metadata={"papermill": {"exception": None, "parameters": {}, "version": "2.7"}})


@pytest.mark.parametrize(
    ("index", "states"),
    [(1, ["completed", "failed", "pending"]), (None, ["pending", "pending", "pending"])],
    ids=["in the second cell", "before the first cell"],
)
def test_false_completion_is_corrected(notebook, index, states):
    mark_stopped(notebook, index, "kernel_died", "the kernel left with exit code 3")
    marked = json.loads(write_record(notebook))
    assert marked["metadata"]["papermill"] == {"parameters": {}, "exception": True}
    assert [cell["metadata"]["papermill"]["status"] for cell in marked["cells"]] == states
    errors = [(o["ename"], o["evalue"]) for cell in marked["cells"] for o in cell.get("outputs", [])]
    assert errors == ([("KernelDied", "the kernel left with exit code 3")] if index is not None else [])


def test_cells_of_an_old_notebook_get_fixed_names():
    old = {"cells": [{"cell_type": "markdown", "metadata": {}, "source": "a"}], "metadata": {}}
    texts = {nbformat.writes(read_source(json.dumps(old | {"nbformat": 4, "nbformat_minor": 4}))) for _ in range(2)}
    assert len(texts) == 1
    assert '"id": "cell-1"' in texts.pop()


def test_what_a_cell_printed_stays_otherwise(notebook):
    text = "0x10 rooms at 0xAB; /tmp/file.py; price at 0x12"
    notebook.cells[0].outputs = [new_output("stream", name="stdout", text=text)]
    assert json.loads(write_record(notebook))["cells"][0]["outputs"][0]["text"] == text
