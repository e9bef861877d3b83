"""What ``baltic data validate`` looks for: schemas, cross-checks, and what the files and registers owe each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from baltic_calculus.catalog.catalog import SOURCES, Catalog
from baltic_calculus.catalog.cross_check import CrossCheck, Outcome, Tables, run_check, unknown_exceptions
from baltic_calculus.catalog.cross_checks import CROSS_CHECKS
from baltic_calculus.catalog.finding import Finding, Validation
from baltic_calculus.catalog.policy import TOLERANCES
from baltic_calculus.catalog.record import DatasetRecord, Kind
from baltic_calculus.catalog.root import CATALOG_FILE, VINTAGES
from baltic_calculus.catalog.schema import SEPARATOR, count_rules, outlier_rows
from baltic_calculus.catalog.table import FIRST_LINE, REMEDY, BrokenTable, Violation
from baltic_calculus.catalog.vintage_table import vintage_faults
from baltic_calculus.errors import DataError

REFERENCES = "report/references.bib"
ENTRY = re.compile(r"^@\w+\{([^,\s]+),", re.MULTILINE)


def validate_catalog(catalog: Catalog, names: Sequence[str] | None = None) -> Validation:
    """Load the named datasets (default: all), run the cross-checks that read one of them, and say what is wrong.

    Beyond loading: outliers and exceptions that no row matches, and citation keys, those in a column ``reference``
    included, that are not in report/references.bib. Over the whole catalogue also files in data/ without a record,
    registered sources that no row uses, and policy values. A cross-check is left out when one of its tables is broken
    or not in the catalogue.
    """
    records = [catalog.record(name) for name in names] if names is not None else list(catalog.records())
    cited = citation_keys(catalog.root)
    findings: list[Finding] = []
    frames: dict[str, pd.DataFrame] = {}
    rows = 0
    for record in records:
        try:
            if record.kind is Kind.GEOMETRY:
                rows += len(catalog.load_geometry(record.name)["features"])
            else:
                frames[record.name] = catalog.load(record.name)
        except DataError as error:
            findings += _refusals(record, error)
        findings += [
            _unknown(record.name, f"citation {key!r}", CATALOG_FILE)
            for key in (record.citation, *record.further_citations)
            if key not in cited
        ]
    outliers = 0
    for name, frame in frames.items():
        stale = _stale_outliers(catalog.record(name), frame)
        outliers += len(catalog.record(name).known_outliers) - len(stale)
        findings += [*stale, *_table_findings(frame, cited)]
    outcomes = _run(catalog, list(_runnable(catalog, frames, names is None)))
    findings += [finding for outcome in outcomes for finding in outcome.findings]
    if names is None:
        stored, faults = vintage_faults(catalog)
        findings += [Finding(place, message) for place, message in faults]
        findings += _unrecorded_files(catalog, records)
        findings += _unused_sources(frames | stored)
        findings += _policy_faults(catalog, cited)
    return Validation(
        findings=tuple(findings),
        datasets=len(records),
        rows=rows + sum(map(len, frames.values())),
        rules=sum(count_rules(catalog.record(name), catalog.file.columns) for name in frames),
        cross_checks=len(outcomes),
        comparisons=sum(each.comparisons for each in outcomes),
        exceptions=outliers + sum(each.exceptions for each in outcomes),
    )


def findings_in_place(catalog: Catalog, frame: pd.DataFrame) -> list[Finding]:
    """What `validate_catalog` would find of a valid table, if it were that of its dataset.

    Parameters
    ----------
    frame : DataFrame
        With the record that it would have in ``attrs["record"]``.

    Raises
    ------
    DataError
        When another table that a cross-check reads is broken.
    """
    record = frame.attrs["record"]
    findings = [*_stale_outliers(record, frame), *_table_findings(frame, citation_keys(catalog.root))]
    known = set(catalog.file.datasets)
    checks = [check for check in CROSS_CHECKS if record.name in check.datasets and set(check.datasets) <= known]
    others = {name for check in checks for name in check.datasets} - {record.name}
    tables = {record.name: frame, **{name: catalog.load(name) for name in others}}
    outcomes = _run(catalog, [(check, tables) for check in checks])
    findings += [finding for outcome in outcomes for finding in outcome.findings]
    # no file that anybody can open has these lines yet
    return [replace(each, file="", line=0) if each.file == record.path else each for each in findings]


def _run(catalog: Catalog, runnable: Sequence[tuple[CrossCheck, Tables]]) -> list[Outcome]:
    if not runnable:
        return []
    limits = catalog.policy(TOLERANCES)
    return [run_check(check, tables, limits) for check, tables in runnable]


def _table_findings(frame: pd.DataFrame, cited: frozenset[str]) -> list[Finding]:
    name = frame.attrs["record"].name
    own = {check.name for check in CROSS_CHECKS if check.datasets[0] == name}
    return [*_unknown_references(name, frame, cited), *unknown_exceptions(frame, own)]


def _runnable(
    catalog: Catalog, frames: dict[str, pd.DataFrame], whole: bool
) -> Iterator[tuple[CrossCheck, dict[str, pd.DataFrame]]]:
    """Cross-checks that read one of the frames, with all tables they need; the others of those are loaded."""
    others: dict[str, pd.DataFrame | None] = {}
    for check in CROSS_CHECKS:
        if not set(check.datasets) & set(frames) or not set(check.datasets) <= set(catalog.file.datasets):
            continue
        for name in set(check.datasets) - set(frames) - set(others):
            others[name] = None if whole else _load_or_none(catalog, name)
        tables = {name: frames.get(name, others.get(name)) for name in check.datasets}
        present = {name: frame for name, frame in tables.items() if frame is not None}
        if len(present) == len(tables):
            yield check, present


def _load_or_none(catalog: Catalog, name: str) -> pd.DataFrame | None:
    try:
        return catalog.load(name)
    except DataError:
        return None  # it was not asked for: whoever asks for it is told


def _refusals(record: DatasetRecord, error: DataError) -> list[Finding]:
    """Findings of a dataset that did not load: one for each broken cell, or one for the whole."""
    if isinstance(error, BrokenTable):
        return [_broken(record, each) for each in error.violations]
    return [Finding(record.name, str(error), file=record.path, found=error.what, remedy=error.remedy)]


def _broken(record: DatasetRecord, violation: Violation) -> Finding:
    return Finding(
        record.name,
        str(violation),
        file=violation.file,
        line=violation.line,
        row=f"column {violation.column}" if violation.column else "",
        expected=violation.rule,
        found=violation.value,
        rule=f"schema: {violation.rule}",
        remedy=REMEDY,
    )


def _unknown(dataset: str, what: str, file: str) -> Finding:
    return Finding(
        dataset,
        f"{what} is not in {REFERENCES}",
        file=file,
        rule="what is cited is in the bibliography",
        remedy=f"add the entry to {REFERENCES}, or correct the key",
    )


def citation_keys(root: Path) -> frozenset[str]:
    """Keys of the entries of report/references.bib (none when the file is missing)."""
    path = root / REFERENCES
    return frozenset(ENTRY.findall(path.read_text(encoding="utf-8"))) if path.is_file() else frozenset()


def _stale_outliers(record: DatasetRecord, frame: pd.DataFrame) -> list[Finding]:
    findings = []
    for outlier in record.known_outliers:
        if not outlier_rows(frame, outlier).any():
            place = f"{outlier.iso3} {outlier.measure} {outlier.first_year}-{outlier.last_year}"
            findings.append(
                Finding(
                    record.name,
                    f"known outlier {place} matches no row: remove it",
                    file=CATALOG_FILE,
                    rule="a known outlier matches a row",
                    remedy=f"remove it from known_outliers in {CATALOG_FILE}",
                )
            )
    return findings


def _unknown_references(name: str, frame: pd.DataFrame, cited: frozenset[str]) -> list[Finding]:
    keys = sorted({key for key in frame.get("reference", ()) if key} - cited)
    return [_unknown(name, f"reference {key!r}", frame.attrs["record"].path) for key in keys]


def _unrecorded_files(catalog: Catalog, records: Sequence[DatasetRecord]) -> list[Finding]:
    recorded = {record.path for record in records}
    tables = (path.relative_to(catalog.root).as_posix() for path in (catalog.root / "data").rglob("*.*"))
    return [
        Finding(
            path,
            f"file has no record in {CATALOG_FILE}",
            file=path,
            rule="every data file has a record",
            remedy=f"describe it in {CATALOG_FILE}, or remove it",
        )
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
    return [
        Finding(
            SOURCES,
            f"source {key} is used by no row",
            file=frames[SOURCES].attrs["record"].path,
            line=line,
            row=key,
            rule="every registered source is used",
            remedy="remove its row, or name it where it was used",
        )
        for line, key in enumerate(frames[SOURCES]["source"], FIRST_LINE)
        if key not in used
    ]


def _policy_faults(catalog: Catalog, cited: frozenset[str]) -> list[Finding]:
    findings = []
    for file in sorted((catalog.root / "data" / "policy").glob("*.yaml")):
        try:
            policy = catalog.policy(file.stem)
        except DataError as error:
            findings.append(Finding(file.stem, str(error), file=error.where, found=error.what, remedy=error.remedy))
            continue
        findings += [
            _unknown(file.stem, f"{key}: reference {value.reference!r}", f"data/policy/{file.name}")
            for key, value in policy.values.items()
            if value.reference not in cited
        ]
    return findings
