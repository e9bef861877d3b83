"""How far each system has come: a rule over its own dates and over what the newest dated source reports of them."""

import pandas as pd

from baltic_calculus.analysis.dates import date_span, name_date
from baltic_calculus.analysis.quantity import Fact, Quantity

PROMISE, TREND = "promise", "trend"
DONE, ON_TRACK, LATE, DROPPED, UNKNOWN = "done", "on track", "late", "dropped", "not known"
PROGRESS = (DONE, LATE, ON_TRACK, DROPPED, UNKNOWN)
"""Every status there is, in the order in which shapes and colours are given."""

FINDINGS = {"met": DONE, "moved": LATE, "missed": LATE, "withdrawn": DROPPED, "slip": UNKNOWN}
"""What a source reports of a promise, and the status that follows whatever the date promised."""

NO_PROMISE = "nothing was promised: a trend, a document or a place"
NO_DATE = "promised without a date of its own"
SLIP = "the date stands, and a source reports a slip of a part"
SILENT = "the date has passed, and no source read says whether it was met"
REASONS = (NO_PROMISE, NO_DATE, SLIP, SILENT)
"""Why a status is not known, in the order in which it is told."""


def judge_progress(systems: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Give each system its status on a day.

    What a source reports decides first. Where none reports anything, a date that has not passed makes a promise "on
    track"; a date that has passed in silence makes it "not known", for silence is not taken for delay.

    Parameters
    ----------
    systems : DataFrame
        With ``kind`` (promise or trend), ``due`` (date promised, empty for none) and ``finding`` (a key of
        ``FINDINGS``, empty where no source reports anything).
    as_of : str
        Day of the status, ISO.

    Returns
    -------
    DataFrame
        The systems with ``progress`` and ``reason`` (why it is not known; empty where it is known).

    Examples
    --------
    >>> rows = pd.DataFrame({"kind": ["promise"] * 2, "due": ["2027", "2025"], "finding": ["", ""]})
    >>> list(judge_progress(rows, "2026-11-21")["progress"])
    ['on track', 'not known']
    """
    day = pd.Timestamp(as_of)
    judged = [_judge(*row, day) for row in zip(systems["kind"], systems["due"], systems["finding"], strict=True)]
    return systems.assign(progress=[status for status, _ in judged], reason=[reason for _, reason in judged])


def _judge(kind: str, due: str, finding: str, day: pd.Timestamp) -> tuple[str, str]:
    """Status and, where it is not known, the reason."""
    if kind == TREND:
        return UNKNOWN, NO_PROMISE
    if finding:
        status = FINDINGS[finding]
        return status, SLIP if status == UNKNOWN else ""
    if not due:
        return UNKNOWN, NO_DATE
    passed = date_span(due)[1] <= day
    return (UNKNOWN, SILENT) if passed else (ON_TRACK, "")


def describe_progress(judged: pd.DataFrame, as_of: str) -> dict[str, Fact]:
    """How many systems have each status, and why it is not known for those without.

    Parameters
    ----------
    judged : DataFrame
        From :func:`judge_progress`, with ``short_name`` and ``category``.
    as_of : str
        Day of the status, ISO.

    Returns
    -------
    dict
        ``as_of`` (in words); ``systems, categories, promises`` (numbers); ``done, on_track, late, dropped, not_known``
        (numbers); ``late_names``;
        ``no_promise, no_date, slip, silent`` (numbers of those not known); ``slip_names, silent_names``;
        ``dated`` (promises with a date of their own).
    """
    counts = judged["progress"].value_counts()
    reasons = judged["reason"].value_counts()
    facts: dict[str, Fact] = {
        "as_of": name_date(as_of),
        "systems": _number(len(judged)),
        "categories": _number(judged["category"].nunique()),
        "promises": _number(int(judged["kind"].eq(PROMISE).sum())),
        "dated": _number(int(judged["due"].ne("").sum())),
    }
    for status in PROGRESS:
        facts[status.replace(" ", "_")] = _number(int(counts.get(status, 0)))
    for name, reason in zip(("no_promise", "no_date", "slip", "silent"), REASONS, strict=True):
        facts[name] = _number(int(reasons.get(reason, 0)))
    facts["late_names"] = tuple(judged.loc[judged["progress"] == LATE, "short_name"])
    facts["slip_names"] = tuple(judged.loc[judged["reason"] == SLIP, "short_name"])
    facts["silent_names"] = tuple(judged.loc[judged["reason"] == SILENT, "short_name"])
    return facts


def _number(count: int) -> Quantity:
    return Quantity(count, "", 0)
