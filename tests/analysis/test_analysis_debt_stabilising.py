"""The balance that holds debt holds it in the model itself; so does the growth; the gap is the same in any unit."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    project_scenarios,
    roll_debt,
)
from baltic_calculus.analysis.debt_stabilising import (
    PRESENT,
    REACHED,
    REFERENCE,
    compute_stabilising,
    express_gap,
    stabilising_balance_gdp_pct,
    stabilising_growth_pct,
)
from baltic_calculus.analysis.stabilising_facts import (
    NOBODY,
    compare_published,
    describe_published,
    describe_stabilising,
    tabulate_stabilising,
)
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
    stock_flow_gdp_pct=0.3,
    multiplier=0.7,
    tax_multiplier=0.4,
    import_share_pct=60,
    persistence_pct=60,
    semi_elasticity=0.5,
)
NAMES = ("held at plan", "held at 3.5%", "back to 2%")
PATHS = [
    DefencePath(name=name, share_gdp_pct=share, transition_years=4)
    for name, share in zip(NAMES, (5, 3.5, 2), strict=True)
]
SCENARIOS = project_scenarios([START], [ASSUMPTIONS], [PATHS], UNCHANGED, 2035)
STABILISING = compute_stabilising(SCENARIOS, {"EST": 2.6}, (2026, 2035), 60)


def long(rows: list[tuple[str, int, str, float, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value", "vintage"]).assign(flag="")


COFOG = long([("EST", 2024, "health_gdp_pct", 6.0, ""), ("EST", 2024, "total_gdp_pct", 42.0, "")])
MACRO = long(
    [
        ("EST", 2024, "net_lending_gdp_pct", -2.0, "Statistics Estonia, 2025"),
        ("EST", 2025, "gdp_eur_m", 42000.0, "Eurostat nama_10_gdp, mid-2026"),
        ("EST", 2026, "gdp_eur_m", 99999.0, "Estonian state budget 2026"),
    ]
)
PEOPLE = long([("EST", 2024, "population_persons", 1.3e6, ""), ("EST", 2025, "population_persons", 1.4e6, "")])


def roll_once(debt: float, rate: float, growth: float, deflator: float, primary: float, flow: float) -> float:
    """Debt a year later in the model, all debt at one rate."""
    one = np.ones(5)
    rolled = roll_debt(
        debt,
        rate,
        real_growth_pct=one * growth,
        deflator_growth_pct=one * deflator,
        marginal_rate_pct=one * rate,
        rollover_share_pct=0,
        primary_balance_gdp_pct=one * primary,
        stock_flow_gdp_pct=one * flow,
    )
    return float(rolled.debt_gdp_pct[-1])


AMOUNTS = st.tuples(
    st.floats(5, 150), st.floats(-1, 10), st.floats(-5, 8), st.floats(-2, 8), st.floats(-4, 4), st.floats(-1, 1)
)


@given(AMOUNTS)
def test_the_stabilising_balance_holds_debt(amounts: tuple[float, ...]) -> None:
    debt, rate, growth, deflator, _, flow = amounts
    factor = (1 + growth / 100) * (1 + deflator / 100)
    balance = stabilising_balance_gdp_pct(debt, rate, factor, flow)
    assert roll_once(debt, rate, growth, deflator, balance, flow) == pytest.approx(debt, abs=1e-9)


@given(AMOUNTS)
def test_so_does_the_growth_that_needs_no_consolidation(amounts: tuple[float, ...]) -> None:
    debt, rate, _, deflator, primary, flow = amounts
    growth = stabilising_growth_pct(debt, rate, deflator, primary, flow)
    if debt + primary - flow <= 0:
        assert np.isnan(growth)
    else:
        assert roll_once(debt, rate, growth, deflator, primary, flow) == pytest.approx(debt, abs=1e-9)


def test_every_gap_added_to_its_year_holds_the_debt_of_the_year_before() -> None:
    late = STABILISING[(STABILISING["year"] == 2035) & (STABILISING["level"] == REACHED)].set_index("scenario")
    for name, path in SCENARIOS.groupby("scenario"):
        own = path.set_index("year")
        held = own.loc[2035, "debt_gdp_pct"] - late.loc[name, "gap_points"]
        assert held == pytest.approx(own.loc[2034, "debt_gdp_pct"], abs=1e-9)
        assert late.loc[name, "debt_gdp_pct"] == own.loc[2034, "debt_gdp_pct"]


def test_the_levels_are_those_of_the_start_the_year_before_and_the_treaty() -> None:
    first = STABILISING[(STABILISING["year"] == 2026) & (STABILISING["scenario"] == NAMES[0])].set_index("level")
    assert first["debt_gdp_pct"].to_dict() == {PRESENT: 24, REACHED: 24, REFERENCE: 60}
    # N = 1.024 x 1.026 = 1.050624; i = 2 + 0.14 x 1.2 = 2.168; 24 (1.02168 / 1.050624 - 1) + 0.3 = -0.3612
    assert first.loc[PRESENT, "nominal_growth_pct"] == pytest.approx(5.0624)
    assert first.loc[PRESENT, "stabilising_primary_gdp_pct"] == pytest.approx(-0.3612, abs=1e-4)
    assert first.loc[PRESENT, "real_growth_pct"] == pytest.approx(2.4)


def test_a_year_that_is_not_projected_is_an_error() -> None:
    with pytest.raises(DataError, match="2040"):
        compute_stabilising(SCENARIOS, {"EST": 2.6}, (2026, 2040), 60)


def test_the_gap_in_euros_and_in_parts_of_budgets() -> None:
    expressed = express_gap(STABILISING.assign(gap_points=2.0), COFOG, MACRO, PEOPLE)
    row = expressed.iloc[0]
    # 2% of 42,000 m is 840 m, over 1.4 m people 600; of health 6%: a third; of revenue 42 - 2 = 40: a twentieth
    assert [row["gap_eur_m"], row["gap_eur_per_inhabitant"]] == pytest.approx([840, 600])
    assert [row["gap_health_pct"], row["gap_revenue_pct"]] == pytest.approx([100 / 3, 5])
    assert [row["gdp_year"], row["budget_year"]] == [2025, 2024]


def test_what_was_not_published_is_missing_and_not_zero() -> None:
    no_balance = MACRO[MACRO["measure"] != "net_lending_gdp_pct"]
    expressed = express_gap(STABILISING, COFOG, no_balance, PEOPLE)
    assert expressed["gap_revenue_pct"].isna().all()
    told = describe_stabilising(expressed, {"EST": ASSUMPTIONS}, NAMES)
    assert told["plan_revenue"] == "no published figure"


def test_taxes_must_be_higher_than_the_gap_in_their_first_year() -> None:
    expressed = express_gap(STABILISING, COFOG, MACRO, PEOPLE)
    table = tabulate_stabilising(expressed, {"EST": ASSUMPTIONS}).set_index("scenario")
    # a point of tax lowers output by 0.4%, and that the balance by 0.5 x 0.4 = 0.2
    assert table.loc[NAMES[0], "tax_points"] == pytest.approx(table.loc[NAMES[0], "gap_points"] / 0.8)


def test_facts_name_the_countries_without_a_gap() -> None:
    sound = SCENARIOS.assign(primary_balance_gdp_pct=3.0)
    expressed = express_gap(compute_stabilising(sound, {"EST": 2.6}, (2026, 2035), 60), COFOG, MACRO, PEOPLE)
    told = describe_stabilising(expressed, {"EST": ASSUMPTIONS}, NAMES)
    assert told["plan_steady"] == ("EST",)
    assert told["plan_gaps"] == NOBODY
    assert told["plan_tax"] == NOBODY
    told = describe_stabilising(express_gap(STABILISING, COFOG, MACRO, PEOPLE), {"EST": ASSUMPTIONS}, NAMES)
    assert told["plan_steady"] == NOBODY
    assert set(told["plan_gaps"]) == {"EST"}


def test_a_published_deficit_stands_beside_the_models() -> None:
    published = pd.DataFrame(
        {"topic": ["debt_stabilising", "interest"], "entity": "EST", "value": [2.0, 464], "publisher": ["Luminor", "x"]}
    )
    # 24 (1 - 1 / 1.050624) = 1.156; a deficit of 2 holds 2 / 0.048184 = 41.5; 24 / 22 is growth of 9.09%
    plain = project_scenarios(
        [START], [ASSUMPTIONS.model_copy(update={"stock_flow_gdp_pct": 0})], [PATHS], UNCHANGED, 2035
    )
    compared = compare_published(published, compute_stabilising(plain, {"EST": 2.6}, (2026, 2035), 60))
    row = compared.iloc[0]
    assert len(compared) == 1
    assert row["model_deficit_gdp_pct"] == pytest.approx(1.1564, abs=1e-4)
    assert [row["held_gdp_pct"], row["needed_growth_pct"]] == pytest.approx([41.507, 9.0909], abs=1e-3)
    assert describe_published(compared)["publisher"] == "Luminor"


def test_with_a_stock_flow_adjustment_the_published_deficit_still_holds_the_debt_found() -> None:
    published = pd.DataFrame({"topic": ["debt_stabilising"], "entity": ["EST"], "value": [2.0], "publisher": ["X"]})
    row = compare_published(published, STABILISING).iloc[0]
    # debt d, deficit 2 and flow 0.3: d / 1.050624 + 2.3 = d
    assert row["held_gdp_pct"] / 1.050624 + 2.3 == pytest.approx(row["held_gdp_pct"])
    assert 24 / (1 + row["needed_growth_pct"] / 100) + 2.3 == pytest.approx(24)
