"""The model against official projections: causes that add up, and projections computed again from their assumptions."""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.assumption_list import list_assumptions
from baltic_calculus.analysis.debt import debt_outlooks
from baltic_calculus.analysis.debt_change import decompose_change
from baltic_calculus.analysis.debt_financing import compare_financing
from baltic_calculus.analysis.debt_inputs import PLAN, gather_assumptions, gather_start, own_codes, scenario_paths
from baltic_calculus.analysis.debt_model import UNCHANGED, project_scenarios
from baltic_calculus.analysis.debt_replay import (
    TOLERANCE_POINTS,
    replay_full,
    replay_partial,
    replay_projections,
)
from baltic_calculus.analysis.debt_scenario_facts import (
    describe_change,
    describe_debt_scenarios,
    describe_financing,
    describe_interest_check,
    describe_model,
    describe_replay,
    describe_validation,
)
from baltic_calculus.analysis.debt_validation import (
    BORROWING,
    FIRST_YEAR,
    GROWTH,
    MODEL,
    compare_interest,
    compare_official,
    explain_gap,
    line_up_paths,
    tabulate_gaps,
)
from baltic_calculus.analysis.parameters import Parameters

BALTIC = ("EST", "LVA", "LTU")
MACRO = catalog.load("macro_fiscal")
LATEST, _ = debt_outlooks(MACRO)
ASSUMED = catalog.policy("fiscal_assumptions")
PARAMETERS = Parameters()
STARTS = [gather_start(ASSUMED, MACRO, catalog.load("nato_defence_expenditure"), code) for code in BALTIC]
OWN = [gather_assumptions(ASSUMED, code, PARAMETERS) for code in BALTIC]
PATHS = [scenario_paths(start, catalog.policy("nato_targets"), ASSUMED, PARAMETERS) for start in STARTS]
SCENARIOS = project_scenarios(STARTS, OWN, PATHS, UNCHANGED, 2035)
GAPS = explain_gap(SCENARIOS, MACRO, PLAN)
COMPARED = compare_official(line_up_paths(SCENARIOS, MACRO, PLAN), MACRO, PARAMETERS)
COMMISSION = catalog.load("ec_debt_projection")


def path(debts: list[float], effects: list[float]) -> pd.DataFrame:
    """A path of the model from 2025, with the growth effect of each year after the first."""
    years = range(2025, 2025 + len(debts))
    frame = {"iso3": "EST", "scenario": PLAN, "year": years, "debt_gdp_pct": debts}
    return pd.DataFrame(frame | {"growth_effect_points": [np.nan, *effects]})


def edition(debts: list[float], gdp: list[float]) -> pd.DataFrame:
    """The IMF's latest edition from 2025."""
    rows = [("gross_debt_gdp_pct", 2025 + year, value) for year, value in enumerate(debts)]
    rows += [("gdp_usd_bn", 2025 + year, value) for year, value in enumerate(gdp)]
    return pd.DataFrame(rows, columns=["measure", "year", "value"]).assign(iso3="EST", vintage=LATEST)


def causes(gaps: pd.DataFrame, year: int) -> dict[str, float]:
    return gaps[gaps["year"] == year].set_index("cause")["gap_points"].to_dict()


def test_a_gap_from_borrowing_alone():
    # both grow by a quarter: 40 -> 32; the model borrows 8 and has 40, the IMF borrows 6 and has 38
    gaps = explain_gap(path([40, 40, 40], [0, -8]), edition([40, 40, 38], [100, 100, 125]), PLAN)
    assert causes(gaps, 2027) == pytest.approx({FIRST_YEAR: 0, GROWTH: 0, BORROWING: 2})
    last = gaps.iloc[-1]
    assert (last["model_borrowing_gdp_pct"], last["imf_borrowing_gdp_pct"]) == pytest.approx((8, 6))


