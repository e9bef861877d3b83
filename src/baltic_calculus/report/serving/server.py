"""The server: answers from the build folder, and a socket to every open page."""

import asyncio
import errno
import json
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.web import Application, RequestHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.serving.pages import KINDS, OWN, Answer, Pages
from baltic_calculus.report.serving.rebuild import Rebuilder

PORTS_TRIED = 20
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIVE = Path(__file__).parent
"""Folder of live.js and live.css, which belong to the server and not to the theme."""


class LiveSite:
    """The site that is served, how its build goes, and the pages that show it.

    Parameters
    ----------
    root : Path
        Project folder.
    arguments : sequence of str
        Options of ``baltic build``.
    say : callable
        Prints a line.
    """

    def __init__(self, root: Path, arguments: Sequence[str], say: Callable[[str], None]) -> None:
        self.pages = Pages(root / "_build")
        self.rebuilder = Rebuilder(root, arguments, say, self.tell)
        self.sockets: set[LiveSocket] = set()

    def state(self) -> str:
        """What open pages are told: which site there is now, whether one is being built, why the last build failed."""
        failure = self.rebuilder.failure
        state = {
            "version": self.pages.version,
            "building": self.rebuilder.is_building,
            "failure": asdict(failure) if failure else None,
        }
        return json.dumps(state)

    def tell(self) -> None:
        """Tell all open pages."""
        state = self.state()
        for page in tuple(self.sockets):
            page.send(state)


class FileHandler(RequestHandler):
    """A file of the site, or of the server itself; nothing is kept by the browser."""

    def initialize(self, site: LiveSite) -> None:
        """Take what the application gives."""
        self.site = site

    def set_default_headers(self) -> None:
        """Let the browser ask anew each time, and believe the type it is told."""
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")

    def compute_etag(self) -> None:
        """Nothing is kept, so nothing is compared."""

    def get(self) -> None:
        """Answer with content."""
        answer = self._answer()
        self.set_status(answer.status)
        self.set_header("Content-Type", answer.kind)
        if answer.location:
            self.set_header("Location", answer.location)
        self.finish(answer.content)

    def head(self) -> None:
        """Answer without content."""
        self.get()

    def _answer(self) -> Answer:
        if self.request.path in (f"{OWN}live.js", f"{OWN}live.css"):
            path = LIVE / self.request.path.removeprefix(OWN)
            return Answer(200, KINDS[path.suffix], path.read_bytes())
        return self.site.pages.answer(self.request.path)


class LiveSocket(WebSocketHandler):
    """The line to one open page; only pages of this server may open one."""

    def initialize(self, site: LiveSite) -> None:
        """Take what the application gives."""
        self.site = site

    def open(self, *arguments: str, **named: str) -> None:
        """Tell a page that was just opened how things are."""
        self.site.sockets.add(self)
        self.send(self.site.state())

    def on_message(self, message: str | bytes) -> None:
        """Pages have nothing to say."""

    def on_close(self) -> None:
        """Forget a page that was closed."""
        self.site.sockets.discard(self)

    def send(self, state: str) -> None:
        """Tell the page, unless it is closing."""
        try:
            self.write_message(state)
        except WebSocketClosedError:
            self.site.sockets.discard(self)


def routes(site: LiveSite) -> list[tuple[str, type[RequestHandler], dict[str, LiveSite]]]:
    """Which handler answers which address."""
    given = {"site": site}
    return [(f"{OWN}live", LiveSocket, given), (r"/.*", FileHandler, given)]


async def serve(
    root: Path,
    host: str,
    port: int,
    arguments: Sequence[str],
    *,
    say: Callable[[str], None],
    show: Callable[[str], object] | None,
) -> None:
    """Serve the site of the project in ``root`` until Ctrl-C, and build it whenever something is edited.

    Parameters
    ----------
    root : Path
        Project folder.
    host, port : str and int
        Where to listen; the next free port when this one is taken.
    arguments : sequence of str
        Options of ``baltic build``.
    say : callable
        Prints a line.
    show : callable or None
        Is given the address when the server listens, as `webbrowser.open`.

    Raises
    ------
    ConfigurationError
        When no port is free, the address is not of this machine, or the files cannot be watched.
    """
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in ENDING:
        loop.add_signal_handler(number, ended.set)
    site = LiveSite(root, arguments, say)
    found = listen(host, port)
    server = HTTPServer(Application(routes(site), compress_response=True, websocket_ping_interval=30))
    server.add_sockets([found])
    address = _address(host, found)
    if port and found.getsockname()[1] != port:
        say(f"port {port} is taken")
    say(f"serving {address} (Ctrl-C ends it)")
    if show:
        show(address)
    waiting = asyncio.create_task(ended.wait())
    building = asyncio.create_task(site.rebuilder.run())
    try:
        await asyncio.wait((waiting, building), return_when=asyncio.FIRST_COMPLETED)
    finally:
        server.stop()
        waiting.cancel()
        building.cancel()
        await asyncio.gather(waiting, building, return_exceptions=True)
    if not building.cancelled():
        building.result()  # raises what ended it


def listen(host: str, port: int) -> socket.socket:
    """Listen on a port, or on the first free one after it.

    Raises
    ------
    ConfigurationError
        When none of them is free, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in range(port, min(port + (PORTS_TRIED if port else 1), 65536)):
        try:
            found = socket.create_server((host, number), family=family)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise ConfigurationError(
                    f"cannot listen there: {error}", where=f"{host}:{number}", remedy="choose with --host and --port"
                ) from None
        else:
            found.setblocking(False)
            return found
    raise ConfigurationError(
        "no port is free", where=f"{host}:{port} to {port + PORTS_TRIED - 1}", remedy="choose another with --port"
    )


def _address(host: str, found: socket.socket) -> str:
    """The address as it is typed into a browser."""
    shown = "localhost" if host in ("", "0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104
    return f"http://{shown}:{found.getsockname()[1]}/"
