"""Stage the report for Quarto and run Quarto on it; what it only warns about is an error here."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import v4

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import cell_options
from baltic_calculus.report.chapter import read_chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document, Ground, join
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.exporter import visible_cells
from baltic_calculus.report.last_run import read_last_run
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.publish import workspace
from baltic_calculus.report.quarto.project import stage_project
from baltic_calculus.report.state import read_state
from baltic_calculus.report.svg import ChartDrawer

PROGRAM = "quarto"
FOLDER = "quarto"
PROFILES = {"html": "site", "pdf": "book"}
PRODUCTS = {"site": "_site/index.html", "book": "_book/*.pdf"}

ANSI = re.compile(r"\x1b\[[0-9;]*m")
UNRESOLVED = re.compile(
    r"Unable to resolve crossref @?(?P<label>[\w-]+)|Citeproc: citation (?P<key>[^\s,]+) not found", re.IGNORECASE
)
WARNING = re.compile(r"^\s*(\[WARNING\]|WARN\b|warning:)", re.IGNORECASE)
LINES_TOLD = 12


@dataclass(frozen=True)
class QuartoResult:
    """What came of it.

    Attributes
    ----------
    project : Path
        The staged project.
    products : tuple of Path or None
        Index page of the site and PDF of the book, as far as they were wanted; None without Quarto.
    failed : tuple of str
        Pages that failed in the last build; then nothing was staged.
    """

    project: Path
    products: tuple[Path, ...] | None = None
    failed: tuple[str, ...] = ()


def render_with_quarto(
    root: Path, formats: Sequence[str], *, address: str = "", tell: Callable[[str], None]
) -> QuartoResult:
    """Stage what the last build executed in ``_build/quarto``, and render it where Quarto is on PATH.

    Parameters
    ----------
    root : Path
        Project folder.
    formats : sequence of str
        Of ``html`` (profile ``site``) and ``pdf`` (profile ``book``).
    address : str, optional
        Where readers will find the site; that of the configuration without it.
    tell : callable
        Is told what Quarto warns about, besides what is an error.

    Raises
    ------
    ConfigurationError
        When there was no build, or pages have changed since.
    RenderError
        When a chapter breaks a rule, or Quarto stops, or does not find a reference or citation.
    """
    state = read_state(root, address=address)
    config = state.config
    project = config.build / FOLDER
    with workspace(config.build) as space:
        runs = read_last_run(state, space.room / "executed")
        failed = tuple(run.page.notebook for run in runs if run.failure)
        if failed:
            return QuartoResult(project, failed=failed)
        try:
            document = read_document(runs, config)
            stage_project(document, space.room / FOLDER)
        finally:
            ChartDrawer.of(config).converter.close()
        space.publish([FOLDER])
        program = shutil.which(PROGRAM)
        if program is None:
            return QuartoResult(project)
        chosen = [PROFILES[name] for name in formats]
        return QuartoResult(project, tuple(run_quarto(program, project, profile, document, tell) for profile in chosen))


def read_document(runs: Iterable[PageRun], config: ReportConfig) -> Document:
    """The report of what was executed, after all its labels, references and citations were checked.

    Raises
    ------
    RenderError
        When a chapter breaks a rule; the message names notebook, cell and label.
    """
    ground, pandoc = Ground.of(config), Pandoc.of(config)
    executed = [(run.executed, run.page) for run in runs if run.executed]
    built = [page for _, page in executed]
    return join(ground, [ground.excerpt(read_chapter(path, page, pandoc), built) for path, page in executed])


def run_quarto(program: str, project: Path, profile: str, document: Document, tell: Callable[[str], None]) -> Path:
    """Render a staged project with one of its profiles; gives what was made.

    Raises
    ------
    RenderError
        When Quarto stops, warns of a reference or citation that it cannot resolve, or leaves nothing behind.
    """
    run = subprocess.run(
        [program, "render", str(project), "--profile", profile],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        env={**os.environ, "QUARTO_PYTHON": sys.executable, "NO_COLOR": "1"},
        check=False,
    )
    lines = ANSI.sub("", run.stdout).splitlines()
    unresolved = [found for line in lines for found in UNRESOLVED.finditer(line)]
    if unresolved:
        raise _unresolved(unresolved, document)
    if run.returncode:
        told = "\n".join(line for line in lines[-LINES_TOLD:] if line.strip())
        raise RenderError(
            f"Quarto stopped with status {run.returncode}:\n{told}",
            where=f"{project}, profile {profile}",
            remedy="correct what it names; the staged project is there to be looked at",
        )
    for line in lines:
        if WARNING.match(line):
            tell(f"Quarto, profile {profile}: {line.strip()}")
    made = sorted(project.glob(PRODUCTS[profile]))
    if not made:
        raise RenderError(
            f"Quarto left no {PRODUCTS[profile]}",
            where=f"{project}, profile {profile}",
            remedy="run it there by hand: quarto render --profile " + profile,
        )
    return made[0]


def _unresolved(found: Sequence[re.Match[str]], document: Document) -> RenderError:
    """One error for everything that Quarto could not resolve."""
    names = list(dict.fromkeys(match["label"] or match["key"] for match in found))
    places = list(dict.fromkeys(place for name in names for place in find_places(document, name)))
    return RenderError(
        "Quarto cannot resolve " + ", ".join(f"@{name}" for name in names),
        where="\n         ".join(places) or "the staged project",
        remedy="correct the reference, or add what it names to the report or to report/references.bib",
    )


def find_places(document: Document, name: str) -> Iterator[str]:
    """Notebook, cell and label of everything that says ``@name``."""
    mention = re.compile(rf"@{re.escape(name)}(?![\w-])")
    for chapter in document.chapters:
        notebook = v4.reads(chapter.executed.read_text(encoding="utf-8"))
        for number, cell in visible_cells(notebook):
            shown = [cell.source] if cell.cell_type == "markdown" else []
            label = ""
            if cell.cell_type == "code":
                label = str(cell_options(cell.source, chapter.page.notebook)[0].get("label", ""))
                shown = [str(output.get("data", {}).get("text/markdown", "")) for output in cell.outputs]
            if label in chapter.exhibits:
                exhibit = chapter.exhibits[label]
                shown = [exhibit.caption, *exhibit.notes]
            if any(mention.search(text) for text in shown):
                yield f"{chapter.page.notebook}.ipynb, cell {number}" + (f" ({label})" if label else "")
