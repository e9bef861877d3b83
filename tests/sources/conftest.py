"""A publisher on this machine: a real HTTPS server whose answers the tests write; and workbooks gone wrong."""

import os
import random
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from openpyxl import Workbook

from baltic_calculus import catalog
from baltic_calculus.errors import DataError


class Exchange(BaseHTTPRequestHandler):
    """One request to the server, and what a test does with it."""

    protocol_version = "HTTP/1.1"
    server: "PublisherServer"

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requests.append((path, dict(self.headers)))
        script = self.server.scripts.get(path)
        # the one who asks may hang up whenever it has seen enough
        with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
            if script is None:
                self.answer(404, b"<html>Not found</html>", {"Content-Type": "text/html"})
            else:
                script(self)
        self.close_connection = True

    def answer(self, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
        """Send all of an answer; headers given here replace the usual ones."""
        self.begin(status, {"Content-Length": str(len(body)), **(headers or {})})
        self.wfile.write(body)

    def begin(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: `requests` of the server holds them."""


Script = Callable[[Exchange], None]


class PublisherServer(ThreadingHTTPServer):
    """Answers by the script of a path, and remembers the requests."""

    daemon_threads = True

    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), Exchange)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.scripts: dict[str, Script] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.over = threading.Event()
        """Set when the test is over: what waits for ever waits for this."""

    @property
    def host(self) -> str:
        return f"localhost:{self.server_port}"

    def address(self, path: str) -> str:
        return f"https://{self.host}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of those who hung up during the handshake."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of localhost and of all publishers' hosts that is its own authority, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    publishers = catalog.default_catalog().file.publishers.values()
    hosts = ["localhost", *sorted({host for each in publishers for host in each.hosts})]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "localhost.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def server(certificate: Path) -> Iterator[PublisherServer]:
    """A server that does not have the trust of anybody yet."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with PublisherServer(context) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def trusted(server: PublisherServer, certificate: Path, monkeypatch: pytest.MonkeyPatch) -> PublisherServer:
    """The server, to whoever reads SSL_CERT_FILE."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return server


ALTERED_WORKBOOKS = int(os.environ.get("BALTIC_ALTERED_WORKBOOKS", "12"))
"""Workbooks of each layout; BALTIC_ALTERED_WORKBOOKS=2000 asks for more."""

ODD_VALUES = (None, "", "..", "x", "#REF!", -1.5, 1e300, True, "2024e", "99999", "=1+1", "1 2", "<b>", "\u202e", 0)
"""What somebody may leave in a cell where a number, a year or a name belongs."""


@pytest.fixture
def check_altered_cells(record_figure: Callable[[str, object], None]) -> Callable[..., None]:
    """Read a workbook again and again, each time with other cells altered: all is read, or refused with a reason.

    ``check_altered_cells("NATO, 2026", write, read)``: ``write`` makes the workbook after a change of its cells.
    """

    def check(layout: str, write: Callable[[Callable[[Workbook], None]], bytes], read: Callable[[bytes], Any]) -> None:
        chance = random.Random(layout)  # noqa: S311
        refusals = []
        for _ in range(ALTERED_WORKBOOKS):

            def alter(book: Workbook) -> None:
                for _ in range(chance.randint(1, 4)):
                    sheet = chance.choice(book.worksheets)
                    place = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
                    sheet.cell(*place).value = chance.choice(ODD_VALUES)

            try:
                frame = read(write(alter)).frame
            except DataError as error:
                refusals.append(error)
            else:
                assert frame["value"].abs().max() != float("inf")
        assert 0 < len(refusals) < ALTERED_WORKBOOKS
        assert all(error.what and error.where and error.remedy for error in refusals)
        record_figure(f"altered workbooks, {layout}", ALTERED_WORKBOOKS)
        record_figure(f"altered workbooks refused with a reason, {layout}", len(refusals))

    return check
