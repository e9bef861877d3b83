"""Scores: nothing is a hit unless the record says so, and what was only possible cannot fail."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.estimate_scores import (
    ARMED_ATTACK,
    CEASEFIRE,
    HIT,
    HIT_MEANS,
    MISS,
    NOT_TESTABLE,
    OPEN,
    STATUSES,
    brier_score,
    list_scores,
    name_verdicts,
    score_estimates,
)

NONE = float("nan")
QUIET = pd.DataFrame({"date": ["2025-09-19"], "category": ["air"]})


def estimate(clock: str, about: str, low: float, high: float, lapsed: str = "") -> pd.DataFrame:
    """One estimate, issued at the beginning of 2024."""
    row = {
        "entity": "Service",
        "date": "2024-01-01",
        "clock": clock,
        "about": about,
        "indicator": "years until possible attack",
        "value": NONE,
        "low": low,
        "high": high,
        "unit": "years",
        "probability": NONE,
        "lapsed": lapsed,
        "confidence": "high",
        "note": "",
    }
    return pd.DataFrame([row])


def record(category: str, date: str) -> pd.DataFrame:
    return pd.DataFrame({"date": [date], "category": [category]})


def status(frame: pd.DataFrame, timeline: pd.DataFrame = QUIET, as_of: str = "2026-10-03") -> str:
    return str(score_estimates(frame, timeline, as_of).loc[0, "status"])


@pytest.mark.parametrize(
    ("low", "high", "attack", "expected"),
    [
        (1, 2, "", NOT_TESTABLE),  # 2025 to 2026 closed quietly: what could happen need not
        (2, 4, "", OPEN),  # open since 2026
        (5, 8, "", OPEN),  # opens in 2029
        (1, 4, "2026-03-01", HIT),
        (5, 8, "2026-03-01", MISS),  # three years early
        (1, 2, "2026-03-01", MISS),  # after the window
        (1, 4, "2022-03-01", OPEN),  # before the statement was made
    ],
)
def test_possible_attack(low: float, high: float, attack: str, expected: str) -> None:
    timeline = record(ARMED_ATTACK, attack) if attack else QUIET
    assert status(estimate("publication", "attack", low, high), timeline) == expected


@pytest.mark.parametrize(
    ("years", "attack", "expected"), [(2, "", HIT), (4, "", OPEN), (4, "2025-03-01", MISS), (2, "2026-03-01", HIT)]
)
def test_time_without_an_attack(years: float, attack: str, expected: str) -> None:
    timeline = record(ARMED_ATTACK, attack) if attack else QUIET
    assert status(estimate("publication", "no attack", years, years), timeline) == expected


def test_no_clock_of_a_ceasefire_runs_before_there_is_one() -> None:
    frame = estimate("ceasefire", "attack", 0.5, 0.5)
    assert status(frame) == OPEN
    assert pd.isna(score_estimates(frame, QUIET, "2026-10-03").loc[0, "opens"])
    # half a year after a ceasefire on 1 January 2025 is over
    assert status(frame, record(CEASEFIRE, "2025-01-01")) == NOT_TESTABLE


@pytest.mark.parametrize(
    "frame",
    [
        estimate("publication", "other", 1, 2),
        estimate("unstated", "attack", 1, 2),
        estimate("publication", "attack", 1, 9, lapsed="2025"),
    ],
    ids=["no forecast", "clock not stated", "condition not met"],
)
def test_what_cannot_be_tested_says_why(frame: pd.DataFrame) -> None:
    row = score_estimates(frame, QUIET, "2026-10-03").loc[0]
    assert row["status"] == NOT_TESTABLE
    assert row["reason"]


def test_brier_score_needs_a_stated_probability_and_an_outcome() -> None:
    scores = pd.DataFrame({"status": [HIT, MISS, OPEN, HIT], "probability": [0.8, 0.4, 0.5, NONE]})
    # ((0.8 - 1)^2 + (0.4 - 0)^2) / 2 = (0.04 + 0.16) / 2
    assert brier_score(scores) == pytest.approx(0.1)
    assert brier_score(scores.assign(probability=NONE)) is None


def published() -> pd.DataFrame:
    timeline = catalog.load("timeline")
    return score_estimates(catalog.load("reconstitution_estimates"), timeline, str(catalog.record("timeline").cut_off))


def test_published_estimates_are_all_open_or_not_testable() -> None:
    scores = published()
    assert len(scores) == len(catalog.load("reconstitution_estimates"))
    assert set(scores["status"]) == {OPEN, NOT_TESTABLE} < set(STATUSES)
    assert set(HIT_MEANS) == set(catalog.record("reconstitution_estimates").vocabularies["about"])
    assert {ARMED_ATTACK, CEASEFIRE} <= set(catalog.record("timeline").vocabularies["category"])
    assert brier_score(scores) is None


def test_published_estimates_with_a_date_to_look_back_on() -> None:
    rows = list_scores(published()).set_index("label")["status"]
    assert rows["Poland, National Security Bureau (2023)"] == OPEN  # "less than 36 months" ends in December 2026
    assert rows["Estonia, Foreign Intelligence Service (2026)"] == OPEN
    assert rows["Norway, Armed Forces (2024)"] == NOT_TESTABLE
    assert rows["IISS (2025)"] == NOT_TESTABLE


def test_verdicts_name_issuer_and_day_and_give_the_reason() -> None:
    rows = name_verdicts(score_estimates(estimate("publication", "attack", 0, 9), QUIET, "2026-10-03"))
    assert rows.loc[0, ["named", "verdict"]].tolist() == [
        "Service, 1 January 2024",
        "open: window open, no armed attack on record",
    ]
    assert rows.at[0, "hit"].startswith("Would be a hit: an armed attack")
