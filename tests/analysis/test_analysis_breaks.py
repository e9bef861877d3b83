import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.breaks import (
    BreakRules,
    bic_gain,
    choose_breaks,
    fit_lines,
    misfit,
    penalty_of_break,
    penalty_range,
    search_breaks,
    tabulate_squares,
)

RULES = BreakRules(3, 15, 2, 99, 90, 5, 1)

quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
seeds = st.integers(0, 2**32 - 1)


def search(series, rules=RULES, most=None):
    return search_breaks(tabulate_squares(np.asarray(series, float), rules.shortest(len(series))), rules, most)


def test_the_rules_are_those_of_the_policy_file():
    rules = BreakRules.of(catalog.policy("break_search"))
    assert (rules.shortest_regime_years, rules.chance_pct) == (3, 5)


@pytest.mark.parametrize(
    ("years", "shortest", "most"),
    # most: (years / 2 - 2) / 3 rounded down, so 13 / 2 - 2 = 4.5 makes 1; 15 per cent of 33 is 4.95, so 5
    [(9, 3, 0), (10, 3, 1), (13, 3, 1), (16, 3, 2), (33, 5, 4)],
)
def test_long_series_may_have_more_breaks_and_longer_lines(years, shortest, most):
    assert (RULES.shortest(years), RULES.most_breaks(years)) == (shortest, most)


def test_squares_are_those_left_by_a_line():
    table = tabulate_squares(np.array([0.0, 0.0, 1.0, 5.0]), 3)
    # through 0, 0, 1 the line is -1/6, 1/3, 5/6: residuals 1/6, -1/3, 1/6
    assert table[0, 3] == pytest.approx(1 / 36 + 1 / 9 + 1 / 36)
    assert np.isinf(table[0, 2])


def test_a_line_alone_has_no_break():
    fits = search(np.arange(13) * 0.3 + 1)
    assert (choose_breaks(fits, 13), bic_gain(fits, 13)) == (0, 0)


def test_one_value_for_all_years_has_no_break():
    assert choose_breaks(search(np.full(13, 2.0)), 13) == 0


def test_the_search_is_exact():
    rng = np.random.default_rng(4)
    series = rng.standard_normal(13)
    table = tabulate_squares(series, 3)
    best = min(range(3, 11), key=lambda start: table[0, start] + table[start, 13])
    assert search(series)[1].starts == (best,)


@quick
@given(seeds, st.integers(3, 10), st.sampled_from([-1.0, 1.0]), st.floats(-0.1, 0.1))
def test_a_planted_step_is_found_in_its_year(seed, start, sign, slope):
    noise = 0.05 * np.random.default_rng(seed).standard_normal(13)
    series = slope * np.arange(13) + sign * 2 * (np.arange(13) >= start) + noise
    fits = search(series)
    assert choose_breaks(fits, 13) == 1
    assert fits[1].starts == (start,)


@quick
@given(seeds, st.integers(5, 12), st.integers(5, 12))
def test_two_planted_steps_are_found_in_a_long_series(seed, first, second):
    years = 33
    starts = (first, first + second)
    noise = 0.05 * np.random.default_rng(seed).standard_normal(years)
    series = sum((2.0 * (np.arange(years) >= start) for start in starts), noise)
    fits = search(series)
    assert fits[2].starts == starts
    assert choose_breaks(fits, years) >= 2


@quick
@given(seeds, st.floats(-50, 50), st.floats(0.01, 100))
def test_level_and_scale_do_not_matter(seed, level, scale):
    series = np.random.default_rng(seed).standard_normal(13)
    plain, moved = search(series), search(level + scale * series)
    assert [fit.starts for fit in plain] == [fit.starts for fit in moved]
    assert bic_gain(plain, 13) == pytest.approx(bic_gain(moved, 13), abs=1e-6)


@quick
@given(seeds, st.floats(0.1, 5), st.floats(0.1, 5))
def test_a_larger_penalty_never_gives_more_breaks(seed, one, other):
    years = 33
    fits = search(np.random.default_rng(seed).standard_normal(years).cumsum())
    low, high = sorted((one, other))
    assert choose_breaks(fits, years, high) <= choose_breaks(fits, years, low)


@quick
@given(seeds)
def test_the_same_breaks_are_chosen_within_the_range_of_penalties(seed):
    years = 33
    fits = search(np.random.default_rng(seed).standard_normal(years).cumsum())
    chosen = choose_breaks(fits, years)
    low, high = penalty_range(fits, years, chosen)
    assert low <= 1 <= high
    inside = np.linspace(low, min(high, 10), 7)[1:-1]
    assert {choose_breaks(fits, years, penalty) for penalty in inside} == {chosen}
    if np.isfinite(high):
        assert choose_breaks(fits, years, high * 1.01) < chosen


def test_gain_and_penalty_by_hand():
    # a step of 2 with residuals of one size: the gain is n ln(RSS0 / RSS1) - 3 ln(n)
    fits = search([0, 0.1, 0, 0.1, 0, 0.1, 0, 2.1, 2, 2.1, 2, 2.1, 2])
    squares = fits[0].squares / fits[1].squares
    assert bic_gain(fits, 13) == pytest.approx(13 * np.log(squares) - 3 * np.log(13))
    assert penalty_of_break(13) == pytest.approx(7.69, abs=0.01)
    assert misfit(fits, 13)[0] == pytest.approx(13 * np.log(fits[0].squares / 13))


def test_lines_are_fitted_on_each_side_of_the_break():
    fitted, residuals = fit_lines(np.array([0.0, 0, 0, 4, 5, 6]), (3,))
    assert fitted == pytest.approx([0, 0, 0, 4, 5, 6])
    assert residuals == pytest.approx(np.zeros(6))


def test_residuals_are_enlarged_for_what_the_line_took_up():
    # three points: leverages 5/6, 1/3, 5/6; residuals 1/6, -1/3, 1/6 over the roots of 1/6, 2/3, 1/6
    _, residuals = fit_lines(np.array([0.0, 0, 1]), ())
    assert residuals == pytest.approx([6**0.5 / 6, -1 / 6**0.5, 6**0.5 / 6])
