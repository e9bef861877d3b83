"""Pages of the sample in a real browser: from a server and from the folder, dark, on a phone, without scripts.

Every page of the sample is read through three times: light from a server, dark and on a phone from the folder. What
depends on the kind of a page rather than on its content (no scripts, barriers on a phone and in what can be opened,
text that jumps on a slow line) is looked at on the extremes of each kind (see `checks.build`).
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from checks import accessibility, movement, tooltips, weight
from checks.build import Build
from checks.fault import Fault
from checks.findings import Findings
from checks.visit import DARK, LIGHT, NO_SCRIPT, PHONE, SLOW_LINE, SLOW_PHONE, Reader, visit

AXE = accessibility.NAME


@pytest.fixture
def folder(build: Build) -> str:
    """Address of the site opened as a folder."""
    return build.site.as_uri() + "/"


def test_light_page_in_use(
    browser: Browser, build: Build, serve: Callable[[Path], str], page_name: str, findings: Findings
) -> None:
    with visit(browser, serve(build.site), page_name, LIGHT) as log:
        paint = movement.largest_paint(log.page)
        findings.add("page weight", "", [page_name], log.weight(build.site))
        if page_name in build.extremes:
            axe = accessibility.check_accessibility(log.page, page_name, "light, as it is opened")
            findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add("live charts", "", [page_name], log.read_through())
        findings.add("movement", "", [page_name], movement.moved_by_itself(log.page, page_name))
        axe = accessibility.check_accessibility(log.page, page_name, "light, charts live")
        findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add(tooltips.NAME, "", [page_name], tooltips.check_tooltips(log.page, page_name))
        log.open_disclosures()
        read = [] if page_name in build.extremes else [accessibility.COLOURS]
        axe = accessibility.check_accessibility(log.page, page_name, "light, all open", read)
        findings.add(AXE, accessibility.version(), [page_name], axe)
        log.switch_theme("dark")
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.add("largest paint", "", [page_name], late_at_best(browser, serve(build.site), page_name, paint))
    findings.settle()


def late_at_best(browser: Browser, top: str, name: str, paint: float) -> list[Fault]:
    """Open a page whose first view came late three times more before it is called slow."""
    paints = [paint]
    while movement.late_paint(name, paints) and len(paints) < 4:
        with visit(browser, top, name, LIGHT) as log:
            paints.append(movement.largest_paint(log.page))
    return movement.late_paint(name, paints)


def test_pages_outside_the_sample_are_light(browser: Browser, build: Build, folder: str, findings: Findings) -> None:
    """Those whose files together are too many bytes are opened, for a browser may not need all of their fonts."""
    others = sorted(set(build.pages) - set(build.sample))
    faults = []
    for name in weight.too_heavy(build.site, others):
        with visit(browser, folder, name, LIGHT) as log:
            faults += log.weight(build.site)
    findings.add("page weight", "", others, faults)
    findings.settle()


def test_dark_page_in_use(browser: Browser, build: Build, folder: str, page_name: str, findings: Findings) -> None:
    with visit(browser, folder, page_name, DARK) as log:
        axe = []
        if page_name in build.extremes:
            axe += accessibility.check_accessibility(log.page, page_name, "dark, as it is opened")
        findings.add("live charts", "", [page_name], log.read_through())
        axe += accessibility.check_accessibility(log.page, page_name, "dark, charts live")
        if page_name in build.extremes:
            log.open_disclosures()
            axe += accessibility.check_accessibility(log.page, page_name, "dark, all open")
        findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.settle()


def test_page_on_a_phone(browser: Browser, build: Build, folder: str, page_name: str, findings: Findings) -> None:
    with visit(browser, folder, page_name, PHONE) as log:
        findings.add("live charts", "", [page_name], log.read_through())
        if page_name in build.extremes:
            axe = accessibility.check_accessibility(log.page, page_name, "phone, charts live")
            findings.add(AXE, accessibility.version(), [page_name], axe)
        log.open_disclosures()
        findings.add("sideways scrolling", "", [page_name], log.sideways((320, 390, 768)))
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.settle()


def test_page_without_scripts(browser: Browser, folder: str, extreme: str, findings: Findings) -> None:
    with visit(browser, folder, extreme, NO_SCRIPT) as log:
        axe = accessibility.check_accessibility(log.page, extreme, "no script")
        findings.add(AXE, accessibility.version(), [extreme], axe)
        findings.add("outside requests", "", [extreme], log.outside_requests())
    findings.settle()


@pytest.mark.parametrize("reader", [SLOW_LINE, SLOW_PHONE], ids=lambda reader: reader.name)
def test_first_view_on_a_slow_line(
    browser: Browser, build: Build, serve: Callable[[Path], str], extreme: str, reader: Reader, findings: Findings
) -> None:
    with visit(browser, serve(build.site), extreme, reader) as log:
        moved = movement.moved_by_itself(log.page, f"{extreme} ({reader.name})")
        findings.add("movement", "", [extreme], moved)
    findings.settle()
