"""The cells of a publication while it is read: countries by the project's codes, measures by its names."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown
from baltic_calculus.sources.period import Period
from baltic_calculus.sources.publication import Publication, tidy_frame

FLAGS = ("derived", "break", "forecast", "estimate", "provisional")
"""Marks that have a place of their own, the most important first; other marks, and further ones, go into the note."""

NO_VALUE = "no value published"
NAMED = 40  # areas or kinds of cell that one remark names


@dataclass(frozen=True)
class Measure:
    """One of the project's measures, with its unit and price basis as in data/catalog.yaml."""

    name: str
    unit: str
    price_basis: str = ""


def flag_and_note(words: Iterable[str]) -> tuple[str, str]:
    """
    The one mark of a cell and the note that holds the others.

    Examples
    --------
    >>> flag_and_note(["provisional", "break", "low reliability"])
    ('break', 'provisional; low reliability')
    """
    marks = list(words)
    flag = next((name for name in FLAGS if name in marks), "")
    return flag, "; ".join(mark for mark in marks if mark != flag)


class Cells:
    """
    Collects the cells of an answer and makes them a publication.

    Parameters
    ----------
    publisher : str
    areas : mapping of str to str
        As a `Reader` gets it.
    """

    def __init__(self, publisher: str, areas: Mapping[str, str]) -> None:
        self.publisher = publisher
        self._areas = areas
        self._codes = frozenset(areas.values())
        self._rows: dict[tuple[str, str, str], tuple[object, ...]] = {}
        self._unknown: Counter[str] = Counter()
        self._unread: Counter[str] = Counter()

    def area(self, *codes: str) -> str | None:
        """Project's code of the first of a publisher's codes or names of one area that is known; else it is noted."""
        for code in codes:
            if code in self._areas:
                return self._areas[code]
            if code in self._codes:
                return code
        self._unknown[next(filter(None, codes), "without a code")] += 1
        return None

    def leave_out(self, kind: str) -> None:
        """Note a cell that is none of the project's measures."""
        self._unread[kind] += 1

    def add(self, iso3: str, period: Period, measure: Measure, value: float | None, marks: Iterable[str] = ()) -> None:
        """
        Take a cell: None is a value that the publisher does not give, for the reason among ``marks``.

        Raises
        ------
        DataError
            When the answer gives the same cell twice, or a number too large to hold in the measure's unit.
        """
        if value is not None and not math.isfinite(value):
            raise DataError(
                f"{measure.name} of {iso3} in {period.name} is too large to hold in {measure.unit}",
                where=f"answer of {self.publisher}",
                remedy="fetch the answer again",
            )
        key = (iso3, period.name, measure.name)
        if key in self._rows:
            raise DataError(
                f"{measure.name} of {iso3} in {period.name} stands twice",
                where=f"answer of {self.publisher}",
                remedy="two series or two pages overlap: ask for one series of each country, or fetch again",
            )
        words = list(marks)
        flag, note = flag_and_note(words) if value is not None else ("", "; ".join(words) or NO_VALUE)
        note = shown(note)
        basis = (measure.unit, measure.price_basis)
        self._rows[key] = (iso3, period.year, period.name, measure.name, value, *basis, flag, note)

    def publication(
        self, *, title: str, edition: str, definition: str, published: str = "", remarks: Iterable[str] = ()
    ) -> Publication:
        """
        All cells taken so far, with remarks on those left out.

        Raises
        ------
        DataError
            When none was taken.
        """
        left_out = (
            *_told("areas not among the project's countries", self._unknown),
            *_told("cells of other measures", self._unread),
        )
        if not self._rows:
            raise DataError(
                "no cell of a country and measure that the project knows" + "".join(f"; {told}" for told in left_out),
                where=f"answer of {self.publisher}, {title}",
                remedy="compare the address in data/catalog.yaml with what the answer holds",
            )
        return Publication(
            frame=tidy_frame(self._rows.values()),
            publisher=self.publisher,
            title=title,
            edition=edition,
            definition=definition,
            published=published,
            remarks=(*remarks, *left_out),
        )


def _told(what: str, counted: Counter[str]) -> tuple[str, ...]:
    """A remark on what was left out, if anything was."""
    if not counted:
        return ()
    names = [f"{shown(name)} ({number})" for name, number in sorted(counted.items())[:NAMED]]
    more = f" and {len(counted) - NAMED} more" if len(counted) > NAMED else ""
    return (f"left out, {what}: {', '.join(names)}{more}",)
