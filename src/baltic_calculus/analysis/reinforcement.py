"""Reinforcement as a flow: units become ready, wait their turn, travel on lanes of limited capacity, and arrive.

Time runs in whole days after the decision. Units of a readiness tier become ready evenly over the tier's window of
notice to move. They join one queue, first come, first served. Every day each open lane takes from the queue what its
capacity allows, the lane with the earliest arrival first. What leaves on a day arrives after the lane's transit time.

    waiting(t) = waiting(t-1) + ready(t) - departed(t),    departed(t) = sum over lanes of min(waiting, capacity)

A lane opens after its start delay (permits, preparation, ships to be brought in), carries its capacity times its
availability, and ends when its total is used up (soldiers by air need equipment that is already there).

Readiness is not arrival: a tier that is ready in ten days has not moved. The model is illustrative. It knows no enemy
action beyond the availability of a lane, no ports and camps that fill up, and no priority but the queue's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

Array = NDArray[np.float64]


class Frozen(BaseModel):
    """A set of values that cannot change after it was made, and holds nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Uncertain(Frozen):
    """A value with its plausible range, drawn from the beta-PERT distribution over it.

    The mean is ``(low + 4 mode + high) / 6`` (Malcolm and others 1959, Operations Research 7(5)).
    """

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"{self.mode:g} is not between {self.low:g} and {self.high:g}")
        return self

    def draw(self, rng: np.random.Generator, draws: int) -> Array:
        """Draw values; all the same when the range is a point."""
        span = self.high - self.low
        if span == 0:
            return np.full(draws, self.mode)
        rise = 1 + 4 * (self.mode - self.low) / span
        return self.low + span * rng.beta(rise, 6 - rise, draws)


def certain(value: float) -> Uncertain:
    """A value without a range."""
    return Uncertain(low=value, mode=value, high=value)


class Tier(Frozen):
    """Forces that become ready between two days after the decision, evenly."""

    name: str
    troops: Uncertain
    first_day: float = Field(ge=0)
    last_day: float = Field(gt=0)

    @model_validator(mode="after")
    def _window(self) -> Self:
        if self.first_day >= self.last_day:
            raise ValueError(f"tier {self.name}: day {self.first_day:g} is not before day {self.last_day:g}")
        return self


class Lane(Frozen):
    """A way into the region."""

    name: str
    troops_per_day: Uncertain
    """Soldiers a day with what they bring."""
    transit_days: Uncertain
    start_delay_days: Uncertain
    availability_pct: Uncertain
    total_troops: Uncertain | None = None
    """Soldiers that the lane can carry in all; no limit when not given."""


@dataclass(frozen=True)
class Flow:
    """What moved on every day, in soldiers: arrays of ``(days + 1, draws)``, day 0 first."""

    ready: Array
    """Became ready on the day."""
    waiting: Array
    """Still waiting at the end of the day."""
    departed: dict[str, Array]
    """By lane: left on the day."""
    arrived: dict[str, Array]
    """By lane: arrived on the day; what arrives after the last day is not in it."""

    def cumulative(self) -> Array:
        """Soldiers in the region by the end of each day, all lanes together."""
        total: Array = np.sum([self.arrived[name] for name in self.arrived], axis=0)
        return np.cumsum(total, axis=0)


def become_ready(tiers: Sequence[Tier], days: int, rng: np.random.Generator, draws: int) -> Array:
    """Soldiers that become ready on each day, all tiers together; shape ``(days + 1, draws)``."""
    edges = np.arange(-1, days + 1, dtype=float)
    ready = np.zeros((days + 1, draws))
    for tier in tiers:
        done = np.clip((edges - tier.first_day) / (tier.last_day - tier.first_day), 0, 1)
        ready += np.diff(done)[:, None] * tier.troops.draw(rng, draws)
    return ready


def simulate_flow(
    tiers: Sequence[Tier], lanes: Sequence[Lane], *, days: int, draws: int, rng: np.random.Generator
) -> Flow:
    """Move the tiers over the lanes, all draws at once.

    Parameters
    ----------
    tiers, lanes : sequence
        What becomes ready, and the ways in.
    days : int
        Last day simulated.
    draws : int
        Number of draws; with ranges that are points, one is enough.
    rng : Generator
        Source of the random numbers. Each tier and lane draws from a stream of its own, so that a lane that is added
        or changed leaves the draws of the others as they are.

    Returns
    -------
    Flow
    """
    streams = rng.spawn(len(lanes) + 1)
    ready = become_ready(tiers, days, streams[0], draws)
    drawn = [_draw_lane(lane, stream, draws) for lane, stream in zip(lanes, streams[1:], strict=True)]
    order = np.argsort([lane.transit_days.mode for lane in lanes], kind="stable")
    # one row a day: a day's draws lie side by side in memory
    waiting = np.zeros((days + 1, draws))
    departed = {lane.name: np.zeros((days + 1, draws)) for lane in lanes}
    arrived = {lane.name: np.zeros((days + 1, draws)) for lane in lanes}
    queue = np.zeros(draws)
    for day in range(days + 1):
        queue = queue + ready[day]
        for index in order:
            lane, values = lanes[index], drawn[index]
            taken = np.minimum(queue, values.on_day(day))
            values.left -= taken
            queue = queue - taken
            departed[lane.name][day] = taken
            for transit, draws_of in values.by_transit:
                if day + transit <= days:
                    arrived[lane.name][day + transit, draws_of] = taken[draws_of]
        waiting[day] = queue
    return Flow(ready, waiting, departed, arrived)


@dataclass
class _DrawnLane:
    """One lane's values in every draw, and what it may still carry."""

    capacity: Array
    opens: Array
    by_transit: list[tuple[int, NDArray[np.int64]]]
    """Days on the way, and the draws that have so many."""
    left: Array

    def on_day(self, day: int) -> Array:
        """Soldiers that the lane can take on a day: a part of it on the day on which it opens."""
        return np.minimum(self.capacity * np.clip(day + 1 - self.opens, 0, 1), self.left)


def _draw_lane(lane: Lane, rng: np.random.Generator, draws: int) -> _DrawnLane:
    capacity = lane.troops_per_day.draw(rng, draws) * lane.availability_pct.draw(rng, draws) / 100
    opens = lane.start_delay_days.draw(rng, draws)
    transit = np.ceil(lane.transit_days.draw(rng, draws)).astype(np.int64)
    left = np.full(draws, np.inf) if lane.total_troops is None else lane.total_troops.draw(rng, draws)
    by_transit = [(int(taken), np.flatnonzero(transit == taken)) for taken in np.unique(transit)]
    return _DrawnLane(capacity, opens, by_transit, left)
