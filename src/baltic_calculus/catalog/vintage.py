"""Vintages: tables of a dataset beside the one that the report uses, each in a folder with its own record.

``data/vintages/<dataset>/<name>/`` holds ``table.csv`` in the dataset's columns and ``record.yaml``. Such a folder is
written whole or not at all and never changed. Nothing but `baltic data` reads it.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import pandas as pd
import yaml
from pydantic import Field, StringConstraints

from baltic_calculus.catalog.document import read_document
from baltic_calculus.catalog.record import DatasetRecord, Frozen, PartialDate, Text
from baltic_calculus.catalog.root import VINTAGES
from baltic_calculus.catalog.schema import References, check_frame
from baltic_calculus.catalog.table import convert, data_error, read_text
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


def vintage_bytes(catalog: "Catalog", vintage: Vintage) -> bytes:
    """The table of a vintage as it is stored.

    Raises
    ------
    DataError
        When it is missing or not the one that was recorded.
    """
    path = catalog.root / vintage.path
    content = path.read_bytes() if path.is_file() else None
    if content is None or sha256(content) != vintage.sha256:
        raise DataError(
            f"the table of {vintage.address} is " + ("missing" if content is None else "not the one that was recorded"),
            where=vintage.path,
            remedy="restore the folder from git, or delete it and refresh",
        )
    return content


def load_vintage(catalog: "Catalog", vintage: Vintage) -> pd.DataFrame:
    """Validated table of a vintage, typed as that of its dataset.

    Raises
    ------
    DataError
        When its checksum is not the recorded one, or a cell breaks a rule of the dataset.
    """
    return check_table(catalog, vintage, vintage_bytes(catalog, vintage))


def check_table(catalog: "Catalog", vintage: Vintage, content: bytes) -> pd.DataFrame:
    """Typed table of a vintage, from its bytes.

    The rules are those of the dataset's record, but for its years, which reach as far as the vintage's own, for the
    words of the column ``vintage``, to which its own is added, and for prices, which may be its own: it is adopted
    under `--redefined` alone.

    Raises
    ------
    DataError
        When a cell breaks a rule; the message names line, column, value and rule.
    """
    record = catalog.record(vintage.dataset)
    columns = dict(catalog.file.columns)
    if others := vintage.other_prices(record):
        allowed = (*columns["price_basis"].allowed, *others.values())
        columns["price_basis"] = columns["price_basis"].model_copy(update={"allowed": allowed})
    record = extended_record(record, vintage).model_copy(update={"path": vintage.path})
    frame, broken = convert(read_text(content, record), record, columns)
    if not broken:
        known = catalog.references()
        own = {vintage.source["source"]} if vintage.source else set()
        broken = check_frame(frame, record, columns, References(known.countries, {*known.sources, *own}))
    if broken:
        raise data_error(vintage.path, broken)
    return frame


def extended_record(record: DatasetRecord, vintage: Vintage) -> DatasetRecord:
    """Record of the dataset that holds the vintage too: its years, its prices, its word in the column ``vintage``."""
    years = record.years
    if years and vintage.years:
        years = (min(years[0], vintage.years[0]), max(years[1], vintage.years[1]))
    words = dict(record.vocabularies)
    if vintage.label and "vintage" in words and vintage.label not in words["vintage"]:
        words["vintage"] = (*words["vintage"], vintage.label)
    measures = dict(record.measures)
    for name, basis in vintage.other_prices(record).items():
        measures[name] = measures[name].model_copy(update={"price_basis": basis})
    return record.model_copy(update={"years": years, "vocabularies": words, "measures": measures})


def write_table(frame: pd.DataFrame, columns: tuple[str, ...]) -> bytes:
    """A typed frame as the CSV file of a dataset: UTF-8, comma, line feed; numbers with the digits that they need."""
    text = frame[list(columns)].copy()
    for name in text.select_dtypes("number"):
        text[name] = [_digits(number) for number in frame[name]]
    return text.to_csv(index=False, lineterminator="\n").encode("utf-8")


def _digits(number: float) -> str:
    return "" if pd.isna(number) else np.format_float_positional(number, trim="-")


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


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside its place and rename it, so that its name never stands for half of it."""
    beside = folder.parent / f".{folder.name}.new"
    if beside.exists():
        shutil.rmtree(beside)  # left by an interruption
    for name, content in files.items():
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    beside.rename(folder)


def vintage_faults(catalog: "Catalog") -> tuple[dict[str, pd.DataFrame], list[tuple[str, str]]]:
    """Load every vintage there is.

    Returns
    -------
    tuple of dict and list
        Sound tables by the address of their vintage, and what is wrong: place and message.
    """
    frames: dict[str, pd.DataFrame] = {}
    faults: list[tuple[str, str]] = []
    folder = catalog.root / VINTAGES
    for path in sorted(folder.glob("*/*")):
        if path.parent.name.startswith("."):
            continue  # a wrong checksum tells of an interrupted adoption
        place = path.relative_to(catalog.root).as_posix()
        if path.name.startswith("."):
            faults.append((place, "left by an interrupted refresh: delete it"))
            continue
        try:
            vintage = read_vintage(catalog, path.parent.name, path.name)
            frames[vintage.address] = load_vintage(catalog, vintage)
        except DataError as error:
            faults.append((place, str(error)))
    return frames, faults


def as_dict(vintage: Vintage) -> dict[str, Any]:
    """What a list of vintages says of one."""
    years = f"{vintage.years[0]}-{vintage.years[1]}" if vintage.years else ""
    return {
        "vintage": vintage.address,
        "edition": vintage.edition,
        "published": vintage.published,
        "read": vintage.read,
        "years": years,
    }
