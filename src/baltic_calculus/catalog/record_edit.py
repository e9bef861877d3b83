"""Change single values of a record in the text of data/catalog.yaml; every other letter of it stays."""

import re
import textwrap
from collections.abc import Mapping
from typing import Any

import yaml

from baltic_calculus.catalog.bounded_yaml import compose_yaml, parse_words
from baltic_calculus.catalog.record import DatasetRecord
from baltic_calculus.catalog.root import CATALOG_FILE
from baltic_calculus.errors import DataError

Path = tuple[str, ...]
Value = str | tuple[str, ...] | tuple[int, ...]
WIDTH = 120
_DATES = ("published", "read", "cut_off")
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_PLAIN = re.compile(r"[^\W_][\w./()@%+-]*( [\w./()@%+-]+)*")  # no colon, comma, quote or anything else that YAML reads
_ORDER = tuple(DatasetRecord.model_fields)


def edit_record(text: str, dataset: str, changes: Mapping[Path, Value]) -> str:
    """Set or remove values of one record.

    Parameters
    ----------
    text : str
        Text of data/catalog.yaml.
    dataset : str
        Name of the record.
    changes : mapping
        New value by the path of its key in the record; an empty text removes the key.

    Raises
    ------
    DataError
        When the text cannot be changed so that these values alone differ.
    """
    wanted = parse_words(text)
    for path, value in changes.items():
        text = _edit(text, ("datasets", dataset, *path), value)
        _set(wanted["datasets"][dataset], path, value)
    if not _says(text, wanted):
        raise DataError(
            f"the record of {dataset} cannot be changed without touching more of the file",
            where=CATALOG_FILE,
            remedy="write its keys one a line, as the other records do: "
            + ", ".join(".".join(path) for path in changes),
        )
    return text


def _says(text: str, wanted: Any) -> bool:
    try:
        return bool(parse_words(text) == wanted)
    except yaml.YAMLError:
        return False


def _set(record: dict[str, Any], path: Path, value: Value) -> None:
    *parents, key = path
    for parent in parents:
        record = record[parent]
    if not value:
        record.pop(key, None)
    else:
        record[key] = value if isinstance(value, str) else [str(each) for each in value]


def _edit(text: str, path: Path, value: Value) -> str:
    *parents, key = path
    node: Any = compose_yaml(text)
    for parent in parents:
        node = _child(node, parent)[1]
    entries = {each.value: (each, child) for each, child in node.value}
    if key in entries:
        name, found = entries[key]
        start, end = found.start_mark.index, found.start_mark.index + _length(text, found)
        if not value:
            return text[: _line_start(text, name.start_mark.index)] + text[_line_end(text, end) :]
        if isinstance(found, yaml.CollectionNode) and text[start] not in "[{":  # lines of its own below the key
            start = text.index(":", name.end_mark.index) + 1
            return text[:start] + " " + _written(value, name.start_mark.column, key) + text[end:]
        return text[:start] + _written(value, name.start_mark.column, key) + text[end:]
    if not value:
        return text
    before = [name for name in entries if _place(name) < _place(key)] or list(entries)[:1]
    name, found = entries[before[-1]]
    after = _line_end(text, found.start_mark.index + _length(text, found))
    column = name.start_mark.column
    return text[:after] + f"{' ' * column}{key}: {_written(value, column, key)}\n" + text[after:]


def _child(node: Any, key: str) -> Any:
    return next(entry for entry in node.value if entry[0].value == key)


def _place(key: str) -> int:
    return _ORDER.index(key) if key in _ORDER else len(_ORDER)


def _length(text: str, node: Any) -> int:
    """Letters of a value; the line ends that close a folded text are not its own."""
    return len(text[node.start_mark.index : node.end_mark.index].rstrip())


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end + 1


def _written(value: Value, column: int, key: str) -> str:
    """A value as the file writes it: plain where YAML allows, quoted, or folded where it is long."""
    if not isinstance(value, str):
        return f"[{', '.join(_scalar(each) if isinstance(each, str) else str(each) for each in value)}]"
    if key in _DATES:
        return value
    line = _scalar(" ".join(value.split()))
    if column + len(key) + 2 + len(line) <= WIDTH:
        return line
    margin = " " * (column + 2)
    lines = textwrap.wrap(value, WIDTH - len(margin), break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(margin + each for each in lines)


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _CHECKSUM.fullmatch(text) and yaml.safe_load(text) == text:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
