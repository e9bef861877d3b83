from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.exhibits.axis import as_years, nice_ticks, tick_decimals, value_domain, year_ticks


def test_ticks_are_round_and_few():
    assert nice_ticks(0, 5.4) == [0, 1, 2, 3, 4, 5]
    assert nice_ticks(-1.2, 2.1) == [-1, 0, 1, 2]
    assert nice_ticks(0, 0.23, most=4) == [0, 0.1, 0.2]


@given(st.floats(-1e6, 1e6), st.floats(0.01, 1e6))
def test_ticks_lie_within_the_domain_and_are_evenly_spaced(low, span):
    ticks = nice_ticks(low, low + span)
    assert 1 <= len(ticks) <= 6
    assert low - span * 1e-6 <= ticks[0]
    assert ticks[-1] <= low + span * (1 + 1e-6)
    steps = {round((after - before) / span, 6) for before, after in pairwise(ticks)}
    assert len(steps) <= 1 or max(steps) - min(steps) < 1e-5


def test_ticks_print_with_the_decimals_that_tell_them_apart():
    assert [tick_decimals(ticks) for ticks in ([0, 1, 2], [0, 0.5, 1], [0, 0.25, 0.5])] == [0, 1, 2]


def test_bars_start_at_zero_and_lines_when_zero_is_near():
    assert value_domain([2.0, 5.0], include_zero=True) == pytest.approx((0, 5.3))  # 5 + 6% of 5
    assert value_domain([1.0, 5.0], include_zero=False)[0] == 0  # 1 is less than two fifths of 5
    assert value_domain([40.0, 50.0], include_zero=False) == pytest.approx((39.4, 50.6))  # 6% of 10 on both sides
    assert value_domain([-2.0, -1.0], include_zero=True) == pytest.approx((-2.12, 0))


def test_year_labels_end_with_the_last_year_and_begin_with_the_first_where_there_is_room():
    assert year_ticks(2014, 2026) == [2014, 2016, 2018, 2020, 2022, 2024, 2026]
    assert year_ticks(2014, 2026, most=3) == [2014, 2020, 2026]
    assert year_ticks(2015, 2026) == [2016, 2018, 2020, 2022, 2024, 2026]  # 11 years have no even step
    assert year_ticks(2014, 2025) == [2014, 2016, 2018, 2020, 2022, 2025]  # 2024 would touch 2025
    assert year_ticks(1995, 2024) == [1995, 2000, 2005, 2010, 2015, 2020, 2024]
    assert year_ticks(2014, 2031, most=4) == [2015, 2020, 2025, 2031]
    assert year_ticks(2025, 2026) == [2025, 2026]


def test_dates_become_decimal_years():
    # 1 July 2023 is day 182 of 365
    assert as_years(pd.Series(pd.to_datetime(["2023-01-01", "2023-07-01"]))).to_list() == pytest.approx(
        [2023, 2023 + 181 / 365]
    )
    assert as_years(pd.Series([2024, 2025])).to_list() == [2024.0, 2025.0]
