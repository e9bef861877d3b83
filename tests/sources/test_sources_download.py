"""Downloads from a real HTTPS server on this machine, whose answers are those of publishers on good and bad days.

No test waits: pauses are recorded instead of made, and the clock of the deadline is the server's count of bytes.
"""

import gzip
import json
import re
import socket
import struct
from collections.abc import Callable
from types import SimpleNamespace

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.errors import ConfigurationError, DataError
from baltic_calculus.sources import connection
from baltic_calculus.sources.answer import Failed
from baltic_calculus.sources.answer_text import is_web_page
from baltic_calculus.sources.download import (
    Limits,
    Publisher,
    Request,
    Response,
    fetch,
    pause_before_retry,
    shown_address,
)

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENT = Limits(connect=120, read=120, whole=600)
"""No limit of time is reached, however busy the machine is."""

ONCE = Limits(connect=120, read=120, whole=600, attempts=1)


@pytest.fixture
def waits(monkeypatch) -> list[float]:
    """Seconds that would have been waited before each new attempt."""
    made: list[float] = []
    monkeypatch.setattr("tenacity.nap.time", SimpleNamespace(sleep=made.append))
    return made


def publisher_of(server, *content_types: str, limit_bytes: int = 100_000, loopback: bool = True) -> Publisher:
    return Publisher((server.host,), content_types or ("text/csv",), limit_bytes, loopback)


def get(server, path: str = "/data", *content_types: str, limits: Limits = PATIENT, **fields) -> Response:
    return fetch(Request(server.address(path)), publisher_of(server, *content_types, **fields), limits)


def answering(status: int, body: bytes = b"", **headers: str) -> Callable:
    """A script that gives one answer: ``content_type`` becomes ``Content-Type``."""
    return lambda exchange: exchange.answer(
        status, body, {name.replace("_", "-").title(): text for name, text in headers.items()}
    )


def in_turn(*scripts: Callable) -> Callable:
    """A script that does another thing at each request."""
    rest = iter(scripts)
    return lambda exchange: next(rest)(exchange)


def csv(body: bytes = b"geo,value\nEE,5.4\n", **headers: str) -> Callable:
    return answering(200, body, content_type="text/csv; charset=utf-8", **headers)


def reset(exchange) -> None:
    """Promise 1000 bytes, send ten, and break the connection off."""
    exchange.begin(200, {"Content-Type": "text/csv", "Content-Length": "1000"})
    exchange.wfile.write(b"geo,value\n")
    exchange.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


# What publishers send on good days ------------------------------------------------------------------------------------


def test_content_and_what_the_server_said_about_it(trusted):
    trusted.scripts["/data"] = csv(b"a,b\n1,2\n", etag='"v1"', last_modified="Mon, 02 Jun 2025 08:00:00 GMT")
    response = get(trusted)
    assert response == Response(
        content=b"a,b\n1,2\n",
        content_type="text/csv",
        etag='"v1"',
        last_modified="Mon, 02 Jun 2025 08:00:00 GMT",
        address=trusted.address("/data"),
    )


def test_request_names_project_and_version_and_says_what_is_wanted(trusted):
    trusted.scripts["/data"] = csv()
    get(trusted, "/data", "text/csv", "application/json")
    [(_, headers)] = trusted.requests
    assert re.match(r"baltic-calculus/\d+\.\d+", headers["User-Agent"])
    assert headers["Accept"].startswith("text/csv, application/json")
    assert headers["Accept-Encoding"] == "gzip"
    assert not {"Authorization", "Cookie", "If-None-Match", "If-Modified-Since", "Referer"} & set(headers)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (WORKBOOK, b"PK\x03\x04" + bytes(range(256)) * 40),
        ("application/json", json.dumps([{"page": 1, "pages": 1}, [{"value": 3.4}]]).encode()),
        ("application/vnd.sdmx.data+csv", "\ufeffDATAFLOW,geo,OBS_VALUE\nX,EE,2,5\n".encode()),
        ("application/xml", b'<?xml version="1.0"?><mes:GenericData xmlns:mes="x"/>'),
    ],
    ids=["workbook", "paged JSON", "SDMX-CSV with a mark of byte order", "SDMX-ML"],
)
def test_layouts_of_publishers_arrive_unchanged(trusted, content_type, body):
    trusted.scripts["/data"] = answering(200, body, content_type=content_type)
    assert get(trusted, "/data", content_type).content == body


def test_query_is_sent_as_it_is(trusted):
    trusted.scripts["/v2/country/EST;LVA"] = csv()
    response = get(trusted, "/v2/country/EST;LVA?format=json&date=1993:2025&page=2")
    assert response.address.endswith("?format=json&date=1993:2025&page=2")


