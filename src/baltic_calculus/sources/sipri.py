"""SIPRI's Military Expenditure Database as a workbook, whose colours say which figures are estimates.

Only areas of the mapping are read: SIPRI allows the use of single figures with attribution, not copies of the database.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from colorsys import rgb_to_hsv
from dataclasses import dataclass

from baltic_calculus.errors import DataError
from baltic_calculus.sources.area_names import AreaNames, folded, split_label
from baltic_calculus.sources.file_text import listed, printable, quoted
from baltic_calculus.sources.publication import Publication
from baltic_calculus.sources.reading import Reading, frame_of, value_of, year_of
from baltic_calculus.sources.workbook import Cell, Row, Sheet, Workbook, is_number, open_workbook

PUBLISHER = "SIPRI"

_NOT_AVAILABLE = "not available, by SIPRI's sign"
SENTINELS: Mapping[str, str] = {
    "": "the cell is empty in SIPRI's sheet",
    "xxx": "the country did not exist or was not independent in this year",
    "xx": "the country did not exist or was not independent in this year",
    **dict.fromkeys(("...", "…", "..", ". .", ". . ."), _NOT_AVAILABLE),
}

SYMBOLS: Mapping[str, str] = {
    "†": "without military pensions",
    "‡": "without capital spending",
    "§": "adopted budget, not actual spending",
    "¶": "without paramilitary forces",
    "‖": "currency changed or redenominated in the period",
}
"""Signs of the column of notes, and what they say of all years of a country."""

ESTIMATE, UNCERTAIN = "estimate", "highly uncertain"
_FLAG_NOTES = {ESTIMATE: "SIPRI estimate", UNCERTAIN: "highly uncertain, by SIPRI's own mark"}
_MOST = 2.0  # largest share of GDP or of government spending, as a fraction, that can be meant as one


@dataclass(frozen=True)
class _Kind:
    """A sheet by its name, and what it holds in the project's terms."""

    name: re.Pattern[str]  # letters and digits alone
    called: str
    measure: str  # {base}: base year in the sheet's name
    unit: str
    basis: str = ""
    times: float = 1.0


KINDS = (
    _Kind(
        re.compile(r"constant(\d{4})us(?:d|dollars)?m?"),
        "Constant (YYYY) US$",
        *("spend_usd_m_{base}", "US$ m", "constant {base}"),
    ),
    _Kind(re.compile(r"currentus(?:d|dollars)?m?"), "Current US$", "spend_usd_m_current", "US$ m", "current"),
    _Kind(re.compile(r"shareofgdp"), "Share of GDP", "share_gdp_pct", "% of GDP", times=100.0),
    _Kind(
        re.compile(r"shareofgov(?:ernmen)?t(?:spending|expenditure)"),
        "Share of Govt. spending",
        *("share_government_pct", "% of government expenditure"),
        times=100.0,
    ),
    _Kind(re.compile(r"percapita"), "Per capita", "spend_per_capita_usd_current", "US$", "current"),
    _Kind(
        re.compile(r"localcurrencycalendaryears?"),
        "Local currency calendar years",
        *("spend_nac_m_current", "national currency m", "current"),
    ),
)
_NO_STATE = frozenset({"european union"})  # its own spending, not that of its members
_FRONT, _FOOTNOTES = "frontpage", "footnotes"
_NOT_TABLES = frozenset({_FRONT, "regionaltotals", _FOOTNOTES})
_STATED = re.compile(
    r"(?:\b(?:edition|database|release)|©\s*sipri)[\s,:(]*((?:19|20)\d\d)\b(?!\s*[-–—])", re.IGNORECASE
)
_VERSION = re.compile(r"\bv(?:ersion)?[.\s]{0,2}(\d{1,2}(?:\.\d{1,2})?)\b", re.IGNORECASE)


def read_sipri(content: bytes, areas: Mapping[str, str]) -> Publication:
    """
    Sheets of calendar years of ``SIPRI-Milex-data-1949-YYYY.xlsx``; a `Reader`.

    Shares are given in per cent. The flag is ``estimate`` where SIPRI prints blue, ``highly uncertain`` where red; a
    note says what the signs beside a country's name mean.

    Raises
    ------
    DataError
        When a sheet, its header or all countries are missing, a year or country stands twice, a value is text, or a
        share is no fraction: with the cell.
    """
    return sipri_publication(open_workbook(content, PUBLISHER), areas)


