"""What ``baltic data validate`` looks for beyond what loading a dataset already refuses."""

import re
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from baltic_calculus.catalog.catalog import SOURCES, Catalog, Finding
from baltic_calculus.catalog.record import DatasetRecord, Kind
from baltic_calculus.catalog.root import VINTAGES
from baltic_calculus.catalog.schema import SEPARATOR, outlier_rows
from baltic_calculus.catalog.vintage import vintage_faults
from baltic_calculus.errors import DataError

REFERENCES = "report/references.bib"
ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)


def find_faults(catalog: Catalog, names: Sequence[str] | None = None) -> tuple[Finding, ...]:
    """Load the named datasets (default: all) and list what is wrong with them.

    Beyond loading: outliers that no row matches, and citation keys, those in a column ``reference`` included, that are
    not in report/references.bib. Over the
    whole catalogue also files in data/ without a record, registered sources that no row uses, and policy values.
    """
    records = [catalog.record(name) for name in names] if names is not None else list(catalog.records())
    cited = citation_keys(catalog.root)
    findings: list[Finding] = []
    frames: dict[str, pd.DataFrame] = {}
    for record in records:
        try:
            if record.kind is Kind.GEOMETRY:
                catalog.load_geometry(record.name)
            else:
                frames[record.name] = catalog.load(record.name)
        except DataError as error:
            findings.append(Finding(record.name, str(error)))
        findings += [
            Finding(record.name, f"citation {key!r} is not in {REFERENCES}")
            for key in (record.citation, *record.further_citations)
            if key not in cited
        ]
    for name, frame in frames.items():
        findings += _stale_outliers(catalog.record(name), frame)
        findings += _unknown_references(name, frame, cited)
    if names is None:
        stored, faults = vintage_faults(catalog)
        findings += [Finding(place, message) for place, message in faults]
        findings += _unrecorded_files(catalog, records)
        findings += _unused_sources(frames | stored)
        findings += _policy_faults(catalog, cited)
    return tuple(findings)


def citation_keys(root: Path) -> frozenset[str]:
    """Keys of the entries of report/references.bib (none when the file is missing)."""
    path = root / REFERENCES
    return frozenset(ENTRY.findall(path.read_text(encoding="utf-8"))) if path.is_file() else frozenset()


def _stale_outliers(record: DatasetRecord, frame: pd.DataFrame) -> list[Finding]:
    findings = []
    for outlier in record.known_outliers:
        if not outlier_rows(frame, outlier).any():
            place = f"{outlier.iso3} {outlier.measure} {outlier.first_year}-{outlier.last_year}"
            findings.append(Finding(record.name, f"known outlier {place} matches no row: remove it"))
    return findings


def _unknown_references(name: str, frame: pd.DataFrame, cited: frozenset[str]) -> list[Finding]:
    keys = sorted({key for key in frame.get("reference", ()) if key} - cited)
    return [Finding(name, f"reference {key!r} is not in {REFERENCES}") for key in keys]


def _unrecorded_files(catalog: Catalog, records: Sequence[DatasetRecord]) -> list[Finding]:
    recorded = {record.path for record in records}
    tables = (path.relative_to(catalog.root).as_posix() for path in (catalog.root / "data").rglob("*.*"))
    return [
        Finding(path, "file has no record in data/catalog.yaml")
        for path in sorted(tables)
        if path.endswith((".csv", ".geojson")) and path not in recorded and not path.startswith(f"{VINTAGES}/")
    ]


def _unused_sources(frames: dict[str, pd.DataFrame]) -> list[Finding]:
    if SOURCES not in frames:
        return []
    used: set[str] = set()
    for name, frame in frames.items():
        if name == SOURCES:
            continue
        for column in ("source", "note"):
            if column in frame:
                used.update(re.findall(r"\w+", SEPARATOR.join(frame[column].unique())))
    return [Finding(SOURCES, f"source {key} is used by no row") for key in frames[SOURCES]["source"] if key not in used]


def _policy_faults(catalog: Catalog, cited: frozenset[str]) -> list[Finding]:
    findings = []
    for file in sorted((catalog.root / "data" / "policy").glob("*.yaml")):
        try:
            policy = catalog.policy(file.stem)
        except DataError as error:
            findings.append(Finding(file.stem, str(error)))
            continue
        findings += [
            Finding(file.stem, f"{key}: reference {value.reference!r} is not in {REFERENCES}")
            for key, value in policy.values.items()
            if value.reference not in cited
        ]
    return findings