def test_packed_and_chunked_body_is_unpacked(trusted):
    content = b"EST,2025,5.4\n" * 500

    def script(exchange):
        headers = {"Content-Type": "text/csv", "Content-Encoding": "gzip", "Transfer-Encoding": "chunked"}
        exchange.begin(200, headers)
        packed = gzip.compress(content)
        for start in range(0, len(packed), 7):
            piece = packed[start : start + 7]
            exchange.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        exchange.wfile.write(b"0\r\n\r\n")

    trusted.scripts["/data"] = script
    assert get(trusted).content == content


# Conditional requests -------------------------------------------------------------------------------------------------


def test_nothing_is_sent_again_that_is_held_already(trusted):
    def script(exchange):
        same = exchange.headers["If-None-Match"] == '"v1"'
        exchange.answer(304, b"", {"ETag": '"v1"'}) if same else csv(etag='"v1"')(exchange)

    trusted.scripts["/data"] = script
    first = get(trusted)
    request = Request(trusted.address("/data"), etag=first.etag, last_modified="Mon, 02 Jun 2025 08:00:00 GMT")
    second = fetch(request, publisher_of(trusted), PATIENT)
    assert second.not_modified
    assert (second.content, second.etag, second.last_modified) == (b"", '"v1"', "Mon, 02 Jun 2025 08:00:00 GMT")
    assert trusted.requests[1][1]["If-Modified-Since"] == "Mon, 02 Jun 2025 08:00:00 GMT"


def test_not_modified_is_no_answer_to_who_holds_nothing(trusted):
    trusted.scripts["/data"] = answering(304)
    with pytest.raises(DataError, match="answered 304"):
        get(trusted)


def test_broken_marks_of_a_record_are_not_sent(trusted):
    trusted.scripts["/data"] = csv()
    fetch(Request(trusted.address("/data"), etag='"a"\r\nX: y', last_modified="Jūnijs"), publisher_of(trusted), PATIENT)
    assert not {"If-None-Match", "If-Modified-Since", "X"} & set(trusted.requests[0][1])


# Addresses and redirects ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("http://localhost:1/data", "http, not https"),
        ("ftp://localhost:1/data", "ftp, not https"),
        ("file:///etc/passwd", "file, not https"),
        ("www.nato.int/data", "no scheme, not https"),
        ("https://nato.int.example/data", "not a host of this publisher"),
        ("https://localhost/data", "not a host of this publisher"),
        ("https://localhost.:1/data", "not a host of this publisher"),
        ("https://127.0.0.1:1/data", "not a host of this publisher"),
        ("https://user:pass@localhost:1/data", "holds a user or password"),
        ("https://localhost:1\\@elsewhere.example/", "holds a user or password"),
        ("https://localhost:port/", "not an address"),
        ("https://local\u200bhost:1/", "not a"),
        ("https:///data", "not a host"),
        ("", "not https"),
    ],
)
def test_addresses_elsewhere_are_not_asked(address, what, monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: pytest.fail("asked for an address"))
    with pytest.raises(DataError, match=what) as caught:
        fetch(Request(address), Publisher(("localhost:1",), ("text/csv",), 1000, loopback=True))
    assert "pass" not in str(caught.value).replace("passwd", "").replace("password", "")


@given(st.text(max_size=60), st.sampled_from(["", "https://", "https://localhost:1/", "//", "https://localhost:1@"]))
def test_any_address_is_refused_or_understood(text, beginning):
    with pytest.raises(DataError):
        fetch(Request(beginning + text), Publisher((), ("text/csv",), 1000))


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_on_the_publishers_hosts_are_followed(trusted, status):
    trusted.scripts["/data"] = answering(status, location="/edition/2026.csv")
    trusted.scripts["/edition/2026.csv"] = csv()
    assert get(trusted).address == trusted.address("/edition/2026.csv")


@pytest.mark.parametrize(
    ("location", "what"),
    [
        ("https://elsewhere.example/data", "elsewhere.example is not a host of this publisher"),
        ("//elsewhere.example/data", "elsewhere.example is not a host of this publisher"),
        ("http://{host}/data", "http, not https"),
        ("https://me:word@{host}/data", "holds a user or password"),
        ("https://[::1/data", "Invalid URL in location header"),
        ("file:///etc/hostname", "file, not https"),
    ],
)
def test_redirects_elsewhere_are_not_followed(trusted, location, what):
    trusted.scripts["/data"] = answering(302, location=location.format(host=trusted.host))
    with pytest.raises(DataError, match=what) as caught:
        get(trusted)
    assert len(trusted.requests) == 1
    assert "word@" not in str(caught.value)


