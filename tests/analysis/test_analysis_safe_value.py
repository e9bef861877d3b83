"""What a SAFE loan costs and saves: small loans with the arithmetic beside them, and properties."""

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.burden import join_population
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.safe import compute_safe_loans
from baltic_calculus.analysis.safe_facts import describe_safe_checks, describe_safe_service, describe_safe_value
from baltic_calculus.analysis.safe_service import gather_parts, schedule_service, summarise_service
from baltic_calculus.analysis.safe_terms import (
    LoanRate,
    carry_rate,
    choose_borrowers,
    gather_terms,
    make_terms,
    own_rate_pct,
)
from baltic_calculus.analysis.safe_value import compute_rate_grid, compute_safe_value, present_saving_pct
from baltic_calculus.catalog import PolicySet, PolicyValue
from baltic_calculus.errors import DataError

NAN = float("nan")


def policy(name: str, **values: float | tuple[float, float, float]) -> PolicySet:
    """Policy values, some with low and high end."""
    made = {}
    for key, value in values.items():
        middle, low, high = value if isinstance(value, tuple) else (value, None, None)
        made[key] = PolicyValue(
            label=key, value=middle, unit="", valid_from="2026", reference="test", low=low, high=high
        )
    return PolicySet(name, name, made)


AGREED = policy(
    "safe_terms",
    interest_rate_pct=(3.0, 2.5, 3.0),
    maximum_maturity_years=4,
    grace_period_years=2,
    pre_financing_share_pct=20,
    first_payment_year=2026,
    last_payment_year=2028,
    own_maturity_premium_points=(0.5, 0, 1.0),
)
ASSUMED = policy("fiscal_assumptions", marginal_rate_pct_est=3.5, real_growth_pct_est=2, deflator_growth_pct=0)
RATE = LoanRate(quoted_pct=2.6, quoted_year=2026, rise_points=0.4, lower_points=0.5)
LOANS = pd.DataFrame(
    {
        "iso3": ["EST", "POL", "FRA"],
        "adopted_eur_bn": [1.0, 2.0, NAN],
        "prefinancing_eur_bn": [0.1, NAN, NAN],
        "adopted_gdp_pct": [2.5, 0.2, NAN],
    }
)
PEOPLE = pd.DataFrame({"iso3": ["EST", "EST"], "year": [2023, 2024], "value": [1.0e6, 2.0e6]})


def test_payments_follow_what_was_adopted_and_else_the_largest_share() -> None:
    """EST took a tenth; what POL took was not published: the largest share, a fifth. The rest comes in two parts."""
    assert gather_terms(LOANS, AGREED, 3.0, "EST").drawdown == ((2026, 0.1), (2027, 0.45), (2028, 0.45))
    assert gather_terms(LOANS, AGREED, 3.0, "POL").drawdown == ((2026, 0.2), (2027, 0.4), (2028, 0.4))


def test_the_saving_of_the_first_full_year_is_the_loan_times_the_difference() -> None:
    """Own bonds at 3.5 + 0.5 = 4 % against 3 %: one point of EUR 1,000 m in 2029; nothing is repaid before its end."""
    row = compute_safe_value(LOANS, AGREED, ASSUMED, RATE, PEOPLE, ["EST"]).iloc[0]
    assert row["own_rate_pct"] == pytest.approx(4)
    assert row["full_year"] == 2029
    assert row["saving_year_eur_m"] == pytest.approx(10)
    assert row["saving_year_gdp_pct"] == pytest.approx(0.025)  # GDP is EUR 40 bn
    # owed at the end of 2026 to 2031, less 50 repaid in 2029, 50 + 225 in 2030, 225 + 225 in 2031, 225 in 2032
    owed = [100, 550, 1000, 950, 675, 225]
    assert row["saving_all_eur_m"] == pytest.approx(sum(owed) / 100)
    present = sum(amount / 100 / 1.04 ** (place + 1) for place, amount in enumerate(owed))
    assert row["saving_present_eur_m"] == pytest.approx(present)
    assert row["saving_present_loan_pct"] == pytest.approx(present / 10)
    assert row["saving_present_eur_per_inhabitant"] == pytest.approx(present / 2)  # EUR m over two million people
    low, high = row["saving_present_low_loan_pct"], row["saving_present_high_loan_pct"]
    assert low < row["saving_present_loan_pct"] < high


def test_without_an_own_rate_nothing_is_computed() -> None:
    row = compute_safe_value(LOANS, AGREED, ASSUMED, RATE, PEOPLE, ["POL"]).iloc[0]
    assert row["loan_eur_m"] == 2000
    names = [name for name in row.index if name.startswith("saving")]
    assert all(math.isnan(row[name]) for name in names)
    told = describe_safe_value(compute_safe_value(LOANS, AGREED, ASSUMED, RATE, PEOPLE, ["POL"]), AGREED, RATE)
    assert told["no_own_rate"] == ("POL",)
    assert told["present"] == "not computable"
    assert told["verdict"] == "no comparison with own bonds can be made"


