"""Reinforcement as a flow: units become ready, wait their turn, travel on lanes of limited capacity, and arrive.

Time runs in steps of one day after the decision; day ``t`` is the 24 hours that end ``t`` days after it. Units of a
readiness tier become ready evenly over the tier's window of notice to move. They join one queue, first come, first
served. Every day each open lane takes from the queue what its capacity allows, the lane with the shortest way first.
What leaves on a day arrives after the lane's days on the way.

    waiting(t) = waiting(t-1) + ready(t) - departed(t),    departed(t) = sum over lanes of min(waiting, capacity)

A lane opens when the longest of its start delays is over (permits, preparation, ships to be brought in: they run side
by side), carries its capacity times its availability, and ends when its total is used up (soldiers by air need
equipment that is already there).

Every uncertain value has a name and draws from a stream of its own, made from the seed and the name. So a lane that is
added, left out or moved leaves the draws of all others as they are, and a value that stands in several lanes, such as
vehicles per soldier, is the same in all of them in every draw.

Readiness is not arrival: a tier that is ready in ten days has not moved. The model is illustrative. It knows no enemy
action beyond the availability of a lane, no ports and camps that fill up, and no priority but the queue's.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from baltic_calculus.errors import DataError

Array = NDArray[np.float64]


class Frozen(BaseModel):
    """A set of values that cannot change after it was made, and holds nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Uncertain(Frozen):
    """A named value with its plausible range, drawn from the beta-PERT distribution over it.

    The mean is ``(low + 4 mode + high) / 6`` (Malcolm and others 1959, Operations Research 7(5)).
    """

    name: str
    """Two values of one name are the same in every draw."""
    low: float = Field(ge=0)
    mode: float
    high: float

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(f"{self.name}: {self.mode:g} is not between {self.low:g} and {self.high:g}")
        return self

    @property
    def mean(self) -> float:
        """Mean of the distribution."""
        return (self.low + 4 * self.mode + self.high) / 6

    def draw(self, seed: int, draws: int) -> Array:
        """Draw values; all the same when the range is a point."""
        span = self.high - self.low
        if span == 0:
            return np.full(draws, self.mode)
        rng = np.random.default_rng(np.random.SeedSequence(seed, spawn_key=tuple(self.name.encode())))
        rise = 1 + 4 * (self.mode - self.low) / span
        return self.low + span * rng.beta(rise, 6 - rise, draws)

    def scaled(self, factor: float) -> Self:
        """The same value so many times as large, in every draw."""
        ends = {name: getattr(self, name) * factor for name in ("low", "mode", "high")}
        return type(self)(name=self.name, **ends)


def certain(value: float, name: str = "") -> Uncertain:
    """A value without a range."""
    return Uncertain(name=name, low=value, mode=value, high=value)


class Product(Frozen):
    """A quantity made of parts: some multiplied, others divided by; each part is drawn by itself."""

    times: tuple[Uncertain, ...] = Field(min_length=1)
    per: tuple[Uncertain, ...] = ()

    @model_validator(mode="after")
    def _divisible(self) -> Self:
        for part in self.per:
            if part.low == 0:
                raise ValueError(f"{part.name}: what is divided by has to be above zero")
        return self

    @property
    def mode(self) -> float:
        """The quantity with every part at its central value."""
        return math.prod(part.mode for part in self.times) / math.prod(part.mode for part in self.per)

    def draw(self, seed: int, draws: int) -> Array:
        """Draw the parts, and put them together."""
        drawn = np.ones(draws)
        for part in self.times:
            drawn *= part.draw(seed, draws)
        for part in self.per:
            drawn /= part.draw(seed, draws)
        return drawn

    def scaled(self, factor: float) -> Self:
        """The same quantity so many times as large, in every draw."""
        return type(self)(times=(*self.times, certain(factor)), per=self.per)


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
    troops_per_day: Product
    """Soldiers a day with what they bring."""
    availability_pct: Uncertain
    transit_days: Uncertain
    start_delay_days: tuple[Uncertain, ...] = ()
    """Delays that run side by side: the lane opens when the longest is over."""
    total_troops: Uncertain | None = None
    """Soldiers that the lane can carry in all; no limit when not given."""

    @property
    def usable_per_day(self) -> float:
        """Soldiers a day with every part at its central value, availability included."""
        return self.troops_per_day.mode * self.availability_pct.mode / 100

    @property
    def opening_day(self) -> float:
        """When the lane opens, every delay at its central value."""
        return max((delay.mode for delay in self.start_delay_days), default=0.0)

    def draw_usable(self, seed: int, draws: int) -> Array:
        """Draw soldiers a day, availability included."""
        return self.troops_per_day.draw(seed, draws) * self.availability_pct.draw(seed, draws) / 100


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
    full: dict[str, Array]
    """By lane: part of the draws in which it was full on the day while troops waited; shape ``(days + 1,)``."""

    def cumulative(self) -> Array:
        """Soldiers in the region by the end of each day, all lanes together."""
        total = np.zeros_like(self.ready)
        for arrived in self.arrived.values():
            total += arrived
        return np.cumsum(total, axis=0, out=total)


