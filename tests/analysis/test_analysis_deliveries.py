"""Deliveries: dates as exact as published, shares that compare dates, and delays as intervals."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.deliveries import (
    BEGUN,
    COMPLETE,
    DELIVERED,
    NOT_PUBLIC,
    PLANNED,
    START_ONLY,
    STATES,
    UNDER_WAY,
    UNVERIFIED,
    compute_deliveries,
    dated_deliveries,
    name_spans,
    set_beside,
    share_due,
    share_in,
    year_reached,
)
from baltic_calculus.analysis.delivery_dates import fill_dates
from baltic_calculus.analysis.warning import OPENED

COUNTRIES = pd.DataFrame({"iso3": ["EST", "LTU"], "name": ["Estonia", "Lithuania"]})
ROWS = [
    ("EST", "guns", "2024", "2025-01", "2025-08", "complete"),
    ("EST", "line", "", "2026-02", "2027-12", "begun"),
    ("LTU", "launchers", "2025", "2026", "2027", "none found"),
    ("LTU", "vehicles", "", "2028", "", "none found"),
    ("LTU", "battery", "2026Q1", "2026Q1", "2027Q1", "none found"),
    ("LTU", "obstacles", "", "", "", "none found"),
]


def register(rows: list[tuple[str, ...]] | None = None) -> pd.DataFrame:
    columns = ["entity", "capability", "announced", "first", "last", "outturn"]
    frame = pd.DataFrame(ROWS if rows is None else rows, columns=columns)
    return frame.assign(category="artillery", confidence="high", note="")


def deliveries() -> pd.DataFrame:
    return compute_deliveries(register(), COUNTRIES, "2026-11-22").set_index("capability")


def test_state_says_no_more_than_was_published() -> None:
    states = deliveries()["state"]
    assert states["guns"] == DELIVERED
    assert states["line"] == UNDER_WAY
    assert states["battery"] == UNVERIFIED  # its first date, early in 2026, has passed and nothing was found
    assert states["launchers"] == PLANNED  # a delivery some time in 2026 may still come in December
    assert states[["vehicles", "obstacles"]].tolist() == [START_ONLY, START_ONLY]


def test_missing_dates_stay_missing() -> None:
    rows = deliveries()
    assert rows.loc["obstacles", ["first", "last"]].tolist() == [NOT_PUBLIC, NOT_PUBLIC]
    assert rows.loc["obstacles", ["starts", "begun_by", "complete_by", "ends"]].isna().all()
    assert rows.at["vehicles", "ends"] == 2029  # the bar covers the first delivery alone
    assert pd.isna(rows.at["vehicles", "complete_by"])
    assert "obstacles" not in set(dated_deliveries(rows.reset_index())["capability"])


def test_delay_holds_every_value_that_the_two_dates_allow() -> None:
    # announced for some day of 2025, due on some day of 2026: from no time at all to two years
    launchers = deliveries().loc["launchers"]
    assert (launchers["late_low_years"], launchers["late_high_years"]) == (0, 2)
    assert pd.isna(deliveries().at["line", "late_low_years"])


def test_shares_by_the_end_of_the_year() -> None:
    shares = share_due(dated_deliveries(deliveries().reset_index()), 2025, 2028)
    table = shares.pivot(index="year", columns="counted", values="share_pct")
    # five dated: begun by 2025 one; by 2026 also line, launchers, battery; by 2028 also vehicles
    assert table[BEGUN].tolist() == [20, 80, 80, 100]
    # complete by 2025 one; by 2027 also line, launchers, battery; the end of the vehicles is not public
    assert table[COMPLETE].tolist() == [20, 20, 80, 80]


def test_slip_moves_only_what_is_still_to_come() -> None:
    shares = share_due(dated_deliveries(deliveries().reset_index()), 2025, 2028, slip=1)
    table = shares.pivot(index="year", columns="counted", values="share_pct")
    assert table[BEGUN].tolist() == [20, 40, 80, 80]  # the line has begun and stays
    assert table[COMPLETE].tolist() == [20, 20, 20, 80]  # but its end moves


def test_year_reached_is_none_when_it_never_is() -> None:
    shares = share_due(dated_deliveries(deliveries().reset_index()), 2025, 2028)
    assert year_reached(shares, BEGUN) == 2026
    assert year_reached(shares, COMPLETE) == 2027
    assert year_reached(shares, COMPLETE, 90) is None
    assert share_in(shares, COMPLETE, 2026) == 20


def test_windows_and_deliveries_share_one_axis() -> None:
    windows = pd.DataFrame({"opens": [2026.0, 2028.5], "closes": [2027.0, 2030.0]})
    windows = windows.assign(first_year=[2026, 2028], last_year=[2026, 2029])
    shares = set_beside(windows, dated_deliveries(deliveries().reset_index()), 2026)
    assert shares.groupby("counted")["year"].agg(["min", "max"]).drop_duplicates().to_numpy().tolist() == [[2026, 2029]]
    assert share_in(shares, OPENED, 2026) == 50
    assert set(shares["flag"]) == {"forecast"}


@given(st.lists(st.tuples(st.integers(2020, 2035), st.integers(0, 8), st.booleans()), min_size=1, max_size=10))
def test_complete_never_exceeds_begun_and_no_share_falls(spans: list[tuple[int, int, bool]]) -> None:
    rows = [
        ("EST", f"item {place}", "", str(first), str(first + length) if ended else "", "none found")
        for place, (first, length, ended) in enumerate(spans)
    ]
    placed = compute_deliveries(register(rows), COUNTRIES, "2026-11-22")
    table = share_due(placed, 2019, 2045).pivot(index="year", columns="counted", values="share_pct")
    assert (table[COMPLETE] <= table[BEGUN]).all()
    assert table[BEGUN].is_monotonic_increasing
    assert table[COMPLETE].is_monotonic_increasing


def published() -> pd.DataFrame:
    rows = fill_dates(*(catalog.load(name) for name in ("deliveries", "equipment", "air_defence")))
    return compute_deliveries(rows, catalog.countries(), "2026-11-22").set_index("label")


def test_published_register() -> None:
    rows = published()
    assert set(rows["state"]) <= set(STATES)
    assert rows.loc["Lithuania: German brigade", ["last", "state"]].tolist() == ["December 2027", UNDER_WAY]
    assert rows.at["Lithuania: Rudninkai base", "first"] == "quarter 1 of 2028"
    assert rows.loc["Latvia: IRIS-T SLM", ["first", "last"]].tolist() == ["2026", "2029"]
    assert rows.loc["Lithuania: 8 HIMARS", ["announced", "first", "last"]].tolist() == ["2025", "2026", "2027"]
    assert rows.loc["Estonia: 12 CAESAR", ["announced", "first", "last", "state"]].tolist() == [
        "2024", "January 2025", "August 2025", DELIVERED,
    ]  # fmt: skip
    assert rows.loc["Latvia: 84 ASCOD", ["first", "last"]].tolist() == ["2026", NOT_PUBLIC]
    assert rows.loc["Lithuania: NASAMS, second battery", ["first", "last"]].tolist() == [
        "quarter 1 of 2026", "quarter 1 of 2027",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("dataset", "entity", "indicator", "label", "column"),
    [
        ("forward_presence", "LTU", "Rudninkai base opening", "Lithuania: Rudninkai base", "first_year"),
        ("force_model_air", "EU", "Eastern Flank Watch functional", "EU: Eastern Flank Watch", "last_year"),
        (
            "defence_line_resilience",
            "EST",
            "planned completion of line at present scale",
            "Estonia: defence line at present scale",
            "last_year",
        ),
    ],
)
def test_dates_agree_with_the_other_registers(
    dataset: str, entity: str, indicator: str, label: str, column: str
) -> None:
    frame = catalog.load(dataset)
    there = frame.loc[(frame["entity"] == entity) & (frame["indicator"] == indicator), "value"].item()
    rows = published()
    assert rows.at[label, column] == there


def test_spans_say_which_end_is_open() -> None:
    spans = name_spans(deliveries())["delivery"]
    assert spans["guns"] == "January 2025 to August 2025"
    assert spans["vehicles"] == "from 2028"
    assert spans["obstacles"] == NOT_PUBLIC
    assert name_spans(published())["delivery"].loc[["Lithuania: 18 CAESAR", "Estonia: 6 HIMARS"]].tolist() == [
        "by 2027", "April 2025",
    ]  # fmt: skip
