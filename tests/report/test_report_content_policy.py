"""The policy of the pages: whatever a reader does keeps to it, and code that got into a page does not run."""

import re
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import nbconvert
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, Page

from baltic_calculus.report.content_policy import HEADERS, site_policy
from baltic_calculus.report.notebook_exporters import BalticHtmlExporter
from baltic_calculus.report.site import render_site

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">\n')

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => {
  window.violations.push(event.effectiveDirective + " " + event.blockedURI);
});
"""

INJECTED = {
    "handler": '<img src="nowhere.svg" alt="" onerror="window.ran = true">',
    "script": "<script>window.ran = true</script>",
    "event": '<svg onload="window.ran = true"></svg>',
    "foreign": '<script src="https://elsewhere.example/script.js"></script>',
    "eval": '<script src="assets/injected.js"></script>',  # of the site, yet it makes code from text
}


@pytest.fixture(scope="module")
def site(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policy") / "site"
    render_site(small_report.document(), folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1366, "height": 900})
    page.add_init_script(WATCH)
    yield page
    page.close()


def pages(site: Path) -> list[str]:
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


def use_everything(page: Page) -> None:
    """Wake the charts, search, change the colours, open what folds."""
    page.mouse.move(200, 200)
    for plot in page.locator(".plot").all():
        plot.scroll_into_view_if_needed()
    # a function and not an expression: the policy stops Playwright from reading a text as code a second time
    page.wait_for_function("() => !document.querySelector('.plot:not([data-state=live]):not([data-state=static])')")
    assert page.locator(".plot[data-state=static]").count() == 0
    for details in page.locator(".exhibit details").all():
        details.evaluate("element => { element.open = true; }")
    for table in page.locator("details.data .tool-body").all():
        table.locator("table").wait_for()
    page.click("#theme-switch")
    page.locator("#search-field").fill("Latvia")
    page.locator("#search-results a").first.wait_for()


def test_no_page_breaks_its_policy_whatever_a_reader_does(site: Path, page: Page, record_figure) -> None:
    names = pages(site)
    for name in names:
        page.goto((site / name).as_uri())
        use_everything(page)
        assert page.evaluate("violations") == [], name
    record_figure("pages used under their content security policy", len(names))
    record_figure("violations of the content security policy", 0)


def test_every_page_forbids_what_is_not_its_own_before_anything_is_loaded(site: Path) -> None:
    for name in pages(site):
        text = (site / name).read_text()
        policy = META.search(text)
        assert policy, name
        assert unescape(policy[1]) == site_policy()
        assert policy.start() < min(text.index("<script"), text.index("<link"))
        assert not re.search(r"<[^>]+\s(?:on\w+|style)\s*=|javascript:|<style", text), name
        inline = re.findall(r"<script(?![^>]*\ssrc=)([^>]*)>", text)
        assert set(inline) <= {' type="application/ld+json"'}, name  # data, which no browser runs
    assert "unsafe" not in site_policy()
    assert "http" not in site_policy()


@pytest.mark.parametrize("kind", INJECTED)
@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "bare"])
def test_code_that_got_into_a_page_runs_only_without_the_policy(
    site: Path, page: Page, tmp_path: Path, kind: str, is_guarded: bool, record_figure: Callable[[str, object], None]
) -> None:
    copy = Path(shutil.copytree(site, tmp_path / "site"))
    (copy / "assets" / "injected.js").write_text("Function('window.ran = true')();")
    index = copy / "index.html"
    text = index.read_text().replace("</main>", f"{INJECTED[kind]}</main>", 1)
    index.write_text(text if is_guarded else META.sub("", text, count=1))
    page.route(
        "**/*elsewhere*/**", lambda route: route.fulfill(body="window.ran = true", content_type="text/javascript")
    )
    page.goto(index.as_uri(), wait_until="load")
    if not is_guarded:
        page.wait_for_function("() => window.ran === true")  # or this test would see nothing
        return
    page.wait_for_function("() => violations.length > 0")
    assert page.evaluate("window.ran") is None
    record_figure(f"injected code that did not run: {kind}", 1)


def test_a_server_is_told_more_than_a_page_can_say(site: Path) -> None:
    place, *headers = (site / HEADERS).read_text().splitlines()
    said = dict(line.strip().split(": ", 1) for line in headers)
    assert place == "/*"
    assert "script-src 'self'; " in said["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in said["Content-Security-Policy"]
    assert said["X-Content-Type-Options"] == "nosniff"


def test_a_notebook_as_one_page_allows_its_own_style_alone(figure_output, page: Page, tmp_path: Path) -> None:
    cells = [
        new_markdown_cell("---\ntitle: Levels\ndescription: How much.\n---\n"),
        new_code_cell("year = 2025", metadata={"tags": ["parameters"]}),
        new_code_cell("#| label: fig-share\nFigure()", outputs=[figure_output()]),
    ]
    executed = new_notebook(cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    text, _ = nbconvert.export(BalticHtmlExporter, executed)
    policy, style = META.search(text), re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert policy
    assert style
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in unescape(policy[1])
    assert "script-src" not in policy[1]
    (tmp_path / "one.html").write_text(text)
    page.goto((tmp_path / "one.html").as_uri())
    assert page.evaluate("violations") == []
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily").startswith('"Source')
