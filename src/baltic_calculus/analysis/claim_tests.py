"""Claims of the essays, computed: each tested against the report's own data by a rule that is written down.

A test that covers only a part of a claim can lower a verdict, never raise one.
"""

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.analysis.claim_reading import (
    ADOPTED,
    CONTRADICTED,
    NOT_ADOPTED,
    PARTLY,
    SUPPORTED,
    ClaimFrames,
    ClaimTest,
    Reading,
    judge,
    read_claimed,
)
from baltic_calculus.analysis.claim_tests_money import MONEY_TESTS
from baltic_calculus.analysis.claim_tests_posture import POSTURE_TESTS
from baltic_calculus.analysis.claim_tests_region import REGION_TESTS

TESTS: tuple[ClaimTest, ...] = tuple(sorted((*MONEY_TESTS, *POSTURE_TESTS, *REGION_TESTS), key=lambda test: test.claim))

LOW = "low"
_RECOMMENDED = {SUPPORTED: ADOPTED, PARTLY: "partly adopted", CONTRADICTED: NOT_ADOPTED}

COLUMNS = [
    "claim",
    "essay",
    "paraphrase",
    "quantity",
    "claimed_said",
    "claimed",
    "unit",
    "rule",
    "computed",
    "readings",
    "agreeing",
    "whole",
    "computed_verdict",
    "register_verdict",
    "verdict",
    "confidence",
    "exhibit",
    "covers",
    "shown_in",
]


def compute_claim_tests(
    claims: pd.DataFrame, frames: ClaimFrames, countries: pd.DataFrame, tests: Sequence[ClaimTest] = TESTS
) -> pd.DataFrame:
    """Test every claim for which there is a test.

    Parameters
    ----------
    claims : DataFrame
        The claims dataset.
    frames : ClaimFrames
        What the tests read.
    countries : DataFrame
        ``iso3, name``, as returned by ``catalog.countries()``, for the names of states.
    tests : sequence of ClaimTest

    Returns
    -------
    DataFrame
        ``claim, essay, paraphrase, quantity, claimed_said`` (with its unit), ``claimed`` (in the register's words),
        ``unit`` (of the readings), ``rule, computed`` (the readings in words), ``readings, agreeing`` (numbers of
        them), ``whole`` (whether the test decides the claim), ``computed_verdict, register_verdict, verdict`` (that of
        the test where it is whole, otherwise the register's, lowered where the part disagrees), ``confidence`` (the
        lowest of the rows read), ``exhibit`` (label; empty for none), ``covers`` (whole or part of the claim),
        ``shown_in`` (reference to the exhibit), in the order of the claims.
    """
    by_claim = claims.set_index("claim")
    names = dict(zip(countries["iso3"], countries["name"], strict=True))
    rows = [_test(test, by_claim.loc[test.claim], frames, names) for test in tests]
    order = {claim: place for place, claim in enumerate(claims["claim"])}
    result = pd.DataFrame(rows, columns=COLUMNS)
    return result.sort_values("claim", key=lambda names: names.map(order), kind="stable").reset_index(drop=True)


def _test(test: ClaimTest, row: pd.Series, frames: ClaimFrames, names: Mapping[str, str]) -> dict[str, object]:
    """One row of :func:`compute_claim_tests`."""
    claimed = read_claimed(row)
    readings = test.read(frames, claimed)
    found, register = judge(readings), str(row["verdict"])
    if row["kind"] == "recommendation":
        found = _RECOMMENDED[found]
    return {
        "claim": test.claim,
        "essay": row["essay"],
        "paraphrase": row["paraphrase"],
        "quantity": test.quantity,
        "claimed_said": claimed.said,
        "claimed": row["claimed"],
        "unit": test.unit,
        "rule": test.rule,
        "computed": name_states(say_readings(test, readings), names),
        "readings": len(readings),
        "agreeing": sum(reading.agrees for reading in readings),
        "whole": test.whole,
        "computed_verdict": found,
        "register_verdict": register,
        "verdict": found if test.whole else lower_by_part(register, found),
        "confidence": _lowest([reading.confidence for reading in readings]),
        "exhibit": test.exhibit,
        "covers": "whole" if test.whole else "part",
        "shown_in": f"@{test.exhibit}" if test.exhibit else "",
    }


def lower_by_part(register: str, found: str) -> str:
    """The register's verdict, lowered where a test of a part of the claim disagrees.

    Examples
    --------
    >>> lower_by_part("supported", "contradicted"), lower_by_part("outdated", "supported")
    ('partly supported', 'outdated')
    """
    return PARTLY if register == SUPPORTED and found != SUPPORTED else register


def name_states(text: str, names: Mapping[str, str]) -> str:
    """A text with the names of states in place of their codes.

    Examples
    --------
    >>> name_states("EST 2022: 1,430", {"EST": "Estonia"})
    'Estonia 2022: 1,430'
    """
    return re.sub(r"\b[A-Z]{3}\b", lambda code: names.get(code[0], code[0]), text)


def say_readings(test: ClaimTest, readings: Sequence[Reading]) -> str:
    """What was compared, and every reading of it."""
    heading = f"{test.quantity}, {test.unit}" if test.unit else test.quantity
    return f"{heading}: {'; '.join(say_reading(reading, test.unit) for reading in readings)}"


def say_reading(reading: Reading, unit: str = "") -> str:
    """A reading in words; per cent with one decimal, other numbers with two at most.

    Examples
    --------
    >>> from baltic_calculus.analysis.interval import Interval
    >>> say_reading(Reading("EST", Interval(1430, 1430), True)), say_reading(Reading("", Interval(1, 2.5), True))
    ('EST 1,430', '1–2.5')
    """
    if reading.said or isinstance(reading.value, str):
        return f"{reading.of} {reading.said or reading.value}".strip()
    ends = dict.fromkeys(_print(end, 1 if unit == "%" else 2) for end in (reading.value.low, reading.value.high))
    return f"{reading.of} {'–'.join(ends)}".strip()


def _print(number: float, decimals: int) -> str:
    """A number with the decimals that it needs, and no more than these."""
    return f"{number:,.{decimals}f}".rstrip("0").rstrip(".") if abs(number) < 100 else f"{number:,.0f}"


def _lowest(confidences: Sequence[str]) -> str:
    """The weakest of the confidences."""
    return next(one for one in (LOW, "medium", "high") if one in confidences)
