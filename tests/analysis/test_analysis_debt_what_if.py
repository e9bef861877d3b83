"""What a reader may try: where the sliders stand, how far they go, and what the text says of them."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_inputs import gather_assumptions, gather_mix, gather_start, scenario_paths
from baltic_calculus.analysis.debt_what_if import (
    WhatIf,
    describe_what_if,
    gather_what_ifs,
    project_plans,
    slider_ranges,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity


def gathered(**chosen) -> tuple[WhatIf, ...]:
    parameters = Parameters(countries=("EST", "LVA"), horizon=2035, **chosen)
    macro, nato = catalog.load("macro_fiscal"), catalog.load("nato_defence_expenditure")
    assumed, targets = catalog.policy("fiscal_assumptions"), catalog.policy("nato_targets")
    starts = [gather_start(assumed, macro, nato, code) for code in parameters.countries]
    return gather_what_ifs(
        starts,
        [gather_assumptions(assumed, code, parameters) for code in parameters.countries],
        [scenario_paths(start, targets, assumed, parameters) for start in starts],
        gather_mix(parameters),
        parameters,
    )


def test_the_sliders_start_from_what_the_page_was_asked_for() -> None:
    settings = gathered(taxes_pct=7, multiplier=1.3)[0].settings()
    assumed = catalog.policy("fiscal_assumptions")
    assert settings["taxes_pct"] == 7
    assert settings["multiplier"] == 1.3
    assert settings["marginal_rate_pct"] == assumed.marginal_rate_pct_est.value
    assert settings["share_gdp_pct"] == gathered()[0].start.defence_gdp_pct


def test_a_share_of_ones_own_is_where_the_slider_starts_and_the_plan_stays_in_sight() -> None:
    for one in gathered(defence_gdp_pct=4.3):
        assert one.settings()["share_gdp_pct"] == 4.3
        assert one.plan.share_gdp_pct == one.start.defence_gdp_pct
    assert gathered(defence_gdp_pct=3.5)[0].path.name == "held at 3.5%"


def test_the_sliders_reach_what_is_plausible_and_where_they_stand() -> None:
    assumed = catalog.policy("fiscal_assumptions")
    ranges = slider_ranges(assumed, gathered(multiplier=2.5))
    assert ranges["taxes_pct"] == ranges["reallocation_pct"] == (0, 100)
    assert ranges["share_gdp_pct"] == (2, 8)  # 2% is the lowest scenario, 5.1% x 1.5 = 7.65% the end
    # the lower of the two low ends, the higher of the two high ends
    assert ranges["marginal_rate_pct"] == (assumed.marginal_rate_pct_est.low, assumed.marginal_rate_pct_lva.high)
    assert ranges["multiplier"] == (assumed.multiplier.low, 2.5)


def test_the_plans_are_those_of_all_countries(what_ifs: tuple[WhatIf, ...]) -> None:
    plans = project_plans(what_ifs, 2028)
    assert list(plans["iso3"]) == ["EST"] * 4 + ["LTU"] * 4
    assert set(plans["scenario"]) == {"held at plan"}


def test_the_text_moves_one_slider_at_a_time(what_ifs: tuple[WhatIf, ...]) -> None:
    told = describe_what_if(what_ifs, {"real_growth_pct": (1, 3), "marginal_rate_pct": (2, 5)}, 2035)
    debts = {name: fact.value for name, fact in told.items() if isinstance(fact, Quantity)}
    assert told["country"] == "EST"
    assert debts["debt_taxed"] < debts["debt_borrowed"] < debts["debt_dear"]
    assert debts["debt_slow"] > debts["debt_borrowed"]
    assert debts["debt_borrowed"] == pytest.approx(project_plans(what_ifs[:1], 2035)["debt_gdp_pct"].iloc[-1])
    assert (debts["slow_growth"], debts["dear_rate"]) == (1, 5)
