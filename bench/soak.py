"""A long sweep, watched: zombies, descriptors and memory of the coordinator and of the fork server.

``python -m bench.soak OUTPUT RUNS COMMAND...`` prints a JSON object: ``zombies``, and for each process its descriptors
and memory early (between a quarter and a half of the runs) and late (in the last quarter).
"""

import argparse
import contextlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

_PAUSE_SECONDS = 0.1
_MORE_DESCRIPTORS = 2.0
_MORE_MEMORY = 1.05
"""Growth from early to late that still counts as flat."""


@dataclass(frozen=True)
class Sight:
    """One process at one moment of a sweep: runs done by then, open descriptors, resident memory."""

    process: str
    done: int
    descriptors: int
    memory_mb: float


def watch(command: Sequence[str], output: Path) -> tuple[list[Sight], set[int]]:
    """Run the command; what was seen of its processes, and children that stayed zombies from one look to the next."""
    sights: list[Sight] = []
    zombies: set[int] = set()
    just_ended: set[int] = set()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as sweep:
        coordinator = psutil.Process(sweep.pid)
        while sweep.poll() is None:
            done = sum(1 for _ in output.rglob("*.ipynb"))
            with contextlib.suppress(psutil.NoSuchProcess):  # the sweep may end during any look
                ended = {child.pid for child in coordinator.children(recursive=True) if is_zombie(child)}
                zombies |= ended & just_ended
                just_ended = ended
                sights += [look("coordinator", coordinator, done)]
                sights += [look("fork server", server, done) for server in fork_servers(coordinator)]
            time.sleep(_PAUSE_SECONDS)
    if sweep.returncode:
        raise SystemExit(f"the sweep failed with exit code {sweep.returncode}")
    return sights, zombies


def is_zombie(process: psutil.Process) -> bool:
    """Whether the process has ended and nobody has asked how; one that is gone altogether is no zombie."""
    try:
        return bool(process.status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


def fork_servers(coordinator: psutil.Process) -> list[psutil.Process]:
    """Fork servers of the sweep: its direct children that run that package; kernels are children of theirs."""
    return [child for child in coordinator.children() if any("kernel_forkserver" in word for word in child.cmdline())]


def look(name: str, process: psutil.Process, done: int) -> Sight:
    """Read descriptors and memory of a process."""
    return Sight(name, done, process.num_fds(), process.memory_info().rss / 2**20)


def summarise(sights: Iterable[Sight], runs: int) -> dict[str, Any]:
    """Early and late medians of each process, and whether they are flat."""
    sights = list(sights)
    found = {}
    for name in dict.fromkeys(sight.process for sight in sights):
        own = [sight for sight in sights if sight.process == name]
        early = [sight for sight in own if runs / 4 <= sight.done < runs / 2]
        late = [sight for sight in own if runs * 3 / 4 <= sight.done]
        if early and late:
            figures = {
                "descriptors_early": statistics.median(sight.descriptors for sight in early),
                "descriptors_late": statistics.median(sight.descriptors for sight in late),
                "memory_mb_early": statistics.median(sight.memory_mb for sight in early),
                "memory_mb_late": statistics.median(sight.memory_mb for sight in late),
            }
            flat = (
                figures["descriptors_late"] <= figures["descriptors_early"] + _MORE_DESCRIPTORS
                and figures["memory_mb_late"] <= figures["memory_mb_early"] * _MORE_MEMORY
            )
            found[name] = {**figures, "flat": flat}
    return found


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description="Watch a long sweep.")
    parser.add_argument("output", type=Path)
    parser.add_argument("runs", type=int)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    options = parser.parse_args()
    sights, zombies = watch(options.command, options.output)
    json.dump({"zombies": len(zombies), "processes": summarise(sights, options.runs)}, sys.stdout)


if __name__ == "__main__":
    main()
