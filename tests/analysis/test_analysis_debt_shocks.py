"""Shocks: what sets a year apart from the average of its history, and how years are drawn."""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_shocks import (
    BALANCE_SHOCK,
    DEFLATOR_SHOCK,
    GROWTH_SHOCK,
    HISTORY,
    SHOCKS,
    STOCK_FLOW_SHOCK,
    ShockAssumptions,
    draw_blocks,
    draw_normal,
    gather_shock_assumptions,
    measure_shocks,
)
from baltic_calculus.errors import DataError

ASSUMED = ShockAssumptions(
    history_first_year=2001,
    history_last_year=2003,
    block_years=2,
    crisis_first_year=2002,
    crisis_last_year=2002,
    crisis_size_pct=100,
    shock_size_pct=100,
    rate_volatility_points=1,
    rate_growth_correlation=-0.5,
    rate_persistence_pct=50,
    stock_flow_size_pct=100,
)
# debt stands at 10 and output does not move: the stock-flow adjustment is the change of debt plus the balance
MACRO = pd.DataFrame(
    [
        ("EST", year, measure, value, HISTORY)
        for measure, values in {
            "gdp_growth_pct": (None, 0.0, 0.0, 0.0),
            "gdp_deflator_growth_pct": (None, 0.0, 0.0, 0.0),
            "net_lending_gdp_pct": (None, 1.0, -5.0, 1.0),
            "gross_debt_gdp_pct": (10.0, 9.0, 16.0, 15.0),
        }.items()
        for year, value in zip(range(2000, 2004), values, strict=True)
        if value is not None
    ],
    columns=["iso3", "year", "measure", "value", "vintage"],
)
# years 0 to 4 are told apart by their balance
NUMBERED = pd.DataFrame(
    {GROWTH_SHOCK: [2.0, 1, 0, -1, -2], DEFLATOR_SHOCK: 0.0, BALANCE_SHOCK: [0.0, 1, 2, 3, 4], STOCK_FLOW_SHOCK: 0.0}
)


def other(**changes: float) -> ShockAssumptions:
    return ShockAssumptions.model_validate(ASSUMED.model_dump() | changes)


def test_shocks_are_what_sets_a_year_apart() -> None:
    shocks = measure_shocks(MACRO, "EST", ASSUMED)
    # mean balance -1
    assert shocks[BALANCE_SHOCK].tolist() == pytest.approx([2, -4, 2])
    # 9 - 10 + 1 = 0, 16 - 9 - 5 = 2, 15 - 16 + 1 = 0; mean 2/3
    assert shocks[STOCK_FLOW_SHOCK].tolist() == pytest.approx([-2 / 3, 4 / 3, -2 / 3])


def test_a_calmer_crisis_leaves_the_mean_at_zero() -> None:
    shocks = measure_shocks(MACRO, "EST", other(crisis_size_pct=50))
    # 2, -2, 2 before the mean of 2/3 is taken off again
    assert shocks[BALANCE_SHOCK].tolist() == pytest.approx([4 / 3, -8 / 3, 4 / 3])


def test_all_shocks_shrink_alike() -> None:
    whole, half = (measure_shocks(MACRO, "EST", other(shock_size_pct=size)) for size in (100, 50))
    np.testing.assert_allclose(half[SHOCKS], whole[SHOCKS] / 2)


def test_growth_counts_in_logarithms() -> None:
    rows = MACRO.copy()
    rows.loc[rows["measure"] == "gdp_growth_pct", "value"] = [10.0, 0.0, -100 / 11]
    # up by 10% and down by 1/11 leads back: the logarithms are equal but for their sign
    assert measure_shocks(rows, "EST", ASSUMED)[GROWTH_SHOCK].tolist() == pytest.approx([9.531, 0, -9.531], abs=1e-3)


def test_a_gap_in_the_history_is_refused() -> None:
    with pytest.raises(DataError, match="no full history of shocks for EST"):
        measure_shocks(MACRO, "EST", other(history_first_year=2000))


def test_the_history_of_the_report_is_centred_and_whole() -> None:
    assumed = gather_shock_assumptions(catalog.policy("debt_shocks"))
    macro = catalog.load("macro_fiscal")
    for code in ("EST", "LVA", "LTU"):
        shocks = measure_shocks(macro, code, assumed)
        assert shocks["year"].tolist() == list(range(1999, 2018))
        np.testing.assert_allclose(shocks[SHOCKS].mean(), 0, atol=1e-12)


def test_blocks_keep_the_order_of_years() -> None:
    drawn = draw_blocks(NUMBERED, other(block_years=3), 8, 500, np.random.default_rng(1))
    years = drawn.balance_gdp_points.astype(int)
    follows = (np.diff(years, axis=1) % 5) == 1
    # of a block of three years two steps lead to the next year of history, behind the last comes the first;
    # only the step from one block to another may not, and those are three years apart
    leaps = [np.flatnonzero(~row) for row in follows]
    assert all((np.diff(places) % 3 == 0).all() for places in leaps)
    assert 0.6 < follows.mean() < 0.85  # 2/3, and one in five of the other third


def test_every_year_is_drawn_equally_often() -> None:
    drawn = draw_blocks(NUMBERED, other(block_years=3), 10, 20_000, np.random.default_rng(2))
    shares = np.bincount(drawn.balance_gdp_points.astype(int).ravel(), minlength=5) / drawn.balance_gdp_points.size
    np.testing.assert_allclose(shares, 0.2, atol=0.005)


@pytest.mark.parametrize("draw", [draw_blocks, draw_normal])
def test_draws_have_the_covariance_of_the_history(draw) -> None:
    assumed = gather_shock_assumptions(catalog.policy("debt_shocks"))
    assumed = ShockAssumptions.model_validate(assumed.model_dump() | {"stock_flow_size_pct": 100})
    history = measure_shocks(catalog.load("macro_fiscal"), "LVA", assumed)
    drawn = draw(history, assumed, 5, 60_000, np.random.default_rng(3))
    # one year of 60,000 independent draws: the error of a standard deviation is below 1%, of fat tails twice that
    columns = (
        drawn.real_growth_log_points,
        drawn.deflator_log_points,
        drawn.balance_gdp_points,
        drawn.stock_flow_gdp_points,
    )
    sample = np.vstack([one[:, 2] for one in columns])
    np.testing.assert_allclose(sample.mean(axis=1), 0, atol=0.1)
    np.testing.assert_allclose(np.cov(sample), np.cov(history[SHOCKS].T, ddof=0), rtol=0.05, atol=0.3)


def test_interest_shocks_have_the_size_tie_and_memory_assumed() -> None:
    drawn = draw_normal(NUMBERED, ASSUMED, 2, 100_000, np.random.default_rng(4))
    first, second = drawn.marginal_rate_points.T
    assert first.std() == pytest.approx(1, abs=0.01)
    assert np.corrcoef(first, drawn.real_growth_log_points[:, 0])[0, 1] == pytest.approx(-0.5, abs=0.01)
    # half of the first is left, and a new one is added: variance 1 + 1/4
    assert second.std() == pytest.approx(np.sqrt(1.25), abs=0.01)
    assert np.corrcoef(first, second)[0, 1] == pytest.approx(0.5 / np.sqrt(1.25), abs=0.01)


def test_a_history_without_shocks_leaves_interest_alone_to_move() -> None:
    drawn = draw_blocks(NUMBERED * 0, ASSUMED, 3, 50, np.random.default_rng(5))
    assert not drawn.real_growth_log_points.any()
    assert drawn.marginal_rate_points.std() > 0
