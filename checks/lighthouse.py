"""Lighthouse: how a page does on a slow phone, as figures to follow; two of its scores are held at full marks."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checks.fault import Fault
from checks.tools import chromium, node_module, node_version, program, read_answer, run

NAME = "lighthouse"
SCRIPT = Path(__file__).with_name("lighthouse.mjs")
FULL_MARKS = ("accessibility", "best-practices")


def version() -> str:
    """Version of the checker."""
    return node_version("lighthouse")


def sample(site: Path, names: Sequence[str]) -> list[str]:
    """The landing page, and the lightest and the heaviest of the others: all pages would take minutes."""
    others = sorted((name for name in names if name != "index.html"), key=lambda name: (site / name).stat().st_size)
    return ["index.html", *dict.fromkeys((others[0], others[-1]))] if others else ["index.html"]


def measure_pages(top: str, names: Sequence[str]) -> list[dict[str, Any]]:
    """Scores, measures and failed audits of pages below `top`, a server's address."""
    node_module("lighthouse/core/index.js")
    done = run([program("node"), SCRIPT, chromium(), *(top + name for name in names)], timeout=600)
    reports = read_answer(done, "reports")
    for report in reports:
        report["page"] = report.pop("address").removeprefix(top)
    return reports


def below_full_marks(reports: Sequence[dict[str, Any]]) -> list[Fault]:
    """What keeps a page from full marks where nothing less will do.

    Performance is left out: it says as much about how busy the machine is as about the page.
    """
    return [
        Fault(report["page"], "", f"lighthouse {failed['category']} {failed['rule']}", failed["help"])
        for report in reports
        for failed in report["failed"]
        if failed["category"] in FULL_MARKS
    ]


def describe(report: dict[str, Any]) -> str:
    """One line per page."""
    scores = ", ".join(f"{name} {score:.2f}" for name, score in report["scores"].items())
    measures = report["measures"]
    paint, blocked = measures["largest-contentful-paint"], measures["total-blocking-time"]
    return (
        f"{report['page']}: {scores}; largest paint {paint:.0f} ms, blocked {blocked:.0f} ms, {report['bytes']:,} bytes"
    )
