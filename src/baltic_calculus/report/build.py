"""Build the report: plan, execute, render, publish."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from baltic_calculus.report.checked_data import ensure_checked
from baltic_calculus.report.config import Page
from baltic_calculus.report.execution.junit import write_junit
from baltic_calculus.report.execution.kernels import KernelChoice, choose_kernel
from baltic_calculus.report.execution.key import key_of
from baltic_calculus.report.execution.ledger import PageFailure, PageRun, read_parameters_used, write_ledger
from baltic_calculus.report.execution.prose import renew_prose
from baltic_calculus.report.execution.task import Limits
from baltic_calculus.report.freshness import remove_stamp, write_stamp
from baltic_calculus.report.plan import PagePlan
from baltic_calculus.report.progress import Progress, open_progress
from baltic_calculus.report.publish import keep_failed, publish, publish_partial, workspace
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.state import ReportState, read_state

ENTRIES_KEPT = 40
"""Executed notebooks that the cache holds: enough to go back and forth between some variants of a report."""


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
    kernel : {"auto", "plain", "fork"}
        How kernels are started.
    scheduler : str
        ``threads``, ``dask`` for a cluster on this machine, or ``dask://HOST:PORT``.
    limits : Limits
        What one page may use.
    build_seconds : int or None
        Time that all pages together may take; None for any.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
    force : bool
        Whether to execute pages of which nothing has changed.
    output : str
        Address to which the products are copied besides; empty for none.
    arguments : tuple of str or None
        The command line, when a later build with the same one and the same inputs need do nothing; None for a build
        that is to be done in any case.
    """

    only: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("html", "pdf")
    parameters: Mapping[str, Any] = field(default_factory=dict)
    jobs: int = 0
    kernel: KernelChoice = "auto"
    scheduler: str = "threads"
    limits: Limits = field(default_factory=Limits)
    build_seconds: int | None = None
    fail_fast: bool = False
    force: bool = False
    output: str = ""
    arguments: tuple[str, ...] | None = None


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

    state = read_state(root, options.only, options.parameters)
    config = state.config
    read_numbering(config)  # a label used twice is found now, not after all kernels have run
    with (
        workspace(config.build) as room,
        open_progress(console, [page.page for page in state.plan.pages]) as progress,
        Rendering(config, options.formats) as rendering,
    ):
        remove_stamp(str(config.root))
        runs = _Pages(state, options, room / "executed", progress, rendering).run()
        write_ledger(runs, config.edition, config.build / "ledger.json")
        write_junit(runs, config.title, config.build / "junit.xml")
        keep_failed(room, config.build)
        products = rendering.render(runs, room, progress.stage)
        if any(run.failure for run in runs):
            return BuildResult(runs, site=publish_partial(room / "site", config.build) / "index.html")
        publish(room, config.build, products)
        if options.arguments is not None:
            write_stamp(str(config.root), options.arguments, state.snapshot, products)
        if options.output:
            from baltic_calculus.report.store import deliver

            progress.stage(f"copying to {options.output}")
            deliver(config.build, options.output, products)
    return BuildResult(
        runs,
        site=config.build / "site" / "index.html" if "site" in products else None,
        pdf=config.build / "report.pdf" if "report.pdf" in products else None,
    )


class _Pages:
    """The pages of one build: those that are fresh come from the cache, the others are executed.

    It is the watcher of its own runs, so that each page is kept, and its chapter prepared, as soon as it is done: what
    ends a build later, Ctrl-C for one, does not lose it.
    """

    def __init__(
        self, state: ReportState, options: BuildOptions, folder: Path, progress: Progress, rendering: Rendering
    ) -> None:
        self.state = state
        self.options = options
        self.folder = folder
        self.progress = progress
        self.rendering = rendering
        self.parts = {plan.page.notebook: state.parts(plan) for plan in state.plan.pages}

    def run(self) -> tuple[PageRun, ...]:
        """Gather the executed notebooks of all pages in the folder."""
        self.folder.mkdir()
        plan = self.state.plan
        found = {} if self.options.force else self._find(plan.pages)
        due = [page for page in plan.pages if page.page.notebook not in found]
        for run in found.values():
            self.page_finished(run)
        executed = {run.page.notebook: self._with_key(run) for run in self._execute(due)} if due else {}
        runs = found | executed | self._keep()
        self.state.cache.drop_oldest(beyond=ENTRIES_KEPT)
        return tuple(runs[page.notebook] for page in self.state.config.pages if page.notebook in runs)

    def _find(self, pages: Sequence[PagePlan]) -> dict[str, PageRun]:
        """Fresh pages, with their text as it reads now."""
        found = {}
        for plan in pages:
            text = self.state.cache.find(self.parts[plan.page.notebook])
            if text is not None:
                path = self.folder / plan.source.name
                path.write_text(renew_prose(text, plan.notebook), encoding="utf-8")
                found[plan.page.notebook] = self._with_key(PageRun(plan.page, "cached", plan.parameters, path))
        return found

    def _with_key(self, run: PageRun) -> PageRun:
        """Name the entry of the cache in which a page is kept."""
        return replace(run, key=key_of(self.parts[run.page.notebook])) if run.executed else run

    def _execute(self, due: Sequence[PagePlan]) -> list[PageRun]:
        # papermill and the kernel machinery take most of a second to import; most builds of text need neither
        from baltic_calculus.report.execution.pages import execute_pages
        from baltic_calculus.report.execution.schedule import open_executor

        config, options = self.state.config, self.options
        self.rendering.start()
        self.progress.stage("checking the data")
        checked = ensure_checked(config.build / "cache" / "data-checked", self.state.ground)
        self.progress.stage("executing the notebooks")
        with open_executor(options.scheduler, options.jobs or (os.cpu_count() or 1) + 1) as executor:
            return execute_pages(
                due,
                self.folder,
                executor=executor,
                environment={"BALTIC_ROOT": str(config.root)} | checked,
                limits=options.limits,
                kernel=choose_kernel(options.kernel, len(due)),
                fail_fast=options.fail_fast,
                build_seconds=options.build_seconds,
                watcher=self,
            )

    def _keep(self) -> dict[str, PageRun]:
        """Take the pages left out by ``--only`` from the last build, where it made them."""
        kept = {}
        build = self.state.config.build
        used = read_parameters_used(build / "ledger.json")
        for page in self.state.plan.kept:
            last = build / "notebooks" / f"{page.notebook}.ipynb"
            if last.exists():
                copy = Path(shutil.copyfile(last, self.folder / last.name))
                kept[page.notebook] = PageRun(page, "kept", used.get(page.notebook, {}), copy)
        return kept

    def page_started(self, page: Page) -> None:
        """Show that a kernel is being started for the page."""
        self.progress.page_started(page)

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        """Show the cell that the page has come to."""
        self.progress.cell_started(page, cell, cells)

    def page_finished(self, run: PageRun) -> None:
        """Keep a page that went well and begin to prepare its chapter."""
        if run.executed:
            self.rendering.page_executed(run.executed, run.page)
            # of code or data edited meanwhile nobody knows which state the page shows
            if run.status == "ok" and self.state.still_holds():
                text = run.executed.read_text(encoding="utf-8")
                self.state.cache.store(run.page.notebook, self.parts[run.page.notebook], text)
        self.progress.page_finished(run)
