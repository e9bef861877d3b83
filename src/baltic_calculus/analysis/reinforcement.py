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
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
        first, *others = self.arrived.values()
        total = first.copy()
        for arrived in others:
            total += arrived
        for day in range(1, len(total)):
            total[day] += total[day - 1]
        return total


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
    blocks = list(_simulate_blocks(tiers, lanes, days, draws, seed))
    sizes = [block.ready.shape[1] for block in blocks]
    names = list(blocks[0].departed)

    def joined(parts: Iterable[Array]) -> Array:
        return np.concatenate(list(parts), axis=1)

    return Flow(
        ready=joined(block.ready for block in blocks),
        waiting=joined(block.waiting for block in blocks),
        departed={name: joined(block.departed[name] for block in blocks) for name in names},
        arrived={name: joined(block.arrived[name] for block in blocks) for name in names},
        full={name: np.average([block.full[name] for block in blocks], axis=0, weights=sizes) for name in names},
    )


def simulate_present(tiers: Sequence[Tier], lanes: Sequence[Lane], *, days: int, draws: int, seed: int) -> Array:
    """Soldiers in the region by the end of each day alone: what :func:`simulate_flow` gives, in a tenth of the memory.

    Parameters
    ----------
    tiers, lanes, days, draws, seed
        As in :func:`simulate_flow`.

    Returns
    -------
    ndarray
        Shape ``(days + 1, draws)``.
    """
    present = np.empty((days + 1, draws))
    for count, block in enumerate(_simulate_blocks(tiers, lanes, days, draws, seed)):
        present[:, count * BLOCK : (count + 1) * BLOCK] = block.cumulative()
    return present


BLOCK = 4096
"""Draws moved together: few enough that their days stay in the processor's cache."""


def _simulate_blocks(tiers: Sequence[Tier], lanes: Sequence[Lane], days: int, draws: int, seed: int) -> Iterator[Flow]:
    if len({lane.name for lane in lanes}) < len(lanes):
        raise DataError("two lanes have the same name", where="simulate_flow", remedy="give each its own")
    troops = [tier.troops.draw(seed, draws) for tier in tiers]
    drawn = {lane.name: _draw_lane(lane, seed, draws) for lane in shortest_first(lanes)}
    for start in range(0, draws, BLOCK):
        own = slice(start, start + BLOCK)
        ready = _become_ready(tiers, [sent[own] for sent in troops], days)
        yield _move(ready, {name: lane.of(own) for name, lane in drawn.items()})


def _become_ready(tiers: Sequence[Tier], troops: Sequence[Array], days: int) -> Array:
    """Soldiers that become ready on each day, all tiers together; shape ``(days + 1, draws)``."""
    edges = np.arange(-1, days + 1, dtype=float)
    parts = [np.diff(np.clip((edges - one.first_day) / (one.last_day - one.first_day), 0, 1)) for one in tiers]
    return np.einsum("td,tn->dn", np.array(parts), np.array(troops))


def shortest_first(lanes: Sequence[Lane]) -> list[Lane]:
    """The lanes in the order in which they take from the queue: by their days on the way, then by name."""
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


def _move(ready: Array, lanes: Mapping[str, _DrawnLane]) -> Flow:
    """Move what becomes ready; each lane is left with what it may still carry."""
    days, draws = ready.shape
    departed = {name: np.empty_like(ready) for name in lanes}
    full = {name: np.empty(days) for name in lanes}
    waiting = np.empty_like(ready)
    queue = np.zeros(draws)
    for day in range(days):
        queue += ready[day]
        for name, lane in lanes.items():
            taken = departed[name][day]
            # on the day on which a lane opens it carries a part of a day's load
            np.minimum(lane.capacity * np.clip(day - lane.opens, 0, 1), lane.left, out=taken)
            np.minimum(taken, queue, out=taken)
            lane.left -= taken
            queue -= taken
            full[name][day] = np.count_nonzero((taken > 0) & (queue > 0)) / draws
        waiting[day] = queue
    arrived = {name: _arrive(departed[name], lane.transit) for name, lane in lanes.items()}
    return Flow(ready, waiting, departed, arrived, full)


def _arrive(departed: Array, transit: Array) -> Array:
    """What arrives on each day; of 3.4 days on the way, 0.6 of a day's departures take 3 days and 0.4 take 4."""
    arrived = np.zeros_like(departed)
    whole = np.floor(transit).astype(np.int64)
    days = len(departed)
    for step in range(int(whole.min()), min(int(whole.max()), days - 1) + 1):
        own = np.flatnonzero(whole == step)
        leaving, later = departed[: days - step, own], transit[own] - step
        landed = leaving * (1 - later)
        landed[1:] += leaving[:-1] * later
        arrived[step:, own] = landed
    return arrived
