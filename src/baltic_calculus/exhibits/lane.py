"""Marks of one row moved apart, so that none hides another."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

# Share of the axis within which two marks of one row would overlap.
CLOSE = 0.04


def stack_lanes(places: Sequence[float], distance: float) -> list[int]:
    """Lane of each mark, so that marks of one lane are at least ``distance`` apart: 0 in the middle, then 1, -1, 2, ...

    Parameters
    ----------
    places : sequence of float
        Places of the marks of one row.
    distance : float
        Smallest distance within a lane, in the same unit.

    Examples
    --------
    >>> stack_lanes([2025.0, 2025.1, 2026.0], 0.2)
    [0, 1, 0]
    """
    last_in_lane: list[float] = []
    lanes = [0] * len(places)
    for one in sorted(range(len(places)), key=lambda mark: (places[mark], mark)):
        taken = [place for place, last in enumerate(last_in_lane) if places[one] - last >= distance]
        if taken:
            lane = taken[0]
            last_in_lane[lane] = places[one]
        else:
            lane = len(last_in_lane)
            last_in_lane.append(places[one])
        lanes[one] = (lane + 1) // 2 * (1 if lane % 2 else -1)
    return lanes


def lane_offset(rows: pd.Series, places: pd.Series, length: float) -> tuple[pd.Series, alt.YOffset]:
    """Lanes of all marks of a chart, and the channel that draws them; the marks need them in the field ``lane``.

    Parameters
    ----------
    rows, places : Series
        Row and place on the axis of each mark.
    length : float
        Length of the axis, in the unit of the places.

    Returns
    -------
    tuple of Series and YOffset
    """
    lanes = places.groupby(rows).transform(lambda own: stack_lanes(list(own), CLOSE * length))
    reach = max(1, int(lanes.abs().max()))
    return lanes, alt.YOffset("lane:Q", scale=alt.Scale(domain=[-reach - 0.6, reach + 0.6]))
