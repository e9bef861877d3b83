"""YAML of a person or a stranger, read in bounded time and memory: no aliases, no deep nesting, no key twice."""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

import yaml

LIMIT_CHARACTERS = 5_000_000
DEPTH = 40
"""Lists and mappings within each other; the project's own files have six."""

TEXT = 100_000
"""Characters of one value."""

DIGITS = 100
"""Characters of a whole number: the work of reading one grows with their square."""

# the compiled ones read the catalogue ten times faster
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Plain: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class _Loader(_Base):
    """Makes numbers, text, dates, lists and mappings; a key that stands twice is an error and not the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[tuple[str, str]] = set()
        for key, _ in node.value:
            name = (key.tag, key.value) if isinstance(key, yaml.ScalarNode) else None
            if name in seen:
                raise yaml.constructor.ConstructorError(
                    "while reading a mapping", node.start_mark, f"key {key.value[:80]!r} stands twice", key.start_mark
                )
            if name is not None:
                seen.add(name)
        content: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return content

    def construct_yaml_int(self, node: yaml.ScalarNode) -> int:
        if len(node.value) > DIGITS:
            raise yaml.constructor.ConstructorError(
                None, None, f"a number of {len(node.value)} characters", node.start_mark
            )
        number: int = super().construct_yaml_int(node)
        return number


_Loader.add_constructor("tag:yaml.org,2002:int", _Loader.construct_yaml_int)


def parse_yaml(text: str) -> Any:
    """Content of a YAML document.

    Raises
    ------
    yaml.YAMLError
        And nothing else: when it is no YAML or more than one document, is too long or nested too deeply, has an alias
        (a few lines of them stand for gigabytes), names a key twice, or a value is not what its form says.
    """
    return _bounded(text, lambda: yaml.load(text, Loader=_Loader))  # noqa: S506 - it makes no objects


def compose_yaml(text: str) -> yaml.Node | None:
    """Nodes of a YAML document with their places in the text; raises as `parse_yaml` does."""
    node: yaml.Node | None = _bounded(text, lambda: yaml.compose(text, Loader=_Base))
    return node


def parse_words(text: str) -> Any:
    """Content of a YAML document with every value as it is written: dates and numbers stay text."""
    return _bounded(text, lambda: yaml.load(text, Loader=_Plain))  # noqa: S506 - text, lists and mappings alone


def _bounded(text: str, read: Callable[[], Any]) -> Any:
    if len(text) > LIMIT_CHARACTERS:
        raise yaml.YAMLError(f"{len(text):,} characters, more than the {LIMIT_CHARACTERS:,} that are read")
    try:
        _check_events(text)
        return read()
    except yaml.YAMLError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, ArithmeticError) as error:
        # 2026-13-45, !!bool maybe, a number of ten thousand digits: PyYAML lets the error of the value through
        raise yaml.YAMLError(f"a value is not what its form says: {str(error)[:200]}") from error


def _check_events(text: str) -> None:
    """Refuse aliases, depth and endless values before anything is composed.

    The compiled composer calls itself for each level and, where it is deep, ends the whole process.
    """
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_Base)
    for event in events:
        mark: Any = event.start_mark
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEPTH:
                raise yaml.composer.ComposerError(None, None, f"more than {DEPTH} levels deep", mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > TEXT:
            raise yaml.composer.ComposerError(None, None, f"{len(event.value):,} characters in a value", mark)
        elif isinstance(event, yaml.AliasEvent):
            raise yaml.composer.ComposerError(
                None, None, f"alias *{(event.anchor or '')[:80]}: write its content out", mark
            )
