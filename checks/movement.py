"""Text that jumps while a page is read, and a first view that comes late.

Fonts are the usual reason why text jumps, and from a server on the same machine they hardly ever come late. So they are
held back here until the page has been drawn without them, and then let go: that is a slow line at its worst, and the
same on a fast machine and on a busy one.
"""

from dataclasses import dataclass, field

from playwright.sync_api import Page, Route

from checks.fault import Fault

MOST_SHIFT = 0.05
LATEST_PAINT = 2500
"""Milliseconds until the largest thing in view is drawn."""

WATCH = """
window.checkedMovement = { shift: 0, paint: 0, moved: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (entry.hadRecentInput) continue;
    checkedMovement.shift += entry.value;
    for (const source of entry.sources) {
      const node = source.node && (source.node.tagName ? source.node : source.node.parentElement);
      if (node) checkedMovement.moved.push(node.tagName.toLowerCase() + (node.id ? "#" + node.id : ""));
    }
  }
}).observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) checkedMovement.paint = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""

DRAWN_TWICE = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 0))))"
)


@dataclass
class HeldFonts:
    """Fonts that a page asked for and that have not been given to it yet."""

    waiting: list[Route] = field(default_factory=list)
    held: bool = True

    def answer(self, route: Route) -> None:
        """Keep a request waiting until the fonts are let go."""
        if self.held:
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self, page: Page) -> None:
        """Wait until the page is drawn, give it its fonts, and wait until it is drawn with them."""
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        page.evaluate(DRAWN_TWICE)
        self.held = False
        for route in self.waiting:
            route.continue_()
        page.wait_for_load_state("load")
        page.evaluate("() => document.fonts.ready.then(() => true)")
        page.evaluate(DRAWN_TWICE)


def moved_by_itself(page: Page, name: str) -> list[Fault]:
    """What moved since the page was opened without the reader having done anything."""
    page.evaluate(DRAWN_TWICE)
    seen = page.evaluate("checkedMovement")
    if seen["shift"] <= MOST_SHIFT:
        return []
    moved = ", ".join(sorted(set(seen["moved"])))
    return [Fault(name, moved, "layout shift", f"{seen['shift']:.3f}, more than {MOST_SHIFT}")]


def largest_paint(page: Page) -> float:
    """Milliseconds after which the largest thing in the first view was drawn."""
    page.wait_for_function("() => checkedMovement.paint > 0")
    return float(page.evaluate("checkedMovement.paint"))


def late_paint(name: str, paints: list[float]) -> list[Fault]:
    """A first view that came late each time it was opened: what others took longer is the machine's doing."""
    soonest = min(paints)
    if soonest <= LATEST_PAINT:
        return []
    times = f"after {soonest:.0f} ms at best of {len(paints)}"
    return [Fault(name, "", "largest paint", f"{times}, later than {LATEST_PAINT}")]
