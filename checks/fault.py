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


MOST_OF_A_RULE = 5


def list_faults(faults: Iterable[Fault]) -> str:
    """The faults by rule, each once; of a rule that is broken often, the first few places."""
    rules: dict[str, list[str]] = {}
    for fault in dict.fromkeys(faults):
        rules.setdefault(fault.rule, []).append(str(fault))
    lines = [f"{sum(map(len, rules.values()))} faults"]
    for rule, places in rules.items():
        lines += places[:MOST_OF_A_RULE]
        if len(places) > MOST_OF_A_RULE:
            lines.append(f"... and {len(places) - MOST_OF_A_RULE} more of {rule}")
    return "\n".join(lines)
