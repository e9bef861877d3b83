"""What other programs made for the report, kept on disk by everything it was made from.

pandoc, Vega and Typst answer the same question with the same text every time, and each answer takes them tenths of a
second. An entry begins with the digest of its text: one that was cut short or changed does not count and is made again.
"""

import os
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from baltic_calculus.report.config import ReportConfig

ENTRIES_KEPT = 1500
"""Entries of one kind that stay when the folder is pruned: several editions of a report of two hundred charts, each of
which is drawn wide and narrow."""


@dataclass(frozen=True)
class Memo:
    """Texts by what they were made from.

    Attributes
    ----------
    folder : Path
        Holds a folder for each kind of text, and there a file for each text.
    """

    folder: Path

    @classmethod
    def of(cls, config: ReportConfig) -> Self:
        """The memo of a report."""
        return cls(config.build / "cache" / "made")

    @classmethod
    def of_environment(cls) -> Self | None:
        """The memo of what depends on installed libraries alone, in their virtual environment.

        None outside a virtual environment, or in one that may not be written to.
        """
        share = Path(sys.prefix) / "share"
        is_own = sys.prefix != sys.base_prefix and os.access(share, os.W_OK)
        return cls(share / "baltic-calculus") if is_own else None

    def recall(self, kind: str, parts: Iterable[str], make: Callable[[], str]) -> str:
        """Give the text made from ``parts``, and make it when it is not there.

        Parameters
        ----------
        kind : str
            What it is: the name of its folder.
        parts : iterable of str
            Everything the text depends on, versions of programs included.
        make : callable
            Makes the text. What it raises passes through, and nothing is kept.
        """
        digest = sha256()
        for part in parts:
            digest.update(sha256(part.encode()).digest())
        entry = self.folder / kind / digest.hexdigest()
        text = _read(entry)
        if text is None:
            text = make()
            _write(entry, text)
        return text

    def prune(self) -> None:
        """Delete the entries that were not used for longest, so that the folder does not grow for ever."""
        for kind in self.folder.iterdir() if self.folder.exists() else ():
            by_use = sorted(kind.iterdir(), key=lambda entry: entry.stat().st_mtime, reverse=True)
            for entry in by_use[ENTRIES_KEPT:]:
                entry.unlink(missing_ok=True)


def _read(entry: Path) -> str | None:
    try:
        seal, _, content = entry.read_bytes().partition(b"\n")
    except FileNotFoundError:
        return None
    if seal != sha256(content).hexdigest().encode():
        return None
    with suppress(OSError):  # the time of use serves pruning alone; a folder that is read-only will do
        entry.touch()
    return content.decode()


def _write(entry: Path, text: str) -> None:
    """Write an entry beside its place and move it there: a reader meets all of it or nothing."""
    entry.parent.mkdir(parents=True, exist_ok=True)
    content = text.encode()
    beside = entry.with_suffix(f".{os.getpid()}-{threading.get_ident()}.new")
    beside.write_bytes(sha256(content).hexdigest().encode() + b"\n" + content)
    beside.replace(entry)
