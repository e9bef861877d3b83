"""One quantity per country, out of a frame with a row for each: what sentences list."""

import pandas as pd

from baltic_calculus.analysis.quantity import Fact, Quantity

UNKNOWN = "no published figure"
"""What a sentence says instead of a list of numbers when there is none."""


def values_by_country(frame: pd.DataFrame, column: str, unit: str, decimals: int | None = None) -> dict[str, Quantity]:
    """One quantity per country that has a value, in the order of the rows.

    Parameters
    ----------
    frame : DataFrame
        With ``iso3`` and ``column``.

    Examples
    --------
    >>> values_by_country(pd.DataFrame({"iso3": ["EST", "LVA"], "rank": [2, None]}), "rank", "", 0)
    {'EST': Quantity(value=2.0, unit='', decimals=0, high=None)}
    """
    known = frame.dropna(subset=[column])
    return {
        str(code): Quantity(float(value), unit, decimals)
        for code, value in zip(known["iso3"], known[column], strict=True)
    }


def known_by_country(
    frame: pd.DataFrame, column: str, unit: str, decimals: int | None = None, *, empty: str = UNKNOWN
) -> Fact:
    """One quantity per country that has a value, in the order of the rows; the words ``empty`` when none has."""
    return values_by_country(frame, column, unit, decimals) or empty


def ranges_by_country(frame: pd.DataFrame, low: str, high: str, unit: str, decimals: int) -> dict[str, Quantity]:
    """One range per country that has both ends, in the order of the rows."""
    known = frame.dropna(subset=[low, high])
    return {
        str(code): Quantity(float(least), unit, decimals, high=float(most))
        for code, least, most in zip(known["iso3"], known[low], known[high], strict=True)
    }
