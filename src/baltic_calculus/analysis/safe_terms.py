"""The terms of a SAFE loan made into a schedule's: amount, payments, and the rate of the loan and of own bonds.

The rate of SAFE was quoted in one month and the own rates are assumed for a later one. SAFE is variable and passes on
what the Union pays, so the quoted rate is carried forward by the change of a benchmark yield between the two.
"""

from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.debt_inputs import assumption
from baltic_calculus.analysis.loan import LoanTerms
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.catalog import PolicySet
from baltic_calculus.errors import DataError

MOST_SHOWN = 3
"""Borrowers whose service is shown where none of the countries in focus has a loan."""

BENCHMARK = "DEU"
"""Issuer whose ten-year yield carries the quoted rate forward: the Union's bonds are priced by their spread over it."""


@dataclass(frozen=True)
class LoanRate:
    """The rate of SAFE, as quoted and as assumed."""

    quoted_pct: float
    quoted_year: int
    rise_points: float
    """Change of the benchmark yield since the month of the quotation."""
    lower_points: float
    """How far the lowest rate that was expected lies below the quoted one."""

    @property
    def pct(self) -> float:
        """The rate assumed, to one decimal as the own rates."""
        return round(self.quoted_pct + self.rise_points, 1)


def carry_rate(agreed: PolicySet, yields: pd.DataFrame) -> LoanRate:
    """The quoted rate of SAFE, and how far the benchmark yield has moved until its latest month.

    Parameters
    ----------
    agreed : PolicySet
        Policy set ``safe_terms``.
    yields : DataFrame
        Dataset ``government_yields``, long.

    Raises
    ------
    DataError
        When the yield of the month of the quotation is missing.
    """
    quoted = agreed.interest_rate_pct
    month = str(quoted.valid_from)[:7]
    rows = yields[(yields["iso3"] == BENCHMARK) & (yields["measure"] == "yield_10y_monthly_pct")]
    monthly = rows.set_index("period")["value"].sort_index()
    if month not in monthly.index:
        raise DataError(f"no yield of {BENCHMARK} in {month}", where="dataset government_yields", remedy="restore it")
    return LoanRate(
        quoted_pct=float(quoted.value),
        quoted_year=int(month[:4]),
        rise_points=float(monthly.iloc[-1] - monthly[month]),
        lower_points=float(quoted.value - (quoted.value if quoted.low is None else quoted.low)),
    )


def choose_borrowers(loans: pd.DataFrame, parameters: Parameters) -> tuple[str, ...]:
    """Countries with an adopted loan of known size; if there is none, the largest known loans against GDP.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    parameters : Parameters
        ``countries`` are used.
    """
    known = loans.dropna(subset=["adopted_eur_bn"])
    own = tuple(code for code in parameters.countries if code in set(known["iso3"]))
    return own or tuple(known.nlargest(MOST_SHOWN, "adopted_gdp_pct")["iso3"])


def gather_terms(loans: pd.DataFrame, agreed: PolicySet, rate_pct: float, iso3: str) -> LoanTerms:
    """The loan of one country under the terms of SAFE.

    Pre-financing is what was adopted, or the largest share allowed where its amount was not published; the rest follows
    in even parts from the next year to the last year of payments.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``; the country's adopted amount is known.
    agreed : PolicySet
        Policy set ``safe_terms``.
    rate_pct : float
        Interest rate.
    iso3 : str
        Borrower.
    """
    loan = loans.set_index("iso3").loc[iso3]
    share = loan["prefinancing_eur_bn"] / loan["adopted_eur_bn"]
    return make_terms(
        agreed,
        rate_pct,
        float(loan["adopted_eur_bn"]) * 1000,
        agreed.pre_financing_share_pct.value / 100 if pd.isna(share) else float(share),
    )


def make_terms(agreed: PolicySet, rate_pct: float, principal_eur_m: float, first_share: float) -> LoanTerms:
    """A loan at a rate under the other terms of SAFE, of which ``first_share`` is paid out in the first year."""
    first, last = int(agreed.first_payment_year.value), int(agreed.last_payment_year.value)
    rest = tuple((year, (1 - first_share) / (last - first)) for year in range(first + 1, last + 1))
    return LoanTerms(
        principal_eur_m=principal_eur_m,
        drawdown=((first, first_share), *rest),
        maturity_years=int(agreed.maximum_maturity_years.value),
        grace_years=int(agreed.grace_period_years.value),
        interest_rate_pct=rate_pct,
    )


def own_rate_pct(assumed: PolicySet, iso3: str, premium_points: float) -> float:
    """Rate of own bonds as long as those of the Union: the rate on all new debt and a premium; NaN without one."""
    if f"marginal_rate_pct_{iso3.lower()}" not in assumed.values:
        return float("nan")
    return float(assumption(assumed, "marginal_rate_pct", iso3).value + premium_points)
