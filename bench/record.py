"""Measurements as they come, one line of JSON each, so that an interrupted bench loses none."""

import json
import os
import platform
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

Measured = Mapping[str, Mapping[int, "Record"]]
"""Records of one row by variant and round."""


@dataclass(frozen=True)
class Record:
    """One command measured once.

    Attributes
    ----------
    row, variant : str
        What was measured.
    round : int
        Timed rounds count from 1. Round 0 is not timed: it warms the file cache and samples the memory.
    wall_seconds, cpu_seconds, peak_memory_mb, left_over
        As in `bench.process.Usage`.
    load : float
        Load average of the last minute just before.
    report : mapping
        Numbers that the command itself printed.
    """

    row: str
    variant: str
    round: int
    wall_seconds: float
    cpu_seconds: float
    peak_memory_mb: float | None
    load: float
    left_over: tuple[str, ...] = ()
    report: Mapping[str, Any] = field(default_factory=dict)


class Log:
    """Records in a file of JSON lines; its first line says where they were measured."""

    def __init__(self, path: Path, about: Mapping[str, Any], records: Iterable[Record] = ()) -> None:
        self.path = path
        self.about = about
        self.records = list(records)

    @classmethod
    def start(cls, path: Path, project: Path, *, tiny: bool = False) -> "Log":
        """Begin a new file."""
        log = cls(path, describe_machine(project) | {"tiny": tiny})
        path.parent.mkdir(parents=True, exist_ok=True)
        log._append(log.about)
        return log

    @classmethod
    def read(cls, path: Path) -> "Log":
        """Read a file, to go on with it."""
        about, *lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return cls(path, about, [Record(**line | {"left_over": tuple(line["left_over"])}) for line in lines])

    def add(self, record: Record) -> None:
        """Keep one record and write it down at once."""
        self.records.append(record)
        self._append(asdict(record))

    def has(self, row: str, variant: str, number: int) -> bool:
        """Whether this has been measured."""
        return any((each.row, each.variant, each.round) == (row, variant, number) for each in self.records)

    def of_row(self, row: str) -> dict[str, dict[int, Record]]:
        """Records of one row by variant and round."""
        found: dict[str, dict[int, Record]] = {}
        for record in self.records:
            if record.row == row:
                found.setdefault(record.variant, {})[record.round] = record
        return found

    def _append(self, content: Mapping[str, Any]) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(content) + "\n")


def describe_machine(project: Path) -> dict[str, Any]:
    """What a reader must know to judge the numbers."""
    revision = subprocess.run(
        ["git", "-C", str(project), "describe", "--always", "--dirty"], capture_output=True, text=True, check=False
    )
    models = [line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")]
    return {
        "revision": revision.stdout.strip(),
        "processors": os.cpu_count(),
        "model": models[0].partition(":")[2].strip() if models else platform.machine(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