def test_a_gap_from_growth_alone():
    # the IMF's GDP grows by a quarter, the model's does not; nobody borrows
    gaps = explain_gap(path([40, 40, 40], [0, 0]), edition([40, 40, 32], [100, 100, 125]), PLAN)
    assert causes(gaps, 2027) == pytest.approx({FIRST_YEAR: 0, GROWTH: 8, BORROWING: 0})


def test_the_gap_of_the_first_year_shrinks_as_gdp_grows():
    gaps = explain_gap(path([40, 42, 33.6], [2, -8.4]), edition([40, 40, 32], [100, 100, 125]), PLAN)
    assert causes(gaps, 2026)[FIRST_YEAR] == pytest.approx(2)
    assert causes(gaps, 2027) == pytest.approx({FIRST_YEAR: 1.6, GROWTH: 0, BORROWING: 0}, abs=1e-9)


def test_causes_add_up_to_the_difference_in_every_year():
    lines = line_up_paths(SCENARIOS, MACRO, PLAN).pivot(index=["iso3", "year"], columns="line", values="debt_gdp_pct")
    differences = (lines[MODEL] - lines[LATEST]).dropna()
    sums = GAPS.groupby(["iso3", "year"])["gap_points"].sum()
    assert sums.to_dict() == pytest.approx(differences.loc[sums.index].to_dict(), abs=1e-9)
    table = tabulate_gaps(GAPS, COMPARED)
    parts = table[["first_year_points", "growth_points", "borrowing_points"]].sum(axis=1)
    assert parts.to_list() == pytest.approx(table["difference_points"].to_list(), abs=1e-9)


def test_the_model_stays_near_the_outlook_that_it_starts_from():
    # a wide belt: what it guards against is a slip of the model, not a difference of view
    imf = COMPARED[COMPARED["forecaster"] == LATEST]
    assert imf["year"].unique().tolist() == [2031]
    assert imf["difference_points"].abs().max() < 5


def test_every_projection_is_set_beside_the_model_in_its_own_year():
    row = COMPARED.set_index("forecaster").loc["Estonian budget strategy 2026-2029 (2025-09-30)"]
    model = SCENARIOS.query("iso3 == 'EST' and scenario == @PLAN and year == 2029")["debt_gdp_pct"].item()
    assert (row["year"], row["projected_gdp_pct"]) == (2029, 34.5)
    assert row["difference_points"] == pytest.approx(model - 34.5)


def test_interest_is_close_to_what_ministries_and_councils_expect():
    bills = compare_interest(SCENARIOS, MACRO, PARAMETERS, PLAN)
    assert bills[["iso3", "year", "projected_gdp_pct"]].values.tolist() == [["EST", 2029, 0.9], ["LVA", 2028, 1.5]]
    # published figures are rounded to a tenth; debt differs by up to five points, on which interest is a tenth
    assert (bills["model_gdp_pct"] - bills["projected_gdp_pct"]).abs().max() < 0.2
    assert set(describe_interest_check(bills)["model"]) == {"EST", "LVA"}


def test_the_commissions_projection_comes_out_of_its_own_assumptions():
    replayed = replay_full(COMMISSION, BALTIC)
    assert replayed["iso3"].tolist() == list(BALTIC)
    assert replayed["difference_points"].abs().max() < TOLERANCE_POINTS


def test_the_copy_is_the_forecast_that_the_commission_published():
    for year, debt, balance in ((2025, 41.2, -2.3), (2026, 43.9, -2.3)):
        copy = COMMISSION[(COMMISSION["iso3"] == "LTU") & (COMMISSION["year"] == year)].set_index("measure")["value"]
        assert round(copy["gross_debt_gdp_pct"], 1) == debt
        assert round(copy["net_lending_gdp_pct"], 1) == balance
    printed = MACRO[(MACRO["vintage"] == "EC Spring 2025 forecast (2025-05-19)") & (MACRO["iso3"] == "LTU")]
    assert printed.query("measure == 'gross_debt_gdp_pct' and year == 2026")["value"].item() == 43.9


