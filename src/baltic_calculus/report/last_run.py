"""What the last build executed, read back so that it can be rendered again without executing anything."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.execution.key import key_of, page_parts
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.execution.prose import renew_prose
from baltic_calculus.report.execution.task import FAILURES
from baltic_calculus.report.plan import PagePlan
from baltic_calculus.report.state import ReportState

NO_NOTEBOOK = FAILURES | {"skipped"}


def read_last_run(state: ReportState, folder: Path) -> tuple[PageRun, ...]:
    """Gather the executed notebooks of the last build, with their text as it reads now.

    Parameters
    ----------
    state : ReportState
        The report with all its pages.
    folder : Path
        Folder for the executed notebooks; it is made.

    Returns
    -------
    tuple of PageRun
        In the order of the report; with failures when the last build had some. Skipped pages have no notebook.

    Raises
    ------
    ConfigurationError
        When there was no build, or when pages are missing or have changed since: the message says of each why.
    """
    ledger = state.config.build / "ledger.json"
    if not ledger.exists():
        raise ConfigurationError("the report has not been built yet", where=str(ledger), remedy="run: baltic build")
    entries = {entry["page"]: entry for entry in json.loads(ledger.read_text(encoding="utf-8"))["pages"]}
    folder.mkdir()
    runs: list[PageRun] = []
    stale: list[str] = []
    for plan in state.plan.pages:
        name = plan.page.notebook
        if name not in entries:
            stale.append(f"{name}, not part of the last build")
            continue
        run = _read_page(state, plan, entries[name], folder)
        if isinstance(run, str):
            stale.append(f"{name}, {run}")
        else:
            runs.append(run)
    if stale and not any(run.failure for run in runs):
        raise ConfigurationError(
            "pages have changed since they were executed, or were not executed",
            where="\n         ".join(stale),
            remedy="run: baltic build (with the parameters of the last build, if it had any)",
        )
    return tuple(runs)


def _read_page(state: ReportState, plan: PagePlan, entry: Mapping[str, Any], folder: Path) -> PageRun | str:
    """One page of the last build, or why what it executed no longer holds."""
    parameters = entry["parameters"]
    if entry["status"] in NO_NOTEBOOK:
        cell, error, traceback = (entry[name] or "" for name in ("cell", "error", "traceback"))
        return PageRun(plan.page, entry["status"], parameters, cell=cell, error=error, traceback=traceback)
    # with the parameters of that build, which need not be those of the sources
    parts = page_parts(plan.notebook, parameters, state.ground)
    text = state.cache.find(parts)
    if text is None:
        return state.cache.explain(plan.page.notebook, parts)
    path = folder / f"{plan.page.notebook}.ipynb"
    path.write_text(renew_prose(text, plan.notebook), encoding="utf-8")
    return PageRun(plan.page, "cached", parameters, path, key=key_of(parts))
