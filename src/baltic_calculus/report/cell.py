"""What a cell of a notebook says about itself: tags, Quarto's options, and the front matter of the first."""

import re
from functools import cache
from typing import Any

import yaml

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import RenderError

HIDDEN_TAGS = frozenset({"parameters", "injected-parameters", "remove-cell"})
"""Cells that papermill and the author use, and the reader does not see."""

CELL_MARK = "cell-mark"
"""Class of the empty block before each cell, by which an error in the text is traced to its cell."""

CELL_OPTIONS = frozenset({"label", "fig-cap", "tbl-cap", "echo", "include"})
FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\s*", re.DOTALL)


def cell_options(source: str, place: str) -> tuple[dict[str, Any], str]:
    """Split a code cell into its Quarto options (``#| key: value``) and its code.

    Raises
    ------
    RenderError
        When the options are not YAML or one of them is unknown.
    """
    lines = source.split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith("#|")), len(lines))
    header = "\n".join(line.removeprefix("#|").removeprefix(" ") for line in lines[:count])
    try:
        options = dict(_read_yaml(header))
    except yaml.YAMLError as error:
        raise RenderError(f"cell options are not YAML: {error}", where=place, remedy="write '#| key: value'") from None
    unknown = sorted(map(str, set(options) - CELL_OPTIONS))
    if unknown:
        raise RenderError(
            f"unknown cell option {', '.join(unknown)}", where=place, remedy="use " + ", ".join(sorted(CELL_OPTIONS))
        )
    return options, "\n".join(lines[count:]).strip("\n")


@cache
def _read_yaml(text: str) -> dict[str, Any]:
    """A mapping in YAML, read once: the many pages of one notebook have most of their options in common."""
    content = parse_yaml(text) or {}
    if not isinstance(content, dict):
        raise yaml.YAMLError(f"{str(content)[:80]!r} is not a mapping of keys to values")
    return content


def front_matter(source: str) -> tuple[dict[str, Any], str]:
    """Split the first Markdown cell into its YAML front matter and the text below it.

    Raises
    ------
    RenderError
        When the front matter is not a mapping in YAML.
    """
    match = FRONT_MATTER.match(source)
    if match is None:
        return {}, source
    try:
        return dict(_read_yaml(match[1])), source[match.end() :]
    except yaml.YAMLError as error:
        raise RenderError(
            f"the front matter is not YAML: {error}", where="first cell", remedy="write 'title: ...' between the '---'"
        ) from None
