from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from baltic_calculus.analysis.break_evidence import (
    chance_pct,
    compute_break_lines,
    compute_breaks,
    draw_gains,
    draw_starts,
    find_long_breaks,
    interval_of,
    search,
)
from baltic_calculus.analysis.breaks import BreakRules, bic_gain, choose_breaks
from baltic_calculus.errors import DataError

RULES = BreakRules(3, 15, 2, 199, 90, 5, 1)
YEARS = np.arange(2014, 2027)


def shares(values, code="EST", estimates=2, years=YEARS):
    flags = [""] * (len(values) - estimates) + ["estimate"] * estimates
    return pd.DataFrame({"iso3": code, "year": years[: len(values)], "share_gdp_pct": values, "flag": flags})


def rng():
    return np.random.default_rng(5)


STEP = 2 + 2.0 * (YEARS >= 2021) + np.tile([0.02, -0.02, 0.01], 5)[:13]


def test_noise_is_rarely_taken_for_a_break():
    # BIC alone finds one in about a third of series of noise; what counts as more than chance, in about one in twenty
    gains = draw_gains(13, replace(RULES, draws=999), rng(), drifting=False)
    noise = np.random.default_rng(6).standard_normal((300, 13))
    found = [bic_gain(search(series, RULES), 13) for series in noise]
    assert np.mean([gain > 0 for gain in found]) == pytest.approx(0.33, abs=0.1)
    assert np.mean([gain > 0 and chance_pct(gain, gains) <= 5 for gain in found]) <= 0.08


def test_series_that_drift_gain_more_by_chance():
    noise, drift = (np.quantile(draw_gains(13, RULES, rng(), drifting=drifting), 0.95) for drifting in (False, True))
    assert noise < 10 < drift


def test_a_share_of_chance_is_never_zero():
    assert chance_pct(9.0, np.array([1.0, 2, 3])) == pytest.approx(25)  # (1 + 0) of (1 + 3)
    assert chance_pct(2.0, np.array([1.0, 2, 3])) == pytest.approx(75)  # (1 + 2) of (1 + 3)


def test_the_interval_holds_the_planted_year_about_as_often_as_it_says():
    draws = np.random.default_rng(7)
    planted, held = 9, []
    for _ in range(60):
        series = 0.4 * np.maximum(0, np.arange(13) - planted + 1) + 0.3 * (np.arange(13) >= planted)
        series = series + draws.normal(0, 0.15, 13)
        starts = search(series, RULES)[1].starts
        low, high = interval_of(draw_starts(series, starts, RULES, draws), RULES.interval_pct)
        held.append(low[0] <= planted <= high[0])
    assert 0.78 <= np.mean(held) <= 1  # nominal 0.9; the standard error of sixty draws is 0.04


def test_a_clear_step_is_strong_evidence_and_its_year_sure():
    row = compute_breaks(shares(STEP), RULES, rng()).iloc[0]
    assert (row["break_year"], row["low_year"], row["high_year"], row["evidence"]) == (2021, 2021, 2021, "strong")
    assert row["final_years"] == "2021"  # found without the two estimates, too
    assert row["penalty_high"] > 2


def test_a_straight_line_has_one_row_without_a_break():
    row = compute_breaks(shares(YEARS - 2010.0, estimates=0), RULES, rng()).iloc[0]
    assert (row["evidence"], row["bic_gain"], row["final_years"]) == ("none", 0, "")
    assert pd.isna(row["break_year"])


def test_nine_years_are_too_few_to_look():
    row = compute_breaks(shares(STEP[4:], estimates=2), RULES, rng()).iloc[0]
    assert (row["evidence"], row["final_years"]) == ("too few years", "too few years")


def test_a_break_of_the_last_years_is_lost_without_the_estimates():
    late = 2 + 2.0 * (YEARS >= 2024) + np.tile([0.02, -0.02, 0.01], 5)[:13]
    row = compute_breaks(shares(late), RULES, rng()).iloc[0]
    assert row["break_year"] == 2024
    assert row["final_years"] != "2024"  # with eleven years the last line that can be found begins in 2022


def test_the_same_seed_gives_the_same_table():
    frame = pd.concat([shares(STEP), shares(STEP[::-1], "LVA")])
    pd.testing.assert_frame_equal(compute_breaks(frame, RULES, rng()), compute_breaks(frame, RULES, rng()))


def test_a_gap_in_the_years_is_refused():
    with pytest.raises(DataError, match="gap"):
        compute_breaks(shares(STEP).drop(index=3), RULES, rng())


def test_lines_part_where_the_break_is_more_than_chance():
    frame = shares(STEP)
    lines = compute_break_lines(frame, compute_breaks(frame, RULES, rng()))
    assert lines.loc[lines["year"] == 2020, "line"].item() == 1
    assert lines.loc[lines["year"] == 2021, "line"].item() == 2
    assert lines["fitted_gdp_pct"].to_numpy() == pytest.approx(STEP, abs=0.05)


def test_a_break_that_may_be_chance_parts_no_line():
    breaks = pd.DataFrame({"iso3": ["EST"], "break_year": [2021.0], "evidence": ["weak"]})
    assert set(compute_break_lines(shares(STEP), breaks)["line"]) == {1}


def test_the_longer_series_is_searched_on_its_own():
    years = np.arange(1993, 2026)
    values = 1 + 1.0 * (years >= 2002) + 1.0 * (years >= 2015) + 0.02 * np.tile([1, -1, 0], 11)
    long = shares(values, estimates=0, years=years).rename(columns={"share_gdp_pct": "value"})
    found = find_long_breaks(long.assign(measure="share_gdp_pct"), ["EST", "XEC"], RULES)
    assert found.to_dict("records") == [
        {"iso3": "EST", "long_first_year": 1993, "long_last_year": 2025, "long_years": "2002, 2015"}
    ]


def test_the_number_of_breaks_is_that_of_the_criterion():
    assert choose_breaks(search(STEP, RULES), 13) == 1
