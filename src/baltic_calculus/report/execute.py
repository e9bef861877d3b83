"""Execute the planned notebooks with papermill, several at a time, and judge each run by what was seen.

papermill alone is not believed: after a killed kernel or a timeout the notebook it saves calls every cell "completed".
"""

import logging
import os
import re
import signal
import tempfile
import threading
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import nbformat
import papermill
from jupyter_client.manager import KernelManager
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.log import logger as papermill_log

from baltic_calculus.report.config import Page, ReportConfig
from baltic_calculus.report.ledger import PageFailure, PageRun, Status
from baltic_calculus.report.notebook import describe_cell
from baltic_calculus.report.plan import PagePlan
from baltic_calculus.report.publish import DISK_ERRORS

ENGINE = "supervised"
KERNEL = "python3"
START_SECONDS = 60
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


class Watcher(Protocol):
    """Who is told how a build goes; called from several threads."""

    def page_started(self, page: Page) -> None:
        """Tell that a kernel is being started for the page."""

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        """Tell that cell ``cell`` of ``cells`` (counted from 1) has started."""

    def page_finished(self, run: PageRun) -> None:
        """Tell that the page has its final status."""


class _Cancelled(Exception):
    """Raised in a page's thread when the build is being stopped."""


class SupervisedEngine(NBClientEngine):
    """papermill engine whose kernel the supervisor knows.

    papermill's own ``cwd`` changes the folder of the whole process, which its threads share; here the kernel alone gets
    its folder and its environment.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, run: "_Run", **_: Any
    ) -> nbformat.NotebookNode:
        """Execute the notebook in a kernel that belongs to ``run``."""
        client = PapermillNotebookClient(
            nb_man,
            kernel_name=kernel_name,
            timeout=run.supervisor.cell_seconds,
            startup_timeout=START_SECONDS,
            iopub_timeout=START_SECONDS,
            shutdown_kernel="immediate",
            log=papermill_log,
            on_notebook_start=run.kernel_ready,
            on_cell_execute=run.cell_started,
        )
        run.notebook = client.nb
        run.manager = manager = client.create_kernel_manager()
        # Sockets in a private folder: TCP ports are picked in advance and now and then taken by somebody else.
        manager.transport = "ipc"
        manager.connection_file = str(run.supervisor.scratch / f"{run.plan.page.slug}.json")
        try:
            return client.execute(cwd=str(run.plan.source.parent), env=run.supervisor.environment, cleanup_kc=True)
        finally:
            run.kill()


papermill_engines.register(ENGINE, SupervisedEngine)


@dataclass
class _Run:
    """One page being executed: its kernel and the cell it has come to."""

    plan: PagePlan
    supervisor: "Supervisor"
    notebook: nbformat.NotebookNode | None = None
    manager: KernelManager | None = None
    process_group: int | None = None
    cell: str = ""

    def kernel_ready(self, notebook: nbformat.NotebookNode) -> None:
        """Remember the kernel's processes: the manager forgets them when the kernel dies."""
        self.process_group = self._group()
        self.supervisor.stop_if_cancelled()

    def cell_started(self, cell: nbformat.NotebookNode, cell_index: int) -> None:
        """Note the cell and tell the watcher."""
        self.supervisor.stop_if_cancelled()
        if self.notebook is not None:
            # Named now: papermill puts cells of its own into a notebook that fails.
            self.cell = describe_cell(self.notebook, cell_index)
            self.supervisor.watcher.cell_started(self.plan.page, cell_index + 1, len(self.notebook.cells))

    def kill(self) -> None:
        """Kill the kernel, if it still runs, and whatever it started."""
        group = self.process_group or self._group()
        if group is not None:
            with suppress(ProcessLookupError):
                os.killpg(group, signal.SIGKILL)

    def _group(self) -> int | None:
        return getattr(getattr(self.manager, "provisioner", None), "pgid", None)

    def failure(self, status: Status, error: str, trace: str = "") -> PageFailure:
        """Describe why this page failed."""
        return PageFailure(self.plan.page, status, self.cell, error, _ANSI.sub("", trace))


