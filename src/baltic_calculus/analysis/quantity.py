"""Numbers with their units: what analysis hands to the sentences of the report."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Quantity:
    """A computed number that may be printed.

    Parameters
    ----------
    value : float
        The number, unrounded.
    unit : str
        Unit as printed, for example ``"% of GDP"``, ``"EUR bn"``, ``"points"``, ``"year"``.
    decimals : int, optional
        Decimals to print; the unit's usual number when not given.
    high : float, optional
        Upper end, when the number is known only as a range; ``value`` is then its lower end.
    """

    value: float
    unit: str
    decimals: int | None = None
    high: float | None = None


Fact = Quantity | str | tuple[str, ...] | Mapping[str, Quantity]
"""What a sentence may hold: a quantity, a word or country code, a list of codes, or one quantity per code."""


def year(value: int) -> Quantity:
    """Return a calendar year as a quantity."""
    return Quantity(int(value), "year")
