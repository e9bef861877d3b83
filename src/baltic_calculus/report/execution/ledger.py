"""What happened to each page of a build, as the supervisor saw it: statuses, failures, costs, and the ledger's file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from baltic_calculus.report.execution.task import FAILURES, Kernel, Status
from baltic_calculus.report.page import Page

LEDGER_VERSION = 2
LEDGER_SCHEMA = Path(__file__).with_name("ledger.schema.json")
"""What each entry of the ledger means: JSON Schema, draft 2020-12."""


@dataclass(frozen=True)
class PageFailure:
    """Why a page has no content.

    Attributes
    ----------
    page : Page
        The page that failed.
    status : Status
        Kind of failure.
    cell : str
        The cell it happened in, as a person finds it in the source notebook: ``cell 7 (fig-share)``; empty when
        no cell had started.
    error : str
        Exception name and message, or what stopped the page.
    traceback : str
        The traceback as plain text; empty when there is none.
    """

    page: Page
    status: Status
    cell: str
    error: str
    traceback: str


@dataclass(frozen=True)
class PageRun:
    """One page of one build; an entry of the ledger.

    Attributes
    ----------
    page : Page
        The page.
    status : Status
        What happened to it.
    parameters : Mapping[str, Any]
        All parameters of the notebook with the values used.
    executed : Path or None
        The executed notebook; None for a page without content.
    failed : Path or None
        The notebook of a failure as far as it came; None when no kernel came up.
    cell, error, traceback : str
        Where and why it ended early; empty when it did not. The error of a skipped page is its reason.
    wall_seconds, cpu_seconds, peak_memory_mb : float
        What its execution took, as in `Outcome`; 0 when it was not executed.
    kernel : {"plain", "fork"} or None
        How its kernel was started; None when it was not executed.
    attempts : int
        Kernels tried.
    key : str or None
        Key of the page in the cache; None when it is not kept there.
    """

    page: Page
    status: Status
    parameters: Mapping[str, Any]
    executed: Path | None = None
    failed: Path | None = None
    cell: str = ""
    error: str = ""
    traceback: str = ""
    wall_seconds: float = 0.0
    cpu_seconds: float = 0.0
    peak_memory_mb: float = 0.0
    kernel: Kernel | None = None
    attempts: int = 0
    key: str | None = None

    @property
    def failure(self) -> PageFailure | None:
        """Why it failed; None when it did not."""
        if self.status not in FAILURES:
            return None
        return PageFailure(self.page, self.status, self.cell, self.error, self.traceback)


def write_ledger(runs: Sequence[PageRun], edition: str, path: Path) -> None:
    """Write the ledger of a build: one entry a page, in the order of the report.

    Parameters
    ----------
    runs : sequence of PageRun
        The pages of the build.
    edition : str
        Edition of the report.
    path : Path
        File to write, in the build folder; it is replaced in one step, so that a reader never meets half a ledger.
    """
    is_published = not any(run.failure for run in runs)
    pages = [_entry(run, is_published) for run in runs]
    content = json.dumps({"version": LEDGER_VERSION, "edition": edition, "pages": pages}, indent=2, ensure_ascii=False)
    beside = path.with_suffix(".json.new")
    beside.write_text(content + "\n", encoding="utf-8")
    beside.replace(path)


def read_parameters_used(path: Path) -> dict[str, dict[str, Any]]:
    """Parameters of each page of the last build, by notebook; empty when there is no ledger."""
    if not path.exists():
        return {}
    content = json.loads(path.read_text(encoding="utf-8"))
    return {entry["page"]: entry["parameters"] for entry in content["pages"]}


def _entry(run: PageRun, is_published: bool) -> dict[str, Any]:
    notebook = None
    if run.failed:
        notebook = f"failed/{run.failed.name}"
    elif run.executed and is_published:
        notebook = f"notebooks/{run.executed.name}"
    return {
        "page": run.page.notebook,
        "status": run.status,
        "key": run.key,
        "kernel": run.kernel,
        "attempts": run.attempts,
        "wall_seconds": round(run.wall_seconds, 2),
        "cpu_seconds": round(run.cpu_seconds, 2),
        "peak_memory_mb": round(run.peak_memory_mb, 1),
        "parameters": dict(run.parameters),
        "cell": run.cell or None,
        "error": run.error or None,
        "traceback": run.traceback or None,
        "notebook": notebook,
    }
