"""The one place where a number becomes text: British grouping, a true minus sign, the unit where readers expect it."""

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.precision import publish_number

MINUS = "\u2212"
EN_DASH = "\u2013"
NO_BREAK = "\u00a0"
MISSING = EN_DASH

_DECIMALS = {
    "% of GDP": 1,
    "%": 1,
    "points": 1,
    "percentage points": 1,
    "times": 1,
    "EUR bn": 2,
    "US$ bn": 2,
    "EUR m": 0,
    "US$ m": 0,
    "EUR": 0,
    "US$": 0,
    "year": 0,
}
_CURRENCY = re.compile(r"^(EUR|US\$|PLN|GBP|SEK)(?: (.+))?$")
_SINGULAR = {
    "points": "point",
    "points of GDP": "point of GDP",
    "percentage points": "percentage point",
    "years": "year",
    "months": "month",
    "days": "day",
    "persons": "person",
    "brigades": "brigade",
    "battalions": "battalion",
    "allies": "ally",
    "aircraft": "aircraft",
}
# Short symbols stay on the line of their number; words may move to the next line.
_SYMBOLS = {"km", "bn", "m", "t", "h"}


def default_decimals(value: float, unit: str) -> int:
    """Decimals that a unit is usually printed with: none for whole numbers of a unit without a habit of its own."""
    known = _DECIMALS.get(unit)
    if known is not None:
        return known
    return 0 if publish_number(float(value)).is_integer() else 1


def written_decimals(*values: float) -> int:
    """Decimals with which the values were written, so that none is lost: for numbers from a source, not computed ones.

    Examples
    --------
    >>> written_decimals(3.17), written_decimals(2.0, 3.5), written_decimals(150000.0)
    (2, 1, 0)
    """
    exponents = [
        Decimal(repr(float(value))).normalize().as_tuple().exponent for value in values if math.isfinite(value)
    ]
    return max([0, *(-place for place in exponents if isinstance(place, int))])


