"""Build the report: plan, execute, assemble, render, publish."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console

from baltic_calculus.report.cache import PageCache
from baltic_calculus.report.config import ReportConfig, read_config
from baltic_calculus.report.execution.ledger import PageFailure, PageRun, read_parameters_used, write_ledger
from baltic_calculus.report.execution.task import Limits
from baltic_calculus.report.plan import BuildPlan, PagePlan, check_data, plan_build
from baltic_calculus.report.progress import Progress, open_progress
from baltic_calculus.report.publish import publish, publish_partial, workspace

FORMATS = ("html", "pdf")
EVIDENCE = ("data", "notebooks", "facts.json")


@dataclass(frozen=True)
class BuildOptions:
    """What a person may choose for one build.

    Attributes
    ----------
    only : tuple of str
        Pages to execute (notebook names or slugs); empty for all. The others stay as the last build made them.
    formats : tuple of str
        Of ``html`` and ``pdf``.
    parameters : mapping
        Notebook parameters for every page that knows them.
    jobs : int
        Notebooks executed at once; 0 for one more than there are processors, as kernels wait while they start.
    cell_seconds : int
        Time that one cell may take.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
    force : bool
        Whether to execute pages of which nothing has changed.
    """

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = FORMATS
    parameters: Mapping[str, Any] = field(default_factory=dict)
    jobs: int = 0
    cell_seconds: int = 300
    fail_fast: bool = False
    force: bool = False


@dataclass(frozen=True)
class BuildResult:
    """What a build came to.

    Attributes
    ----------
    runs : tuple of PageRun
        All pages, in the order of the report.
    site : Path or None
        Index page of the published site, or of ``site.partial`` when pages failed; None when no HTML was asked for.
    pdf : Path or None
        The published PDF.
    """

    runs: tuple[PageRun, ...]
    site: Path | None = None
    pdf: Path | None = None

    @property
    def failures(self) -> tuple[PageFailure, ...]:
        """Why pages failed, in the order of the report."""
        return tuple(run.failure for run in self.runs if run.failure)


def build_report(root: Path, options: BuildOptions, console: Console) -> BuildResult:
    """Build the report of the project in ``root`` into its ``_build`` folder.

    Parameters
    ----------
    root : Path
        Project folder.
    options : BuildOptions
        What to build and how.
    console : Console
        Where progress goes: a live table on a terminal, lines elsewhere.

    Returns
    -------
    BuildResult
        With failures when notebooks failed; then ``site.partial`` is written and nothing else changes.

    Raises
    ------
    ConfigurationError, DataError, RenderError
        Before anything is published.
    OSError
        When the disk is full; the last build stays as it was.
    """
    from baltic_calculus.report.numbering import read_numbering

    config = read_config(root)
    plan = plan_build(config, options.only, options.parameters)
    read_numbering(config)  # a label used twice is found now, not after all kernels have run
    with workspace(config.build) as room, open_progress(console, [page.page for page in plan.pages]) as progress:
        runs = _execute(plan, options, room, progress)
        write_ledger(runs, config.edition, config.build / "ledger.json")
        return _publish(config, runs, options, room, progress)


def _execute(plan: BuildPlan, options: BuildOptions, room: Path, progress: Progress) -> tuple[PageRun, ...]:
    """Run what has to run and gather the executed notebooks of all pages in ``room/executed``."""
    executed = room / "executed"
    executed.mkdir()
    cache = PageCache.open(plan.config)
    keys = {planned.page.notebook: cache.key(planned) for planned in plan.pages}
    runs: dict[str, PageRun] = {}
    due: list[PagePlan] = []
    for planned in plan.pages:
        entry = None if options.force else cache.find(keys[planned.page.notebook])
        if entry is None:
            due.append(planned)
        else:
            copy = Path(shutil.copyfile(entry, executed / planned.source.name))
            runs[planned.page.notebook] = PageRun(planned.page, "cached", planned.parameters, copy)
            progress.page_finished(runs[planned.page.notebook])
    if due:
        if not cache.data_is_checked():
            progress.stage("checking the data")
            check_data()
            cache.mark_data_checked()
        for run in _run_notebooks(due, plan.config, options, executed, progress):
            runs[run.page.notebook] = run
            if run.executed:
                cache.store(keys[run.page.notebook], run.executed)
    runs |= _keep(plan, executed)
    return tuple(runs[page.notebook] for page in plan.config.pages if page.notebook in runs)


def _run_notebooks(
    due: Sequence[PagePlan], config: ReportConfig, options: BuildOptions, executed: Path, progress: Progress
) -> list[PageRun]:
    # papermill and the kernel machinery take most of a second to import; a build with nothing to execute does without.
    from baltic_calculus.report.execution.pages import execute_pages
    from baltic_calculus.report.execution.schedule import open_executor

    progress.stage("executing the notebooks")
    with open_executor("threads", options.jobs or (os.cpu_count() or 1) + 1) as executor:
        return execute_pages(
            due,
            config,
            executed,
            executor=executor,
            limits=Limits(cell_seconds=options.cell_seconds),
            kernel="plain",
            fail_fast=options.fail_fast,
            build_seconds=None,
            watcher=progress,
        )


def _keep(plan: BuildPlan, executed: Path) -> dict[str, PageRun]:
    """Take the pages left out by ``--only`` from the last build, where it made them."""
    kept = {}
    used = read_parameters_used(plan.config.build / "ledger.json")
    for page in plan.kept:
        last = plan.config.build / "notebooks" / f"{page.notebook}.ipynb"
        if last.exists():
            copy = Path(shutil.copyfile(last, executed / last.name))
            kept[page.notebook] = PageRun(page, "kept", used.get(page.notebook, {}), copy)
    return kept


def _publish(
    config: ReportConfig, runs: Sequence[PageRun], options: BuildOptions, room: Path, progress: Progress
) -> BuildResult:
    from baltic_calculus.report.chapter import read_chapter
    from baltic_calculus.report.document import assemble
    from baltic_calculus.report.evidence import write_evidence
    from baltic_calculus.report.pandoc import Pandoc
    from baltic_calculus.report.pdf import render_pdf
    from baltic_calculus.report.site import render_site

    failures = tuple(run.failure for run in runs if run.failure)
    progress.stage("assembling")
    pandoc = Pandoc.of(config)
    document = assemble([read_chapter(run.executed, run.page, pandoc) for run in runs if run.executed], config)
    if failures:
        progress.stage("rendering the partial site")
        render_site(document, room / "site", failures)
        return BuildResult(tuple(runs), site=publish_partial(room / "site", config.build) / "index.html")
    write_evidence(document, room)
    products = list(EVIDENCE)
    if "html" in options.formats:
        progress.stage("rendering the site")
        render_site(document, room / "site", has_pdf="pdf" in options.formats)
        products.append("site")
    if "pdf" in options.formats:
        progress.stage("rendering the PDF")
        render_pdf(document, room / "report.pdf")
        products.append("report.pdf")
        if "html" in options.formats:
            shutil.copyfile(room / "report.pdf", room / "site" / "report.pdf")
    publish(room, config.build, products)
    return BuildResult(
        tuple(runs),
        site=config.build / "site" / "index.html" if "html" in options.formats else None,
        pdf=config.build / "report.pdf" if "pdf" in options.formats else None,
    )
