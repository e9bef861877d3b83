"""Steps of a scale: few classes between given levels, their names, and which places fall into which."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import display_name, sign_text
from baltic_calculus.exhibits.number import format_list, format_plain, written_decimals
from baltic_calculus.exhibits.sentence import join_sentences
from baltic_calculus.exhibits.series import require_columns

# A step with more places than this is told by their number and its ends.
MOST_NAMED = 6


def step_names(levels: Sequence[float], unit: str) -> list[str]:
    """Names of the steps below, between and from the levels, from low to high.

    Parameters
    ----------
    levels : sequence of float
        Lower ends of all steps but the lowest, rising.
    unit : str
        Unit; of ``"% of GDP"`` only the sign is printed.

    Raises
    ------
    ExhibitError
        When the levels do not rise, or make more steps than the palette has colours.

    Examples
    --------
    >>> step_names([2, 3.5], "% of GDP")
    ['below 2%', 'from 2%', 'from 3.5%']
    """
    if not 1 <= len(levels) < len(palette.STEPS) or any(one >= other for one, other in pairwise(levels)):
        raise ExhibitError(
            f"no steps can be made of the levels {list(levels)}",
            where="step_names",
            remedy=f"give one to {len(palette.STEPS) - 1} rising levels",
        )
    sign = "%" if unit.startswith("%") else ""
    ends = [f"{format_plain(level, written_decimals(level))}{sign}" for level in levels]
    return [f"below {ends[0]}", *(f"from {end}" for end in ends)]


def find_step(value: float, levels: Sequence[float]) -> int:
    """Number of the step that a value falls into, from 0; a value at a level belongs to the step above it.

    Examples
    --------
    >>> [find_step(value, [2, 3.5]) for value in (1.9, 2.0, 3.49, 3.5)]
    [0, 1, 1, 2]
    """
    return bisect_right(levels, value)


def print_in_step(value: float, levels: Sequence[float], decimals: int) -> str:
    """Print a value with as many decimals as keep it in its step: 3.49 below 3.5 never becomes 3.5."""
    while find_step(float(f"{value:.{decimals}f}"), levels) != find_step(value, levels):
        decimals += 1
    return format_plain(value, decimals)


def describe_steps(
    frame: pd.DataFrame, *, category: str, value: str, unit: str, levels: Sequence[float], absent: str
) -> str:
    """Put a map in steps into words: which places are in each step, from the highest, and which have no number.

    Raises
    ------
    ExhibitError
        When a column is missing, there are no rows, or the levels make no steps.
    """
    require_columns(frame, [category, value], "describe_steps")
    known = frame.dropna(subset=[value]).sort_values(value, ascending=False, kind="stable")
    steps = known[value].map(lambda one: find_step(one, levels))
    sentences = [f"Map of {len(frame)} countries by {unit}."]
    for number, name in reversed(list(enumerate(step_names(levels, unit)))):
        places = [display_name(code) for code in known.loc[steps == number, category].astype(str)]
        if len(places) > MOST_NAMED:
            sentences.append(f"{sign_text(name)}: {len(places)} countries, {places[0]} to {places[-1]}.")
        elif places:
            sentences.append(f"{sign_text(name)}: {format_list(places)}.")
    without = [display_name(code) for code in frame.loc[frame[value].isna(), category].astype(str)]
    return join_sentences([*sentences, f"{sign_text(absent)}: {format_list(without)}." if without else ""])
