"""What one run of a notebook is given and what it comes to: plain values that travel to other processes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kernel = Literal["plain", "fork"]
"""``plain``: a new Python process. ``fork``: a copy of a process that has imported the large libraries already."""

Status = Literal["ok", "cached", "kept", "failed", "timed_out", "kernel_died", "start_failed", "skipped", "cancelled"]
"""What became of a page or of a run of a sweep.

``ok``: executed now. ``cached``: nothing it depends on changed. ``kept``: left out by ``--only`` and taken from the
last build. ``skipped``: the notebook itself said, with ``SkipPage``, that it has nothing to say for its parameters.
The others are failures: ``failed``: a cell raised. ``timed_out``: a cell or the whole notebook ran too long.
``kernel_died``: the process was killed, crashed or took too much memory. ``start_failed``: no kernel came up.
``cancelled``: something else stopped it before its end.
"""

FAILURES: frozenset[Status] = frozenset({"failed", "timed_out", "kernel_died", "start_failed", "cancelled"})
"""Statuses of runs that have no result although they should."""


@dataclass(frozen=True)
class Limits:
    """What one run may use.

    Attributes
    ----------
    cell_seconds : int
        Time that one cell may take.
    page_seconds : int
        Time that the whole notebook may take, from the start of its kernel.
    memory_mb : int or None
        Memory (MiB) that the kernel and all it starts may hold together; None for any.
    """

    cell_seconds: int = 300
    page_seconds: int = 1800
    memory_mb: int | None = None


@dataclass(frozen=True)
class Task:
    """One run of one notebook.

    Attributes
    ----------
    name : str
        ``01_spending_trends``, or the name of a run of a sweep; unique among the tasks that run together.
    notebook : str
        The source notebook: JSON text.
    parameters : Mapping[str, Any]
        Parameters to inject: those that differ from the notebook's own.
    folder : str
        Working directory of the kernel.
    environment : Mapping[str, str]
        Added to the environment of the process that runs the task.
    kernel : {"plain", "fork"}
        How the kernel is started.
    preload : tuple of str
        Modules that the fork server holds ready; third-party ones only, as it never sees a later edit.
    limits : Limits
        What the run may use.
    """

    name: str
    notebook: str
    parameters: Mapping[str, Any]
    folder: str
    environment: Mapping[str, str] = field(default_factory=dict)
    kernel: Kernel = "plain"
    preload: tuple[str, ...] = ()
    limits: Limits = Limits()


@dataclass(frozen=True)
class Outcome:
    """What a run came to, as its supervisor saw it.

    Attributes
    ----------
    name : str
        Name of the task.
    status : Status
        One of ``ok``, ``skipped`` and the failures.
    notebook : str or None
        The executed notebook: JSON text without what differs between runs of the same inputs, in which papermill's
        false "completed" is corrected; None when no kernel started.
    cell : str
        The cell it ended in, as a person finds it in the source notebook: ``cell 7 (fig-share)``; empty when it is
        ``ok`` or no cell had started.
    error : str
        One line: exception name and message, or what stopped the run; the reason when it was skipped; empty when
        ``ok``.
    traceback : str
        The traceback as plain text; empty when there is none.
    wall_seconds : float
        Time from the first attempt to start a kernel to the end of the last.
    cpu_seconds : float
        Processor time (user and system) of the kernel and all it started, as far as seen.
    peak_memory_mb : float
        Largest memory (MiB) that the kernel and all it started held at one time; see `Watch`.
    kernel : {"plain", "fork"}
        How the kernel was started: also of a task that asked for a fork, where forking is not possible.
    attempts : int
        Kernels tried; 0 when the task was cancelled before the first.
    """

    name: str
    status: Status
    notebook: str | None
    cell: str
    error: str
    traceback: str
    wall_seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    kernel: Kernel
    attempts: int


def unstarted(task: Task, status: Status, error: str) -> Outcome:
    """Outcome of a task for which no kernel came up, or of which nothing more is known."""
    return Outcome(task.name, status, None, "", error, "", 0.0, 0.0, 0.0, task.kernel, 0)
