"""What the catalogue tells a person: coverage, the list of datasets, and one dataset in full."""

import pandas as pd

from baltic_calculus.catalog.catalog import Catalog
from baltic_calculus.catalog.record import Coverage, DatasetRecord, Kind
from baltic_calculus.errors import DataError

YEAR_COLUMNS = ("year", "date", "horizon", "period", "adoption_date", "essay_date")
PLACE_COLUMNS = ("iso3", "entity")


def frame_coverage(frame: pd.DataFrame, countries: pd.DataFrame) -> Coverage:
    """Countries and years of a frame.

    Parameters
    ----------
    frame : DataFrame
        With ``iso3`` or ``entity``, and ``year`` or a date column that begins with a year.
    countries : DataFrame
        As returned by ``catalog.countries()``; codes that it does not know (places, groups) do not count.

    Raises
    ------
    DataError
        When the frame has no year.
    """
    known = set(countries["iso3"])
    place = next((name for name in PLACE_COLUMNS if name in frame), None)
    found = sorted(known & set(frame[place])) if place else []
    column = next((name for name in YEAR_COLUMNS if name in frame), None)
    years = (
        frame[column].astype(str).str.extract(r"^(\d{4})")[0].dropna().astype(int) if column else pd.Series(dtype=int)
    )
    if years.empty:
        raise DataError(
            "the dataset has no years", where="catalog.coverage", remedy="ask for a dataset with a year or date"
        )
    return Coverage(countries=tuple(found), first_year=int(years.min()), last_year=int(years.max()))


def list_datasets(catalog: Catalog) -> pd.DataFrame:
    """One row per dataset: ``name, title, publisher, edition, rows, countries, years, redistribution``."""
    return pd.DataFrame([_summary(catalog, record) for record in catalog.records()])


def _summary(catalog: Catalog, record: DatasetRecord) -> dict[str, object]:
    rows, places, years = _extent(catalog, record)
    return {
        "name": record.name,
        "title": record.title,
        "publisher": record.publisher,
        "edition": record.edition,
        "rows": rows,
        "countries": places,
        "years": years,
        "redistribution": record.redistribution,
    }


def _extent(catalog: Catalog, record: DatasetRecord) -> tuple[int, int, str]:
    if record.kind is Kind.GEOMETRY:
        features = catalog.load_geometry(record.name)["features"]
        return len(features), len(features), ""
    frame = catalog.load(record.name)
    if not any(column in frame for column in YEAR_COLUMNS):
        return len(frame), frame["iso3"].nunique() if "iso3" in frame else 0, ""
    coverage = frame_coverage(frame, catalog.countries())
    return len(frame), len(coverage.countries), f"{coverage.first_year}-{coverage.last_year}"


def describe(catalog: Catalog, name: str) -> str:
    """Everything the catalogue knows about a dataset, as text for a terminal.

    Raises
    ------
    DataError
        When there is no such dataset.
    """
    record = catalog.record(name)
    rows, places, years = _extent(catalog, record)
    lines = [record.title, "", *_facts(record)]
    lines += _row(
        "holds",
        f"{rows} rows" + (f", {places} countries or aggregates" if places else "") + (f", {years}" if years else ""),
    )
    lines += _block("columns", {column: catalog.file.columns[column].meaning for column in record.columns})
    lines += _block("measures", {key: f"{each.definition} [{each.unit}]" for key, each in record.measures.items()})
    lines += _block("flags", record.flags)
    lines += _block(
        "known outliers",
        {
            f"{each.iso3} {each.measure} {each.first_year}-{each.last_year}": each.reason
            for each in record.known_outliers
        },
    )
    lines += _block("known exceptions", {f"{each.check} {each.place}": each.reason for each in record.known_exceptions})
    if record.known_gaps:
        lines += ["", "known gaps", *(f"  - {gap}" for gap in record.known_gaps)]
    return "\n".join(lines)


def _facts(record: DatasetRecord) -> list[str]:
    names = (
        "name", "path", "publisher", "edition", "basis", "cut_off", "published", "read", "landing_page", "download",
        "licence", "redistribution", "attribution", "citation", "read_from", "sha256",
    )  # fmt: skip
    return [
        line for name in names if getattr(record, name) for line in _row(name.replace("_", " "), getattr(record, name))
    ]


def _row(label: str, text: str) -> list[str]:
    return [f"{label:<15} {text}"]


def _block(heading: str, entries: dict[str, str]) -> list[str]:
    if not entries:
        return []
    width = max(map(len, entries))
    return ["", heading, *(f"  {key:<{width}}  {text}" for key, text in entries.items())]
