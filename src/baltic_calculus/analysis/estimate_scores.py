"""How the warning estimates stand against what has been recorded since.

What would count is taken from the estimate's own words. A statement that something "could" happen names a window: an
attack before the window contradicts it and one within it bears it out, but a window that closes without any does not,
since what was possible need not happen.
"""

import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.figures import interval_of
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.warning import place_windows

HIT, MISS, OPEN, NOT_TESTABLE = "hit", "miss", "open", "not testable"
STATUSES = (HIT, MISS, OPEN, NOT_TESTABLE)
ARMED_ATTACK, CEASEFIRE = "armed attack", "ceasefire"

HIT_MEANS = {
    "attack": "an armed attack on an ally within the window, and none before it",
    "readiness": "a published measure of that readiness within the window",
    "no attack": "no armed attack on an ally until the time is over",
    "other": "nothing, for no attack and no readiness for one is forecast",
}

COLUMNS = [
    "label",
    "issuer",
    "date",
    "when",
    "statement",
    "low",
    "high",
    "unit",
    "hit_means",
    "opens",
    "closes",
    "passed",
    "probability",
    "status",
    "reason",
    "confidence",
]


def record_dates(timeline: pd.DataFrame, category: str) -> list[Interval]:
    """Dates of the events of one category, in decimal years; none when nothing of the kind is on record."""
    return [date_years(date) for date in sorted(timeline.loc[timeline["category"] == category, "date"])]


def score_estimates(estimates: pd.DataFrame, timeline: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Give each estimate the status that the record allows.

    Parameters
    ----------
    estimates : DataFrame
        The reconstitution dataset.
    timeline : DataFrame
        The dataset of dated events: those of the categories "armed attack" and "ceasefire" decide.
    as_of : str
        Date up to which the events are on record.

    Returns
    -------
    DataFrame
        ``label, issuer, date, when, statement, low, high, unit, hit_means`` (what would count as a hit), ``opens,
        closes`` (decimal years; NaN while the clock has not started), ``passed`` (whether a date of the estimate has
        passed: its window has opened, or a condition has lapsed), ``probability`` (0 to 1; NaN where none is stated),
        ``status`` (one of ``STATUSES``), ``reason, confidence``, by date of issue.
    """
    now = date_years(as_of).high
    ceasefires = record_dates(timeline, CEASEFIRE)
    attacks = [attack.low for attack in record_dates(timeline, ARMED_ATTACK)]
    rows = place_windows(estimates)
    windows = [_started(row, ceasefires) for _, row in rows.iterrows()]
    rows = rows.assign(
        opens=pd.Series([window.low if window else None for window in windows], index=rows.index, dtype=float),
        closes=pd.Series([window.high if window else None for window in windows], index=rows.index, dtype=float),
        hit_means=rows["about"].map(HIT_MEANS),
    )
    results = [_score(row, window, attacks, now) for (_, row), window in zip(rows.iterrows(), windows, strict=True)]
    rows = rows.assign(
        passed=[_has_passed(row, now) for _, row in rows.iterrows()],
        status=[status for status, _ in results],
        reason=[reason for _, reason in results],
    )
    return rows.sort_values(["when", "issuer", "statement"], kind="stable")[COLUMNS].reset_index(drop=True)


def _started(row: pd.Series, ceasefires: list[Interval]) -> Interval | None:
    """Window of an estimate; one that counts from a ceasefire has none before there is one."""
    if row["clock"] == "ceasefire":
        return ceasefires[0] + interval_of(row) if ceasefires else None
    if row["about"] == "no attack" and row["clock"] == "publication":
        # the time without an attack runs from the statement on
        return Interval(date_years(row["date"]).low, float(row["closes"]))
    return None if pd.isna(row["opens"]) else Interval(float(row["opens"]), float(row["closes"]))


def _has_passed(row: pd.Series, now: float) -> bool:
    """Whether there is a date to look back on."""
    return bool(row["opens"] < now) or (bool(row["lapsed"]) and date_years(row["lapsed"]).high <= now)


def _score(row: pd.Series, window: Interval | None, attacks: list[float], now: float) -> tuple[str, str]:
    """Status of one estimate, and why."""
    if row["about"] == "other":
        return NOT_TESTABLE, "no forecast of an attack"
    if row["lapsed"] and date_years(row["lapsed"]).high <= now:
        return NOT_TESTABLE, f"its condition was not met by the end of {name_date(row['lapsed'])}"
    if window is None:
        if row["clock"] == "ceasefire":
            return OPEN, "its clock has not started: no ceasefire is on record"
        return NOT_TESTABLE, "the start of its clock is not stated"
    issued = date_years(row["date"]).low
    since = [attack for attack in attacks if attack >= issued]
    if row["about"] == "no attack":
        return _score_absence(window, since, now)
    if row["about"] == "attack" and since:
        return _score_attack(window, since[0])
    if now < window.high:
        return OPEN, "window not yet opened" if now < window.low else "window open, no armed attack on record"
    return NOT_TESTABLE, "window closed without a record: what could happen need not"


def _score_absence(window: Interval, attacks: list[float], now: float) -> tuple[str, str]:
    """Status of a statement that there would be no attack for a time."""
    if any(attack < window.high for attack in attacks):
        return MISS, "an armed attack is on record within the time"
    return (HIT, "the time is over without one") if now >= window.high else (OPEN, "none on record so far")


def _score_attack(window: Interval, attack: float) -> tuple[str, str]:
    """Status of a statement that there could be an attack, once there was one."""
    if attack < window.low:
        return MISS, "an armed attack is on record before the window opened"
    return (HIT, "an armed attack is on record within the window") if attack < window.high else (MISS, "it came later")


def list_scores(scores: pd.DataFrame) -> pd.DataFrame:
    """Keep the estimates that have a date to look back on."""
    return scores[scores["passed"]].reset_index(drop=True)


def name_verdicts(scores: pd.DataFrame) -> pd.DataFrame:
    """Put in words, for a table, who said it and when, what would be a hit, and the status with its reason.

    Returns
    -------
    DataFrame
        The rows with ``named, hit, verdict``.
    """
    return scores.assign(
        named=scores["issuer"] + ", " + scores["date"].map(name_date),
        hit="Would be a hit: " + scores["hit_means"],
        verdict=scores["status"] + ": " + scores["reason"],
    )


def brier_score(scores: pd.DataFrame) -> float | None:
    """Mean squared distance of the stated probabilities from the outcomes (Brier, 1950); none without such a pair."""
    settled = scores[scores["status"].isin([HIT, MISS])].dropna(subset=["probability"])
    if settled.empty:
        return None
    outcomes = (settled["status"] == HIT).astype(float)
    return float(((settled["probability"] - outcomes) ** 2).mean())
