"""NATO's workbook of defence expenditure (tables 1 to 8b), of any edition, as the project's measures.

What is counted is taken from the titles ("Core defence expenditure" since 2026, "Defence expenditure" before), the base
year of constant prices from the headings; both go into what is said of the numbers, so that editions of different
bases cannot be taken for one another.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from baltic_calculus.errors import DataError
from baltic_calculus.sources.area_names import AreaNames, folded, split_label
from baltic_calculus.sources.file_text import listed, printable, quoted
from baltic_calculus.sources.nato_measures import KINDS, REAL_CHANGE, Kind, family_of, is_heading, kind_of
from baltic_calculus.sources.nato_real_change import read_real_change
from baltic_calculus.sources.nato_tables import Block, Column, LabelledRow, Table, tables_of
from baltic_calculus.sources.publication import Publication
from baltic_calculus.sources.reading import Reading, frame_of, value_of
from baltic_calculus.sources.workbook import Cell, Workbook, open_workbook

PUBLISHER = "NATO"

AGGREGATES: Mapping[str, str] = {
    "nato europe and canada": "XEC",
    "european allies and canada": "XEC",
    "nato total": "XNT",
    "nato - total": "XNT",
    "total nato": "XNT",
}

_ERROR = "an error of the publisher's spreadsheet stands in the cell"
SENTINELS: Mapping[str, str] = {
    "": "the cell is empty in the publisher's table",
    **dict.fromkeys(("..", "...", "…", ". .", "-", "–", "—", "\u2212"), "not available, by the publisher's own sign"),
    **dict.fromkeys(("#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"), _ERROR),
}

_BASE_YEAR = re.compile(r"(?:constant (\d{4})\b|\b(\d{4}) prices)")
_ENOUGH = 6  # different values of a block, to tell its unit by them
_ESTIMATES = re.compile(
    r"figures for ((?:[\d\s,;&–—-]|\b(?:and|to|e)\b|\Be\b)+?) are (?:\w+ )?estimates", re.IGNORECASE
)


def read_nato(content: bytes, areas: Mapping[str, str]) -> Publication:
    """
    Tables 1 to 8b of a workbook of NATO (``def-exp-YYYY-en.xlsx``); a `Reader`.

    Table 4 repeats two columns of tables 2 and 3, which are compared; its change over the whole period becomes
    ``real_change_since_YYYY_pct``.

    Raises
    ------
    DataError
        When a table or heading is missing or stands twice, a unit is another one, a year stands twice, or a value is
        text: with the cell.
    """
    return nato_publication(open_workbook(content, PUBLISHER), areas)


def nato_publication(workbook: Workbook, areas: Mapping[str, str]) -> Publication:
    """What an opened workbook says, as `read_nato` gives it."""
    names = AreaNames(areas, AGGREGATES)
    tables = [
        table
        for sheet in workbook.sheets
        for table in tables_of(
            sheet,
            is_heading=is_heading,
            is_area=lambda label: names.code(split_label(label)[0]) is not None,
        )
        if table.blocks
    ]
    base_years = _base_years(tables)
    reader = _Readings(names)
    for table in tables:
        if family_of(table) != REAL_CHANGE:
            for block in table.blocks:
                reader.take(table, block, base_years)
    _refuse_missing(reader.found, tables, workbook)
    repeated, remarks = read_real_change(
        [table for table in tables if family_of(table) == REAL_CHANGE], reader.readings, names, SENTINELS, base_years
    )
    years = [reading.year for reading in reader.readings]
    definition = _definition(tables)
    estimated = "e" if any(reading.flag for reading in reader.readings if reading.year == max(years)) else ""
    return Publication(
        frame=frame_of([*reader.readings, *repeated], PUBLISHER),
        publisher=PUBLISHER,
        title=f"{definition[:1].upper()}{definition[1:]} of NATO countries, {min(years)}-{max(years)}",
        edition=f"{max(years)} edition, {min(years)}-{max(years)}{estimated}",
        definition=definition,
        remarks=(*_saved(workbook), *remarks, *reader.remarks(), *_notes(tables), *_unread(tables, workbook)),
    )


def _definition(tables: list[Table]) -> str:
    """What is counted, in the words of the titles of tables 1 and 2.

    Raises
    ------
    DataError
        When the two name different things.
    """
    titles = {folded(table.title): table for table in tables if family_of(table) == "expenditure"}
    if len(titles) > 1:
        raise DataError(
            f"tables of different definitions: {listed(titles)}",
            where=" and ".join(table.place for table in titles.values()),
            remedy="tables of two editions stand in one workbook: fetch it again",
        )
    return next(iter(titles))


def _base_years(tables: list[Table]) -> dict[str, str]:
    """Base year of constant prices by the place of each table, from its own words or the only one in the workbook."""
    own: dict[str, set[str]] = {}
    for table in tables:
        words = " | ".join([folded(table.title), *(block.heading for block in table.blocks)])
        own[table.place] = {first or second for first, second in _BASE_YEAR.findall(words)}
    everywhere = set().union(*own.values())
    return {place: next(iter(found or everywhere)) for place, found in own.items() if len(found or everywhere) == 1}


def _refuse_missing(found: Mapping[str, str], tables: list[Table], workbook: Workbook) -> None:
    """Refuse a workbook without one of the blocks."""
    missing = [kind for kind in KINDS if kind.measure not in found]
    if not missing:
        return
    unmatched = [
        f"{table.name} ({quoted(table.title)}): {quoted(block.heading)}"
        for table in tables
        for block in table.blocks
        if block.heading and family_of(table) in {kind.family for kind in missing}
    ]
    raise DataError(
        f"no table for {', '.join(kind.measure.format(base='YYYY') for kind in missing)}",
        where=f"workbook of {PUBLISHER}, sheets {workbook.names}"
        + (f"; headings found: {'; '.join(unmatched[:8])}" if unmatched else ""),
        remedy="tables are known by their titles, units and headings: compare them with an earlier edition, and fetch "
        "the workbook again if one is gone",
    )


class _Readings:
    """Collects the values of all blocks, and what is to be said of them."""

    def __init__(self, names: AreaNames) -> None:
        self.readings: list[Reading] = []
        self.found: dict[str, str] = {}  # template of a measure, and where its block stands
        self._names = names
        self._unknown: set[str] = set()
        self._unread_columns: set[str] = set()
        self._unread_blocks: set[str] = set()
        self._starred: dict[str, list[str]] = {}
        self._currencies: dict[str, list[str]] = defaultdict(list)

    def take(self, table: Table, block: Block, base_years: Mapping[str, str]) -> None:
        """Read a block of a known kind."""
        kind = kind_of(table, block)
        if kind is None:
            self._unread_blocks.add(f"{table.name} ({table.title})" + (f": {block.heading}" if block.heading else ""))
            return
        if kind.measure in self.found:
            raise DataError(
                f"{kind.measure.format(base='YYYY')} stands in two tables",
                where=f"{self.found[kind.measure]} and {table.place}",
                remedy="remove the sheet that does not belong there, or fetch the workbook again",
            )
        self.found[kind.measure] = table.place
        base = next((one or two for one, two in _BASE_YEAR.findall(block.heading)), base_years.get(table.place, ""))
        if not base and "{base}" in kind.measure + kind.basis:
            raise DataError(
                f"no base year of constant prices for {kind.measure.format(base='YYYY')}",
                where=table.place,
                remedy='"Constant 2021 prices" or the like belongs above it: compare with an earlier edition',
            )
        estimates = {int(year) for note in table.notes for years in _ESTIMATES.findall(note) for year in _years(years)}
        self._unread_columns.update(
            f"{table.name}: {column.cell.text}" for column in block.columns.values() if not column.year
        )
        readings = [
            reading
            for row in block.rows
            if (code := self._code(row.label, table, kind)) is not None
            for reading in _row_readings(row, code, block, kind, base, estimates)
        ]
        _refuse_fractions(readings, table)
        self.readings += readings

    def _code(self, label: Cell, table: Table, kind: Kind) -> str | None:
        """Project's code of a row's country; what else the label says is kept for the remarks."""
        name, currency, starred = split_label(label.text)
        code = self._names.code(name)
        if code is None:
            self._unknown.add(name)
            return None
        if starred and name not in self._starred.setdefault(table.name, []):
            self._starred[table.name].append(name)
        if currency and kind.measure == "spend_nac_m_current":
            self._currencies[currency].append(code)
        return code

    def remarks(self) -> Iterator[str]:
        """Rows and columns left out, names marked with an asterisk, currencies."""
        if self._unknown:
            yield f"left out, rows of areas not among the project's: {listed(self._unknown)}"
        if self._unread_blocks:
            yield f"left out, tables of no known measure: {listed(self._unread_blocks)}"
        if self._unread_columns:
            yield f"left out, columns that are no year: {listed(self._unread_columns)}"
        by_names: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for table, names in self._starred.items():
            by_names[tuple(names)].append(table)
        for starred, where in by_names.items():
            yield f"marked * in {', '.join(where)}: {listed(starred)}"
        if self._currencies:
            told = "; ".join(
                f"{printable(name, 60)} ({', '.join(codes)})" for name, codes in sorted(self._currencies.items())
            )
            yield f"national currencies: {told}"


def _row_readings(
    row: LabelledRow, code: str, block: Block, kind: Kind, base: str, estimates: set[int]
) -> Iterator[Reading]:
    """All years of a country."""
    for number, column in block.columns.items():
        if not column.year:
            continue
        cell = row.cells.get(number)
        value, note = value_of(cell, SENTINELS)
        place = (cell or row.label).place
        if cell and cell.percent and not note:
            if not kind.unit.startswith("%"):
                raise DataError(
                    f"a percentage where {kind.unit} belong",
                    where=place,
                    remedy="the publisher may have changed the unit: compare with an earlier edition",
                )
            value *= 100
        yield Reading(
            *(code, column.year, kind.measure.format(base=base), value, kind.unit),
            *(kind.basis.format(base=base), _flag(column, estimates), note, place),
        )


def _refuse_fractions(readings: list[Reading], table: Table) -> None:
    """Refuse fractions where a table is in per cent: of so many countries and years, some are above one."""
    sizes = {abs(reading.value) for reading in readings if reading.unit.startswith("%")} - {0.0}
    known = {size for size in sizes if not math.isnan(size)}
    if len(known) >= _ENOUGH and max(known) < 1:
        raise DataError(
            f"no value of {readings[0].measure} reaches 1: fractions where per cent belong",
            where=table.place,
            remedy="the publisher may have changed the unit: compare with an earlier edition before any number is used",
        )


def _flag(column: Column, estimates: set[int]) -> str:
    """Mark of a year: an e in its header, or the notes name it."""
    return "estimate" if column.estimate or column.year in estimates else ""


def _years(words: str) -> list[str]:
    """Years in "2023 and 2024" or "2024-2026"."""
    span = re.fullmatch(r"\s*(\d{4})\s*(?:[-–—]|to)\s*(\d{4})e?\s*", words)
    if span and int(span[1]) <= int(span[2]) <= int(span[1]) + 10:
        return [str(year) for year in range(int(span[1]), int(span[2]) + 1)]
    return re.findall(r"\d{4}", words)


def _saved(workbook: Workbook) -> Iterator[str]:
    """When the workbook was saved, which tells a copy saved again from the publisher's own."""
    if workbook.saved:
        yield f"the workbook says that it was last saved on {workbook.saved.isoformat()}"


def _notes(tables: list[Table]) -> Iterator[str]:
    """Footnotes, each once, with the tables that carry it."""
    carried: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        for note in table.notes:
            carried[note].append(table.name)
    for note, where in carried.items():
        yield f"{', '.join(where)}: {printable(note)}"


def _unread(tables: list[Table], workbook: Workbook) -> Iterator[str]:
    """Lines and sheets that were left out."""
    for table in tables:
        for line in table.unread:
            yield f"left out, {table.name}: {quoted(line)}"
    if workbook.hidden:
        yield f"left out, hidden sheets: {listed(workbook.hidden)}"
