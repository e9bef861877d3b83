"""The pages of one build: those that are fresh come from the cache, the others are executed."""

import importlib
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from baltic_calculus.report.checked_data import ensure_checked
from baltic_calculus.report.execution.kernels import choose_kernel, preload_for, prepare_kernels
from baltic_calculus.report.execution.key import key_of
from baltic_calculus.report.execution.ledger import PageRun, read_parameters_used
from baltic_calculus.report.execution.prose import renew_prose
from baltic_calculus.report.execution.task import Kernel
from baltic_calculus.report.options import BuildOptions
from baltic_calculus.report.page import Page
from baltic_calculus.report.plan import PagePlan
from baltic_calculus.report.progress import Progress
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.state import ReportState

VARIANTS_KEPT = 8
"""Executed notebooks that the cache holds for each page: enough to go back and forth between variants of a report."""


@dataclass(frozen=True)
class PageWork:
    """What there is to do for the pages of a build.

    Attributes
    ----------
    state : ReportState
        The report as the build found it.
    options : BuildOptions
        How to build.
    parts : Mapping of str to mapping
        What each planned page depends on, by notebook name.
    fresh : Mapping of str to str
        Executed notebooks of the pages that need not be executed, with their text as it reads now.
    due : tuple of PagePlan
        The other pages, in the order in which they are executed.
    kernel : {"plain", "fork"}
        How their kernels are started.
    preload : tuple of str
        What a fork server holds ready for them.
    environment : Mapping of str to str
        Environment of their kernels.
    """

    state: ReportState
    options: BuildOptions
    parts: Mapping[str, Mapping[str, str]]
    fresh: Mapping[str, str]
    due: Sequence[PagePlan]
    kernel: Kernel
    preload: tuple[str, ...]
    environment: Mapping[str, str]


def prepare_pages(state: ReportState, options: BuildOptions, progress: Progress) -> PageWork:
    """Find out what is to be executed, check the data, and import what executes notebooks.

    The fork server imports its libraries meanwhile. No other thread may import anything during this: modules that
    import each other in a circle, as those of jupyter_client do, come out half made when two threads begin at
    different ends.

    Raises
    ------
    DataError
        When a dataset breaks a rule.
    """
    parts = {plan.page.notebook: state.parts(plan) for plan in state.plan.pages}
    fresh = {} if options.force else _find_fresh(state, parts)
    # the longest first, as its charts, too, take longest to draw
    stale = [plan for plan in state.plan.pages if plan.page.notebook not in fresh]
    due = tuple(sorted(stale, key=_code_length, reverse=True))
    kernel = choose_kernel(options.kernel)
    preload = preload_for(plan.notebook for plan in due)
    environment = {"BALTIC_ROOT": str(state.config.root)}
    if due:
        if options.scheduler == "threads":
            prepare_kernels(kernel, preload, environment)
        progress.stage("checking the data")
        environment |= ensure_checked(state.config.build / "cache" / "data-checked", state.ground)
        progress.stage("executing the notebooks")
        importlib.import_module("baltic_calculus.report.execution.pages")
    return PageWork(state, options, parts, fresh, due, kernel, preload, environment)


def _code_length(plan: PagePlan) -> int:
    return sum(len(cell.source) for cell in plan.notebook.cells if cell.cell_type == "code")


def _find_fresh(state: ReportState, parts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    found = {}
    for plan in state.plan.pages:
        text = state.cache.find(parts[plan.page.notebook])
        if text is not None:
            found[plan.page.notebook] = renew_prose(text, plan.notebook)
    return found


class PageRuns:
    """Makes all pages of a build and follows them.

    Each page is kept, and its chapter prepared, as soon as it is done: what ends the build later, Ctrl-C for one, does
    not lose it.

    Parameters
    ----------
    work : PageWork
        What is to be done.
    folder : Path
        Folder for the executed notebooks; it is made.
    progress : Progress
        Who shows how it goes.
    rendering : Rendering
        Who prepares the chapters.
    """

    def __init__(self, work: PageWork, folder: Path, progress: Progress, rendering: Rendering) -> None:
        self.work = work
        self.folder = folder
        self.progress = progress
        self.rendering = rendering

    def run(self) -> tuple[PageRun, ...]:
        """Gather the executed notebooks of all pages in the folder.

        Returns
        -------
        tuple of PageRun
            In the order of the report, failures among them.

        Raises
        ------
        OSError
            When the disk is full.
        """
        self.folder.mkdir()
        state = self.work.state
        runs = self._take_fresh() | (self._execute() if self.work.due else {}) | self._keep()
        state.cache.drop_oldest(beyond=VARIANTS_KEPT * len(state.config.pages))
        return tuple(runs[page.notebook] for page in state.config.pages if page.notebook in runs)

    def _take_fresh(self) -> dict[str, PageRun]:
        runs = {}
        for plan in self.work.state.plan.pages:
            if plan.page.notebook in self.work.fresh:
                path = self.folder / f"{plan.page.notebook}.ipynb"
                path.write_text(self.work.fresh[plan.page.notebook], encoding="utf-8")
                run = self._with_key(PageRun(plan.page, "cached", plan.parameters, path))
                runs[plan.page.notebook] = run
                self.page_finished(run)
        return runs

    def _execute(self) -> dict[str, PageRun]:
        # papermill and the kernel machinery take most of a second to import; most builds of text need neither
        from baltic_calculus.report.execution.pages import execute_pages
        from baltic_calculus.report.execution.schedule import open_executor

        work, options = self.work, self.work.options
        self.rendering.start()
        with open_executor(options.scheduler, options.jobs or (os.cpu_count() or 1) + 1) as executor:
            runs = execute_pages(
                work.due,
                self.folder,
                executor=executor,
                environment=work.environment,
                limits=options.limits,
                kernel=work.kernel,
                preload=work.preload,
                fail_fast=options.fail_fast,
                build_seconds=options.build_seconds,
                watcher=self,
            )
        return {run.page.notebook: self._with_key(run) for run in runs}

    def _keep(self) -> dict[str, PageRun]:
        """Take the pages left out by ``--only`` from the last build, where it made them."""
        kept = {}
        build = self.work.state.config.build
        used = read_parameters_used(build / "ledger.json")
        for page in self.work.state.plan.kept:
            last = build / "notebooks" / f"{page.notebook}.ipynb"
            if last.exists():
                copy = Path(shutil.copyfile(last, self.folder / last.name))
                kept[page.notebook] = PageRun(page, "kept", used.get(page.notebook, {}), copy)
        return kept

    def _with_key(self, run: PageRun) -> PageRun:
        """Name the entry of the cache in which a page is kept."""
        return replace(run, key=key_of(self.work.parts[run.page.notebook])) if run.executed else run

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
            if run.status == "ok" and self.work.state.still_holds():
                text = run.executed.read_text(encoding="utf-8")
                self.work.state.cache.store(run.page.notebook, self.work.parts[run.page.notebook], text)
        self.progress.page_finished(run)
