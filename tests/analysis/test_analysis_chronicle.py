"""The chronicle: how exact each date is, on what evidence it rests, and where the register is dense."""

import itertools

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.chronicle import (
    CATEGORIES,
    EVIDENCE,
    compute_chronicle,
    count_years,
    crowded_from,
    describe_chronicle,
    event_span,
    list_events,
    name_event_date,
    order_categories,
)
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError

# 2 events early, 4 in the last two years: two thirds of six
REGISTER = pd.DataFrame(
    [
        ("treaty", "2004-03-29", "day", "diplomacy", "K", "background"),
        ("funds", "2020", "year", "fiscal", "E", "Publisher"),
        ("tender", "2026-02-20", "day", "industry", "E", "Publisher"),
        ("opening", "2026-02-04", "day+-3", "posture", "C", "Publisher"),
        ("pool", "2025-05-22", "planned day", "posture", "E", "Publisher"),
        ("later", "2026-12-01", "day", "posture", "E", "Publisher"),
    ],
    columns=["key", "date", "precision", "category", "access", "publisher"],
).assign(event=lambda rows: "event " + rows["key"], label=["Treaty", *[None] * 5], url="")


@pytest.fixture
def chronicle() -> pd.DataFrame:
    return compute_chronicle(REGISTER, "2026-10-03")


def test_events_are_in_order_and_planned_when_said_so_or_after_the_register_was_closed(chronicle: pd.DataFrame) -> None:
    assert list(chronicle["key"]) == ["treaty", "funds", "pool", "opening", "tender", "later"]
    assert dict(zip(chronicle["key"], chronicle["evidence"], strict=True)) == {
        "treaty": "not verified",
        "funds": "extract read",
        "pool": "planned",
        "opening": "cited elsewhere",
        "tender": "extract read",
        "later": "planned",
    }
    assert list(chronicle["confidence"]) == ["low", *["medium"] * 5]
    assert list(chronicle["publisher"])[:2] == ["none named", "Publisher"]


@pytest.mark.parametrize(
    ("date", "precision", "days", "words"),
    [
        ("2025-02-09", "day", 1, "9 February 2025"),
        ("2022-11-10", "month", 30, "November 2022"),
        ("2017-04", "quarter", 91, "2017, quarter 2"),
        ("2025", "year", 365, "2025"),
        # three days before, the day, three days after
        ("2026-02-04", "day+-3", 7, "4 February 2026, give or take 3 days"),
        ("2026-01-23", "day+-1", 3, "23 January 2026, give or take 1 day"),
        ("2026-05-22", "planned day", 1, "22 May 2026, planned"),
    ],
)
def test_a_date_is_as_long_as_it_is_uncertain(date: str, precision: str, days: int, words: str) -> None:
    span = event_span(date, precision)
    assert (span.high - span.low) * 365 == pytest.approx(days)
    assert name_event_date(date, precision) == words


@given(st.dates(min_value=pd.Timestamp("2004-01-01").date(), max_value=pd.Timestamp("2026-12-31").date()))
def test_less_exact_dates_hold_the_more_exact_ones(day) -> None:
    spans = [event_span(str(day), precision) for precision in ("day", "day+-1", "month", "quarter", "year")]
    within = [spans[place] for place in (0, 2, 3, 4)]
    for inner, outer in [(spans[0], spans[1]), *itertools.pairwise(within)]:
        assert outer.low <= inner.low + 1e-9
        assert inner.high <= outer.high + 1e-9


def test_an_unknown_precision_is_refused() -> None:
    with pytest.raises(DataError, match="'decade' is not known"):
        compute_chronicle(REGISTER.assign(precision="decade"), "2026-10-03")


def test_the_register_tells_where_it_is_dense(chronicle: pd.DataFrame) -> None:
    told = describe_chronicle(chronicle)
    assert crowded_from(chronicle) == 2025  # 3 in 2026 and 1 in 2025 are 4 of 6
    assert told["crowded_pct"] == Quantity(pytest.approx(400 / 6), "%", 0)
    assert told["fullest_year"] == Quantity(2026, "year")
    # of the 23 years from 2004 to 2026 four have an event
    assert told["empty_years"] == Quantity(19, "", 0)
    assert told["by_category"] == "posture (3), diplomacy (1), fiscal (1) and industry (1)"
    assert told["inexact"] == Quantity(2, "", 0)
    assert told["planned_events"] == "event pool (22 May 2025) and event later (1 December 2026)"
    assert describe_chronicle(chronicle.head(2))["planned_events"] == "none"


def test_categories_keep_their_order_and_a_new_one_comes_last(chronicle: pd.DataFrame) -> None:
    assert order_categories(chronicle) == ["diplomacy", "posture", "fiscal", "industry"]
    assert order_categories(chronicle.assign(category=["space", *["threat"] * 5])) == ["threat", "space"]


def test_the_table_holds_every_event_of_the_register() -> None:
    timeline = catalog.load("timeline")
    chronicle = compute_chronicle(timeline, str(catalog.record("timeline").cut_off))
    assert sorted(list_events(chronicle)["event"]) == sorted(timeline["event"])
    assert sum(count_years(chronicle)) == len(timeline)
    assert set(order_categories(chronicle)) <= set(CATEGORIES)
    # general knowledge is never shown as more
    unread = timeline.loc[timeline["access"] == "K", "key"]
    assert set(chronicle.loc[chronicle["key"].isin(unread), "evidence"]) == {EVIDENCE["K"]}
