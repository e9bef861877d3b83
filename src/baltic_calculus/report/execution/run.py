"""Run one notebook with papermill in a kernel of its own, and judge the run by what was seen.

papermill alone is not believed: after a killed kernel or a timeout its notebook calls every cell "completed".
"""

import logging
import re
import signal
import subprocess
import tempfile
import threading
import time
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbclient.util import run_sync
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillExecutionError
from papermill.log import logger as papermill_log

from baltic_calculus.errors import SkipPage
from baltic_calculus.report.execution.kernels import kernel_variables
from baltic_calculus.report.execution.record import mark_stopped, read_source, write_record
from baltic_calculus.report.execution.task import Outcome, Status, Task, unstarted
from baltic_calculus.report.execution.watch import Verdict, Watch, count_memory_kills, watched
from baltic_calculus.report.notebook import describe_cell
from baltic_calculus.report.publish import DISK_ERRORS
from kernel_forkserver.engine import ReadyClient
from kernel_forkserver.process import ForkedProcess

ENGINE = "baltic-supervised"
KERNEL = "python3"
START_SECONDS = 60
ATTEMPTS = 2
"""Kernels tried for one notebook: only one that never came up is tried again."""

_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_NOISY = (papermill_log, logging.getLogger("asyncio"))


class CellListener(Protocol):
    """Who is told how runs go, by the name of their task; called from several threads."""

    def run_started(self, name: str) -> None:
        """Tell that a kernel is being started."""

    def cell_started(self, name: str, cell: int, cells: int) -> None:
        """Tell that cell ``cell`` of ``cells`` (counted from 1) has started."""


def run_notebook(task: Task, *, listener: CellListener | None = None, stop: threading.Event | None = None) -> Outcome:
    """Run a notebook; whatever happens to it is its outcome.

    Nothing is written outside a scratch folder that is gone afterwards, and the working directory of this process,
    which its threads share, stays as it is.

    Parameters
    ----------
    task : Task
        What to run.
    listener : CellListener, optional
        Who is told how it goes.
    stop : threading.Event, optional
        When set, the run is ended within a fraction of a second.

    Returns
    -------
    Outcome
        Also of a run that failed. A kernel that did not start is tried once more, and nothing else is.

    Raises
    ------
    OSError
        When the disk is full: no other notebook could run either.
    """
    # A failure is told once, by the outcome. papermill and nbclient would log it in between, and asyncio the poll that
    # nbclient leaves pending behind a killed kernel.
    for noisy in _NOISY:
        noisy.setLevel(logging.CRITICAL)
    stop = stop or threading.Event()
    if stop.is_set():
        return unstarted(task, "cancelled", "the build was stopped")
    if listener:
        listener.run_started(task.name)
    began, attempts = time.monotonic(), 0
    status: Status = "start_failed"
    while status == "start_failed" and attempts < ATTEMPTS:
        attempts += 1
        # Short, as the path of a socket must be.
        with tempfile.TemporaryDirectory(prefix="baltic-", ignore_cleanup_errors=True) as scratch:
            outcome = _Attempt(task, listener, stop, Path(scratch)).run()
        status = outcome.status
    return replace(outcome, attempts=attempts, wall_seconds=time.monotonic() - began)


