"""Pointing at a chart in a real browser: the tooltip names the series, and the other series step back."""

import json

import pandas as pd
import pytest
import vl_convert
from playwright.sync_api import Browser, Page

from baltic_calculus.exhibits import chart_bars, chart_line_panels, chart_lines, chart_stacked_bars

SHARES = pd.DataFrame(
    {
        "iso3": ["EST", "EST", "LVA", "LVA"],
        "year": [2024, 2025, 2024, 2025],
        "value": [3.3, 3.9, 2.1, 2.4],
        "flag": ["", "estimate", "", "estimate"],
    }
)
LAST = SHARES[SHARES["year"] == 2025]
CHARTS = {
    "lines": (chart_lines(SHARES, y="value", unit="% of GDP"), ".mark-symbol path[opacity='0']", "Estonia"),
    "line_panels": (chart_line_panels(SHARES, y="value", unit="% of GDP"), ".mark-symbol path[opacity='0']", "Estonia"),
    "bars": (chart_bars(LAST, category="iso3", value="value", unit="% of GDP"), ".mark-rect path", "Estonia"),
    "stacked_bars": (chart_stacked_bars(SHARES, y="value", part="iso3", unit="% of GDP"), ".mark-rect path", "Estonia"),
}


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    bundle = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version="6.4")
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.set_content("<div id=chart></div>")
    page.add_script_tag(content=bundle, type="module")
    page.wait_for_function("() => Boolean(window.vegaEmbed)")
    return page


def show(page: Page, chart) -> None:
    page.mouse.move(880, 690)
    draw = "spec => vegaEmbed('#chart', spec, {renderer: 'svg', actions: false}).then(() => null)"
    page.evaluate(draw, json.loads(json.dumps(chart.to_dict())))
    page.wait_for_selector("#chart svg")


@pytest.mark.parametrize("form", CHARTS)
def test_the_tooltip_says_what_is_under_the_pointer(page, form):
    chart, mark, name = CHARTS[form]
    show(page, chart)
    page.locator(mark).first.hover(force=True)
    page.wait_for_selector("#vg-tooltip-element.visible")
    words = page.inner_text("#vg-tooltip-element")
    assert name in words
    assert "3.3% of GDP" in words or "3.9% of GDP (estimate)" in words
    assert "undefined" not in words


def test_the_other_lines_step_back_and_come_forward_again(page):
    show(page, CHARTS["lines"][0])
    opacities = "nodes => nodes.map(node => node.getAttribute('opacity') ?? '1')"
    lines = ".mark-line path"
    assert set(page.eval_on_selector_all(lines, opacities)) == {"1"}
    page.locator(".mark-symbol path[opacity='0']").first.hover(force=True)
    page.wait_for_function("() => document.querySelector(\".mark-line path[opacity='0.2']\")")
    assert sorted(set(page.eval_on_selector_all(lines, opacities))) == ["0.2", "1"]
    page.mouse.move(880, 690)
    page.wait_for_function("() => !document.querySelector(\".mark-line path[opacity='0.2']\")")
