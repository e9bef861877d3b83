"""The frame of the pages in a real browser: search, colours, contents, and pages in a folder of their own."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page, expect

from baltic_calculus.report import config
from baltic_calculus.report.site import render_site

FIELD, RESULTS, STATUS = "#search-field", "#search-results", "#search-status"


@pytest.fixture(scope="module")
def site(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("frame") / "site"
    render_site(small_report.document(), folder)
    return folder


@pytest.fixture(scope="module")
def site_in_folders(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same site with all its chapters one folder down."""
    folder = tmp_path_factory.mktemp("folders") / "site"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config.Page, "href", property(lambda page: f"parts/{page.slug}.html"))
        render_site(small_report.document(), folder)
    return folder


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1366, "height": 900}, color_scheme="light")
    yield page
    page.close()


def found(page: Page, words: str) -> list[str]:
    """Titles of the results for some words."""
    page.fill(FIELD, "")
    page.fill(FIELD, words)
    expect(page.locator(STATUS)).to_have_text(re.compile("result|Nothing"))
    return page.locator(f"{RESULTS} strong").all_inner_texts()


# ---------------------------------------------------------------- search


def test_search_folds_accents(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    assert found(page, "kilis")[0] == "Spending"
    assert "Ķīlis" in page.inner_text(RESULTS)
    assert page.get_attribute(f"{RESULTS} a", "href") == (site / "spending.html").as_uri()


def test_a_figure_is_found_by_its_number_and_named_as_one(site: Path, page: Page) -> None:
    page.goto((site / "burden.html").as_uri())
    assert found(page, "figure 1.1")[0] == "Figure 1.1 Share of output"
    assert page.locator(f"{RESULTS} .result-kind").first.inner_text() == "Figure in Spending"
    page.locator(f"{RESULTS} a").first.click()
    assert page.url == (site / "spending.html").as_uri() + "#fig-share"


def test_the_number_of_results_is_announced(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    assert page.get_attribute(STATUS, "role") == "status"
    found(page, "shares")
    assert page.inner_text(STATUS) == "2 results"
    assert found(page, "no such word") == []
    assert page.inner_text(STATUS) == "Nothing found"
    assert page.inner_text(RESULTS) == "Nothing found"


def test_search_needs_no_mouse(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type("shares")
    links = page.locator(f"{RESULTS} a")
    expect(links).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(RESULTS)).to_be_hidden()
    page.keyboard.type(" ")
    expect(links).to_have_count(2)
    first = links.first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(first or "")


def test_results_close_when_the_focus_leaves(site: Path, page: Page) -> None:
    page.goto((site / "index.html").as_uri())
    found(page, "shares")
    page.focus("#theme-switch")
    expect(page.locator(RESULTS)).to_be_hidden()


# ---------------------------------------------------------------- colours


@pytest.mark.parametrize(("system", "order"), [("light", ["dark", "light", None]), ("dark", ["light", "dark", None])])
def test_the_switch_goes_round_and_ends_with_the_system(site: Path, browser: Browser, system: str, order: list) -> None:
    page = browser.new_page(color_scheme=system)
    page.goto((site / "index.html").as_uri())
    chosen = []
    for _ in order:
        page.click("#theme-switch")
        chosen.append(page.get_attribute("html", "data-theme"))
    assert chosen == order
    expect(page.get_by_role("button", name="Page colours: as the system")).to_be_visible()
    page.close()


def test_the_colours_chosen_hold_for_the_next_page(site: Path, browser: Browser) -> None:
    context = browser.new_context(color_scheme="light")
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.click("#theme-switch")
    page.goto((site / "spending.html").as_uri())
    assert page.get_attribute("html", "data-theme") == "dark"
    expect(page.get_by_role("button", name="Page colours: dark")).to_be_visible()
    context.close()


# ---------------------------------------------------------------- finding the way


def test_the_contents_mark_the_section_that_is_read(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 1366, "height": 400})
    page.goto((site / "spending.html").as_uri())
    current = page.locator(".on-page [aria-current]")
    page.evaluate("document.getElementById('sec-levels').scrollIntoView({behavior: 'instant'})")
    expect(current).to_have_text("Levels")
    page.evaluate("scrollTo({top: document.body.scrollHeight, behavior: 'instant'})")
    expect(current).to_have_text("References")


def test_phones_fold_the_contents_and_reach_them(site: Path, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto((site / "spending.html").as_uri())
    for name, entry in (("Contents", "Burden"), ("On this page", "References")):
        link = page.locator(".fold").get_by_role("link", name=entry)
        expect(link).to_be_hidden()
        page.locator(".fold summary", has_text=name).click()
        expect(link).to_be_visible()
    page.locator(".fold").get_by_role("link", name="References").click()
    expect(page.locator(".on-page ol")).to_be_hidden()
    assert page.url.endswith("#references")


def test_the_first_key_leads_past_the_frame(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_without_scripts_all_is_there_but_what_needs_them(site: Path, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    expect(page.locator(".finding-card svg")).to_be_visible()
    expect(page.locator(FIELD)).to_be_hidden()
    expect(page.locator("#theme-switch")).to_be_hidden()
    page.goto((site / "spending.html").as_uri())
    expect(page.locator(".on-page a").first).to_be_visible()
    context.close()


# ---------------------------------------------------------------- pages in a folder


def test_links_of_a_page_in_a_folder_lead_somewhere(site_in_folders: Path) -> None:
    for path in site_in_folders.rglob("*.html"):
        page = html.fromstring(path.read_text(encoding="utf-8"))
        for address in page.xpath("//a/@href | //link[@rel='stylesheet' or @rel='icon']/@href | //@src | //@srcset"):
            file = address.partition("#")[0]
            if not file.startswith("http"):
                assert (path.parent / file).is_file() or not file, f"{path.name}: {address}"


def test_scripts_and_search_work_from_a_folder(site_in_folders: Path, page: Page) -> None:
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("requestfailed", lambda request: problems.append(f"{request.failure} {request.url}"))
    page.goto((site_in_folders / "parts" / "spending.html").as_uri())
    found(page, "table 2.1")
    page.keyboard.press("Enter")
    page.wait_for_url((site_in_folders / "parts" / "burden.html").as_uri() + "#tbl-shares")
    page.get_by_role("link", name="A title").first.click()
    page.wait_for_url((site_in_folders / "index.html").as_uri())
    # a reader who leaves a page stops what it was still fetching: no fault of the page
    assert [problem for problem in problems if not problem.startswith("net::ERR_ABORTED")] == []


# ---------------------------------------------------------------- paper


def test_paper_has_no_tools_but_says_what_it_is(site: Path, page: Page) -> None:
    page.goto((site / "spending.html").as_uri())
    page.emulate_media(media="print")
    for tool in (".top", ".side", ".pager", ".exhibit-tools", ".foot nav"):
        expect(page.locator(tool).first).to_be_hidden()
    expect(page.locator(".foot-title")).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1024])
@pytest.mark.parametrize(
    "name", ["index.html", "summary.html", "spending.html", "burden.html", "spending-evidence.html"]
)
def test_no_page_scrolls_sideways(site: Path, page: Page, name: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((site / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
