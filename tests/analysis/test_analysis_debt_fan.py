"""Fans: centred on the path without shocks, wider with more volatility, odds with the error of their draws."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_fan import (
    DebtPaths,
    FanSettings,
    Treasury,
    compute_odds,
    gather_fan_settings,
    half_interval,
    share_above,
    simulate_scenarios,
    summarise_fans,
    tabulate_odds,
)
from baltic_calculus.analysis.debt_fan_checks import (
    AS_SHOWN,
    compare_choices,
    compute_convergence,
    count_draws,
    list_choices,
)
from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    project_debt,
)
from baltic_calculus.analysis.debt_shocks import (
    SHOCKS,
    ShockAssumptions,
    draw_normal,
    gather_shock_assumptions,
    measure_shocks,
)
from baltic_calculus.analysis.parameters import Parameters

POLICY = catalog.policy("debt_shocks")
SHOCK = gather_shock_assumptions(POLICY)
MACRO = catalog.load("macro_fiscal")
START = DebtStart(
    iso3="LVA",
    year=2025,
    debt_gdp_pct=47,
    implicit_rate_pct=2.7,
    balance_gdp_pct=-3.3,
    defence_gdp_pct=4.9,
    defence_before_gdp_pct=3.3,
)
GROWING = DebtAssumptions(
    real_growth_pct=2.2,
    deflator_growth_pct=2.6,
    marginal_rate_pct=3.4,
    rollover_share_pct=14,
    multiplier=0.7,
    import_share_pct=60,
    semi_elasticity=0.4,
)
PLAN = DefencePath(name="held at plan", share_gdp_pct=4.9, transition_years=4)
BACK = DefencePath(name="back to 2%", share_gdp_pct=2.0, transition_years=4)
LATVIA = Treasury(START, GROWING, (PLAN, BACK), measure_shocks(MACRO, "LVA", SHOCK))
SETTINGS = FanSettings(last_year=2035, draws=4000, seed=7, limit_gdp_pct=60, odds_years=(2030, 2035))


def sized(size_pct: float) -> tuple[Treasury, ShockAssumptions]:
    """Latvia, and what is assumed, with shocks of a size."""
    assumed = ShockAssumptions.model_validate(SHOCK.model_dump() | {"shock_size_pct": size_pct})
    return replace(LATVIA, history=measure_shocks(MACRO, "LVA", assumed)), assumed


def simulate(treasury: Treasury = LATVIA, assumed: ShockAssumptions = SHOCK) -> list[DebtPaths]:
    return list(simulate_scenarios([treasury], UNCHANGED, assumed, SETTINGS))


def test_without_shocks_every_draw_is_the_path() -> None:
    treasury, assumed = sized(0)
    for paths, way in zip(simulate(treasury, assumed), (PLAN, BACK), strict=True):
        path = project_debt(START, GROWING, way, UNCHANGED, 2035)["debt_gdp_pct"].to_numpy()[1:]
        np.testing.assert_allclose(paths.debt_gdp_pct, np.broadcast_to(path, paths.debt_gdp_pct.shape), atol=1e-9)
        np.testing.assert_allclose(paths.unshocked_gdp_pct, path, atol=1e-9)


def test_the_middle_nears_the_path_as_shocks_shrink() -> None:
    gaps = []
    for size in (50, 10, 1):
        paths = simulate(*sized(size))[0]
        gaps.append(np.abs(np.median(paths.debt_gdp_pct, axis=0) - paths.unshocked_gdp_pct).max())
    assert gaps[0] > gaps[1] > gaps[2]
    assert gaps[2] < 0.05


def test_the_middle_stays_near_the_path_with_shocks_of_full_size() -> None:
    paths = simulate()[0]
    assert np.abs(np.median(paths.debt_gdp_pct, axis=0) - paths.unshocked_gdp_pct).max() < 3


def test_more_volatility_makes_a_wider_fan() -> None:
    spreads = [np.ptp(np.percentile(simulate(*sized(size))[0].in_year(2035), [5, 95])) for size in (25, 50, 100)]
    assert spreads[0] < spreads[1] < spreads[2]


def test_equal_seeds_give_equal_paths_whatever_else_is_modelled() -> None:
    alone = simulate()
    estonia = replace(LATVIA, start=START.model_copy(update={"iso3": "EST", "debt_gdp_pct": 24.0}))
    among = list(simulate_scenarios([estonia, LATVIA], UNCHANGED, SHOCK, SETTINGS))
    np.testing.assert_array_equal(alone[0].debt_gdp_pct, among[2].debt_gdp_pct)
    moved = list(simulate_scenarios([LATVIA], UNCHANGED, SHOCK, SETTINGS.model_copy(update={"seed": 8})))
    assert not np.array_equal(alone[0].debt_gdp_pct, moved[0].debt_gdp_pct)


def test_scenarios_meet_the_same_shocks() -> None:
    plan, back = simulate()
    # the first year is that of the budget, in which no scenario differs yet
    np.testing.assert_array_equal(plan.debt_gdp_pct[:, 0], back.debt_gdp_pct[:, 0])
    assert (plan.debt_gdp_pct[:, -1] > back.debt_gdp_pct[:, -1]).mean() > 0.99


def test_a_fan_begins_at_the_known_debt_and_is_in_order() -> None:
    fans = summarise_fans(simulate())
    first = fans[fans["year"] == 2025]
    columns = [f"debt_p{one}_gdp_pct" for one in ("05", "20", "50", "80", "95")]
    assert (first[[*columns, "unshocked_gdp_pct"]] == 47).all(axis=None)
    assert (np.diff(fans[columns], axis=1) >= 0).all()
    assert fans.groupby("scenario").size().tolist() == [11, 11]


def test_odds_are_shares_of_the_draws_in_that_year() -> None:
    # two years, four draws: 50 to 80 in the second
    paths = DebtPaths(START, "held", np.array([[47, 50], [47, 61], [47, 70], [46, 80]], dtype=float), np.zeros(2))
    settings = FanSettings(last_year=2027, draws=4, seed=1, limit_gdp_pct=60, odds_years=(2026, 2027))
    odds = compute_odds([paths], settings)
    assert odds["above_limit_pct"].tolist() == [0, 75]
    assert odds["above_present_pct"].tolist() == [0, 100]  # debt at 47 is not above 47
    # 1.96 sqrt(0.75 0.25 / 4) = 42.4 points
    assert odds["error_points"].tolist() == pytest.approx([0, 42.4], abs=0.05)


def test_years_stand_side_by_side() -> None:
    table = tabulate_odds(compute_odds(simulate(), SETTINGS))
    assert table.columns.tolist() == [
        "iso3",
        "scenario",
        "limit_first_pct",
        "present_first_pct",
        "limit_last_pct",
        "present_last_pct",
        "error_points",
    ]
    assert table["scenario"].tolist() == ["held at plan", "back to 2%"]


def test_one_year_alone_has_no_first() -> None:
    settings = gather_fan_settings(
        POLICY, catalog.policy("eu_fiscal_rules").debt_reference_gdp_pct, Parameters(horizon=2028, draws=200)
    )
    assert settings.odds_years == (2028,)
    odds = compute_odds(simulate_scenarios([LATVIA], UNCHANGED, SHOCK, settings), settings)
    assert "limit_first_pct" not in tabulate_odds(odds)


@given(st.lists(st.floats(0, 200), min_size=1, max_size=30), st.floats(0, 200), st.floats(0, 50))
def test_odds_fall_with_the_level(debt: list[float], level: float, more: float) -> None:
    lower, higher = (share_above(np.array(debt), one) for one in (level, level + more))
    assert 0 <= higher <= lower <= 100


@given(st.floats(0, 100), st.integers(1, 10**6))
def test_four_times_the_draws_halve_the_error(share: float, draws: int) -> None:
    assert half_interval(share, 4 * draws) == pytest.approx(half_interval(share, draws) / 2)


def test_another_seed_stays_within_the_error() -> None:
    settings = SETTINGS.model_copy(update={"draws": 20_000})
    one, two = (
        next(simulate_scenarios([LATVIA], UNCHANGED, SHOCK, settings.model_copy(update={"seed": seed}))).in_year(2035)
        for seed in (1, 2)
    )
    gap = abs(share_above(one, 60) - share_above(two, 60))
    # half the 95% interval of a difference is sqrt(2) that of a share; twice that is beyond chance
    assert gap < 2 * np.sqrt(2) * half_interval(50, 20_000)


def test_intervals_narrow_with_the_draws() -> None:
    table = compute_convergence(simulate()[:1], SETTINGS)
    assert table["draws"].tolist() == [100, 1000, 4000]
    assert (table["high_pct"] - table["low_pct"]).is_monotonic_decreasing
    assert table["above_limit_pct"].between(table["low_pct"], table["high_pct"]).all()
    assert count_draws(100) == [100]


def test_choices_change_one_thing_each_and_the_first_nothing() -> None:
    choices = list_choices(POLICY)
    assert choices[0].assumed == SHOCK
    assert len({choice.name for choice in choices}) == len(choices)
    assert all(choice.assumed != SHOCK or choice.draw is draw_normal for choice in choices[1:])
    settings = SETTINGS.model_copy(update={"draws": 500})
    compared = compare_choices([LATVIA], UNCHANGED, choices, MACRO, settings)
    first = next(simulate_scenarios([LATVIA], UNCHANGED, SHOCK, settings))
    shown = compared.set_index("choice")["above_limit_pct"]
    assert shown[AS_SHOWN] == share_above(first.in_year(2035), 60)
    assert shown.between(0, 100).all()


def test_the_rolled_debt_of_one_draw_is_the_identity_by_hand() -> None:
    # one year of history, one shock: growth and prices stand still, the balance is 2 points worse, no interest shock
    history = pd.DataFrame([dict.fromkeys(SHOCKS, 0.0) | {"balance_gdp_points": -2.0}])
    assumed = ShockAssumptions.model_validate(SHOCK.model_dump() | {"rate_volatility_points": 0})
    flat = DebtAssumptions(real_growth_pct=0, deflator_growth_pct=0, marginal_rate_pct=0, rollover_share_pct=0)
    start = START.model_copy(update={"implicit_rate_pct": 0.0, "balance_gdp_pct": -1.0})
    settings = FanSettings(last_year=2027, draws=1, seed=1, limit_gdp_pct=60, odds_years=(2027,))
    paths = next(simulate_scenarios([Treasury(start, flat, (PLAN,), history)], UNCHANGED, assumed, settings))
    # 47 + 1 + 2 = 50, and 3 more the year after; without the shock 48 and 49
    np.testing.assert_allclose(paths.debt_gdp_pct, [[50, 53]])
    np.testing.assert_allclose(paths.unshocked_gdp_pct, [48, 49])
