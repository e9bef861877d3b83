"""What changed between the facts of two editions: facts with another value, new ones, and those that are gone."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from baltic_calculus.catalog.spreadsheet import harmless
from baltic_calculus.exhibits.precision import publish_number
from baltic_calculus.report.facts import Fact

Status = Literal["changed", "new", "gone", "redefined"]
Pages = Mapping[str, Mapping[str, Fact]]
"""Facts by page and name, as in facts.json."""

NOISE = 1e-9
"""Relative difference up to which two numbers are one: what the order of a sum leaves behind."""

NUMBERED = "cell-"
"""How a fact is named by the place of its cell: a name that says nothing once a cell is put before it."""

COLUMNS = {
    "page": ("string", "Page that states the number, as named in its address"),
    "fact": ("string", "Name of the fact, as in facts.json"),
    "status": ("string", "changed, new or gone; redefined: the same name in another unit, so not compared"),
    "unit_before": ("string", "Unit in the edition before; empty for a count, a year, a name or a text"),
    "unit": ("string", "Unit in this edition"),
    "before": ("string", "Value in the edition before; the lower end of a range; the items of a list by semicolons"),
    "before_high": ("number", "Upper end in the edition before, when it was a range"),
    "after": ("string", "Value in this edition; the lower end of a range; the items of a list by semicolons"),
    "after_high": ("number", "Upper end in this edition, when it is a range"),
    "change": ("number", "This edition less the one before, in the unit; of ranges, between their middles"),
}
"""Columns of the data of the changes: type and meaning."""


@dataclass(frozen=True)
class Change:
    """How one fact differs between two editions.

    Attributes
    ----------
    page : str
        Slug of its page.
    name : str
        Its name on that page.
    status : {"changed", "new", "gone", "redefined"}
        ``redefined`` when the unit differs: two values in two units have no difference.
    before, after : mapping or None
        The fact in each edition; None in the one that does not have it.
    """

    page: str
    name: str
    status: Status
    before: Fact | None
    after: Fact | None

    @property
    def size(self) -> float | None:
        """After less before, in the unit of the fact, between the middles of ranges; None for words and lists."""
        if self.status != "changed" or self.before is None or self.after is None:
            return None
        middles = [_middle(fact) for fact in (self.before, self.after)]
        return None if middles[0] is None or middles[1] is None else middles[1] - middles[0]

    @property
    def relative(self) -> float:
        """Size against the larger of the two values, so that it has no unit: 0 for what has no size, at most 2."""
        if self.size is None or self.before is None or self.after is None:
            return 0.0
        ends = [end for fact in (self.before, self.after) for end in _ends(fact)]
        largest = max(map(abs, ends), default=0.0)
        moved = max(abs(after - before) for before, after in zip(_ends(self.before), _ends(self.after), strict=True))
        return moved / largest if largest else 0.0


def compare_facts(old: Pages, new: Pages) -> list[Change]:
    """Compare the facts of two editions, page by page and name by name.

    A fact is the same when page, name and unit are. A fact that moved to another page is gone from one and new on the
    other. Names that count cells are left out on both sides.

    Parameters
    ----------
    old, new : mapping of str to mapping of str to fact
        Facts by page and name.

    Returns
    -------
    list of Change
        In the order of the new edition; what is gone from a page follows it, pages that are gone stand at the end.

    Examples
    --------
    >>> before = {"burden": {"debt": {"value": 40.0, "unit": "% of GDP"}}}
    >>> after = {"burden": {"debt": {"value": 41.5, "unit": "% of GDP"}}}
    >>> [(change.status, change.size) for change in compare_facts(before, after)]
    [('changed', 1.5)]
    """
    changes: list[Change] = []
    for page in [*new, *(page for page in old if page not in new)]:
        before, after = _stable(old.get(page, {})), _stable(new.get(page, {}))
        for name in [*after, *(name for name in before if name not in after)]:
            status = _status(before.get(name), after.get(name))
            if status is not None:
                changes.append(Change(page, name, status, before.get(name), after.get(name)))
    return changes


def count_compared(old: Pages, new: Pages) -> int:
    """Number of facts that both editions have in the same unit."""
    return sum(
        name in facts and facts[name]["unit"] == fact["unit"]
        for page, stated in new.items()
        for facts in [_stable(old.get(page, {}))]
        for name, fact in _stable(stated).items()
    )


def changes_csv(changes: Sequence[Change]) -> str:
    """All changes as CSV, with the columns `COLUMNS`."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(map(harmless, row) for row in _rows(changes))
    return text.getvalue()


def _rows(changes: Sequence[Change]) -> Iterator[list[Any]]:
    for change in changes:
        before, after = change.before or {}, change.after or {}
        yield [
            change.page,
            change.name,
            change.status,
            before.get("unit", ""),
            after.get("unit", ""),
            _cell(before.get("value")),
            _cell(before.get("high")),
            _cell(after.get("value")),
            _cell(after.get("high")),
            _cell(change.size),
        ]


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else publish_number(value)


def _stable(facts: Mapping[str, Fact]) -> Mapping[str, Fact]:
    return {name: fact for name, fact in facts.items() if not name.startswith(NUMBERED)}


def _status(before: Fact | None, after: Fact | None) -> Status | None:
    if before is None or after is None:
        return "new" if before is None else "gone"
    if before["unit"] != after["unit"]:
        return "redefined"
    ends = _ends(before), _ends(after)
    if not all(ends):
        return None if before["value"] == after["value"] else "changed"
    same = all(math.isclose(one, other, rel_tol=NOISE, abs_tol=NOISE) for one, other in zip(*ends, strict=True))
    return None if same else "changed"


def _ends(fact: Fact) -> tuple[float, ...]:
    """Lower and upper end of a number, the same when it is no range; empty for words, lists and what is unknown."""
    low = fact["value"]
    if isinstance(low, bool) or not isinstance(low, int | float):
        return ()
    high = fact.get("high")
    return (float(low), float(low if high is None else high))


def _middle(fact: Fact) -> float | None:
    ends = _ends(fact)
    return sum(ends) / len(ends) if ends else None
