"""What a bench is made of: rows, each of some commands measured in turns, and lines of the table drawn from them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.record import Measured


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True)
class Variant:
    """One of the commands of a row.

    Attributes
    ----------
    name : str
        As it is called in the records.
    command : sequence of str
        Program and arguments.
    prepare : callable
        Called before each measurement and not measured.
    environment : mapping
        Added to the environment of all commands.
    reports : bool
        Whether its standard output is a JSON object of numbers to keep.
    """

    name: str
    command: Sequence[str]
    prepare: Callable[[], None] = nothing
    environment: Mapping[str, str] = field(default_factory=dict)
    reports: bool = False


@dataclass(frozen=True)
class Line:
    """A line of the table. Each text may itself have several lines.

    Attributes
    ----------
    what, against : str
        What is measured, and what it is held against.
    ours, theirs : str
        What each took.
    ratio : str
        Theirs over ours, or ours over theirs, as the target has it.
    target : str
        Empty when there is none.
    met : bool or None
        Whether the median meets it; None without a target.
    """

    what: str
    ours: str
    against: str = ""
    theirs: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None


@dataclass(frozen=True)
class Row:
    """Something worth measuring.

    Attributes
    ----------
    name : str
        As ``--rows`` takes it.
    variants : sequence of Variant
        Commands, run in this order in every round.
    conclude : callable
        Draws lines of the table from records in which every variant has a timed round.
    setup : callable
        Called once before the first measurement: makes what the commands need.
    once : bool
        Measured a single time, with the memory sampled: too long to repeat.
    """

    name: str
    variants: Sequence[Variant]
    conclude: Callable[[Measured], Sequence[Line]]
    setup: Callable[[], None] = nothing
    once: bool = False
