"""The data package: every figure's and table's data, and every dataset that may be passed on, described for machines.

It follows Frictionless Data Package 2.0 (https://datapackage.org). A dataset whose terms allow no copy is left out. One
that may be passed on under conditions only comes with its conditions, and so do the exhibits that show it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any

from baltic_calculus.catalog import Catalog, DatasetRecord
from baltic_calculus.catalog.record import Kind
from baltic_calculus.exhibits.precision import DIGITS
from baltic_calculus.report.changes import COLUMNS
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import citation_of
from baltic_calculus.report.edition_changes import FILE, EditionChanges
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.licence import read_licence, report_licence
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.table_schema import SCHEMA, ExhibitColumns, dataset_schema

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
RESOURCE = "https://datapackage.org/profiles/2.0/dataresource.json"
DESCRIPTOR = "datapackage.json"
DATASETS = "datasets"
WITHHELD = "none"
"""What a record says of a dataset that may not be passed on."""


@dataclass(frozen=True)
class DataPackage:
    """The descriptor, and the files that it describes.

    Attributes
    ----------
    descriptor : dict
        Content of datapackage.json.
    files : dict of str to bytes
        Content of each file by its path beside datapackage.json.
    """

    descriptor: dict[str, Any]
    files: Mapping[str, bytes]


def build_package(document: Document, catalog: Catalog) -> DataPackage:
    """Make the data package of a document.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    catalog : Catalog
        The datasets.
    """
    files: dict[str, bytes] = {}
    resources = []
    columns = ExhibitColumns.read(document.config.root, catalog.file.columns)
    for kind in ("figure", "table"):
        for target, exhibit, caption in document.exhibits(kind):
            path = f"{exhibit.label}.csv"
            files[path] = exhibit.data.encode()
            resources.append(_exhibit(target, exhibit, caption, columns, catalog) | _identity(files[path]))
    if document.changes is not None:
        files[FILE] = document.changes.data.encode()
        resources.append(_changes(document.changes, document.config) | _identity(files[FILE]))
    for record in passed_on(catalog):
        path = dataset_path(record)
        files[path] = (catalog.root / record.path).read_bytes()
        resources.append(_dataset(record, catalog) | _identity(files[path]))
    return DataPackage(_package(document) | {"resources": resources}, files)


def passed_on(catalog: Catalog) -> Iterator[DatasetRecord]:
    """Records of the datasets that may be redistributed, with or without conditions."""
    return (record for record in catalog.records() if record.redistribution != WITHHELD)


def dataset_path(record: DatasetRecord) -> str:
    """Where the copy of a dataset lies, beside datapackage.json."""
    return f"{DATASETS}/{record.name}{PurePosixPath(record.path).suffix}"


def package_name(config: ReportConfig) -> str:
    """Name of the package: the title as one word, "baltic-security-calculus"."""
    return re.sub(r"[^a-z0-9]+", "-", config.title.lower().removeprefix("the ")).strip("-")


def _package(document: Document) -> dict[str, Any]:
    config = document.config
    descriptor: dict[str, Any] = {
        "$schema": PROFILE,
        "name": package_name(config),
        "title": f"{config.title}: data",
        "description": f"The data of every figure and table of “{config.title}: {config.subtitle}”, "
        "and the datasets behind them that may be passed on. Computed numbers have "
        f"{DIGITS} significant digits.",
        "version": config.edition,
        # the day of the edition: a clock would make two builds of the same state differ
        "created": f"{config.date.isoformat()}T00:00:00Z",
        "keywords": list(config.keywords),
        "contributors": _contributors(config),
        "licenses": [report_licence(config.licence).entry()],
        "citation": citation_of(config),
    }
    if config.address:
        descriptor["homepage"] = config.address
    return {key: value for key, value in descriptor.items() if value}


def _contributors(config: ReportConfig) -> list[dict[str, Any]]:
    people = {author: ["author"] for author in config.authors}
    people.setdefault(config.institute, []).append("publisher")
    return [{"title": name, "roles": roles} for name, roles in people.items()]


def _identity(content: bytes) -> dict[str, Any]:
    return {"bytes": len(content), "hash": f"sha256:{sha256(content).hexdigest()}"}


def _table(path: str) -> dict[str, Any]:
    return {
        "$schema": RESOURCE,
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
    }


def _exhibit(
    target: Target, exhibit: Exhibit, caption: str, columns: ExhibitColumns, catalog: Catalog
) -> dict[str, Any]:
    records = [catalog.record(name) for name in exhibit.sources]
    return {
        "name": exhibit.label,
        **_table(f"{exhibit.label}.csv"),
        "title": f"{target.word} {target.number}. {caption}",
        "description": exhibit.alt,
        "unit": exhibit.unit,
        "notes": list(exhibit.notes),
        "page": f"{target.page.href}#{exhibit.label}",
        "schema": columns.schema(exhibit),
        "sources": [_source(record, catalog) for record in records],
        "licenses": _licences(records),
    }


def _changes(changes: EditionChanges, config: ReportConfig) -> dict[str, Any]:
    before = changes.before
    fields = [{"name": name, "type": kind, "description": text} for name, (kind, text) in COLUMNS.items()]
    return {
        "name": PurePosixPath(FILE).stem,
        **_table(FILE),
        "title": "What changed since the edition before",
        "description": "Every fact of the text that differs from the "
        f"{'unpublished draft' if before.draft else 'edition'} of {before.date.isoformat()}.",
        "schema": {"$schema": SCHEMA, "fields": fields},
        "licenses": [report_licence(config.licence).entry()],
    }


def _dataset(record: DatasetRecord, catalog: Catalog) -> dict[str, Any]:
    path = dataset_path(record)
    conditions = f" To be passed on with this line: {record.attribution}" if record.attribution else ""
    described: dict[str, Any] = {
        "title": record.title,
        "description": f"{record.basis}{conditions}",
        "version": record.edition,
        "redistribution": record.redistribution,
        "attribution": record.attribution,
        "cutOff": record.cut_off,
        "read": record.read,
        "readFrom": record.read_from,
        "measures": [{"name": name, **one.model_dump(exclude_defaults=True)} for name, one in record.measures.items()],
        "flags": dict(record.flags),
        "knownGaps": list(record.known_gaps),
        "sources": [_source(record, catalog)],
        "licenses": _licences([record]),
    }
    described = {key: value for key, value in described.items() if value}
    if record.kind is Kind.GEOMETRY:
        place = {"$schema": RESOURCE, "path": path, "format": "geojson", "mediatype": "application/geo+json"}
        return {"name": record.name, **place, "encoding": "utf-8", **described}
    return {
        "name": record.name,
        **_table(path),
        **described,
        "schema": dataset_schema(record, catalog.file.columns),
    }


def _source(record: DatasetRecord, catalog: Catalog) -> dict[str, str]:
    entry = {
        "title": record.title if record.title.startswith(record.publisher) else f"{record.publisher}: {record.title}",
        "path": record.landing_page or record.download,
        "version": record.edition,
    }
    if record.redistribution != WITHHELD:
        entry["dataset"] = record.name
    return {key: text for key, text in entry.items() if text}


def _licences(records: list[DatasetRecord]) -> list[dict[str, str]]:
    """Each licence once; conditions of attribution stand in the title of the terms that make them."""
    entries = []
    for record in records:
        entry = read_licence(record.licence).entry()
        if record.redistribution == "limited":
            entry["title"] += f". {record.attribution}"
        if entry not in entries:
            entries.append(entry)
    return entries
