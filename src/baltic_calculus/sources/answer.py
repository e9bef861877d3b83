"""What a publisher's server answers: read as far as it is what it should be, and no larger."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

import httpx

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import is_web_page

BY_HAND = "download it with a browser and give the file: baltic data refresh SOURCE --from FILE"


@dataclass(frozen=True)
class Publisher:
    """What may come from a publisher, and from where.

    Attributes
    ----------
    hosts : tuple of str
        Names of its servers in lower case, each in full; ``name:port`` where the port is not 443.
    content_types : tuple of str
        Media types of what it sends, in lower case.
    limit_bytes : int
        The most that a file may have, packed or unpacked.
    loopback : bool
        Whether the server may be this machine: for tests.
    """

    hosts: tuple[str, ...]
    content_types: tuple[str, ...]
    limit_bytes: int
    loopback: bool = False


@dataclass(frozen=True)
class Response:
    """What a publisher sent.

    Attributes
    ----------
    content : bytes
        Unpacked; empty if not modified.
    content_type : str
        Media type in lower case, without parameters.
    etag, last_modified : str
        For the next `Request`; empty where the server gave none.
    address : str
        Where it came from, after redirects and without secrets.
    not_modified : bool
        The server holds nothing newer than the request's ``etag`` or ``last_modified``.
    """

    content: bytes
    content_type: str
    etag: str
    last_modified: str
    address: str
    not_modified: bool = False


class Failed(Exception):
    """An attempt failed for a reason that may pass.

    Parameters
    ----------
    what : str
    address : str
        At which it failed, without secrets.
    asked_pause : float, optional
        Seconds that the server asks to wait.
    """

    def __init__(self, what: str, address: str, asked_pause: float | None = None) -> None:
        super().__init__(what)
        self.what, self.address, self.asked_pause = what, address, asked_pause


def read_answer(
    response: httpx.Response, publisher: Publisher, *, etag: str, last_modified: str, shown: str
) -> Response:
    """Read the answer, if it is what the publisher is known to send.

    Parameters
    ----------
    response : httpx.Response
        To a request, with its body still to come.
    publisher : Publisher
    etag, last_modified : str
        That the request gave, so that nothing held already is sent; empty where it gave none.
    shown : str
        Address without secrets.

    Raises
    ------
    DataError
        When it is something else, or larger.
    Failed
        When it may be better another time.
    """
    new_etag, new_date = response.headers.get("ETag", ""), response.headers.get("Last-Modified", "")
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if response.status_code == httpx.codes.NOT_MODIFIED and (etag or last_modified):
        return Response(b"", content_type, new_etag or etag, new_date or last_modified, shown, not_modified=True)
    _check_status(response, shown)
    if content_type not in publisher.content_types:
        expected = ", ".join(publisher.content_types)
        what = f"{response.request.url.host} sent {content_type or 'something of no type'}, not {expected}"
        raise DataError(what, where=shown, remedy=f"look at the address in a browser: it may have moved; or {BY_HAND}")
    content = b"".join(_pieces(response, publisher.limit_bytes, shown))
    if not content:
        raise Failed(f"{response.request.url.host} sent nothing", shown)
    if is_web_page(content):
        what = f"{response.request.url.host} sent a web page as {content_type}"
        raise DataError(what, where=shown, remedy=f"look at the address in a browser: it may have moved; or {BY_HAND}")
    return Response(content, content_type, new_etag, new_date, shown)


def _check_status(response: httpx.Response, shown: str) -> None:
    status = response.status_code
    if status == httpx.codes.OK:
        return
    what = f"{response.request.url.host} answered {status} {httpx.codes.get_reason_phrase(status)}".strip()
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        raise Failed(what, shown, _asked_pause(response.headers))
    remedy = f"look at the address in a browser and mend it in data/catalog.yaml; or {BY_HAND}"
    raise DataError(what, where=shown, remedy=remedy)


def _asked_pause(headers: httpx.Headers) -> float | None:
    """Seconds of a ``Retry-After``; of a date in it, from the server's own date, as this machine's clock may be off."""
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - parsedate_to_datetime(headers.get("Date", ""))).total_seconds())
    except (TypeError, ValueError):
        return None


def _pieces(response: httpx.Response, limit: int, shown: str) -> Iterator[bytes]:
    """The body in pieces, unpacked, as long as neither form of it is too large."""
    host = response.request.url.host
    coding = response.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", "gzip", "x-gzip"):
        raise DataError(f"{host} sent it packed as {coding}, not gzip", where=shown, remedy=BY_HAND)
    too_large = DataError(
        f"{host} sends more than the {limit / 1e6:.3g} MB that are expected of it",
        where=shown,
        remedy=f"look what it is; if it is right, raise limit_mb under publishers: in data/catalog.yaml, or {BY_HAND}",
    )
    announced = response.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > limit:
        raise too_large
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if "gzip" in coding else None
    received = unpacked = 0
    for piece in response.iter_raw():
        received += len(piece)
        content = piece if unpacker is None else _unpack(unpacker, piece, limit - unpacked + 1, shown)
        unpacked += len(content)
        if received > limit or unpacked > limit:
            raise too_large
        yield content
    if unpacker is not None and not unpacker.eof:
        raise Failed(f"{host} did not send all of it", shown)


def _unpack(unpacker: "zlib._Decompress", piece: bytes, most: int, shown: str) -> bytes:
    try:
        content = unpacker.decompress(piece, most)
    except zlib.error as error:
        raise Failed(f"what came is no gzip: {error}", shown) from error
    if unpacker.unused_data:
        raise DataError("bytes follow the end of the packed body", where=shown, remedy=BY_HAND)
    return content
