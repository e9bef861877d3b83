"""Cross-checks of national budgets, plans and commitments."""

import pandas as pd

from baltic_calculus.catalog.cross_check import (
    INFINITE,
    CrossCheck,
    Tables,
    compare_bounds,
    compare_numbers,
    wide,
)
from baltic_calculus.catalog.finding import Weight
from baltic_calculus.catalog.fiscal_checks import MACRO, eurostat_output
from baltic_calculus.catalog.policy import PolicySet
from baltic_calculus.catalog.spending_checks import EURO, NATO

PLANS = "defence_budget_plans"


def _pairs(frame: pd.DataFrame, amount: str, share: str) -> pd.DataFrame:
    """Each amount beside each share of the same country and year: ``value`` and ``value_share``."""
    keys = ["iso3", "year"]
    columns = [*keys, "measure", "source", "value"]
    amounts, shares = (frame.loc[frame["measure"].eq(name), columns] for name in (amount, share))
    return amounts.merge(shares, on=keys, suffixes=("_amount", "")).rename(columns={"value": "value_share"})


def _plans_output(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    plans = pd.concat(
        [
            _pairs(tables[PLANS], "defence_budget_eur_bn", "defence_budget_gdp_pct"),
            _pairs(tables[PLANS], "defence_plan_eur_bn", "defence_plan_gdp_pct"),
        ]
    ).set_index(["iso3", "year", "measure", "source"])
    output = eurostat_output(tables).dropna() / 1000
    last = output.reset_index().groupby("iso3").last().reindex(plans.index.get_level_values("iso3"))
    years = plans.index.get_level_values("year").to_numpy() - last["year"].to_numpy()
    implied = plans["value_amount"] / plans["value_share"] * 100
    growth = ((implied / last["gdp_eur_m"].to_numpy()) ** (1 / years) - 1) * 100
    return compare_bounds(limits.plan_growth_low_pct.value, growth, limits.plan_growth_high_pct.value)


def _plans_rate(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    budgets = tables[PLANS].groupby(["iso3", "year", "measure"])["value"].first().unstack()
    zloty, euro = budgets["defence_budget_pln_bn"].dropna(), budgets["defence_budget_eur_bn"]
    rate = zloty / euro.reindex(zloty.index)
    half = limits.plan_amount_bn.value
    rounding = 2 * half * (1 + rate) / euro.reindex(zloty.index)
    return compare_numbers(rate.median() + 0 * rate, rate, rounding, measure="defence_budget_eur_bn")


def _plans_parts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    plans = tables[PLANS].groupby(["iso3", "year", "measure"])["value"].max().unstack()
    whole = plans["defence_budget_eur_bn"].fillna(plans["defence_plan_eur_bn"])
    pairs = [
        (whole, "defence_procurement_eur_bn"),
        (whole, "capability_development_eur_bn"),
        (whole, "state_defence_fund_eur_bn"),
        (plans["defence_commitment_high_gdp_pct"], "defence_commitment_low_gdp_pct"),
        (plans["defence_budget_gdp_pct"], "ukraine_support_gdp_pct"),
    ]
    return pd.concat(
        [compare_bounds(-INFINITE, plans[part].dropna(), total, measure=part) for total, part in pairs if part in plans]
    )


def _hague(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    targets = wide(tables[PLANS][tables[PLANS]["measure"].str.startswith("alliance_target_")])
    total = targets["alliance_target_core_gdp_pct"] + targets["alliance_target_related_gdp_pct"]
    found = targets["alliance_target_total_gdp_pct"]
    return compare_numbers(total, found, 0.0, measure="alliance_target_total_gdp_pct")


def _plans_nato(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    budgets = tables[PLANS][tables[PLANS]["measure"].eq("defence_budget_eur_bn")]
    budgets = budgets[budgets["iso3"].isin(EURO)].set_index(["iso3", "year", "measure"])["value"] * 1000
    nato = wide(tables[NATO])["spend_nac_m_current"].reindex(budgets.index.droplevel("measure"))
    both = nato.set_axis(budgets.index)
    return compare_numbers(both, budgets, both * limits.plan_nato_pct.value / 100)


def _plans_loans(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    loans = tables[PLANS][tables[PLANS]["measure"].eq("safe_loan_eur_bn")]
    found = loans.set_index(["iso3", "year", "measure"])["value"]
    adopted = tables["safe_allocations"].set_index("iso3")["adopted_loan_eur"] / 1e9
    expected = adopted.reindex(found.index.get_level_values("iso3")).set_axis(found.index)
    return compare_numbers(expected, found, limits.safe_loan_eur_bn.value)


PLAN_CHECKS = (
    CrossCheck(
        "plans_imply_a_gdp", (PLANS, MACRO), "a budget's amount and share imply a GDP that Eurostat's may grow to",
        "governments divide by the GDP that they expect", _plans_output,
        ("plan_growth_low_pct", "plan_growth_high_pct"), Weight.WARNING,
    ),
    CrossCheck(
        "plans_one_zloty_rate", (PLANS,), "amounts in zloty and in euro imply one rate",
        "all are converted at the ministry's planning rate", _plans_rate, ("plan_amount_bn",),
    ),
    CrossCheck(
        "plans_parts_within_whole", (PLANS,), "a part of a budget is at most the budget, a lower end the upper",
        "a part cannot exceed its whole", _plans_parts,
    ),
    CrossCheck(
        "plans_hague_sum", (PLANS,), "core and related spending add up to the Hague commitment",
        "the declaration splits it so", _hague,
    ),
    CrossCheck(
        "plans_near_nato", (PLANS, NATO), "a budget is near the expenditure that NATO reports for the year",
        "ministries report their budgets to NATO", _plans_nato, ("plan_nato_pct",), Weight.WARNING,
    ),
    CrossCheck(
        "plans_safe_loans", (PLANS, "safe_allocations"), "a SAFE loan agreed is the loan adopted",
        "states signed for the amount that the Council adopted", _plans_loans, ("safe_loan_eur_bn",),
    ),
)  # fmt: skip
