"""Opens the bytes of an .xlsx file that anyone may have made: bounded in size and time, nothing run, nothing fetched.

A workbook is a zip of XML parts. Before openpyxl sees one, the parts are counted and searched: what could unpack to
gigabytes, expand entities, or make millions of objects is refused with the figure that is too large. Macros are
refused; links to other files are never followed, formulas never computed: only the results that the publisher's own
program stored are read.
"""

import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard
from zipfile import ZipFile, ZipInfo

from openpyxl import load_workbook
from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook as OpenpyxlWorkbook

from baltic_calculus.errors import DataError

MAX_MB = 12  # SIPRI's file of 77 years and all states has 0.9 MB
MAX_PARTS = 400
MAX_UNPACKED_MB = 48
MAX_RATIO = 400  # a sheet of equal cells packs about a hundredfold
MAX_CELLS = 400_000  # SIPRI's: about 110,000
MAX_ROWS = 20_000
MAX_OTHER_TAGS = 60_000  # styles, shared strings, names: each becomes an object
MAX_COLUMNS = 702  # up to column ZZ
MAX_LETTERS = 32_767  # that the format allows in a cell

_TAG = re.compile(rb"<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)")
_ENTITIES = re.compile(rb"<\x00?!\x00?(?:D\x00?O\x00?C|E\x00?N\x00?T)", re.IGNORECASE)  # also in UTF-16
_ENCODING = re.compile(rb"^\W*<\?xml[^>]{0,80}encoding\s*=\s*[\"']([\w.-]+)", re.IGNORECASE)
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1"})
# Possessive quantifiers: a part made to be slow to search must not be.
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?c\b([^<>]*)>\s*+<(?:\w+:)?f\b(?:[^<>]*/>|[^<>]*>[^<]*</(?:\w+:)?f>)"
    rb"\s*+(?:<(?:\w+:)?v\s*+/>|<(?:\w+:)?v>\s*+</(?:\w+:)?v>)?+\s*+</"
)
_CELL_TAGS = frozenset({"row", "c", "v", "f", "is", "t"})
_BLACK = frozenset({"000000", "FFFFFF"})


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell: its place, what it holds and the colour of its letters (``"0000FF"``; empty for plain text)."""

    sheet: str
    row: int
    column: int
    value: object
    colour: str

    @property
    def place(self) -> str:
        """Sheet and address as a person finds them: ``sheet "Table 2", cell D8``."""
        return f'sheet "{self.sheet}", cell {get_column_letter(self.column)}{self.row}'

    @property
    def text(self) -> str:
        """Text in one line without spaces at the ends; empty for a number."""
        return " ".join(self.value.split()) if isinstance(self.value, str) else ""


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """The filled cells of one visible sheet, row by row from the top."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Workbook:
    """What a workbook shows: visible sheets, names of the hidden ones, and when it was last saved, if it says so."""

    sheets: tuple[Sheet, ...]
    hidden: tuple[str, ...]
    saved: date | None

    @property
    def names(self) -> str:
        """Names of the visible sheets, for messages."""
        return listed((sheet.name for sheet in self.sheets), 12)


def quoted(value: object) -> str:
    """A value from a file as a message may show it: printable, in one line, at most 60 letters."""
    return f'"{printable(str(value), 60)}"'


