"""Execute the pages of a report: plans become tasks, outcomes become entries of the ledger and notebooks on disk."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from contextlib import closing
from pathlib import Path
from typing import Protocol

import nbformat

from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.execution.schedule import run_tasks
from baltic_calculus.report.execution.task import FAILURES, Kernel, Limits, Outcome, Task
from baltic_calculus.report.page import Page
from baltic_calculus.report.plan import PagePlan
from baltic_calculus.report.publish import FAILED


class Watcher(Protocol):
    """Who is told how a build goes; called from several threads."""

    def page_started(self, page: Page) -> None:
        """Tell that a kernel is being started for the page."""

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        """Tell that cell ``cell`` of ``cells`` (counted from 1) has started."""

    def page_finished(self, run: PageRun) -> None:
        """Tell that the page has its final status."""


class _PageListener:
    """Tells a watcher of pages what it hears of tasks."""

    def __init__(self, watcher: Watcher, pages: Sequence[Page]) -> None:
        self._watcher = watcher
        self._pages = {page.notebook: page for page in pages}

    def run_started(self, name: str) -> None:
        self._watcher.page_started(self._pages[name])

    def cell_started(self, name: str, cell: int, cells: int) -> None:
        self._watcher.cell_started(self._pages[name], cell, cells)


def execute_pages(
    plans: Sequence[PagePlan],
    output: Path,
    *,
    executor: Executor,
    environment: Mapping[str, str],
    limits: Limits,
    kernel: Kernel,
    preload: tuple[str, ...],
    fail_fast: bool,
    build_seconds: float | None,
    watcher: Watcher,
) -> list[PageRun]:
    """Execute pages side by side, each in a kernel of its own.

    Parameters
    ----------
    plans : sequence of PagePlan
        What to execute.
    output : Path
        Folder for the executed notebooks, by name; those of failures go into ``failed`` beside it.
    executor : Executor
        Where they run, as of `open_executor`.
    environment : mapping of str to str
        Added to that of the kernels; through ``BALTIC_ROOT`` they find the data.
    limits : Limits
        What one page may use.
    kernel : {"plain", "fork"}
        How kernels are started.
    preload : tuple of str
        Modules that a fork server holds ready, the same for all pages, so that one server serves them.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
    build_seconds : float or None
        Time after which the pages that have not finished are cancelled; None for any.
    watcher : Watcher
        Who is told how it goes.

    Returns
    -------
    list of PageRun
        In the order of ``plans``, failures among them.

    Raises
    ------
    OSError
        When the disk is full.
    KeyboardInterrupt
        On Ctrl-C, after all kernels and their children are gone.
    """
    by_name = {plan.page.notebook: plan for plan in plans}
    runs: dict[str, PageRun] = {}
    outcomes = run_tasks(
        (_task(plan, environment, kernel, preload, limits) for plan in plans),
        executor,
        listener=_PageListener(watcher, [plan.page for plan in plans]),
        fail_fast=fail_fast,
        build_seconds=build_seconds,
    )
    with closing(outcomes):
        for outcome in outcomes:
            run = runs[outcome.name] = _page_run(by_name[outcome.name], outcome, output)
            watcher.page_finished(run)
    return [runs[plan.page.notebook] for plan in plans]


def _task(
    plan: PagePlan, environment: Mapping[str, str], kernel: Kernel, preload: tuple[str, ...], limits: Limits
) -> Task:
    return Task(
        name=plan.page.notebook,
        notebook=nbformat.writes(plan.notebook),
        parameters=plan.overrides,
        folder=str(plan.source.parent),
        environment=environment,
        kernel=kernel,
        preload=preload,
        limits=limits,
    )


def _page_run(plan: PagePlan, outcome: Outcome, output: Path) -> PageRun:
    """Write the notebook of an outcome where it belongs and describe the page."""
    return PageRun(
        page=plan.page,
        status=outcome.status,
        parameters=plan.parameters,
        cell=outcome.cell,
        error=outcome.error,
        traceback=outcome.traceback,
        wall_seconds=outcome.wall_seconds,
        cpu_seconds=outcome.cpu_seconds,
        peak_memory_mb=outcome.peak_memory_mb,
        kernel=outcome.kernel if outcome.attempts else None,
        attempts=outcome.attempts,
        executed=_write(outcome, output) if outcome.status == "ok" else None,
        failed=_write(outcome, output.parent / FAILED) if outcome.status in FAILURES else None,
    )


def _write(outcome: Outcome, folder: Path) -> Path | None:
    if outcome.notebook is None:
        return None
    folder.mkdir(exist_ok=True)
    path = folder / f"{outcome.name}.ipynb"
    path.write_text(outcome.notebook, encoding="utf-8")
    return path
