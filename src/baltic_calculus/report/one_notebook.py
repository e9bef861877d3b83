"""One executed notebook as a document of its own, wherever it lies: what nbconvert's exporters print."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import nbformat
from nbformat import NotebookNode, from_dict
from pydantic import StringConstraints

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import front_matter
from baltic_calculus.report.chapter import read_chapter
from baltic_calculus.report.config import ReportConfig, read_config
from baltic_calculus.report.document import Document, Ground
from baltic_calculus.report.instance import as_page, make_instance_of_run, printed_values
from baltic_calculus.report.notebook import INJECTED_TAG, read_parameters_used
from baltic_calculus.report.page import MatrixPage, Page
from baltic_calculus.report.pandoc import Pandoc, identifier
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.root import find_root

LENT = ("report/theme", "_build/cache")
"""What a notebook of its own takes from the project: its looks, and what was drawn already."""


class LooseNotebook(Page):
    """A notebook that is not among the pages of the report; it may have any name."""

    notebook: Annotated[str, StringConstraints(min_length=1)]

    @cached_property
    def slug(self) -> str:
        """Its name, fit for an address; the prefix keeps it apart from the labels of its sections."""
        return "notebook-" + identifier(self.notebook)


@contextmanager
def one_notebook(notebook: NotebookNode, name: str, folder: Path) -> Iterator[Document]:
    """Make a document of one executed notebook; the files that it needs are there until the context is left.

    A chapter of this project keeps its numbers, and what it says of other chapters stays as text. Any other notebook
    stands alone: title, description, authors, date and bibliography are those of its front matter.

    Parameters
    ----------
    notebook : NotebookNode
        The executed notebook.
    name : str
        Its name without ending, for messages.
    folder : Path
        Where it lies: its bibliography is looked for there.

    Raises
    ------
    ConfigurationError
        When the project with its theme is not found.
    RenderError
        When the notebook breaks a rule of the report; the message names notebook, cell and label.
    """
    project = read_config(Path(find_root()))
    with TemporaryDirectory(prefix="baltic-") as room:
        root = Path(room)
        for lent in LENT:
            _link(root / lent, project.root / lent)
        page, notebook = _page_of(notebook, name, project)
        if page:
            _link(root / "notebooks", project.notebooks)
            _link(root / "report" / "references.bib", project.bibliography)
            config = project.model_copy(update={"root": root})
        else:
            page = LooseNotebook(notebook=name, coverage="")
            config = _alone(notebook, page, root, project, folder)
        executed = root / "executed.ipynb"
        executed.write_text(nbformat.writes(notebook), encoding="utf-8")
        try:
            document = Ground.of(config).excerpt(read_chapter(executed, page, Pandoc.of(config)), [page])
            yield _titled(document, project)
        finally:
            ChartDrawer.of(config).converter.close()


def _link(place: Path, target: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if target.name == "cache":
        target.mkdir(parents=True, exist_ok=True)
    place.symlink_to(target, target_is_directory=target.is_dir())


def _code(cells: list[dict[str, Any]]) -> list[str]:
    """Code of a notebook as its author wrote it."""
    own = [cell for cell in cells if INJECTED_TAG not in cell["metadata"].get("tags", [])]
    return ["".join(cell["source"]) for cell in own if cell["cell_type"] == "code"]


def _page_of(notebook: NotebookNode, name: str, project: ReportConfig) -> tuple[Page | None, NotebookNode]:
    """The page of the project that was executed, and its notebook.

    It is the page with the same code, whatever the file is called, or its name. A run of the source of a matrix is that
    of the page with its value. An older run of a page is still that page; what no longer fits its source is said by the
    checks of the report.
    """
    code = _code(notebook.cells)
    paths = {page.source: project.notebooks / f"{page.source}.ipynb" for page in project.pages}
    sources = {stem: json.loads(path.read_text(encoding="utf-8")) for stem, path in paths.items() if path.exists()}
    of_source = {stem for stem, source in sources.items() if _code(source["cells"]) == code}
    named = None
    for page in project.pages:
        if isinstance(page, MatrixPage) and page.source in of_source:
            if read_parameters_used(notebook, Path(name)).get(page.parameter) == page.value:
                return page, from_dict(make_instance_of_run(notebook, page, printed_values(page)))
        elif page.source in sources and _code(as_page(sources[page.source], page)["cells"]) == code:
            return page, notebook
        if page.notebook == name:
            named = page
    return named, notebook


def _alone(notebook: NotebookNode, page: Page, root: Path, project: ReportConfig, folder: Path) -> ReportConfig:
    """The configuration of a notebook that stands alone; it is its own source."""
    source = nbformat.from_dict(notebook)
    source.cells = [cell for cell in source.cells if INJECTED_TAG not in cell.metadata.get("tags", [])]
    (root / "notebooks").mkdir()
    (root / "notebooks" / f"{page.notebook}.ipynb").write_text(nbformat.writes(source), encoding="utf-8")
    texts = [cell.source for cell in source.cells if cell.cell_type == "markdown"]
    meta, _ = front_matter(texts[0]) if texts else ({}, "")
    _link(root / "report" / "references.bib", _bibliography(meta, page, project, folder))
    own: dict[str, Any] = {"root": root, "pages": (page,), "repository": "", "address": "", "glossary": ""}
    authors = meta.get("author") or meta.get("authors")
    if authors:
        own["authors"] = tuple([authors] if isinstance(authors, str) else map(str, authors))
    for key in ("date", "edition", "licence", "keywords"):
        if key in meta:
            own[key] = meta[key]
    # checked anew: a date or a list may be anything in the front matter of somebody's notebook
    return ReportConfig.model_validate({**dict(project), **own})


def _bibliography(meta: dict[str, Any], page: Page, project: ReportConfig, folder: Path) -> Path:
    """The bibliography that the notebook names, or that of the project."""
    if "bibliography" not in meta:
        return project.bibliography
    path = (folder / str(meta["bibliography"])).resolve()
    if not path.exists():
        raise RenderError(
            f"no bibliography {meta['bibliography']}",
            where=f"{page.notebook}.ipynb, first cell",
            remedy="correct 'bibliography:' in its front matter, or put the file there",
        )
    return path


def _titled(document: Document, project: ReportConfig) -> Document:
    """The document under the title of its chapter, for cover and citation."""
    (chapter,) = document.chapters
    is_page = chapter.page in project.pages
    own = {
        "title": chapter.title,
        "subtitle": project.title if is_page else chapter.description,
        "abstract": chapter.description,
        "papers": project.papers[:1],
    }
    config = document.config.model_copy(update=own)
    return replace(document, config=config)