def printable(text: str, most: int = 1500) -> str:
    """A text from a file without control characters, in one line, cut off after ``most`` letters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text[: 4 * most]).split())
    return line if len(line) <= most else line[:most] + "…"


def listed(names: Iterable[str], most: int = 300) -> str:
    """Names from a file in a row, sorted, for messages."""
    every = sorted(set(names))
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(map(quoted, every[:most])) + more


def is_number(value: object) -> TypeGuard[int | float]:
    """Whether a cell's value is a number, not a truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def open_workbook(content: bytes, publisher: str) -> Workbook:
    """
    Read all visible sheets of a workbook.

    Parameters
    ----------
    content : bytes
        Whole .xlsx file.
    publisher : str
        For messages: "workbook of NATO".

    Raises
    ------
    DataError
        When it is no workbook, is damaged, packed to harm, larger than any edition, carries macros, or holds formulas
        whose results were not stored.
    """
    where = f"workbook of {publisher}"
    _inspect(content, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on parts that are not read: print settings, validations
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return _read(book)
            finally:
                book.close()
    except DataError:
        raise
    except Exception as error:
        # openpyxl lets through whatever a damaged part makes its code raise: KeyError, TypeError, ParseError ...
        raise DataError(
            f"the workbook is damaged: {type(error).__name__}: {quoted(str(error))}",
            where=where,
            remedy="fetch it again; if a spreadsheet program opens it, save it there as .xlsx and read that copy",
        ) from error


def _read(book: OpenpyxlWorkbook) -> Workbook:
    """Visible sheets of an opened workbook."""
    shown, hidden = [], []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            hidden.append(sheet.title)
            continue
        sheet.reset_dimensions()  # what a sheet declares may be wrong
        rows = []
        empty: object = None
        for row in sheet.iter_rows(max_col=MAX_COLUMNS):
            if row is empty:  # openpyxl gives the same one for each of a million rows that are not there
                continue
            cells = tuple(
                Cell(sheet.title, cell.row, cell.column, cell.value, _colour(cell.font.color))
                for cell in row
                if cell.value is not None and cell.value != ""
            )
            for cell in cells:
                if isinstance(cell.value, str) and len(cell.value) > MAX_LETTERS:
                    raise DataError(
                        f"a text of {len(cell.value):,} letters", where=cell.place, remedy="fetch the workbook again"
                    )
            if cells:
                rows.append(cells)
            else:
                empty = row
        shown.append(Sheet(sheet.title, tuple(rows)))
    modified = book.properties.modified
    return Workbook(tuple(shown), tuple(hidden), modified.date() if modified else None)


def _colour(colour: Color | None) -> str:
    """Colour of letters as six hexadecimal digits, or "theme 5"; empty for black, white and automatic."""
    if colour is None or colour.type == "auto":
        return ""
    if colour.type == "theme":
        return "" if colour.theme in range(4) else f"theme {colour.theme}"  # the first four are text and background
    if colour.type == "indexed":
        text = COLOR_INDEX[colour.indexed] if colour.indexed < len(COLOR_INDEX) else ""  # beyond: the system's own
    else:
        text = str(colour.rgb)
    digits = text[-6:].upper()
    return "" if digits in _BLACK else digits


def _inspect(content: bytes, where: str) -> None:
    """Refuse what is no workbook, or one that would cost more to open than any edition."""
    again = "fetch it again from the address in data/catalog.yaml; do not open a copy from elsewhere"
    if not content.startswith(b"PK\x03\x04"):
        raise DataError(f"not an .xlsx workbook: {_what_it_is(content)}", where=where, remedy=again)
    if len(content) > MAX_MB * 1_000_000:
        raise DataError(f"{len(content) / 1e6:.0f} MB, more than {MAX_MB} MB", where=where, remedy=again)
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise DataError(f"more than {MAX_PARTS} parts in the workbook", where=where, remedy=again)
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            _inspect_parts(archive, where, again)
    except DataError:
        raise
    except Exception as error:
        # BadZipFile, zlib.error, struct.error, NotImplementedError, names that are no text: no common base
        raise DataError(
            f"the zip archive is damaged: {type(error).__name__}: {quoted(str(error))}", where=where, remedy=again
        ) from error


def _what_it_is(content: bytes) -> str:
    """What a file that is no zip archive looks like."""
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if not content:
        return "the file is empty"
    if start.startswith(b"<"):
        return "it is a web page or XML"
    if start.startswith(b"%pdf"):
        return "it is a PDF"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return "it is an old .xls, or protected by a password"
    return f"it begins with {quoted(content[:12].decode('latin-1'))}"


def _inspect_parts(archive: ZipFile, where: str, remedy: str) -> None:
    """Refuse parts by their number, names, declared sizes and contents."""
    parts = archive.infolist()
    _inspect_sizes(parts, where, remedy)
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names:
        raise DataError("a zip archive, but no workbook in it", where=where, remedy=remedy)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise DataError("the workbook carries macros, which the publisher's never do", where=where, remedy=remedy)
    tags: Counter[str] = Counter()
    for part in parts:
        inside = f"{where}, part {quoted(part.filename)}"
        data = archive.read(part)  # at most its declared size, and that is checked
        encoding = _ENCODING.match(data[:200])
        if _ENTITIES.search(data) or (encoding and encoding[1].lower() not in _ENCODINGS):
            raise DataError("XML with entities of its own or an odd encoding", where=inside, remedy=remedy)
        tags.update(match[1].decode("latin-1") for match in _TAG.finditer(data))
        _inspect_tags(tags, inside, remedy)
        uncomputed = _UNCOMPUTED.search(data)
        if uncomputed and b't="str"' not in uncomputed[1]:  # a stored empty text is a result
            address = re.search(rb'r="(\w+)"', uncomputed[1])
            raise DataError(
                "a formula whose result was not stored",
                where=inside + (f", cell {address[1].decode()}" if address else ""),
                remedy="open it in a spreadsheet program and save it, which stores the results; or fetch it again",
            )
    if not tags["c"]:
        raise DataError("the workbook has no sheet with a cell in it", where=where, remedy=remedy)


def _inspect_sizes(parts: list[ZipInfo], where: str, remedy: str) -> None:
    """Refuse an archive by what its directory says."""
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len({part.filename for part in parts}) < len(parts):
        raise DataError("two parts of one name", where=where, remedy=remedy)
    if any(part.flag_bits & 1 for part in parts):
        raise DataError("a part is protected by a password", where=where, remedy=remedy)
    if unpacked > MAX_UNPACKED_MB * 1_000_000:
        raise DataError(
            f"unpacks to {unpacked / 1e6:,.0f} MB, more than {MAX_UNPACKED_MB} MB", where=where, remedy=remedy
        )
    if unpacked > 1_000_000 and unpacked > MAX_RATIO * packed:
        raise DataError(
            f"unpacks to {unpacked // max(packed, 1)} times its size, more than {MAX_RATIO} times",
            where=where,
            remedy=remedy,
        )


def _inspect_tags(tags: Counter[str], where: str, remedy: str) -> None:
    """Refuse more cells, rows or other elements than any edition has, counted over all parts so far."""
    others = tags.total() - sum(tags[name] for name in _CELL_TAGS)
    texts = tags["t"] + tags["is"]
    for count, limit, what in (
        (max(tags["c"], tags["v"], tags["f"]), MAX_CELLS, "cells"),
        (tags["row"], MAX_ROWS, "rows"),
        (max(others, texts), MAX_OTHER_TAGS, "elements beside its cells"),
    ):
        if count > limit:
            raise DataError(f"the workbook has more than {limit:,} {what}", where=where, remedy=remedy)
