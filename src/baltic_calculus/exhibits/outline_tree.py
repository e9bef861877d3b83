"""Layout of a tree as an outline: one row for each node, children below their parent and further in.

Depth goes to the right and order goes down, so that names of any length stand beside their marks and never meet.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from baltic_calculus.errors import ExhibitError


@dataclass(frozen=True)
class Node:
    """Place of one node.

    Parameters
    ----------
    name : str
        Name of the node.
    parent_row : int
        Row of its parent; its own for a root.
    row : int
        Row from the top, from 0.
    depth : int
        Steps from its root.
    """

    name: str
    parent_row: int
    row: int
    depth: int


def lay_out(names: Sequence[str], parents: Sequence[str]) -> list[Node]:
    """Put nodes into rows, each subtree in one block, siblings in the order given.

    Parameters
    ----------
    names : sequence of str
        Nodes, each once.
    parents : sequence of str
        Parent of each; empty for a root.

    Returns
    -------
    list of Node
        From the top row to the last.

    Raises
    ------
    ExhibitError
        When a name stands twice, a parent is not among the names, or nodes are their own ancestors.

    Examples
    --------
    >>> [(node.name, node.row, node.depth) for node in lay_out(["a", "b", "c"], ["", "a", "a"])]
    [('a', 0, 0), ('b', 1, 1), ('c', 2, 1)]
    """
    if len(set(names)) < len(names):
        raise ExhibitError("a node stands twice", where="lay_out", remedy="give each node one row")
    children: dict[str, list[str]] = {name: [] for name in ("", *names)}
    for name, parent in zip(names, parents, strict=True):
        if parent not in children:
            raise ExhibitError(f"no node {parent}", where="lay_out", remedy="add the parent to the names")
        children[parent].append(name)
    placed: list[Node] = []

    def place(name: str, parent_row: int, depth: int) -> None:
        row = len(placed)
        placed.append(Node(name, parent_row if depth else row, row, depth))
        for child in children[name]:
            place(child, row, depth + 1)

    for root in children[""]:
        place(root, 0, 0)
    if len(placed) < len(names):
        lost = sorted(set(names) - {node.name for node in placed})
        raise ExhibitError(f"in a circle: {', '.join(lost)}", where="lay_out", remedy="let one of them be a root")
    return placed
