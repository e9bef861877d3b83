"""What drives debt: draws equal single runs, bars equal direct runs, and indices of a function whose own are known."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_draws import EVEN_PARTS_PCT, CentralRun, evaluate_debt
from baltic_calculus.analysis.debt_model import DebtAssumptions, DebtStart, DefencePath, FinancingMix, project_debt
from baltic_calculus.analysis.drivers import CHOICE, CIRCUMSTANCE, Driver, gather_drivers
from baltic_calculus.analysis.sensitivity import Sample, compute_sobol, compute_tornado, estimate_indices
from baltic_calculus.errors import DataError

START = DebtStart(
    iso3="EST",
    year=2025,
    debt_gdp_pct=24,
    implicit_rate_pct=2,
    balance_gdp_pct=-4.5,
    defence_gdp_pct=5,
    defence_before_gdp_pct=3.4,
)
ASSUMPTIONS = DebtAssumptions(
    real_growth_pct=2.4,
    deflator_growth_pct=2.6,
    marginal_rate_pct=3.2,
    rollover_share_pct=14,
    stock_flow_gdp_pct=0.2,
    multiplier=0.7,
    tax_multiplier=0.4,
    import_share_pct=60,
    persistence_pct=60,
    semi_elasticity=0.486,
)
RUN = CentralRun(
    START,
    ASSUMPTIONS,
    DefencePath(name="held at 3.5%", share_gdp_pct=3.5, transition_years=4),
    FinancingMix(borrowing=0.5, taxes=0.3, reallocation=0.2),
    2035,
)


def run_directly(run: CentralRun, values: dict[str, float]) -> float:
    """Debt in the last year from ``project_debt``, with the values put into the model's own objects."""
    paid, taxes = values["paid_pct"] / 100, values["taxes_of_paid_pct"] / 100
    own = {name: values[name] for name in DebtAssumptions.model_fields}
    start = run.start.model_copy(
        update={
            "implicit_rate_pct": values["implicit_rate_pct"],
            "balance_gdp_pct": values["budget_balance_gdp_pct"],
        }
    )
    path = DefencePath(
        name="drawn", share_gdp_pct=values["share_gdp_pct"], transition_years=int(values["transition_years"])
    )
    mix = FinancingMix(borrowing=1 - paid, taxes=paid * taxes, reallocation=paid * (1 - taxes))
    return replace(run, start=start, assumptions=DebtAssumptions(**own), path=path, mix=mix).debt_gdp_pct()


def test_a_run_without_draws_is_the_model() -> None:
    projected = project_debt(START, ASSUMPTIONS, RUN.path, RUN.mix, 2035)
    assert RUN.values()["paid_pct"] == 50  # taxes 30 and cuts 20
    assert RUN.values()["taxes_of_paid_pct"] == pytest.approx(60)  # 30 of 50
    assert evaluate_debt(RUN, {}) == pytest.approx(projected["debt_gdp_pct"].iloc[-1], abs=1e-12)
    borrowed = replace(RUN, mix=FinancingMix(borrowing=1, taxes=0, reallocation=0))
    assert borrowed.values()["taxes_of_paid_pct"] == EVEN_PARTS_PCT
    assert evaluate_debt(borrowed, {}) == pytest.approx(borrowed.debt_gdp_pct(), abs=1e-12)


RANGES = {
    "real_growth_pct": (-5, 8),
    "deflator_growth_pct": (-2, 8),
    "marginal_rate_pct": (0, 9),
    "rollover_share_pct": (0, 100),
    "stock_flow_gdp_pct": (-2, 2),
    "multiplier": (0, 2),
    "tax_multiplier": (0, 1.5),
    "import_share_pct": (0, 100),
    "persistence_pct": (0, 100),
    "semi_elasticity": (0, 0.6),
    "implicit_rate_pct": (0, 6),
    "budget_balance_gdp_pct": (-8, 2),
    "share_gdp_pct": (0, 8),
    "paid_pct": (0, 100),
    "taxes_of_paid_pct": (0, 100),
}


@given(st.lists(st.floats(0, 1), min_size=15, max_size=15), st.integers(1, 12), st.integers(2026, 2040))
def test_every_draw_equals_a_run_of_the_model(parts: list[float], years: int, last_year: int) -> None:
    drawn = {name: low + part * (high - low) for part, (name, (low, high)) in zip(parts, RANGES.items(), strict=True)}
    drawn["transition_years"] = float(years)
    run = replace(RUN, last_year=last_year)
    # two draws in one call: the values of the run, and those drawn
    both = {name: np.array([run.values()[name], value]) for name, value in drawn.items()}
    expected = [run.debt_gdp_pct(), run_directly(run, drawn)]
    assert evaluate_debt(run, both) == pytest.approx(expected, abs=1e-9)


def test_an_unknown_value_is_an_error_that_lists_what_there_is() -> None:
    with pytest.raises(DataError, match="inflation"):
        evaluate_debt(RUN, {"inflation": np.zeros(2)})


