"""The catalogue of one project folder: records, validated frames, policy values, checks."""

import csv
import hashlib
import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import Field, field_validator

from baltic_calculus.catalog.document import read_document
from baltic_calculus.catalog.finding import Validation
from baltic_calculus.catalog.policy import TOLERANCES, PolicySet, read_policy
from baltic_calculus.catalog.publisher import PublisherEntry
from baltic_calculus.catalog.record import Column, Coverage, DatasetRecord, Frozen, Kind
from baltic_calculus.catalog.root import CATALOG_FILE, PENDING
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from baltic_calculus.catalog.schema import References
    from baltic_calculus.catalog.table import Violation

COUNTRIES = "countries"
SOURCES = "sources"
CHECKED = "BALTIC_CHECKED_CATALOGUE"
"""Environment variable with the `Catalog.digest` of a catalogue whose datasets have all been checked; a build sets it
for its kernels, which then need not check them again."""


class CatalogFile(Frozen):
    """Layout of data/catalog.yaml: data dictionary, publishers, other codes of countries, one record per dataset."""

    columns: dict[str, Column]
    publishers: dict[str, PublisherEntry] = Field(default_factory=dict)
    area_codes: dict[str, str] = Field(default_factory=dict)
    """The project's codes by those that publishers use beside ISO 3166 alpha-3."""
    datasets: dict[str, DatasetRecord]

    @field_validator("datasets", mode="before")
    @classmethod
    def _with_names(cls, datasets: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
        return {name: {**record, "name": name} for name, record in datasets.items()}


class Catalog:
    """The datasets, source register and policy values below one project folder.

    Parameters
    ----------
    root : Path
        Folder that holds ``data/`` and ``report/references.bib``.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._frames: dict[str, tuple[str, pd.DataFrame]] = {}
        self._registers: References | None = None  # as recorded: `file` is read once

    @cached_property
    def file(self) -> CatalogFile:
        """data/catalog.yaml, checked.

        Raises
        ------
        DataError
            When a record lacks a key, has an unknown one, or names a column the data dictionary does not describe.
        """
        catalog = read_document(self.root / CATALOG_FILE, CATALOG_FILE, CatalogFile)
        for name, each in catalog.datasets.items():
            if unknown := [column for column in each.columns if column not in catalog.columns]:
                raise DataError(
                    f"columns without an entry in the data dictionary: {', '.join(unknown)}",
                    where=f"{CATALOG_FILE}: {name}",
                    remedy="describe them under 'columns'",
                )
        return catalog

    @cached_property
    def digest(self) -> str:
        """SHA-256 of data/catalog.yaml, which holds those of all files that it describes."""
        return hashlib.sha256((self.root / CATALOG_FILE).read_bytes()).hexdigest()

    def record(self, name: str) -> DatasetRecord:
        """Record of a dataset.

        Raises
        ------
        DataError
            When there is no such dataset; the message lists those there are.
        """
        if name not in self.file.datasets:
            raise DataError(
                f"no dataset {name!r}", where=CATALOG_FILE, remedy="choose from: " + ", ".join(self.file.datasets)
            )
        return self.file.datasets[name]

    def records(self) -> tuple[DatasetRecord, ...]:
        """All records, in the order of the catalogue."""
        return tuple(self.file.datasets.values())

    def load(self, name: str) -> "pd.DataFrame":
        """Validated table of a dataset.

        Returns
        -------
        DataFrame
            A copy of its own, with the dataset's record in ``attrs["record"]``. Text cells are ``str`` (empty: ""),
            numbers float64 (empty: NaN), years int64. Units are those of the record.

        Raises
        ------
        DataError
            When the file's checksum is not the recorded one, or a cell breaks a rule (file, line, column, value, rule).
        """
        record = self.record(name)
        if record.kind is Kind.GEOMETRY:
            raise DataError(
                f"{name} is a map, not a table", where=record.path, remedy=f"use catalog.load_geometry({name!r})"
            )
        content = self._bytes(record)
        if self._frames.get(name, ("",))[0] != record.sha256:
            self._frames[name] = record.sha256, self._frame(content, record)
        frame = self._frames[name][1].copy()
        frame.attrs["record"] = record
        return frame

    def rows(self, name: str) -> tuple[dict[str, str], ...]:
        """Rows of a table as text, without the checks of `load` and without pandas, for the text of the report alone.

        Raises
        ------
        DataError
            When there is no such dataset, or its checksum is not the recorded one.
        """
        return tuple(csv.DictReader(self._bytes(self.record(name)).decode("utf-8-sig").splitlines()))

    def load_geometry(self, name: str) -> dict[str, Any]:
        """GeoJSON FeatureCollection of a map dataset, longitudes and latitudes in degrees (WGS 84).

        Raises
        ------
        DataError
            When the dataset is a table, the checksum is not the recorded one, or a feature has no known ``iso3``.
        """
        record = self.record(name)
        if record.kind is not Kind.GEOMETRY:
            raise DataError(f"{name} is a table, not a map", where=record.path, remedy=f"use catalog.load({name!r})")
        collection: dict[str, Any] = json.loads(self._bytes(record))
        known = set(self.countries()["iso3"])
        for position, feature in enumerate(collection["features"]):
            if feature["properties"]["iso3"] not in known:
                raise DataError(
                    f"feature {position}: unknown country {feature['properties']['iso3']!r}",
                    where=record.path,
                    remedy="add the code to data/countries.csv",
                )
        return collection

    def policy(self, name: str) -> PolicySet:
        """Set of policy values from data/policy/<name>.yaml.

        Raises
        ------
        DataError
            When there is no such set or a value breaks the layout.
        """
        return read_policy(self.root / "data" / "policy", name)

    def policies(self) -> tuple[PolicySet, ...]:
        """All sets of policy values, by name, but for the tolerances of cross-checks: no page is computed from them."""
        files = sorted((self.root / "data" / "policy").glob("*.yaml"))
        return tuple(self.policy(file.stem) for file in files if file.stem != TOLERANCES)

    def countries(self) -> "pd.DataFrame":
        """Countries and aggregates: ``iso3, name, in_text, kind`` (state or aggregate), ``nato`` and ``eu`` (bool)."""
        frame = self.load(COUNTRIES)
        for membership in ("nato", "eu"):
            frame[membership] = frame[membership].eq("yes")
        return frame

    def country_name(self, iso3: str) -> str:
        """English name of a country or aggregate code.

        Raises
        ------
        DataError
            When the code is not in data/countries.csv.
        """
        return self._named(iso3)["name"]

    def country_in_text(self, iso3: str) -> str:
        """English name of a country or aggregate as it stands in a sentence: ``the Netherlands``.

        Raises
        ------
        DataError
            When the code is not in data/countries.csv.
        """
        return self._named(iso3)["in_text"]

    def _named(self, iso3: str) -> dict[str, str]:
        if iso3 not in self._names:
            raise DataError(
                f"unknown country code {iso3!r}",
                where="data/countries.csv",
                remedy="choose from: " + ", ".join(self._names),
            )
        return self._names[iso3]

    @cached_property
    def _names(self) -> dict[str, dict[str, str]]:
        # not load(): a name may be all that somebody asks for, and pandas takes longer to import than a build of text
        return {row["iso3"]: row for row in self.rows(COUNTRIES)}

    def coverage(self, name: str) -> Coverage:
        """Countries and aggregates with rows of their own, sorted by code, and first and last year of a dataset.

        Raises
        ------
        DataError
            When the dataset has no years.
        """
        from baltic_calculus.catalog.description import frame_coverage

        return frame_coverage(self.load(name), self.countries())

    def validate(self, names: Sequence[str] | None = None) -> Validation:
        """Check the named datasets, or all of them, the policy values and the register, and run the cross-checks.

        Returns
        -------
        Validation
            What is wrong, faults told from warnings, and how much was looked at.
        """
        from baltic_calculus.catalog.validation import validate_catalog

        return validate_catalog(self, names)

    def _bytes(self, record: DatasetRecord) -> bytes:
        try:
            content = (self.root / record.path).read_bytes()
        except FileNotFoundError:
            raise DataError(
                "file is missing", where=record.path, remedy="restore it from git, or remove its record"
            ) from None
        found = hashlib.sha256(content).hexdigest()
        if found != record.sha256:
            if (self.root / PENDING).is_dir():
                raise DataError(
                    f"{record.path} is not the file that was recorded: an adoption was interrupted",
                    where=f"{CATALOG_FILE}: {record.name}",
                    remedy="run the same 'baltic data adopt' again, which finishes it",
                )
            raise DataError(
                f"{record.path} is not the file that was recorded: its sha256 is {found}",
                where=f"{CATALOG_FILE}: {record.name}",
                remedy="if the change is a mistake, restore the file from git; if it is a new edition, "
                "write its edition, cut_off, published, read and this sha256 into the record",
            )
        return content

    def _frame(self, content: bytes, record: DatasetRecord) -> "pd.DataFrame":
        from baltic_calculus.catalog.table import convert, data_error, read_text

        frame, broken = convert(read_text(content, record), record, self.file.columns)
        if not broken and os.environ.get(CHECKED) != self.digest:
            broken = self._broken_rules(frame, record)
        if broken:
            raise data_error(record.path, broken)
        return frame

    def _broken_rules(self, frame: "pd.DataFrame", record: DatasetRecord) -> "list[Violation]":
        # pandera takes a second to import, and listing records or reading a policy value does not need it
        from baltic_calculus.catalog.schema import check_frame

        return check_frame(frame, record, self.file.columns, self.references())

    def references(self) -> "References":
        """Codes of countries and keys of sources to which cells may refer.

        Raises
        ------
        DataError
            When one of the two registers is not the file that was recorded.
        """
        from baltic_calculus.catalog.schema import References
        from baltic_calculus.catalog.table import read_text

        registers = [self.record(COUNTRIES), self.record(SOURCES)]
        contents = [self._bytes(each) for each in registers]
        if self._registers is None:
            # read as text, unchecked: the two registers are loaded, and so checked, through `load` themselves
            countries, sources = map(read_text, contents, registers)
            self._registers = References(frozenset(countries["iso3"]), frozenset(sources["source"]))
        return self._registers
