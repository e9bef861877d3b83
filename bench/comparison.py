"""Lines of the table: what ours took, what it is held against, the ratio, and whether the target is met."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.ratio import Spread, cpu, paired_ratios, peak_memory, per_run, values, wall
from bench.record import Record
from bench.row import Line

Rounds = Mapping[int, Record]


@dataclass(frozen=True)
class Cost:
    """What something takes, by round; and the peak memory of it all.

    Attributes
    ----------
    wall, cpu : mapping
        Seconds by round.
    memory_mb : float or None
        Largest sum over the processes; None when it was not sampled.
    """

    wall: Mapping[int, float]
    cpu: Mapping[int, float]
    memory_mb: float | None

    @classmethod
    def of(cls, rounds: Rounds) -> "Cost":
        """Cost of a whole command."""
        return cls(values(rounds, wall), values(rounds, cpu), peak_memory(rounds))

    @classmethod
    def of_one_more(cls, few: Rounds, many: Rounds, more_runs: int) -> "Cost":
        """Cost of one more run, from a short and a long sweep; the memory is that of the long one."""
        return cls(per_run(few, many, more_runs, wall), per_run(few, many, more_runs, cpu), peak_memory(many))

    def __str__(self) -> str:
        memory = "" if self.memory_mb is None else f", {self.memory_mb:.0f} MB"
        return f"{_seconds(self.wall)}, CPU {_seconds(self.cpu)}{memory}"


def _seconds(by_round: Mapping[int, float]) -> str:
    middle = Spread.of(by_round.values()).median
    return f"{middle:.1f} s" if middle >= 10 else f"{middle:.2f} s" if middle >= 1 else f"{middle:.3f} s"


Targets = Mapping[str, float]
"""Bound of the ratio for ``wall`` and ``CPU``, as far as they have one."""


def times_less(what: str, ours: Cost, against: str, theirs: Cost, at_least: Targets) -> Line:
    """A line on how many times less ours takes."""
    ratios = _ratios(theirs, ours)
    return Line(
        what=what,
        ours=str(ours),
        against=against,
        theirs=str(theirs),
        ratio="\n".join(f"{name} {ratio} times less" for name, ratio in ratios.items()),
        target="\n".join(f"{name} at least {bound:g} times less" for name, bound in at_least.items()),
        met=all(ratios[name].median >= bound for name, bound in at_least.items()) if at_least else None,
    )


def times_as_much(what: str, ours: Cost, against: str, theirs: Cost, at_most: Targets) -> Line:
    """A line on how many times as much ours takes."""
    ratios = _ratios(ours, theirs)
    return Line(
        what=what,
        ours=str(ours),
        against=against,
        theirs=str(theirs),
        ratio="\n".join(f"{name} {ratio} times" for name, ratio in ratios.items()),
        target="\n".join(f"{name} at most {bound:g} times" for name, bound in at_most.items()),
        met=all(ratios[name].median <= bound for name, bound in at_most.items()) if at_most else None,
    )


def seconds_at_most(what: str, ours: Cost, wall_seconds: float) -> Line:
    """A line on the wall time alone."""
    spread = Spread.of(ours.wall.values())
    return Line(
        what=what,
        ours=str(ours),
        ratio=f"wall {spread:.2f} s",
        target=f"wall at most {wall_seconds:g} s",
        met=spread.median <= wall_seconds,
    )


def _ratios(above: Cost, below: Cost) -> dict[str, Spread]:
    return {
        "wall": Spread.of(paired_ratios(above.wall, below.wall)),
        "CPU": Spread.of(paired_ratios(above.cpu, below.cpu)),
    }
