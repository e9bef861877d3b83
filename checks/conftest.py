"""What the checks share: the build, a browser, a server, and the summary at the end."""

import functools
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from checks.build import Build
from checks.findings import Findings, Summary
from checks.tools import ROOT, chromium, end_browsers

SUMMARY = pytest.StashKey[Summary]()

PATIENCE = 300
"""Seconds for a test with a browser; the longest takes a minute on a busy machine."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--build DIR`: another build than the project's own."""
    parser.addoption("--build", type=Path, default=ROOT / "_build", help="the folder that `make report` wrote")


def pytest_configure(config: pytest.Config) -> None:
    """Start the summary."""
    config.stash[SUMMARY] = Summary()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests of a page run for the sample, those of an extreme for its extremes, tests of a PDF for every paper size."""
    build = Build(metafunc.config.getoption("build").resolve())
    if "page_name" in metafunc.fixturenames:
        metafunc.parametrize("page_name", build.sample)
    if "extreme" in metafunc.fixturenames:
        metafunc.parametrize("extreme", build.extremes)
    if "pdf" in metafunc.fixturenames:
        metafunc.parametrize("pdf", build.pdfs, ids=[pdf.name for pdf in build.pdfs])


def pytest_terminal_summary(terminalreporter: "pytest.TerminalReporter", config: pytest.Config) -> None:
    """Print the table and write it next to the build."""
    summary = config.stash[SUMMARY]
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport) and report.when == "call":
                summary.take(report.user_properties)
    if summary.rows():
        file = config.getoption("build") / "checks" / "summary.json"
        summary.write(file)
        terminalreporter.section("checkers")
        for line in summary.lines():
            terminalreporter.write_line(line)
        terminalreporter.write_line(f"written to {file}")


@pytest.fixture(scope="session")
def build(pytestconfig: pytest.Config) -> Build:
    """The build that is checked."""
    build = Build(pytestconfig.getoption("build").resolve())
    if not build.pages:
        pytest.fail(f"no site in {build.folder}; run: make report", pytrace=False)
    return build


@pytest.fixture(scope="session")
def launch() -> Iterator[Callable[[], Browser]]:
    """Give the Chromium of all tests; a new one when it was ended."""
    with sync_playwright() as playwright:
        running: list[Browser] = []

        def browser() -> Browser:
            if not running or not running[-1].is_connected():
                options = ["--no-sandbox", "--disable-gpu"]
                running.append(playwright.chromium.launch(executable_path=chromium(), args=options))
            return running[-1]

        yield browser
        for one in running:
            one.close()


@pytest.fixture
def browser(launch: Callable[[], Browser]) -> Iterator[Browser]:
    """One Chromium for all pages; ended when it keeps a test waiting for ever, for some calls know no limit."""
    browser = launch()
    watch = threading.Timer(PATIENCE, end_browsers)
    watch.start()
    yield browser
    watch.cancel()


class QuietHandler(SimpleHTTPRequestHandler):
    """A plain file server that keeps no log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[[Path], str]]:
    """Serve folders on ports of their own; gives the address of the top."""
    servers: list[ThreadingHTTPServer] = []

    @functools.cache
    def start(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=str(folder))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_address[1]}/"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def findings(record_property: Callable[[str, object], None]) -> Findings:
    """Where a test puts what its checkers found."""
    return Findings(record_property)
