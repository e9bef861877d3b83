"""What validating the data gives: findings, faults told from warnings, and how much was looked at."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """How much a finding weighs: a fault stops a build, a warning asks for a look."""

    FAULT = "fault"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong with a dataset or a policy set, for ``baltic data validate``.

    Attributes
    ----------
    dataset : str
        Dataset, policy set or file.
    message : str
        What is wrong, in one line or, for an error told as it was raised, several.
    weight : Weight
        Fault or warning.
    file, line, row : str, int, str
        Where: file, line as an editor shows it (0: the whole file) and the keys of the row.
    expected, found, tolerance : str
        As printed, in the unit of the data; empty where nothing is compared.
    rule : str
        The broken rule, or the name of the cross-check.
    remedy : str
        What to do next.
    """

    dataset: str
    message: str
    weight: Weight = Weight.FAULT
    file: str = ""
    line: int = 0
    row: str = ""
    expected: str = ""
    found: str = ""
    tolerance: str = ""
    rule: str = ""
    remedy: str = ""


@dataclass(frozen=True)
class Validation:
    """Findings of one validation, and how much it looked at."""

    findings: tuple[Finding, ...]
    datasets: int
    rows: int
    rules: int
    """Rules of the schemas: of columns, of rows, of measures."""
    cross_checks: int
    comparisons: int
    """Single comparisons of all cross-checks."""
    exceptions: int
    """Known outliers and known exceptions in use."""

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What must be mended before a build."""
        return tuple(each for each in self.findings if each.weight is Weight.FAULT)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What asks for a look."""
        return tuple(each for each in self.findings if each.weight is Weight.WARNING)
