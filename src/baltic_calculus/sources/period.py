"""Years, quarters and months as publishers write them."""

import re
from dataclasses import dataclass

from baltic_calculus.errors import DataError
from baltic_calculus.sources.answer_text import shown

_FORM = re.compile(r"([12]\d{3})(?:-?Q([1-4])|-?M(0[1-9]|1[0-2])|-(0[1-9]|1[0-2]))?", re.ASCII)


@dataclass(frozen=True)
class Period:
    """A year, or a quarter or month of one: ``name`` is 2025, 2025-Q1 or 2025-03, ``frequency`` A, Q or M."""

    name: str
    year: int
    frequency: str


def parse_period(text: str, where: str) -> Period:
    """
    Period of any of the publishers' spellings: 2025, 2025-Q1, 2025Q1, 2025-03, 2025M03, 2025-M03.

    Raises
    ------
    DataError
        For anything else (half-years, weeks and days are in no table that is read).
    """
    form = _FORM.fullmatch(text)
    if form is None:
        raise DataError(
            f'"{shown(text)}" is no year, quarter or month',
            where=where,
            remedy="ask for annual, quarterly or monthly data",
        )
    year, quarter, month = int(form[1]), form[2], form[3] or form[4]
    if quarter:
        return Period(f"{year}-Q{quarter}", year, "Q")
    if month:
        return Period(f"{year}-{month}", year, "M")
    return Period(str(year), year, "A")
