"""Make a vintage the table that the report uses, together with its record and its source.

Three files change together: the table, data/sources.csv and data/catalog.yaml.
"""

import csv
import io
from dataclasses import dataclass
from textwrap import indent
from typing import Any

import pandas as pd

from baltic_calculus.catalog.catalog import SOURCES, Catalog, CatalogFile
from baltic_calculus.catalog.comparison import same_definition
from baltic_calculus.catalog.document import parse_document
from baltic_calculus.catalog.exchange import exchange
from baltic_calculus.catalog.record import DatasetRecord, Refresh
from baltic_calculus.catalog.record_edit import Path as Keys
from baltic_calculus.catalog.record_edit import Value, edit_record
from baltic_calculus.catalog.root import CATALOG_FILE, VINTAGES
from baltic_calculus.catalog.schema import checked_table
from baltic_calculus.catalog.validation import findings_in_place
from baltic_calculus.catalog.validation_report import list_findings
from baltic_calculus.catalog.vintage import Vintage, free_name, list_vintages, sha256, store_vintage
from baltic_calculus.catalog.vintage_table import check_table, extended_record, references_with, vintage_bytes
from baltic_calculus.errors import DataError

LISTED = 40
"""Rows that are told for each rule which a vintage breaks."""

TO_REVIEW = ("title", "citation", "measures", "flags", "known_gaps", "known_outliers", "known_exceptions")
"""What a record says of its edition in words that no program can bring up to date."""


@dataclass(frozen=True)
class Adoption:
    """What was done.

    Attributes
    ----------
    kept : str
        Address of the vintage that holds the former table.
    changed : tuple of str
        Keys of the record that were set or removed.
    """

    kept: str
    changed: tuple[str, ...]


def adopt(catalog: Catalog, vintage: Vintage, *, redefined: str = "", cut_off: str = "") -> Adoption:
    """Make a vintage, which it is not yet, the table that the report uses.

    A vintage with a `label` is added to the rows of the other publishers; another takes the place of the table. The
    former table is kept as a vintage.

    Parameters
    ----------
    catalog : Catalog
        Read after any interrupted adoption was finished.
    vintage : Vintage
        To be adopted.
    redefined : str
        New text on what is counted, for a vintage of another definition than the report's table.
    cut_off : str
        Date up to which the figures reach, which publishers' files do not say.

    Raises
    ------
    DataError
        When the vintage is not sound, counts something else, holds more than the licence allows, or lacks a measure or
        an area of the table; when the report has other rows of its label; or when with it a cross-check fails for rows
        that are no known exception. Nothing has been written then.
    """
    record = catalog.record(vintage.dataset)
    content = vintage_bytes(catalog, vintage)
    frame = check_table(catalog, vintage, content)
    before = catalog.load(record.name)
    _check_is_new(record, vintage, before)
    _check_licence(record, vintage, frame)
    connector, refresh = _connector_of(record, vintage)
    _check_definition(record, vintage, refresh, redefined)
    if not vintage.label:
        _check_is_whole(vintage, before, frame)

    table = _with_rows((catalog.root / record.path).read_bytes(), content) if vintage.label else content
    text = (catalog.root / CATALOG_FILE).read_text(encoding="utf-8")
    changes = _changes(record, vintage, connector, sha256(table), cut_off, redefined)
    files = _files(catalog, vintage, table, edit_record(text, record.name, changes))
    _check_in_place(catalog, vintage, files[CATALOG_FILE].decode("utf-8"), table)

    kept = _keep(catalog, record, refresh)
    exchange(catalog.root, files, unchanged=text)
    return Adoption(kept, tuple(".".join(path) for path in changes))


def is_in_use(catalog: Catalog, vintage: Vintage) -> bool:
    """Whether the report's table is the vintage, or holds all its rows."""
    record = catalog.record(vintage.dataset)
    if not vintage.label:
        return vintage.sha256 == record.sha256
    rows = vintage_bytes(catalog, vintage).splitlines()
    return set(rows) <= set((catalog.root / record.path).read_bytes().splitlines())


