"""What a SAFE loan saves against a state's own bonds.

The loan and the bonds that it replaces are paid out and repaid alike; only the rate differs, so that the saving of a
year is what is owed times the difference of the rates. Its present value is taken at the own rate, because money saved
is money that need not be borrowed at that rate; it is then the grant element of the loan, its amount less the present
value of its service, counted at the end of the year of the first payment.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.loan import LoanTerms, compute_saving, present_value, schedule_loan
from baltic_calculus.analysis.safe_terms import LoanRate, gather_terms, make_terms, own_rate_pct
from baltic_calculus.catalog import PolicySet

OWN_RATES_PCT = (2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
"""Own rates of the sensitivity grid: from about the shortest own debt to more than the ranges of the assumptions."""
LOAN_RATES_PCT = (2.5, 3.0, 3.5, 4.0, 4.5)
"""Loan rates of the grid; the rate assumed is added."""


def present_saving_pct(terms: LoanTerms, own_pct: float) -> float:
    """Present value of the saving against bonds at another rate, at that rate, in per cent of the loan."""
    saving = compute_saving(schedule_loan(terms), terms.interest_rate_pct, own_pct)
    return present_value(saving["saving_eur_m"], own_pct) / terms.principal_eur_m * 100


def compute_safe_value(
    loans: pd.DataFrame,
    agreed: PolicySet,
    assumed: PolicySet,
    rate: LoanRate,
    population: pd.DataFrame,
    codes: Sequence[str],
) -> pd.DataFrame:
    """One row a borrower: what its own bonds would cost and what the loan saves against them.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    agreed, assumed : PolicySet
        Policy sets ``safe_terms`` and ``fiscal_assumptions``.
    rate : LoanRate
        From ``safe_terms.carry_rate``.
    population : DataFrame
        From ``burden.join_population``; the latest year is used.
    codes : sequence of str
        Borrowers with an adopted loan of known size.

    Returns
    -------
    DataFrame
        ``iso3, loan_eur_m, loan_rate_pct, own_rate_pct`` (also the discount rate), ``full_year`` (first whose interest
        is due on the whole loan), ``saving_year_eur_m, saving_year_gdp_pct`` (in it; GDP of ``GDP_YEAR``),
        ``saving_all_eur_m`` (all years, not discounted), ``saving_present_eur_m, saving_present_loan_pct,
        saving_present_eur_per_inhabitant``, ``saving_present_low_loan_pct`` (least premium),
        ``saving_present_high_loan_pct`` (largest premium, and a loan as much cheaper as the lowest rate expected was),
        ``flag_saving``. NaN where no own rate is assumed.
    """
    people = (
        population.sort_values("year", kind="stable").drop_duplicates("iso3", keep="last").set_index("iso3")["value"]
    )
    shares = loans.set_index("iso3")["adopted_gdp_pct"]
    premium = agreed.own_maturity_premium_points
    rows = []
    for code in codes:
        terms = gather_terms(loans, agreed, rate.pct, code)
        own = own_rate_pct(assumed, code, premium.value)
        full_year = int(agreed.last_payment_year.value) + 1
        saving = compute_saving(schedule_loan(terms), terms.interest_rate_pct, own).set_index("year")["saving_eur_m"]
        present = present_value(saving, own)
        low_own = own_rate_pct(assumed, code, float(premium.low or 0))
        high_own = own_rate_pct(assumed, code, float(premium.high or premium.value))
        cheap = terms.model_copy(update={"interest_rate_pct": rate.pct - rate.lower_points})
        rows.append(
            {
                "iso3": code,
                "loan_eur_m": terms.principal_eur_m,
                "loan_rate_pct": terms.interest_rate_pct,
                "own_rate_pct": own,
                "full_year": full_year,
                "saving_year_eur_m": saving[full_year],
                "saving_year_gdp_pct": saving[full_year] / terms.principal_eur_m * shares.get(code, np.nan),
                "saving_all_eur_m": saving.sum(min_count=1),
                "saving_present_eur_m": present,
                "saving_present_loan_pct": present / terms.principal_eur_m * 100,
                "saving_present_eur_per_inhabitant": present * 1e6 / people.get(code, float("nan")),
                "saving_present_low_loan_pct": present_saving_pct(terms, low_own),
                "saving_present_high_loan_pct": present_saving_pct(cheap, high_own),
                "flag_saving": "estimate",
            }
        )
    return pd.DataFrame(rows)


def compute_rate_grid(agreed: PolicySet, rate_pct: float) -> pd.DataFrame:
    """Present value of the saving for many pairs of rates, on a loan with the largest pre-financing.

    Parameters
    ----------
    agreed : PolicySet
        Policy set ``safe_terms``.
    rate_pct : float
        The rate assumed, which is one of the loan rates.

    Returns
    -------
    DataFrame
        One row a pair: ``loan_rate_pct, own_rate_pct, saving_present_loan_pct``; nothing is saved where the rates are
        equal, and less than nothing where the loan is dearer.
    """
    terms = make_terms(agreed, rate_pct, 1.0, agreed.pre_financing_share_pct.value / 100)
    return pd.DataFrame(
        [
            {
                "loan_rate_pct": rate,
                "own_rate_pct": own,
                "saving_present_loan_pct": present_saving_pct(
                    terms.model_copy(update={"interest_rate_pct": rate}), own
                ),
            }
            for rate in sorted({*LOAN_RATES_PCT, rate_pct})
            for own in OWN_RATES_PCT
        ]
    )
