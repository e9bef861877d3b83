"""Intervals: published ranges, and arithmetic that keeps every value they allow.

The rules are those of interval arithmetic (Moore, 1966): the result holds every number that the
operation can give for any choice of values inside the operands, and nothing narrower.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from baltic_calculus.errors import DataError


@dataclass(frozen=True)
class Interval:
    """A closed range of numbers in one unit; a single published number has equal ends.

    Parameters
    ----------
    low, high : float
        Ends, both included.

    Raises
    ------
    DataError
        When an end is not a finite number, or the ends are in the wrong order.

    Examples
    --------
    >>> Interval(1700, 1800) / Interval(5000, 5000)
    Interval(low=0.34, high=0.36)
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high)):
            raise DataError(
                f"interval {self.low} to {self.high} has an end that is not a finite number", where="Interval"
            )
        if self.low > self.high:
            raise DataError(
                f"interval {self.low} to {self.high} runs backwards", where="Interval", remedy="put the lower end first"
            )

    @classmethod
    def published(cls, value: float, low: float, high: float) -> Self:
        """Read a published figure: the range where one was given, otherwise the single value.

        Parameters
        ----------
        value, low, high : float
            Columns of a fact dataset; NaN where the publisher gave none.
        """
        return cls(value if math.isnan(low) else low, value if math.isnan(high) else high)

    @property
    def is_exact(self) -> bool:
        """Whether the publisher gave one number rather than a range."""
        return self.low == self.high

    def __add__(self, other: Self) -> Self:
        return type(self)(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Self) -> Self:
        return type(self)(self.low - other.high, self.high - other.low)

    def __truediv__(self, other: Self) -> Self:
        if other.low <= 0 <= other.high:
            raise DataError(
                f"division by the interval {other.low} to {other.high}, which holds zero",
                where="Interval",
                remedy="divide by a range that lies on one side of zero",
            )
        quotients = [mine / theirs for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        return type(self)(min(quotients), max(quotients))

    def scale(self, factor: float) -> Self:
        """Multiply both ends by a number, for example 100 to turn a ratio into per cent."""
        ends = (self.low * factor, self.high * factor)
        return type(self)(min(ends), max(ends))

    def contains(self, value: float) -> bool:
        """Whether a value lies in the range, ends included."""
        return self.low <= value <= self.high


def add_intervals(intervals: Iterable[Interval]) -> Interval:
    """Add intervals of like things; the sum of none is zero."""
    return sum(intervals, start=Interval(0, 0))
