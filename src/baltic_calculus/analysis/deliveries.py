"""Promised capability by the dates on which it is due, set beside the windows of the warning estimates.

Each capability counts once, whatever its size, as each estimate does: the shares compare dates, not strength.
"""

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.warning import OPENED, share_opened

BEGUN, COMPLETE = "deliveries begun", "deliveries complete"
DELIVERED, UNDER_WAY, UNVERIFIED = "delivered", "begun", "due, not verified"
PLANNED, START_ONLY = "planned", "planned, end not public"
STATES = (DELIVERED, UNDER_WAY, UNVERIFIED, PLANNED, START_ONLY)
NOT_PUBLIC = "not public"
HALF = 50.0

COLUMNS = [
    "label",
    "entity",
    "category",
    "capability",
    "announced",
    "first",
    "last",
    "state",
    "starts",
    "begun_by",
    "complete_by",
    "ends",
    "first_year",
    "last_year",
    "late_low_years",
    "late_high_years",
    "confidence",
    "note",
]


def compute_deliveries(deliveries: pd.DataFrame, countries: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Every promised capability with its dates on the calendar.

    Parameters
    ----------
    deliveries : DataFrame
        From :func:`~baltic_calculus.analysis.delivery_dates.fill_dates`; its dates are as exact as they were published.
    countries : DataFrame
        ``iso3, name``, as returned by ``catalog.countries()``; a code that it does not know stands for itself.
    as_of : str
        Date on which the register was read: a delivery due before it of which nothing was found is "due, not verified".

    Returns
    -------
    DataFrame
        ``label, entity, category, capability``; ``announced, first, last`` (dates in words; "not public" where none was
        found, and no announcement where no earlier one was); ``state`` (one of ``STATES``); in decimal years ``starts``
        (the earliest start of the first delivery), ``begun_by`` (its latest), ``complete_by`` (the latest end),
        ``ends`` (of the bar that is drawn), and ``first_year, last_year`` (of both deliveries): NaN where no date is
        public; ``late_low_years, late_high_years`` (first delivery less the first announcement of it, every value that
        the two dates allow); ``confidence, note``. By first date.
    """
    now = date_years(as_of).high
    placed = pd.DataFrame([_place(row, now) for _, row in deliveries.iterrows()], index=deliveries.index)
    rows = pd.concat([deliveries.drop(columns=["announced", "first", "last"]), placed], axis=1)
    names = rows["entity"].map(countries.set_index("iso3")["name"]).fillna(rows["entity"])
    rows = rows.assign(
        label=names + ": " + rows["capability"],
        first_year=np.floor(rows["starts"]),
        last_year=np.ceil(rows["complete_by"]) - 1,
    )
    return rows.sort_values(["starts", "ends", "label"], kind="stable")[COLUMNS].reset_index(drop=True)


def _place(row: pd.Series, now: float) -> dict[str, str | float | None]:
    """Dates of one capability, in words and on the calendar."""
    announced, first, last = (date_years(row[name]) if row[name] else None for name in ("announced", "first", "last"))
    begin = first or last
    finish = last or first
    # a first date not public is no later than the last one
    late = Interval(first.low - announced.high, first.high - announced.low) if first and announced else None
    return {
        "announced": name_date(row["announced"]) if row["announced"] else None,
        **{name: name_date(row[name]) if row[name] else NOT_PUBLIC for name in ("first", "last")},
        "state": _state(row["outturn"], ended=last is not None, due=begin is not None and begin.high <= now),
        "starts": begin.low if begin else np.nan,
        "begun_by": begin.high if begin else np.nan,
        "complete_by": last.high if last else np.nan,
        "ends": finish.high if finish else np.nan,
        "late_low_years": late.low if late else np.nan,
        "late_high_years": late.high if late else np.nan,
    }


def _state(outturn: str, *, ended: bool, due: bool) -> str:
    """How far a delivery has come, in words."""
    if outturn != "none found":
        return {"complete": DELIVERED, "begun": UNDER_WAY}[outturn]
    if due:
        return UNVERIFIED
    return PLANNED if ended else START_ONLY


def dated_deliveries(deliveries: pd.DataFrame) -> pd.DataFrame:
    """Keep the capabilities for which at least one date is public."""
    return deliveries.dropna(subset=["starts"]).reset_index(drop=True)


def name_spans(deliveries: pd.DataFrame) -> pd.DataFrame:
    """Put both dates of each capability into one text, ``delivery``, for a table; an end not public stays open."""
    return deliveries.assign(
        delivery=[_name_span(first, last) for first, last in zip(deliveries["first"], deliveries["last"], strict=True)]
    )


def _name_span(first: str, last: str) -> str:
    """First and last delivery in words."""
    if NOT_PUBLIC in (first, last):
        return NOT_PUBLIC if first == last else f"by {last}" if first == NOT_PUBLIC else f"from {first}"
    return first if first == last else f"{first} to {last}"


def share_due(deliveries: pd.DataFrame, first_year: int, last_year: int, slip: float = 0) -> pd.DataFrame:
    """Share of the capabilities begun, and complete, by the end of each year.

    Parameters
    ----------
    deliveries : DataFrame
        From :func:`dated_deliveries`. A capability counts only when the whole of its published date has passed; one
        whose end is not public never counts as complete.
    first_year, last_year : int
        Both included.
    slip : float
        Years by which every delivery that has not begun begins later, and every one not complete ends later.

    Returns
    -------
    DataFrame
        ``year, counted`` (begun or complete, in words), ``share_pct``; the share complete is never the larger.
    """
    waiting = ~deliveries["state"].isin([DELIVERED, UNDER_WAY])
    begun = deliveries["begun_by"] + slip * waiting
    complete = deliveries["complete_by"] + slip * (deliveries["state"] != DELIVERED)
    rows = [
        (year, counted, float((ends <= year + 1).mean() * 100))
        for counted, ends in ((BEGUN, begun), (COMPLETE, complete))
        for year in range(first_year, last_year + 1)
    ]
    return pd.DataFrame(rows, columns=["year", "counted", "share_pct"])


def set_beside(windows: pd.DataFrame, deliveries: pd.DataFrame, now: int, slip: float = 0) -> pd.DataFrame:
    """Shares of windows opened and of deliveries begun and complete, over the years that the windows span.

    Parameters
    ----------
    windows : DataFrame
        From ``converted_windows``.
    deliveries : DataFrame
        From :func:`dated_deliveries`.
    now : int
        Year from which on the shares are what the published dates imply, not what has happened.
    slip : float
        As in :func:`share_due`.

    Returns
    -------
    DataFrame
        ``year, counted, share_pct, flag`` ("forecast" from ``now`` on).
    """
    opened = share_opened(windows)
    opened = opened[opened["window"] == OPENED].rename(columns={"window": "counted"})
    due = share_due(deliveries, int(opened["year"].min()), int(opened["year"].max()), slip)
    rows = pd.concat([opened, due], ignore_index=True)
    return rows.assign(flag=np.where(rows["year"] >= now, "forecast", ""))


def year_reached(shares: pd.DataFrame, counted: str, share_pct: float = HALF) -> int | None:
    """First year by whose end a share is reached; none when it never is."""
    rows = shares[(shares["counted"] == counted) & (shares["share_pct"] >= share_pct)]
    return None if rows.empty else int(rows["year"].min())


def share_in(shares: pd.DataFrame, counted: str, year: int) -> float:
    """Share by the end of a year, in per cent."""
    return float(shares.loc[(shares["counted"] == counted) & (shares["year"] == year), "share_pct"].item())
