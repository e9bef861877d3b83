"""Rules that several registers share: dates in order, dates in the past, ranges the right way round."""

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from baltic_calculus.catalog.cross_check import (
    INFINITE,
    Compare,
    Tables,
    compare_bounds,
    compare_dates,
    compare_to_reading,
)
from baltic_calculus.catalog.policy import PolicySet

Rows = Callable[[pd.DataFrame], pd.Series]
ORDER, PAST, RANGE = (
    "the later follows from the earlier",
    "what has happened was not in the future when the dataset was read",
    "the lower end of a range is not above the upper",
)


def keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its keys as index and as columns."""
    return frame.set_index(list(frame.attrs["record"].keys), drop=False)


def _in_order(dataset: str, pairs: Sequence[tuple[str, str]], tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[dataset])
    return pd.concat([compare_dates(frame[earlier], frame[later]) for earlier, later in pairs])


def _by_reading(
    dataset: str, columns: Sequence[str], rows: Rows | None, tables: Tables, limits: PolicySet
) -> pd.DataFrame:
    frame = tables[dataset]
    chosen = keyed(frame if rows is None else frame[rows(frame)])
    return pd.concat([compare_to_reading(chosen[column], frame) for column in columns])


def _ranges(dataset: str, pairs: Sequence[tuple[str, str]], tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[dataset])
    return pd.concat([compare_bounds(-INFINITE, frame[low].dropna(), frame[high]) for low, high in pairs])


def ordered(dataset: str, *pairs: tuple[str, str]) -> Compare:
    """Check that in each pair of date columns the second is not before the first."""
    return partial(_in_order, dataset, pairs)


def past(dataset: str, *columns: str, rows: Rows | None = None) -> Compare:
    """Check that dates, of all rows or of some, are not after the day the dataset was read."""
    return partial(_by_reading, dataset, columns, rows)


def ranged(dataset: str, *pairs: tuple[str, str]) -> Compare:
    """Check that in each pair of number columns the first is not above the second."""
    return partial(_ranges, dataset, pairs)
