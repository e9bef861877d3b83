"""What each run of a sweep came to, noted the moment it ends: an interruption loses the runs in flight and no other."""

import contextlib
import fcntl
import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution.task import FAILURES, Kernel, Status
from baltic_calculus.report.facts import Fact
from baltic_calculus.report.store import FolderStore, Store, check_writable

JOURNAL = "runs.jsonl"
RECORDS = "runs"
"""Folder of the records in a store whose files cannot be added to: one object a run."""


@dataclass(frozen=True)
class RunRecord:
    """One run that has ended.

    Attributes
    ----------
    key : str
        Digest of everything the run depends on.
    name : str
        Name of the run.
    status : Status
        ``ok``, ``skipped`` or one of the failures.
    parameters : Mapping[str, Any]
        All parameters of the notebook with the values of this run.
    notebook : str
        Executed notebook, relative to the output; empty when there is none.
    fingerprint : str
        Tells whether that notebook is still as it was written.
    facts : Mapping[str, Fact]
        What the notebook states; empty unless ``ok``.
    cell, error, traceback : str
        Where and why it ended early, as in `Outcome`.
    wall_seconds, cpu_seconds, peak_memory_mb : float
        What it took, as in `Outcome`.
    kernel : {"plain", "fork"}
        How its kernel was started.
    attempts : int
        Kernels tried.
    """

    key: str
    name: str
    status: Status
    parameters: Mapping[str, Any]
    notebook: str
    fingerprint: str
    facts: Mapping[str, Fact]
    cell: str
    error: str
    traceback: str
    wall_seconds: float
    cpu_seconds: float
    peak_memory_mb: float
    kernel: Kernel
    attempts: int

    @property
    def failed(self) -> bool:
        """Whether the run has no result although it should."""
        return self.status in FAILURES

    def to_line(self) -> bytes:
        """The record as one line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode() + b"\n"


def read_record(line: bytes) -> RunRecord | None:
    """Read one line; None when it is cut short or of another layout: such a run counts as not done."""
    try:
        return RunRecord(**json.loads(line))
    except (ValueError, TypeError):
        return None


class Journal(Protocol):
    """The records of a sweep."""

    def read(self, keys: Collection[str]) -> dict[str, RunRecord]:
        """The last record of each of these keys that has one."""

    def add(self, record: RunRecord) -> None:
        """Note a run that has ended."""


@contextlib.contextmanager
def open_journal(store: Store) -> Iterator[Journal]:
    """Open the records of a store, in the form that suits it.

    Raises
    ------
    ConfigurationError
        When another sweep is writing into the same folder, or nothing can be written there.
    """
    if isinstance(store, FolderStore):
        with FileJournal(store.folder / JOURNAL) as journal:
            yield journal
    else:
        check_writable(store)
        yield ObjectJournal(store)


class FileJournal:
    """One line a run, added to the end of one file; one process at a time may have it open."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> "FileJournal":
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # unbuffered: what `add` returns from is in the file, even if this process is killed
        self._file = self._path.open("a+b", buffering=0)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._file.close()
            raise ConfigurationError(
                "another sweep is writing here", where=str(self._path.parent), remedy="wait until it ends"
            ) from None
        self._drop_torn_line()
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, keys: Collection[str]) -> dict[str, RunRecord]:
        """The last record of each of these keys that has one."""
        self._file.seek(0)
        # read at once: an unbuffered file gives its lines byte by byte
        records = map(read_record, self._file.readall().split(b"\n"))
        return {record.key: record for record in records if record and record.key in keys}

    def add(self, record: RunRecord) -> None:
        """Note a run that has ended.

        Raises
        ------
        OSError
            When the disk is full; the line is then not there.
        """
        line = record.to_line()
        end = self._file.seek(0, os.SEEK_END)
        try:
            written = 0
            while written < len(line):  # a disk that fills up takes a part first
                written += self._file.write(line[written:])
        except OSError:
            self._file.truncate(end)
            raise

    def _drop_torn_line(self) -> None:
        """Cut off what a killed process left of a line: the next one must not be glued to it."""
        end = self._file.seek(0, os.SEEK_END)
        block = 4096
        while end:
            start = max(0, end - block)
            self._file.seek(start)
            newline = self._file.read(end - start).rfind(b"\n")
            if newline >= 0:
                end = start + newline + 1
                break
            end = start
        self._file.truncate(end)


class ObjectJournal:
    """One small object a run, as objects cannot be added to; nobody keeps a second sweep from writing here."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def read(self, keys: Collection[str]) -> dict[str, RunRecord]:
        """The record of each of these keys that has one."""
        wanted = {self._name(key) for key in keys}
        present = [name for name in self._store.names(RECORDS) if name in wanted]
        records = map(read_record, self._store.read_many(present))
        return {record.key: record for record in records if record}

    def add(self, record: RunRecord) -> None:
        """Note a run that has ended."""
        self._store.write(self._name(record.key), record.to_line())

    @staticmethod
    def _name(key: str) -> str:
        return f"{RECORDS}/{key}.json"
