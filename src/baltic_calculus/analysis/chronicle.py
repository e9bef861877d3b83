"""The register of dated events as a chronicle: when each happened, how exactly that is known, and on what evidence."""

import math
import re
from collections.abc import Iterable
from itertools import accumulate

import pandas as pd

from baltic_calculus.analysis.dates import date_span, date_years, name_date
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.errors import DataError

CATEGORIES = (
    "threat",
    "diplomacy",
    "posture",
    "command",
    "air",
    "mobility",
    "spending",
    "fiscal",
    "resilience",
    "industry",
    "report",
)
"""Categories from top to bottom; one without an event is left out, one that is not named here comes last."""

READ, CITED, NOT_VERIFIED, PLANNED = "extract read", "cited elsewhere", "not verified", "planned"
EVIDENCE = {"E": READ, "C": CITED, "K": NOT_VERIFIED}
"""What the register's evidence access means: C is cited by a document that was read, K general knowledge."""

NO_SOURCE = "none named"

DAY, PLANNED_DAY = "day", "planned day"

KINDS = (*EVIDENCE.values(), PLANNED)

MOST_OF_ALL = 2 / 3
"""Share of the events that the crowded last years hold together."""

_AROUND = re.compile(r"day\+-(\d+)")


def compute_chronicle(timeline: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Put the events in order of time, each with the span in which it lies.

    Parameters
    ----------
    timeline : DataFrame
        Dataset ``timeline``.
    as_of : str
        Day on which the register was closed: what lies after it is planned.

    Returns
    -------
    DataFrame
        ``key, date, precision, dated`` (in words), ``event, label, category, evidence`` (or that it is planned),
        ``confidence`` (low where nothing was verified), ``publisher, url``, and ``starts, ends`` (decimal years), one
        row an event.

    Raises
    ------
    DataError
        For a precision that is not known.
    """
    rows = timeline.fillna("").reset_index(drop=True)
    spans = [event_span(date, precision) for date, precision in zip(rows["date"], rows["precision"], strict=True)]
    planned = rows["precision"].str.startswith(PLANNED) | (rows["date"].map(date_start) > pd.Timestamp(as_of))
    access = rows["access"].map(EVIDENCE)
    chronicle = rows[["key", "date", "precision"]].assign(
        dated=[
            name_event_date(date, precision) for date, precision in zip(rows["date"], rows["precision"], strict=True)
        ],
        **{name: rows[name] for name in ("event", "label", "category")},
        evidence=access.mask(planned, PLANNED),
        confidence=access.map(lambda words: "low" if words == NOT_VERIFIED else "medium"),
        publisher=rows["publisher"].replace(["", "background"], NO_SOURCE),
        url=rows["url"],
        starts=[span.low for span in spans],
        ends=[span.high for span in spans],
    )
    return chronicle.sort_values(["starts", "ends"], kind="stable").reset_index(drop=True)


def date_start(date: str) -> pd.Timestamp:
    """First moment of a published date."""
    return date_span(date)[0]


def _known_date(date: str, precision: str) -> str:
    """The date without what is not known of it; a quarter stands under its first month, a month under any day."""
    if precision == "quarter":
        return f"{date[:4]}-Q{(int(date[5:7]) + 2) // 3}"
    return date[: {"year": 4, "month": 7}.get(precision, 10)]


def event_span(date: str, precision: str) -> Interval:
    """The decimal years between which an event lies.

    Raises
    ------
    DataError
        For a precision that is not known.

    Examples
    --------
    >>> event_span("2017-04", "quarter")
    Interval(low=2017.25, high=2017.5)
    """
    around = _AROUND.fullmatch(precision)
    if not around and precision not in (DAY, "month", "quarter", "year", PLANNED_DAY):
        raise DataError(
            f"precision {precision!r} is not known",
            where="dataset timeline",
            remedy="use day, month, quarter, year, planned day or day+-n",
        )
    span = date_years(_known_date(date, precision))
    slack = int(around[1]) * (span.high - span.low) if around else 0
    return Interval(span.low - slack, span.high + slack)


def name_event_date(date: str, precision: str) -> str:
    """A date in words, no more exact than it is known.

    Examples
    --------
    >>> name_event_date("2026-02-04", "day+-3"), name_event_date("2022-11-10", "month")
    ('4 February 2026, give or take 3 days', 'November 2022')
    """
    if precision == "quarter":
        return f"{date[:4]}, quarter {_known_date(date, precision)[-1]}"
    words = name_date(_known_date(date, precision))
    around = _AROUND.fullmatch(precision)
    if around:
        return f"{words}, give or take {around[1]} day{'s' * (around[1] != '1')}"
    return f"{words}, planned" if precision.startswith(PLANNED) else words


def order_categories(chronicle: pd.DataFrame) -> list[str]:
    """Categories with events, in their order."""
    present = list(dict.fromkeys(chronicle["category"]))
    return [name for name in CATEGORIES if name in present] + [name for name in present if name not in CATEGORIES]


def crowded_from(chronicle: pd.DataFrame) -> int:
    """First of the last years that together hold two thirds of the events."""
    counts = count_years(chronicle).sort_index(ascending=False)
    held = list(accumulate(counts))
    return int(counts.index[next(place for place, count in enumerate(held) if count >= MOST_OF_ALL * len(chronicle))])


def count_years(chronicle: pd.DataFrame) -> pd.Series:
    """Events of each year, from the first to the last; zero in a year without."""
    years = chronicle["starts"].map(math.floor)
    return years.value_counts().reindex(range(years.min(), years.max() + 1), fill_value=0)


def describe_chronicle(chronicle: pd.DataFrame) -> dict[str, Fact]:
    """What the register holds: a property of the register, not of the world.

    Parameters
    ----------
    chronicle : DataFrame
        From :func:`compute_chronicle`.

    Returns
    -------
    dict
        ``events, categories, labelled`` (numbers), ``first_dated, last_dated`` (in words), ``by_category`` (numbers in
        words, largest first), ``crowded_from, crowded_events, crowded_pct`` (the last years that hold two thirds),
        ``fullest_year, fullest_events``, ``empty_years`` (number), ``read, cited, not_verified, planned, inexact``
        (numbers of events; inexact is no single day) and ``planned_events`` (in words).
    """
    counts = count_years(chronicle)
    late = crowded_from(chronicle)
    held = int(counts.loc[late:].sum())
    kinds = chronicle["evidence"].value_counts()
    by_category = chronicle["category"].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    return {
        "events": _count(len(chronicle)),
        "categories": _count(len(by_category)),
        "labelled": _count(int((chronicle["label"] != "").sum())),
        "first_dated": str(chronicle["dated"].iloc[0]),
        "last_dated": str(chronicle["dated"].iloc[-1]),
        "by_category": _list(f"{name} ({number})" for name, number in by_category.items()),
        "crowded_from": year(late),
        "crowded_events": _count(held),
        "crowded_pct": Quantity(100 * held / len(chronicle), "%", 0),
        "fullest_year": year(int(counts.idxmax())),
        "fullest_events": _count(int(counts.max())),
        "empty_years": _count(int((counts == 0).sum())),
        **{name: _count(int(kinds.get(kind, 0))) for name, kind in _TOLD.items()},
        "planned_events": _in_words(chronicle.loc[chronicle["evidence"] == PLANNED, ["event", "date"]]),
        "inexact": _count(int((~chronicle["precision"].isin([DAY, PLANNED_DAY])).sum())),
    }


_TOLD = {"read": READ, "not_verified": NOT_VERIFIED, "cited": CITED, "planned": PLANNED}


def list_events(chronicle: pd.DataFrame) -> pd.DataFrame:
    """The events as a table has them, in order of time.

    Parameters
    ----------
    chronicle : DataFrame
        From :func:`compute_chronicle`.

    Returns
    -------
    DataFrame
        ``event, dated, year, category, evidence, confidence, publisher, url``, one row an event.
    """
    names = ["event", "dated", "year", "category", "evidence", "confidence", "publisher", "url"]
    return chronicle.assign(year=chronicle["starts"].map(math.floor))[names]


def _in_words(planned: pd.DataFrame) -> str:
    """Planned events with their days, or that there is none."""
    return _list(f"{event} ({name_date(date)})" for event, date in planned.itertuples(index=False)) or "none"


def _list(items: Iterable[str]) -> str:
    """Items as in a sentence."""
    *most, last = ["", *items]
    return f"{', '.join(most[1:])} and {last}" if most[1:] else last


def _count(number: int) -> Quantity:
    return Quantity(number, "", 0)
