"""One command, measured as a whole: wall time, processor time and peak memory of all its processes.

Linux only: processes that outlive their parent must come to this one (``PR_SET_CHILD_SUBREAPER``), or their processor
time would be lost; and the memory is read from ``/proc``.
"""

import contextlib
import ctypes
import os
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from typing import IO

import psutil

_PR_SET_CHILD_SUBREAPER = 36
_FIRST_PAUSE, _PAUSE = 0.005, 0.1
"""Seconds between samples of the memory: short at first, for commands that end at once."""
_GRACE_SECONDS = 10.0
"""How long processes may outlive the command before they are ended and named as left over."""


class CommandError(Exception):
    """A measured command ended with an error; the message holds what it wrote."""


@dataclass(frozen=True)
class Usage:
    """What one command took.

    Attributes
    ----------
    wall_seconds : float
        From its start to the end of its first process: what a person waits.
    cpu_seconds : float
        User and system time of that process and all its descendants, those that outlived it included.
    peak_memory_mb : float or None
        Largest sum over the processes of the tree; None when not sampled. See `MemorySampler`.
    left_over : tuple of str
        Processes that had to be ended after the command.
    output : str
        What it wrote to its standard output.
    """

    wall_seconds: float
    cpu_seconds: float
    peak_memory_mb: float | None
    left_over: tuple[str, ...]
    output: str


class MemorySampler(threading.Thread):
    """Ten times a second, and more often at the start, the memory of all descendants of this process.

    Memory is the proportional set size (PSS): a page that forked processes share is counted once in the sum. Reading it
    costs milliseconds a process and holds the process up, so measurements of time are made without.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._over = threading.Event()

    def run(self) -> None:
        """Sample until `stop`."""
        here = psutil.Process()
        pause = _FIRST_PAUSE
        while not self._over.wait(pause):
            pause = min(1.5 * pause, _PAUSE)
            pids = [process.pid for process in here.children(recursive=True)]
            self.peak_mb = max(self.peak_mb, sum(map(proportional_memory_mb, pids)))

    def stop(self) -> float:
        """End the sampling; the peak so far."""
        self._over.set()
        self.join()
        return self.peak_mb


def proportional_memory_mb(pid: int) -> float:
    """Proportional set size of a process; 0 once it has ended."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:")), 0.0)


def adopt_orphans() -> None:
    """Make this process the parent of descendants whose own parent has ended.

    Raises
    ------
    OSError
        When the system does not know how.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "cannot become the reaper of orphaned processes")


def measure(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], sample_memory: bool = False
) -> Usage:
    """Run a command and measure it with everything it starts. `adopt_orphans` comes first.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    folder : Path
        Working directory.
    environment : mapping
        The whole environment of the command.
    sample_memory : bool
        Whether to sample the memory, which slows the command down a little.

    Raises
    ------
    CommandError
        When the command fails.
    """
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        sampler = MemorySampler()
        if sample_memory:
            sampler.start()
        try:
            start = time.perf_counter()
            process = Popen(command, cwd=folder, env=environment, stdout=output, stderr=errors)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)  # Popen need not wait for it any more
            orphans_cpu, left_over = _reap_orphans()
        except BaseException:
            end_descendants()
            raise
        finally:
            peak = sampler.stop() if sample_memory else None
        if process.returncode:
            raise CommandError(
                f"exit code {process.returncode}: {' '.join(command)}\n{_text(output)[-2000:]}{_text(errors)[-6000:]}"
            )
        return Usage(wall, usage.ru_utime + usage.ru_stime + orphans_cpu, peak, left_over, _text(output))


def _reap_orphans() -> tuple[float, tuple[str, ...]]:
    """Wait for processes that outlived the command: their processor time, and the names of those that would not end."""
    cpu, deadline = 0.0, time.monotonic() + _GRACE_SECONDS
    left_over: tuple[str, ...] = ()
    while True:
        try:
            pid, _, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            return cpu, left_over
        if pid:
            cpu += usage.ru_utime + usage.ru_stime
        elif time.monotonic() > deadline and not left_over:
            left_over = end_descendants()
        else:
            time.sleep(0.01)


def end_descendants() -> tuple[str, ...]:
    """Kill every process below this one; their names."""
    names = []
    for process in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):  # ended by itself in between
            names.append(" ".join(process.cmdline()) or process.name())
            process.kill()
    return tuple(names)


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode(errors="replace")
