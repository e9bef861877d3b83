"""Watch running kernels: time, memory, and the end of all they started.

One thread of the process looks at all its kernels five times a second.
"""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from baltic_calculus.report.execution.task import Limits, Status

INTERVAL = 0.2
_END_INTERVAL = 0.005
_END_SECONDS = 5
_MIB = 1024**2
_VMSTAT = Path("/proc/vmstat")


@dataclass(frozen=True)
class Verdict:
    """Why a kernel was killed on purpose."""

    status: Status
    error: str


class Watch:
    """The processes of one kernel: what they use, and how they are ended.

    Memory is the largest sum, over the kernel and its descendants, of their resident sets, or the kernel's own
    high-water mark where the system keeps one (Linux) and it is larger: it also knows of what was held between two
    looks. Pages that processes share count once for each, those that a forked kernel shares with its server among
    them. Processor time is that of the kernel, of its live descendants and of those whose end their parents have
    waited for; what a kernel that dies by itself used after the last look is not seen.

    Parameters
    ----------
    limits : Limits
        What the kernel may use; its time runs from here.
    stop : threading.Event
        When set, the kernel is killed.

    Attributes
    ----------
    verdict : Verdict or None
        Why the kernel was killed; None while it was not.
    cpu_seconds, memory_mb : float
        Seconds and MiB seen so far.
    """

    def __init__(self, limits: Limits, stop: threading.Event) -> None:
        self.verdict: Verdict | None = None
        self.cpu_seconds = 0.0
        self.memory_mb = 0.0
        self._limits = limits
        self._stop = stop
        self._began = time.monotonic()
        self._cell_began: float | None = None
        self._kernel: psutil.Process | None = None
        self._descendants: set[psutil.Process] = set()
        self._is_over = False
        self._lock = threading.Lock()

    def kernel_launched(self, pid: int) -> None:
        """Watch this process, the first of its group, and all it starts from now on."""
        with self._lock, suppress(psutil.NoSuchProcess):  # it may have died at once
            self._kernel = psutil.Process(pid)

    def cell_started(self) -> None:
        """Start the time of a cell."""
        self._cell_began = time.monotonic()

    def look(self) -> None:
        """Measure; kill the kernel when it is to be stopped or has broken a limit."""
        with self._lock:
            if self._is_over:
                return
            self._measure()
            self.verdict = self.verdict or self._breach()
            if self.verdict:
                self._kill()

    def finish(self) -> None:
        """Measure for the last time and end all that is left of the kernel, also what left its process group."""
        with self._lock:
            if self._is_over:
                return
            self._is_over = True
            self._measure()
            self._kill()
            deadline = time.monotonic() + _END_SECONDS
            while any(map(_runs, self._descendants)) and time.monotonic() < deadline:
                time.sleep(_END_INTERVAL)

    def _measure(self) -> None:
        if self._kernel is None:
            return
        with suppress(psutil.Error):
            self._descendants.update(self._kernel.children(recursive=True))
        cpu = memory = 0.0
        for process in (self._kernel, *self._descendants):
            with suppress(psutil.Error), process.oneshot():  # it may have ended since
                cpu += sum(process.cpu_times()[:4])  # user and system, own and of children waited for
                memory += process.memory_info().rss / _MIB
        self.cpu_seconds = max(self.cpu_seconds, cpu)
        self.memory_mb = max(self.memory_mb, memory, _high_water_mb(self._kernel.pid))

    def _breach(self) -> Verdict | None:
        now = time.monotonic()
        limits = self._limits
        if self._stop.is_set():
            return Verdict("cancelled", "the build was stopped")
        if now - self._began > limits.page_seconds:
            return Verdict("timed_out", f"the notebook ran longer than {limits.page_seconds} s")
        if self._cell_began is not None and now - self._cell_began > limits.cell_seconds:
            return Verdict("timed_out", f"the cell ran longer than {limits.cell_seconds} s")
        if limits.memory_mb is not None and self.memory_mb > limits.memory_mb:
            return Verdict("kernel_died", f"stopped at {self.memory_mb:.0f} MB; the limit is {limits.memory_mb} MB")
        return None

    def _kill(self) -> None:
        if self._kernel is None:
            return
        for process in (self._kernel, *self._descendants):
            with suppress(psutil.Error):  # it has ended, or is not ours to end
                process.kill()
        # Descendants whose parent has ended are no longer found under the kernel, but are in its group.
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._kernel.pid, signal.SIGKILL)


@contextmanager
def watched(watch: Watch) -> Iterator[None]:
    """Have the thread look at a kernel for as long as the context lasts; end the kernel with it."""
    _LOOKOUT.add(watch)
    try:
        yield
    finally:
        _LOOKOUT.remove(watch)
        watch.finish()


class _Lookout:
    """The thread that looks at all kernels of this process; it lives as long as there are any."""

    def __init__(self) -> None:
        self._watches: list[Watch] = []
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(self, watch: Watch) -> None:
        with self._lock:
            self._watches.append(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="kernel-watch", daemon=True)
                self._thread.start()

    def remove(self, watch: Watch) -> None:
        with self._lock:
            self._watches.remove(watch)

    def _run(self) -> None:
        while True:
            time.sleep(INTERVAL)
            with self._lock:
                watches = tuple(self._watches)
                if not watches:
                    self._thread = None
                    return
            for watch in watches:
                watch.look()


_LOOKOUT = _Lookout()


def _runs(process: psutil.Process) -> bool:
    """Whether a process has not ended; one that nobody has waited for has."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.Error:
        return False


def _high_water_mb(pid: int) -> float:
    """Largest resident set that a process ever had (MiB); 0 where the system does not tell."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024 / _MIB
    return 0.0


def count_memory_kills() -> int:
    """How many processes Linux has killed for lack of memory since it started; 0 where that is not told."""
    with suppress(OSError):
        for line in _VMSTAT.read_text(encoding="ascii").splitlines():
            if line.startswith("oom_kill "):
                return int(line.split()[1])
    return 0
