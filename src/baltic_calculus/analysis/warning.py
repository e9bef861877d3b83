"""Warning time: published estimates of when Russia could act against NATO, as intervals of calendar time.

An estimate is put on the calendar only when its clock starts at publication or it names a year itself.
Those counted from the end of the fighting in Ukraine cannot be: nobody knows that day.
"""

import re
from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.analysis.figures import complete_figures, interval_of
from baltic_calculus.analysis.interval import Interval

PUBLICATION = "from publication"
CALENDAR = "calendar year"
CEASEFIRE = "from the end of the fighting"
UNSTATED = "start not stated"
OTHER = "not a date of attack"
CONVERTED = (PUBLICATION, CALENDAR)
NOT_CONVERTED = (CEASEFIRE, UNSTATED, OTHER)
OPENED, CLOSED = "window opened", "window closed"

CLOCKS = {"publication": PUBLICATION, "calendar": CALENDAR, "ceasefire": CEASEFIRE, "unstated": UNSTATED}
"""Where a clock starts, as the dataset writes it and in words."""

FORECASTS = ("attack", "readiness")
"""What an estimate must be about to count as one of an attack, or of readiness for it."""

COLUMNS = [
    "label",
    "issuer",
    "date",
    "dated",
    "when",
    "statement",
    "clock",
    "low",
    "high",
    "unit",
    "opens",
    "closes",
    "first_year",
    "last_year",
    "confidence",
    "condition",
]


def compute_windows(estimates: pd.DataFrame) -> pd.DataFrame:
    """Every estimate with its clock, and its window on the calendar where it has one.

    Parameters
    ----------
    estimates : DataFrame
        The reconstitution dataset; ``value`` of a range is a midpoint and is not used.

    Returns
    -------
    DataFrame
        ``label`` (issuer and year), ``issuer, date, dated`` (in words), ``when, statement`` (the published name of the
        estimate), ``clock, low, high`` (years, or calendar years), ``opens, closes`` (decimal years) and ``first_year,
        last_year`` (the years they lie in), all NaN unless converted, ``confidence, condition``, by date of issue. The
        window carries the imprecision of the date: five years from "2024" opens at the start of 2029 and closes at the
        end of it.
    """
    rows = place_windows(estimates)
    forecast = rows["about"].isin(FORECASTS)
    rows = rows.assign(
        clock=rows["clock"].map(CLOCKS).where(forecast, OTHER),
        opens=rows["opens"].where(forecast),
        closes=rows["closes"].where(forecast),
    )
    rows = rows.assign(first_year=np.floor(rows["opens"]), last_year=np.ceil(rows["closes"]) - 1)
    return rows.sort_values(["when", "issuer", "statement"], kind="stable")[COLUMNS].reset_index(drop=True)


def place_windows(estimates: pd.DataFrame) -> pd.DataFrame:
    """Every estimate with the time it points to, whatever it is about.

    Parameters
    ----------
    estimates : DataFrame
        The reconstitution dataset.

    Returns
    -------
    DataFrame
        The rows of the dataset with ``issuer, statement, condition`` for its entity, indicator and note, ``label``,
        both ends of the range, ``dated, when``, and ``opens, closes`` (decimal years; NaN where the clock starts on a
        day that is not known).
    """
    rows = complete_figures(estimates)
    windows = [_window(row) for _, row in rows.iterrows()]
    rows = rows.assign(
        label=[f"{issuer} ({date[:4]})" for issuer, date in zip(rows["entity"], rows["date"], strict=True)],
        opens=[None if window is None else window.low for window in windows],
        closes=[None if window is None else window.high for window in windows],
        note=rows["note"].map(_condition),
    ).astype({"opens": float, "closes": float})
    return rows.rename(columns={"entity": "issuer", "indicator": "statement", "note": "condition"})


def _window(row: pd.Series) -> Interval | None:
    """Calendar time that an estimate points to; none when its clock cannot be put on the calendar."""
    stated = interval_of(row)
    if row["clock"] == "calendar":
        # A calendar year lasts until its end.
        return stated + Interval(0, 1)
    if row["clock"] == "publication":
        return date_years(row["date"]) + stated
    return None


def _condition(note: str) -> str:
    """What the estimate is conditional on, or else says; remarks on the data alone are dropped."""
    parts = re.sub(r" \(P\d+\)|, [^,;]*\bP\d+\b[^;]*", "", note).split("; ")
    return "; ".join(part for part in parts if not re.match(r"value is the midpoint|month of release", part))


def converted_windows(windows: pd.DataFrame) -> pd.DataFrame:
    """Keep the estimates that stand on the calendar."""
    return windows[windows["clock"].isin(CONVERTED)].reset_index(drop=True)


def list_estimates(windows: pd.DataFrame, clocks: Sequence[str]) -> pd.DataFrame:
    """Estimates as a table lists them, by where their clock starts.

    Parameters
    ----------
    windows : DataFrame
        From :func:`compute_windows`.
    clocks : sequence of str
        Clocks to list, in this order: ``CONVERTED`` or ``NOT_CONVERTED``.

    Returns
    -------
    DataFrame
        The rows with these clocks, and ``remark``: the condition, and whether the row is of low confidence.
    """
    rows = windows[windows["clock"].isin(list(clocks))]
    weak = rows["confidence"].eq("low").map({True: "low confidence", False: ""})
    remarks = ["; ".join(filter(None, pair)) for pair in zip(weak, rows["condition"], strict=True)]
    ranked = rows.assign(remark=remarks, order=rows["clock"].map(list(clocks).index))
    return ranked.sort_values("order", kind="stable").drop(columns="order").reset_index(drop=True)


def share_opened(windows: pd.DataFrame, first_year: int | None = None, last_year: int | None = None) -> pd.DataFrame:
    """Share of the estimates whose window has opened, and whose window has closed, by the end of each year.

    Parameters
    ----------
    windows : DataFrame
        From :func:`converted_windows`; every estimate counts once, whenever it was issued.
    first_year, last_year : int, optional
        Both included; the years that the windows span when not given.

    Returns
    -------
    DataFrame
        ``year, window`` (opened or closed, in words), ``share_pct``; the share closed never exceeds the share opened.
    """
    first = int(windows["first_year"].min()) if first_year is None else first_year
    last = int(windows["last_year"].max()) if last_year is None else last_year
    years = range(first, last + 1)
    opened = [(year, OPENED, float((windows["opens"] < year + 1).mean() * 100)) for year in years]
    closed = [(year, CLOSED, float((windows["closes"] <= year + 1).mean() * 100)) for year in years]
    return pd.DataFrame([*opened, *closed], columns=["year", "window", "share_pct"])
