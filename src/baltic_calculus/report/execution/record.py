"""The notebook of a run: read with fixed names for its cells, corrected, and written without the traces of the run.

The same inputs give the same text, whichever kernel and scheduler ran them.
"""

import json
import re
from typing import Any

import nbformat
from nbformat.v4 import new_output
from papermill.execute import ERROR_MARKER_TAG

from baltic_calculus.report.execution.task import Status
from baltic_calculus.report.notebook import FORMAT, INJECTED_TAG, drop_run_metadata

_KEPT_OF_PAPERMILL = ("parameters", "status", "exception")
_CELL_IDS_SINCE = 5  # minor version of the format
_CELL_FILE = re.compile(r"\S*/ipykernel_\d+/")
"""Where IPython says that the code of a cell is: a folder named after the process."""
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,16}\b")
"""Place of an object in memory, as its default ``repr`` tells it."""
_CHART_ID = re.compile(r"altair-viz-[0-9a-f]{32}")
"""Random name of a chart that Altair shows by itself; each chart of a notebook has its own."""
_ERROR_NAMES: dict[Status, str] = {"timed_out": "TimedOut", "kernel_died": "KernelDied", "cancelled": "Cancelled"}


def read_source(text: str) -> nbformat.NotebookNode:
    """Read a source notebook; cells of an old notebook without names get fixed ones, where nbformat's are random."""
    content = json.loads(text)
    for number, cell in enumerate(content["cells"], 1):
        cell.setdefault("id", f"cell-{number}")
    content["nbformat_minor"] = max(content["nbformat_minor"], _CELL_IDS_SINCE)
    return nbformat.reads(json.dumps(content), as_version=FORMAT)


def mark_stopped(notebook: nbformat.NotebookNode, index: int | None, status: Status, error: str) -> None:
    """Say in the notebook where its run ended: papermill calls every cell "completed" after a kill or a timeout.

    Parameters
    ----------
    notebook : NotebookNode
        What papermill left; changed in place.
    index : int or None
        Position of the cell that was running; None when none had started.
    status : Status
        What ended the run.
    error : str
        What happened, for the reader of that cell.
    """
    notebook.metadata.papermill["exception"] = True
    after = 0
    if index is not None:
        cell, after = notebook.cells[index], index + 1
        cell.metadata.papermill.update(status="failed", exception=True)
        name = _ERROR_NAMES.get(status, "Failed")
        cell.outputs.append(new_output("error", ename=name, evalue=error, traceback=[f"{name}: {error}"]))
    for cell in notebook.cells[after:]:
        cell.metadata.papermill.update(status="pending", exception=None)


def write_record(notebook: nbformat.NotebookNode) -> str:
    """Text of an executed notebook without what differs between runs of the same inputs.

    Left out are times, paths of papermill, random names of cells, charts and widgets, cells that papermill puts before
    a failure, the number of the kernel's process and addresses in memory.

    Parameters
    ----------
    notebook : NotebookNode
        What papermill left; changed in place.

    Returns
    -------
    str
        JSON on one line: indented, it would take longer to write than the page takes to render.
    """
    notebook.cells = [cell for cell in notebook.cells if ERROR_MARKER_TAG not in cell.metadata.get("tags", [])]
    _normalise_metadata(notebook.metadata)
    charts: dict[str, str] = {}
    for cell in notebook.cells:
        if INJECTED_TAG in cell.metadata.get("tags", []):
            cell["id"] = INJECTED_TAG
        _normalise_metadata(cell.metadata)
        for output in cell.get("outputs", []):
            _normalise_output(output, charts)
    return json.dumps(notebook, ensure_ascii=False, separators=(",", ":")) + "\n"


def _normalise_metadata(metadata: dict[str, Any]) -> None:
    papermill = metadata.get("papermill", {})
    drop_run_metadata(metadata)
    metadata["papermill"] = {key: papermill[key] for key in _KEPT_OF_PAPERMILL if key in papermill}


def _normalise_output(output: dict[str, Any], charts: dict[str, str]) -> None:
    """Normalise an output; ``charts`` numbers the charts of the notebook."""
    if output["output_type"] == "stream":
        output["text"] = _normalise_text(output["text"])
    elif output["output_type"] == "error":
        output["evalue"] = _normalise_text(output["evalue"])
        output["traceback"] = [_normalise_text(line) for line in output["traceback"]]
    else:
        data = output["data"]
        if "text/plain" in data:
            data["text/plain"] = _normalise_text(data["text/plain"])
        if "text/html" in data:
            data["text/html"] = _CHART_ID.sub(
                lambda found: charts.setdefault(found[0], f"altair-viz-{len(charts) + 1}"), data["text/html"]
            )


def _normalise_text(text: str) -> str:
    return _ADDRESS.sub("at 0x0", _CELL_FILE.sub("", text))