def test_bars_are_direct_runs_and_the_widest_comes_first() -> None:
    drivers = [
        Driver("semi_elasticity", "the semi-elasticity", "semi-elasticity", "", CIRCUMSTANCE, 0.4, 0.55),
        Driver("share_gdp_pct", "the share of defence", "defence", "% of GDP", CHOICE, 2, 5),
    ]
    tornado = compute_tornado([RUN], [drivers])
    assert tornado["driver"].tolist() == ["share_gdp_pct", "semi_elasticity"]
    low, high = (run_directly(RUN, {**RUN.values(), "share_gdp_pct": share}) for share in (2.0, 5.0))
    assert tornado.loc[0, ["debt_at_low_gdp_pct", "debt_at_high_gdp_pct"]].tolist() == pytest.approx([low, high])
    assert tornado.loc[0, "swing_points"] == pytest.approx(high - low)
    assert tornado.loc[0, "per_unit_points"] == pytest.approx((high - low) / 3)  # from 2 to 5
    assert set(tornado["debt_central_gdp_pct"]) == {RUN.debt_gdp_pct()}


def test_a_range_beside_the_central_value_is_measured_from_there() -> None:
    # central growth 2.4: both ends lie above it, and the bar still begins at the central debt
    tornado = compute_tornado([RUN], [[Driver("real_growth_pct", "growth", "growth", "%", CIRCUMSTANCE, 3, 4)]])
    assert tornado.loc[0, "swing_points"] == pytest.approx(RUN.debt_gdp_pct() - tornado.loc[0, "debt_at_high_gdp_pct"])


def ishigami(uniform: np.ndarray) -> np.ndarray:
    """The usual test of such indices: sin x1 + 7 sin^2 x2 + 0.1 x3^4 sin x1, x between -pi and pi."""
    one, two, three = np.pi * (2 * uniform - 1)
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


@pytest.mark.parametrize("seed", [1, 2026])
def test_indices_of_ishigamis_function_are_found(seed: int) -> None:
    found = estimate_indices(ishigami, 3, Sample(seed, 2**14))
    # V = 49/8 + pi^4/50 + pi^8/1800 + 1/2 = 13.845; S1 = (1 + pi^4/50)^2 / 2 / V, S2 = 49/8 / V, S3 = 0
    assert found["first_order"].tolist() == pytest.approx([0.3139, 0.4424, 0], abs=0.015)
    assert found["total"].tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.015)
    assert (found["first_low"] <= found["first_order"]).all()
    assert (found["first_order"] <= found["first_high"]).all()
    assert (found["total_low"] <= found["total"]).all()
    assert (found["total"] <= found["total_high"]).all()


def test_intervals_narrow_with_the_size_of_the_sample() -> None:
    widths = [
        (found["total_high"] - found["total_low"]).max()
        for found in (estimate_indices(ishigami, 3, Sample(1, size)) for size in (2**9, 2**13))
    ]
    assert widths[1] < widths[0] / 2  # sixteen times the draws, a quarter of the width or so


def test_a_sum_is_explained_part_by_part() -> None:
    # y = x1 + 2 x2: variances 1 : 4, nothing together
    found = estimate_indices(lambda x: x[0] + 2 * x[1], 2, Sample(1, 2**12))
    assert found["first_order"].tolist() == pytest.approx([0.2, 0.8], abs=0.01)
    assert found["total"].tolist() == pytest.approx([0.2, 0.8], abs=0.01)


def test_indices_of_debt_add_up_and_repeat() -> None:
    drivers = gather_drivers(catalog.policy("fiscal_assumptions"), catalog.policy("nato_targets"), START)
    sobol = compute_sobol([RUN], [drivers], Sample(7, 2**11))
    assert len(sobol) == len(drivers)
    assert sobol["total"].is_monotonic_decreasing
    assert sobol["first_order"].sum() <= 1.02
    assert sobol["total"].sum() >= 0.98
    assert (sobol["total"] >= sobol["first_order"] - 0.03).all()
    assert sobol.equals(compute_sobol([RUN], [drivers], Sample(7, 2**11)))


def test_drivers_are_all_assumptions_with_a_range_and_the_choices() -> None:
    assumed = catalog.policy("fiscal_assumptions")
    drivers = gather_drivers(assumed, catalog.policy("nato_targets"), START)
    ranged = {name.removesuffix("_est") for name, value in assumed.values.items() if value.low is not None}
    ranged = {name for name in ranged if not name.endswith(("_lva", "_ltu"))}
    assert ranged <= {driver.name for driver in drivers}
    assert {driver.name for driver in drivers} <= set(RUN.values())
    assert {driver.name for driver in drivers if driver.kind == CHOICE} == {
        "transition_years",
        "share_gdp_pct",
        "paid_pct",
        "taxes_of_paid_pct",
    }


def test_whole_numbers_are_drawn_evenly_and_never_beyond_the_end() -> None:
    driver = Driver("transition_years", "the pace", "pace", "years", CHOICE, 1, 8, whole=True)
    drawn = driver.draw(np.linspace(0, 1, 8001))
    assert drawn.min() == 1
    assert drawn.max() == 8
    assert np.bincount(drawn.astype(int))[1:].tolist() == pytest.approx([1000] * 8, abs=1)
