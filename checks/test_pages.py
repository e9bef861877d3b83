"""Pages of the sample in a real browser: from the folder and from a server, dark, on a phone, without scripts.

Every page of the sample is read through in light and dark, on a phone and from a server. What depends on the kind of a
page rather than on its content (no scripts, barriers on a phone, colours of what can be opened) is looked at on the
extremes of each kind (see `checks.build`).
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from checks import accessibility, movement, tooltips, weight
from checks.build import Build
from checks.findings import Findings
from checks.visit import DARK, LIGHT, NO_SCRIPT, PHONE, SLOW_LINE, SLOW_PHONE, Reader, visit

AXE = accessibility.NAME


@pytest.fixture
def folder(build: Build) -> str:
    """Address of the site opened as a folder."""
    return build.site.as_uri() + "/"


def test_light_page_in_use(browser: Browser, build: Build, folder: str, page_name: str, findings: Findings) -> None:
    with visit(browser, folder, page_name, LIGHT) as log:
        findings.add("page weight", "", [page_name], log.weight(build.site))
        findings.add("live charts", "", [page_name], log.read_through())
        axe = accessibility.check_accessibility(log.page, page_name, "light, charts live")
        findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add(tooltips.NAME, "", [page_name], tooltips.check_tooltips(log.page, page_name))
        log.open_disclosures()
        axe = accessibility.check_accessibility(log.page, page_name, "light, all open", [accessibility.COLOURS])
        findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.settle()


def test_pages_outside_the_sample_are_light(browser: Browser, build: Build, folder: str, findings: Findings) -> None:
    """Those whose files together are too many bytes are opened, for a browser may not need all of their fonts."""
    others = sorted(set(build.pages) - set(build.sample))
    faults = []
    for name in weight.too_heavy(build.site, others):
        with visit(browser, folder, name, LIGHT) as log:
            faults += log.weight(build.site)
    findings.add("page weight", "", others, faults)
    findings.settle()


def test_dark_page_in_use(browser: Browser, folder: str, page_name: str, findings: Findings) -> None:
    with visit(browser, folder, page_name, DARK) as log:
        log.read_through()
        axe = accessibility.check_accessibility(log.page, page_name, "dark, charts live")
        findings.add(AXE, accessibility.version(), [page_name], axe)
        findings.add("console", "", [page_name], log.complaints)
    findings.settle()


def test_page_on_a_phone(browser: Browser, folder: str, page_name: str, findings: Findings) -> None:
    with visit(browser, folder, page_name, PHONE) as log:
        findings.add("live charts", "", [page_name], log.read_through())
        log.open_disclosures()
        findings.add("sideways scrolling", "", [page_name], log.sideways((320, 390, 768)))
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.settle()


@pytest.mark.parametrize("reader", [LIGHT, DARK], ids=lambda reader: reader.name)
def test_page_with_all_open(browser: Browser, folder: str, extreme: str, reader: Reader, findings: Findings) -> None:
    with visit(browser, folder, extreme, reader) as log:
        axe = accessibility.check_accessibility(log.page, extreme, f"{reader.name}, as it is opened")
        log.read_through()
        log.open_disclosures()
        axe += accessibility.check_accessibility(log.page, extreme, f"{reader.name}, charts live, all open")
        findings.add(AXE, accessibility.version(), [extreme], axe)
        findings.add("console", "", [extreme], log.complaints)
    findings.settle()


def test_barriers_on_a_phone(browser: Browser, folder: str, extreme: str, findings: Findings) -> None:
    with visit(browser, folder, extreme, PHONE) as log:
        log.read_through()
        axe = accessibility.check_accessibility(log.page, extreme, "phone, charts live")
        findings.add(AXE, accessibility.version(), [extreme], axe)
    findings.settle()


def test_page_without_scripts(browser: Browser, folder: str, extreme: str, findings: Findings) -> None:
    with visit(browser, folder, extreme, NO_SCRIPT) as log:
        axe = accessibility.check_accessibility(log.page, extreme, "no script")
        findings.add(AXE, accessibility.version(), [extreme], axe)
        findings.add("outside requests", "", [extreme], log.outside_requests())
    findings.settle()


def test_page_from_a_server(
    browser: Browser, build: Build, serve: Callable[[Path], str], page_name: str, findings: Findings
) -> None:
    with visit(browser, serve(build.site), page_name, LIGHT) as log:
        findings.add("live charts", "", [page_name], log.read_through())
        findings.add("movement", "", [page_name], movement.moved_by_itself(log.page, page_name))
        log.open_disclosures()
        log.switch_theme("dark")
        findings.add("console", "", [page_name], log.complaints)
        findings.add("outside requests", "", [page_name], log.outside_requests())
    findings.settle()


def test_first_view_from_a_server(
    browser: Browser, build: Build, serve: Callable[[Path], str], page_name: str, findings: Findings
) -> None:
    for reader in (SLOW_LINE, SLOW_PHONE):
        with visit(browser, serve(build.site), page_name, reader) as log:
            findings.add(
                "movement", "", [page_name], movement.moved_by_itself(log.page, f"{page_name} ({reader.name})")
            )
    paints: list[float] = []
    for _ in range(4):
        with visit(browser, serve(build.site), page_name, LIGHT) as log:
            paints.append(movement.largest_paint(log.page))
        if not movement.late_paint(page_name, paints):
            break
    findings.add("largest paint", "", [page_name], movement.late_paint(page_name, paints))
    findings.settle()
