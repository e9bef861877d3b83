"""Pandoc as a library: text to its syntax tree, the tree to HTML or Typst, and the few tree operations we need.

The tree is pandoc's own JSON: a node is ``{"t": type, "c": content}``
(https://hackage.haskell.org/package/pandoc-types/docs/Text-Pandoc-Definition.html).
"""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from baltic_calculus.errors import RenderError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.memo import Memo

Node = dict[str, Any]
"""One element of pandoc's syntax tree."""

MARKDOWN = (
    "markdown-auto_identifiers-implicit_figures-blank_before_header"
    # words of the data stand in sentences: what looks like HTML, TeX or Typst in them is text
    "-raw_html-raw_tex-raw_attribute"
)
"""Heading identifiers are ours (they must not move when a heading is reworded), and an image is not an exhibit.
A list needs a blank line before it: a sentence whose line happens to begin with "2026." is not one."""


@dataclass(frozen=True)
class Pandoc:
    """pandoc with a memory: it is started for what it was not asked before.

    Attributes
    ----------
    memo : Memo
        Where its answers are kept.
    """

    memo: Memo

    @classmethod
    def of(cls, config: ReportConfig) -> Self:
        """The pandoc of a report."""
        return cls(Memo.of(config))

    def convert(self, text: str, source: str, target: str, *options: str, bibliography: Path | None = None) -> str:
        """Convert ``text`` from one format of pandoc to another; with a bibliography, citations become text.

        Raises
        ------
        RenderError
            When pandoc refuses the text or warns about it: a warning always means something missing in print.
        """
        entries = ""
        if bibliography is not None:
            entries = bibliography.read_text(encoding="utf-8")
            options = (*options, "--citeproc", "--metadata=link-citations:true")
        return self.memo.recall(
            "pandoc",
            (_version(), source, target, *options, entries, text),
            lambda: run_pandoc(
                text, source, target, *options, *([f"--bibliography={bibliography}"] if bibliography else [])
            ),
        )

    def read_markdown(self, text: str) -> list[Node]:
        """Parse Markdown into pandoc blocks."""
        blocks: list[Node] = json.loads(self.convert(text, MARKDOWN, "json"))["blocks"]
        return blocks

    def write(
        self,
        blocks: Sequence[Node],
        target: str,
        *options: str,
        bibliography: Path | None = None,
        language: str = "",
    ) -> str:
        """Write blocks as ``target``; with a bibliography, citations become text and a list of references.

        The list of references is written into the block with the identifier ``refs``.
        """
        meta: Node = {"lang": {"t": "MetaString", "c": language}} if language else {}
        tree = {"pandoc-api-version": self.api_version(), "meta": meta, "blocks": list(blocks)}
        return self.convert(json.dumps(tree), "json", target, "--wrap=none", *options, bibliography=bibliography)

    def citation_keys(self, bibliography: Path) -> frozenset[str]:
        """Keys of all entries of a BibTeX file."""
        entries = json.loads(self.convert(bibliography.read_text(encoding="utf-8"), "biblatex", "csljson"))
        return frozenset(entry["id"] for entry in entries)

    def api_version(self) -> list[int]:
        """Version of the syntax tree that this pandoc reads, needed in every tree we hand back."""
        found: list[int] = json.loads(self.convert("", MARKDOWN, "json"))["pandoc-api-version"]
        return found


@cache
def _version() -> str:
    return version("pypandoc-binary")


@cache
def _program() -> str:
    """The pandoc that the wheel brings, and no other: another version would write other bytes."""
    package = find_spec("pypandoc")
    assert package is not None  # noqa: S101 - a dependency of this package
    return str(Path(str(package.origin)).with_name("files") / "pandoc")


def run_pandoc(text: str, source: str, target: str, *options: str) -> str:
    """Run pandoc once; see `Pandoc.convert`."""
    command = [_program(), "--from", source, "--to", target, *options]
    # pandoc reads the names of its files as the locale says, and in that of C it cannot read those with other letters
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", check=False, env=environment
    )
    if run.returncode or run.stderr.strip():
        raise RenderError(
            f"pandoc: {run.stderr.strip() or 'stopped with status ' + str(run.returncode)}",
            where=f"{source} to {target}",
            remedy="correct the text that the message names",
        )
    return run.stdout


def transform(content: Any, change: Callable[[Node], list[Node] | None]) -> Any:
    """Rebuild a tree, replacing each node for which ``change`` returns a list of nodes.

    ``change`` sees a node before its children; the nodes it returns are taken as they are.
    """
    if isinstance(content, list):
        rebuilt: list[Any] = []
        for item in content:
            replacement = change(item) if isinstance(item, dict) and "t" in item else None
            if replacement is None:
                rebuilt.append(transform(item, change))
            else:
                rebuilt.extend(replacement)
        return rebuilt
    if isinstance(content, dict):
        return {key: transform(value, change) for key, value in content.items()}
    return content


def find(content: Any, *types: str) -> Iterator[Node]:
    """Yield every node of the given types, outer ones first."""
    if isinstance(content, list | tuple):
        for item in content:
            yield from find(item, *types)
    elif isinstance(content, dict):
        if content.get("t") in types:
            yield content
        for value in content.values():
            yield from find(value, *types)


def plain_text(content: Any) -> str:
    """The words of a piece of tree, without markup, notes and line breaks."""
    if isinstance(content, list | tuple):
        return "".join(plain_text(item) for item in content)
    if not isinstance(content, dict):
        return ""
    kind, inner = content.get("t"), content.get("c")
    if kind == "Str":
        return str(inner)
    if kind in ("Space", "SoftBreak", "LineBreak"):
        return " "
    if kind in ("Code", "Math"):
        return str(inner[1])  # type: ignore[index]
    if kind in ("Note", "RawInline", "RawBlock"):
        return ""
    if kind == "Quoted":
        marks = "‘’" if inner[0]["t"] == "SingleQuote" else "“”"  # type: ignore[index]
        return marks[0] + plain_text(inner[1]) + marks[1]  # type: ignore[index]
    return plain_text(inner)


def identifier(text: str) -> str:
    """Turn a heading into an address fragment: ``"Share of GDP"`` becomes ``"share-of-gdp"``."""
    return re.sub(r"[^\w]+", "-", text.lower()).strip("-")


def words(text: str) -> list[Node]:
    """Text as pandoc inlines; spaces that must not break stay as they are."""
    nodes: list[Node] = []
    for number, word in enumerate(text.split(" ")):
        if number:
            nodes.append({"t": "Space"})
        if word:
            nodes.append({"t": "Str", "c": word})
    return nodes


def raw_block(target: str, text: str) -> Node:
    """A block that only ``target`` prints, as it stands."""
    return {"t": "RawBlock", "c": [target, text]}


def raw_inline(target: str, text: str) -> Node:
    """An inline that only ``target`` prints, as it stands."""
    return {"t": "RawInline", "c": [target, text]}


def div(blocks: Sequence[Node], *classes: str, label: str = "", **attributes: str) -> Node:
    """A block of blocks with an identifier, classes and attributes."""
    pairs = [[key, value] for key, value in attributes.items()]
    return {"t": "Div", "c": [[label, list(classes), pairs], list(blocks)]}
