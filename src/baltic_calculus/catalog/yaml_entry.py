"""Put an entry into the text of a YAML file; every other line of it, comments included, stays as it is."""

from typing import Any

import yaml

from baltic_calculus.catalog.bounded_yaml import compose_yaml, parse_yaml
from baltic_calculus.errors import DataError


def add_to_mapping(text: str, key: str, entry: str, where: str) -> str:
    """Put an entry behind the last one of the mapping under a top-level key.

    Parameters
    ----------
    text : str
        The file.
    key : str
        Top-level key whose value is a mapping.
    entry : str
        YAML of the new entry, not indented: ``name:`` and indented lines below.
    where : str
        The file as a person knows it.

    Returns
    -------
    str
        The file with the entry, set off by an empty line.

    Raises
    ------
    DataError
        When there is no such mapping in block style, the entry is there already, or the file would say anything else.
    """
    mapping = _value(text, key, where)
    if not isinstance(mapping, yaml.MappingNode) or mapping.flow_style or not mapping.value:
        raise _not_a_block(key, where)
    indent = " " * mapping.value[0][0].start_mark.column
    added = parse_yaml(entry)
    if twice := [name for name, _ in mapping.value if name.value in added]:
        raise DataError(f"{twice[0].value!r} is there already", where=f"{where}: {key}", remedy="choose another name")
    result = _insert(text, mapping.value[-1][1], "\n" + _indented(entry, indent))
    before = parse_yaml(text)
    return _checked(result, {**before, key: {**before[key], **added}}, where)


def add_to_list(text: str, key: str, place: int, entry: str, where: str) -> str:
    """Put an entry behind the one at ``place`` of the list under a top-level key.

    Parameters
    ----------
    text : str
        The file.
    key : str
        Top-level key whose value is a list.
    place : int
        Position of the entry that the new one follows, from 0.
    entry : str
        YAML of the new entry, not indented, without the dash.
    where : str
        The file as a person knows it.

    Raises
    ------
    DataError
        When there is no such list in block style, or the file would say anything else.
    """
    sequence = _value(text, key, where)
    if not isinstance(sequence, yaml.SequenceNode) or sequence.flow_style or not sequence.value:
        raise _not_a_block(key, where)
    dash = " " * sequence.start_mark.column + "- "
    lines = _indented(entry, " " * len(dash))
    result = _insert(text, sequence.value[place], dash + lines[len(dash) :])
    before = parse_yaml(text)
    entries = [*before[key][: place + 1], parse_yaml(entry), *before[key][place + 1 :]]
    return _checked(result, {**before, key: entries}, where)


def _compose(text: str, where: str) -> yaml.Node:
    try:
        parse_yaml(text)  # bounded: what follows may take it for a file that a person wrote
        node = compose_yaml(text)
    except yaml.YAMLError as error:
        raise DataError(f"not readable as YAML: {error}", where=where, remedy="mend the line named above") from None
    if node is None:
        raise DataError("the file is empty", where=where, remedy="restore it from git")
    return node


def _value(text: str, key: str, where: str) -> yaml.Node:
    root = _compose(text, where)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    found = next((value for name, value in pairs if name.value == key), None)
    if found is None:
        raise DataError(f"no key {key!r}", where=where, remedy=f"restore the top-level key {key!r}")
    return found


def _not_a_block(key: str, where: str) -> DataError:
    return DataError(
        f"{key!r} is not written as one entry below the other", where=where, remedy="write each entry on its own lines"
    )


def _insert(text: str, last: yaml.Node, lines: str) -> str:
    """Text with these lines after the one on which a node ends."""
    end = last.end_mark.index
    while isinstance(last, yaml.CollectionNode) and last.value and not last.flow_style:
        # a block's own end mark lies behind the comments that follow it; its last leaf knows better
        last = last.value[-1][1] if isinstance(last, yaml.MappingNode) else last.value[-1]
        end = last.end_mark.index
    end = len(text[:end].rstrip())
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end
    return f"{text[:line_end]}\n{lines.rstrip()}{text[line_end:]}"


def _indented(entry: str, indent: str) -> str:
    return "".join(f"{indent}{line}\n" if line.strip() else "\n" for line in entry.strip().splitlines())


def _checked(text: str, expected: Any, where: str) -> str:
    try:
        is_right = parse_yaml(text) == expected
    except yaml.YAMLError:
        is_right = False
    if not is_right:
        raise DataError("cannot add to this file without changing the rest", where=where, remedy="write it by hand")
    return text
