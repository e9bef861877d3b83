"""Interval arithmetic holds every value that its operands allow."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.errors import DataError

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)
POSITIVE = st.floats(1e-3, 1e6)


@st.composite
def intervals(draw: st.DrawFn, ends: st.SearchStrategy[float] = NUMBERS) -> Interval:
    low, high = sorted((draw(ends), draw(ends)))
    return Interval(low, high)


def inside(interval: Interval, part: float) -> float:
    """A number of the interval: ``part`` of the way from its low to its high end, never beyond."""
    return min(max(interval.low + part * (interval.high - interval.low), interval.low), interval.high)


def test_share_delivered_keeps_both_ends() -> None:
    # 1,700 / 5,000 = 0.34 and 1,800 / 5,000 = 0.36
    share = Interval(1700, 1800) / Interval(5000, 5000)
    assert share == Interval(0.34, 0.36)
    assert share.scale(100) == Interval(34, 36)


def test_ratio_of_two_ranges_takes_the_extremes() -> None:
    # smallest 3,000 / 5,000 = 0.6, largest 4,000 / 2,000 = 2
    assert Interval(3000, 4000) / Interval(2000, 5000) == Interval(0.6, 2)


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (900.0, math.nan, math.nan, Interval(900, 900)),
        (math.nan, 900.0, 1000.0, Interval(900, 1000)),
        (21.0, 19.0, 21.0, Interval(19, 21)),
        (60.0, 36.0, math.nan, Interval(36, 60)),
    ],
)
def test_published_takes_the_range_where_there_is_one(
    value: float, low: float, high: float, expected: Interval
) -> None:
    assert Interval.published(value, low, high) == expected


def test_figure_without_any_number_is_refused() -> None:
    with pytest.raises(DataError, match="not a finite number"):
        Interval.published(math.nan, math.nan, math.nan)


def test_ends_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(DataError, match="runs backwards"):
        Interval(2, 1)


@pytest.mark.parametrize("divisor", [Interval(0, 1), Interval(-1, 1), Interval(-1, 0)])
def test_division_by_a_range_with_zero_is_refused(divisor: Interval) -> None:
    with pytest.raises(DataError, match="holds zero"):
        Interval(1, 2) / divisor


def test_sum_of_none_is_zero() -> None:
    assert add_intervals([]) == Interval(0, 0)


@given(intervals(), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_sum_contains_every_sum(one: Interval, other: Interval, part: float, other_part: float) -> None:
    assert (one + other).contains(inside(one, part) + inside(other, other_part))


def test_difference_takes_the_extremes() -> None:
    # least 1,100 - 715 = 385, most 1,200 - 600 = 600
    assert Interval(1100, 1200) - Interval(600, 715) == Interval(385, 600)


@given(intervals(), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_difference_contains_every_difference(one: Interval, other: Interval, part: float, other_part: float) -> None:
    assert (one - other).contains(inside(one, part) - inside(other, other_part))


@given(intervals(), intervals(POSITIVE), st.floats(0, 1), st.floats(0, 1))
def test_quotient_contains_every_quotient(one: Interval, other: Interval, part: float, other_part: float) -> None:
    assert (one / other).contains(inside(one, part) / inside(other, other_part))


@given(intervals(), st.floats(-1e3, 1e3, allow_nan=False), st.floats(0, 1))
def test_scaling_contains_every_multiple(one: Interval, factor: float, part: float) -> None:
    assert one.scale(factor).contains(inside(one, part) * factor)


@given(NUMBERS, POSITIVE)
def test_exact_numbers_stay_exact(value: float, divisor: float) -> None:
    assume(math.isfinite(value / divisor))
    assert (Interval(value, value) / Interval(divisor, divisor)).is_exact


@given(intervals(), intervals(), st.floats(0, 1), st.floats(0, 1))
def test_narrower_operand_gives_no_wider_sum(one: Interval, other: Interval, a: float, b: float) -> None:
    narrow = Interval(*sorted((inside(one, a), inside(one, b))))
    narrow_sum, whole_sum = narrow + other, one + other
    assert whole_sum.low <= narrow_sum.low
    assert narrow_sum.high <= whole_sum.high
