import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits.number import (
    format_date,
    format_list,
    format_number,
    format_plain,
    format_quantity,
    format_range,
    format_signed,
    format_years,
    vega_format,
)


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "text"),
    [
        (5.38, "% of GDP", None, "5.4% of GDP"),
        (5.38, "% of GDP", 2, "5.38% of GDP"),
        (9.274, "EUR bn", None, "EUR\u00a09.27\u00a0bn"),
        (1234567.0, "EUR", None, "EUR\u00a01,234,567"),
        (41.5, "US$ m", 1, "US$\u00a041.5\u00a0m"),
        (-1234.5, "points", None, "\u22121,234.5 points"),
        (2026, "year", None, "2026"),
        (4000, "troops", None, "4,000 troops"),
        (6.5, "years", None, "6.5 years"),
        (1, "years", None, "1 year"),
        (65.8, "km", None, "65.8\u00a0km"),
        (3, "", None, "3"),
        (8.04, "log points a year", 1, "8.0 log points a year"),
    ],
)
def test_a_number_is_printed_with_its_unit_where_readers_expect_it(value, unit, decimals, text):
    assert format_number(value, unit, decimals) == text


def test_halves_are_rounded_up_in_decimal_arithmetic():
    # 2.675 is stored as 2.67499999999999982; a reader of the published figure expects 2.68
    assert format_plain(2.675, 2) == "2.68"
    assert format_plain(0.5, 0) == "1"


def test_a_small_negative_that_rounds_to_zero_has_no_minus():
    assert format_plain(-0.04, 1) == "0.0"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_missing_number_cannot_be_printed(value):
    with pytest.raises(ExhibitError, match="no number to print"):
        format_number(value, "%")


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_what_is_printed_reads_back_within_half_a_last_digit(value, decimals):
    read_back = float(format_plain(value, decimals).replace(",", "").replace("\u2212", "-"))
    assert math.isclose(read_back, value, abs_tol=0.5 * 10**-decimals * (1 + 1e-9) + 1e-6)


def test_a_change_carries_its_sign_and_none_when_it_rounds_to_zero():
    assert format_signed(1.25, "points", 1) == "+1.3 points"
    assert format_signed(-1.25, "points", 1) == "\u22121.3 points"
    assert format_signed(0.01, "points", 1) == "0.0 points"


@pytest.mark.parametrize(
    ("low", "high", "unit", "text"),
    [
        (6, 10, "years", "6\u201310 years"),
        (3, 3, "years", "3 years"),
        (1.2, 1.5, "EUR bn", "EUR\u00a01.20\u20131.50\u00a0bn"),
        (-1.5, 0.5, "% of GDP", "\u22121.5 to 0.5% of GDP"),
        (5, 6.5, "years", "5.0\u20136.5 years"),
        (4000, math.nan, "troops", "at least 4,000 troops"),
        (math.nan, 8, "years", "up to 8 years"),
    ],
)
def test_a_range_is_printed_as_a_range(low, high, unit, text):
    assert format_range(low, high, unit) == text


def test_dates_are_printed_as_exactly_as_they_are_known():
    assert format_date(date(2026, 11, 21)) == "21 November 2026"
    assert format_date("2026-07-03") == "3 July 2026"
    assert format_date("2026-07") == "July 2026"
    assert format_date("2026") == "2026"
    assert format_date("July 2026 edition") == "July 2026 edition"


def test_lists_and_years_read_as_in_a_sentence():
    assert format_list(["Estonia", "Latvia", "Lithuania"]) == "Estonia, Latvia and Lithuania"
    assert format_list(["Estonia"]) == "Estonia"
    assert format_list([]) == ""
    assert format_years([2014, 2023, 2022, 2020, 2021, 2016]) == "2014, 2016 and 2020\u20132023"


def test_a_quantity_keeps_its_own_decimals():
    assert format_quantity(Quantity(4.914, "% of GDP", 2)) == "4.91% of GDP"


def test_axis_formats_have_the_decimals_of_the_unit():
    assert [vega_format("year"), vega_format("EUR m"), vega_format("% of GDP"), vega_format("%", 0)] == [
        "d",
        ",.0f",
        ",.1f",
        ",.0f",
    ]
