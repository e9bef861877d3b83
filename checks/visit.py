"""A page in Chromium the way a reader has it, and everything that it asks for and complains about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from playwright.sync_api import TimeoutError as TooSlow

from checks.fault import Fault
from checks.movement import WATCH, HeldFonts
from checks.weight import BUDGET

SETTLED = """
() => Promise.race([
  Promise.allSettled(document.getAnimations().map((one) => one.finished)),
  new Promise((done) => setTimeout(done, 2000)),
]).then(() => 0)
"""


SCROLLED = """
(place) => new Promise((seen) => {
  scrollTo(0, place);
  requestAnimationFrame(() => requestAnimationFrame(seen));
})
"""
"""A busy page draws seldom, and a chart that is scrolled over between two frames was never in sight."""


@dataclass(frozen=True)
class Reader:
    """How somebody looks at the site."""

    name: str
    width: int = 1366
    height: int = 900
    dark: bool = False
    scripts: bool = True
    late_fonts: bool = False
    """Fonts come when the page has been drawn without them."""


LIGHT = Reader("light")
DARK = Reader("dark", dark=True)
PHONE = Reader("phone", width=390, height=844)
NO_SCRIPT = Reader("no-script", scripts=False)
SLOW_LINE = Reader("slow line", late_fonts=True)
SLOW_PHONE = Reader("phone on a slow line", width=390, height=844, late_fonts=True)

NOT_LIVE = """
() => Array.from(document.querySelectorAll("[data-chart]"))
  .filter((plot) => !plot.matches("[data-state=live]") && !plot.querySelector("[data-state=live]"))
  .map((plot) => plot.dataset.chart)
"""


@dataclass
class Visit:
    """An open page with its log."""

    page: Page
    name: str
    top: str
    """Address of the site's top folder; whatever is not below it is outside."""
    requests: list[str] = field(default_factory=list)
    complaints: list[Fault] = field(default_factory=list)
    patience: int = 90_000
    """Milliseconds that charts get to become interactive."""

    def note_request(self, request: Request) -> None:
        """Remember what the page asks for."""
        self.requests.append(request.url)

    def note_message(self, message: ConsoleMessage) -> None:
        """Remember errors and warnings on the console."""
        if message.type in ("error", "warning"):
            place = PurePosixPath(urlsplit(message.location.get("url", "")).path).name
            self.complaints.append(Fault(self.name, place, f"console {message.type}", message.text))

    def note_error(self, error: Exception) -> None:
        """Remember what a script threw."""
        self.complaints.append(Fault(self.name, "", "script error", str(error)))

    def outside_requests(self) -> list[Fault]:
        """Everything asked of anybody but the site itself."""
        own = (self.top, "data:", "blob:", "about:")
        return [
            Fault(self.name, address, "outside request", "the site must stand alone")
            for address in self.requests
            if not address.startswith(own)
        ]

    def read_through(self) -> list[Fault]:
        """Move the pointer, scroll to the end, and wait for the charts; those that stay pictures are faults."""
        page = self.page
        page.mouse.move(30, 200)
        page.mouse.move(200, 300)
        step = int(page.evaluate("innerHeight * 0.8"))
        place, end = 0, 1
        while place < end:
            end = int(page.evaluate("document.documentElement.scrollHeight - innerHeight"))
            place = min(place + step, end)
            page.evaluate(SCROLLED, place)
        try:
            page.wait_for_function(f"() => ({NOT_LIVE})().length === 0", timeout=self.patience)
        except TooSlow:
            return [
                Fault(self.name, f"[data-chart={chart}]", "chart", "stays a picture after the page was read through")
                for chart in page.evaluate(NOT_LIVE)
            ]
        return []

    def open_disclosures(self) -> None:
        """Open whatever can be opened, and give the scripts that fill it their turn."""
        self.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        self.page.wait_for_timeout(150)

    def settle(self) -> None:
        """Wait until whatever changes by degrees has changed, but not for what does so for ever or out of sight."""
        self.page.evaluate(SETTLED)

    def switch_theme(self, theme: str) -> None:
        """Press the switch, which goes round, until the page is `theme`."""
        for _ in range(3):
            self.page.evaluate("document.getElementById('theme-switch').click()")
            if self.page.evaluate("document.documentElement.dataset.theme") == theme:
                break
        self.settle()

    def weight(self, site: Path) -> list[Fault]:
        """Too many bytes before the reader does anything, counted as files, that is, unpacked."""
        self.page.wait_for_load_state("networkidle")
        own = {urlsplit(address)._replace(query="", fragment="").geturl() for address in self.requests}
        files = {unquote(address.removeprefix(self.top)) for address in own if address.startswith(self.top)}
        sizes = {name: (site / name).stat().st_size for name in files if (site / name).is_file()}
        total = sum(sizes.values())
        if total <= BUDGET:
            return []
        largest = sorted(sizes, key=sizes.__getitem__, reverse=True)[:6]
        listed = ", ".join(f"{name} {sizes[name]:,}" for name in largest)
        return [Fault(self.name, "", "page weight", f"{total:,} bytes, more than {BUDGET:,}: {listed}")]

    def sideways(self, widths: tuple[int, ...]) -> list[Fault]:
        """Widths at which the page scrolls sideways, and by how much."""
        faults = []
        for width in widths:
            self.page.set_viewport_size({"width": width, "height": 844})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                faults.append(Fault(self.name, f"{width} px", "sideways scrolling", f"the page is {wide} px wide"))
        return faults


@contextmanager
def visit(browser: Browser, top: str, name: str, reader: Reader) -> Iterator[Visit]:
    """Open a page of the site below `top` and log all that it does."""
    context = browser.new_context(
        viewport={"width": reader.width, "height": reader.height},
        color_scheme="dark" if reader.dark else "light",
        has_touch=reader in (PHONE, SLOW_PHONE),
        reduced_motion="reduce",
    )
    try:
        page = context.new_page()
        page.set_default_timeout(90_000)
        log = Visit(page, name, top)
        page.on("request", log.note_request)
        page.on("console", log.note_message)
        page.on("pageerror", log.note_error)
        if reader.scripts:
            page.add_init_script(WATCH)
            if reader.late_fonts:
                fonts = HeldFonts()
                page.route("**/*.woff2", fonts.answer)
                page.goto(top + name, wait_until="domcontentloaded")
                fonts.let_go(page)
            else:
                page.goto(top + name, wait_until="load")
        else:
            # The page is read and drawn without scripts; only then is the driver allowed to run the checker in it.
            protocol = context.new_cdp_session(page)
            protocol.send("Emulation.setScriptExecutionDisabled", {"value": True})
            page.goto(top + name, wait_until="load")
            protocol.send("Emulation.setScriptExecutionDisabled", {"value": False})
        yield log
    finally:
        context.close()
