"""Eurostat's answers: JSON-stat 2.0 of the statistics interface and SDMX-CSV, for the tables that the report uses."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import BLANK, shown
from baltic_calculus.sources.cells import Cells, Measure
from baltic_calculus.sources.csv_answer import CsvAnswer, CsvRow, parse_csv
from baltic_calculus.sources.json_answer import object_in, parse_json, text_in
from baltic_calculus.sources.json_stat import Cube, read_cube
from baltic_calculus.sources.period import parse_period
from baltic_calculus.sources.publication import Publication

PUBLISHER = "Eurostat"
FLAGS: Mapping[str, str] = {
    "b": "break",
    "c": "confidential",
    "d": "definition differs",
    "e": "estimate",
    "f": "forecast",
    "i": "see metadata",
    "m": "missing, cannot exist",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "s": "estimate",  # of Eurostat; used until 2015
    "u": "low reliability",
    "z": "not applicable",
    ":": "not available",
}
CONFIDENTIAL = frozenset({"C", "N", "S", "D"})  # CONF_STATUS; F and empty are free
FUNCTIONS: Mapping[str, str] = {
    "GF01": "general_public_services",
    "GF02": "defence",
    "GF03": "public_order_safety",
    "GF04": "economic_affairs",
    "GF05": "environment",
    "GF06": "housing",
    "GF07": "health",
    "GF08": "recreation_culture",
    "GF09": "education",
    "GF10": "social_protection",
    "TOTAL": "total",
}


@dataclass(frozen=True)
class Table:
    """
    A table of Eurostat.

    Attributes
    ----------
    definition : str
        What it counts.
    dimensions : tuple of str
        Those beside frequency, area and time.
    measures : mapping
        Measures by frequency and the codes in ``dimensions``.
    """

    definition: str
    dimensions: tuple[str, ...]
    measures: Mapping[tuple[str, ...], Measure]


def _amount_and_share(name: str) -> tuple[tuple[str, Measure], tuple[str, Measure]]:
    """A measure in EUR and as a share of GDP, each with its code of the unit."""
    amount = Measure(f"{name}_eur_m", "EUR m", "current")
    return ("MIO_EUR", amount), ("PC_GDP", Measure(f"{name}_gdp_pct", "% of GDP"))


TABLES: Mapping[str, Table] = {
    "gov_10a_exp": Table(
        "general government expenditure by function (COFOG 1999), ESA 2010",
        ("unit", "sector", "cofog99", "na_item"),
        {
            ("A", unit, "S13", code, "TE"): measure
            for code, name in FUNCTIONS.items()
            for unit, measure in _amount_and_share(name)
        },
    ),
    "gov_10dd_edpt1": Table(
        "government deficit and debt, excessive deficit procedure, ESA 2010",
        ("unit", "sector", "na_item"),
        {
            ("A", unit, "S13", code): measure
            for code, name in {"B9": "net_lending", "GD": "gross_debt", "D41PAY": "interest"}.items()
            for unit, measure in _amount_and_share(name)
        },
    ),
    "nama_10_gdp": Table(
        "gross domestic product, ESA 2010",
        ("unit", "na_item"),
        {
            ("A", "CP_MEUR", "B1GQ"): Measure("gdp_eur_m", "EUR m", "current"),
            ("A", "CLV_PCH_PRE", "B1GQ"): Measure("gdp_growth_pct", "%", "constant"),
            ("A", "PD_PCH_PRE_NAC", "B1GQ"): Measure("gdp_deflator_growth_pct", "%"),
        },
    ),
    "irt_lt_mcby_a": Table(
        "long-term government bond yields, convergence criterion, mean of the year",
        ("int_rt",),
        {("A", "MCBY"): Measure("yield_10y_annual_mean_pct", "%")},
    ),
    "irt_lt_mcby_m": Table(
        "long-term government bond yields, convergence criterion, monthly averages",
        ("int_rt",),
        {("M", "MCBY"): Measure("yield_10y_monthly_pct", "%")},
    ),
    "gov_ev": Table(
        "general government expenditure on defence (COFOG 02) for the economic governance framework",
        ("expend", "na_item", "unit"),
        {
            ("A", "DEF", code, unit): measure
            for code, name in {"TE": "defence", "P51G": "defence_gfcf"}.items()
            for unit, measure in _amount_and_share(name)
        },
    ),
}


@dataclass(frozen=True)
class Series:
    """One cell of either layout: codes by dimension, with ``time``."""

    codes: Mapping[str, str]
    value: float | None
    flags: str
    confidentiality: str
    where: str


def read_eurostat(content: bytes, areas: Mapping[str, str]) -> Publication:
    """
    A table of Eurostat: the layout, the table and its edition are told from the answer.

    Raises
    ------
    DataError
        When it is neither JSON-stat 2.0 nor SDMX-CSV of one of ``TABLES``, or does not fit what it says of itself.
    """
    if content.lstrip(BLANK).startswith((b"{", b"[")):
        return _read_json(object_in(parse_json(content, PUBLISHER), f"answer of {PUBLISHER}"), areas)
    return _read_csv(parse_csv(content, PUBLISHER, ("geo", "TIME_PERIOD", "OBS_VALUE")), areas)


def _read_json(answer: Mapping[str, Any], areas: Mapping[str, str]) -> Publication:
    where = f"answer of {PUBLISHER}"
    for kind in ("error", "warning"):
        if kind in answer:
            raise DataError(
                f"{kind} instead of data: {shown(answer[kind])}",
                where=where,
                remedy="mend the address in data/catalog.yaml, or ask later where it says that the answer is prepared",
            )
    cube = read_cube(answer, where)
    extension = object_in(answer.get("extension") or {}, f"{where}, extension")
    name, table = _table(text_in(extension.get("id"), f"{where}, extension, id"), where)
    _check_dimensions(table, {dimension.name for dimension in cube.dimensions}, where)
    released = _release(
        text_in(answer.get("updated"), f"{where}, updated"), datetime.fromisoformat, f"{where}, updated"
    )
    series = (
        Series(cell.codes, cell.value, cell.status, "", f"{where}, {shown('/'.join(cell.codes.values()))}")
        for cell in cube.observations()
    )
    cells = _gather(series, table, Cells(PUBLISHER, areas))
    return cells.publication(
        title=text_in(answer.get("label"), f"{where}, label") or name,
        edition=f"{name}, {released:%Y-%m-%d %H:%M}",
        definition=_definition(table, cube),
        published=f"{released:%Y-%m-%d}",
    )


def _read_csv(answer: CsvAnswer, areas: Mapping[str, str]) -> Publication:
    where = f"answer of {PUBLISHER}"
    if "DATAFLOW" not in answer.columns or "LAST UPDATE" not in answer.columns:
        raise DataError(
            "no columns DATAFLOW and LAST UPDATE, so nothing tells the table and this release from others",
            where=f"{where}, header",
            remedy="ask for format=SDMX-CSV of the SDMX 2.1 interface, or for JSON",
        )
    first = next(iter(answer), None)
    if first is None:
        raise DataError("a header and no rows", where=where, remedy="widen the years or countries that are asked for")
    name, table = _table(re.sub(r"^[^:]*:|\(.*$", "", first["DATAFLOW"]), where)
    _check_dimensions(table, {"time", *(column for column in answer.columns if column.islower())}, where)
    released = _release(first["LAST UPDATE"], _clock, f"{where}, column LAST UPDATE")
    cells = _gather((_series(row, first) for row in answer), table, Cells(PUBLISHER, areas))
    return cells.publication(
        title=name,
        edition=f"{name}, {released:%Y-%m-%d %H:%M}",
        definition=table.definition,
        published=f"{released:%Y-%m-%d}",
    )


def _series(row: CsvRow, first: CsvRow) -> Series:
    """A row, which is of the table and release of the first."""
    for column in ("DATAFLOW", "LAST UPDATE"):
        if row[column] != first[column]:
            raise DataError(
                f'"{shown(row[column])}" in column {column} after "{shown(first[column])}"',
                where=row.where,
                remedy="read each table and release by itself",
            )
    codes = {**row.cells, "time": row["TIME_PERIOD"]}
    return Series(codes, row.number("OBS_VALUE", missing=":"), row.get("OBS_FLAG"), row.get("CONF_STATUS"), row.where)


def _gather(observed: Iterator[Series], table: Table, cells: Cells) -> Cells:
    """Take the cells that are measures of the project."""
    for series in observed:
        period = parse_period(series.codes["time"], series.where)
        frequency = series.codes.get("freq") or period.frequency  # answers before 2022 have no freq
        if frequency != period.frequency:
            raise DataError(
                f"period {period.name} under frequency {shown(frequency)}",
                where=series.where,
                remedy="fetch the answer again",
            )
        kind = (frequency, *(series.codes[name] for name in table.dimensions))
        measure = table.measures.get(kind)
        if measure is None:
            cells.leave_out(" ".join(kind))
            continue
        iso3 = cells.area(series.codes["geo"])
        if iso3 is not None:
            cells.add(iso3, period, measure, series.value, _marks(series))
    return cells


def _marks(series: Series) -> list[str]:
    """Words for the letters of a cell, each once."""
    words = [FLAGS.get(letter, f"flag {letter}") for letter in series.flags if letter not in " ,;"]
    if series.confidentiality in CONFIDENTIAL:
        words.append("confidential")
    return list(dict.fromkeys(words))


def _table(code: str, where: str) -> tuple[str, Table]:
    """The table of an answer, by its code in any case; an extract of it (`NAMA_10_GDP$DV_1`) is the same table."""
    name = code.split("$")[0].lower()
    if name not in TABLES:
        raise DataError(
            f'table "{shown(name)}" is none that is read here' if name else "the answer does not name its table",
            where=where,
            remedy=f"ask for one of {', '.join(sorted(TABLES))}",
        )
    return name, TABLES[name]


def _check_dimensions(table: Table, found: set[str], where: str) -> None:
    """An unknown dimension would change what a number means."""
    needed = {*table.dimensions, "geo", "time"}
    if found - {"freq"} != needed:
        raise DataError(
            f"dimensions {shown(', '.join(sorted(found)))} where {', '.join(sorted(needed))} were expected",
            where=where,
            remedy="Eurostat has changed the table: read its notes before the reader is changed",
        )


def _definition(table: Table, cube: Cube) -> str:
    """Definition of a table, with the manual of national accounts that the labels of the answer name."""
    labels = " ".join(dimension.label for dimension in cube.dimensions)
    manual = re.search(r"ESA ?\d{4}", labels)
    return re.sub(r"ESA \d{4}", manual[0], table.definition) if manual else table.definition


def _clock(text: str) -> datetime:
    return datetime.strptime(text, "%d/%m/%y %H:%M:%S")


def _release(text: str, parse: Callable[[str], datetime], where: str) -> datetime:
    """Time of a release, by Eurostat's own clock."""
    try:
        return parse(text)
    except ValueError as error:
        raise DataError(f'"{shown(text)}" is no time of a release', where=where, remedy="fetch it again") from error
