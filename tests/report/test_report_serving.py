"""The server's answers: types, the live script, no caching, nothing outside the site; and a port that is free."""

import asyncio
import gzip
import http.client
import json
import socket
import threading
from types import SimpleNamespace

import pytest
from tornado.httpserver import HTTPServer
from tornado.web import Application

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.publish import lock
from baltic_calculus.report.serving.failure import describe_failure
from baltic_calculus.report.serving.pages import Pages, with_live_script
from baltic_calculus.report.serving.rebuild import Rebuilder
from baltic_calculus.report.serving.server import LiveSite, listen, routes


@pytest.fixture
def build(tmp_path):
    """A build folder with a site, and something beside it that is nobody's business."""
    site = tmp_path / "_build" / "site"
    (site / "profiles").mkdir(parents=True)
    (site / "index.html").write_text("<html><body><p>Šķēle</p></body></html>", encoding="utf-8")
    (site / "profiles" / "index.html").write_text("<body>profiles</body>")
    (site / "a b.csv").write_text("a,b\n" * 1000)
    for name in ("site.css", "site.js", "font.woff2", "chart.svg", "spec.vl.json", "report.pdf", "one.ipynb"):
        (site / name).write_text("x")
    (tmp_path / "_build" / "secret.txt").write_text("secret")
    (site / "link.txt").symlink_to(tmp_path / "_build" / "secret.txt")
    return tmp_path / "_build"


@pytest.fixture
def server(build):
    """A connection to a real server over the build folder; nothing is built."""
    found = listen("127.0.0.1", 0)
    started, ended = threading.Event(), SimpleNamespace()

    async def serve():
        site = LiveSite(build.parent, (), lambda line: None)
        server = HTTPServer(Application(routes(site), compress_response=True))
        server.add_sockets([found])
        ended.event, ended.loop = asyncio.Event(), asyncio.get_running_loop()
        started.set()
        await ended.event.wait()
        server.stop()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    assert started.wait(120)
    connection = http.client.HTTPConnection("127.0.0.1", found.getsockname()[1], timeout=120)
    yield connection
    connection.close()
    ended.loop.call_soon_threadsafe(ended.event.set)
    thread.join(120)


def ask(server, address, method="GET", **headers):
    server.request(method, address, headers=headers)
    answer = server.getresponse()
    return answer, answer.read()


def test_page_holds_the_live_script_and_its_file_does_not(server, build):
    answer, body = ask(server, "/")
    version = Pages(build).version
    assert answer.status == 200
    script = f'<script src="/-/live.js" data-version="{version}" defer></script>'
    assert body.decode() == f"<html><body><p>Šķēle</p>{script}</body></html>"
    assert "live.js" not in (build / "site" / "index.html").read_text(encoding="utf-8")
    for name in ("live.js", "live.css"):
        assert ask(server, f"/-/{name}")[0].status == 200


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("", "text/html; charset=utf-8"),
        ("site.css", "text/css; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("font.woff2", "font/woff2"),
        ("chart.svg", "image/svg+xml"),
        ("spec.vl.json", "application/json"),
        ("a%20b.csv?version=2", "text/csv; charset=utf-8"),
        ("report.pdf", "application/pdf"),
        ("one.ipynb", "application/x-ipynb+json"),
    ],
)
def test_each_file_has_its_type_and_is_not_kept(server, name, kind):
    answer, _ = ask(server, f"/{name}")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == kind
    assert answer.getheader("Cache-Control") == "no-store"
    assert answer.getheader("ETag") is None


def test_text_is_compressed_for_who_understands_it(server):
    answer, body = ask(server, "/a%20b.csv", **{"Accept-Encoding": "gzip"})
    assert answer.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(body) == b"a,b\n" * 1000
    assert ask(server, "/a%20b.csv")[1] == b"a,b\n" * 1000


def test_head_has_no_body(server):
    answer, body = ask(server, "/index.html", "HEAD")
    assert (answer.status, body) == (200, b"")
    assert ask(server, "/", "POST")[0].status == 405


@pytest.mark.parametrize(
    "address",
    [
        "/../secret.txt",
        "/profiles/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/link.txt",
        "/index.html%00.txt",
    ],
)
def test_nothing_outside_the_site_is_given(server, address):
    answer, body = ask(server, address)
    assert answer.status in (403, 404)
    assert b"secret\n" not in body
    assert b"root:" not in body
    assert body != b"secret"


def test_folder_without_its_slash_leads_to_its_index(server):
    answer, _ = ask(server, "/profiles")
    assert (answer.status, answer.getheader("Location")) == (301, "/profiles/")
    assert b"profiles" in ask(server, "/profiles/")[1]


def test_missing_page_reloads_when_it_is_there(server):
    answer, body = ask(server, "/<b>.html")
    assert answer.status == 404
    assert b"&lt;b&gt;.html" in body
    assert b"live.js" in body


def test_before_the_first_build_a_page_waits_for_it(tmp_path):
    answer = Pages(tmp_path).answer("/index.html")
    assert answer.status == 200
    assert b"being built" in answer.content
    assert b'data-version=""' in answer.content


def test_partial_site_is_shown_only_while_there_is_no_other(build):
    (build / "site.partial").mkdir()
    (build / "site.partial" / "index.html").write_text("partial")
    assert "Šķēle" in Pages(build).answer("/").content.decode()
    (build / "site").rename(build / "gone")
    assert Pages(build).answer("/").content.startswith(b"partial")


def test_version_changes_with_each_site(build):
    first = Pages(build).version
    (build / "site").rename(build / "old")
    (build / "site").mkdir()
    assert first != Pages(build).version != ""


def test_script_goes_to_the_end_of_a_page_without_a_body():
    assert with_live_script(b"<p>", "1").startswith(b"<p><script")


def test_failure_of_notebooks_is_told_from_the_ledger(tmp_path):
    entry = {"cell": "cell 3 (fig-x)", "error": "ValueError: bad", "traceback": "Traceback ..."}
    pages = [{"page": "00_summary", "status": "ok"}, {"page": "01_shares", "status": "timed_out", **entry}]
    (tmp_path / "ledger.json").write_text(json.dumps({"pages": pages}))
    failure = describe_failure(tmp_path, 1, "said")
    assert failure.title == "1 page failed"
    (page,) = failure.pages
    assert (page.notebook, page.status, page.cell) == ("01_shares.ipynb", "timed out", "cell 3 (fig-x)")
    assert describe_failure(tmp_path, 2, "error: unknown reference\n").text == "error: unknown reference"
    assert describe_failure(tmp_path, -9, "").text == "baltic build ended with exit code -9"
    assert describe_failure(tmp_path, 0, "a warning") is None


def test_next_free_port_is_taken():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        found = listen("127.0.0.1", port)
        assert port < found.getsockname()[1] < port + 20
        found.close()


def test_address_of_another_machine_is_told():
    with pytest.raises(ConfigurationError, match="cannot listen there"):
        listen("192.0.2.1", 8000)


def test_build_that_waits_for_another_says_so(tmp_path):
    said = []
    rebuilder = Rebuilder(tmp_path, (), said.append, lambda: None)
    with lock(tmp_path / "_build"), pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(rebuilder._build(), 0.05))
    assert said == ["another build of this report is running; this one begins when it has ended"]
