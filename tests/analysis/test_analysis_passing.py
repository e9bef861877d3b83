"""Since when a series has stood at or above a level, on series small enough to read."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.passing import Passing, describe_passing, find_passing
from baltic_calculus.analysis.quantity import year


def series(values: list[float], start: int = 2020) -> pd.Series:
    """Make a yearly series that begins in ``start``."""
    return pd.Series(values, index=range(start, start + len(values)))


@pytest.mark.parametrize(
    ("values", "since", "before"),
    [
        ([1.0, 2.0, 3.0], 2021, ()),  # at the level counts
        ([2.0, 2.0, 2.5], 2020, ()),
        ([3.0, 1.0, 2.0], 2022, (2020,)),  # passed again
        ([3.0, 2.0, 1.0], None, (2020, 2021)),  # no longer
        ([1.0, 1.0, 1.9], None, ()),
        ([2.0, float("nan"), 2.0], 2020, ()),  # a year without a value is no fall
    ],
)
def test_passing(values, since, before):
    assert find_passing(series(values), 2.0) == Passing(2.0, since, before)
    assert find_passing(series(values), 2.0).passed == (since is not None)


@given(st.lists(st.floats(0, 10), min_size=1, max_size=15), st.floats(0, 10))
def test_every_year_at_or_above_the_level_is_told_once(values, level):
    passing = find_passing(series(values), level)
    stretch = range(passing.since, 2020 + len(values)) if passing.since else ()
    above = [at for at, value in series(values).items() if value >= level]
    assert [*passing.before, *stretch] == above


def test_words_of_a_level():
    assert describe_passing(Passing(2.0, 2022, (2020,)), "guideline") == {
        "guideline_since": year(2022),
        "guideline_years": ("2020",),
    }
    assert describe_passing(Passing(2.0, None, ()), "target")["target_since"] == "not reached"
