"""Vintages: tables of a dataset beside the one that the report uses, each in a folder with its own record.

``data/vintages/<dataset>/<name>/`` holds ``table.csv`` in the dataset's columns and ``record.yaml``. Such a folder is
written whole or not at all and never changed. Nothing but `baltic data` reads it.
"""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import Field, StringConstraints

from baltic_calculus.catalog.document import read_document
from baltic_calculus.catalog.exchange import write_folder
from baltic_calculus.catalog.record import DatasetRecord, Frozen, PartialDate, Text
from baltic_calculus.catalog.root import VINTAGES
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog.catalog import Catalog

TABLE = "table.csv"
RECORD = "record.yaml"
NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,58}[a-z0-9])?")

Checksum = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class Original(Frozen):
    """A file or answer of the publisher from which a vintage was read."""

    name: Text
    """Address, or name of the file that somebody had."""
    sha256: Checksum
    etag: str = ""
    last_modified: str = ""


class Vintage(Frozen):
    """The record of one vintage.

    A vintage that was the report's table keeps what the dataset's record said of it, so that it can be adopted again.
    """

    dataset: Text
    name: Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")]
    connector: str = ""
    """The connector that read it; empty for a table that was the report's."""
    edition: Text
    definition: str = ""
    basis: str = ""
    cut_off: PartialDate = ""
    published: PartialDate = ""
    read: PartialDate
    download: str = ""
    read_from: str = ""
    years: tuple[int, int] | None = None
    price_bases: dict[str, str] = Field(default_factory=dict)
    """Prices at which each measure is counted."""
    label: str = ""
    """Its word in the column ``vintage``, when it is to stand beside the rows of other publishers."""
    latest: dict[str, str] = Field(default_factory=dict)
    """Of a table that was the report's: the newest word of each connector."""
    source: dict[str, str] = Field(default_factory=dict)
    """The row of data/sources.csv that its rows name, in that table's columns."""
    originals: tuple[Original, ...] = ()
    remarks: tuple[str, ...] = ()
    sha256: Checksum

    def other_prices(self, record: DatasetRecord) -> dict[str, str]:
        """Prices of the measures that are not those of the dataset's record: a redefinition, and no mistake."""
        measures = record.measures
        return {
            name: basis
            for name, basis in self.price_bases.items()
            if name in measures and basis != measures[name].price_basis
        }

    @property
    def address(self) -> str:
        """Its name on the command line."""
        return f"{self.dataset}@{self.name}"

    @property
    def path(self) -> str:
        """Its table, relative to the project folder."""
        return f"{VINTAGES}/{self.dataset}/{self.name}/{TABLE}"


def vintage_name(text: str) -> str:
    """A name for a folder, of an edition or date: lower-case ASCII letters, digits, hyphens and points."""
    plain = re.sub(r"[^a-z0-9.]+", "-", text.casefold()).strip("-.")[:60].strip("-.")
    return re.sub(r"\.{2,}", ".", plain) or "unnamed"


def free_name(root: Path, dataset: str, text: str) -> str:
    """`vintage_name` of ``text``, with a number when the dataset has another vintage of that name."""
    name = plain = vintage_name(text)[:56].rstrip("-.")
    count = 1
    while (root / VINTAGES / dataset / name).exists():
        count += 1
        name = f"{plain}-{count}"
    return name


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def list_vintages(catalog: "Catalog", dataset: str = "") -> tuple[Vintage, ...]:
    """All vintages, or those of one dataset, by dataset and name.

    Raises
    ------
    DataError
        When a record is not readable, or stands in the folder of another vintage.
    """
    folder = catalog.root / VINTAGES
    found = sorted(folder.glob(f"{dataset or '*'}/*/{RECORD}"))
    return tuple(_read_record(catalog.root, path) for path in found if not path.parent.name.startswith("."))


def read_vintage(catalog: "Catalog", dataset: str, name: str) -> Vintage:
    """Record of one vintage.

    Raises
    ------
    DataError
        When there is no such dataset or vintage; the message lists those there are.
    """
    catalog.record(dataset)
    path = catalog.root / VINTAGES / dataset / name / RECORD
    if not NAME.fullmatch(name) or not path.is_file():
        known = [vintage.name for vintage in list_vintages(catalog, dataset)]
        raise DataError(
            f"{dataset} has no vintage {name!r}",
            where=f"{VINTAGES}/{dataset}",
            remedy="choose from: " + ", ".join(known) if known else f"get one: baltic data refresh {dataset}",
        )
    return _read_record(catalog.root, path)


def _read_record(root: Path, path: Path) -> Vintage:
    where = path.relative_to(root).as_posix()
    vintage = read_document(path, where, Vintage)
    if (vintage.dataset, vintage.name) != (path.parent.parent.name, path.parent.name):
        raise DataError(
            f"record of {vintage.address} in the folder of another vintage",
            where=where,
            remedy="restore the folder from git, or delete it and refresh",
        )
    return vintage


def store_vintage(root: Path, vintage: Vintage, table: bytes) -> None:
    """Write the folder of a vintage: all of it or, when interrupted, nothing that anybody reads.

    Raises
    ------
    DataError
        When there is a vintage of that name already.
    """
    folder = root / VINTAGES / vintage.dataset / vintage.name
    if folder.exists():
        raise DataError(
            f"there is a vintage {vintage.address} already",
            where=folder.relative_to(root).as_posix(),
            remedy="delete its folder first, if it may go",
        )
    content = {name: each for name, each in vintage.model_dump(mode="json").items() if each not in ("", None, [], {})}
    record = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)
    write_folder(folder, {TABLE: table, RECORD: record.encode("utf-8")})