def test_redirects_in_a_circle_end(trusted):
    trusted.scripts["/data"] = answering(302, location="/other")
    trusted.scripts["/other"] = answering(302, location="/data")
    with pytest.raises(DataError, match="more than 3 times"):
        get(trusted)
    assert len(trusted.requests) == 4


@pytest.mark.parametrize(
    ("address", "loopback", "allowed"),
    [
        ("193.110.104.1", False, True),
        ("2a00:1450:4001::1", False, True),
        *((private, False, False) for private in ("127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254")),
        *((private, False, False) for private in ("::", "::1", "fe80::1%1", "fd00::1", "::ffff:10.0.0.1", "224.0.0.1")),
        ("127.0.0.1", True, True),
        ("::ffff:127.0.0.1", True, True),
        ("10.1.2.3", True, False),
    ],
)
def test_public_addresses_are_told_from_others(address, loopback, allowed):
    assert connection.may_connect(address, loopback) is allowed


def test_name_that_leads_to_this_machine_is_not_connected_to(trusted):
    trusted.scripts["/data"] = csv()
    with pytest.raises(DataError, match=r"localhost leads to \S+, which is no public address"):
        get(trusted, loopback=False)
    assert trusted.requests == []


def test_name_without_an_address(waits, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(DataError, match=r"no address for www\.nato\.int: Name or service not known"):
        fetch(Request("https://www.nato.int/x"), Publisher(("www.nato.int",), (WORKBOOK,), 1000))
    assert len(waits) == Limits().attempts - 1


def test_second_address_of_a_name_is_tried(trusted, monkeypatch):
    with socket.socket() as closed:
        closed.bind(("127.0.0.2", 0))  # bound, but nobody listens
    entry = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
    found = [(*entry, ("127.0.0.2", trusted.server_port)), (*entry, ("127.0.0.1", trusted.server_port))]
    real = socket.getaddrinfo
    resolve = lambda host, *rest, **named: found if host == "localhost" else real(host, *rest, **named)  # noqa: E731
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    trusted.scripts["/data"] = csv()
    assert get(trusted, limits=ONCE).content


# Trust ----------------------------------------------------------------------------------------------------------------


def test_server_without_a_valid_certificate_is_not_asked(server, monkeypatch, waits):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    monkeypatch.delenv("SSL_CERT_DIR", raising=False)
    server.scripts["/data"] = csv()
    with pytest.raises(DataError, match="localhost is not trusted: its certificate is not valid: self"):
        get(server)
    assert (server.requests, waits) == ([], [])


def test_nothing_of_the_environment_is_sent(trusted, monkeypatch, tmp_path):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine localhost login me password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://me:secret@127.0.0.1:9")
    trusted.scripts["/data"] = csv()
    get(trusted, limits=ONCE)
    assert "secret" not in str(trusted.requests)
    assert "Authorization" not in trusted.requests[0][1]


def test_setting_that_names_no_certificates_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(ConfigurationError, match=r"SSL_CERT_FILE=.*none\.pem"):
        fetch(Request("https://www.nato.int/x"), Publisher(("www.nato.int",), (WORKBOOK,), 1000))


def test_name_that_cannot_be_encoded_has_no_address(waits):
    with pytest.raises(DataError, match="no address for"):
        fetch(Request("https://a..b/x"), Publisher(("a..b",), (WORKBOOK,), 1000))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://me:word@www.nato.int/x.xlsx#part", "https://www.nato.int/x.xlsx"),
        ("https://api.example/v1?geo=EE&api_key=abc", "https://api.example/v1?geo=EE&api_key=..."),
        ("https://s3.example/x?X-Amz-Signature=abc&page=1", "https://s3.example/x?X-Amz-Signature=...&page=1"),
        ("https://api.example/v1?date=1993:2025", "https://api.example/v1?date=1993:2025"),
        ("https://host:port", "an address that cannot be read"),
    ],
)
def test_addresses_are_shown_without_secrets(address, shown):
    assert shown_address(address) == shown


# What does not belong there -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/pdf", ""])
def test_other_types_are_refused(trusted, content_type, waits):
    trusted.scripts["/data"] = answering(200, b"<html>Please log in</html>", content_type=content_type)
    with pytest.raises(DataError, match=f"sent .*, not {re.escape(WORKBOOK)}") as caught:
        get(trusted, "/data", WORKBOOK)
    assert "--from FILE" in caught.value.remedy
    assert caught.value.where == trusted.address("/data")
    assert (len(trusted.requests), waits) == (1, [])


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><body>Service unavailable</body></html>",
        b"\xef\xbb\xbf\r\n  <HTML lang='en'>",
        b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="x">',
        b"<!-- error --><html>",
    ],
)
def test_web_page_under_another_name_is_refused(trusted, body):
    trusted.scripts["/data"] = answering(200, body, content_type=WORKBOOK)
    with pytest.raises(DataError, match="sent a web page as application"):
        get(trusted, "/data", WORKBOOK)


