"""Table Schema of the published CSV files: what each column is called, means and may hold.

The schema of a dataset comes from its record and the data dictionary. Exhibits have no record: the types of their
columns are read from the data, the meanings from report/columns.yaml and the data dictionary, and the units from the
ends of their names, which carry them throughout the project.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from baltic_calculus.catalog import DatasetRecord
from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.catalog.record import Column
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.exhibit import Exhibit

SCHEMA = "https://datapackage.org/profiles/2.0/tableschema.json"
COLUMNS_FILE = "report/columns.yaml"
COUNTRIES = "countries"
TYPES = {"text": "string", "number": "number", "integer": "integer"}
REGISTER = re.compile(r"data/(\w+)\.csv")
"""How the data dictionary refers to the registers."""

SHAPES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("integer", re.compile(r"[+-]?\d+"), ""),
    ("number", re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"), ""),
    ("boolean", re.compile(r"True|False"), ""),
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}"), ""),
    ("datetime", re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}"), "%Y-%m-%d %H:%M:%S"),
)
"""Types from narrow to wide, what their cells look like, and the format to name; anything else is text."""

UNITS: tuple[tuple[str, str], ...] = (
    ("gdp_pct", "% of GDP"),
    ("eur_per_inhabitant", "EUR per inhabitant"),
    ("log_points", "log points"),
    ("points", "percentage points"),
    ("per_1000", "per 1,000 inhabitants"),
    ("eur_bn", "EUR bn"),
    ("eur_m", "EUR m"),
    ("usd_bn", "US$ bn"),
    ("usd_m", "US$ m"),
    ("eur", "EUR"),
    ("usd", "US$"),
    ("pct", "%"),
    ("troops", "troops"),
    ("persons", "persons"),
    ("year", "year"),
)
"""How names of columns end, the longer endings first, and the units that they state."""


def dataset_schema(record: DatasetRecord, dictionary: Mapping[str, Column]) -> dict[str, Any]:
    """Schema of a dataset of the catalogue.

    Parameters
    ----------
    record : DatasetRecord
        Its record; a table.
    dictionary : mapping of str to Column
        The data dictionary.
    """
    fields = [_dataset_field(name, dictionary[name], record) for name in record.columns]
    schema: dict[str, Any] = {"$schema": SCHEMA, "fields": fields, "missingValues": [""]}
    if not _may_be_empty(record.keys, dictionary):
        schema["primaryKey"] = list(record.keys)
    if "iso3" in record.columns and record.name != COUNTRIES:
        reference = {"resource": COUNTRIES, "fields": ["iso3"]}
        schema["foreignKeys"] = [{"fields": ["iso3"], "reference": reference}]
    return schema


def _may_be_empty(keys: Iterable[str], dictionary: Mapping[str, Column]) -> bool:
    """Whether a key has a cell that may be missing: then it is not a primary key, though its rows are unique."""
    # a state is never missing where it belongs to the key: the catalogue checks it against the register
    return any(not dictionary[key].required for key in keys if key != "iso3")


def _dataset_field(name: str, column: Column, record: DatasetRecord) -> dict[str, Any]:
    field = {"name": name, "type": TYPES[column.type], "title": title_of(name), "description": _in_package(column)}
    unit = unit_of(name) if column.type != "text" else ""
    constraints: dict[str, Any] = {}
    if column.required or (name == "iso3" and name in record.keys):
        constraints["required"] = True
    words = list(record.measures) if name == "measure" else record.vocabularies.get(name, column.allowed)
    if any(words):
        constraints["enum"] = [word for word in words if word]
    if column.pattern:
        constraints["pattern"] = column.pattern
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    if column.maximum is not None:
        constraints["maximum"] = column.maximum
    if name == "year" and record.years:
        constraints["minimum"], constraints["maximum"] = record.years
    return field | ({"unit": unit} if unit else {}) | ({"constraints": constraints} if constraints else {})


class ExhibitColumns:
    """What the columns of exhibits mean.

    Parameters
    ----------
    own : mapping of str to str
        Meanings from report/columns.yaml, by name or by ``label.name``.
    dictionary : mapping of str to Column
        The data dictionary, for all others.
    """

    def __init__(self, own: Mapping[str, str], dictionary: Mapping[str, Column]) -> None:
        self.own, self.dictionary = own, dictionary

    @classmethod
    def read(cls, root: Path, dictionary: Mapping[str, Column]) -> "ExhibitColumns":
        """Read report/columns.yaml of the project in ``root``; a project without that file describes none itself.

        Raises
        ------
        ConfigurationError
            When the file is not a mapping of names to texts.
        """
        path = root / COLUMNS_FILE
        try:
            text = path.read_text(encoding="utf-8") if path.exists() else "{}"
            own = parse_yaml(text)
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            own = str(error)
        if not isinstance(own, dict) or not all(isinstance(text, str) for item in own.items() for text in item):
            raise ConfigurationError(
                "not a list of columns and their meanings",
                where=COLUMNS_FILE,
                remedy="write a line 'name: meaning' for each column, the meaning in quotes when it holds a colon",
            )
        return cls(own, dictionary)

    def meaning(self, label: str, name: str) -> str:
        """What a column of an exhibit means; empty when it is described nowhere."""
        for key in (f"{label}.{name}", name):
            if key in self.own:
                return self.own[key]
        return _in_package(self.dictionary[name]) if name in self.dictionary else ""

    def schema(self, exhibit: Exhibit) -> dict[str, Any]:
        """Schema of the data of an exhibit."""
        header, *rows = exhibit.rows
        fields = [self._field(exhibit, name, [row[place] for row in rows]) for place, name in enumerate(header)]
        return {"$schema": SCHEMA, "fields": fields, "missingValues": [""]}

    def _field(self, exhibit: Exhibit, name: str, cells: list[str]) -> dict[str, Any]:
        kind, form = column_type(cells)
        field = {"name": name, "type": kind, "title": title_of(name)}
        if form:
            field["format"] = form
        meaning = self.meaning(exhibit.label, name)
        unit = unit_of(name) if kind in ("number", "integer") else ""
        field["description"] = meaning or f"{title_of(name)}; unit of the {exhibit.kind}: {exhibit.unit}"
        if unit:
            field["unit"] = unit
        return field | ({"constraints": {"required": True}} if cells and all(cells) else {})


def _in_package(column: Column) -> str:
    """The meaning of a column for readers who have the package, not the project."""
    return REGISTER.sub(r"the dataset \1", column.meaning)


def column_type(cells: Iterable[str]) -> tuple[str, str]:
    """The narrowest type that fits all filled cells of a column, and its format when it needs one.

    Examples
    --------
    >>> column_type(["2014", "", "2026"])
    ('integer', '')
    >>> column_type(["2014", "2014-05"])
    ('string', '')
    """
    filled = [cell for cell in cells if cell]
    for kind, shape, form in SHAPES if filled else ():
        if all(shape.fullmatch(cell) for cell in filled):
            return kind, form
    return "string", ""


def unit_of(name: str) -> str:
    """Unit that the name of a column states; empty when it states none.

    Examples
    --------
    >>> unit_of("share_first_gdp_pct")
    '% of GDP'
    """
    return next((unit for ending, unit in UNITS if name == ending or name.endswith(f"_{ending}")), "")


def title_of(name: str) -> str:
    """Name of a column as a heading, without its unit: ``share_first_gdp_pct`` is "Share first"."""
    if name == "iso3":
        return "Country code"
    ending = next((ending for ending, _ in UNITS if name.endswith(f"_{ending}") and ending != "year"), "")
    words = name.removesuffix(ending).strip("_").replace("_", " ")
    return words[:1].upper() + words[1:]
