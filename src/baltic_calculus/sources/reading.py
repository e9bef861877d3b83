"""One cell of a publisher's workbook as the project understands it, and the table of many."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from baltic_calculus.errors import DataError
from baltic_calculus.sources.file_text import quoted
from baltic_calculus.sources.publication import tidy_frame
from baltic_calculus.sources.workbook import Cell, is_number

FIRST_YEAR, LAST_YEAR = 1900, 2100
_PLAIN_NUMBER = re.compile(r"[-\u2212]?(\d{1,18}|\d{1,3}( \d{3}){1,5})(\.\d{1,18})?", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?\s*(e|\u1d49|\(e\)|est\.?)?[ *†‡§⁰¹²³⁴⁵⁶⁷⁸⁹]*", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """A value with its keys, and the place in the workbook where it stands."""

    iso3: str
    year: int
    measure: str
    value: float
    unit: str
    price_basis: str
    flag: str
    note: str
    place: str


def year_of(cell: Cell) -> tuple[int, bool] | None:
    """
    Year of a header cell and whether an ``e`` marks it as an estimate; None when it is no year.

    Marks of footnotes behind it are passed over where they cannot be read as digits of it.
    """
    if is_number(cell.value):
        is_year = FIRST_YEAR <= cell.value <= LAST_YEAR and cell.value == int(cell.value)
        return (int(cell.value), False) if is_year else None
    match = _YEAR.fullmatch(cell.text)
    if match and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return int(match[1]), bool(match[2])
    return None


def value_of(cell: Cell | None, sentinels: Mapping[str, str]) -> tuple[float, str]:
    """
    Number of a cell, or NaN and the reason.

    Parameters
    ----------
    cell : Cell or None
        None for an empty cell.
    sentinels : mapping of str to str
        What the publisher writes where there is no number, and what it means; ``""`` for an empty cell.

    Raises
    ------
    DataError
        When there is text, a truth value or a date where a number belongs.
    """
    if cell is None or (isinstance(cell.value, str) and not cell.text):
        return math.nan, sentinels[""]
    if is_number(cell.value):
        if abs(cell.value) < 1e18:  # false for NaN and infinities
            return float(cell.value), ""
    elif isinstance(cell.value, str) and cell.text in sentinels:
        return math.nan, sentinels[cell.text]
    elif _PLAIN_NUMBER.fullmatch(cell.text):  # a number kept as text, as are some years of the headers
        return float(cell.text.replace("\u2212", "-").replace(" ", "")), ""
    raise DataError(
        f"{quoted(cell.value)} where a number belongs",
        where=cell.place,
        remedy="compare the cell with the publisher's PDF; a new sign for a missing value must be told to the reader",
    )


def frame_of(readings: Iterable[Reading], publisher: str) -> pd.DataFrame:
    """
    Readings as the frame of a `Publication`.

    Raises
    ------
    DataError
        When two stand for the same country, year and measure, or there is none.
    """
    rows: dict[tuple[str, str, str], tuple[object, ...]] = {}
    places: dict[tuple[str, str, str], str] = {}
    for reading in readings:
        period = str(reading.year)
        key = (reading.iso3, period, reading.measure)
        if key in rows:
            raise DataError(
                f"{reading.measure} of {reading.iso3} in {period} stands twice",
                where=f"{places[key]} and {reading.place}",
                remedy="remove the row, column or sheet that does not belong there, or fetch the workbook again",
            )
        places[key] = reading.place
        rows[key] = (
            *(reading.iso3, reading.year, period, reading.measure, reading.value),
            *(reading.unit, reading.price_basis, reading.flag, reading.note),
        )
    if not rows:
        raise DataError(
            "no row of a country that the project knows",
            where=f"workbook of {publisher}",
            remedy="compare the names of its rows with data/countries.csv",
        )
    return tidy_frame(rows.values())
