"""Run many notebooks at once, on threads, on a Dask cluster or on any other executor of Python."""

import threading
import time
import uuid
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ThreadPoolExecutor,
    wait,
)
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import ClassVar, Protocol, runtime_checkable

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution.run import CellListener, run_notebook
from baltic_calculus.report.execution.task import FAILURES, Outcome, Task, unstarted
from baltic_calculus.report.publish import DISK_ERRORS

WINDOW = 256
"""Tasks given to an executor at a time: enough to keep a cluster busy, and of thousands of notebooks never all at once
in memory."""

_STOP_AGAIN_SECONDS = 1.0


@contextmanager
def open_executor(scheduler: str, jobs: int) -> Iterator[Executor]:
    """Open what runs the notebooks.

    Parameters
    ----------
    scheduler : str
        ``threads``: threads of this process. ``dask``: a cluster of processes on this machine, for the time of the
        context. ``dask://HOST:PORT``: the Dask scheduler at that address.
    jobs : int
        Notebooks that run at once; a scheduler elsewhere has its own number.

    Raises
    ------
    ConfigurationError
        For an unknown scheduler, when Dask is not installed, or when nobody answers at the address.
    """
    if scheduler == "threads":
        with ThreadPoolExecutor(jobs, thread_name_prefix="notebook") as pool:
            yield pool
    elif scheduler == "dask" or scheduler.startswith("dask://"):
        try:
            from baltic_calculus.report.execution.cluster import open_cluster
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"{error.name} is not installed",
                where="--scheduler",
                remedy="install it with `pip install 'baltic-calculus[cluster]'`, or take --scheduler threads",
            ) from None
        with open_cluster(scheduler.removeprefix("dask").removeprefix("://"), jobs) as cluster:
            yield cluster
    else:
        raise ConfigurationError(
            f"unknown scheduler {scheduler!r}", where="--scheduler", remedy="choose threads, dask or dask://HOST:PORT"
        )


def run_tasks(
    tasks: Iterable[Task],
    executor: Executor,
    *,
    listener: CellListener | None = None,
    fail_fast: bool = False,
    build_seconds: float | None = None,
) -> Generator[Outcome, None, None]:
    """Run tasks side by side and give each outcome as it comes.

    When the consumer leaves before the end, all runs are ended too: wrap the generator in `contextlib.closing`, so
    that this happens at once.

    Parameters
    ----------
    tasks : iterable of Task
        What to run; taken as it is needed, so it may be a generator of thousands.
    executor : Executor
        Any executor. Runs on threads and on a cluster that `open_executor` opened are ended when the batch is
        stopped; of another executor only those that have not begun.
    listener : CellListener, optional
        Who is told how runs go from cell to cell; only those on threads of this process can tell.
    fail_fast : bool
        Whether the first failure stops the batch.
    build_seconds : float, optional
        Time that the batch may take; then it is stopped.

    Yields
    ------
    Outcome
        One for each task, whatever happened to it; those of a stopped batch that did not end are ``cancelled``.

    Raises
    ------
    OSError
        When the disk is full; all runs have ended.
    KeyboardInterrupt
        On Ctrl-C; all kernels and their children are gone.
    """
    batch = _Batch(_crew(executor, listener), build_seconds)
    queue = iter(tasks)
    try:
        while True:
            while not batch.is_stopped and len(batch.running) < WINDOW and (task := next(queue, None)):
                batch.submit(task)
            if not batch.running:
                break
            for outcome in batch.collect():
                if fail_fast and outcome.status in FAILURES:
                    batch.stop("the build stopped at the first failure")
                yield outcome
    except BaseException:
        batch.drain()
        raise
    yield from (unstarted(task, "cancelled", batch.reason) for task in queue)


@runtime_checkable
class StoppableExecutor(Protocol):
    """An executor in other processes that can end the runs of a batch there."""

    @property
    def worker_lost(self) -> type[Exception]:
        """What the future of a run raises whose process has ended again and again."""

    def submit_run(self, task: Task, batch: str) -> Future[Outcome]:
        """Run a task as part of a batch."""

    def stop_runs(self, batch: str) -> None:
        """End the runs of a batch wherever they are."""


