"""Ratios of published strengths, as intervals: every value that the published ranges allow, and no single score.

Interval arithmetic after Moore (1966), see ``interval``: a range of the numerator over a range of the denominator. A
ratio of persons says nothing of training, equipment, place or time, nor of which forces would be used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.figures import interval_of, latest_figures, select_figures
from baltic_calculus.analysis.forces import CONFIDENCE, NEIGHBOURS
from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.errors import DataError

LIKE_COUNTS = {"active armed forces": "active", "active military personnel": "active"}
"""Active strengths that one publisher counts in one way, on both sides."""
RUSSIA, BELARUS = "RUS", "BLR"
IN_UKRAINE = "deployed in Ukraine"
NEAR_ESTONIA = "troops near Estonian border before doubling"
PLANNED_NEAR_ESTONIA = "planned troops near Estonian border"
ESTONIA, ESTONIA_WARTIME = "EST", "wartime structure"
TOTAL, LESS_UKRAINE, ALL_ALLIES, ALLIES_LESS_UKRAINE = (
    "Russia, all: these states",
    "Russia less Ukraine: these states",
    "Russia, all: these states and allies around",
    "Russia less Ukraine: these states and allies around",
)
BELARUS_TOTAL = "Belarus, all: these states"
BORDER_ACTIVE, BORDER_WARTIME = (
    "Near Estonia: Estonia's active",
    "Near Estonia: Estonia's wartime size",
)
PLANNED_WARTIME = "Planned near Estonia: its wartime size"


@dataclass(frozen=True)
class Count:
    """A published strength, or several put together.

    Parameters
    ----------
    persons : Interval
        Number of persons.
    dated : str
        Dates of the counts, in words.
    confidence : str
        The weakest of them.
    """

    persons: Interval
    dated: str
    confidence: str


def compare_strengths(forces: pd.DataFrame, countries: Sequence[str]) -> pd.DataFrame:
    """Published strengths opposite, each against a strength of one's own.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.
    countries : sequence of str
        Country codes of one's own states.

    Returns
    -------
    DataFrame
        ``comparison`` (in words), ``low, high`` (times), ``opposite_low, opposite_high, own_low, own_high`` (persons),
        ``opposite_dated, own_dated``, ``confidence`` (the weakest of the two). The border with Estonia is
        the only one of which troops near it are published.

    Raises
    ------
    DataError
        When a strength is not published.
    """
    own = count_active(forces, countries)
    allies = count_active(forces, tuple(dict.fromkeys((*countries, *NEIGHBOURS))))
    russia, belarus = count_active(forces, (RUSSIA,)), count_active(forces, (BELARUS,))
    remaining = _less(russia, count_in_ukraine(forces))
    near, wartime = _figure(forces, NEAR_ESTONIA), _figure(forces, ESTONIA_WARTIME, ESTONIA)
    rows = [
        (TOTAL, russia, own),
        (LESS_UKRAINE, remaining, own),
        (BELARUS_TOTAL, belarus, own),
        (ALL_ALLIES, russia, allies),
        (ALLIES_LESS_UKRAINE, remaining, allies),
        (BORDER_ACTIVE, near, count_active(forces, (ESTONIA,))),
        (BORDER_WARTIME, near, wartime),
        (PLANNED_WARTIME, _figure(forces, PLANNED_NEAR_ESTONIA), wartime),
    ]
    return pd.DataFrame([_compare(*row) for row in rows])


def count_in_ukraine(forces: pd.DataFrame) -> Count:
    """Russian troops in Ukraine: from the lowest to the highest of the published counts."""
    rows = select_figures(forces, {IN_UKRAINE: IN_UKRAINE}, "role")
    return Count(
        Interval(float(rows["low"].min()), float(rows["high"].max())),
        "; ".join(dict.fromkeys(rows.sort_values("when", kind="stable")["dated"])),
        min(rows["confidence"], key=CONFIDENCE.index),
    )


def count_active(forces: pd.DataFrame, codes: Sequence[str]) -> Count:
    """Active strength of states together, each the newest number of the one publisher that counts all sides.

    Raises
    ------
    DataError
        When a state has no such number.
    """
    rows = select_figures(forces, LIKE_COUNTS, "role")
    rows = latest_figures(rows[rows["entity"].isin(list(codes))], ["entity"])
    missing = [code for code in codes if code not in set(rows["entity"])]
    if missing:
        raise DataError(
            f"no active strength of {', '.join(missing)}", where="national_forces", remedy="leave the country out"
        )
    return Count(
        add_intervals(interval_of(row) for _, row in rows.iterrows()),
        "; ".join(dict.fromkeys(rows.sort_values("when", kind="stable")["dated"])),
        min(rows["confidence"], key=CONFIDENCE.index),
    )


def _figure(forces: pd.DataFrame, indicator: str, entity: str = "") -> Count:
    """The newest published figure with this name."""
    rows = select_figures(forces, {indicator: indicator}, "role")
    rows = rows[rows["entity"] == entity] if entity else rows
    if rows.empty:
        raise DataError(f"no figure: {indicator}", where="national_forces", remedy="name it as the dataset does")
    row = latest_figures(rows, ["role"]).iloc[0]
    return Count(interval_of(row), str(row["dated"]), str(row["confidence"]))


def _less(whole: Count, part: Count) -> Count:
    """What is left of a strength without a part of it."""
    weaker = min(whole.confidence, part.confidence, key=CONFIDENCE.index)
    return Count(whole.persons - part.persons, f"{whole.dated}; {part.dated}", weaker)


def _compare(comparison: str, opposite: Count, own: Count) -> dict[str, object]:
    """One ratio with both of its sides."""
    ratio = opposite.persons / own.persons
    return {
        "comparison": comparison,
        "low": ratio.low,
        "high": ratio.high,
        "opposite_low": opposite.persons.low,
        "opposite_high": opposite.persons.high,
        "own_low": own.persons.low,
        "own_high": own.persons.high,
        "opposite_dated": opposite.dated,
        "own_dated": own.dated,
        "confidence": min(opposite.confidence, own.confidence, key=CONFIDENCE.index),
    }