def test_the_quoted_rate_is_carried_forward_by_the_benchmark() -> None:
    """Quoted in January 2026 at 3.0; the benchmark went from 2.5 to 2.94 in March: 3.4 to one decimal."""
    yields = pd.DataFrame(
        [("DEU", "2026-03", 2.94), ("DEU", "2026-01", 2.5), ("DEU", "2026-02", 9.0), ("POL", "2026-04", 6.0)],
        columns=["iso3", "period", "value"],
    ).assign(measure="yield_10y_monthly_pct")
    value = AGREED.interest_rate_pct.model_copy(update={"valid_from": "2026-01-20"})
    dated = PolicySet("safe_terms", "safe_terms", {**AGREED.values, "interest_rate_pct": value})
    rate = carry_rate(dated, yields)
    assert (rate.quoted_pct, rate.quoted_year, rate.pct) == (3.0, 2026, 3.4)
    assert rate.rise_points == pytest.approx(0.44)
    assert rate.lower_points == pytest.approx(0.5)
    with pytest.raises(DataError, match="2026-01"):
        carry_rate(dated, yields[yields["period"] > "2026-01"])


def test_countries_without_a_loan_give_way_to_the_largest_borrowers() -> None:
    assert choose_borrowers(LOANS, Parameters(countries=("FRA", "EST"))) == ("EST",)
    assert choose_borrowers(LOANS, Parameters(countries=("FRA", "SWE"))) == ("EST", "POL")


def test_every_year_has_its_two_parts() -> None:
    service = schedule_service(LOANS, AGREED, 3.0, ["EST", "POL"])
    parts = gather_parts(service)
    assert parts["service_eur_m"].sum() == pytest.approx(service["service_eur_m"].sum())
    assert list(dict.fromkeys(parts["iso3"])) == ["EST", "POL"]


def test_service_is_set_against_economy_and_defence() -> None:
    """Peak 2031: 450 of principal and 3 % of 675 owed. GDP EUR 40 bn, growing 2 % a year; defence EUR 2 bn."""
    nato = pd.DataFrame(
        [
            ("EST", 2025, "gdp_usd_m_current", 48000.0),
            ("EST", 2025, "spend_usd_m_current", 1200.0),
            ("EST", 2025, "spend_nac_m_current", 1000.0),
            ("EST", 2026, "spend_usd_m_current", 2400.0),
            ("EST", 2026, "spend_nac_m_current", 2000.0),
        ],
        columns=["iso3", "year", "measure", "value"],
    ).assign(flag="")
    service = schedule_service(LOANS, AGREED, 3.0, ["EST"])
    row = summarise_service(LOANS, service, nato, AGREED, ASSUMED, 3.0).iloc[0]
    assert (row["repay_year"], row["peak_year"], row["last_year"]) == (2029, 2031, 2032)
    assert row["peak_eur_m"] == pytest.approx(470.25)
    assert row["peak_gdp_pct"] == pytest.approx(470.25 / 400)
    assert row["peak_grown_gdp_pct"] == pytest.approx(470.25 / 400 / 1.02**6)
    assert row["peak_defence_pct"] == pytest.approx(470.25 / 20)
    told = describe_safe_service(service, summarise_service(LOANS, service, nato, AGREED, ASSUMED, 3.0))
    assert told["grace_end"].value == 2028
    assert told["peak_times"].value == pytest.approx(470.25 / 30)


@given(rate=st.floats(0.5, 8), own=st.floats(0.5, 8), more=st.floats(0.01, 1))
def test_dearer_own_bonds_save_more_and_a_dearer_loan_less(rate: float, own: float, more: float) -> None:
    terms = make_terms(AGREED, rate, 1.0, 0.2)
    saving = present_saving_pct(terms, own)
    assert present_saving_pct(terms, own + more) > saving
    assert present_saving_pct(terms.model_copy(update={"interest_rate_pct": rate + more}), own) < saving


def test_the_grid_is_zero_where_rates_are_equal_and_changes_sign_there() -> None:
    grid = compute_rate_grid(catalog.policy("safe_terms"), 3.6)
    gap = grid["own_rate_pct"] - grid["loan_rate_pct"]
    assert (grid.loc[gap == 0, "saving_present_loan_pct"] == 0).all()
    assert (grid.loc[gap > 0, "saving_present_loan_pct"] > 0).all()
    assert (grid.loc[gap < 0, "saving_present_loan_pct"] < 0).all()


def test_the_model_beside_what_ministries_expect() -> None:
    """The Polish minister's range lies between the model's present value and its sum; Estonia's within a quarter."""
    nato, macro = catalog.load("nato_defence_expenditure"), catalog.load("macro_fiscal")
    loans = compute_safe_loans(catalog.load("safe_allocations"), nato)
    agreed, assumed = catalog.policy("safe_terms"), catalog.policy("fiscal_assumptions")
    yields = catalog.load("government_yields")
    rate = carry_rate(agreed, yields)
    told = describe_safe_checks(loans, catalog.load("safe_terms"), yields, agreed, assumed, rate)
    published, model = told["poland_published"], told["poland_model"]
    assert (published.value, published.high) == (36, 60)
    assert model.value > published.high
    assert told["poland_verdict"] == "above the range"
    assert published.value < told["poland_present"].value < published.high
    # PLN 36 bn over 28 loan-years of PLN 185 bn: 10 years of grace, the eleventh, and half of the other 34
    assert told["poland_implied"].value == pytest.approx(36 / 185 / 28 * 100)
    assert told["estonia_model"].value == pytest.approx(
        10 * (own_rate_pct(assumed, "EST", agreed.own_maturity_premium_points.value) - rate.pct)
    )
    people = join_population(catalog.load("world_bank"), macro)
    value = compute_safe_value(loans, agreed, assumed, rate, people, ["EST", "LVA", "LTU"])
    assert value["saving_present_eur_m"].gt(0).all()
