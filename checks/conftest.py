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
from checks.tools import ROOT, chromium

SUMMARY = pytest.StashKey[Summary]()


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
def browser() -> Iterator[Browser]:
    """One Chromium for all pages."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


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
