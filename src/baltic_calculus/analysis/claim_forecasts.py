"""What became of the forecasts: scored once their window has closed, as of a date that is passed in."""

import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.estimate_scores import (
    CEASEFIRE,
    HIT,
    MISS,
    NOT_TESTABLE,
    OPEN,
    record_dates,
)

FORECAST_VERDICTS = {HIT: "came true", MISS: "did not come true", OPEN: "open", NOT_TESTABLE: "not checkable"}

NEVER_SETTLED = {
    "no measure": "no measure was set by which it could be settled",
    "condition": "its condition was not met",
    "not public": "the numbers that would settle it are not public",
}
ISSUER = "Atlantic Council"
"""Under this name the one essay that gives a warning time stands among the published estimates."""

COLUMNS = [
    "claim",
    "essay",
    "paraphrase",
    "written",
    "window",
    "hit_means",
    "happened",
    "probability",
    "status",
    "reason",
    "verdict",
    "register_verdict",
]


def score_forecasts(
    claims: pd.DataFrame,
    forecasts: pd.DataFrame,
    timeline: pd.DataFrame,
    estimate_scores: pd.DataFrame,
    as_of: str,
) -> pd.DataFrame:
    """Give every forecast the status that the record allows.

    Parameters
    ----------
    claims : DataFrame
        The claims dataset.
    forecasts : DataFrame
        The windows, and what settles them.
    timeline : DataFrame
        Dated events: those of the category "ceasefire" decide how long the war lasts.
    estimate_scores : DataFrame
        From ``score_estimates``: a forecast that also stands among the estimates is scored there.
    as_of : str
        Date up to which the events are on record; nothing later counts.

    Returns
    -------
    DataFrame
        ``claim, essay, paraphrase, written, window`` (dates in words), ``hit_means, happened`` (date in words; empty
        for none), ``probability`` (0 to 1; NaN where none is stated), ``status`` (hit, miss, open or not testable),
        ``reason, verdict`` (the status in the words of the ledger), ``register_verdict``, one row for each forecast.
    """
    rows = forecasts.merge(claims[["claim", "essay", "essay_date", "paraphrase", "verdict"]], on="claim", how="left")
    rows = rows.rename(columns={"verdict": "register_verdict"})
    now = date_years(as_of).high
    ceasefires = [date.low for date in record_dates(timeline, CEASEFIRE)]
    own = estimate_scores[estimate_scores["issuer"] == ISSUER].iloc[0]
    results = [
        (str(own["status"]), str(own["reason"])) if row["settled_by"] == "estimate" else _score(row, ceasefires, now)
        for _, row in rows.iterrows()
    ]
    rows = rows.assign(
        written=rows["essay_date"].map(name_date),
        window=[_say_window(row) for _, row in rows.iterrows()],
        happened=[_known(row["happened"], now) for _, row in rows.iterrows()],
        status=[status for status, _ in results],
        reason=[reason for _, reason in results],
    )
    return rows.assign(verdict=rows["status"].map(FORECAST_VERDICTS))[COLUMNS]


def _say_window(row: pd.Series) -> str:
    """The window in words; what a forecast does not name is said."""
    opens = name_date(row["window_opens"])
    return f"{opens} to {name_date(row['window_closes'])}" if row["window_closes"] else f"from {opens}, no end named"


def _known(date: str, now: float) -> str:
    """A date that had come by now, in words."""
    return name_date(date) if date and date_years(date).low <= now else ""


def _score(row: pd.Series, ceasefires: list[float], now: float) -> tuple[str, str]:
    """Status of one forecast, and why."""
    if row["settled_by"] in NEVER_SETTLED:
        return NOT_TESTABLE, NEVER_SETTLED[row["settled_by"]]
    if row["settled_by"] == "no ceasefire":
        return _score_duration(row, ceasefires, now)
    written = date_years(row["essay_date"])
    closes = date_years(row["window_closes"]).high if row["window_closes"] else None
    if row["happened"] and date_years(row["happened"]).low <= now:
        return _score_event(row["happened"], written.low, closes)
    if closes is None:
        return OPEN, "not on record so far; it names no end, so it cannot fail"
    if now < closes:
        return OPEN, "its window has not closed"
    if row["settled_by"] == "possibility":
        return NOT_TESTABLE, "window closed without a record: what could happen need not"
    return MISS, "window closed without a record"


def _score_duration(row: pd.Series, ceasefires: list[float], now: float) -> tuple[str, str]:
    """Status of a forecast that the fighting lasts into a window."""
    written, opens = date_years(row["essay_date"]).low, date_years(row["window_opens"]).low
    if any(written <= date < min(opens, now) for date in ceasefires):
        return MISS, "a ceasefire is on record before the window opened"
    return (HIT, "none on record when the window opened") if now >= opens else (OPEN, "no ceasefire on record so far")


def _score_event(happened: str, written: float, closes: float | None) -> tuple[str, str]:
    """Status of a forecast of something that is on record."""
    date = date_years(happened)
    if date.high <= written:
        return NOT_TESTABLE, f"it had happened before it was written: {name_date(happened)}"
    if closes is not None and date.low >= closes:
        return MISS, f"on record only after the window, {name_date(happened)}"
    return HIT, f"on record: {name_date(happened)}"
