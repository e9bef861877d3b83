"""Text edited since a page was executed: the outputs stay, the prose is that of the source."""

import json

import nbformat

from baltic_calculus.report.notebook import INJECTED_TAG, PARAMETERS_TAG


def renew_prose(executed: str, source: nbformat.NotebookNode) -> str:
    """Lay the code cells of an executed notebook, with their outputs, into its source as it reads now.

    Parameters
    ----------
    executed : str
        Record of a run that went well (see `write_record`).
    source : NotebookNode
        Its source; the code cells are those that were executed, the text cells may be others.

    Returns
    -------
    str
        The record that executing the source again would give.
    """
    record = json.loads(executed)
    code = [cell for cell in record["cells"] if cell["cell_type"] == "code"]
    injected = [cell for cell in code if INJECTED_TAG in cell["metadata"]["tags"]]
    ran = iter([cell for cell in code if INJECTED_TAG not in cell["metadata"]["tags"]])
    done = {key: code[0]["metadata"]["papermill"][key] for key in ("status", "exception")}
    cells = []
    for cell in source.cells:
        if cell.cell_type == "code":
            cells.append(next(ran))
        else:
            # as papermill leaves a text cell: tagged, and completed like the rest
            cells.append(cell | {"metadata": {"tags": []} | cell.metadata | {"papermill": done}})
        if PARAMETERS_TAG in cell.metadata.get("tags", []):
            cells += injected
    own = {key: record["metadata"][key] for key in ("language_info", "papermill")}
    record = record | {"cells": cells, "metadata": source.metadata | own}
    return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"
