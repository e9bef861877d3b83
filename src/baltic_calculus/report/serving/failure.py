"""Why a build failed, as the page shows it: from the ledger, or from what the command said."""

import json
from dataclasses import dataclass
from pathlib import Path

from baltic_calculus.report.execution.task import FAILURES


@dataclass(frozen=True)
class FailedPage:
    """A notebook that failed; fields as in the ledger."""

    notebook: str
    status: str
    cell: str
    error: str
    traceback: str


@dataclass(frozen=True)
class Failure:
    """A build that failed.

    Attributes
    ----------
    title : str
        In a few words.
    pages : tuple of FailedPage
        The notebooks that failed, if that was the reason.
    text : str
        What the command said, if it was something else.
    """

    title: str
    pages: tuple[FailedPage, ...] = ()
    text: str = ""


def describe_failure(build: Path, code: int, said: str) -> Failure | None:
    """Describe how a build ended.

    Parameters
    ----------
    build : Path
        The build folder.
    code : int
        Exit code of the command; 1 when notebooks failed.
    said : str
        What it wrote on standard error.

    Returns
    -------
    Failure or None
        None when it went well.
    """
    if code == 0:
        return None
    pages = _failed_pages(build / "ledger.json") if code == 1 else ()
    if pages:
        count = "1 page" if len(pages) == 1 else f"{len(pages)} pages"
        return Failure(f"{count} failed", pages)
    return Failure("The build failed", text=said.strip() or f"baltic build ended with exit code {code}")


def _failed_pages(ledger: Path) -> tuple[FailedPage, ...]:
    if not ledger.exists():
        return ()
    entries = json.loads(ledger.read_text(encoding="utf-8"))["pages"]
    return tuple(
        FailedPage(
            f"{entry['page']}.ipynb",
            entry["status"].replace("_", " "),
            *(entry[key] or "" for key in ("cell", "error", "traceback")),
        )
        for entry in entries
        if entry["status"] in FAILURES
    )
