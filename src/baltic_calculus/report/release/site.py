"""The site that may be published: the last build's, if it is whole and nothing has changed since."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.execution.task import FAILURES
from baltic_calculus.report.freshness import last_arguments, products_if_fresh
from baltic_calculus.report.publish import PARTIAL

ALLOW = "or publish it as it is, with its notice: --allow-partial"


@dataclass(frozen=True)
class ReadySite:
    """A site that may go out.

    Attributes
    ----------
    folder : Path
        Where it lies.
    is_partial : bool
        Whether pages of it failed, or were left as an earlier build made them.
    address : str
        The address that it was built for; empty when none was given.
    """

    folder: Path
    is_partial: bool
    address: str = ""


def find_ready_site(config: ReportConfig, *, allow_partial: bool) -> ReadySite:
    """Find the site of the last build and see that it may be published.

    Parameters
    ----------
    config : ReportConfig
        The report.
    allow_partial : bool
        Whether a site may go out in which pages failed (then it is ``site.partial``, whose pages say so) or that was
        built with ``--only``.

    Raises
    ------
    ConfigurationError
        When there is no site; when pages failed or were left out and that is not allowed; when the site is without its
        PDF, or not what a build would make now.
    """
    site, partial = config.build / "site", config.build / PARTIAL
    statuses = _statuses(config.build / "ledger.json")
    if not statuses or not (site.exists() or partial.exists()):
        raise ConfigurationError("there is nothing to publish yet", where=str(config.build), remedy="run: baltic build")
    failed = {page: entry for page, entry in statuses.items() if entry["status"] in FAILURES}
    if failed and not (allow_partial and partial.exists()):
        lines = [
            ", ".join(filter(None, [page, entry["cell"], (entry["error"] or "").split("\n")[0]]))
            for page, entry in failed.items()
        ]
        raise ConfigurationError(
            f"{len(failed)} of {len(statuses)} pages failed in the last build",
            where="; ".join(lines),
            remedy=f"mend them and build again, {ALLOW}",
        )
    if failed:
        return ReadySite(partial, is_partial=True, address=config.address)
    left = sorted({page.notebook for page in config.pages} - statuses.keys())
    left += [page for page, entry in statuses.items() if entry["status"] == "kept"]
    if left and not allow_partial:
        raise ConfigurationError(
            "the last build made only a part of the report anew",
            where=f"left out: {', '.join(left)}",
            remedy=f"run: baltic build, {ALLOW}",
        )
    if left and site.exists():
        return ReadySite(site, is_partial=True, address=config.address)
    arguments = _check_current(config)
    return ReadySite(site, is_partial=False, address=_address_in(arguments) or config.address)


def _check_current(config: ReportConfig) -> list[str]:
    """See that the site is, byte for byte, what a build of the report as it is now would publish.

    Gives the options of that build.
    """
    root = str(config.root)
    arguments = last_arguments(root)
    if arguments is None or products_if_fresh(root, arguments) is None:
        raise ConfigurationError(
            "the site is not that of the report as it is now: something was edited since, or a build did not end",
            where=str(config.build / "site"),
            remedy="run: baltic build",
        )
    if not (config.build / "site" / "report.pdf").exists():
        raise ConfigurationError(
            "the site was built without its PDF",
            where=f"baltic build {' '.join(arguments)}",
            remedy="run: baltic build",
        )
    return arguments


def _address_in(arguments: Sequence[str]) -> str:
    """What ``--address`` says in the options of a build; empty when it is not among them."""
    for word, after in pairwise([*arguments, ""]):
        if word == "--address":
            return after
        if word.startswith("--address="):
            return word.removeprefix("--address=")
    return ""


def _statuses(ledger: Path) -> dict[str, Any]:
    try:
        content = json.loads(ledger.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    return {entry["page"]: entry for entry in content["pages"]}
