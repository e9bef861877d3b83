"""An executed notebook as Quarto should meet it.

Quarto does not know Vega-Lite, and any HTML among the outputs makes it load scripts from elsewhere. So each figure is
its drawing, each table a Markdown table, and what depends on parameters (captions, alternative texts) stands in the
options of the cell, where Quarto looks for it.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import dirname, relpath
from typing import Any

import yaml

from baltic_calculus.report.cell import HIDDEN_TAGS, cell_options, front_matter
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.chart_files import with_letters
from baltic_calculus.report.document import Document
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.facts import FINDING_PREFIX
from baltic_calculus.report.notebook import drop_run_metadata
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.quarto.grid_table import markdown_table
from baltic_calculus.report.quarto.markdown import QuartoMarkdown
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_model import read_table

Cell = dict[str, Any]

REMOVED = "remove-cell"
"""The one tag that Quarto is given; it leaves the cell out."""

DATA = "data"
NOT_KEPT = ("narrow",)
"""Entries of an output's metadata that only the site needs."""

NOTES_CLASS = "exhibit-notes"
WORD = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")


@dataclass(frozen=True)
class NotebookStager:
    """Stages the notebooks of one document.

    Attributes
    ----------
    document : Document
        The report.
    """

    document: Document

    def stage(self, chapter: Chapter) -> str:
        """Text of the notebook of a chapter, for Quarto.

        Raises
        ------
        RenderError
            When a chart cannot be drawn or a table cannot be read.
        """
        notebook: dict[str, Any] = json.loads(chapter.executed.read_text(encoding="utf-8"))
        drop_run_metadata(notebook["metadata"])
        notebook["nbformat"], notebook["nbformat_minor"] = 4, 5
        notebook["cells"] = [*_opening(chapter, self.document), *self._cells(notebook["cells"], chapter)]
        return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    def _cells(self, cells: list[Cell], chapter: Chapter) -> Iterator[Cell]:
        markdown = QuartoMarkdown(chapter.page, self.document.numbering)
        is_first = True
        for cell in cells:
            source = "".join(cell["source"])
            if cell["cell_type"] == "code":
                yield from self._code(cell, source, chapter, markdown)
            elif not HIDDEN_TAGS & set(cell["metadata"].get("tags", [])):
                if cell["cell_type"] == "markdown" and is_first:
                    _, source = front_matter(source)
                    is_first = False
                if source.strip():
                    yield _text_cell(cell["id"], markdown.rewrite(source))

    def _code(self, cell: Cell, source: str, chapter: Chapter, markdown: QuartoMarkdown) -> Iterator[Cell]:
        if HIDDEN_TAGS & set(cell["metadata"].get("tags", [])):
            yield _code_cell(cell, source, [], tags=[REMOVED])
            return
        options, code = cell_options(source, chapter.page.notebook)
        label = str(options.get("label", ""))
        if options.get("include", True) is False:
            yield _code_cell(cell, source, [])
        elif label in chapter.exhibits:
            exhibit = chapter.exhibits[label]
            yield _code_cell(
                cell, _with_options(_captions(exhibit, markdown, options), code), self._exhibit(cell, exhibit)
            )
            yield _text_cell(f"notes-{label}", _notes(exhibit, markdown, dirname(chapter.page.href)))
        else:
            if label.startswith(FINDING_PREFIX):
                options = {**options, "classes": "finding"}
            yield _code_cell(cell, _with_options(options, code), list(_prose(cell, markdown)))

    def _exhibit(self, cell: Cell, exhibit: Exhibit) -> list[Cell]:
        config = self.document.config
        if exhibit.kind == "figure":
            drawer = ChartDrawer.of(config)
            (drawing,) = with_letters([drawer.draw(exhibit.chart, exhibit.label).text], drawer)
            shown = {"image/svg+xml": drawing}
        else:
            table = read_table(exhibit.table, exhibit.label)
            shown = {"text/markdown": markdown_table(table, Pandoc.of(config))}
        output = next(one for one in cell["outputs"] if one.get("metadata", {}).get("report"))
        return [_output({**shown, "text/plain": exhibit.alt}, output["metadata"]["report"])]


def _opening(chapter: Chapter, document: Document) -> Iterator[Cell]:
    """The front matter as a raw cell, and the chapter's own heading, which Quarto numbers and refers to."""
    meta = yaml.safe_dump({"description": chapter.description}, allow_unicode=True, width=1000)
    yield {"cell_type": "raw", "id": "front-matter", "metadata": {}, "source": f"---\n{meta}---"}
    target = document.numbering.targets[chapter.page.label]
    unnumbered = "" if target.number else " .unnumbered"
    yield _text_cell("chapter-title", f"# {chapter.title} {{#{target.label}{unnumbered}}}")


def _text_cell(name: str, source: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": source}


def _code_cell(cell: Cell, source: str, outputs: list[Cell], tags: list[str] | None = None) -> Cell:
    return {
        "cell_type": "code",
        "id": cell["id"],
        "metadata": {"tags": tags} if tags else {},
        "execution_count": cell.get("execution_count"),
        "source": source,
        "outputs": outputs,
    }


def _output(data: dict[str, str], report: dict[str, Any]) -> Cell:
    kept = {name: value for name, value in report.items() if name not in NOT_KEPT}
    return {"output_type": "display_data", "data": data, "metadata": {"report": kept}}


def _prose(cell: Cell, markdown: QuartoMarkdown) -> Iterator[Cell]:
    """Computed sentences; what the cell printed stays behind, as it does on the site."""
    for output in cell["outputs"]:
        report = output.get("metadata", {}).get("report", {})
        if report.get("kind") == "prose":
            yield _output({"text/markdown": markdown.rewrite("".join(output["data"]["text/markdown"]))}, report)


def _captions(exhibit: Exhibit, markdown: QuartoMarkdown, options: dict[str, Any]) -> dict[str, Any]:
    """The options of an exhibit's cell, with its caption and text alternative as they were computed."""
    caption = markdown.rewrite(exhibit.caption)
    if exhibit.kind == "figure":
        return {**options, "fig-cap": caption, "fig-alt": exhibit.alt}
    return {**options, "tbl-cap": caption}


def _with_options(options: dict[str, Any], code: str) -> str:
    return "\n".join([*(f"#| {key}: {_yaml(value)}" for key, value in options.items()), code])


def _yaml(value: Any) -> str:
    """A value on one line: a string of JSON is one of YAML, whatever is in it."""
    is_word = isinstance(value, str) and WORD.fullmatch(value)
    return value if is_word else json.dumps(value, ensure_ascii=False)


def _notes(exhibit: Exhibit, markdown: QuartoMarkdown, folder: str) -> str:
    """What stands under an exhibit: unit, notes, source, and on the site its data."""
    unit = [] if exhibit.shows_unit else [f"Unit: {exhibit.unit}."]
    source = markdown.rewrite(f"**Source:** {exhibit.source_line}")
    notes = "\n\n".join([*unit, *map(markdown.rewrite, exhibit.notes), source])
    data = relpath(f"{DATA}/{exhibit.label}.csv", folder or ".")
    link = f'::: {{.content-visible when-format="html"}}\n[Data (CSV)]({data})\n:::'
    return f"::: {{.{NOTES_CLASS}}}\n{notes}\n\n{link}\n:::"
