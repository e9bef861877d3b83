"""The numbers that a notebook states: every fact of its displayed outputs under one name."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from baltic_calculus.report.notebook import INJECTED_TAG

Fact = Mapping[str, Any]
"""``value`` and ``unit``; ``high`` too when it is a range."""

_Fact = TypeVar("_Fact", bound=Fact)

FINDING_PREFIX = "finding-"
_LABEL = re.compile(r"^#\|\s*label:\s*(\S+)\s*$", re.MULTILINE)


def add_facts(known: dict[str, _Fact], facts: Mapping[str, _Fact], label: str, cell: int) -> None:
    """Add the facts of one output to those of its notebook.

    Parameters
    ----------
    known : dict
        Facts so far, by name; they are added to.
    facts : mapping
        Facts of the output.
    label : str
        Label of its cell, or "". ``finding-share`` makes ``share.level`` of ``level``.
    cell : int
        Number of the cell in the source notebook. It names a fact whose name is taken by a different one.
    """
    scope = label.removeprefix(FINDING_PREFIX)
    for name, fact in facts.items():
        full = f"{scope}.{name}" if scope else name
        if known.get(full, fact) != fact:
            full = f"cell-{cell}.{name}"
        known[full] = fact


def read_facts(notebook: Mapping[str, Any]) -> dict[str, Fact]:
    """All facts of an executed notebook, by name, in the order in which it states them.

    They are in the metadata of its outputs, as ``Prose`` puts them there: ``report.facts``, name to ``value`` and
    ``unit``. A plain value there is a fact without a unit.

    Parameters
    ----------
    notebook : mapping
        The notebook as JSON.
    """
    known: dict[str, Fact] = {}
    number = 0
    for cell in notebook["cells"]:
        number += INJECTED_TAG not in cell["metadata"].get("tags", [])
        if cell["cell_type"] != "code":
            continue
        # the file format allows a cell's text as one string or as a list of lines
        label = _LABEL.search("".join(cell["source"]))
        for output in cell["outputs"]:
            facts = output.get("metadata", {}).get("report", {}).get("facts", {})
            facts = {name: _as_fact(value) for name, value in facts.items()}
            add_facts(known, facts, label[1] if label else "", number)
    return known


def _as_fact(value: Any) -> Fact:
    return value if isinstance(value, Mapping) and "value" in value else {"value": value, "unit": ""}
