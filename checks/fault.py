"""What a checker finds, in words that lead to the place."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One thing wrong with one published file."""

    page: str
    """The file, from the top of the site, or the PDF's name."""
    where: str
    """Selector, line or page in it; empty where the file as a whole is meant."""
    rule: str
    """The checker's name of the rule."""
    help: str
    """What the checker says about it."""

    def __str__(self) -> str:
        place = f"{self.page} {self.where}".rstrip()
        return f"{place}\n    {self.rule}: {' '.join(self.help.split())}"


def list_faults(faults: Iterable[Fault], limit: int = 40) -> str:
    """The faults one below the other, each once, and how many there are."""
    lines = list(dict.fromkeys(str(fault) for fault in faults))
    shown = lines[:limit]
    if len(lines) > limit:
        shown.append(f"... and {len(lines) - limit} more")
    return "\n".join([f"{len(lines)} faults", *shown])
