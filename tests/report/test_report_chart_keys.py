"""Charts of the site by pointer, keyboard, touch and button, in a real browser under a strict security policy."""

from collections.abc import Callable

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page

from baltic_calculus.exhibits import chart_grouped_bars, chart_line_panels, chart_lines, palette
from baltic_calculus.report.chart_highlight import Series, read_highlight

SHARES = pd.DataFrame(
    {
        "iso3": ["EST", "EST", "EST", "LVA", "LVA", "LVA"],
        "year": [2023, 2024, 2025] * 2,
        "share": [2.0, 3.3, 3.9, 1.5, 2.1, 2.4],
        "flag": ["", "", "estimate"] * 2,
    }
)
CHANGES = pd.DataFrame(
    {"what": ["defence", "health"] * 2, "iso3": ["EST", "EST", "LVA", "LVA"], "v": [2.0, -0.1, 1, 3]}
)
CHARTS = {
    "fig-lines": chart_lines(SHARES, y="share", unit="% of GDP", decimals=1),
    "fig-bars": chart_grouped_bars(CHANGES, category="what", series="iso3", value="v", unit="points", decimals=1),
    "fig-panels": chart_line_panels(
        pd.concat([SHARES.assign(kind="first"), SHARES.assign(kind="second", share=SHARES["share"] / 2)]),
        y="share",
        unit="% of GDP",
        series="kind",
        decimals=1,
    ),
}
TOOLTIP = "#vg-tooltip-element.visible"


@pytest.fixture(scope="module")
def address(publish_charts: Callable[..., str]) -> str:
    return publish_charts(CHARTS)


@pytest.fixture
def page(open_page: Callable[..., Page], address: str) -> Page:
    return open_page(address)


def focus(page: Page, label: str) -> None:
    """Put the focus on a chart and press a key, as a reader without a pointer does; then wait for the chart."""
    page.focus(f"#{label} .plot")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"#{label} .plot[data-state=live]")
    page.wait_for_selector(TOOLTIP)


def press(page: Page, *keys: str) -> str:
    """Press keys and return what is read out."""
    for key in keys:
        page.keyboard.press(key)
    return str(page.text_content("#chart-voice"))


def test_arrow_keys_go_from_point_to_point_and_from_series_to_series(page: Page) -> None:
    focus(page, "fig-lines")
    # the first key was pressed before the chart was there, and was not lost
    assert page.text_content("#chart-voice") == "Estonia. Year: 2023. Value: 2.0% of GDP"
    assert press(page, "ArrowRight") == "Estonia. Year: 2024. Value: 3.3% of GDP"
    assert page.inner_text(TOOLTIP).split() == ["Estonia", "Year", "2024", "Value", "3.3%", "of", "GDP"]
    assert press(page, "ArrowDown") == "Latvia. Year: 2024. Value: 2.1% of GDP"
    assert press(page, "End") == "Latvia. Year: 2025. Value: 2.4% of GDP (estimate)"
    assert press(page, "ArrowRight", "ArrowUp") == "Estonia. Year: 2025. Value: 3.9% of GDP (estimate)"
    assert press(page, "Home") == "Estonia. Year: 2023. Value: 2.0% of GDP"
    # the other line steps back, as under the pointer
    assert page.locator("#fig-lines .mark-line path[opacity='0.2']").count() > 0


def test_escape_and_tab_leave_the_chart(page: Page) -> None:
    focus(page, "fig-bars")
    assert page.is_visible("#fig-bars .point-ring")
    assert press(page, "Escape") == ""
    assert not page.is_visible("#fig-bars .point-ring")
    assert not page.is_visible(TOOLTIP)
    press(page, "ArrowRight", "Tab")
    assert not page.is_visible(TOOLTIP)
    assert page.evaluate("document.activeElement.closest('.plot')") is None


def test_the_keyboard_finds_rows_and_panels_by_name(page: Page) -> None:
    focus(page, "fig-bars")
    assert page.text_content("#chart-voice") == "Estonia. What: Defence. Change: +2.0 points"
    assert press(page, "ArrowRight") == "Estonia. What: Health. Change: \u22120.1 points"
    assert press(page, "ArrowDown") == "Latvia. What: Health. Change: +3.0 points"
    focus(page, "fig-panels")
    assert page.text_content("#chart-voice") == "Estonia. Line: First. Year: 2023. Value: 2.0% of GDP"


def test_a_chart_says_what_it_is_and_how_to_use_it(page: Page) -> None:
    plot = page.locator("#fig-lines .plot")
    assert plot.get_attribute("tabindex") == "0"
    assert plot.get_attribute("role") == "application"
    assert page.locator(f"#{plot.get_attribute('aria-labelledby')}").is_visible()
    assert "arrow keys" in str(page.text_content(f"#{plot.get_attribute('aria-describedby')}"))
    assert page.get_attribute("#chart-voice", "role") == "status"
    page.focus("#fig-lines .highlights button:last-child")
    page.keyboard.press("Tab")
    assert plot.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_a_button_brings_one_country_forward_and_all_again(page: Page) -> None:
    button = page.locator("#fig-lines .highlights button", has_text="Latvia")
    button.focus()
    page.keyboard.press("Enter")  # before the chart is there
    page.wait_for_selector("#fig-lines .plot[data-state=live]")
    assert button.get_attribute("aria-pressed") == "true"
    back = page.locator("#fig-lines .set-back")
    blue, red = palette.COUNTRIES["EST"].light, palette.COUNTRIES["LVA"].light
    lines = "nodes => nodes.map(node => node.getAttribute('stroke'))"
    assert set(page.eval_on_selector_all("#fig-lines .mark-line .set-back", lines)) == {blue}
    assert red in page.eval_on_selector_all("#fig-lines .mark-line path:not(.set-back)", lines)
    page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "false"
    assert back.count() == 0


def test_a_tap_shows_the_nearest_point_also_the_one_that_wakes_the_chart(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(address)
    page.locator("#fig-lines .plot").scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('#fig-lines img').complete")
    page.locator("#fig-lines .plot img").tap(position={"x": 30, "y": 225})
    page.wait_for_selector("#fig-lines .plot[data-state=live]")
    page.wait_for_selector(TOOLTIP)
    assert "2023" in page.inner_text(TOOLTIP)
    box = page.locator(TOOLTIP).bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    context.close()


def test_the_buttons_need_scripts_and_the_picture_does_not(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.is_visible("#fig-lines img")
    assert not page.is_visible("#fig-lines .highlights")
    context.close()


def test_buttons_come_from_the_chart_in_its_colours() -> None:
    highlight = read_highlight(CHARTS["fig-lines"].to_dict(validate=False))
    estonia = palette.COUNTRIES["EST"]
    assert highlight is not None
    assert highlight.field == "series"
    assert highlight.series[0] == Series("EST", "Estonia", estonia.light, estonia.dark)
    one = chart_lines(SHARES[SHARES["iso3"] == "EST"], y="share", unit="% of GDP")
    assert read_highlight(one.to_dict(validate=False)) is None  # nothing to choose
