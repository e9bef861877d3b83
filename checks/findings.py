"""What all checkers found, gathered over tests and processes, as a table and as a file."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import monotonic

import pytest

from checks.fault import Fault, list_faults


@dataclass
class Row:
    """A line of the summary."""

    checker: str
    version: str
    pages: set[str] = field(default_factory=set)
    faults: int = 0
    seconds: float = 0.0


class Findings:
    """The findings of one test: every checker has its say before the test fails."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record
        self._faults: list[Fault] = []
        self._clock = monotonic()

    def add(self, checker: str, version: str, pages: Iterable[str], faults: list[Fault]) -> None:
        """Note what a checker found on these pages; its time is that since the last note."""
        now = monotonic()
        seconds, self._clock = now - self._clock, now
        row = {
            "checker": checker,
            "version": version,
            "pages": sorted(pages),
            "faults": len(faults),
            "seconds": seconds,
        }
        self._record("finding", json.dumps(row))
        self._faults.extend(faults)

    def say(self, line: str) -> None:
        """Print a line below the table."""
        self._record("line", line)

    def settle(self) -> None:
        """Fail with all faults."""
        if self._faults:
            pytest.fail(list_faults(self._faults), pytrace=False)


class Summary:
    """The findings of all tests of a run."""

    def __init__(self) -> None:
        self._rows: dict[str, Row] = {}
        self._said: list[str] = []

    def take(self, properties: Iterable[tuple[str, object]]) -> None:
        """Add what a test recorded."""
        for name, value in properties:
            if name == "line":
                self._said.append(str(value))
            if name != "finding":
                continue
            found = json.loads(str(value))
            row = self._rows.setdefault(found["checker"], Row(found["checker"], found["version"]))
            row.pages.update(found["pages"])
            row.faults += found["faults"]
            row.seconds += found["seconds"]

    def rows(self) -> list[Row]:
        """The checkers in the order of their names."""
        return [self._rows[name] for name in sorted(self._rows)]

    def lines(self) -> list[str]:
        """The table that is printed."""
        head = f"{'checker':<24}{'version':<12}{'files':>6}{'faults':>8}{'seconds':>9}"
        rows = [
            f"{row.checker:<24}{row.version:<12}{len(row.pages):>6}{row.faults:>8}{row.seconds:>9.1f}"
            for row in self.rows()
        ]
        return [head, *rows, *sorted(self._said)]

    def write(self, file: Path) -> None:
        """Write the table for programs."""
        content = [asdict(row) | {"pages": len(row.pages), "seconds": round(row.seconds, 1)} for row in self.rows()]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
