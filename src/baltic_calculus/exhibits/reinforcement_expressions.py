"""The flow model as Vega expressions, so that a chart can compute arrivals when its sliders move.

Each step has the name of a Vega signal and an expression of the steps before it. ``gone_1_12`` is what has left on the
second lane by the end of day 12; the lanes are numbered in the order in which they take from the queue, as in
:mod:`baltic_calculus.analysis.reinforcement`. Only arithmetic, ``min``, ``max`` and ``clamp`` occur, which mean the
same in Python: the tests compute the steps there and compare them with the model.
"""

import math
from collections.abc import Collection, Sequence

from baltic_calculus.analysis.reinforcement import Lane, Uncertain, shortest_first, simulate_flow
from baltic_calculus.analysis.reinforcement_what_if import SHARE, FlowWhatIf
from baltic_calculus.exhibits.precision import publish_number
from baltic_calculus.exhibits.slider import Steps

PRESENT = "present"
"""Signal with the soldiers in the region by the end of each day, day 0 first."""


def flow_steps(what_if: FlowWhatIf) -> Steps:
    """Steps from the sliders to the soldiers in the region by the end of each day.

    Parameters
    ----------
    what_if : FlowWhatIf
        Parts of a lane that have a slider are read from it, by their names; all others stand at their central values.
    """
    lanes = shortest_first(what_if.lanes)
    ready = simulate_flow(what_if.tiers, (), days=what_if.days, draws=1, seed=0).ready[:, 0].cumsum()
    steps = [("sent", f"{SHARE} / 100")]
    for place, lane in enumerate(lanes):
        steps += _lane_steps(place, lane, what_if.ranges)
    for day in range(1, what_if.days + 1):
        steps += [
            (f"gone_{place}_{day}", _gone(place, day, f"{publish_number(float(ready[day]))!r} * sent", lanes))
            for place in range(len(lanes))
        ]
    there = ", ".join(_there(day, lanes) for day in range(what_if.days + 1))
    return [*steps, (PRESENT, f"[{there}]")]


def _lane_steps(place: int, lane: Lane, moved: Collection[str]) -> Steps:
    """What a lane carries a day, when it opens, what it can carry in all, and that nothing has left at first."""

    def value(part: Uncertain) -> str:
        return part.name if part.name in moved else repr(part.mode)

    times, per = lane.troops_per_day.times, lane.troops_per_day.per
    load = " * ".join(map(value, times)) + "".join(f" / {value(part)}" for part in per)
    delays = ", ".join(["0", *map(value, lane.start_delay_days)])
    total = [] if lane.total_troops is None else [(f"total_{place}", value(lane.total_troops))]
    return [
        (f"load_{place}", f"{load} * {value(lane.availability_pct)} / 100"),
        (f"opens_{place}", f"max({delays})"),
        *total,
        (f"gone_{place}_0", "0"),
    ]


def _gone(place: int, day: int, ready: str, lanes: Sequence[Lane]) -> str:
    """What has left on a lane: no more than it carries, than the lanes before it leave, and than it can in all."""
    # lanes before this one have taken of the day already, those after it not yet
    others = [f"gone_{other}_{day if other < place else day - 1}" for other in range(len(lanes)) if other != place]
    limits = [
        f"gone_{place}_{day - 1} + load_{place} * clamp({day} - opens_{place}, 0, 1)",
        " - ".join([ready, *others]),
        *([] if lanes[place].total_troops is None else [f"total_{place}"]),
    ]
    return f"min({', '.join(limits)})"


def _there(day: int, lanes: Sequence[Lane]) -> str:
    """What has arrived on all lanes; of 3.4 days on the way, 0.6 of a day's departures take 3 days and 0.4 take 4."""
    parts = []
    for place, lane in enumerate(lanes):
        whole = math.floor(lane.transit_days.mode)
        later = lane.transit_days.mode - whole
        for left, part in ((day - whole, 1 - later), (day - whole - 1, later)):
            if left > 0 and part > 0:
                parts.append(f"gone_{place}_{left}" if part == 1 else f"{publish_number(part)!r} * gone_{place}_{left}")
    return " + ".join(parts) or "0"