@dataclass
class Supervisor:
    """Executes pages and can stop all of them.

    Attributes
    ----------
    output : Path
        Folder for the executed notebooks.
    scratch : Path
        Private folder for sockets and IPython's own files; its path must be short, as that of a socket must.
    environment : dict of str to str
        Environment of the kernels.
    cell_seconds : int
        Time that one cell may take.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
    watcher : Watcher
        Who is told how it goes.
    """

    output: Path
    scratch: Path
    environment: dict[str, str]
    cell_seconds: int
    fail_fast: bool
    watcher: Watcher
    _runs: list[_Run] = field(default_factory=list)
    _cancelled: threading.Event = field(default_factory=threading.Event)

    def stop_if_cancelled(self) -> None:
        """Leave the page's thread when the build is being stopped."""
        if self._cancelled.is_set():
            raise _Cancelled

    def cancel(self) -> None:
        """Stop all pages: kill the kernels that run, start no other."""
        self._cancelled.set()
        for run in list(self._runs):
            run.kill()

    def execute(self, plan: PagePlan) -> PageRun:
        """Execute one page and judge what happened.

        Raises
        ------
        OSError
            When the disk is full: no other page could be written either.
        """
        run = _Run(plan, self)
        self._runs.append(run)
        began = time.monotonic()
        executed = self.output / plan.source.name
        failure = self._attempt(run, executed)
        done = PageRun(
            page=plan.page,
            status=failure.status if failure else "ok",
            seconds=time.monotonic() - began,
            parameters=plan.parameters,
            executed=None if failure else executed,
            failure=failure,
        )
        self._runs.remove(run)
        if failure and self.fail_fast:
            self.cancel()
        self.watcher.page_finished(done)
        return done

    def _attempt(self, run: _Run, executed: Path) -> PageFailure | None:
        try:
            self.stop_if_cancelled()
            self.watcher.page_started(run.plan.page)
            notebook = papermill.execute_notebook(
                run.plan.source,
                executed,
                parameters=dict(run.plan.overrides),
                engine_name=ENGINE,
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                autosave_cell_every=0,
                run=run,
            )
        except Exception as error:
            return self._judge(run, error)
        # papermill calls a page complete that left early through sys.exit(); the cells after it never ran.
        if any(cell.metadata.get("papermill", {}).get("exception") for cell in notebook.cells):
            return run.failure("failed", "SystemExit: the notebook left before its last cell")
        return None

    def _judge(self, run: _Run, error: Exception) -> PageFailure:
        """Turn what ended a page into its failure; a full disk is nobody's page and goes on upwards."""
        if self._cancelled.is_set():
            return run.failure("cancelled", "the build was stopped")
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise error
        if isinstance(error, PapermillExecutionError):
            return run.failure("failed", f"{error.ename}: {error.evalue}", "\n".join(error.traceback))
        if isinstance(error, CellTimeoutError):
            return run.failure("timed_out", f"the cell ran longer than {self.cell_seconds} s")
        if isinstance(error, DeadKernelError):
            return run.failure("kernel_died", "the kernel died: it was killed, crashed or ran out of memory")
        trace = "".join(traceback.format_exception(error))
        status: Status = "failed" if run.process_group else "start_failed"
        return run.failure(status, f"{type(error).__name__}: {error}", trace)


def execute_pages(
    plans: Sequence[PagePlan],
    config: ReportConfig,
    output: Path,
    *,
    jobs: int,
    cell_seconds: int,
    fail_fast: bool,
    watcher: Watcher,
) -> list[PageRun]:
    """Execute pages side by side, each in a kernel of its own.

    Parameters
    ----------
    plans : sequence of PagePlan
        What to execute.
    config : ReportConfig
        The report; kernels find its data through ``BALTIC_ROOT``.
    output : Path
        Folder for the executed notebooks.
    jobs : int
        How many kernels may run at once.
    cell_seconds : int
        Time that one cell may take.
    fail_fast : bool
        Whether the first failure cancels the pages that have not finished.
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
    # A failure is told once, by the ledger and the watcher. papermill and nbclient would log it in between, and asyncio
    # the poll that nbclient leaves pending behind a killed kernel.
    for noisy in (papermill_log, logging.getLogger("asyncio")):
        noisy.setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="baltic-", ignore_cleanup_errors=True) as scratch:
        supervisor = Supervisor(
            output=output,
            scratch=Path(scratch),
            environment=kernel_environment(config, Path(scratch)),
            cell_seconds=cell_seconds,
            fail_fast=fail_fast,
            watcher=watcher,
        )
        with ThreadPoolExecutor(max_workers=jobs) as pool:
            futures = [pool.submit(supervisor.execute, plan) for plan in plans]
            try:
                for future in as_completed(futures):
                    future.result()  # raises at once what no page can answer for
            except BaseException:
                supervisor.cancel()
                raise
        return [future.result() for future in futures]


def kernel_environment(config: ReportConfig, scratch: Path) -> dict[str, str]:
    """Environment in which notebooks give the same result on every machine and for every user."""
    return os.environ | {
        "BALTIC_ROOT": str(config.root),
        "IPYTHONDIR": str(scratch / "ipython"),  # no start-up files of the user's own
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",  # sums in a fixed order; the pages themselves run side by side
    }
