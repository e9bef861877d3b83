"""Show how a build goes: a live table on a terminal, one plain line a page elsewhere, all errors at the end."""

import threading
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from baltic_calculus.report.execution.ledger import PageFailure, PageRun
from baltic_calculus.report.page import Page

_STYLES = {"ok": "green", "cached": "green", "kept": "dim", "skipped": "dim"}


class PlainProgress:
    """One line a page, written when the page is done: for logs and pipes."""

    def __init__(self, console: Console, pages: Sequence[Page]) -> None:
        self._console = console
        self._width = max((len(page.notebook) for page in pages), default=0)
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing to put back."""

    def page_started(self, page: Page) -> None:
        """Say nothing: the line comes when the page is done."""

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        """Say nothing: the line comes when the page is done."""

    def page_finished(self, run: PageRun) -> None:
        """Write the page's line: ``01_spending_trends  ok  3.2 s``."""
        with self._lock:
            self._console.print(Text(f"{run.page.notebook:<{self._width}}  {run.status}  {run.wall_seconds:.1f} s"))

    def stage(self, what: str) -> None:
        """Say nothing: stages between pages are for the live view."""


class LiveProgress:
    """A table that follows every page from cell to cell, for a terminal."""

    def __init__(self, console: Console, pages: Sequence[Page]) -> None:
        self._states: dict[str, tuple[str, str, str]] = {page.notebook: ("waiting", "", "") for page in pages}
        self._stage = ""
        self._lock = threading.Lock()
        self._live = Live(self._table(), console=console, refresh_per_second=8)

    def __enter__(self) -> Self:
        self._live.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stage("")
        self._live.__exit__(kind, error, trace)

    def page_started(self, page: Page) -> None:
        """Show that the page's kernel is starting."""
        self._show(page, "starting")

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        """Show the cell that the page has come to."""
        self._show(page, "running", f"{cell}/{cells}")

    def page_finished(self, run: PageRun) -> None:
        """Show the page's final status and time."""
        self._show(run.page, run.status, run.cell, f"{run.wall_seconds:.1f} s")

    def stage(self, what: str) -> None:
        """Show what is done between and after the pages: ``rendering the PDF``."""
        with self._lock:
            self._stage = what
        self._live.update(self._table())

    def _show(self, page: Page, status: str, cell: str = "", seconds: str = "") -> None:
        with self._lock:
            self._states[page.notebook] = (status, cell, seconds)
        self._live.update(self._table())

    def _table(self) -> Table:
        table = Table(box=None, show_header=False, pad_edge=False, caption=self._stage or None, caption_justify="left")
        with self._lock:
            for notebook, (status, cell, seconds) in self._states.items():
                style = _STYLES.get(status, "yellow" if status in ("waiting", "starting", "running") else "red")
                table.add_row(notebook, Text(status, style=style), cell, seconds)
        return table


Progress = PlainProgress | LiveProgress


def open_progress(console: Console, pages: Sequence[Page]) -> Progress:
    """Choose the live table for a terminal and plain lines for everything else."""
    return LiveProgress(console, pages) if console.is_terminal else PlainProgress(console, pages)


def print_failures(console: Console, failures: Iterable[PageFailure]) -> None:
    """List what failed: page, status, cell, then the error."""
    for failure in failures:
        where = f", {failure.cell}" if failure.cell else ""
        console.print(Text(f"{failure.page.notebook}: {failure.status}{where}", style="red"))
        for line in failure.error.splitlines():
            console.print(Text(f"    {line}"))
