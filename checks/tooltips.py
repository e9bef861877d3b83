"""What charts say of a value: by pointer, and by keyboard."""

import re

from playwright.sync_api import Page

from checks.fault import Fault

NAME = "tooltips"
NOTHING = re.compile(r"\b(undefined|NaN|null|Infinity)\b|\[object")
MOST_MARKS = 4
"""Marks of a chart that the pointer visits; what the others would say is read where the chart keeps it."""

TEXTS = """
(chart) => {
  const marks = Array.from(document.querySelectorAll(`[data-chart="${chart}"] .live svg *`), (mark) => mark.__data__);
  const text = (said) => typeof said !== "object" ? String(said)
    : Object.entries(said).map(([name, value]) => name + ": " + value).join("\\n");
  return [...new Set(marks.filter((item) => item && item.tooltip).map((item) => text(item.tooltip)))];
}
"""

MARKS = """
([chart, most]) => {
  const drawing = document.querySelector(`[data-chart="${chart}"] .live svg`);
  const marks = Array.from(drawing.querySelectorAll("path, text, image")).filter((mark) => {
    const item = mark.__data__;
    return item && item.tooltip && mark.getBoundingClientRect().width > 0;
  });
  return Array.from({ length: Math.min(most, marks.length) }, (_, place) => {
    const mark = marks[Math.floor((place * marks.length) / Math.min(most, marks.length))];
    mark.scrollIntoView({ block: "center" });
    const box = mark.getBoundingClientRect();
    return { x: box.x + box.width / 2 + scrollX, y: box.y + box.height / 2 + scrollY };
  });
}
"""

TOOLTIP = """
() => {
  const tooltip = document.querySelector("#vg-tooltip-element.visible");
  return tooltip ? tooltip.innerText : "";
}
"""


def check_tooltips(page: Page, name: str) -> list[Fault]:
    """Stand on a few marks of every live chart and read what appears; read of all what would appear."""
    faults = []
    for chart in page.evaluate("Array.from(document.querySelectorAll('[data-chart]'), (one) => one.dataset.chart)"):
        where = f"[data-chart={chart}]"
        marks = page.evaluate(MARKS, [chart, MOST_MARKS])
        texts = [text for text in (read_tooltip(page, mark) for mark in marks) if text]
        if not texts:
            faults.append(Fault(name, where, "tooltip", f"no tooltip on {len(marks)} marks that should have one"))
        texts += page.evaluate(TEXTS, chart)
        faults += [Fault(name, where, "tooltip", text) for text in texts if says_nothing(text)]
    return faults


def read_tooltip(page: Page, mark: dict[str, float]) -> str:
    """Move the pointer onto a place in the page and read the tooltip."""
    place = page.evaluate(
        """(mark) => {
          scrollTo(0, mark.y - innerHeight / 2);
          return { x: mark.x - scrollX, y: mark.y - scrollY };
        }""",
        mark,
    )
    page.mouse.move(place["x"] + 1, place["y"])
    page.mouse.move(place["x"], place["y"])
    page.wait_for_timeout(20)
    return str(page.evaluate(TOOLTIP))


def says_nothing(text: str) -> bool:
    """A tooltip with a hole where a value should be, or with no value at all."""
    return bool(NOTHING.search(text)) or not text.strip()