def test_a_replay_without_stock_flows_misses_them():
    rows = replay_partial(MACRO, BALTIC, 2.6).set_index("iso3")
    # 39.8 / (1.03 * 1.028) + 2.6 = 40.19, against 44.7
    assert rows.loc["LTU", "replayed_gdp_pct"] == pytest.approx(40.19, abs=0.01)
    assert rows.loc["LTU", "difference_points"] == pytest.approx(-4.51, abs=0.01)
    # GDP from debts of EUR 9,700 m (23.3 %) and 17,500 m (34.5 %): 5.06 % a year; deficits of 4.5 four times
    assert rows.loc["EST", "replayed_gdp_pct"] == pytest.approx(35.86, abs=0.01)


def test_replays_stand_country_by_country():
    rows = replay_projections(COMMISSION, MACRO, ("LTU", "EST"), 2.6)
    assert rows["iso3"].tolist() == ["LTU", "LTU", "EST", "EST"]
    assert rows["complete"].tolist() == [True, False, True, False]
    told = describe_replay(rows)
    assert told["full_worst"].value <= TOLERANCE_POINTS
    assert set(told["partial"]) == {"LTU", "EST"}


def test_facts_of_the_paths_say_who_passes_the_reference_value_and_when():
    told = describe_debt_scenarios(SCENARIOS, 60)
    plan = SCENARIOS[SCENARIOS["scenario"] == PLAN]
    for code in BALTIC:
        above = plan[(plan["iso3"] == code) & (plan["debt_gdp_pct"] > 60)]["year"]
        assert (code in told["above_plan"]) == bool(len(above))
        assert (code in told["below_plan"]) == above.empty
        if len(above):
            assert told["passes_plan"][code].value == above.min()
    assert told["plan_less_guideline"]["EST"].value == pytest.approx(
        told["levels_plan"]["EST"].value - told["levels_guideline"]["EST"].value
    )
    assert describe_debt_scenarios(SCENARIOS, 500)["passes_plan"] == "none"


def test_facts_of_change_financing_and_validation_are_those_of_the_frames():
    change = describe_change(decompose_change(SCENARIOS, STARTS, PLAN))
    assert sum(change[name]["LVA"].value for name in ("defence", "rest", "interest", "growth")) == pytest.approx(
        change["total"]["LVA"].value
    )
    financing = compare_financing(STARTS, OWN, PATHS, 2035)
    saved = describe_financing(financing, PLAN)
    first = financing.iloc[0]
    assert saved["debt_saved"]["EST"].value == first["debt_borrowed_gdp_pct"] - first["debt_paid_gdp_pct"]
    told = describe_validation(COMPARED, GAPS)
    assert told["compared"].value == len(COMPARED) == told["model_higher"].value + told["model_lower"].value
    assert told["imf_year"].value == 2031


def test_countries_without_assumptions_are_said_to_be_left_out():
    told = describe_model(ASSUMED, STARTS[:1], UNCHANGED, ("EST", "POL"))
    assert told["left_out"] == ("POL",)
    assert (told["first_year"].value, told["borrowing"].value) == (2026, 100)


def test_the_list_has_every_assumption_once():
    listed = list_assumptions(ASSUMED, BALTIC).set_index("name")
    assert own_codes(ASSUMED) == BALTIC
    assert len(listed) == len(
        {name[:-4] if name.endswith(("_est", "_lva", "_ltu")) else name for name in ASSUMED.values}
    )
    assert listed.loc["real_growth_pct", "EST"] == "2.2 (0.8 to 3.4)"
    assert listed.loc["real_growth_pct", "assumption"] == "Growth of GDP at constant prices"
    assert listed.loc["budget_balance_gdp_pct", "LTU"].startswith("\N{MINUS SIGN}5 (")
    assert listed.loc["import_share_pct", ["EST", "LTU"]].nunique() == 1
    assert listed.loc["budget_balance_gdp_pct", "reference"].startswith("EST: ee_budget2026; LVA: ")
    assert listed.loc["multiplier", "reference"] == "ec_dsm2023"
