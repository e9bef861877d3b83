"""Make a vintage the table that the report uses, together with its record and its source.

Three files change: the table, data/sources.csv and data/catalog.yaml. No rename changes three at once. So all of them
are laid into one folder first, whose name appears in one step; then each takes its place. What an interruption leaves
is met as a wrong checksum, and the next adoption finishes it from that folder.
"""

import csv
import io
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from baltic_calculus.catalog.catalog import SOURCES, Catalog, CatalogFile
from baltic_calculus.catalog.comparison import same_definition
from baltic_calculus.catalog.document import parse_document
from baltic_calculus.catalog.record import DatasetRecord, Refresh
from baltic_calculus.catalog.record_edit import Path as Keys
from baltic_calculus.catalog.record_edit import Value, edit_record
from baltic_calculus.catalog.root import CATALOG_FILE, PENDING, VINTAGES
from baltic_calculus.catalog.schema import References, check_frame
from baltic_calculus.catalog.table import convert, data_error, read_text
from baltic_calculus.catalog.vintage import (
    Vintage,
    check_table,
    extended_record,
    free_name,
    list_vintages,
    sha256,
    store_vintage,
    vintage_bytes,
    write_folder,
)
from baltic_calculus.errors import DataError

DONE = ".adopted"
TO_REVIEW = ("title", "citation", "measures", "flags", "known_gaps", "known_outliers")
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
        When the vintage is not sound, counts something else, holds more than the licence allows, or lacks a measure of
        the table; or when the report has rows of its label already.
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
        _check_measures(vintage, before, frame)

    former = (catalog.root / record.path).read_bytes()
    table = _with_rows(former, content) if vintage.label else content
    files = {record.path: table}
    text = (catalog.root / CATALOG_FILE).read_text(encoding="utf-8")
    changes = _changes(record, vintage, connector, sha256(table), cut_off, redefined)
    new_text = edit_record(text, record.name, changes)
    register = catalog.record(SOURCES)
    if registered := _with_source(catalog, register, vintage):
        files[register.path] = registered
        read = max(register.read, vintage.read)
        new_text = edit_record(new_text, SOURCES, {("sha256",): sha256(registered), ("read",): read})
    files[CATALOG_FILE] = new_text.encode("utf-8")
    _check_outcome(catalog, new_text, vintage, table)

    kept = _keep(catalog, record, refresh)
    _swap(catalog.root, files, unchanged=text)
    return Adoption(kept, tuple(".".join(path) for path in changes))


def finish_adoption(root: Path) -> bool:
    """Finish an adoption that was interrupted; gives whether there was one."""
    pending = root / PENDING
    if not pending.is_dir():
        return False
    # the catalogue last: as long as it is the former one, its checksums tell that something is amiss
    for path in sorted(
        (path for path in pending.rglob("*") if path.is_file()), key=lambda path: path.name == Path(CATALOG_FILE).name
    ):
        target = root / path.relative_to(pending)
        beside = target.with_name(f".{target.name}.new")
        with beside.open("wb") as file:
            file.write(path.read_bytes())
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
    done = root / VINTAGES / DONE
    if done.exists():
        shutil.rmtree(done)
    pending.rename(done)
    shutil.rmtree(done)
    return True


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


def _check_measures(vintage: Vintage, before: pd.DataFrame, frame: pd.DataFrame) -> None:
    if "measure" in before and (missing := sorted(set(before["measure"]) - set(frame["measure"]))):
        raise DataError(
            f"{vintage.address} lacks measures of the report's table: {', '.join(missing)}",
            where=vintage.path,
            remedy="give all files of the edition to one refresh; or, if the publisher dropped them, take them out of "
            "the report and of the table first",
        )


def _with_rows(table: bytes, added: bytes) -> bytes:
    """A table with the rows of another of the same columns behind its own."""
    return table.rstrip(b"\r\n") + b"\n" + added.partition(b"\n")[2]


def _changes(
    record: DatasetRecord, vintage: Vintage, connector: str, checksum: str, cut_off: str, redefined: str
) -> dict[Keys, Value]:
    """What the record says from now on; a value that is not known any more is empty."""
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
    return changes


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


def _check_outcome(catalog: Catalog, text: str, vintage: Vintage, table: bytes) -> None:
    """Check table and record as they will be; nothing has been written by then."""
    file = parse_document(text, CATALOG_FILE, CatalogFile)
    record = file.datasets[vintage.dataset]
    frame, broken = convert(read_text(table, record), record, file.columns)
    if not broken:
        known = catalog.references()
        own = {vintage.source["source"]} if vintage.source else set()
        broken = check_frame(frame, record, file.columns, References(known.countries, {*known.sources, *own}))
    if broken:
        raise data_error(record.path, broken)


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


def _swap(root: Path, files: dict[str, bytes], unchanged: str) -> None:
    """Put all files into place, or none."""
    pending = root / PENDING
    if pending.exists():
        raise DataError(
            "another adoption is under way, or was interrupted",
            where=pending.relative_to(root).as_posix(),
            remedy="wait until it ends, and run the command again",
        )
    write_folder(pending, files)
    if (root / CATALOG_FILE).read_text(encoding="utf-8") != unchanged:
        shutil.rmtree(pending)
        raise DataError(
            "the catalogue changed while the vintage was checked", where=CATALOG_FILE, remedy="run the command again"
        )
    finish_adoption(root)