def format_plain(value: float, decimals: int, *, grouping: bool = True) -> str:
    """Print a bare number, rounded half up in decimal arithmetic as a reader would, from the number that is published.

    Raises
    ------
    ExhibitError
        When the value is missing or infinite: a sentence about it would be untrue.
    """
    if value is None or not math.isfinite(value):
        raise ExhibitError(
            f"no number to print: {value}",
            where="format_number",
            remedy="leave the country or year out, or say in words that there is no value",
        )
    rounded = Decimal(repr(publish_number(float(value)))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}" if grouping else f"{abs(rounded):.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def _attach_unit(text: str, unit: str) -> str:
    """Put the unit before (currencies) or after the printed number."""
    currency = _CURRENCY.match(unit)
    if currency:
        sign, rest = currency.groups()
        return f"{sign}{NO_BREAK}{text}" + (f"{NO_BREAK}{rest}" if rest else "")
    if unit in ("", "year"):
        return text
    if unit.startswith("%"):
        return f"{text}{unit}"
    if text == "1":
        unit = _SINGULAR.get(unit, unit)
    gap = NO_BREAK if unit in _SYMBOLS else " "
    return f"{text}{gap}{unit}"


def format_number(value: float, unit: str = "", decimals: int | None = None) -> str:
    """Print a number with its unit.

    Parameters
    ----------
    value : float
        The number, unrounded, in ``unit``.
    unit : str
        ``"% of GDP"``, ``"%"``, ``"points"``, ``"EUR bn"``, ``"US$ m"``, ``"years"``, ``"km"``, ``"year"``
        (a calendar year, no grouping) or any other word; empty for none.
    decimals : int, optional
        Decimals; the unit's usual number when not given.

    Raises
    ------
    ExhibitError
        When the value is missing or infinite.

    Examples
    --------
    >>> format_number(-1234.5, "points")
    '−1,234.5 points'
    >>> format_number(9.274, "EUR bn").replace(NO_BREAK, " ")
    'EUR 9.27 bn'
    """
    places = default_decimals(value, unit) if decimals is None else decimals
    return _attach_unit(format_plain(value, places, grouping=unit != "year"), unit)


def format_quantity(quantity: Quantity) -> str:
    """Print a computed quantity with its unit, a range as a range."""
    if quantity.high is not None:
        return format_range(quantity.value, quantity.high, quantity.unit, quantity.decimals)
    return format_number(quantity.value, quantity.unit, quantity.decimals)


def format_repeated(quantity: Quantity) -> str:
    """Print a quantity whose unit has just been said: words are left out, currencies and per cent signs stay.

    Examples
    --------
    >>> format_repeated(Quantity(4.92, "% of GDP")), format_repeated(Quantity(17.5, "log points a year"))
    ('4.9%', '17.5')
    """
    if _CURRENCY.match(quantity.unit) or quantity.unit == "year":
        return format_quantity(quantity)
    unit = "%" if quantity.unit.startswith("%") else ""
    return format_quantity(
        replace(quantity, unit=unit, decimals=_places(quantity.value, quantity.unit, quantity.decimals))
    )


def format_signed(value: float, unit: str = "", decimals: int | None = None) -> str:
    """Print a change with its sign, plus or minus; a change that rounds to zero has none."""
    bare = format_plain(value, _places(value, unit, decimals))
    rises = value > 0 and re.search(r"[1-9]", bare)
    return _attach_unit(f"+{bare}" if rises else bare, unit)


def _places(value: float, unit: str, decimals: int | None) -> int:
    """Decimals asked for, or the unit's own."""
    return default_decimals(value, unit) if decimals is None else decimals


def format_range(low: float, high: float, unit: str = "", decimals: int | None = None) -> str:
    """Print a range: with an en dash, or "to" when an end is negative; an open end is put in words.

    Parameters
    ----------
    low, high : float
        The ends in ``unit``; NaN for an open end.
    unit : str
        As in :func:`format_number`.
    decimals : int, optional
        Decimals of both ends.

    Raises
    ------
    ExhibitError
        When both ends are missing.

    Examples
    --------
    >>> format_range(6, 10, "years")
    '6–10 years'
    """
    if math.isnan(low) and not math.isnan(high):
        return f"up to {format_number(high, unit, decimals)}"
    if math.isnan(high) and not math.isnan(low):
        return f"at least {format_number(low, unit, decimals)}"
    places = max(_places(low, unit, decimals), _places(high, unit, decimals))
    ends = [format_plain(end, places, grouping=unit != "year") for end in (low, high)]
    if ends[0] == ends[1]:
        return _attach_unit(ends[0], unit)
    joint = " to " if low < 0 or high < 0 else EN_DASH
    return _attach_unit(joint.join(ends), unit)


def format_date(value: date | str | int) -> str:
    """Print a date as "21 November 2026", a month as "November 2026", a year as "2026".

    Parameters
    ----------
    value : date, str or int
        A date, or an ISO text of ten, seven or four characters; any other text is printed as it stands.
    """
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    text = str(value).strip()
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return format_date(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d{2}", text):
        return f"{date.fromisoformat(f'{text}-01'):%B %Y}"
    return text


def format_list(items: Sequence[str], conjunction: str = "and") -> str:
    """Join words as in a sentence: "Estonia, Latvia and Lithuania"."""
    words = list(items)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def format_years(years: Sequence[int]) -> str:
    """Print years, runs with an en dash: "2014, 2016 and 2020–2023"."""
    runs: list[list[int]] = []
    for one in sorted(set(years)):
        if runs and one == runs[-1][1] + 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return format_list([f"{first}" if first == last else f"{first}{EN_DASH}{last}" for first, last in runs])


def vega_format(unit: str, decimals: int | None = None) -> str:
    """The d3 format that prints axis numbers as :func:`format_plain` does, without the unit.

    Examples
    --------
    >>> vega_format("year"), vega_format("EUR m"), vega_format("% of GDP")
    ('d', ',.0f', ',.1f')
    """
    if unit == "year":
        return "d"
    places = _DECIMALS.get(unit, 0) if decimals is None else decimals
    return f",.{places}f"
