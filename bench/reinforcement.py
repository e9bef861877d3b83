"""Reinforcement as a flow, simulated two ways: over whole arrays, and draw by draw in plain Python.

``python -m bench.reinforcement WAY DRAWS`` simulates so many draws and prints a JSON object: ``cpu_seconds`` of the
simulation alone, without imports and reading data, and the ``paths``, which are the draws. Both ways move the same
tiers over the same four lanes for as many days, and give the same quantiles of the troops in the region by day.
"""

import math
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.reinforcement import Lane, Tier, Uncertain
from baltic_calculus.analysis.reinforcement_fan import (
    PERCENTILES,
    FlowSettings,
    gather_flow_settings,
    run_present,
    summarise_arrivals,
)
from baltic_calculus.analysis.reinforcement_inputs import gather_lanes, gather_tiers, permit_delay
from bench.simulation import print_cost


@dataclass(frozen=True)
class Task:
    """What is simulated: tiers, lanes, days and draws."""

    tiers: Sequence[Tier]
    lanes: Sequence[Lane]
    settings: FlowSettings


def gather_task(draws: int) -> Task:
    """The report's tiers and lanes, with its default parameters."""
    assumed, parameters = catalog.policy("reinforcement"), Parameters()
    settings = gather_flow_settings(assumed, parameters).model_copy(update={"draws": draws})
    permit = permit_delay(catalog.load("mobility"), parameters.permit_case)
    tiers = gather_tiers(catalog.policy("force_model"), settings.share_pct)
    return Task(tiers, gather_lanes(assumed, permit), settings)


def over_arrays(task: Task) -> list[list[float]]:
    """All draws at once, as the report does. Quantiles of the troops in the region, a list for each day."""
    spread = summarise_arrivals(run_present(task.tiers, task.lanes, task.settings))
    return [[float(value) for value in row] for row in spread.drop(columns="day").to_numpy()]


def in_plain_python(task: Task) -> list[list[float]]:
    """One draw after the other, with numbers and lists alone."""
    chance = random.Random(task.settings.seed)  # noqa: S311 - a simulation, no secret
    courses = [_run_draw(task, chance) for _ in range(task.settings.draws)]
    by_day = (sorted(present) for present in zip(*courses, strict=True))
    return [[_quantile(present, percent / 100) for percent in PERCENTILES] for present in by_day]


def _run_draw(task: Task, chance: random.Random) -> list[float]:
    """Troops in the region by the end of each day, in one draw."""
    drawn: dict[str, float] = {}

    def draw(value: Uncertain) -> float:
        if value.low == value.high:
            return value.mode
        if value.name not in drawn:
            span = value.high - value.low
            rise = 1 + 4 * (value.mode - value.low) / span
            drawn[value.name] = value.low + span * chance.betavariate(rise, 6 - rise)
        return drawn[value.name]

    def product(values: Iterable[Uncertain]) -> float:
        return math.prod(draw(value) for value in values)

    lanes = []
    for lane in sorted(task.lanes, key=lambda one: one.transit_days.mode):
        capacity = product(lane.troops_per_day.times) / product(lane.troops_per_day.per)
        opens = max(draw(delay) for delay in lane.start_delay_days)
        left = math.inf if lane.total_troops is None else draw(lane.total_troops)
        lanes.append([capacity * draw(lane.availability_pct) / 100, opens, draw(lane.transit_days), left])
    sent = [(tier.first_day, tier.last_day, draw(tier.troops)) for tier in task.tiers]
    return _move(sent, lanes, task.settings.days)


def _move(sent: Sequence[tuple[float, float, float]], lanes: Sequence[list[float]], days: int) -> list[float]:
    """The queue and the lanes, day by day."""
    arrived, queue = [0.0] * (days + 2), 0.0
    for day in range(days + 1):
        for first, last, troops in sent:
            done, before = (min(max((edge - first) / (last - first), 0.0), 1.0) for edge in (day, day - 1))
            queue += troops * (done - before)
        for lane in lanes:
            capacity, opens, transit, left = lane
            taken = min(queue, left, capacity * min(max(day - opens, 0.0), 1.0))
            queue -= taken
            lane[3] = left - taken
            there = day + int(transit)
            if taken > 0 and there <= days:
                later = transit - int(transit)
                arrived[there] += taken * (1 - later)
                arrived[there + 1] += taken * later
    present, total = [], 0.0
    for number in arrived[: days + 1]:
        total += number
        present.append(total)
    return present


def _quantile(ordered: Sequence[float], part: float) -> float:
    """Quantile of ordered numbers, between neighbours in a straight line."""
    place = part * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


WAYS: Mapping[str, Callable[[Task], list[list[float]]]] = {"arrays": over_arrays, "python": in_plain_python}


if __name__ == "__main__":
    print_cost(WAYS, gather_task)
