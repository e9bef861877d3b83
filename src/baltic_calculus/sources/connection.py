"""Connections to publishers' servers: to public addresses alone, and none beyond its deadline.

`httpx` limits the wait for each read; a server that sends a byte a second would never reach that. Here every read and
write gets what is left until one deadline, be it in the handshake, the headers or the body. Names are resolved once,
and the very address that was checked is connected to: a name that leads into the reader's own network gets nowhere.
"""

import os
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

import httpcore
import httpx

from baltic_calculus.errors import ConfigurationError

Clock = Callable[[], float]
"""Seconds from any beginning, like ``time.monotonic``."""

TEMPORARY = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.RemoteProtocolError)
"""What a connection raises for reasons that may pass: no name, no route, a reset, silence, half a body."""


_AUTHORITIES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class NotTrusted(Exception):
    """The server is not the one meant: its certificate does not say so, or it is no public one."""


class DeadlinePassed(Exception):
    """The exchange took longer than it may, though the server kept sending."""


@dataclass(frozen=True)
class Deadline:
    """The moment at which an exchange ends.

    Attributes
    ----------
    at : float
        By ``clock``.
    clock : Clock
    """

    at: float
    clock: Clock

    def within(self, timeout: float | None) -> float:
        """Seconds that the next step may take: its own limit, or what is left.

        Raises
        ------
        DeadlinePassed
            When nothing is left.
        """
        left = self.at - self.clock()
        if left <= 0:
            raise DeadlinePassed
        return left if timeout is None else min(timeout, left)


class _Stream(httpcore.NetworkStream):
    """A connection whose every step ends by the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        except httpcore.ConnectError as error:
            if isinstance(error.__cause__, ssl.SSLCertVerificationError):
                raise NotTrusted(f"its certificate is not valid: {error.__cause__.verify_message}") from error
            raise
        return _Stream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to addresses that it has checked."""

    def __init__(self, deadline: Deadline, loopback: bool) -> None:
        self._deadline, self._loopback = deadline, loopback
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:  # a name with an empty or overlong part cannot be encoded
            reason = getattr(error, "strerror", None) or error
            raise httpcore.ConnectError(f"no address for {host}: {reason}") from error
        addresses = list(dict.fromkeys((str(entry[4][0]), int(entry[4][1])) for entry in found))
        for address, _ in addresses:
            if not may_connect(address, self._loopback):
                raise NotTrusted(f"{host} leads to {address}, which is no public address")
        *others, last = addresses
        for other in others:
            try:
                return self._connect(other, timeout, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._connect(last, timeout, socket_options)

    def _connect(
        self, address: tuple[str, int], timeout: float | None, options: Iterable[httpcore.SOCKET_OPTION] | None
    ) -> httpcore.NetworkStream:
        stream = self._plain.connect_tcp(*address, self._deadline.within(timeout), socket_options=options)
        return _Stream(stream, self._deadline)


def may_connect(address: str, loopback: bool) -> bool:
    """Whether a numeric address is public, or this machine's own where that is meant."""
    numeric = ip_address(address)
    numeric = getattr(numeric, "ipv4_mapped", None) or numeric
    return (numeric.is_global and not numeric.is_multicast) or (loopback and numeric.is_loopback)


def _authorities() -> ssl.SSLContext:
    """The authorities of `certifi`, or those that SSL_CERT_FILE or SSL_CERT_DIR names: a firm's own may be needed."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:
        where = " or ".join(f"{name}={os.environ[name]}" for name in _AUTHORITIES if name in os.environ)
        remedy = "unset it, or let it name a file or folder of certificates in PEM"
        raise ConfigurationError(f"certificates cannot be read: {error}", where=where, remedy=remedy) from error


class _Body(httpx.SyncByteStream):
    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    def __iter__(self) -> Iterator[bytes]:
        return self._response.iter_stream()

    def close(self) -> None:
        self._response.close()


class _Transport(httpx.BaseTransport):
    """What a client sends through: errors are those of `httpcore`."""

    def __init__(self, deadline: Deadline, loopback: bool) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=_authorities(), network_backend=_Backend(deadline, loopback))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                extensions=request.extensions,
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        self._pool.close()


def open_client(
    headers: dict[str, str], timeout: httpx.Timeout, deadline: Deadline, *, loopback: bool = False
) -> closing[httpx.Client]:
    """A client for one exchange, to be used in a ``with`` statement.

    Of the environment it reads SSL_CERT_FILE and SSL_CERT_DIR alone: no proxies, and no passwords of a netrc file,
    which would be sent to whom they are not meant for. Who can reach publishers only through a proxy downloads with a
    browser, and gives the file.

    Parameters
    ----------
    headers : dict of str to str
        Sent with each request.
    timeout : httpx.Timeout
        For each phase.
    deadline : Deadline
        For all of it.
    loopback : bool
        Whether this machine's own addresses may be connected to, as tests do.

    Raises
    ------
    ConfigurationError
        When SSL_CERT_FILE names no certificates.
    """
    transport = _Transport(deadline, loopback)
    return closing(httpx.Client(headers=headers, timeout=timeout, transport=transport, trust_env=False))
