"""One executed notebook as a chapter: its text as a syntax tree, its exhibits, facts and findings."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import v4

from baltic_calculus.errors import RenderError
from baltic_calculus.report.code_cell import CodeCell, code_cells
from baltic_calculus.report.crossref import reference_label
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.exporter import NotebookContent, ReportExporter
from baltic_calculus.report.notebook import UNREADABLE
from baltic_calculus.report.page import Page
from baltic_calculus.report.pandoc import Node, Pandoc, find


@dataclass(frozen=True)
class Finding:
    """A computed statement of the summary that the landing page repeats."""

    label: str
    blocks: tuple[Node, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of the exhibits and sections that it refers to, in order."""
        keys = [citation["citationId"] for cite in find(self.blocks, "Cite") for citation in cite["c"][0]]
        return tuple(label for label in map(reference_label, keys) if label is not None)


@dataclass(frozen=True)
class Chapter:
    """A page of the report, read from its executed notebook.

    Attributes
    ----------
    page : Page
        The page of the configuration.
    executed : Path
        The executed notebook.
    title, description : str
        From its front matter.
    blocks : tuple of Node
        The text as pandoc blocks; each exhibit is a ``Div`` with the class ``exhibit`` and its label.
    exhibits : dict of str to Exhibit
        By label, in order of appearance.
    facts : dict of str to dict
        Computed numbers stated in the text: name to ``value`` and ``unit``.
    findings : tuple of Finding
        Statements in cells labelled ``finding-...``.
    code : tuple of CodeCell
        The code of the notebook.
    """

    page: Page
    executed: Path
    title: str
    description: str
    blocks: tuple[Node, ...]
    exhibits: dict[str, Exhibit]
    facts: dict[str, dict[str, Any]]
    findings: tuple[Finding, ...]
    code: tuple[CodeCell, ...]


def read_chapter(executed: Path, page: Page, pandoc: Pandoc) -> Chapter:
    """Read the executed notebook of a page.

    Raises
    ------
    RenderError
        When the file is not a notebook, or one of its cells breaks a rule of the exporter.
    """
    try:
        # not nbformat.read(): what was executed now is valid, and to check it again takes longer than to use it
        notebook = v4.reads(executed.read_text(encoding="utf-8"))
    except UNREADABLE as error:
        raise RenderError(
            f"cannot read the executed notebook: {error}", where=page.notebook, remedy="execute the page again"
        ) from None
    resources = {"metadata": {"name": page.notebook}}
    markdown, resources = ReportExporter().from_notebook_node(notebook, resources)
    content: NotebookContent = resources["report"]  # type: ignore[assignment]
    blocks = pandoc.read_markdown(markdown)
    divs = [block["c"] for block in find(blocks, "Div")]
    findings = tuple(Finding(label, tuple(inner)) for (label, classes, _), inner in divs if "finding" in classes)
    return Chapter(
        page=page,
        executed=executed,
        title=str(content.front_matter.get("title", "")),
        description=str(content.front_matter.get("description", "")),
        blocks=tuple(blocks),
        exhibits=content.exhibits,
        facts=content.facts,
        findings=findings,
        code=code_cells(notebook, page.notebook),
    )