def sipri_publication(workbook: Workbook, areas: Mapping[str, str]) -> Publication:
    """What an opened workbook says, as `read_sipri` gives it."""
    names = AreaNames(areas)
    readings: list[Reading] = []
    remarks: list[str] = []
    outside: set[str] = set()
    footnotes: dict[str, set[str]] = defaultdict(set)
    years: set[int] = set()
    for kind in KINDS:
        sheet, base = _sheet_of(kind, workbook)
        table = _Table(sheet)
        years.update(year for year, _ in table.years.values())
        colours: set[str] = set()
        for row in table.rows:
            label = row[0].text
            code = names.code(split_label(label)[0])
            if code is None or folded(label) in _NO_STATE:
                if any(is_number(cell.value) for cell in row[1:] if cell.column in table.years):
                    outside.add(label)
                continue
            note = table.note_of(row)
            for number in re.findall(r"\d+", note):
                footnotes[number].add(code)
            readings.extend(_row_readings(row, table, kind, base, code, note))
            colours.update(cell.colour for cell in row if cell.column in table.years and is_number(cell.value))
        remarks.extend(_colour_remarks(sheet, colours))
    edition, told = _edition(workbook, min(years), max(years))
    unread = [sheet.name for sheet in workbook.sheets if not _is_known(sheet.name)]
    return Publication(
        frame=frame_of(readings, PUBLISHER),
        publisher=PUBLISHER,
        title=f"SIPRI Military Expenditure Database, {min(years)}-{max(years)}",
        edition=edition,
        definition="military expenditure as defined by SIPRI",
        remarks=(*told, *_saved(workbook), *remarks, *_footnotes(workbook, footnotes), *_left_out(outside, unread)),
    )


def _edition(workbook: Workbook, first: int, last: int) -> tuple[str, tuple[str, ...]]:
    """Edition as the front page states it, else by the last year; and what is to be said of that."""
    front = next((sheet for sheet in workbook.sheets if _key(sheet.name) == _FRONT), None)
    words = " ".join(cell.text for row in (front.rows if front else ()) for cell in row)
    stated = [year for year in map(int, _STATED.findall(words)) if last < year <= last + 2]
    version = _VERSION.search(words)
    told = () if stated else (f"the workbook names no edition: {last + 1} is the year after its last one",)
    named = f"{max(stated, default=last + 1)} edition, {first}-{last}"
    return named + (f", version {version[1]}" if version else ""), told


def _key(name: str) -> str:
    """Letters and digits of a sheet's name: signs and spaces differ between editions."""
    return re.sub(r"[^a-z0-9]", "", folded(name))


def _is_known(name: str) -> bool:
    """Whether a sheet is read or known to hold no table for us."""
    return _key(name) in _NOT_TABLES or any(kind.name.fullmatch(_key(name)) for kind in KINDS)


def _sheet_of(kind: _Kind, workbook: Workbook) -> tuple[Sheet, str]:
    """The one sheet of a kind, and the base year in its name if it has one."""
    found = [(sheet, match) for sheet in workbook.sheets if (match := kind.name.fullmatch(_key(sheet.name)))]
    if len(found) != 1:
        raise DataError(
            f'{"no sheet" if not found else "more than one sheet"} named "{kind.called}"',
            where=f"workbook of {PUBLISHER}, sheets {workbook.names}",
            remedy="take the file with the data for all countries from https://www.sipri.org/databases/milex; sheets "
            "are known by their names",
        )
    sheet, match = found[0]
    return sheet, match[1] if match.groups() else ""


class _Table:
    """A sheet from its header on: the columns of years, that of notes, and the rows with a name."""

    def __init__(self, sheet: Sheet) -> None:
        start = next((number for number, row in enumerate(sheet.rows) if folded(row[0].text) == "country"), None)
        if start is None:
            raise DataError(
                'no header: "Country" stands in no first cell of a row',
                where=f'sheet "{sheet.name}"',
                remedy="take the workbook as SIPRI publishes it; rows above the header may change, its first word not",
            )
        header = sheet.rows[start]
        self.years = _header_years(header)
        self._notes = next((cell.column for cell in header if folded(cell.text).startswith("note")), 0)
        first = header[0].column
        self.rows = [row for row in sheet.rows[start + 1 :] if row[0].column == first and row[0].text]

    def note_of(self, row: Row) -> str:
        """What stands in the column of notes: signs, and the number of a footnote."""
        cell = next((cell for cell in row if cell.column == self._notes), None)
        if cell is None:
            return ""
        return cell.text or str(cell.value).removesuffix(".0")


