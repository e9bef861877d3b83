"""Which data a notebook declares: the datasets and policy values that its code names."""

import ast
from collections.abc import Collection

from nbformat import NotebookNode

_TAKE_A_NAME = frozenset({"load", "load_geometry", "policy", "coverage", "record"})
_NEED_NO_DATASET = frozenset({"country_in_text", "country_name", "countries"})
"""These read data/countries.csv alone, which belongs to what every page depends on."""


def declared_data(notebook: NotebookNode, names: Collection[str]) -> frozenset[str]:
    """Names of the datasets and policy sets that a notebook may read.

    A page depends on what it names: ``catalog.load("sipri_milex")``, or ``source="sipri_milex"`` under a figure. Code
    whose data cannot be told by reading it (a name that is computed, ``catalog.records()``, files read past the
    catalogue, IPython magics) is taken to depend on all of them.

    Parameters
    ----------
    notebook : NotebookNode
        The source notebook.
    names : collection of str
        All datasets and policy sets there are.

    Returns
    -------
    frozenset of str
        Some or all of ``names``.
    """
    everything = frozenset(names)
    try:
        code = ast.parse("\n".join(cell.source for cell in notebook.cells if cell.cell_type == "code"))
    except SyntaxError:
        return everything
    nodes = list(ast.walk(code))
    if not any(_imports_catalogue(node) for node in nodes):
        return everything
    if any(_reads_what_it_does_not_name(node) for node in nodes):
        return everything
    texts = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return everything & texts


def _imports_catalogue(node: ast.AST) -> bool:
    """Whether this is the one import through which reading can be followed: ``from baltic_calculus import catalog``."""
    if not isinstance(node, ast.ImportFrom) or node.module != "baltic_calculus":
        return False
    return any(alias.name == "catalog" and alias.asname is None for alias in node.names)


def _reads_what_it_does_not_name(node: ast.AST) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").startswith("baltic_calculus.catalog")
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    function = node.func
    if not isinstance(function.value, ast.Name) or function.value.id != "catalog" or function.attr in _NEED_NO_DATASET:
        return False
    return function.attr not in _TAKE_A_NAME or not (node.args and isinstance(node.args[0], ast.Constant))
