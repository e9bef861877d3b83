"""Arithmetic of measurements taken in turns: ratios within each round, then their median and range."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import median

from bench.record import Record

Quantity = Callable[[Record], float]


@dataclass(frozen=True)
class Spread:
    """Median of some values, with the smallest and the largest.

    >>> print(Spread.of([4.0, 4.4, 4.1]))
    4.1 (4.0 to 4.4)
    """

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """Gather values; at least one."""
        values = list(values)
        return cls(median(values), min(values), max(values))

    def __format__(self, form: str) -> str:
        """Each number in this form, as ``.2f``; by default with one decimal from 2 on, below it with two."""
        form = form or (".1f" if self.median >= 2 else ".2f")
        return f"{self.median:{form}} ({self.low:{form}} to {self.high:{form}})"

    def __str__(self) -> str:
        return format(self, "")


def wall(record: Record) -> float:
    """Wall time of a record in seconds."""
    return record.wall_seconds


def cpu(record: Record) -> float:
    """Processor time of a record in seconds."""
    return record.cpu_seconds


def timed(rounds: Mapping[int, Record]) -> dict[int, Record]:
    """Records of the timed rounds."""
    return {number: record for number, record in rounds.items() if number > 0}


def values(rounds: Mapping[int, Record], quantity: Quantity) -> dict[int, float]:
    """One quantity of the timed rounds."""
    return {number: quantity(record) for number, record in timed(rounds).items()}


def per_run(
    few: Mapping[int, Record], many: Mapping[int, Record], more_runs: int, quantity: Quantity
) -> dict[int, float]:
    """What one more run costs, round by round: the difference of a long and a short sweep over the runs between them.

    Starting and stopping are in both, and cancel.
    """
    small, large = values(few, quantity), values(many, quantity)
    return {number: (large[number] - small[number]) / more_runs for number in small.keys() & large.keys()}


def paired_ratios(above: Mapping[int, float], below: Mapping[int, float]) -> list[float]:
    """Ratio within each round that has both: load on the machine falls on both alike."""
    return [above[number] / below[number] for number in sorted(above.keys() & below.keys())]


def peak_memory(rounds: Mapping[int, Record]) -> float | None:
    """Largest memory of any round that sampled it, in MB."""
    return max((each.peak_memory_mb for each in rounds.values() if each.peak_memory_mb is not None), default=None)
