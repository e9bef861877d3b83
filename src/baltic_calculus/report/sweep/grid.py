"""The grid of a sweep: which values each parameter takes, checked against the notebook before any kernel starts."""

import hashlib
import itertools
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import ParameterError

Axes = Mapping[str, Sequence[Any]]
"""Values by parameter; a grid is their product."""

_UNSAFE = re.compile(r"[^A-Za-z0-9.+_-]+")
_NAME_LENGTH = 120
"""File systems allow 255 bytes; this leaves room for an ending and can still be read."""
_DIGEST_LENGTH = 8


@dataclass(frozen=True)
class Point:
    """One combination of values.

    Attributes
    ----------
    name : str
        Readable, unique in the grid and fit for a file name: ``country=EST,defence_share=3.5``.
    overrides : Mapping[str, Any]
        Values that differ from the notebook's own.
    parameters : Mapping[str, Any]
        All parameters of the notebook, with the values of this run.
    """

    name: str
    overrides: Mapping[str, Any]
    parameters: Mapping[str, Any]


def parse_grid(words: Sequence[str]) -> list[Axes]:
    """Read ``NAME=VALUE,VALUE`` words of a command line.

    Values are YAML, separated by commas; a parameter that is a list takes lists.

    >>> parse_grid(["country=EST,LVA", "defence_share=2,3.5"])
    [{'country': ['EST', 'LVA'], 'defence_share': [2, 3.5]}]
    >>> parse_grid(["countries=[EST, LVA],[LTU]"])
    [{'countries': [['EST', 'LVA'], ['LTU']]}]

    Raises
    ------
    ParameterError
        When a word has no name or no readable value, or a name is given twice.
    """
    axes: dict[str, list[Any]] = {}
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip().isidentifier():
            raise ParameterError(
                f"cannot read {word!r}", where="--grid", remedy="write NAME=VALUE,VALUE, as in country=EST,LVA,LTU"
            )
        name = name.strip()
        if name in axes:
            raise ParameterError(f"{name} is given twice", where="--grid", remedy="put all its values behind one name")
        try:
            axes[name] = parse_yaml(f"[{text}]")
        except yaml.YAMLError as error:
            raise ParameterError(
                f"cannot read the values of {name}: {str(error).splitlines()[0]}",
                where="--grid",
                remedy="separate values by commas and put lists in brackets, as in countries=[EST,LVA],[LTU]",
            ) from None
    return [axes]


