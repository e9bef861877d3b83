"""The numbers on warning time against delivery, and on the estimates' score, that go into sentences."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.deliveries import (
    BEGUN,
    COMPLETE,
    UNVERIFIED,
    dated_deliveries,
    set_beside,
    share_in,
    year_reached,
)
from baltic_calculus.analysis.estimate_scores import HIT, MISS, NOT_TESTABLE, OPEN, brier_score, list_scores
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.warning import OPENED, converted_windows


def describe_deliveries(
    windows: pd.DataFrame, deliveries: pd.DataFrame, years: tuple[int, int], slip: float
) -> dict[str, Fact]:
    """Which comes first: the windows or the deliveries.

    Parameters
    ----------
    windows : DataFrame
        From ``compute_windows``.
    deliveries : DataFrame
        From ``compute_deliveries``.
    years : tuple of int
        The current year, and the year by whose end the brigade in Lithuania is due.
    slip : float
        Years by which deliveries not yet made are moved in the test of the dates.

    Returns
    -------
    dict
        ``promised, dated, undated`` (numbers of capabilities), ``without_end``, ``earliest, latest`` (years of the
        dates); ``half_begun_year, half_complete_year`` (by whose end half of the dated ones are begun, complete),
        ``half_opened_year`` (the same for windows), ``begun_order, complete_order`` (before or after half of the
        windows are open, in words), ``opened_at_half`` (per cent of windows open in the first two years, an interval),
        ``due_milestone`` (per cent of deliveries by the end of the year of the brigade: complete to begun); ``slip,
        slipped_complete_year, slipped_opened`` (with all open deliveries later); ``compared, later`` (first deliveries
        with an earlier announcement, and those later than it), ``longest_delay`` (years, an interval),
        ``longest_delay_of``; ``not_verified`` (number).
    """
    now, milestone = sorted(years)
    dated = dated_deliveries(deliveries)
    converted = converted_windows(windows)
    shares = set_beside(converted, dated, now)
    slipped = set_beside(converted, dated, now, slip)
    half_opened = year_reached(shares, OPENED)
    compared = deliveries.dropna(subset=["late_low_years"])
    later = compared[(compared["late_low_years"] >= 0) & (compared["late_high_years"] > 0)]
    longest = later.loc[later["late_high_years"].idxmax()]
    return {
        "promised": Quantity(len(deliveries), "", 0),
        "dated": Quantity(len(dated), "", 0),
        "undated": Quantity(len(deliveries) - len(dated), "", 0),
        "without_end": Quantity(int(dated["complete_by"].isna().sum()), "", 0),
        "earliest": year(int(dated["first_year"].min())),
        "latest": year(int(dated["last_year"].max())),
        "half_begun_year": _year(year_reached(shares, BEGUN)),
        "half_complete_year": _year(year_reached(shares, COMPLETE)),
        "begun_order": _order(year_reached(shares, BEGUN), half_opened),
        "complete_order": _order(year_reached(shares, COMPLETE), half_opened),
        "opened_at_half": _between(shares, OPENED, year_reached(shares, BEGUN), year_reached(shares, COMPLETE)),
        "half_opened_year": _year(half_opened),
        "due_milestone": _due(shares, milestone),
        "slip": Quantity(slip, "years", 0),
        "slipped_complete_year": _year(year_reached(slipped, COMPLETE)),
        "slipped_opened": _between(slipped, OPENED, year_reached(slipped, BEGUN), year_reached(slipped, COMPLETE)),
        "compared": Quantity(len(compared), "", 0),
        "later": Quantity(len(later), "", 0),
        "longest_delay": Quantity(float(longest["late_low_years"]), "years", 0, float(longest["late_high_years"])),
        "longest_delay_of": str(longest["label"]),
        "not_verified": Quantity(int((deliveries["state"] == UNVERIFIED).sum()), "", 0),
    }


def _year(reached: int | None) -> Fact:
    """A year, or that there is none."""
    return "no year" if reached is None else year(reached)


def _order(due: int | None, opened: int | None) -> str:
    """Whether half of the deliveries come before half of the windows, in words that a year of windows may follow."""
    if due is None or opened is None:
        return "at a date not known against the day when"
    return "before" if due < opened else "after" if due > opened else "by the end of the year in which"


def _between(shares: pd.DataFrame, counted: str, first: int | None, last: int | None) -> Fact:
    """Share in two years, as an interval; open to 100% when the later one is never reached."""
    low = 0.0 if first is None else share_in(shares, counted, first)
    high = 100.0 if last is None else share_in(shares, counted, last)
    return Quantity(low, "%", 0, high)


def _due(shares: pd.DataFrame, when: int) -> Quantity:
    """Share of deliveries by the end of a year: complete to begun."""
    return Quantity(share_in(shares, COMPLETE, when), "%", 0, share_in(shares, BEGUN, when))


def describe_scores(scores: pd.DataFrame, as_of: str) -> dict[str, Fact]:
    """How many estimates are settled, and how many cannot be.

    Parameters
    ----------
    scores : DataFrame
        From ``score_estimates``.
    as_of : str
        Date up to which the events are on record.

    Returns
    -------
    dict
        ``scored`` (number of estimates), ``hits, misses, open, not_testable, passed`` (with a date to look back on),
        ``as_of`` (in words), ``stated`` (estimates that state a probability), ``brier`` (in words).
    """
    counts = scores["status"].value_counts()
    brier = brier_score(scores)
    return {
        "scored": Quantity(len(scores), "", 0),
        "hits": Quantity(int(counts.get(HIT, 0)), "", 0),
        "misses": Quantity(int(counts.get(MISS, 0)), "", 0),
        "open": Quantity(int(counts.get(OPEN, 0)), "", 0),
        "not_testable": Quantity(int(counts.get(NOT_TESTABLE, 0)), "", 0),
        "passed": Quantity(len(list_scores(scores)), "", 0),
        "as_of": name_date(as_of),
        "stated": Quantity(int(scores["probability"].notna().sum()), "", 0),
        "brier": "no Brier score can be formed" if brier is None else f"the Brier score is {brier:.2f}",
    }
