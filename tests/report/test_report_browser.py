"""The site in a real browser, opened from a folder: what loads, what moves, what changes colour."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from baltic_calculus import catalog
from baltic_calculus.exhibits import palette
from baltic_calculus.report.site import render_site

SOURCE = "nato_defence_expenditure"
BUDGET = 250_000
"""Bytes that a page may load before the reader does anything."""


@pytest.fixture(scope="module")
def site(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("browser") / "site"
    render_site(small_report.document(), folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1366, "height": 900}, color_scheme="light")
    yield page
    page.close()


def wake(page: Page) -> None:
    """Do what a reader does first: move the pointer; then wait for the chart."""
    page.mouse.move(200, 200)
    page.locator("#fig-share").scroll_into_view_if_needed()
    page.wait_for_selector("#fig-share .plot[data-state=live]", state="attached")


def expect_drawing(page: Page, name: str) -> None:
    """Wait until the browser shows this drawing for the figure."""
    page.locator("#fig-share").scroll_into_view_if_needed()
    shown = "name => (e => e.complete && e.currentSrc.endsWith('/' + name))(document.querySelector('#fig-share img'))"
    page.wait_for_function(shown, arg=name)


def loaded(page: Page, site: Path, name: str) -> set[Path]:
    """Files that a page loads before the reader does anything."""
    requested: list[str] = []
    page.on("request", lambda request: requested.append(request.url))
    page.goto((site / name).as_uri(), wait_until="networkidle")
    return {site / url.removeprefix(site.as_uri() + "/") for url in requested if not url.startswith("data:")}


@pytest.mark.parametrize("name", ["index.html", "spending.html", "spending-evidence.html"])
def test_nothing_heavy_and_nothing_foreign_is_loaded_first(site: Path, page: Page, name: str) -> None:
    files = loaded(page, site, name)
    assert all(file.is_file() for file in files), files
    assert not {"vega.js", "charts-dark.css", "search-index.js"} & {file.name for file in files}
    # pages with next to no text, which print letters of three languages: much is left for what a chapter has more
    assert sum(file.stat().st_size for file in files) < BUDGET * 0.7


def test_a_chart_becomes_interactive_without_moving(site: Path, page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto((site / "spending.html").as_uri())
    size = "e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height]"
    before = page.eval_on_selector("#fig-share .plot img", size)
    wake(page)
    after = page.eval_on_selector("#fig-share .live svg", size)
    assert after == pytest.approx(before, abs=1)
    assert not page.is_visible("#fig-share picture")
    assert page.get_attribute("#fig-share .live svg", "aria-label") == "Bars: Estonia 3.4, Latvia 3.7."
    page.locator("#fig-share .mark-rect path").first.hover()
    page.wait_for_selector("#vg-tooltip-element.visible")
    assert "Estonia" in page.inner_text("#vg-tooltip-element")
    assert problems == []


def test_a_dark_page_repaints_interactive_charts(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    wake(page)
    bar, fill = '#fig-share .live [fill="#0b5fa5"]', "e => getComputedStyle(e).fill"
    assert page.eval_on_selector(bar, fill) == "rgb(11, 95, 165)"
    page.click("#theme-switch")
    dark = palette.COUNTRIES["EST"].dark
    red, green, blue = (int(dark[place : place + 2], 16) for place in (1, 3, 5))
    assert page.eval_on_selector(bar, fill) == f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize(("width", "ending"), [(1366, ""), (390, ".narrow")])
def test_the_drawing_fits_screen_and_theme(site: Path, page: Page, width: int, ending: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / "spending.html").as_uri())
    expect_drawing(page, f"fig-share{ending}.svg")
    page.click("#theme-switch")
    expect_drawing(page, f"fig-share{ending}.dark.svg")
    page.click("#theme-switch")
    expect_drawing(page, f"fig-share{ending}.svg")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_dark_system_gets_dark_drawings(site: Path, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(color_scheme="dark", java_script_enabled=scripts)
    page = context.new_page()
    page.goto((site / "spending.html").as_uri())
    expect_drawing(page, "fig-share.dark.svg")
    context.close()


def test_a_reader_who_chose_light_pages_gets_light_drawings_from_a_dark_system(site: Path, browser: Browser) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto((site / "spending.html").as_uri())
    page.click("#theme-switch")
    expect_drawing(page, "fig-share.svg")
    page.close()


def test_paper_gets_the_wide_light_drawing(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "spending.html").as_uri())
    page.click("#theme-switch")
    page.emulate_media(media="print")
    expect_drawing(page, "fig-share.svg")


def test_a_dark_drawing_is_turned_light_for_paper_and_back(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    page.click("#theme-switch")
    expect_drawing(page, "fig-share.dark.svg")
    colours = "e => getComputedStyle(e).filter"
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.eval_on_selector("#fig-share img", colours).startswith("invert(1)")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.eval_on_selector("#fig-share img", colours) == "none"
    expect_drawing(page, "fig-share.dark.svg")


def test_a_live_chart_is_made_again_when_the_screen_becomes_narrow(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    wake(page)
    width = "Number(document.querySelector('#fig-share .live svg')?.getAttribute('width'))"
    wide = page.evaluate(width)
    page.set_viewport_size({"width": 390, "height": 800})
    page.wait_for_function(f"() => {width} > 0 && {width} < {wide}")
    assert page.get_attribute("#fig-share .plot", "data-state") == "live"


def test_the_data_open_in_place_and_are_sorted_by_keyboard(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    page.locator("#fig-share .data summary").press("Enter")
    cells = "#fig-share .data-table tbody td:first-child"
    page.wait_for_selector(cells)
    assert page.locator(cells).all_inner_texts() == ["Estonia", "Latvia"]
    share = page.locator("#fig-share .data-table th", has_text="share")
    for order, first in (("ascending", "Estonia"), ("descending", "Latvia")):
        share.locator("button").press("Enter")
        assert share.get_attribute("aria-sort") == order
        assert page.locator(cells).first.inner_text() == first
    assert page.get_attribute("#fig-share .data .tool-body > p a", "href") == "spending-evidence.html#fig-share"


def test_the_provenance_opens_in_place(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    page.locator("#fig-share .provenance summary").press("Enter")
    page.wait_for_selector("#fig-share .provenance li")
    text = page.inner_text("#fig-share .provenance")
    record = catalog.record(SOURCE)
    for part in (record.title, record.licence, record.sha256[:12], "Computed by cell 5 of 01_spending.ipynb"):
        assert part in text
    addresses = page.eval_on_selector_all("#fig-share .provenance a", "all => all.map((link) => link.href)")
    for address in addresses:
        path, _, fragment = address.removeprefix(site.as_uri() + "/").partition("#")
        assert address == record.landing_page or (site / path).is_file()
        assert not fragment or f'id="{fragment}"' in (site / path).read_text(encoding="utf-8")
    assert len(addresses) == 4


def test_tools_stand_in_one_row_and_what_was_clicked_stays(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    parts = [page.locator(f"#fig-share {part}") for part in (".data summary", ".provenance summary", ".downloads")]
    tops = [part.bounding_box()["y"] for part in parts]
    assert max(tops) - min(tops) < 4
    before = parts[1].bounding_box()
    parts[1].click()
    assert parts[1].bounding_box() == before
    assert page.locator("#fig-share .provenance .tool-body").bounding_box()["width"] > 500


def test_the_page_reads_without_scripts(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "spending.html").as_uri())
    assert page.is_visible("#fig-share img")
    assert page.is_visible(".chapters a")
    assert not page.is_visible("#search-field")
    context.close()
