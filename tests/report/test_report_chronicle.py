"""A published chronicle in a real browser: a category and years chosen, and the keys among what is left."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from playwright.sync_api import Page

from baltic_calculus.exhibits import Event, chart_chronicle

LABEL = "fig-years"
EVENTS = pd.DataFrame(
    {
        "lane": ["air", "land", "air", "air", "land"],
        "event": ["first", "second", "third", "fourth", "fifth"],
        "starts": [2004.25, 2023.5, 2024.2, 2025.5, 2026.0],
        "ends": [2004.25, 2023.5, 2024.2, 2025.5, 2026.25],
        "evidence": ["read", "read", "read", "not verified", "read"],
        "confidence": ["medium", "medium", "medium", "low", "medium"],
    }
)
MARKS = f"[...document.querySelectorAll('#{LABEL} .live .mark-symbol.role-mark path')]"
DRAWN = f"{MARKS}.map(path => path.__data__.datum.detail_0).sort().join()"


@pytest.fixture(scope="module")
def address(publish_charts: Callable[..., str]) -> str:
    chart = chart_chronicle(
        EVENTS,
        row="lane",
        start="starts",
        end="ends",
        kind="evidence",
        kinds=("read", "not verified"),
        details={"Event": "event"},
        order=["air", "land"],
        since=2024,
        label="Lane",
        events=[Event(2022, "early"), Event("2025-06-25", "late")],
    )
    return publish_charts({LABEL: chart})


def expect(page: Page, drawn: str) -> None:
    """Wait until these events are drawn."""
    page.wait_for_selector(f"#{LABEL} .plot[data-state=live]")
    page.wait_for_function(f"() => {DRAWN} === '{drawn}'")


def slide(page: Page, name: str, year: int) -> None:
    page.eval_on_selector(
        f"#{LABEL}-{name}",
        "(slider, value) => { slider.value = value;"
        " ['input', 'change'].forEach(kind => slider.dispatchEvent(new Event(kind, {bubbles: true}))); }",
        year,
    )


def test_a_lane_and_years_are_chosen_and_reset(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(address)
    page.select_option(f"#{LABEL}-lane_shown", "Land")
    expect(page, "fifth,second")
    page.wait_for_function("() => document.getElementById('chart-voice').textContent === 'Land, 2023 to 2026'")
    page.select_option(f"#{LABEL}-lane_shown", "all")
    slide(page, "from_year", 2024)
    expect(page, "fifth,fourth,third")
    slide(page, "to_year", 2025)
    expect(page, "fourth,third")
    # years without the early rule have only the late one; each year shown is printed
    texts = page.locator(f"#{LABEL} .live text").all_text_contents()
    assert ("late" in texts, "early" in texts) == (True, False)
    assert {"2024", "2025"} <= set(texts)
    page.click(f"#{LABEL} .controls button")
    expect(page, "fifth,first,fourth,second,third")


def test_an_end_before_the_beginning_shows_one_year(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(address, width=390)
    slide(page, "from_year", 2025)
    slide(page, "to_year", 2010)
    page.locator(f"#{LABEL} .plot").scroll_into_view_if_needed()
    expect(page, "fourth")


def test_the_keys_reach_what_is_drawn_and_nothing_else(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(address)
    page.select_option(f"#{LABEL}-lane_shown", "Land")
    expect(page, "fifth,second")
    page.focus(f"#{LABEL} .plot")
    heard = []
    for _ in range(4):
        page.keyboard.press("ArrowRight")
        heard.append(page.text_content("#chart-voice"))
    # the last one stays
    assert heard == ["Land. Event: second", "Land. Event: fifth", "Land. Event: fifth", "Land. Event: fifth"]
