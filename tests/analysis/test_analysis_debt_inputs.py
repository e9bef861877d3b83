"""What the debt model starts from: the policy file against the data it quotes, and the choice of cases."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_inputs import (
    PLAN,
    assumption,
    covered,
    gather_assumptions,
    gather_mix,
    gather_start,
    scenario_paths,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

BALTIC = ("EST", "LVA", "LTU")
ASSUMED = catalog.policy("fiscal_assumptions")
OWN = sorted({name[:-4] for name in ASSUMED.values if name.endswith(("_est", "_lva", "_ltu"))})


def macro(iso3: str, year: int, measure: str, vintage: str) -> float:
    """One cell of one vintage."""
    rows = catalog.load("macro_fiscal").query(
        "iso3 == @iso3 and period == @period and measure == @measure and vintage == @vintage",
        local_dict={"iso3": iso3, "period": str(year), "measure": measure, "vintage": vintage},
    )
    return float(rows["value"].item())


@pytest.mark.parametrize("name", OWN)
def test_what_is_assumed_for_one_country_is_assumed_for_all_three(name):
    assert {f"{name}_{code.lower()}" for code in BALTIC} <= set(ASSUMED.values)


@pytest.mark.parametrize(
    ("iso3", "measure", "vintage"),
    [
        ("EST", "net_lending_gdp_pct", "Estonian state budget 2026 (adopted 2025-12)"),
        ("LVA", "net_lending_gdp_pct", "Latvian state budget 2026 (adopted 2025-12-04)"),
        # military purchases counted when they are paid: they are what has to be borrowed
        ("LTU", "deficit_incl_military_procurement_gdp_pct", "Lithuanian state budget 2026 (adopted 2025-12-11)"),
    ],
)
def test_balances_are_those_of_the_adopted_budgets(iso3, measure, vintage):
    assert assumption(ASSUMED, "budget_balance_gdp_pct", iso3).value == macro(iso3, 2026, measure, vintage)


def test_implicit_rates_are_interest_over_the_debt_of_the_year_before():
    strategy = "Estonian budget strategy 2026-2029 (2025-09-30)"
    estonia = macro("EST", 2025, "interest_eur_m", strategy) / macro(
        "EST", 2024, "gross_debt_eur_m", "Statistics Estonia, 2025"
    )
    assert assumption(ASSUMED, "implicit_rate_pct", "EST").value == pytest.approx(100 * estonia, abs=0.01)
    debt = macro("LVA", 2024, "gross_debt_gdp_pct", "IMF WEO April 2026") / 100
    latvia = macro("LVA", 2025, "interest_eur_m", "Latvian Fiscal Discipline Council, October 2025") / (
        debt * macro("LVA", 2024, "gdp_eur_m", "Eurostat nama_10_gdp, mid-2026")
    )
    assert assumption(ASSUMED, "implicit_rate_pct", "LVA").value == pytest.approx(100 * latvia, abs=0.01)
    commission = catalog.load("ec_debt_projection").query(
        "iso3 == 'LTU' and year == 2025 and measure == 'implicit_interest_rate_pct'"
    )
    assert assumption(ASSUMED, "implicit_rate_pct", "LTU").value == pytest.approx(commission["value"].item(), abs=0.01)


@pytest.mark.parametrize(
    ("iso3", "year", "vintage", "growth"),
    [
        ("EST", 2028, "Bank of Estonia, December 2025", 2.5),
        ("LVA", 2028, "Latvian finance ministry, August 2025 (no policy change)", 2.2),
        ("LTU", 2027, "EC Autumn 2025 forecast (2025-11-17)", 2.2),
    ],
)
def test_growth_is_within_reach_of_the_forecast_that_it_names(iso3, year, vintage, growth):
    assert macro(iso3, year, "gdp_growth_pct", vintage) == growth
    own = assumption(ASSUMED, "real_growth_pct", iso3)
    assert own.low < growth < own.high
    assert abs(own.value - growth) < 0.5


@pytest.mark.parametrize("iso3", BALTIC)
def test_ranges_hold_the_potential_growth_that_the_commission_sees_by_then(iso3):
    rows = catalog.load("ec_debt_projection").query(
        "iso3 == @iso3 and year == 2035 and measure == 'gdp_potential_growth_pct'", local_dict={"iso3": iso3}
    )
    own = assumption(ASSUMED, "real_growth_pct", iso3)
    assert own.low <= rows["value"].item() <= own.high


@pytest.mark.parametrize("iso3", BALTIC)
@pytest.mark.parametrize("case", ["low", "central", "high"])
def test_a_case_is_an_end_of_the_range(iso3, case):
    parameters = Parameters(growth_case=case, interest_case=case, deflator_case=case)
    chosen = gather_assumptions(ASSUMED, iso3, parameters)
    for name in ("real_growth_pct", "marginal_rate_pct", "deflator_growth_pct"):
        value = assumption(ASSUMED, name, iso3)
        ends = {"low": value.low, "central": value.value, "high": value.high}
        assert getattr(chosen, name) == ends[case]


def test_a_multiplier_given_replaces_the_assumed_one():
    chosen = gather_assumptions(ASSUMED, "EST", Parameters(multiplier=0, import_share_pct=10))
    assert (chosen.multiplier, chosen.import_share_pct) == (0, 10)
    assert gather_assumptions(ASSUMED, "EST", Parameters()).multiplier == ASSUMED.multiplier.value


def test_what_is_not_paid_for_is_borrowed():
    mix = gather_mix(Parameters(taxes_pct=30, reallocation_pct=20))
    assert (mix.taxes, mix.reallocation) == (0.3, 0.2)
    assert mix.borrowing == pytest.approx(0.5)


def test_the_start_is_the_latest_debt_and_natos_share():
    start = gather_start(ASSUMED, catalog.load("macro_fiscal"), catalog.load("nato_defence_expenditure"), "LTU")
    assert start.debt_gdp_pct == macro("LTU", 2025, "gross_debt_gdp_pct", "IMF WEO April 2026")
    assert (start.year, start.balance_gdp_pct) == (2025, -5)
    assert start.defence_before_gdp_pct < start.defence_gdp_pct


def test_paths_lead_to_the_plan_the_commitment_and_the_guideline():
    start = gather_start(ASSUMED, catalog.load("macro_fiscal"), catalog.load("nato_defence_expenditure"), "EST")
    paths = scenario_paths(start, catalog.policy("nato_targets"), ASSUMED, Parameters())
    assert {path.name: path.share_gdp_pct for path in paths} == {
        PLAN: start.defence_gdp_pct,
        "held at 3.5%": 3.5,
        "back to 2%": 2,
    }


def test_only_countries_with_assumptions_and_data_are_modelled():
    data = catalog.load("macro_fiscal"), catalog.load("nato_defence_expenditure")
    assert covered(ASSUMED, *data, ("POL", "LTU", "EST")) == ("LTU", "EST")


def test_a_country_without_debt_is_named():
    data = catalog.load("macro_fiscal").query("iso3 != 'EST'"), catalog.load("nato_defence_expenditure")
    with pytest.raises(DataError, match="cannot start for EST"):
        gather_start(ASSUMED, *data, "EST")
