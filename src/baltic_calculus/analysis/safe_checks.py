"""The model of a SAFE loan against what ministries have said that it saves."""

from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.loan import compute_saving, present_value, schedule_loan
from baltic_calculus.analysis.safe_terms import gather_terms, make_terms, own_rate_pct
from baltic_calculus.catalog import PolicySet
from baltic_calculus.errors import DataError

ZLOTY = "POL"
"""Borrower whose own bonds are in a currency of its own."""
PER_BILLION = "EST"
"""Borrower whose ministry gave a saving for every billion borrowed."""


@dataclass(frozen=True)
class ZlotyReplay:
    """The Polish ministry's saving over the life of the loan, and the model's with the yield of Polish bonds."""

    month: str
    """Month of the yield: that of the ministry's statement."""
    own_rate_pct: float
    published_low_pln_bn: float
    published_high_pln_bn: float
    saving_pln_bn: float
    """Of all years, not discounted."""
    present_pln_bn: float
    """At the yield of the Polish bonds."""
    implied_low_points: float
    """Difference of the rates at which the model's saving is the low end of the ministry's."""
    implied_high_points: float


def read_term(terms: pd.DataFrame, term: str) -> pd.Series:
    """One row of the dataset ``safe_terms`` about SAFE.

    Raises
    ------
    DataError
        When there is none.
    """
    rows = terms[(terms["instrument"] == "SAFE") & (terms["term"] == term)]
    if rows.empty:
        raise DataError(f"no term {term} of SAFE", where="dataset safe_terms", remedy="restore the row")
    return rows.iloc[0]


def replay_zloty_saving(
    loans: pd.DataFrame, terms: pd.DataFrame, yields: pd.DataFrame, agreed: PolicySet
) -> ZlotyReplay:
    """Compute the saving that the Polish ministry estimated, from the yield of the month of its estimate.

    Both rates are those of that time: the quoted rate of SAFE is not carried forward. The saving in EUR is converted at
    the rate that the ministry's two figures for the loan imply, for all years: what a weaker or stronger zloty would do
    to the service is left out.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    terms, yields : DataFrame
        Datasets ``safe_terms`` and ``government_yields``.
    agreed : PolicySet
        Policy set ``safe_terms``.

    Raises
    ------
    DataError
        When a term or the yield of the month is missing.
    """
    low, high = (read_term(terms, f"saving_over_national_debt_poland_{end}") for end in ("low", "high"))
    month = str(low["date"])[:7]
    monthly = yields[(yields["iso3"] == ZLOTY) & (yields["measure"] == "yield_10y_monthly_pct")]
    found = monthly.loc[monthly["period"] == month, "value"]
    if found.empty:
        raise DataError(f"no yield of {ZLOTY} in {month}", where="dataset government_yields", remedy="restore the row")
    own = float(found.iloc[0])
    loan = gather_terms(loans, agreed, agreed.interest_rate_pct.value, ZLOTY)
    zloty = float(read_term(terms, "loan_poland_in_zloty")["value"]) * 1000 / loan.principal_eur_m
    saving = compute_saving(schedule_loan(loan), loan.interest_rate_pct, own)["saving_eur_m"] * zloty / 1000
    a_point = float(saving.sum()) / (own - loan.interest_rate_pct)
    return ZlotyReplay(
        month=month,
        own_rate_pct=own,
        published_low_pln_bn=float(low["value"]),
        published_high_pln_bn=float(high["value"]),
        saving_pln_bn=float(saving.sum()),
        present_pln_bn=present_value(saving, own),
        implied_low_points=float(low["value"]) / a_point,
        implied_high_points=float(high["value"]) / a_point,
    )


def saving_per_billion(agreed: PolicySet, assumed: PolicySet, rate_pct: float) -> float:
    """What the model saves a year on each billion, EUR m, for the borrower whose ministry named such a figure."""
    terms = make_terms(agreed, rate_pct, 1000.0, 0.0)
    own = own_rate_pct(assumed, PER_BILLION, agreed.own_maturity_premium_points.value)
    saving = compute_saving(schedule_loan(terms), terms.interest_rate_pct, own).set_index("year")["saving_eur_m"]
    return float(saving[int(agreed.last_payment_year.value) + 1])