class _Attempt:
    """One kernel and what became of it."""

    def __init__(self, task: Task, listener: CellListener | None, stop: threading.Event, scratch: Path) -> None:
        self.task = task
        self.listener = listener
        self.scratch = scratch
        self.watch = Watch(task.limits, stop)
        self.notebook: nbformat.NotebookNode | None = None
        self.is_ready = False
        self.index: int | None = None
        self.cell = ""
        self.process: subprocess.Popen[bytes] | ForkedProcess | None = None
        self._memory_kills = count_memory_kills()

    def run(self) -> Outcome:
        """Run the notebook and describe what happened."""
        try:
            with watched(self.watch):
                papermill.execute_notebook(
                    read_source(self.task.notebook),
                    None,
                    parameters=dict(self.task.parameters),
                    engine_name=ENGINE,
                    kernel_name=KERNEL,
                    language="python",
                    progress_bar=False,
                    request_save_on_cell_execute=False,
                    autosave_cell_every=0,
                    attempt=self,
                )
        except Exception as error:
            return self._judge(error)
        # papermill calls a notebook complete that left early through sys.exit(); the cells after it never ran.
        if self._notebook.metadata.papermill["exception"]:
            return self._outcome("failed", "SystemExit: the notebook left before its last cell")
        self.cell = ""
        return self._outcome("ok")

    def execute(self, manager: NotebookExecutionManager) -> None:
        """Execute the notebook that papermill has prepared."""
        self.notebook = manager.nb
        client = _Client(
            manager,
            self,
            kernel_name=KERNEL,
            startup_timeout=START_SECONDS,
            iopub_timeout=START_SECONDS,
            shutdown_kernel="immediate",
            coalesce_streams=True,  # how much text comes in one message is chance
            record_timing=False,
            log=papermill_log,
            on_notebook_start=self.kernel_ready,
            on_cell_execute=self.cell_started,
        )
        kernels = client.create_kernel_manager()
        # Sockets in a private folder: TCP ports are picked in advance and now and then taken by somebody else.
        kernels.transport = "ipc"
        kernels.connection_file = str(self.scratch / "kernel.json")
        if self.task.kernel == "fork":
            config = {"preload": list(self.task.preload)}
            kernels.kernel_spec.metadata["kernel_provisioner"] = {"provisioner_name": "fork-server", "config": config}
        own = {"IPYTHONDIR": str(self.scratch / "ipython")}  # no start-up files of the user's own
        client.execute(cwd=self.task.folder, env=kernel_variables(dict(self.task.environment) | own))

    def kernel_launched(self, provisioner: Any) -> None:
        """Watch the kernel from its first moment."""
        self.process = provisioner.process
        self.watch.kernel_launched(provisioner.pid)

    def kernel_ready(self, notebook: nbformat.NotebookNode) -> None:
        """Note that the kernel has come up: from here on it is the notebook that fails."""
        self.is_ready = True

    def cell_started(self, cell: nbformat.NotebookNode, cell_index: int) -> None:
        """Note the cell, start its time and tell the listener."""
        self.index = cell_index
        # Named now: papermill puts cells of its own into a notebook that fails.
        self.cell = describe_cell(self._notebook, cell_index)
        self.watch.cell_started()
        if self.listener:
            self.listener.cell_started(self.task.name, cell_index + 1, len(self._notebook.cells))

    @property
    def _notebook(self) -> nbformat.NotebookNode:
        if self.notebook is None:
            raise RuntimeError("papermill has not prepared the notebook yet")
        return self.notebook

    def _judge(self, error: Exception) -> Outcome:
        """Tell what ended the run; a full disk is nobody's fault and goes on upwards."""
        if isinstance(error, OSError) and error.errno in DISK_ERRORS:
            raise error
        if isinstance(error, PapermillExecutionError):
            if error.ename == SkipPage.__name__:
                return self._outcome("skipped", error.evalue)
            return self._outcome("failed", f"{error.ename}: {error.evalue}", "\n".join(error.traceback))
        verdict, trace = self.watch.verdict, ""
        if verdict is None and self.is_ready and isinstance(error, DeadKernelError):
            verdict = Verdict("kernel_died", self._death())
        if verdict is None:
            status: Status = "failed" if self.is_ready else "start_failed"
            verdict = Verdict(status, f"{type(error).__name__}: {error}")
            trace = "".join(traceback.format_exception(error))
        if self.is_ready:
            mark_stopped(self._notebook, self.index, verdict.status, verdict.error)
        return self._outcome(verdict.status, verdict.error, trace)

    def _outcome(self, status: Status, error: str = "", trace: str = "") -> Outcome:
        # The system's own account of a forked kernel, made when it ended.
        usage = self.process.usage if isinstance(self.process, ForkedProcess) else None
        cpu, memory = (usage.cpu_seconds, usage.peak_memory_mb) if usage else (0.0, 0.0)
        return Outcome(
            name=self.task.name,
            status=status,
            notebook=write_record(self._notebook) if self.is_ready else None,
            cell=self.cell,
            error=error,
            traceback=_ANSI.sub("", trace),
            wall_seconds=0.0,
            cpu_seconds=max(cpu, self.watch.cpu_seconds),
            peak_memory_mb=max(memory, self.watch.memory_mb),
            kernel="fork" if isinstance(self.process, ForkedProcess) else "plain",
            attempts=1,
        )

    def _death(self) -> str:
        """Say how the kernel died, and no more than is known."""
        code = self.process.returncode if self.process else None
        if code is None:
            return "the kernel died"
        if isinstance(self.process, ForkedProcess) and self.process.usage is None:
            return "the fork server ended, and the kernel with it"
        if code >= 0:
            return f"the kernel left with exit code {code}"
        death = f"the kernel was killed by signal {-code} ({signal.Signals(-code).name})"
        if -code != signal.SIGKILL:
            return death
        held = f"it held {self.watch.memory_mb:.0f} MB"
        if count_memory_kills() > self._memory_kills:
            return f"{death} while the system was ending processes for lack of memory; {held}"
        return f"{death}, as the system does when memory runs out; {held}"


class _Client(ReadyClient):
    """papermill's client, which tells the attempt of its kernel's first and last moment."""

    def __init__(self, manager: NotebookExecutionManager, attempt: _Attempt, **options: Any) -> None:
        super().__init__(manager, **options)
        self._attempt = attempt

    async def async_start_new_kernel(self, **options: Any) -> None:
        await super().async_start_new_kernel(**options)
        self._attempt.kernel_launched(self.km.provisioner)

    start_new_kernel = run_sync(async_start_new_kernel)

    async def _async_cleanup_kernel(self) -> None:
        self._attempt.watch.finish()
        await super()._async_cleanup_kernel()

    _cleanup_kernel = run_sync(_async_cleanup_kernel)


class SupervisedEngine(Engine):
    """papermill engine whose kernel belongs to an attempt.

    papermill's own ``cwd`` changes the folder of the whole process; here the kernel alone gets its folder.
    """

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, *, attempt: _Attempt, **_: Any
    ) -> None:
        """Execute the notebook in the kernel of an attempt."""
        attempt.execute(nb_man)


papermill_engines.register(ENGINE, SupervisedEngine)
