"""Fetches what publishers put on the web: from their own hosts alone, within limits, again where that may help."""

import logging
import re
import time
from contextlib import closing
from dataclasses import dataclass
from functools import partial

import httpcore
import httpx
import stamina
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from baltic_calculus import __version__
from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer import BY_HAND, Failed, Publisher, Response, read_answer
from baltic_calculus.sources.connection import (
    TEMPORARY,
    Clock,
    Deadline,
    DeadlinePassed,
    NotTrusted,
    open_client,
)

__all__ = ["Limits", "Publisher", "Request", "Response", "fetch"]

USER_AGENT = f"baltic-calculus/{__version__} (The Baltic security calculus; open research report)"

_SECRET = re.compile(r"key|token|secret|sig|passw|credential|auth", re.IGNORECASE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """How long to wait, in seconds, and how often to try.

    Attributes
    ----------
    connect, read : float
        For a connection; between two pieces of an answer.
    whole : float
        For one attempt from the first step to the last byte, however steadily it drips.
    redirects : int
        Most redirects that are followed.
    attempts : int
        Most attempts, with pauses between them.
    pause, longest_pause : float
        The first pause, which doubles each time, with up to as much as the first added by chance; the longest, which
        is also the longest that a server may ask for.
    """

    connect: float = 20
    read: float = 30
    whole: float = 180
    redirects: int = 3
    attempts: int = 4
    pause: float = 1
    longest_pause: float = 60


USUAL = Limits()


@dataclass(frozen=True)
class Request:
    """An address, and what the last answer from there said about its state.

    Attributes
    ----------
    address : str
        Beginning with ``https://``.
    etag, last_modified : str
        As in `Response`; where one is given, the server need not send what is held already.
    """

    address: str
    etag: str = ""
    last_modified: str = ""


def fetch(request: Request, publisher: Publisher, limits: Limits = USUAL, *, clock: Clock = time.monotonic) -> Response:
    """Fetch a publisher's file or answer.

    Parameters
    ----------
    request : Request
    publisher : Publisher
        Whose servers the address and all redirects must lead to, and what may come from there.
    limits : Limits
    clock : Clock
        By which ``limits.whole`` is measured.

    Raises
    ------
    DataError
        When the address or a redirect leads elsewhere, the answer is an error, of another type or too large, or when
        no attempt succeeded. Nothing is returned of what had come by then.
    """
    caller = stamina.RetryingCaller(
        attempts=limits.attempts,
        timeout=None,
        wait_initial=limits.pause,
        wait_max=limits.longest_pause,
        wait_jitter=limits.pause,
    )
    try:
        return caller(partial(pause_before_retry, limits=limits), _fetch_once, request, publisher, limits, clock)
    except Failed as failed:
        wait = "" if failed.asked_pause is None else f" in {failed.asked_pause:.0f} seconds"
        raise DataError(
            failed.what, where=failed.address, remedy=f"try again{wait or ' later'}; or {BY_HAND}"
        ) from failed


def pause_before_retry(error: Exception, *, limits: Limits) -> bool | float:
    """Whether to try again, or the seconds that the server asks to wait before that."""
    if not isinstance(error, Failed):
        return False
    if error.asked_pause is None or error.asked_pause < limits.pause:
        return True
    return error.asked_pause <= limits.longest_pause and error.asked_pause


def shown_address(address: str) -> str:
    """The address without user, password, fragment and the values of what looks like keys and signatures."""
    try:
        url = httpx.URL(address)
    except httpx.InvalidURL:
        return "an address that cannot be read"
    if any(_SECRET.search(name) for name in url.params):
        kept = [(name, "..." if _SECRET.search(name) else value) for name, value in url.params.multi_items()]
        url = url.copy_with(params=kept)
    return str(url.copy_with(userinfo=b"", fragment=None))


def _fetch_once(request: Request, publisher: Publisher, limits: Limits, clock: Clock) -> Response:
    headers = {
        "User-Agent": USER_AGENT,
        "Accept": ", ".join((*publisher.content_types, "*/*;q=0.1")),
        "Accept-Encoding": "gzip",  # what `_unpack` can stop half-way
    }
    validators = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    headers |= {name: value for name, value in validators.items() if value.isascii() and value.isprintable() and value}
    timeout = httpx.Timeout(limits.read, connect=limits.connect)
    deadline = Deadline(clock() + limits.whole, clock)
    url = checked_address(request.address, publisher)
    with open_client(headers, timeout, deadline, loopback=publisher.loopback) as client:
        for _ in range(limits.redirects + 1):
            shown = shown_address(str(url))
            try:
                response = client.send(client.build_request("GET", url), stream=True)
                with closing(response):
                    if not response.has_redirect_location:
                        held = {"etag": request.etag, "last_modified": request.last_modified}
                        return read_answer(response, publisher, **held, shown=shown)
                    url = checked_address(str(url.join(response.headers["Location"])), publisher, redirected_from=shown)
            except TEMPORARY as error:
                reason = str(error) or type(error).__name__
                raise Failed(f"{url.host} does not answer, or not to the end: {reason}", shown) from error
            except (httpx.RemoteProtocolError, httpcore.LocalProtocolError) as error:
                # the client looks where a redirect leads before we do; the connection looks at what is asked
                raise DataError(f"{url.host}: {error}", where=shown, remedy=BY_HAND) from error
            except NotTrusted as error:
                raise DataError(f"{url.host} is not trusted: {error}", where=shown, remedy=BY_HAND) from error
            except DeadlinePassed as error:
                what = f"{url.host} takes longer than {limits.whole:.0f} seconds for its answer"
                raise DataError(what, where=shown, remedy=f"try again later; or {BY_HAND}") from error
    what = f"the address redirects more than {limits.redirects} times"
    raise DataError(what, where=shown_address(request.address), remedy=f"give the address it leads to; or {BY_HAND}")


def checked_address(address: str, publisher: Publisher, *, redirected_from: str = "") -> httpx.URL:
    """Read an address, and refuse it unless it is one of the publisher's.

    Raises
    ------
    DataError
    """
    where = shown_address(address) + (f", where {redirected_from} leads" if redirected_from else "")
    try:
        url = httpx.URL(address)
        name = url.raw_host.decode("ascii")
    except httpx.InvalidURL as error:
        raise DataError(f"not an address: {error}", where=where, remedy="mend it in data/catalog.yaml") from error
    host = name if url.port is None else f"{name}:{url.port}"
    if url.scheme != "https":
        what = f"{host or 'the address'} would be asked by {url.scheme or 'no scheme'}, not https"
        raise DataError(what, where=where, remedy=f"give an address that begins with https://; or {BY_HAND}")
    if url.userinfo:
        raise DataError("the address holds a user or password", where=where, remedy="leave it out: all is public")
    if host not in publisher.hosts:
        known = ", ".join(publisher.hosts)
        remedy = f"hosts of this publisher: {known}; add one under publishers: in data/catalog.yaml, or {BY_HAND}"
        raise DataError(f"{host} is not a host of this publisher", where=where, remedy=remedy)
    return url


def _tell_retry(details: RetryDetails) -> None:
    _log.warning("%s; trying again in %.0f s", details.caused_by, details.wait_for)


set_on_retry_hooks([_tell_retry])
