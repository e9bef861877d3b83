"""What one file or answer of a publisher says, as a tidy table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

COLUMNS = ("iso3", "year", "period", "measure", "value", "unit", "price_basis", "flag", "note")
"""Columns of `Publication.frame`. ``period`` is the year, or a quarter or month of it (2025-Q1, 2025-03)."""

KEYS = ("iso3", "period", "measure")


def tidy_frame(rows: Iterable[tuple[object, ...]]) -> pd.DataFrame:
    """Rows of ``COLUMNS`` as the frame of a `Publication`."""
    frame = pd.DataFrame(list(rows), columns=list(COLUMNS))
    frame["value"] = frame["value"].astype("float64")
    return frame.sort_values(list(KEYS), ignore_index=True)


@dataclass(frozen=True)
class Publication:
    """A publisher's numbers, unrounded and in the publisher's units.

    Attributes
    ----------
    frame : DataFrame
        ``COLUMNS``: one row for each published cell, NaN with the reason in ``note`` where the publisher says that
        there is no value; ``flag`` is the publisher's own mark in words (estimate, forecast, provisional, break).
        Sorted by ``KEYS``, which are unique.
    publisher, title, edition : str
        As the file names them; ``edition`` tells two releases of one table apart.
    definition : str
        What is counted, in a phrase that changes when the publisher counts something else ("core defence expenditure").
        Tables of different definitions must not be joined.
    published : str
        Date of the release as exactly as the file says it (ISO 8601, perhaps a year or month alone); else empty.
    remarks : tuple of str
        Footnotes, and rows that were left out with the reason.
    """

    frame: pd.DataFrame
    publisher: str
    title: str
    edition: str
    definition: str
    published: str = ""
    remarks: tuple[str, ...] = ()


Reader = Callable[[bytes, Mapping[str, str]], Publication]
"""Reads what a publisher sent. The mapping gives ISO 3166 alpha-3 codes by English name, two-letter and other codes of
countries, as far as the project knows them; areas that it does not hold are left out and named in ``remarks``.

Raises ``DataError`` when the content is not what the publisher is known to send: it says what was expected, what was
found and where.
"""
