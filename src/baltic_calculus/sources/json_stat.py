"""JSON-stat 2.0, the layout of Eurostat's statistics interface: a cube of sparse values, dimensions in any order."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown
from baltic_calculus.sources.json_answer import array_in, number_in, object_in, text_in

MOST_DIMENSIONS = 20


@dataclass(frozen=True)
class Dimension:
    """One side of the cube: codes in order of position, with their labels."""

    name: str
    label: str
    codes: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Observation:
    """One cell: code in each dimension by its name, value or None, and the publisher's status letters."""

    codes: Mapping[str, str]
    value: float | None
    status: str


@dataclass(frozen=True)
class Cube:
    """An answer whose dimensions fit its size; ``observations`` reads the cells that it holds, never the empty ones."""

    dimensions: tuple[Dimension, ...]
    values: Mapping[int, Any]
    statuses: Mapping[int, Any]
    where: str

    def observations(self) -> Iterator[Observation]:
        """Cells with a value or a status, in the order of the cube."""
        sizes = [len(dimension.codes) for dimension in self.dimensions]
        for position in sorted({*self.values, *self.statuses}):
            codes, rest = {}, position
            for dimension, size in zip(reversed(self.dimensions), reversed(sizes), strict=True):
                rest, index = divmod(rest, size)
                codes[dimension.name] = dimension.codes[index]
            where = f"{self.where}, cell {position}"
            status = text_in(self.statuses.get(position), where)
            yield Observation(codes, number_in(self.values.get(position), where), status)


def read_cube(answer: Mapping[str, Any], where: str) -> Cube:
    """
    The cube of a JSON-stat 2.0 answer.

    Memory grows with the cells that the answer holds, whatever size it claims.

    Raises
    ------
    DataError
        When it is another version, or names, sizes, positions and values do not fit each other.
    """
    if answer.get("class") != "dataset" or str(answer.get("version")) != "2.0":
        inner = next(iter(answer.values()), None)
        old = isinstance(inner, dict) and "value" in inner
        raise DataError(
            "JSON-stat 1, which Eurostat gave before 2022" if old else "no data set in JSON-stat 2.0",
            where=where,
            remedy="ask the statistics interface for format=JSON; class must be dataset and version 2.0",
        )
    names = [text_in(name, f"{where}, id") for name in array_in(answer.get("id"), f"{where}, id")]
    sizes = array_in(answer.get("size"), f"{where}, size")
    if not names or len(names) > MOST_DIMENSIONS or len(set(names)) != len(names) or len(names) != len(sizes):
        raise DataError(
            f"{len(names)} dimensions ({shown(', '.join(names))}) with {len(sizes)} sizes",
            where=f"{where}, id and size",
            remedy="fetch the answer again",
        )
    sides = object_in(answer.get("dimension"), f"{where}, dimension")
    dimensions = tuple(
        _dimension(name, size, sides.get(name), f"{where}, dimension {name}")
        for name, size in zip(names, sizes, strict=True)
    )
    cells = math.prod(len(dimension.codes) for dimension in dimensions)
    values = _by_position(answer.get("value"), cells, f"{where}, value")
    statuses = answer.get("status")
    if isinstance(statuses, str):  # one status for every cell
        statuses = dict.fromkeys(map(str, values), statuses)
    return Cube(dimensions, values, _by_position(statuses or {}, cells, f"{where}, status"), where)


def _dimension(name: str, size: object, side: object, where: str) -> Dimension:
    """One dimension, whose codes fill every position of its size once."""
    side = object_in(side, where)
    category = object_in(side.get("category"), f"{where}, category")
    labels = object_in(category.get("label") or {}, f"{where}, label")
    index = category.get("index")
    if index is None:  # may be left out where there is one category
        index = list(labels)
    places = {text_in(code, where): n for n, code in enumerate(index)} if isinstance(index, list) else index
    places = object_in(places, f"{where}, index")
    whole = all(isinstance(place, int) and not isinstance(place, bool) for place in places.values())
    if isinstance(size, bool) or size != len(places) or not whole or {*places.values()} != {*range(len(places))}:
        raise DataError(
            f"size {shown(size)}, but {len(places)} codes, whose positions must be 0 to size - 1, each once",
            where=where,
            remedy="the answer was cut off or edited: fetch it again",
        )
    named = {code: text_in(label, f"{where}, label") for code, label in labels.items()}
    return Dimension(name, text_in(side.get("label"), where), tuple(sorted(places, key=places.__getitem__)), named)


def _by_position(cells: object, number: int, where: str) -> dict[int, Any]:
    """Values or statuses by position in the cube, null left out where the layout is dense."""
    if isinstance(cells, list):
        if len(cells) != number:
            raise DataError(
                f"{len(cells)} cells where the dimensions make {number}", where=where, remedy="fetch the answer again"
            )
        return {position: cell for position, cell in enumerate(cells) if cell is not None}
    placed = {}
    for key, cell in object_in(cells, where).items():
        position = int(key) if key.isascii() and key.isdigit() and len(key) <= 18 else -1
        if not 0 <= position < number or str(position) != key:
            raise DataError(
                f'"{shown(key)}" is no position in a cube of {number} cells',
                where=where,
                remedy="the answer was cut off or edited: fetch it again",
            )
        placed[position] = cell
    return placed
