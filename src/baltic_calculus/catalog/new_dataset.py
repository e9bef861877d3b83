"""A dataset to begin with: a table of two years without a number, its record, and a line in the register of sources."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from baltic_calculus.catalog.catalog import SOURCES, Catalog
from baltic_calculus.catalog.record_edit import Path as Keys
from baltic_calculus.catalog.record_edit import Value, edit_record
from baltic_calculus.catalog.root import CATALOG_FILE
from baltic_calculus.catalog.write_together import write_together
from baltic_calculus.catalog.yaml_entry import add_to_mapping
from baltic_calculus.errors import DataError

NAME = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
LONGEST_NAME = 60
COLUMNS = ("iso3", "year", "measure", "value", "unit", "price_basis", "flag", "source", "note")
OPEN = "to be stated"
"""What stands where only a person knows what is right."""

RECORD = """\
{name}:
  path: {path}
  kind: country_year
  title: {title}
  publisher: {open}
  edition: {open}
  basis: {open}
  read: {today}
  licence: {open}
  redistribution: none
  citation: {citation}
  sha256: "{sha256}"
  columns: [{columns}]
  keys: [iso3, year, measure]
  years: [{before}, {year}]
  measures:
    share_gdp_pct: {{unit: "% of GDP", minimum: 0, definition: {open}}}
  known_gaps:
    - Nothing is entered yet
"""


@dataclass(frozen=True)
class NewDataset:
    """What was made.

    Attributes
    ----------
    table : Path
        The CSV file.
    source : str
        Key of its line in the register of sources.
    """

    table: Path
    source: str


def add_dataset(catalog: Catalog, name: str, folder: str, today: date) -> NewDataset:
    """Add a dataset that validates at once and says, until somebody fills it, that nothing is entered yet.

    Parameters
    ----------
    catalog : Catalog
        Catalogue of the project that gets it.
    name : str
        Its name: small letters, digits and single underscores.
    folder : str
        Folder of ``data/`` that it goes to: one in which a dataset lies already.
    today : date
        Day on which it is entered.

    Raises
    ------
    DataError
        When the name is unfit or taken, there is no such folder, or the catalogue has no place for it.
    OSError
        When a file cannot be written; nothing has changed.
    """
    table = _place(catalog, name, folder)
    key = name.upper()
    register = catalog.record(SOURCES)
    if any(row["source"] == key for row in catalog.rows(SOURCES)):
        raise DataError(f"source {key} is registered already", where=register.path, remedy="choose another name")
    row = _register_row(register.columns, key, today)
    sources = (catalog.root / register.path).read_bytes().rstrip(b"\n") + b"\n" + row.encode() + b"\n"
    content = _first_rows(catalog, key, today).encode()
    record = RECORD.format(
        name=name,
        path=table.relative_to(catalog.root).as_posix(),
        title=name.replace("_", " ").capitalize(),
        open=OPEN,
        today=today,
        citation=register.citation,
        sha256=hashlib.sha256(content).hexdigest(),
        columns=", ".join(COLUMNS),
        before=today.year - 1,
        year=today.year,
    )
    file = catalog.root / CATALOG_FILE
    text = file.read_text(encoding="utf-8")
    text = add_to_mapping(text, "datasets", record, CATALOG_FILE)
    changes: dict[Keys, Value] = {
        ("sha256",): hashlib.sha256(sources).hexdigest(),
        ("read",): max(register.read, str(today)),
    }
    text = edit_record(text, SOURCES, changes)
    # the catalogue last: a table that it does not name harms nothing
    write_together({table: content, catalog.root / register.path: sources, file: text.encode()})
    return NewDataset(table, key)


def _place(catalog: Catalog, name: str, folder: str) -> Path:
    """File of a new dataset, when name and folder are fit."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise DataError(
            f"{name!r} cannot name a dataset",
            where="baltic new dataset",
            remedy=f"use small letters, digits and single underscores, {LONGEST_NAME} at most: arms_exports",
        )
    if name in catalog.file.datasets:
        raise DataError(f"dataset {name!r} exists", where=CATALOG_FILE, remedy="choose another name")
    parents = {PurePosixPath(record.path).parent for record in catalog.records() if record.columns}
    folders = {parent.name: parent for parent in parents if parent.name != "data"} or {"": PurePosixPath("data")}
    if folder not in folders:
        raise DataError(
            f"no folder {folder!r} of datasets",
            where="baltic new dataset",
            remedy="choose from: " + ", ".join(sorted(folders)),
        )
    table = catalog.root / folders[folder] / f"{name}.csv"
    if table.exists():
        raise DataError("file exists", where=table.relative_to(catalog.root).as_posix(), remedy="choose another name")
    return table


def _first_rows(catalog: Catalog, source: str, today: date) -> str:
    """Header and two rows: a state, the last year and this one, which make a period for a chapter, and no number."""
    states = [row["iso3"] for row in catalog.rows("countries") if row["kind"] == "state"]
    iso3 = "EST" if "EST" in states else states[0]
    rows = [
        f"{iso3},{year},share_gdp_pct,,% of GDP,,,{source},not yet entered" for year in (today.year - 1, today.year)
    ]
    return "\n".join([",".join(COLUMNS), *rows, ""])


def _register_row(columns: tuple[str, ...], key: str, today: date) -> str:
    """Line of the register of sources, with what only a person knows left open."""
    known = {"source": key, "publisher": OPEN, "title": OPEN, "read": str(today), "licence": OPEN, "class": "secondary"}
    return ",".join(known.get(column, "") for column in columns)
