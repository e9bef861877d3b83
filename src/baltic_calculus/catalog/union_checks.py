"""Cross-checks of what the European Union lends and lets states borrow: SAFE and the national escape clause."""

import pandas as pd

from baltic_calculus.catalog.cross_check import (
    INFINITE,
    CrossCheck,
    Tables,
    compare_bounds,
    compare_numbers,
    compare_words,
)
from baltic_calculus.catalog.policy import PolicySet

SAFE, TERMS, MONEY, CLAUSE = "safe_allocations", "safe_terms", "eu_money", "escape_clause"


def _term(tables: Tables, term: str) -> float:
    terms = tables[TERMS]
    return float(terms.loc[terms["instrument"].eq("SAFE") & terms["term"].eq(term), "value"].iloc[0])


def _prefinancing(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    loans = tables[SAFE].set_index("iso3")
    share = loans["adopted_prefinancing_eur"] / loans["adopted_loan_eur"] * 100
    agreed, tolerance = _term(tables, "pre_financing_share"), limits.safe_prefinancing_points.value
    return compare_bounds(-INFINITE, share.dropna(), agreed, tolerance)


def _adopted(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    loans = tables[SAFE].set_index("iso3")
    adopted = (loans["adopted_loan_eur"] / 1e9).dropna()
    return compare_bounds(-INFINITE, adopted, loans["tentative_loan_eur_bn"], limits.safe_tentative_eur_bn.value)


def _envelope(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    loans = tables[SAFE]
    total = pd.Series([loans["tentative_loan_eur_bn"].sum()], index=pd.Index(["tentative_loan_eur_bn"], name="column"))
    rounding = len(loans) * limits.safe_tentative_eur_bn.value
    return compare_numbers(_term(tables, "envelope") + 0 * total, total, rounding)


def _adoption(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    loans = tables[SAFE].set_index("iso3")
    adopted = loans["adoption_date"].ne("")
    expected = adopted.map({True: "adopted", False: "pending"})
    return compare_words(expected, loans["status"], expected.eq(loans["status"]))


def _paid(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    paid = tables[MONEY][tables[MONEY]["instrument"].eq("SAFE") & tables[MONEY]["stage"].eq("paid")]
    found = paid.set_index(["instrument", "iso3", "stage", "part"])["high_eur_m"]
    adopted = tables[SAFE].set_index("iso3")["adopted_loan_eur"] / 1e6
    loan = adopted.reindex(found.index.get_level_values("iso3")).set_axis(found.index)
    return compare_bounds(-INFINITE, found, loan, limits.safe_tentative_eur_bn.value)


def _activated(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    terms = tables[TERMS]
    row = terms[terms["instrument"].eq("National escape clause") & terms["term"].eq("states_activated")].iloc[0]
    dates = tables[CLAUSE].set_index("iso3")["activated"]
    listed = pd.Series([float(len(row["text"].split()))], index=pd.Index([row["date"]], name="activated"))
    return compare_numbers(listed, 0 * listed + float(dates.eq(row["date"]).sum()), 0.0)


UNION_CHECKS = (
    CrossCheck(
        "safe_prefinancing_share", (SAFE, TERMS), "pre-financing is at most the agreed share of the loan",
        "the regulation limits it", _prefinancing, ("safe_prefinancing_points",),
    ),
    CrossCheck(
        "safe_adopted_within_tentative", (SAFE,), "the loan adopted is at most the tentative allocation",
        "the Council adopted loans up to the allocations", _adopted, ("safe_tentative_eur_bn",),
    ),
    CrossCheck(
        "safe_envelope", (SAFE, TERMS), "the tentative allocations add up to the envelope",
        "the Commission allocated all of it", _envelope, ("safe_tentative_eur_bn",),
    ),
    CrossCheck(
        "safe_adoption_dated", (SAFE,), "a loan is adopted where the decision has a date, else pending",
        "the decision adopts it", _adoption,
    ),
    CrossCheck(
        "safe_paid_within_loan", (MONEY, SAFE), "what was paid is at most the loan adopted",
        "payments are parts of the loan", _paid, ("safe_tentative_eur_bn",),
    ),
    CrossCheck(
        "clause_states", (CLAUSE, TERMS), "as many states have the date of the first activations as are listed",
        "one decision activated the clause for all of them", _activated,
    ),
)  # fmt: skip
