"""A table as its parts: header rows, groups, rows and footnotes, read once from HTML and written by each output format.

great_tables (and pandas) hand over HTML made for a browser. Neither its styles nor its identifiers are wanted: the site
has a style of its own, and the PDF needs real table cells.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from lxml import html

from baltic_calculus.errors import RenderError

Align = Literal["left", "center", "right"]
TITLE_CLASSES = frozenset({"gt_heading", "gt_title", "gt_subtitle"})
DROPPED_TAGS = frozenset({"style", "script"})
TABLES_REMEMBERED = 256
LABELLED = re.compile(r'\bdata-label="([^"]+)"')
PICTURE_TAGS = frozenset({"svg", "img"})


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    mark: bool = False
    """A footnote mark."""
    break_before: bool = False
    """The stretch begins a new line."""
    page: str = ""
    """Slug of the page of the report that the stretch leads to, when there is such a page."""
    label: str = ""
    """Label of the figure, table or section that the stretch names and leads to."""


@dataclass(frozen=True)
class Cell:
    """One cell: its text, how many columns and rows it covers, and whether it heads a row or column."""

    runs: tuple[Run, ...]
    align: Align
    columns: int = 1
    rows: int = 1
    is_header: bool = False
    is_spanner: bool = False
    bold: bool = False
    italic: bool = False

    @property
    def text(self) -> str:
        """The words of the cell without marks."""
        return "".join(run.text for run in self.runs if not run.mark).strip()


@dataclass(frozen=True)
class Row:
    """A row of the body; a group row has one cell over the whole width."""

    cells: tuple[Cell, ...]
    is_group: bool = False
    is_summary: bool = False


@dataclass(frozen=True)
class TableModel:
    """A whole table.

    Attributes
    ----------
    width : int
        Number of columns.
    header, body : tuple of Row
        Rows of the head and of the body.
    footnotes : tuple of tuple of Run
        Footnotes with their marks. Source notes are left out: the exhibit prints its source itself.
    """

    width: int
    header: tuple[Row, ...]
    body: tuple[Row, ...]
    footnotes: tuple[tuple[Run, ...], ...]

    @property
    def column_aligns(self) -> tuple[Align, ...]:
        """Alignment of each column, from its first plain row."""
        for row in self.body:
            if not row.is_group and len(row.cells) == self.width:
                return tuple(cell.align for cell in row.cells)
        return tuple[Align, ...]("left" for _ in range(self.width))


def labels_in_cells(markup: str) -> list[str]:
    """Labels that the cells of a table refer to, in their order."""
    return LABELLED.findall(markup)


@lru_cache(maxsize=TABLES_REMEMBERED)
def read_table(markup: str, label: str) -> TableModel:
    """Read the first table of a piece of HTML; site and PDF ask for the same ones.

    Raises
    ------
    RenderError
        When there is no table, or it holds a picture, which would have no text alternative.
    """
    tables = html.fragment_fromstring(markup, create_parent="div").xpath(".//table")
    if not tables:
        raise RenderError(f"{label} has no table in its HTML", where=label, remedy="display it with Table(...)")
    table = tables[0]
    if any(element.tag in PICTURE_TAGS for element in table.iter()):
        raise RenderError(f"{label} has a picture in a cell", where=label, remedy="show it as a figure of its own")
    header = tuple(_row(row) for row in table.xpath("./thead/tr") if not TITLE_CLASSES & _classes(row))
    body_rows = table.xpath("./tbody/tr")
    body = tuple(_row(row) for row in body_rows)
    width = max(sum(cell.columns for cell in row.cells) for row in (*header[:1], *body))
    notes = table.xpath("./tfoot//*[contains(concat(' ', @class, ' '), ' gt_footnote ')]")
    return TableModel(width, header, body, tuple(_merge(_runs(note)) for note in notes))


def _classes(element: html.HtmlElement) -> frozenset[str]:
    return frozenset((element.get("class") or "").split())


def _row(row: html.HtmlElement) -> Row:
    classes = _classes(row)
    cells = tuple(_cell(cell) for cell in row.xpath("./th|./td"))
    summary = any("summary" in name for cell in row for name in _classes(cell))
    return Row(cells, is_group="gt_group_heading_row" in classes, is_summary=summary)


def _cell(cell: html.HtmlElement) -> Cell:
    classes, style = _classes(cell), cell.get("style") or ""
    return Cell(
        runs=_merge(_runs(cell)),
        align=_align(classes, style),
        columns=int(cell.get("colspan") or 1),
        rows=int(cell.get("rowspan") or 1),
        is_header=cell.tag == "th",
        is_spanner="gt_column_spanner_outer" in classes and bool(cell.text_content().strip()),
        bold=bool(re.search(r"font-weight:\s*(bold|[6-9]00)", style)),
        italic="font-style: italic" in style or "font-style:italic" in style,
    )


def _align(classes: frozenset[str], style: str) -> Align:
    aligns: tuple[Align, ...] = ("right", "center")
    for align in aligns:
        if f"gt_{align}" in classes or re.search(rf"text-align:\s*{align}", style):
            return align
    return "left"


@dataclass(frozen=True)
class _Style:
    bold: bool = False
    italic: bool = False
    raised: bool = False
    lowered: bool = False
    mark: bool = False
    page: str = ""
    label: str = ""


def _runs(element: html.HtmlElement, style: _Style = _Style()) -> Iterator[Run]:
    """Walk an element's text in reading order, each stretch with the style it inherits."""
    if element.text:
        yield _run(element.text, style)
    for child in element:
        if child.tag == "br":
            yield Run("", break_before=True)
        elif child.tag not in DROPPED_TAGS:
            yield from _runs(child, _inherit(child, style))
        if child.tail:
            yield _run(child.tail, style)


def _inherit(child: html.HtmlElement, style: _Style) -> _Style:
    inline = child.get("style") or ""
    return _Style(
        bold=style.bold or child.tag in ("b", "strong") or "font-weight:bold" in inline.replace(" ", ""),
        italic=style.italic or child.tag in ("i", "em"),
        raised=style.raised or child.tag == "sup",
        lowered=style.lowered or child.tag == "sub",
        mark=style.mark or "gt_footnote_marks" in _classes(child),
        page=child.get("data-page") or style.page,
        label=child.get("data-label") or style.label,
    )


def _run(text: str, style: _Style) -> Run:
    return Run(re.sub(r"[ \t\n]+", " ", text), **vars(style))


def _merge(runs: Iterator[Run]) -> tuple[Run, ...]:
    """Drop the white space of the markup and fold line breaks into the stretch that follows."""
    merged: list[Run] = []
    broken = False
    for run in runs:
        if run.break_before:
            broken = True
        elif run.text.strip() or (merged and not broken):
            text = run.text.lstrip() if broken or not merged else run.text
            merged.append(replace(run, text=text, break_before=broken))
            broken = False
    while merged and not merged[-1].text.strip():
        merged.pop()
    if merged:
        merged[-1] = replace(merged[-1], text=merged[-1].text.rstrip())
    return tuple(merged)
