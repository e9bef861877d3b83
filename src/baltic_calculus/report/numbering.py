"""Numbers of chapters, sections, figures and tables, taken from the source notebooks in the order of the report.

The source notebooks are always all there, so a build of one page prints the same numbers as a build of all, and can
refer to what it did not build.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import HIDDEN_TAGS, cell_options, front_matter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.instance import REPORT_WIDE, as_page
from baltic_calculus.report.page import Page

HEADING = re.compile(r"^(#{1,4})\s+(?P<title>.*?)\s*(?:\{(?P<attributes>[^{}]*)\}\s*)?#*$")
CODE_FENCE = re.compile(r"^\s{0,3}(`{3,}|~{3,})")
UNNUMBERED_PREFIX = "S"
"""Exhibits of a page without a number are "Figure S.1": S for summary."""

Kind = Literal["chapter", "section", "figure", "table"]


@dataclass(frozen=True)
class Heading:
    """A heading of a source notebook: its level (2 is a section), explicit identifier, printed number, and its cell."""

    level: int
    identifier: str
    title: str
    number: str
    cell: int


@dataclass(frozen=True)
class Target:
    """Something that ``@label`` may point at."""

    label: str
    kind: Kind
    number: str
    title: str
    page: Page

    @property
    def word(self) -> str:
        """What a reference calls it: "Figure", "Appendix"; empty when it is called by its title."""
        if not self.number:
            return ""
        if self.kind == "chapter":
            return "Chapter" if self.number.isdigit() else "Appendix"
        return self.kind.capitalize()

    @property
    def name(self) -> str:
        """How a sentence refers to it: "Figure 1.3", "Section 2.1", "Appendix A", or its title in quotation marks."""
        return f"{self.word}\u00a0{self.number}" if self.number else f"“{self.title}”"


@dataclass(frozen=True)
class Outline:
    """Title, description and headings of one source notebook."""

    page: Page
    title: str
    description: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class Numbering:
    """Everything that can be referred to, and the outline of every page."""

    targets: Mapping[str, Target]
    outlines: Mapping[str, Outline]
    """By slug of the page."""

    def outline(self, page: Page) -> Outline:
        """Outline of a page."""
        return self.outlines[page.slug]


def read_numbering(config: ReportConfig) -> Numbering:
    """Number everything in the source notebooks of the report.

    Raises
    ------
    RenderError
        When a notebook is missing, has no title or description, or when two things have the same label.
    """
    targets: dict[str, Target] = {}
    outlines: dict[str, Outline] = {}
    places: dict[str, str] = {}
    sources = {name: _read_source(config, name) for name in dict.fromkeys(page.source for page in config.pages)}
    for page in config.pages:
        cells = _visible_cells(as_page(sources[page.source], page))
        outline = _outline(page, cells)
        outlines[page.slug] = outline
        for label, place in _labels(page, outline, cells):
            # a sentence's label names its facts, and those belong to its page; all others name places in the report
            scope = label if label.startswith(REPORT_WIDE) else f"{page.notebook} {label}"
            if scope in places:
                raise RenderError(
                    f"the label {label} is used twice",
                    where=f"{place} and {places[scope]}",
                    remedy="rename one of them and the references to it",
                )
            places[scope] = place
        targets |= {target.label: target for target in _targets(page, outline, cells)}
    return Numbering(targets, outlines)


def _read_source(config: ReportConfig, name: str) -> dict[str, Any]:
    path = config.notebooks / f"{name}.ipynb"
    try:
        source: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RenderError(
            f"no notebook {path.name}",
            where="report/report.yaml",
            remedy="write it, or take the page out of 'pages'",
        ) from None
    return source


def _visible_cells(notebook: Mapping[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    numbered = enumerate(notebook["cells"], start=1)
    return [(number, cell) for number, cell in numbered if not HIDDEN_TAGS & set(cell["metadata"].get("tags", []))]


def _outline(page: Page, cells: list[tuple[int, dict[str, Any]]]) -> Outline:
    markdown = [(number, _source(cell)) for number, cell in cells if cell["cell_type"] == "markdown"]
    meta, first = front_matter(markdown[0][1]) if markdown else ({}, "")
    for key in ("title", "description"):
        if not meta.get(key):
            raise RenderError(
                f"the notebook has no {key}",
                where=f"{page.source}.ipynb, first cell",
                remedy=f"begin it with '---', '{key}: ...', '---'",
            )
    headings: list[Heading] = []
    sections = 0
    for cell, text in [(markdown[0][0], first), *markdown[1:]]:
        for level, title, attributes in _headings(text):
            if level == 1:
                raise RenderError(
                    f"the heading {title!r} has one #, which is the chapter's own level",
                    where=f"{page.source}.ipynb, cell {cell}",
                    remedy="use ## for sections; the title is in the front matter",
                )
            identifier = next((word[1:] for word in attributes if word.startswith("#")), "")
            numbered = level == 2 and page.chapter_number and not {".unnumbered", "-"} & set(attributes)
            sections += bool(numbered)
            printed = f"{page.chapter_number}.{sections}" if numbered else ""
            headings.append(Heading(level, identifier, title, printed, cell))
    return Outline(page, str(meta["title"]), str(meta["description"]), tuple(headings))


def _headings(markdown: str) -> Iterator[tuple[int, str, list[str]]]:
    """Level, title and attributes of each ATX heading outside code blocks."""
    fence = ""
    for line in markdown.split("\n"):
        mark = CODE_FENCE.match(line)
        if mark and not fence:
            fence = mark[1][:3]
        elif mark and line.strip().startswith(fence):
            fence = ""
        elif not fence and (match := HEADING.match(line)):
            yield len(match[1]), match["title"], (match["attributes"] or "").split()


def _labels(page: Page, outline: Outline, cells: list[tuple[int, dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Every label of a page with its place."""
    name = f"{page.notebook}.ipynb"
    yield page.label, f"{name}, its own label"
    for heading in outline.headings:
        if heading.identifier:
            yield heading.identifier, f"{name}, cell {heading.cell}"
    for number, label in _code_labels(page, cells):
        yield label, f"{name}, cell {number}"


def _targets(page: Page, outline: Outline, cells: list[tuple[int, dict[str, Any]]]) -> Iterator[Target]:
    yield Target(page.label, "chapter", page.chapter_number, outline.title, page)
    for heading in outline.headings:
        if heading.identifier:
            yield Target(heading.identifier, "section", heading.number, heading.title, page)
    counts: dict[Kind, int] = {"figure": 0, "table": 0}
    for _, label in _code_labels(page, cells):
        kind: Kind = "figure" if label.startswith("fig-") else "table"
        if label.startswith(("fig-", "tbl-")):
            counts[kind] += 1
            printed = f"{page.number or UNNUMBERED_PREFIX}.{counts[kind]}"
            yield Target(label, kind, printed, label, page)


def _code_labels(page: Page, cells: list[tuple[int, dict[str, Any]]]) -> Iterator[tuple[int, str]]:
    """Number and label of each code cell that has one and is shown."""
    for number, cell in cells:
        if cell["cell_type"] == "code":
            options, _ = cell_options(_source(cell), f"{page.source}.ipynb, cell {number}")
            if options.get("include", True) and options.get("label"):
                yield number, str(options["label"])


def _source(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)
