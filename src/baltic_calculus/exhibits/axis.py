"""Ticks and domains, chosen here and not by the renderer, so that labels can be placed exactly."""

import math
from collections.abc import Iterable, Sequence

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits.number import vega_format

# Up to so many years a reader wants both ends; over a longer time, round years.
SHORT_SPAN = 16
ROUND_STEPS = (2, 5, 10, 20, 50)
# Least distance of a round year from the last, and of the first from a round year, as a share of the step.
CLEAR = 0.6
AIR = 0.06
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def nice_ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Round values between two ends, at most ``most`` of them.

    Examples
    --------
    >>> nice_ticks(0, 5.4)
    [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    """
    if high <= low:
        return [low]
    magnitude = 10.0 ** math.floor(math.log10((high - low) / most))
    for step in (magnitude * factor for factor in _STEPS):
        first = math.ceil(low / step - 1e-9)
        last = math.floor(high / step + 1e-9)
        if last - first + 1 <= most:
            break
    decimals = max(0, 2 - math.floor(math.log10(step)))
    return [round(place * step, decimals) + 0.0 for place in range(first, last + 1)]


def tick_decimals(ticks: Sequence[float]) -> int:
    """Decimals that tell the ticks apart and no more."""
    for decimals in range(6):
        if all(math.isclose(tick, round(tick, decimals), abs_tol=1e-9) for tick in ticks):
            return decimals
    return 6


def value_domain(values: Iterable[float], *, include_zero: bool) -> tuple[float, float]:
    """Ends of a value axis with a little air above (and below, where values are negative).

    Parameters
    ----------
    values : iterable of float
        Everything that is drawn, references included; missing values are skipped.
    include_zero : bool
        Bars need zero. Lines get it when their smallest value is less than two fifths of the largest.
    """
    numbers = np.asarray([value for value in values if value is not None and math.isfinite(value)], dtype=float)
    low, high = float(numbers.min()), float(numbers.max())
    if include_zero or 0 <= low < 0.4 * high or low <= 0 <= high:
        low, high = min(low, 0.0), max(high, 0.0)
    air = AIR * (high - low) or 1.0
    return (low if low == 0 else low - air), (high if high == 0 else high + air)


def year_ticks(first: float, last: float, most: int = 7) -> list[int]:
    """Years to print under a time axis: of a few evenly spaced ones from first to last, else round ones and the last.

    Examples
    --------
    >>> year_ticks(2014, 2026), year_ticks(1995, 2024)
    ([2014, 2016, 2018, 2020, 2022, 2024, 2026], [1995, 2000, 2005, 2010, 2015, 2020, 2024])
    """
    start, end = math.ceil(first), math.floor(last)
    for step in range(1, end - start + 1) if end - start <= SHORT_SPAN else ():
        if (end - start) % step == 0 and 3 <= (end - start) // step + 1 <= most:
            return list(range(start, end + 1, step))
    for step in ROUND_STEPS:
        # the last year is always printed, the first only where it does not stand too near to a round one
        kept = [year for year in range(start, end) if year % step == 0 and end - year >= CLEAR * step]
        if kept and kept[0] - start >= CLEAR * step:
            kept.insert(0, start)
        if kept and len(kept) < most:
            return [*kept, end]
    return [start, end]


def as_years(values: pd.Series) -> pd.Series:
    """Turn years or dates into decimal years: 1 July 2024 becomes 2024.5."""
    if pd.api.types.is_datetime64_any_dtype(values):
        days = values.dt.is_leap_year.map({True: 366.0, False: 365.0})
        return values.dt.year + (values.dt.day_of_year - 1) / days
    return values.astype(float)


def time_axis(first: float, last: float, most: int = 7) -> alt.Axis:
    """Axis of years chosen here, ending with the last one."""
    # Vega would drop labels that it takes to overlap before the plot has its final width.
    return alt.Axis(
        values=year_ticks(first, last, most),
        format=vega_format("year"),
        title=None,
        labelOverlap=False,
        labelFlush=False,
    )


def value_axis(domain: tuple[float, float], most: int = 6) -> alt.Axis:
    """Axis of round values; the unit stands above the chart."""
    ticks = nice_ticks(*domain, most=most)
    return alt.Axis(values=ticks, format=vega_format("", tick_decimals(ticks)), title=None)


def value_axis_below(domain: tuple[float, float]) -> alt.Axis:
    """Axis of round values under rows of marks."""
    ticks = nice_ticks(*domain, most=7)
    # Vega would drop labels that it takes to overlap before the plot has its final width.
    return alt.Axis(
        values=ticks,
        format=vega_format("", tick_decimals(ticks)),
        title=None,
        grid=True,
        domain=False,
        labelOverlap=False,
        labelFlush=False,
    )


def bare_axis() -> alt.Axis:
    """An axis that shows nothing, where every mark has its value printed beside it."""
    # Not ``axis=None``: Vega-Lite fails on layers that share a scale when some have no axis at all.
    return alt.Axis(labels=False, ticks=False, domain=False, grid=False, title=None)
