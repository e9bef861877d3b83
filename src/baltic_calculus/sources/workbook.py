"""Opens the bytes of an .xlsx file that anyone may have made: bounded in size and time, nothing run, nothing fetched.

A workbook is a zip of XML parts. Before openpyxl sees one, the parts are counted and searched: what could unpack to
gigabytes, expand entities, or make millions of objects is refused with the figure that is too large. Macros are
refused; links to other files are never followed, formulas never computed: only the results that the publisher's own
program stored are read.
"""

import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook as OpenpyxlWorkbook
from openpyxl.worksheet.worksheet import Worksheet

from baltic_calculus.errors import DataError
from baltic_calculus.sources.file_text import listed, quoted
from baltic_calculus.sources.letter_colours import LetterColours
from baltic_calculus.sources.xlsx_package import inspect_package

MAX_COLUMNS = 702  # up to column ZZ
MAX_LETTERS = 32_767  # that the format allows in a cell

_LITERAL = re.compile(r"\"[^\"]*\"|\\.")  # letters in a number format that are shown as they are


@dataclass(frozen=True, slots=True)
class Cell:
    """
    A filled cell.

    Attributes
    ----------
    sheet, row, column
        Its place.
    value : object
        What it holds.
    colour : str
        Of its letters (``"0000FF"``); empty for plain text.
    percent : bool
        Whether it shows a hundred times its number, with a per cent sign.
    """

    sheet: str
    row: int
    column: int
    value: object
    colour: str
    percent: bool

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
    inspect_package(content, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl's, on parts that are not read: print settings, validations
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                for sheet in book.worksheets:
                    sheet.reset_dimensions()  # what a sheet declares may be wrong
                return workbook_of(book)
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


def workbook_of(book: OpenpyxlWorkbook) -> Workbook:
    """
    What the visible sheets of an opened workbook show.

    Raises
    ------
    DataError
        When a cell holds more letters than the format allows.
    """
    colours = LetterColours(book)
    shown = tuple(Sheet(sheet.title, tuple(_rows(sheet, colours))) for sheet in book.worksheets if _is_visible(sheet))
    hidden = tuple(sheet.title for sheet in book.worksheets if not _is_visible(sheet))
    modified = book.properties.modified
    return Workbook(shown, hidden, modified.date() if modified else None)


def _is_visible(sheet: Worksheet) -> bool:
    return bool(sheet.sheet_state == "visible")


def _rows(sheet: Worksheet, colours: LetterColours) -> Iterator[Row]:
    """Rows with a filled cell."""
    empty: object = None
    for row in sheet.iter_rows(max_col=min(sheet.max_column or MAX_COLUMNS, MAX_COLUMNS)):
        if row is empty:  # openpyxl gives the same one for each of a million rows that are not there
            continue
        cells = tuple(
            Cell(
                *(sheet.title, cell.row, cell.column, cell.value),
                *(colours.digits(cell.font.color), "%" in _LITERAL.sub("", cell.number_format)),
            )
            for cell in row
            if cell.value is not None and cell.value != ""
        )
        for cell in cells:
            if isinstance(cell.value, str) and len(cell.value) > MAX_LETTERS:
                raise DataError(
                    f"a text of {len(cell.value):,} letters", where=cell.place, remedy="fetch the workbook again"
                )
        if cells:
            yield cells
        else:
            empty = row