def read_matrix(path: Path) -> list[Axes]:
    """Read a grid from a YAML file: a mapping of names to a value or a list of values, or a list of such mappings.

    The first is the product of all values, the second the union of several such products. A parameter that is a list
    takes a list of lists.

    Raises
    ------
    ParameterError
        When the file is missing or is not of this form.
    """
    try:
        content = parse_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ParameterError(f"cannot read the matrix: {error.strerror}", where=str(path)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ParameterError(
            f"not readable as YAML: {error}", where=str(path), remedy="mend the line named above"
        ) from None
    grids = content if isinstance(content, list) else [content]
    if not all(isinstance(grid, dict) for grid in grids):
        raise ParameterError(
            "the matrix is not a mapping of parameters to values, nor a list of such mappings",
            where=str(path),
            remedy="write lines such as 'country: [EST, LVA, LTU]'",
        )
    return [
        {str(name): values if isinstance(values, list) else [values] for name, values in grid.items()} for grid in grids
    ]


def expand(grids: Sequence[Axes], defaults: Mapping[str, Any]) -> list[Point]:
    """All runs of a sweep, each once, in the order in which the grids name them.

    Parameters
    ----------
    grids : sequence of mappings
        From `parse_grid` or `read_matrix`.
    defaults : mapping
        The notebook's own parameters.

    Raises
    ------
    ParameterError
        For a name that the notebook does not have, a value of another type than its own, or no values at all.
    """
    if not any(grids):
        raise ParameterError("the grid is empty", remedy="name parameters: " + _list_parameters(defaults))
    chosen: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for axes in grids:
        checked = {name: _check_axis(name, values, defaults) for name, values in axes.items()}
        for values in itertools.product(*checked.values()):
            chosen_values = dict(zip(checked, values, strict=True))
            # in the notebook's order, so that the name does not depend on how the grid was typed
            given = {name: chosen_values[name] for name in defaults if name in chosen_values}
            parameters = {**defaults, **given}
            chosen.setdefault(canonical(parameters), (given, parameters))
    names = _unique_names([given for given, _ in chosen.values()])
    return [
        Point(
            name=name,
            overrides={key: value for key, value in given.items() if canonical(value) != canonical(defaults[key])},
            parameters=parameters,
        )
        for name, (given, parameters) in zip(names, chosen.values(), strict=True)
    ]


def canonical(value: Any) -> str:
    """A value as text that is the same for equal values and different for others (1, 1.0 and true differ)."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _list_parameters(defaults: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} (like {canonical(value)})" for name, value in defaults.items()) or "it has none"


def _check_axis(name: str, values: Sequence[Any], defaults: Mapping[str, Any]) -> list[Any]:
    if name not in defaults:
        raise ParameterError(
            f"unknown parameter {name}", where="the grid", remedy="choose from: " + _list_parameters(defaults)
        )
    if not values:
        raise ParameterError(f"{name} has no values", where="the grid", remedy="give it one, or leave it out")
    return [_check_value(name, value, defaults[name]) for value in values]


def _check_value(name: str, value: Any, default: Any) -> Any:
    """The value as the notebook's own type: a whole number serves where the notebook has a fraction."""
    if type(default) is float and type(value) is int:
        return float(value)
    if default is None:
        fits = _is_plain(value)
    elif isinstance(default, list | tuple):
        fits = isinstance(value, list) and _is_plain(value)
        if fits and default:
            return [_check_value(name, item, default[0]) for item in value]
    else:
        fits = type(value) is type(default) and _is_plain(value)
    if fits:
        return value
    remedy = f"give values like {canonical(default)}"
    if isinstance(default, list | tuple):
        remedy = f"give lists, as in {name}=[A,B],[C] or, in a matrix, {name}: [[A, B], [C]]"
    elif isinstance(default, str):
        remedy = "put it in quotes: YAML reads it as something else"
    raise ParameterError(
        f"{name}: {value!r} is {_describe_type(value)}, not {_describe_type(default)}", where="the grid", remedy=remedy
    )


def _describe_type(value: Any) -> str:
    kinds = {bool: "true or false", int: "a whole number", float: "a number", str: "a word", list: "a list"}
    return kinds.get(type(value), type(value).__name__)


def _is_plain(value: Any) -> bool:
    """Whether the value can be written into a notebook as code and into a record as JSON."""
    if isinstance(value, list):
        return all(map(_is_plain, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(item) for key, item in value.items())
    return value is None or isinstance(value, bool | int | float | str)


def _unique_names(points: Sequence[Mapping[str, Any]]) -> list[str]:
    """A name for each point; those that another point shares, be it only up to case, end in a digest of the values.

    A name follows from the point's own values, so it stays when the grid grows.
    """
    names = [_name(given) for given in points]
    shared = Counter(name.casefold() for name in names)
    return [
        _with_digest(name, given) if shared[name.casefold()] > 1 else name
        for name, given in zip(names, points, strict=True)
    ]


def _name(given: Mapping[str, Any]) -> str:
    if not given:
        return "defaults"
    exact = ",".join(f"{name}={_value_text(value)}" for name, value in given.items())
    safe = ",".join(f"{name}={_UNSAFE.sub('-', _value_text(value))}" for name, value in given.items())
    return safe if safe == exact and len(safe) <= _NAME_LENGTH else _with_digest(safe, given)


def _with_digest(name: str, given: Mapping[str, Any]) -> str:
    digest = hashlib.sha256(canonical(given).encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{name[: _NAME_LENGTH - _DIGEST_LENGTH - 1]}-{digest}"


def _value_text(value: Any) -> str:
    if isinstance(value, list):
        return "+".join(map(_value_text, value))
    return value if isinstance(value, str) else canonical(value)