def become_ready(tiers: Sequence[Tier], days: int, seed: int, draws: int) -> Array:
    """Soldiers that become ready on each day, all tiers together; shape ``(days + 1, draws)``."""
    edges = np.arange(-1, days + 1, dtype=float)
    ready = np.zeros((days + 1, draws))
    for tier in tiers:
        done = np.clip((edges - tier.first_day) / (tier.last_day - tier.first_day), 0, 1)
        troops = tier.troops.draw(seed, draws)
        for day, part in enumerate(np.diff(done)):
            if part > 0:
                ready[day] += part * troops
    return ready


def simulate_flow(tiers: Sequence[Tier], lanes: Sequence[Lane], *, days: int, draws: int, seed: int) -> Flow:
    """Move the tiers over the lanes, all draws at once.

    Parameters
    ----------
    tiers, lanes : sequence
        What becomes ready, and the ways in; their order does not matter.
    days : int
        Last day simulated.
    draws : int
        Number of draws; with ranges that are points, one is enough.
    seed : int
        Seed of the random draws.

    Returns
    -------
    Flow

    Raises
    ------
    DataError
        When two lanes have the same name.
    """
    if len({lane.name for lane in lanes}) < len(lanes):
        raise DataError("two lanes have the same name", where="simulate_flow", remedy="give each its own")
    drawn = {lane.name: _draw_lane(lane, seed, draws) for lane in _shortest_first(lanes)}
    shape = (days + 1, draws)
    flow = Flow(
        ready=become_ready(tiers, days, seed, draws),
        waiting=np.empty(shape),
        departed={name: np.zeros(shape) for name in drawn},
        arrived={name: np.zeros(shape) for name in drawn},
        full={name: np.zeros(days + 1) for name in drawn},
    )
    for start in range(0, draws, BLOCK):
        _move(flow, drawn, slice(start, start + BLOCK))
    return flow


BLOCK = 4096
"""Draws moved together: few enough that their days stay in the processor's cache."""


def _shortest_first(lanes: Sequence[Lane]) -> list[Lane]:
    return sorted(lanes, key=lambda lane: (lane.transit_days.mode, lane.name))


@dataclass
class _DrawnLane:
    """One lane's values in every draw, and what it may still carry."""

    capacity: Array
    opens: Array
    transit: Array
    left: Array

    def of(self, block: slice) -> "_DrawnLane":
        """The same for some of the draws."""
        return _DrawnLane(self.capacity[block], self.opens[block], self.transit[block], self.left[block])


def _draw_lane(lane: Lane, seed: int, draws: int) -> _DrawnLane:
    capacity = lane.draw_usable(seed, draws)
    opens = np.zeros(draws)
    for delay in lane.start_delay_days:
        np.maximum(opens, delay.draw(seed, draws), out=opens)
    left = np.full(draws, np.inf) if lane.total_troops is None else lane.total_troops.draw(seed, draws)
    return _DrawnLane(capacity, opens, lane.transit_days.draw(seed, draws), left)


def _move(flow: Flow, drawn: Mapping[str, _DrawnLane], block: slice) -> None:
    """Move some of the draws, and write what moved into ``flow``."""
    own = {name: values.of(block) for name, values in drawn.items()}
    queue = np.zeros_like(flow.ready[0, block])
    draws = flow.ready.shape[1]
    for day, ready in enumerate(flow.ready[:, block]):
        queue += ready
        for name, lane in own.items():
            # on the day on which a lane opens it carries a part of a day's load
            taken = np.minimum(lane.capacity * np.clip(day - lane.opens, 0, 1), lane.left)
            np.minimum(taken, queue, out=taken)
            lane.left -= taken
            queue -= taken
            flow.departed[name][day, block] = taken
            flow.full[name][day] += np.count_nonzero((taken > 0) & (queue > 0)) / draws
        flow.waiting[day, block] = queue
    for name, lane in own.items():
        _arrive(flow.departed[name][:, block], lane.transit, flow.arrived[name][:, block])


def _arrive(departed: Array, transit: Array, arrived: Array) -> None:
    """Add what arrives on each day; of 3.4 days on the way, 0.6 of a day's departures take 3 days and 0.4 take 4."""
    whole = np.floor(transit).astype(np.int64)
    days = len(departed)
    for step in range(int(whole.min()), min(int(whole.max()), days - 1) + 1):
        own = np.flatnonzero(whole == step)
        leaving, later = departed[: days - step, own], transit[own] - step
        landed = leaving * (1 - later)
        landed[1:] += leaving[:-1] * later
        arrived[step:, own] = landed
