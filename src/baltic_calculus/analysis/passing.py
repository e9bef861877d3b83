"""When a series has stood at or above a level: now or not, since when, and in which years before."""

from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.quantity import Fact, year


@dataclass(frozen=True)
class Passing:
    """How a yearly series stands to a level.

    Parameters
    ----------
    level : float
        The level, in the unit of the series.
    since : int or None
        First year of the unbroken stretch at or above the level that reaches the last year; None when the last year
        is below it.
    before : tuple of int
        Years at or above the level before that stretch, or before the last year when there is none.
    """

    level: float
    since: int | None
    before: tuple[int, ...]

    @property
    def passed(self) -> bool:
        """Whether the last year is at or above the level."""
        return self.since is not None


def find_passing(values: pd.Series, level: float) -> Passing:
    """Find since when a series has stood at or above a level.

    Parameters
    ----------
    values : Series
        Index: years in order; values in the unit of the level. Years without a value are left out.
    level : float
        The level.

    Examples
    --------
    >>> find_passing(pd.Series([3.7, 2.8, 3.6], index=[2021, 2022, 2023]), 3.5)
    Passing(level=3.5, since=2023, before=(2021,))
    """
    above = values.dropna() >= level
    years = [int(one) for one in above.index[above]]
    below = above.index[~above]
    since = next((one for one in years if below.empty or one > below[-1]), None)
    return Passing(level, since, tuple(one for one in years if since is None or one < since))


def describe_passing(passing: Passing, name: str) -> dict[str, Fact]:
    """What a sentence says about a level.

    Returns
    -------
    dict
        ``<name>_since`` (first year of the stretch at or above the level; "not reached" when the last year is below
        it) and ``<name>_years`` (years at or above it before).
    """
    return {
        f"{name}_since": "not reached" if passing.since is None else year(passing.since),
        f"{name}_years": tuple(str(one) for one in passing.before),
    }