def _header_years(header: Row) -> dict[int, tuple[int, bool]]:
    """Years by column, and whether a mark says estimate."""
    years: dict[int, tuple[int, bool]] = {}
    seen: dict[int, Cell] = {}
    for cell in header[1:]:
        found = year_of(cell)
        if found is None:
            if is_number(cell.value) or cell.text[:1].isdigit():
                raise DataError(
                    f"{quoted(cell.value)} among the years",
                    where=cell.place,
                    remedy="a year belongs there: take the workbook as SIPRI publishes it",
                )
            continue
        if found[0] in seen:
            raise DataError(
                f"the year {found[0]} stands twice",
                where=f"{seen[found[0]].place} and {cell.place}",
                remedy="remove the column that does not belong there, or take the workbook as SIPRI publishes it",
            )
        seen[found[0]] = cell
        years[cell.column] = found
    if not years:
        raise DataError(
            "no year beside Country", where=header[0].place, remedy="take the workbook as SIPRI publishes it"
        )
    return years


def _row_readings(row: Row, table: _Table, kind: _Kind, base: str, code: str, note: str) -> Iterator[Reading]:
    """All years of a country."""
    cells = {cell.column: cell for cell in row}
    signs = [meaning for sign, meaning in SYMBOLS.items() if sign in note]
    for column, (year, estimated) in table.years.items():
        cell = cells.get(column)
        value, reason = value_of(cell, SENTINELS)
        flag = "" if reason or cell is None else _flag(cell.colour) or (ESTIMATE if estimated else "")
        if cell is not None and kind.times != 1.0 and value > _MOST:
            raise DataError(
                f"{value:g} where a fraction belongs (0.034 for 3.4 %)",
                where=cell.place,
                remedy="the publisher may have changed the unit: compare with an earlier edition",
            )
        said = [reason] if reason else [*filter(None, [_FLAG_NOTES.get(flag, "")]), *signs]
        yield Reading(
            *(code, year, kind.measure.format(base=base), value * kind.times, kind.unit, kind.basis.format(base=base)),
            *(flag, "; ".join(said), (cell or row[0]).place),
        )


def _flag(colour: str) -> str:
    """What the colour of a figure says: blue is an estimate, red is highly uncertain.

    Shades count too, since programs that save a copy replace a palette's colours by nearby ones.
    """
    if not re.fullmatch(r"[0-9A-F]{6}", colour):
        return ""
    hue, saturation, _ = rgb_to_hsv(*(int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4)))
    degrees = 360 * hue
    if saturation < 0.25:
        return ""
    if 190 <= degrees <= 260:
        return ESTIMATE
    return UNCERTAIN if degrees <= 15 or degrees >= 345 else ""


def _colour_remarks(sheet: Sheet, colours: set[str]) -> Iterator[str]:
    """What of the colours cannot be understood."""
    strange = sorted(colour for colour in colours if colour and not _flag(colour))
    if strange:
        yield f'sheet "{sheet.name}": colours without a known meaning: {", ".join(strange)}'
    if not any(colours):
        yield f'sheet "{sheet.name}": no figure is coloured: a copy that lost its colours, or no estimates'


def _saved(workbook: Workbook) -> Iterator[str]:
    """When the workbook was saved, which tells revisions of one edition apart."""
    if workbook.saved:
        yield f"the workbook says that it was last saved on {workbook.saved.isoformat()}"


def _footnotes(workbook: Workbook, wanted: Mapping[str, set[str]]) -> Iterator[str]:
    """Text of the footnotes that countries of the project carry."""
    sheet = next((sheet for sheet in workbook.sheets if _key(sheet.name) == _FOOTNOTES), None)
    for row in sheet.rows if sheet else ():
        first = row[0]
        number = first.text or str(first.value).removesuffix(".0")
        if number in wanted and len(row) > 1:
            text = " ".join(cell.text for cell in row[1:] if cell.text)
            yield f"footnote {number} ({', '.join(sorted(wanted[number]))}): {printable(text)}"


def _left_out(outside: set[str], unread: list[str]) -> Iterator[str]:
    """Areas and sheets that were left out."""
    if outside:
        yield f"left out, {len(outside)} areas not among the project's: {listed(outside)}"
    if unread:
        yield f"left out, sheets: {listed(unread, 8)}"
