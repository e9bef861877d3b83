"""Checkers that look at the site through a server, many pages in one process."""

import json
from collections.abc import Callable
from pathlib import Path

from checks import lighthouse, pa11y
from checks.build import Build
from checks.findings import Findings


def test_pa11y_finds_nothing(build: Build, serve: Callable[[Path], str], findings: Findings) -> None:
    faults = pa11y.check_with_pa11y(serve(build.site), build.sample)
    findings.add(pa11y.NAME, pa11y.version(), build.sample, faults)
    findings.settle()


def test_lighthouse_gives_full_marks(build: Build, serve: Callable[[Path], str], findings: Findings) -> None:
    pages = lighthouse.sample(build.site, build.sample)
    reports = lighthouse.measure_pages(serve(build.site), pages)
    file = build.folder / "checks" / "lighthouse.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(reports, indent=2) + "\n", encoding="utf-8")
    for report in reports:
        findings.say(lighthouse.describe(report))
    findings.add(lighthouse.NAME, lighthouse.version(), pages, lighthouse.below_full_marks(reports))
    findings.settle()
