"""What a publisher sent: files and answers, fetched from its addresses or read from files that somebody has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from baltic_calculus.catalog.connector import Connector
from baltic_calculus.catalog.publisher import PublisherEntry
from baltic_calculus.catalog.vintage import Original, list_vintages, sha256
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog
    from baltic_calculus.sources.download import Request, Response

Fetch = Callable[["Request"], "Response"]


@dataclass(frozen=True)
class Document:
    """A publisher's file or answer.

    Attributes
    ----------
    name : str
        Address, or name of the file.
    content : bytes
        As it was sent.
    etag, last_modified : str
        For the next request; empty for a file.
    """

    name: str
    content: bytes
    etag: str = ""
    last_modified: str = ""

    def original(self) -> Original:
        """How a vintage remembers it."""
        return Original(name=self.name, sha256=sha256(self.content), etag=self.etag, last_modified=self.last_modified)


def read_saved(paths: Sequence[Path], connector: Connector) -> tuple[Document, ...]:
    """Read files that somebody has, each no larger than what the publisher is known to send.

    Raises
    ------
    DataError
        When one is larger; no more of it is read than the limit.
    """
    return tuple(Document(path.name, _read_bounded(path, connector.publisher)) for path in paths)


def _read_bounded(path: Path, publisher: PublisherEntry) -> bytes:
    limit = _limit_bytes(publisher)
    with path.open("rb") as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise DataError(
            f"the file is larger than {publisher.limit_mb:g} MB, the most that {publisher.name} is known to send",
            where=str(path),
            remedy="see that it is the publisher's own; if so, raise limit_mb under publishers: in data/catalog.yaml",
        )
    return content


def _limit_bytes(publisher: PublisherEntry) -> int:
    return int(publisher.limit_mb * 1e6)


def fetch_documents(
    catalog: "Catalog", connector: Connector, year: int, fetch: Fetch | None = None
) -> tuple[Document, ...]:
    """Fetch what the connector's addresses hold; empty when the publisher says that none of it is new.

    Parameters
    ----------
    year : int
        In place of ``{year}`` in the addresses.
    fetch : callable, optional
        Sends one request; by default to the publisher's own hosts.

    Raises
    ------
    DataError
        As `fetch` does.
    """
    from baltic_calculus.sources import download

    publisher = download.Publisher(
        hosts=connector.publisher.hosts,
        content_types=connector.publisher.content_types,
        limit_bytes=_limit_bytes(connector.publisher),
    )
    send = fetch or partial(download.fetch, publisher=publisher)
    known = _known_originals(catalog, connector)
    addresses = connector.addresses(year)
    documents: list[Document] = []
    unchanged: list[str] = []
    for address in addresses:
        before = known.get(address)
        request = download.Request(address, before.etag, before.last_modified) if before else download.Request(address)
        response = send(request)
        if response.not_modified:
            unchanged.append(address)
        else:
            documents.append(_document(address, response))
    if not documents:
        return ()
    # a vintage is read from all files of one moment
    documents += [_document(address, send(download.Request(address))) for address in unchanged]
    return tuple(sorted(documents, key=lambda document: addresses.index(document.name)))


def _document(address: str, response: "Response") -> Document:
    return Document(address, response.content, response.etag, response.last_modified)


def _known_originals(catalog: "Catalog", connector: Connector) -> dict[str, Original]:
    """What is known of the state of each address, from the vintage that was read last."""
    mine = [each for each in list_vintages(catalog, connector.record.name) if each.connector == connector.name]
    return {original.name: original for each in sorted(mine, key=lambda each: each.read) for original in each.originals}
