"""What happened to each page of a build, as the supervisor saw it: statuses, failures and the run's ledger file."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from baltic_calculus.report.config import Page

LEDGER_VERSION = 1

Status = Literal["ok", "cached", "kept", "failed", "kernel_died", "timed_out", "start_failed", "cancelled"]
"""``ok``: executed now. ``cached``: nothing it depends on changed. ``kept``: left out by ``--only`` and taken from the
last build. The others are failures; ``cancelled`` pages never ran to their end because something else stopped them."""


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
        One line: exception name and message.
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
    """One page of one build.

    Attributes
    ----------
    page : Page
        The page.
    status : Status
        What happened to it.
    seconds : float
        Wall time of its execution; 0 when it was not executed.
    parameters : Mapping[str, Any]
        All parameters of the notebook with the values used.
    executed : Path or None
        The executed notebook; None for a failure.
    failure : PageFailure or None
        Why it failed; None when it did not.
    """

    page: Page
    status: Status
    seconds: float
    parameters: Mapping[str, Any]
    executed: Path | None = None
    failure: PageFailure | None = None


def write_ledger(runs: Sequence[PageRun], edition: str, path: Path) -> None:
    """Write the ledger of a build: one entry a page, in the order of the report.

    Parameters
    ----------
    runs : sequence of PageRun
        The pages of the build.
    edition : str
        Edition of the report.
    path : Path
        File to write; it is replaced in one step, so that a reader never meets half a ledger.
    """
    pages = [
        {
            "page": run.page.notebook,
            "status": run.status,
            "seconds": round(run.seconds, 2),
            "parameters": dict(run.parameters),
            "cell": run.failure.cell if run.failure else None,
            "error": run.failure.error if run.failure else None,
            "traceback": run.failure.traceback if run.failure else None,
        }
        for run in runs
    ]
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
