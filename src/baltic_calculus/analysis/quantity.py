"""A number with its unit: what analysis hands to the sentences of the report."""

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
    """

    value: float
    unit: str
    decimals: int | None = None
