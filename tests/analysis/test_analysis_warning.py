"""Warning time: which clocks can be put on the calendar, and what the windows then are."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.warning import (
    CALENDAR,
    CEASEFIRE,
    CLOCKS,
    CLOSED,
    CONVERTED,
    FORECASTS,
    NOT_CONVERTED,
    OPENED,
    OTHER,
    PUBLICATION,
    UNSTATED,
    compute_windows,
    converted_windows,
    list_estimates,
    share_opened,
)

NONE = float("nan")


def estimates(*rows: tuple[str, str, str, str, str, float, float, float, str]) -> pd.DataFrame:
    """Rows of a small dataset of estimates."""
    columns = ["entity", "date", "clock", "about", "indicator", "value", "low", "high", "note"]
    frame = pd.DataFrame(list(rows), columns=columns)
    return frame.assign(unit="years", confidence="high", source="P001", lapsed="", probability=NONE)


MIDPOINT = "value is the midpoint of low and high, computed"
ESTIMATES = estimates(
    ("Ministry", "2024", "publication", "attack", "years until possible attack", 6.5, 5.0, 8.0, MIDPOINT),
    (
        "Service",
        "2025-05",
        "calendar",
        "readiness",
        "year attack possible by",
        2030.0,
        NONE,
        NONE,
        "as late as 2030; if sanctions end",
    ),
    ("Institute", "2023-11", "unstated", "attack", "years until Russia could attack NATO", 8.0, 6.0, 10.0, ""),
    ("Agency", "2025-02-11", "ceasefire", "attack", "years after the war", 2.0, NONE, NONE, ""),
    ("Armed Forces", "2024-06", "publication", "other", "years available to rebuild", 2.5, 2.0, 3.0, ""),
)


def windows() -> pd.DataFrame:
    return compute_windows(ESTIMATES).set_index("issuer")


def test_window_carries_the_imprecision_of_the_date() -> None:
    # issued some time in 2024: five years on is 2029 at the earliest, eight years on the end of 2032 at the latest
    ministry = windows().loc["Ministry"]
    assert ministry["clock"] == PUBLICATION
    assert (ministry["opens"], ministry["closes"]) == (2029, 2033)


def test_calendar_year_lasts_until_its_end() -> None:
    service = windows().loc["Service"]
    assert service["clock"] == CALENDAR
    assert (service["opens"], service["closes"]) == (2030, 2031)


@pytest.mark.parametrize(("issuer", "clock"), [("Institute", UNSTATED), ("Agency", CEASEFIRE), ("Armed Forces", OTHER)])
def test_other_clocks_are_listed_and_not_converted(issuer: str, clock: str) -> None:
    row = windows().loc[issuer]
    assert row["clock"] == clock
    assert row[["opens", "closes"]].isna().all()
    assert issuer not in set(converted_windows(compute_windows(ESTIMATES))["issuer"])


def test_condition_is_kept_and_the_remark_on_the_midpoint_dropped() -> None:
    assert windows()["condition"][["Ministry", "Service"]].tolist() == ["", "as late as 2030; if sanctions end"]


def test_years_are_those_in_which_the_window_lies() -> None:
    # 2029.0 to 2033.0 lies in the years 2029 to 2032, 2030.0 to 2031.0 in 2030 alone
    rows = windows()
    assert rows.loc["Ministry", ["first_year", "last_year"]].tolist() == [2029, 2032]
    assert rows.loc["Service", ["first_year", "last_year"]].tolist() == [2030, 2030]


def test_lists_part_what_is_on_the_calendar_from_what_is_not() -> None:
    frame = ESTIMATES.assign(confidence=ESTIMATES["entity"].map({"Agency": "low"}).fillna("high"))
    every = compute_windows(frame)
    dated, rest = list_estimates(every, CONVERTED), list_estimates(every, NOT_CONVERTED)
    assert len(dated) + len(rest) == len(every)
    assert set(dated["clock"]) <= set(CONVERTED)
    assert list(dict.fromkeys(rest["clock"])) == [CEASEFIRE, UNSTATED, OTHER]
    assert rest.set_index("issuer")["remark"]["Agency"] == "low confidence"
    assert dated.set_index("issuer")["remark"]["Service"] == "as late as 2030; if sanctions end"


def test_remarks_on_the_data_alone_are_dropped() -> None:
    note = "if sanctions are lifted; forces larger (P116), corroborates P110 and P111; month of release not confirmed"
    frame = estimates(("Assessment", "2026", "calendar", "attack", "year attack possible by", 2030.0, NONE, NONE, note))
    conditions = compute_windows(frame).set_index("issuer")["condition"]
    assert conditions["Assessment"] == "if sanctions are lifted; forces larger"


def test_label_is_the_institution_and_the_year_of_issue() -> None:
    assert windows()["label"]["Service"] == "Service (2025)"


def test_every_clock_of_the_dataset_has_its_words() -> None:
    vocabulary = catalog.record("reconstitution_estimates").vocabularies
    assert set(CLOCKS) == set(vocabulary["clock"])
    assert set(FORECASTS) < set(vocabulary["about"])


def shares(rows: pd.DataFrame, window: str) -> pd.Series:
    return rows[rows["window"] == window].set_index("year")["share_pct"]


def test_shares_count_windows_by_the_end_of_the_year() -> None:
    frame = pd.DataFrame({"opens": [2027.5, 2029.0, 2030.0, 2026.0], "closes": [2028.0, 2033.0, 2031.0, 2036.0]})
    rows = share_opened(frame, 2027, 2030)
    # by the end of 2027 two of four have opened and one has closed; by 2029 three; by 2030 all, two closed
    assert shares(rows, OPENED).to_dict() == {2027: 50, 2028: 50, 2029: 75, 2030: 100}
    assert shares(rows, CLOSED).to_dict() == {2027: 25, 2028: 25, 2029: 25, 2030: 50}


@given(st.lists(st.tuples(st.floats(2024, 2040), st.floats(0.01, 10)), min_size=1, max_size=8))
def test_shares_never_fall_and_no_window_closes_before_it_opens(pairs: list[tuple[float, float]]) -> None:
    frame = pd.DataFrame({"opens": [low for low, _ in pairs], "closes": [low + length for low, length in pairs]})
    rows = share_opened(frame, 2024, 2050)
    opened, closed = shares(rows, OPENED), shares(rows, CLOSED)
    assert opened.is_monotonic_increasing
    assert (closed <= opened).all()
    assert closed.iloc[-1] == 100