def _check_is_new(record: DatasetRecord, vintage: Vintage, before: pd.DataFrame) -> None:
    if vintage.label and vintage.label in set(before["vintage"]):
        raise DataError(
            f"{record.name} has rows of {vintage.label!r} already, and vintages are never replaced",
            where=vintage.path,
            remedy=f"compare them: baltic data diff {record.name} {vintage.address}",
        )


def _check_licence(record: DatasetRecord, vintage: Vintage, frame: pd.DataFrame) -> None:
    if record.redistribution == "open":
        return
    for column, noun in (("iso3", "countries"), ("measure", "measures")):
        allowed = {each for refresh in record.refresh.values() for each in getattr(refresh.keeps, noun)}
        if beyond := sorted(set(frame[column]) - allowed):
            raise DataError(
                f"{noun} beyond what the licence lets the report pass on: {', '.join(beyond)}",
                where=vintage.path,
                remedy=f"refresh {record.name} again with the limits of its record: {record.licence}",
            )


def _connector_of(record: DatasetRecord, vintage: Vintage) -> tuple[str, Refresh | None]:
    """The connector that read the vintage, or the only one of a dataset whose table it was."""
    name = vintage.connector or (next(iter(record.refresh)) if len(record.refresh) == 1 else "")
    if vintage.label and name not in record.refresh:
        raise DataError(
            f"{vintage.address} was read by the connector {name!r}, which the record does not have",
            where=f"{CATALOG_FILE}: {record.name}, refresh",
            remedy="refresh again with one of its connectors: " + ", ".join(record.refresh),
        )
    return name, record.refresh.get(name)


def _check_definition(record: DatasetRecord, vintage: Vintage, refresh: Refresh | None, redefined: str) -> None:
    before = refresh.definition if refresh else ""
    is_other = bool(before and vintage.definition) and not same_definition(before, vintage.definition)
    at_others = [f"{name} at {basis} prices" for name, basis in vintage.other_prices(record).items()]
    if (is_other or at_others) and not redefined:
        kept = f"; its basis was: {vintage.basis}" if vintage.basis else ""
        counted = ", ".join([repr(vintage.definition), *at_others])
        raise DataError(
            f"{vintage.address} counts {counted}, the report's table {before!r}{kept}",
            where=vintage.path,
            remedy="figures of two definitions must never be joined. If the report is to go over to the other one, say "
            f'what is counted from now on: baltic data adopt {record.name} {vintage.name} --redefined "..."',
        )
    if redefined and not is_other and not at_others:
        raise DataError(
            f"{vintage.address} counts what the report's table counts: {before or 'no definition is recorded'}",
            where=vintage.path,
            remedy="adopt it without --redefined; mend 'basis' in data/catalog.yaml by hand",
        )


def _check_is_whole(vintage: Vintage, before: pd.DataFrame, frame: pd.DataFrame) -> None:
    for column, noun in (("measure", "measures"), ("iso3", "areas")):
        if column in before and (missing := sorted(set(before[column]) - set(frame[column]))):
            raise DataError(
                f"{vintage.address} lacks {noun} of the report's table: {', '.join(missing)}",
                where=vintage.path,
                remedy="give all files of the edition to one refresh; or, if the publisher dropped them, take them out "
                "of the report and of the table first",
            )


def _with_rows(table: bytes, added: bytes) -> bytes:
    """A table with the rows of another of the same columns behind its own."""
    return table.rstrip(b"\r\n") + b"\n" + added.partition(b"\n")[2]


def _changes(
    record: DatasetRecord, vintage: Vintage, connector: str, checksum: str, cut_off: str, redefined: str
) -> dict[Keys, Value]:
    """What the record says from now on that it does not say yet; a value that is not known any more is empty."""
    changes: dict[Keys, Value] = {("read",): vintage.read, ("sha256",): checksum}
    if vintage.label:
        extended = extended_record(record, vintage)
        changes[("read",)] = max(record.read, vintage.read)
        changes[("refresh", connector, "latest")] = vintage.label
        if extended.years and extended.years != record.years:
            changes[("years",)] = extended.years
        if extended.vocabularies != record.vocabularies:
            changes[("vocabularies", "vintage")] = extended.vocabularies["vintage"]
    else:
        changes |= {
            ("edition",): vintage.edition,
            ("published",): vintage.published,
            ("cut_off",): cut_off or vintage.cut_off,
            ("read_from",): vintage.read_from,
        }
        if vintage.download:
            changes[("download",)] = vintage.download
        if vintage.years:
            changes[("years",)] = vintage.years
        if vintage.basis:
            changes[("basis",)] = vintage.basis
    for name in record.refresh.keys() & vintage.latest.keys():
        changes[("refresh", name, "latest")] = vintage.latest[name]
    if redefined:
        changes[("basis",)] = redefined
        changes[("refresh", connector, "definition")] = vintage.definition
        for name, basis in vintage.other_prices(record).items():
            changes[("measures", name, "price_basis")] = basis
    return {path: value for path, value in changes.items() if value != _value(record, path)}


