"""Which publisher's files feed which dataset, and how they are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from baltic_calculus.catalog.publisher import PublisherEntry
from baltic_calculus.catalog.record import DatasetRecord, Refresh
from baltic_calculus.catalog.root import CATALOG_FILE
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog
    from baltic_calculus.sources.publication import Reader

READERS: Mapping[str, tuple[str, str]] = {
    "ecb-yields": ("ecb", "read_ecb_yields"),
    "eurostat": ("eurostat", "read_eurostat"),
    "imf-datamapper": ("imf", "read_datamapper"),
    "imf-weo": ("imf", "read_weo_csv"),
    "nato": ("nato", "read_nato"),
    "sipri": ("sipri", "read_sipri"),
    "world-bank": ("world_bank", "read_world_bank"),
}
"""Module and function of each reader; a record names one, and nothing else can be imported by a name in it."""

EDITION_MAY_BE_UNSAID = frozenset({"imf-datamapper", "imf-weo"})
"""Readers that take the edition from whoever knows it, as some files of these publishers do not name it."""


@dataclass(frozen=True)
class Connector:
    """How one publisher's figures come into one dataset.

    Attributes
    ----------
    name : str
        Its name in the record, as typed on the command line.
    record : DatasetRecord
        The dataset.
    refresh : Refresh
        Addresses, reader and limits.
    publisher : PublisherEntry
        Where its files may come from.
    """

    name: str
    record: DatasetRecord
    refresh: Refresh
    publisher: PublisherEntry

    def addresses(self, year: int) -> tuple[str, ...]:
        """Where the files are, as fetched in a year."""
        return tuple(address.replace("{year}", str(year)) for address in self.refresh.addresses)

    def reader(self, edition: str = "") -> "Reader":
        """The function that reads a file.

        Parameters
        ----------
        edition : str, optional
            What the publisher calls the edition, for files that do not say.

        Raises
        ------
        DataError
            When the record names none that there is, or its files always name their edition.
        """
        if self.refresh.reader not in READERS:
            raise DataError(
                f"no reader {self.refresh.reader!r}",
                where=f"{CATALOG_FILE}: {self.record.name}, refresh.{self.name}",
                remedy="choose from: " + ", ".join(READERS),
            )
        module, function = READERS[self.refresh.reader]
        # openpyxl and pandas take a second to import, and each reader needs its own
        reader: Any = getattr(import_module(f"baltic_calculus.sources.{module}"), function)
        if not edition:
            return cast("Reader", reader)
        if self.refresh.reader not in EDITION_MAY_BE_UNSAID:
            raise DataError(
                f"an edition was given, but files of {self.publisher.name} name theirs",
                where=f"baltic data refresh {self.name}",
                remedy="leave --edition out",
            )
        return partial(reader, edition=edition)


def all_connectors(catalog: "Catalog") -> tuple[Connector, ...]:
    """Every connector, in the order of the catalogue.

    Raises
    ------
    DataError
        When one names a publisher that is not under ``publishers``.
    """
    found = []
    for record in catalog.records():
        for name, refresh in record.refresh.items():
            if refresh.source not in catalog.file.publishers:
                raise DataError(
                    f"no publisher {refresh.source!r}",
                    where=f"{CATALOG_FILE}: {record.name}, refresh.{name}",
                    remedy="choose from: " + ", ".join(catalog.file.publishers),
                )
            found.append(Connector(name, record, refresh, catalog.file.publishers[refresh.source]))
    return tuple(found)


def choose_connectors(catalog: "Catalog", names: Sequence[str]) -> tuple[Connector, ...]:
    """The connectors that are meant: each name is one's own, that of a publisher or of a dataset; none means all.

    Raises
    ------
    DataError
        When a name is none of these.
    """
    every = all_connectors(catalog)
    for name in names:
        if not any(_is_named(connector, name) for connector in every):
            known = [f"{connector.name} ({connector.record.name})" for connector in every]
            raise DataError(
                f"nothing is refreshed by the name {name!r}",
                where="baltic data refresh",
                remedy="choose from: " + ", ".join(known),
            )
    return tuple(each for each in every if not names or any(_is_named(each, name) for name in names))


def _is_named(connector: Connector, name: str) -> bool:
    return name in (connector.name, connector.refresh.source, connector.record.name)


def area_codes(catalog: "Catalog") -> dict[str, str]:
    """The project's codes by name and by every other code that the catalogue knows, for readers."""
    codes = {str(code): iso3 for code, iso3 in catalog.file.area_codes.items()}
    for row in catalog.countries().itertuples():
        codes |= {row.iso3: row.iso3, row.name: row.iso3}
    return codes