@pytest.mark.parametrize("body", [b"geo,note\nEE,<html>\n", b'{"note": "<!doctype html>"}', b"<mes:Data/>", b"PK\x03"])
def test_data_are_no_web_page(body):
    assert not is_web_page(body)


@pytest.mark.parametrize("status", [201, 204, 206, 400, 401, 403, 404, 410, 451])
def test_errors_that_will_not_pass_are_not_tried_again(trusted, status, waits):
    trusted.scripts["/data"] = answering(status, content_type="text/csv")
    with pytest.raises(DataError, match=f"localhost answered {status}"):
        get(trusted)
    assert (len(trusted.requests), waits) == (1, [])


# Sizes ----------------------------------------------------------------------------------------------------------------


def test_announced_size_is_believed_when_it_is_too_large(trusted):
    trusted.scripts["/data"] = lambda exchange: exchange.begin(
        200, {"Content-Type": "text/csv", "Content-Length": "100001"}
    )
    with pytest.raises(DataError, match=r"more than the 0\.1 MB") as caught:
        get(trusted)
    assert "limit_mb" in caught.value.remedy


def test_body_of_exactly_the_limit_is_taken(trusted):
    trusted.scripts["/data"] = csv(b"x" * 100_000)
    assert len(get(trusted).content) == 100_000
    trusted.scripts["/data"] = csv(gzip.compress(b"x" * 100_000), content_encoding="gzip")
    assert len(get(trusted).content) == 100_000
    trusted.scripts["/data"] = csv(gzip.compress(b"x" * 100_001), content_encoding="gzip")
    with pytest.raises(DataError, match="more than"):
        get(trusted)


def test_endless_body_is_stopped(trusted):
    sent = []

    def script(exchange):
        exchange.begin(200, {"Content-Type": "text/csv", "Connection": "close"})
        while not trusted.over.is_set():  # until the other side hangs up
            exchange.wfile.write(b"x" * 10_000)
            sent.append(10_000)

    trusted.scripts["/data"] = script
    with pytest.raises(DataError, match="more than"):
        get(trusted)
    assert sum(sent) < 50_000_000  # what fits into the buffers between the two


def test_packed_bomb_is_stopped_while_it_is_unpacked(trusted):
    bomb = gzip.compress(bytes(50_000_000))  # about 49 kB
    assert len(bomb) < 100_000
    trusted.scripts["/data"] = csv(bomb, content_encoding="gzip")
    with pytest.raises(DataError, match="more than"):
        get(trusted)


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip", "deflate"])
def test_other_packings_are_refused(trusted, coding):
    trusted.scripts["/data"] = csv(b"x", content_encoding=coding)
    with pytest.raises(DataError, match=f"packed as {coding}"):
        get(trusted)


def test_bytes_after_a_packed_body_are_refused(trusted):
    trusted.scripts["/data"] = csv(gzip.compress(b"1") + gzip.compress(b"2"), content_encoding="gzip")
    with pytest.raises(DataError, match="follow the end"):
        get(trusted)


# Bad days: again, and not for ever ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first",
    [
        answering(500),
        answering(502),
        answering(503),
        answering(504),
        answering(429),
        reset,
        lambda exchange: None,  # hangs up without a word
        csv(b""),
        csv(gzip.compress(b"geo,value\n" * 100)[:-20], content_encoding="gzip"),
        csv(b"not packed", content_encoding="gzip"),
        lambda exchange: exchange.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n"),
    ],
    ids=["500", "502", "503", "504", "429", "reset", "hang-up", "empty", "half of it", "not packed", "no HTTP"],
)
def test_what_may_pass_is_tried_again(trusted, first, waits):
    trusted.scripts["/data"] = in_turn(first, csv())
    assert get(trusted).content == b"geo,value\nEE,5.4\n"
    assert len(waits) == 1


def test_pauses_grow_and_differ(trusted, waits):
    trusted.scripts["/data"] = answering(503)
    for _ in range(8):
        with pytest.raises(DataError, match="answered 503 Service Unavailable") as caught:
            get(trusted)
    assert "try again later; or download it with a browser" in caught.value.remedy
    assert len(trusted.requests) == 8 * 4
    # one second, two, four; each with up to one more by chance
    for number, base in enumerate((1, 2, 4)):
        same = waits[number::3]
        assert all(base <= wait <= base + 1 for wait in same)
        assert len(set(same)) > 1


