"""Executed notebook to pandoc Markdown and exhibits, as an nbconvert exporter that knows Quarto's cell options."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import CELL_MARK, HIDDEN_TAGS, cell_options, front_matter
from baltic_calculus.report.exhibit import Exhibit, read_exhibit
from baltic_calculus.report.facts import FINDING_PREFIX, add_facts

CURRENCY = re.compile(r"(?<=\bUS)\$|(?<=\bUS )\$")
FENCE = ":" * 9
INNER_FENCE = ":" * 6


@dataclass
class NotebookContent:
    """What one executed notebook gives to the report, collected cell by cell."""

    front_matter: dict[str, Any] = field(default_factory=dict)
    has_text: bool = False
    markdown: list[str] = field(default_factory=list)
    exhibits: dict[str, Exhibit] = field(default_factory=dict)
    facts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def text(self) -> str:
        """The whole notebook as one pandoc Markdown text."""
        return "\n\n".join(self.markdown)


def escape_currency(text: str) -> str:
    """Escape the dollar of ``US$``, which would open a formula when the next ``US$`` closes it."""
    return CURRENCY.sub(r"\\$", text)


class ReportExporter(Exporter):
    """Executed notebook to pandoc Markdown; exhibits and facts are in ``resources["report"]``.

    ``resources["metadata"]["name"]`` names the notebook in error messages.
    """

    file_extension = ".md"
    output_mimetype = "text/markdown"

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Export a notebook node.

        Raises
        ------
        RenderError
            When a cell option is unknown, an exhibit is not labelled or not complete, or an output is none of
            figure, table and prose.
        """
        # not the base class's way: its copies and checks of the notebook take longer than all that follows
        resources = self._init_resources(resources)
        name = resources.get("metadata", {}).get("name", "notebook")
        content = NotebookContent()
        for number, cell in visible_cells(nb):
            place = f"{name}.ipynb, cell {number}"
            if cell.cell_type == "markdown":
                content.markdown.append(_mark(number))
                _add_markdown(content, cell.source)
            elif cell.cell_type == "code":
                _add_code(content, cell, number, place)
        resources["report"] = content
        return content.text(), resources


def visible_cells(notebook: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Cells that the reader sees, by number as the author sees them: papermill's own cell is not in the source."""
    number = 0
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        number += "injected-parameters" not in tags
        if not HIDDEN_TAGS.intersection(tags):
            yield number, cell


def _mark(number: int, label: str = "") -> str:
    """An empty block that tells where a cell begins."""
    named = f' name="{label}"' if label else ""
    return f"{FENCE} {{.{CELL_MARK} number={number}{named}}}\n{FENCE}"


def _add_markdown(content: NotebookContent, source: str) -> None:
    if not content.has_text:
        content.front_matter, source = front_matter(source)
        content.has_text = True
    content.markdown.append(escape_currency(source))


def _add_code(content: NotebookContent, cell: NotebookNode, number: int, place: str) -> None:
    options, _ = cell_options(cell.source, place)
    if options.get("include", True) is False:
        return
    label = str(options.get("label", ""))
    content.markdown.append(_mark(number, label))
    if label:
        place = f"{place} ({label})"
    for output in cell.outputs:
        if output.output_type in ("display_data", "execute_result"):
            _add_output(content, output, options, label, place, number)
        elif output.output_type == "error":
            raise RenderError(
                f"the cell stopped with {output.ename}: {output.evalue}", where=place, remedy="mend it and run again"
            )
    wanted = label.startswith(("fig-", "tbl-"))
    if wanted and label not in content.exhibits:
        raise RenderError(
            f"{label} is the label of a cell that displays no exhibit",
            where=place,
            remedy="end the cell with the Figure or Table, or drop the label",
        )


def _add_output(
    content: NotebookContent, output: NotebookNode, options: dict[str, Any], label: str, place: str, number: int
) -> None:
    kind = output.metadata.get("report", {}).get("kind")
    if kind == "prose":
        _add_prose(content, output, label, number)
    elif kind in ("figure", "table"):
        caption = str(options.get("fig-cap") or options.get("tbl-cap") or "")
        exhibit = read_exhibit(output, label, caption, place)
        if label in content.exhibits:
            raise RenderError(
                f"two exhibits have the label {label}", where=place, remedy="give each exhibit a cell and a label"
            )
        content.exhibits[label] = exhibit
        content.markdown.append(_exhibit_markdown(exhibit))
    else:
        raise RenderError(
            "an output is neither a figure, nor a table, nor prose",
            where=place,
            remedy="display it with Figure, Table or Prose, or end the line with a semicolon",
        )


def _add_prose(content: NotebookContent, output: NotebookNode, label: str, number: int) -> None:
    """Add a sentence and its facts."""
    add_facts(content.facts, output.metadata["report"].get("facts", {}), label, number)
    text = escape_currency(output.data["text/markdown"])
    if label.startswith(FINDING_PREFIX):
        text = f"{FENCE} {{#{label} .finding}}\n\n{text}\n\n{FENCE}"
    content.markdown.append(text)


def _exhibit_markdown(exhibit: Exhibit) -> str:
    """A block with the exhibit's label; caption and notes are parsed with the chapter, so they may cite and refer."""
    inner = [("caption", exhibit.caption), *(("note", note) for note in exhibit.notes)]
    parts = [f"{INNER_FENCE} {{.{name}}}\n\n{escape_currency(text)}\n\n{INNER_FENCE}" for name, text in inner]
    return "\n\n".join([f"{FENCE} {{#{exhibit.label} .exhibit}}", *parts, FENCE])
