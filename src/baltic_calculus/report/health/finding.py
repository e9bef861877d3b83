"""What one look at the machine or the checkout found, in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How bad it is."""

    OK = "ok"
    WARNING = "warning"
    """The report can be built, but something is slow, missing for a side door, or not as locked."""
    FAULT = "fault"
    """A build would fail, or would not be this report."""


@dataclass(frozen=True)
class Finding:
    """One line of ``baltic doctor``.

    Attributes
    ----------
    subject : str
        What was looked at: ``Python``, ``fonts``.
    state : State
        How bad it is.
    text : str
        What was found.
    remedy : str
        What to do; empty only where all is well.
    """

    subject: str
    state: State
    text: str
    remedy: str = ""

    def __post_init__(self) -> None:
        if (self.state is State.OK) == bool(self.remedy):
            raise ValueError(f"{self.subject}: a remedy belongs to every warning and fault, and to nothing else")


def fine(subject: str, text: str) -> Finding:
    """All is well."""
    return Finding(subject, State.OK, text)


def warning(subject: str, text: str, remedy: str) -> Finding:
    """Something that a build survives."""
    return Finding(subject, State.WARNING, text, remedy)


def fault(subject: str, text: str, remedy: str) -> Finding:
    """Something that a build does not survive."""
    return Finding(subject, State.FAULT, text, remedy)


def shortened(names: Iterable[str], most: int = 5) -> str:
    """The first names of a list, and how many more there are: ``a, b and 3 more``."""
    listed = list(names)
    more = len(listed) - most
    return ", ".join(listed) if more <= 0 else f"{', '.join(listed[:most])} and {more} more"
