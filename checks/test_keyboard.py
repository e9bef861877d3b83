"""The way through a page without a pointer: skip link, search, page colours, chart."""

import pytest
from playwright.sync_api import Browser, Page

from checks import tooltips
from checks.build import Build
from checks.visit import LIGHT, visit

FOCUSED = "() => { const one = document.activeElement; return one.id || one.className || one.tagName; }"


@pytest.fixture
def chapter(build: Build) -> str:
    """A page with charts."""
    pages = [name for name in build.pages if 'data-chart="' in (build.site / name).read_text(encoding="utf-8")]
    assert pages, "no page has a chart"
    return pages[0]


def press_until(page: Page, selector: str, most: int = 60) -> list[str]:
    """Press Tab until what the selector names has the focus; what had it on the way."""
    way = []
    for _ in range(most):
        page.keyboard.press("Tab")
        way.append(str(page.evaluate(FOCUSED)))
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return way
    return pytest.fail(f"{most} times Tab did not lead to {selector}, but through {way}", pytrace=False)


def test_tab_leads_by_skip_link_search_and_colours_to_a_chart(browser: Browser, build: Build, chapter: str) -> None:
    with visit(browser, build.site.as_uri() + "/", chapter, LIGHT) as log:
        assert press_until(log.page, ".skip") == ["skip"]
        press_until(log.page, "#search-field", most=12)
        press_until(log.page, "#theme-switch", most=4)
        press_until(log.page, "[data-chart]")
        assert log.complaints == []


def test_the_skip_link_leads_to_the_text(browser: Browser, build: Build, chapter: str) -> None:
    with visit(browser, build.site.as_uri() + "/", chapter, LIGHT) as log:
        press_until(log.page, ".skip")
        log.page.keyboard.press("Enter")
        log.page.wait_for_function("() => document.activeElement.id === 'main'")


def test_search_finds_and_opens_a_result(browser: Browser, build: Build, chapter: str) -> None:
    with visit(browser, build.site.as_uri() + "/", "index.html", LIGHT) as log:
        press_until(log.page, "#search-field", most=14)
        log.page.keyboard.type("defence")
        log.page.wait_for_selector("#search-results a")
        target = str(log.page.eval_on_selector("#search-results a", "(link) => link.href"))
        log.page.keyboard.press("ArrowDown")
        log.page.keyboard.press("Enter")
        log.page.wait_for_url(target)


def test_the_switch_goes_through_both_colours(browser: Browser, build: Build, chapter: str) -> None:
    with visit(browser, build.site.as_uri() + "/", chapter, LIGHT) as log:
        press_until(log.page, "#theme-switch", most=16)
        seen = set()
        for _ in range(3):
            log.page.keyboard.press("Enter")
            log.settle()
            theme = log.page.evaluate("document.documentElement.dataset.theme || 'system'")
            seen.add((theme, log.page.evaluate("getComputedStyle(document.body).backgroundColor")))
        assert {theme for theme, _ in seen} >= {"light", "dark"}
        assert len({colour for _, colour in seen}) == 2


def test_arrow_keys_read_out_the_values_of_a_chart(browser: Browser, build: Build, chapter: str) -> None:
    with visit(browser, build.site.as_uri() + "/", chapter, LIGHT) as log:
        page = log.page
        press_until(page, "[data-chart]")
        page.wait_for_selector("[data-chart]:focus .live svg")
        page.wait_for_selector("[data-chart][data-state=live]:focus")
        said = []
        for key in ("ArrowRight", "ArrowRight", "ArrowDown", "End"):
            page.keyboard.press(key)
            page.wait_for_timeout(50)
            said.append(page.inner_text("#chart-voice"))
        assert not [text for text in said if tooltips.says_nothing(text)], said
        assert len(set(said)) > 1, said
        assert any(character.isdigit() for character in "".join(said)), said
        page.keyboard.press("Escape")
        assert page.evaluate("document.getElementById('chart-voice').textContent") == ""
        assert log.complaints == []
