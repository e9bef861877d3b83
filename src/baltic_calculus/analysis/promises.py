"""Promise against delivery: what allies said they would station, and the latest published strength."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.figures import interval_of, latest_figures, select_figures
from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.analysis.presence import latest_strengths, lead_nations
from baltic_calculus.errors import DataError

PROMISED = "promised or authorised"
OFFERED = "offered, where and when required"
CONFIDENCE = ("low", "medium", "high")


@dataclass(frozen=True)
class Promise:
    """A published undertaking with a number, and the figure that measures its delivery.

    Parameters
    ----------
    host : str
        Country code.
    subject : str
        What was promised, in a few words.
    promised : tuple of str
        Indicators that make up the promise; like things only, added.
    delivered : tuple of str
        Indicators of what is there: accounts that differ, of which the newest figure of each spans the range. None
        where no figure counts what was promised.
    dated : bool
        Whether the row of the promise carries the date by which it is due; otherwise it has none.
    """

    host: str
    subject: str
    promised: tuple[str, ...]
    delivered: tuple[str, ...]
    dated: bool = True


GERMAN_BRIGADE = Promise(
    "LTU",
    "brigade, soldiers and civilians",
    ("45th Panzer Brigade target, soldiers", "45th Panzer Brigade target, civilians"),
    ("brigade strength in Lithuania after subordination",),
)
CANADIAN_BRIGADE = Promise(
    "LVA",
    "brigade, all allies",
    ("planned brigade strength",),
    ("brigade strength", "brigade strength, as quoted on the visit"),
)
BRITISH_BRIGADE = Promise(
    "EST",
    "brigade, not all of it to be stationed",
    ("UK brigade pledged, size",),
    ("UK troops in country at any one time", "UK troops in Estonia, British Army", "UK personnel in Estonia"),
    dated=False,
)
PROMISES = (
    GERMAN_BRIGADE,
    CANADIAN_BRIGADE,
    Promise("LVA", "allied troops of all missions", ("planned total allied troops in Latvia",), ()),
    Promise("LVA", "Canadian troops", ("Canadian persistent deployment target",), ("Canadian troops deployed",)),
    BRITISH_BRIGADE,
    Promise(
        "EST",
        "British battlegroup, authorised",
        ("UK battle group authorised strength",),
        ("UK troops in country at any one time",),
        dated=False,
    ),
)


@dataclass(frozen=True)
class Comparison:
    """A promise, or an offer, to one host beside what is there."""

    host: str
    lead_nation: str
    subject: str
    basis: str
    promised: Interval
    due: str
    present: Interval | None
    date: str
    confidence: str

    def as_row(self) -> dict[str, str | float]:
        """Spread the ranges into columns, with the share delivered; NaN where nothing is published."""
        share = None if self.present is None else (self.present / self.promised).scale(100)
        promised, present, shares = (_ends(interval) for interval in (self.promised, self.present, share))
        return {
            "iso3": self.host,
            "lead_nation": self.lead_nation,
            "subject": self.subject,
            "basis": self.basis,
            "promised_low": promised[0],
            "promised_high": promised[1],
            "due": self.due,
            "present_low": present[0],
            "present_high": present[1],
            "date": self.date,
            "share_low_pct": shares[0],
            "share_high_pct": shares[1],
            "confidence": self.confidence,
        }


def _ends(interval: Interval | None) -> tuple[float, float]:
    """Ends of an interval; NaN where nothing was published."""
    return (np.nan, np.nan) if interval is None else (float(interval.low), float(interval.high))


def weakest(*confidences: str) -> str:
    """The lowest of several confidences: a share is no surer than the weaker of its two parts."""
    unknown = sorted(set(confidences) - set(CONFIDENCE))
    if unknown:
        raise DataError(f"unknown confidence {', '.join(unknown)}", remedy="use one of: " + ", ".join(CONFIDENCE))
    return min(confidences, key=CONFIDENCE.index)


def compare_promises(presence: pd.DataFrame) -> pd.DataFrame:
    """Each numbered promise beside the latest published strength.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.

    Returns
    -------
    DataFrame
        ``iso3, lead_nation, subject, basis`` (promised or offered), ``promised_low, promised_high`` (persons), ``due``
        (the published date, empty where there is none), ``present_low, present_high`` (persons), ``date`` (of the
        strength), ``share_low_pct, share_high_pct`` (every value that the ranges allow), ``confidence`` (of the weaker
        part).
    """
    leads = lead_nations(presence)
    rows = []
    for promise in PROMISES:
        here = presence[presence["entity"] == promise.host]
        rows.append(_compare(promise, here, leads[promise.host]))
    return pd.DataFrame([row.as_row() for row in rows])


def _compare(promise: Promise, here: pd.DataFrame, lead_nation: str) -> Comparison:
    """One promise against the newest figures of its delivery, among the figures of its host."""
    size = promised_size(promise, here)
    due = size.date if promise.dated else ""
    there = delivered_strength(promise.delivered, here)
    sure = weakest(size.confidence, *([] if there is None else [there.confidence]))
    present, date = (None, "") if there is None else (there.troops, there.date)
    return Comparison(promise.host, lead_nation, promise.subject, PROMISED, size.troops, due, present, date, sure)


@dataclass(frozen=True)
class Strength:
    """A published strength, or several that were put together, with its newest date and weakest confidence."""

    troops: Interval
    date: str
    confidence: str


def promised_size(promise: Promise, presence: pd.DataFrame) -> Strength:
    """What was promised, its parts added.

    Parameters
    ----------
    promise : Promise
    presence : DataFrame
        The forward-presence dataset.
    """
    return add_strengths(promise.promised, presence[presence["entity"] == promise.host])


def add_strengths(indicators: Sequence[str], rows: pd.DataFrame) -> Strength:
    """Sum of the newest figures of these indicators: like things only."""
    parts = _newest(indicators, rows)
    total = add_intervals(interval_of(row) for _, row in parts.iterrows())
    return Strength(total, str(parts["date"].max()), weakest(*parts["confidence"]))


def delivered_strength(indicators: Sequence[str], rows: pd.DataFrame) -> Strength | None:
    """Range that the newest figures of these indicators span, dated by the newest; None without an indicator."""
    if not indicators:
        return None
    accounts = _newest(indicators, rows)
    troops = Interval(float(accounts["low"].min()), float(accounts["high"].max()))
    return Strength(
        troops, str(accounts.sort_values("when", kind="stable")["date"].iloc[-1]), weakest(*accounts["confidence"])
    )


def _newest(indicators: Sequence[str], rows: pd.DataFrame) -> pd.DataFrame:
    """Newest figure of each indicator."""
    return latest_figures(select_figures(rows, dict.fromkeys(indicators, ""), "role"), ["indicator"])


def compare_option(presence: pd.DataFrame, option: Interval) -> pd.DataFrame:
    """Each host's latest formation beside the brigade that allies offered where and when required.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.
    option : Interval
        Size of a brigade in that offer, troops.

    Returns
    -------
    DataFrame
        As :func:`compare_promises`, one row per host, without a due date; NaN and empty text where no strength is
        published.
    """
    rows = []
    for host in latest_strengths(presence).itertuples():
        present = None if np.isnan(host.low_troops) else Interval(host.low_troops, host.high_troops)
        rows.append(
            Comparison(host.iso3, host.lead_nation, "brigade", OFFERED, option, "", present, host.date, host.confidence)
        )
    return pd.DataFrame([row.as_row() for row in rows])


def list_promises(presence: pd.DataFrame, option: Interval, first: Sequence[str] = ()) -> pd.DataFrame:
    """Promises with a date, then the offer of a brigade to every host.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.
    option : Interval
        Size of a brigade in that offer, troops.
    first : sequence of str
        Hosts to list first.

    Returns
    -------
    DataFrame
        Rows of :func:`compare_promises` and :func:`compare_option`.
    """
    rows = pd.concat([compare_promises(presence), compare_option(presence, option)], ignore_index=True)
    order = [*first, *sorted(set(rows["iso3"]) - set(first))]
    ranked = rows.assign(offered=rows["basis"] == OFFERED, order=rows["iso3"].map(order.index))
    ranked = ranked.sort_values(["offered", "order", "promised_high"], ascending=[True, True, False], kind="stable")
    return ranked.drop(columns=["offered", "order"]).reset_index(drop=True)
