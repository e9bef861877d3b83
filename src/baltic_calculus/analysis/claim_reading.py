"""What a test of a claim reads from the data, and the verdict that the readings give together."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

if TYPE_CHECKING:
    from baltic_calculus.catalog import PolicySet

SUPPORTED, PARTLY, CONTRADICTED, OUTDATED = "supported", "partly supported", "contradicted", "outdated"
ADOPTED, NOT_ADOPTED = "adopted", "not adopted"

THEN, NOW = "when written", "now"

WITHIN, AT_LEAST, LESS, RANK, DATE, TO_COME, SAME = (
    "within",
    "at least",
    "less than",
    "place",
    "date",
    "still to come",
    "same",
)
RULES = (WITHIN, AT_LEAST, LESS, RANK, DATE, TO_COME, SAME)

_DATE = re.compile(r"20\d\d(-(0[1-9]|1[0-2]))?")
_NUMBERS = re.compile(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?")


@dataclass(frozen=True)
class Reading:
    """One number, date or name that the data hold on a claim.

    Parameters
    ----------
    of : str
        Whose it is, or which: a state, a year, an edition.
    value : Interval or str
        The number or date (decimal years), or a name.
    agrees : bool
        Whether it agrees with the claim by the rule of the test.
    said : str
        The value in words; the numbers themselves when empty.
    when : str
        ``THEN`` or ``NOW`` where the claim is read at both times, otherwise empty.
    confidence : str
        Confidence of the row behind it.
    """

    of: str
    value: Interval | str
    agrees: bool
    said: str = ""
    when: str = ""
    confidence: str = "high"


@dataclass(frozen=True)
class ClaimFrames:
    """Datasets and policy values that the tests read; the names are those of the catalogue."""

    nato_defence_expenditure: pd.DataFrame
    defence_budget_plans: pd.DataFrame
    safe_allocations: pd.DataFrame
    escape_clause: pd.DataFrame
    forward_presence: pd.DataFrame
    force_model_air: pd.DataFrame
    defence_line_resilience: pd.DataFrame
    industry: pd.DataFrame
    incidents: pd.DataFrame
    geography: pd.DataFrame
    mobility: pd.DataFrame
    command_structure: pd.DataFrame
    timeline: pd.DataFrame
    targets: "PolicySet"
    safe_terms: "PolicySet"
    force_model: "PolicySet"
    terms: "PolicySet"


@dataclass(frozen=True)
class Claimed:
    """What a claim says: the words of the register, its number or date where it has one, and when it was written."""

    words: str
    unit: str
    value: Interval | None
    written: Interval

    @property
    def said(self) -> str:
        """The claim's number with its unit, or its words.

        Examples
        --------
        >>> Claimed("1000-1500", "troops", Interval(1000, 1500), Interval(2025, 2026)).said
        '1,000–1,500 troops'
        """
        match = _NUMBERS.fullmatch(self.words)
        if match is None or _DATE.fullmatch(self.words):
            return self.words
        ends = [end if "." in end else f"{int(end):,}" for end in match.groups() if end]
        number = "–".join(ends)
        if self.unit.startswith("EUR"):
            currency, scale = self.unit.split()
            return f"{currency} {number} {scale}"
        return f"{number}{'' if self.unit.startswith('%') else ' '}{self.unit}"

    @property
    def number(self) -> Interval:
        """The claimed number or date.

        Raises
        ------
        DataError
            When the claim has none.
        """
        if self.value is None:
            raise DataError(
                f"no number or date in {self.words!r}",
                where="column claimed of the claims",
                remedy="write a number, a range, a year or a month, or test the claim by another rule",
            )
        return self.value


Read = Callable[[ClaimFrames, Claimed], Sequence[Reading]]


@dataclass(frozen=True)
class ClaimTest:
    """How one claim is tested.

    Parameters
    ----------
    claim : str
        Key of the claim.
    quantity : str
        What is compared, in words.
    unit : str
        Unit of the readings; empty for names and dates.
    rule : str
        One of ``RULES``.
    exhibit : str
        Label of the exhibit that shows the numbers; empty for none.
    read : callable
        The readings, from the data and the claim.
    whole : bool
        Whether the test decides the claim; otherwise it tests a part, and can only lower the register's verdict.
    """

    claim: str
    quantity: str
    unit: str
    rule: str
    exhibit: str
    read: Read
    whole: bool = True


def read_claimed(row: pd.Series) -> Claimed:
    """Read a row of the claims.

    Examples
    --------
    >>> row = pd.Series({"claimed": "1000-1500", "unit": "troops", "essay_date": "2025-12"})
    >>> read_claimed(row).value
    Interval(low=1000.0, high=1500.0)
    """
    words, unit = str(row["claimed"]), str(row["unit"])
    return Claimed(words, unit, _parse(words), date_years(str(row["essay_date"])))


def _parse(words: str) -> Interval | None:
    """A number or a range of numbers; a month or year as a date."""
    if _DATE.fullmatch(words):
        return date_years(words)
    match = _NUMBERS.fullmatch(words)
    return Interval(float(match[1]), float(match[2] or match[1])) if match else None


def near(reading: Interval, claimed: Interval, tolerance: float = 0) -> bool:
    """Whether two ranges meet, or lie no further apart than the tolerance.

    Examples
    --------
    >>> near(Interval(5.4, 5.43), Interval(5, 5), 0.1), near(Interval(5.1, 5.1), Interval(5, 5), 0.1)
    (False, True)
    """
    # a hair for numbers that have no exact binary form
    reach = tolerance + 1e-9
    return reading.low - reach <= claimed.high and claimed.low <= reading.high + reach


def lasts_into(date: Interval, period: Interval) -> bool:
    """Whether a date lies in the month, year or day that was claimed."""
    return period.low <= date.low + 1e-9 and date.high <= period.high + 1e-9


def judge(readings: Sequence[Reading]) -> str:
    """The verdict that the readings give: all agree, none, only those of the time of writing, or some.

    Raises
    ------
    DataError
        When there is nothing to judge by.

    Examples
    --------
    >>> one = Interval(1, 1)
    >>> judge([Reading("a", one, True, when=THEN), Reading("a", one, False, when=NOW)])
    'outdated'
    """
    if not readings:
        raise DataError("no readings", where="test of a claim", remedy="correct the rows that the test asks for")
    agreed = [reading.agrees for reading in readings]
    if all(agreed):
        return SUPPORTED
    if not any(agreed):
        return CONTRADICTED
    then = [reading.agrees for reading in readings if reading.when == THEN]
    now = [reading.agrees for reading in readings if reading.when == NOW]
    return OUTDATED if then and now and all(then) and not any(now) else PARTLY
