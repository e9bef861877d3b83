"""Targets, rules and scenario assumptions: data/policy/*.yaml, each value with unit, date and reference."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from pydantic import ConfigDict, model_validator

from baltic_calculus.catalog.document import read_document
from baltic_calculus.catalog.record import Frozen, PartialDate, Text
from baltic_calculus.errors import DataError

OWN = "calculus_"
"""References of this report to itself begin so: what they support is its own judgement."""

TOLERANCES = "cross_checks"
"""Set that holds the tolerances of the cross-checks."""

Quality = Literal["", "measured", "published estimate", "judgement"]
"""How well a value is supported; none when a government or an alliance has set it."""


class PolicyValue(Frozen):
    """One number that a government, an alliance or this report has set."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    label: Text
    value: int | float
    unit: str
    valid_from: PartialDate
    reference: Text
    """Citation key in report/references.bib."""
    low: int | float | None = None
    high: int | float | None = None
    note: str = ""
    quality: Quality = ""
    """Given where a published source supports an assumption; of this report's own values it is known."""

    @model_validator(mode="after")
    def _own_is_judgement(self) -> Self:
        if self.reference.startswith(OWN) and self.quality not in ("", "judgement"):
            raise ValueError(f"a value of this report's own is a judgement, not {self.quality}")
        return self

    @property
    def support(self) -> Quality:
        """Its quality, which says that it is an assumption; empty for a target, a rule or a term that others set."""
        return "judgement" if self.reference.startswith(OWN) else self.quality


class PolicyFile(Frozen):
    """Layout of one file in data/policy/."""

    title: Text
    values: dict[str, PolicyValue]


@dataclass(frozen=True)
class PolicySet:
    """Named policy values, read as attributes.

    Examples
    --------
    >>> from baltic_calculus import catalog
    >>> catalog.policy("nato_targets").core_share_gdp_pct.value
    3.5
    """

    name: str
    title: str
    values: dict[str, PolicyValue]

    def __getattr__(self, value: str) -> PolicyValue:
        # only called for names that are not fields; dunder probes (copy, pickle) need the ordinary answer
        if value.startswith("__"):
            raise AttributeError(value)
        if value not in self.values:
            raise DataError(
                f"no policy value {value!r}",
                where=f"data/policy/{self.name}.yaml",
                remedy="choose from: " + ", ".join(self.values),
            )
        return self.values[value]


def read_policy(folder: Path, name: str) -> PolicySet:
    """Read ``<folder>/<name>.yaml``.

    Raises
    ------
    DataError
        When there is no such file, or a value breaks the layout or lies outside its own low and high.
    """
    path = folder / f"{name}.yaml"
    if not path.is_file():
        known = sorted(file.stem for file in folder.glob("*.yaml"))
        raise DataError(f"no policy set {name!r}", where=str(folder), remedy="choose from: " + ", ".join(known))
    where = f"data/policy/{path.name}"
    content = read_document(path, where, PolicyFile)
    for key, value in content.values.items():
        low = value.value if value.low is None else value.low
        high = value.value if value.high is None else value.high
        if not low <= value.value <= high:
            raise DataError(
                f"{key}: {value.value} is not between {low} and {high}",
                where=where,
                remedy="correct low, value or high",
            )
    return PolicySet(name, content.title, content.values)
