"""Text edited since a page was executed: the outputs stay, the prose is that of the source."""

import nbformat

from baltic_calculus.report.notebook import FORMAT, INJECTED_TAG, PARAMETERS_TAG


def renew_prose(executed: nbformat.NotebookNode, source: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Lay the code cells of an executed notebook, with their outputs, into its source as it reads now.

    Parameters
    ----------
    executed : NotebookNode
        Executed notebook.
    source : NotebookNode
        Its source; the code cells are those that were executed, the text cells may be others.

    Returns
    -------
    NotebookNode
        What executing the source again would give.
    """
    injected = [cell for cell in executed.cells if INJECTED_TAG in cell.metadata.get("tags", [])]
    code = iter([cell for cell in executed.cells if cell.cell_type == "code" and cell not in injected])
    cells = []
    for cell in source.cells:
        cells.append(next(code) if cell.cell_type == "code" else cell)
        if PARAMETERS_TAG in cell.metadata.get("tags", []):
            cells += injected
    metadata = source.metadata | {"language_info": executed.metadata.language_info}
    return nbformat.from_dict(
        {"cells": cells, "metadata": metadata, "nbformat": FORMAT, "nbformat_minor": source.nbformat_minor}
    )
