"""Published dates of uneven precision: a day, a month, a quarter, a year or a span of years."""

import re
from calendar import month_name

import pandas as pd

from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-?Q([1-4])")
_YEARS = re.compile(r"(\d{4})-(\d{4})")
_YEAR = re.compile(r"\d{4}")


def date_span(date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First moment of a published date and the first moment after it.

    Parameters
    ----------
    date : str
        ``2025-09-19``, ``2026-02``, ``2024-Q4``, ``2022`` or ``2017-2026``.

    Returns
    -------
    tuple of Timestamp
        Start (included) and end (excluded).

    Raises
    ------
    DataError
        When the text has none of these forms.

    Examples
    --------
    >>> date_span("2026-02")
    (Timestamp('2026-02-01 00:00:00'), Timestamp('2026-03-01 00:00:00'))
    """
    if _DAY.fullmatch(date):
        start = pd.Timestamp(date)
        return start, start + pd.DateOffset(days=1)
    if _MONTH.fullmatch(date):
        start = pd.Timestamp(f"{date}-01")
        return start, start + pd.DateOffset(months=1)
    if match := _QUARTER.fullmatch(date):
        start = pd.Timestamp(int(match[1]), 3 * int(match[2]) - 2, 1)
        return start, start + pd.DateOffset(months=3)
    if match := _YEARS.fullmatch(date):
        return pd.Timestamp(int(match[1]), 1, 1), pd.Timestamp(int(match[2]) + 1, 1, 1)
    if _YEAR.fullmatch(date):
        return pd.Timestamp(int(date), 1, 1), pd.Timestamp(int(date) + 1, 1, 1)
    raise DataError(
        f"date {date!r} is not understood",
        where="column date",
        remedy="write YYYY-MM-DD, YYYY-MM, YYYY-Qn, YYYY or YYYY-YYYY",
    )


def date_middle(date: str) -> pd.Timestamp:
    """Middle of a published date: where a mark stands on a time axis."""
    start, end = date_span(date)
    return start + (end - start) / 2


def date_years(date: str) -> Interval:
    """A published date as an interval of decimal years, so that its imprecision can be carried along.

    Examples
    --------
    >>> date_years("2024")
    Interval(low=2024.0, high=2025.0)
    """
    return Interval(*(_decimal_year(moment) for moment in date_span(date)))


def _decimal_year(moment: pd.Timestamp) -> float:
    start = pd.Timestamp(moment.year, 1, 1)
    length = pd.Timestamp(moment.year + 1, 1, 1) - start
    return moment.year + (moment - start) / length


def name_date(date: str) -> str:
    """Print a published date in words, no more precise than it was published.

    Examples
    --------
    >>> name_date("2026-02"), name_date("2025-08-26"), name_date("2017-2026")
    ('February 2026', '26 August 2025', '2017–2026')
    """
    date_span(date)
    if match := _DAY.fullmatch(date):
        return f"{int(match[3])} {month_name[int(match[2])]} {match[1]}"
    if match := _MONTH.fullmatch(date):
        return f"{month_name[int(match[2])]} {match[1]}"
    if match := _QUARTER.fullmatch(date):
        return f"quarter {match[2]} of {match[1]}"
    return date.replace("-", "–")
