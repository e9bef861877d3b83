"""Published dates: as exact as they were printed and no more."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.dates import date_middle, date_span, date_years, name_date
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError


@pytest.mark.parametrize(
    ("date", "start", "end"),
    [
        ("2025-09-19", "2025-09-19", "2025-09-20"),
        ("2025-12", "2025-12-01", "2026-01-01"),
        ("2024Q4", "2024-10-01", "2025-01-01"),
        ("2023-Q1", "2023-01-01", "2023-04-01"),
        ("2022", "2022-01-01", "2023-01-01"),
        ("2017-2026", "2017-01-01", "2027-01-01"),
    ],
)
def test_span_covers_exactly_the_published_date(date: str, start: str, end: str) -> None:
    assert date_span(date) == (pd.Timestamp(start), pd.Timestamp(end))


@pytest.mark.parametrize("date", ["", "spring 2024", "2024-13", "24-05-01", "2024-Q5"])
def test_other_texts_are_refused_with_the_forms_allowed(date: str) -> None:
    with pytest.raises(DataError, match="YYYY-MM-DD"):
        date_span(date)


def test_middle_of_a_year_is_its_middle() -> None:
    # 2025 has 365 days: 182.5 days after 1 January
    assert date_middle("2025") == pd.Timestamp("2025-07-02 12:00")


def test_years_carry_the_imprecision_of_the_date() -> None:
    # February 2025 starts after 31 of 365 days and ends after 59
    assert date_years("2025-02") == Interval(2025 + 31 / 365, 2025 + 59 / 365)
    # and in a leap year after 31 and 60 of 366
    assert date_years("2024-02") == Interval(2024 + 31 / 366, 2024 + 60 / 366)
    assert date_years("2024") == Interval(2024, 2025)


@given(st.dates(min_value=pd.Timestamp("1990-01-01").date(), max_value=pd.Timestamp("2050-12-31").date()))
def test_coarser_dates_contain_finer_ones(day: pd.Timestamp) -> None:
    exact, month, year = (date_years(day.strftime(form)) for form in ("%Y-%m-%d", "%Y-%m", "%Y"))
    assert year.low <= month.low <= exact.low < exact.high <= month.high <= year.high


@pytest.mark.parametrize(
    ("date", "name"),
    [
        ("2025-08-26", "26 August 2025"),
        ("2026-02", "February 2026"),
        ("2024Q4", "quarter 4 of 2024"),
        ("2024", "2024"),
        ("2017-2026", "2017–2026"),
    ],
)
def test_names_are_no_more_precise_than_the_date(date: str, name: str) -> None:
    assert name_date(date) == name
