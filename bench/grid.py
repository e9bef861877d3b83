"""Grids of notebook parameters, spelt as for ``baltic sweep``: ``country=EST,LVA scenario=1,1.2``."""

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Axis = tuple[str, Sequence[Any]]


def parse_value(text: str) -> Any:
    """Number where the text is one, else the text itself; as papermill reads ``-p``."""
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        return text


def parse_axis(text: str) -> Axis:
    """Split ``scenario=1,1.2`` into the name and its values."""
    name, _, values = text.partition("=")
    return name, [parse_value(value) for value in values.split(",")]


def spell_axis(axis: Axis) -> str:
    """The opposite of `parse_axis`."""
    name, values = axis
    return f"{name}={','.join(map(str, values))}"


def combine(axes: Iterable[Axis]) -> list[dict[str, Any]]:
    """All combinations of the values, the last axis changing quickest."""
    axes = list(axes)
    return [
        dict(zip([name for name, _ in axes], values, strict=True))
        for values in itertools.product(*(values for _, values in axes))
    ]


def name_of(parameters: Mapping[str, Any]) -> str:
    """Name of one run for a file: ``EST_1.2``."""
    return "_".join(map(str, parameters.values()))