class _Crew(Protocol):
    """How runs are begun and ended on one kind of executor."""

    @property
    def worker_lost(self) -> type[Exception]: ...

    def submit(self, task: Task) -> Future[Outcome]: ...

    def stop(self, running: Iterable[Future[Outcome]]) -> None: ...


@dataclass(frozen=True)
class _Threads:
    """Runs that share this process: they see its event and tell its listener."""

    executor: ThreadPoolExecutor
    listener: CellListener | None
    event: threading.Event = field(default_factory=threading.Event)
    worker_lost: ClassVar[type[Exception]] = BrokenExecutor

    def submit(self, task: Task) -> Future[Outcome]:
        return self.executor.submit(run_notebook, task, listener=self.listener, stop=self.event)

    def stop(self, running: Iterable[Future[Outcome]]) -> None:
        self.event.set()


class _Cluster:
    """Runs on an executor that can end them."""

    def __init__(self, executor: StoppableExecutor) -> None:
        self.worker_lost = executor.worker_lost
        self._executor = executor
        self._batch = uuid.uuid4().hex

    def submit(self, task: Task) -> Future[Outcome]:
        return self._executor.submit_run(task, self._batch)

    def stop(self, running: Iterable[Future[Outcome]]) -> None:
        self._executor.stop_runs(self._batch)


@dataclass(frozen=True)
class _Others:
    """Runs that cannot be reached once they have begun."""

    executor: Executor
    worker_lost: ClassVar[type[Exception]] = BrokenExecutor

    def submit(self, task: Task) -> Future[Outcome]:
        return self.executor.submit(run_notebook, task)

    def stop(self, running: Iterable[Future[Outcome]]) -> None:
        for future in running:
            future.cancel()


def _crew(executor: Executor, listener: CellListener | None) -> _Crew:
    if isinstance(executor, ThreadPoolExecutor):
        return _Threads(executor, listener)
    return _Cluster(executor) if isinstance(executor, StoppableExecutor) else _Others(executor)


class _Batch:
    """The runs under way, and whether they are being stopped."""

    def __init__(self, crew: _Crew, seconds: float | None) -> None:
        self.running: dict[Future[Outcome], Task] = {}
        self.reason = ""
        self._crew = crew
        self._seconds = seconds
        self._began = time.monotonic()

    @property
    def is_stopped(self) -> bool:
        return bool(self.reason)

    def submit(self, task: Task) -> None:
        self.running[self._crew.submit(task)] = task

    def stop(self, reason: str) -> None:
        """Begin no other run and end those under way; the first reason holds."""
        self.reason = self.reason or reason
        self._crew.stop(tuple(self.running))

    def collect(self) -> list[Outcome]:
        """Wait until runs have ended, or time is up, and give their outcomes."""
        done, _ = wait(self.running, timeout=self._patience(), return_when=FIRST_COMPLETED)
        if not done and self.is_stopped:
            self.stop(self.reason)  # a worker that came up since has not heard of it
        elif not done:
            self.stop(f"the build ran longer than {self._seconds:g} s")
        return [self._outcome(self.running.pop(future), future) for future in done]

    def drain(self) -> None:
        """End all runs and wait until they are gone; nobody asks any more what they came to."""
        pending = set(self.running)
        while pending:
            self.stop("the build was interrupted")
            _, pending = wait(pending, timeout=_STOP_AGAIN_SECONDS)

    def _patience(self) -> float | None:
        if self.is_stopped:
            return _STOP_AGAIN_SECONDS
        return None if self._seconds is None else max(0.0, self._began + self._seconds - time.monotonic())

    def _outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """What a run came to, also when there is nobody left to tell."""
        try:
            outcome = future.result()
        except CancelledError:
            if self.is_stopped:
                return unstarted(task, "cancelled", self.reason)
            return unstarted(task, "kernel_died", "lost with the scheduler that gave it out")
        except (self._crew.worker_lost, BrokenExecutor) as error:
            return unstarted(task, "kernel_died", f"lost with the process that ran it: {error}")
        except Exception as error:
            if isinstance(error, OSError) and error.errno in DISK_ERRORS:
                raise
            return unstarted(task, "start_failed", f"{type(error).__name__}: {error}")
        is_stopped = outcome.status == "cancelled" and self.is_stopped
        return replace(outcome, error=self.reason) if is_stopped else outcome
