"""Sliders of a published chart, moved in a real browser from a file: what the page computes is what the model gives."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from baltic_calculus.analysis.debt_model import DefencePath, FinancingMix, project_debt
from baltic_calculus.analysis.debt_what_if import WhatIf
from baltic_calculus.analysis.reinforcement_what_if import FlowWhatIf
from baltic_calculus.exhibits import Reference, chart_debt_what_if, chart_flow_what_if
from baltic_calculus.report.chart_controls import read_controls
from baltic_calculus.report.small_chart import simplify

LABEL, FLOW = "fig-try", "fig-flow-try"
RANGES = {
    "share_gdp_pct": (2, 8),
    "taxes_pct": (0, 100),
    "reallocation_pct": (0, 100),
    "real_growth_pct": (1.2, 3.4),
    "marginal_rate_pct": (2.4, 4.7),
    "multiplier": (0, 1.4),
}
LINE = "#{} .mark-line path"
"""The line that moves, of a figure."""
ROWS = "path => path.__data__.mark.items.map(item => item.datum)"
ENDS = (
    "([line, end, tolerance]) => "
    "Math.abs(document.querySelector(line).__data__.mark.items.at(-1).datum.y - end) < tolerance"
)


@pytest.fixture(scope="module")
def chart(what_ifs: tuple[WhatIf, ...]) -> Any:
    return chart_debt_what_if(what_ifs, ranges=RANGES, last_year=2035, reference=Reference(60, "reference value"))


@pytest.fixture(scope="module")
def address(publish_charts: Callable[..., str], chart: Any, flow_what_if: FlowWhatIf) -> str:
    return publish_charts({LABEL: chart, FLOW: chart_flow_what_if(flow_what_if)})


def move(page: Page, name: str, value: float, figure: str = LABEL) -> None:
    """Put a slider somewhere, as a pointer does: all between is passed over."""
    page.eval_on_selector(
        f"#{figure}-{name}",
        "(slider, value) => { slider.value = value;"
        " ['input', 'change'].forEach(kind => slider.dispatchEvent(new Event(kind, {bubbles: true}))); }",
        str(value),
    )


def drawn(page: Page, expected: list[float], figure: str = LABEL, tolerance: float = 1e-9) -> list[dict[str, float]]:
    """The rows of the line, once the chart is there and ends where it should."""
    line = LINE.format(figure)
    page.wait_for_selector(f"#{figure} .plot[data-state=live]")
    page.wait_for_function(ENDS, arg=[line, expected[-1], tolerance])
    rows: list[dict[str, float]] = page.eval_on_selector(line, ROWS)
    assert [row["y"] for row in rows] == pytest.approx(expected, abs=tolerance)
    return rows


def shown(page: Page, figure: str = LABEL) -> dict[str, float]:
    """Values beside the sliders."""
    values = page.eval_on_selector_all(
        f"#{figure} .control input", "all => all.map(one => [one.name, one.previousElementSibling.textContent])"
    )
    return {name: float(value) for name, value in values}


def modelled(what_if: WhatIf, settings: dict[str, float]) -> list[float]:
    taxes, cuts = settings["taxes_pct"] / 100, settings["reallocation_pct"] / 100
    changed = {name: settings[name] for name in ("real_growth_pct", "marginal_rate_pct", "multiplier")}
    path = DefencePath(
        name="as set", share_gdp_pct=settings["share_gdp_pct"], transition_years=what_if.path.transition_years
    )
    mix = FinancingMix(borrowing=1 - taxes - cuts, taxes=taxes, reallocation=cuts)
    debt = project_debt(what_if.start, what_if.assumptions.model_copy(update=changed), path, mix, 2035)["debt_gdp_pct"]
    return [float(value) for value in debt]


def test_every_setting_gives_the_path_of_the_model(open_page, address: str, what_ifs: tuple[WhatIf, ...]) -> None:
    page = open_page(address)
    rng = np.random.default_rng(6)
    for one in what_ifs:
        page.select_option(f"#{LABEL}-country", one.start.iso3)
        plan = modelled(one, one.settings())
        settings = [{}, *({name: end} for name, ends in RANGES.items() for end in ends)]
        settings += [{name: rng.uniform(*ends) for name, ends in RANGES.items()} for _ in range(6)]
        for setting in settings:
            page.click(f"#{LABEL} .controls button")
            for name, value in setting.items():
                move(page, name, value)
            rows = drawn(page, modelled(one, shown(page)))
            assert [row["x"] for row in rows] == list(range(2025, 2036))
            assert [row["held"] for row in rows] == pytest.approx(plan, abs=1e-9)


def test_the_keyboard_moves_a_slider_before_the_chart_is_there(open_page, address: str, what_ifs) -> None:
    page = open_page(address)
    page.focus(f"#{LABEL}-share_gdp_pct")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowLeft")
    assert shown(page)["share_gdp_pct"] == 4.4  # 5.1 less a tenth of the range less a step
    rows = drawn(page, modelled(what_ifs[0], shown(page)))
    page.wait_for_selector("#chart-voice:not(:empty)", state="attached")
    said = page.text_content("#chart-voice")
    assert said.startswith("Estonia: defence at 4.4% of GDP, its rise all borrowed, growth 2.4%")
    assert f"Debt in 2035: {rows[-1]['y']:.1f}% of GDP; held at plan {rows[-1]['held']:.1f}" in said
    assert page.get_attribute(f"#{LABEL} .live svg", "aria-label") == said


def test_troops_arrive_as_in_the_model_whatever_is_set(open_page, address: str, flow_what_if: FlowWhatIf) -> None:
    page = open_page(address)
    page.locator(f"#{FLOW} .plot").scroll_into_view_if_needed()
    rng = np.random.default_rng(7)
    settings = [{name: rng.uniform(*ends) for name, ends in flow_what_if.ranges.items()} for _ in range(4)]
    settings += [{"road_vehicles_per_day": 0, "rail_trains_per_day": 0}, {"permit_days": 45}]
    for case in flow_what_if.cases:
        page.select_option(f"#{FLOW}-start_from", case)
        assert shown(page, FLOW) == flow_what_if.cases[case]
        for setting in [{}, *settings]:
            page.click(f"#{FLOW} .controls button")
            for name, value in setting.items():
                move(page, name, value, FLOW)
            rows = drawn(page, flow_what_if.arrivals(shown(page, FLOW)).tolist(), FLOW, 1e-5)
            assert [row["x"] for row in rows] == list(range(61))
            assert [row["held"] for row in rows] == pytest.approx(flow_what_if.arrivals({}).tolist(), abs=1e-5)


def test_a_key_moves_the_permits_and_the_voice_tells_both_deadlines(
    open_page, address: str, flow_what_if: FlowWhatIf
) -> None:
    page = open_page(address)
    page.focus(f"#{FLOW}-permit_days")
    page.keyboard.press("End")
    assert shown(page, FLOW)["permit_days"] == 45
    present = flow_what_if.arrivals({"permit_days": 45})
    drawn(page, present.tolist(), FLOW, 1e-5)
    page.wait_for_selector("#chart-voice:not(:empty)", state="attached")
    said = page.text_content("#chart-voice")
    assert said.startswith("100% of the force sent, permits after 45 days, by road 900 vehicles a day")
    assert said.endswith(f"In the region by day 10: {present[10]:,.0f}, day 30: {present[30]:,.0f}")


def test_taxes_and_cuts_never_exceed_the_whole(open_page, address: str) -> None:
    page = open_page(address)
    move(page, "taxes_pct", 70)
    move(page, "reallocation_pct", 50)
    assert (shown(page)["taxes_pct"], shown(page)["reallocation_pct"]) == (50, 50)


def test_a_country_brings_its_assumptions_and_reset_brings_them_back(open_page, address: str, what_ifs) -> None:
    page = open_page(address)
    move(page, "real_growth_pct", 1.5)
    page.select_option(f"#{LABEL}-country", "LTU")
    assert shown(page) == what_ifs[1].settings()  # 5.33 too, which lies between two steps
    move(page, "multiplier", 1.1)
    page.click(f"#{LABEL} .controls button")
    assert shown(page) == what_ifs[1].settings()
    assert page.input_value(f"#{LABEL}-country") == "LTU"
    drawn(page, modelled(what_ifs[1], what_ifs[1].settings()))
    page.wait_for_selector(f"#{LABEL} .live text:has-text('Lithuania: defence at 5.33% of GDP,')")


def test_nothing_moves_on_the_page_and_what_was_set_outlives_a_turn_of_the_screen(
    open_page, address: str, what_ifs
) -> None:
    page = open_page(address)

    def places() -> list[float]:
        return page.eval_on_selector_all(
            f"#{LABEL} .control, #{LABEL} .plot, #{LABEL} .exhibit-notes",
            "all => all.map(one => one.getBoundingClientRect()).flatMap(box => [box.top + scrollY, box.height])",
        )

    before = places()
    move(page, "share_gdp_pct", 8)
    move(page, "real_growth_pct", 1.2)
    expected = modelled(what_ifs[0], shown(page))
    drawn(page, expected)
    assert places() == pytest.approx(before, abs=0.5)
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(f"() => document.querySelector('#{LABEL} .live svg')?.viewBox.baseVal.width < 400")
    drawn(page, expected)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    heights = page.eval_on_selector_all(
        f"#{LABEL} .control :is(input, select, button)", "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 24


def test_every_control_has_a_name(open_page, address: str) -> None:
    page = open_page(address)
    figure = page.locator(f"#{LABEL}")
    for name in ("Defence, % of GDP", "Taxes, % of rise", "Real growth, %", "New-debt rate, %", "Multiplier"):
        assert figure.get_by_role("slider", name=name, exact=True).count() == 1
    assert figure.get_by_role("combobox", name="Country").count() == 1
    assert figure.get_by_role("button", name="Reset").count() == 1
    move(page, "multiplier", 1)
    page.wait_for_selector(f"#{LABEL} .plot[data-state=live]")
    assert page.locator(".vega-bindings").count() == 0  # the controls that Vega would draw itself


def test_without_scripts_the_picture_stands_alone(open_page, address: str) -> None:
    page = open_page(address, java_script_enabled=False)
    assert page.is_visible(f"#{LABEL} img")
    assert not page.is_visible(f"#{LABEL} .controls")


def test_a_chart_without_parameters_has_no_controls_and_one_computed_from_them_no_small_chart(chart: Any) -> None:
    specification = chart.to_dict(validate=False)
    controls = read_controls(specification)
    assert controls is not None
    assert controls.controls[0].options == (("EST", "Estonia"), ("LTU", "Lithuania"))
    assert (controls.controls[1].low, controls.controls[1].high) == RANGES["share_gdp_pct"]
    assert read_controls({"params": [{"name": "hover", "select": {"type": "point"}}]}) is None
    assert simplify(specification) is None