def _value(record: DatasetRecord, path: Keys) -> Any:
    value: Any = record
    for key in path:
        value = value[key] if isinstance(value, dict) else getattr(value, key)
    return value


def _with_source(catalog: Catalog, register: DatasetRecord, vintage: Vintage) -> bytes:
    """The register of sources with the vintage's own row; empty when it has that row already."""
    if not vintage.source:
        return b""
    key = vintage.source["source"]
    row = {column: vintage.source.get(column, "") for column in register.columns}
    known = {each["source"]: each for each in catalog.rows(SOURCES)}
    if key in known:
        if known[key] == row:
            return b""
        raise DataError(
            f"source {key} is registered as something else",
            where=register.path,
            remedy=f"compare its row with {VINTAGES}/{vintage.dataset}/{vintage.name}/record.yaml",
        )
    line = io.StringIO()
    csv.DictWriter(line, register.columns, lineterminator="\n").writerow(row)
    content = (catalog.root / register.path).read_bytes()
    return _with_rows(content, b"\n" + line.getvalue().encode("utf-8"))


def _files(catalog: Catalog, vintage: Vintage, table: bytes, text: str) -> dict[str, bytes]:
    """Every file that the adoption changes, by its path, as it will be; ``text`` is that of the catalogue."""
    files = {catalog.record(vintage.dataset).path: table}
    register = catalog.record(SOURCES)
    if registered := _with_source(catalog, register, vintage):
        files[register.path] = registered
        changes: dict[Keys, Value] = {("sha256",): sha256(registered), ("read",): max(register.read, vintage.read)}
        text = edit_record(text, SOURCES, changes)
    return {**files, CATALOG_FILE: text.encode("utf-8")}


def _check_in_place(catalog: Catalog, vintage: Vintage, text: str, table: bytes) -> None:
    """Check table, record and cross-checks as they will be; ``text`` is that of the catalogue."""
    file = parse_document(text, CATALOG_FILE, CatalogFile)
    frame = checked_table(table, file.datasets[vintage.dataset], file.columns, references_with(catalog, vintage))
    if findings := findings_in_place(catalog, frame):
        raise DataError(
            f"with {vintage.address} in place 'baltic data validate' would find:\n"
            + indent(list_findings(findings, LISTED), "    "),
            where=vintage.path,
            remedy="nothing was written. Compare the rows with the publisher's own. Where they are as published, name "
            "them with the reason under known_exceptions, or remove an exception that is needless now, in "
            f"{CATALOG_FILE}; then adopt again",
        )


def _keep(catalog: Catalog, record: DatasetRecord, refresh: Refresh | None) -> str:
    """Keep the table that the report uses as a vintage; gives its address."""
    for each in list_vintages(catalog, record.name):
        if each.sha256 == record.sha256:
            return each.address
    kept = Vintage(
        dataset=record.name,
        name=free_name(catalog.root, record.name, record.edition),
        edition=record.edition,
        definition=refresh.definition if refresh else "",
        basis=record.basis,
        cut_off=record.cut_off,
        published=record.published,
        read=record.read,
        download=record.download,
        read_from=record.read_from,
        years=record.years,
        price_bases={name: each.price_basis for name, each in record.measures.items()},
        latest={name: each.latest for name, each in record.refresh.items() if each.latest},
        sha256=record.sha256,
    )
    store_vintage(catalog.root, kept, (catalog.root / record.path).read_bytes())
    return kept.address