def test_half_a_body_is_never_returned(trusted, waits):
    trusted.scripts["/data"] = reset
    with pytest.raises(DataError, match="does not answer, or not to the end"):
        get(trusted)
    assert len(trusted.requests) == 4


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": "60"}, 60),
        ({"Date": "Mon, 02 Jun 2025 08:00:00 GMT", "Retry-After": "Mon, 02 Jun 2025 08:00:45 GMT"}, 45),
    ],
)
def test_pause_that_the_server_asks_for_is_kept(trusted, headers, wait, waits):
    def busy(exchange):
        exchange.send_response_only(429)  # with no date of its own
        for name, value in {"Content-Length": "0", **headers}.items():
            exchange.send_header(name, value)
        exchange.end_headers()

    trusted.scripts["/data"] = in_turn(busy, busy, csv())
    assert get(trusted).content
    assert waits == [wait, wait]


@pytest.mark.parametrize("asked", ["0", "soon", "-5", "Mon, 02 Jun 2025 08:00:00 GMT", "²", "Mon, 99 Jun 2025"])
def test_pauses_that_say_nothing_leave_the_usual_one(trusted, asked, waits):
    trusted.scripts["/data"] = in_turn(answering(503, retry_after=asked), csv())
    # http.server dates its answers itself, long after 2025-06-02
    assert get(trusted).content
    assert 1 <= waits[0] <= 2


def test_long_pause_is_told_instead_of_made(trusted, waits):
    trusted.scripts["/data"] = answering(429, retry_after="3600")
    with pytest.raises(DataError, match="answered 429 Too Many Requests") as caught:
        get(trusted)
    assert "try again in 3600 seconds" in caught.value.remedy
    assert (len(trusted.requests), waits) == (1, [])


def test_only_what_may_pass_is_tried_again():
    assert pause_before_retry(Failed("", ""), limits=Limits()) is True
    assert pause_before_retry(Failed("", "", 60.0), limits=Limits()) == 60
    assert pause_before_retry(Failed("", "", 61.0), limits=Limits()) is False
    assert pause_before_retry(DataError(""), limits=Limits()) is False
    assert pause_before_retry(KeyError(), limits=Limits()) is False


def test_each_new_attempt_is_told(trusted, waits, caplog):
    trusted.scripts["/data"] = in_turn(answering(429, retry_after="7"), csv())
    get(trusted)
    assert caplog.messages == ["localhost answered 429 Too Many Requests; trying again in 7 s"]


def test_silent_server_is_given_up(trusted, waits):
    trusted.scripts["/data"] = lambda exchange: trusted.over.wait()
    with pytest.raises(DataError, match="does not answer"):
        get(trusted, limits=Limits(connect=120, read=0.05, whole=600, attempts=2))
    assert len(waits) == 1


@pytest.mark.parametrize("part", ["body", "headers"])
def test_server_that_drips_is_stopped(trusted, part, waits):
    """One byte a second, by the server's count: every read is quick, the whole would take for ever."""
    seconds = 0.0

    def script(exchange):
        nonlocal seconds
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if part == "body":
            exchange.wfile.write(b"Content-Type: text/csv\r\nContent-Length: 90000\r\n\r\n")
        while not trusted.over.is_set():
            seconds += 1
            exchange.wfile.write(b"x")

    trusted.scripts["/data"] = script
    request, publisher = Request(trusted.address("/data")), publisher_of(trusted)
    limits = Limits(connect=120, read=120, whole=60)
    with pytest.raises(DataError, match="takes longer than 60 seconds"):
        fetch(request, publisher, limits, clock=lambda: seconds)
    assert (len(trusted.requests), waits) == (1, [])


def test_steps_get_what_is_left_until_the_deadline():
    now = 10.0
    deadline = connection.Deadline(20, lambda: now)
    assert deadline.within(3) == 3
    assert deadline.within(None) == 10
    now = 18.5
    assert deadline.within(3) == 1.5
    now = 20
    with pytest.raises(connection.DeadlinePassed):
        deadline.within(3)


def test_connections_are_closed_whatever_happens(trusted, monkeypatch):
    closed = []
    real = httpx.Client.close
    monkeypatch.setattr(httpx.Client, "close", lambda client: (closed.append(client), real(client)))
    trusted.scripts["/data"] = in_turn(csv(), answering(404))
    get(trusted)
    with pytest.raises(DataError):
        get(trusted)
    assert len(closed) == 2
