"""A loan that is paid out in parts: when each part bears interest, when it is repaid, and what that is worth today.

Payments fall on the end of a year. A part that is paid out at the end of year y bears interest from year y + 1, on what
is outstanding at the end of the year before; principal is repaid from year y + grace + 1 to year y + maturity:

    interest(t) = rate outstanding(t-1)        outstanding(t) = outstanding(t-1) + drawn(t) - principal(t)

In equal instalments every repayment of a part is 1 / (maturity - grace) of it. In an annuity interest and principal
together are the same in every year after the grace period, as in ``numpy_financial.ppmt`` and ``ipmt``.
"""

from collections.abc import Callable
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

Array = NDArray[np.float64]


class LoanTerms(BaseModel):
    """Everything that a schedule depends on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    principal_eur_m: float = Field(ge=0)
    drawdown: tuple[tuple[int, float], ...] = Field(min_length=1)
    """Year and part of the loan paid out at its end; the parts add up to one."""
    maturity_years: int = Field(ge=1)
    """Years from a payment to the last repayment of it."""
    grace_years: int = Field(ge=0)
    """Years after a payment without repayment."""
    interest_rate_pct: float = Field(gt=-100)

    @model_validator(mode="after")
    def _is_repaid(self) -> Self:
        if self.grace_years >= self.maturity_years:
            raise ValueError(f"{self.grace_years} years of grace leave none of {self.maturity_years} for repayment")
        parts = [part for _, part in self.drawdown]
        if min(parts) < 0 or abs(sum(parts) - 1) > 1e-9:
            raise ValueError(f"parts of the drawdown are negative or add up to {sum(parts):g}, not to 1")
        return self


Repayment = Callable[[LoanTerms], Array]
"""From terms to the part of a payment that is repaid in each year of its life; shape ``(maturity_years,)``, sum 1."""


def repay_equally(terms: LoanTerms) -> Array:
    """Equal instalments after the grace period.

    Examples
    --------
    >>> terms = LoanTerms(
    ...     principal_eur_m=1, drawdown=((2026, 1),), maturity_years=4, grace_years=2, interest_rate_pct=3
    ... )
    >>> repay_equally(terms).tolist()
    [0.0, 0.0, 0.5, 0.5]
    """
    repaid = np.zeros(terms.maturity_years)
    repaid[terms.grace_years :] = 1 / (terms.maturity_years - terms.grace_years)
    return repaid


def repay_as_annuity(terms: LoanTerms) -> Array:
    """Interest and principal together are equal in every year after the grace period.

    Repayments then grow by the interest rate from year to year.
    """
    growth = (1 + terms.interest_rate_pct / 100) ** np.arange(terms.maturity_years - terms.grace_years)
    return np.concatenate([np.zeros(terms.grace_years), growth / growth.sum()])


def schedule_loan(terms: LoanTerms, repay: Repayment = repay_equally) -> pd.DataFrame:
    """What is paid out, paid and owed, year by year.

    Parameters
    ----------
    terms : LoanTerms
        The loan.
    repay : callable
        ``repay_equally`` or ``repay_as_annuity``.

    Returns
    -------
    DataFrame
        One row a year, from the first payment to the last repayment: ``year``, and in EUR m ``drawn_eur_m,
        interest_eur_m, principal_eur_m, service_eur_m`` (the two together), ``outstanding_eur_m`` (end of the year).
    """
    first = min(year for year, _ in terms.drawdown)
    last = max(year for year, _ in terms.drawdown) + terms.maturity_years
    drawn, principal = np.zeros(last - first + 1), np.zeros(last - first + 1)
    repaid = repay(terms)
    for year, part in terms.drawdown:
        amount = part * terms.principal_eur_m
        drawn[year - first] += amount
        begin = year - first + 1
        principal[begin : begin + terms.maturity_years] += amount * repaid
    outstanding = np.cumsum(drawn - principal)
    interest = np.concatenate([[0.0], outstanding[:-1]]) * terms.interest_rate_pct / 100
    return pd.DataFrame(
        {
            "year": np.arange(first, last + 1),
            "drawn_eur_m": drawn,
            "interest_eur_m": interest,
            "principal_eur_m": principal,
            "service_eur_m": interest + principal,
            "outstanding_eur_m": outstanding,
        }
    )


def present_value(amounts: ArrayLike, rate_pct: float) -> float:
    """Value of yearly amounts at the time of the first: ``sum(amount(t) / (1 + rate) ** t)``, t from 0.

    As ``numpy_financial.npv``.

    Examples
    --------
    >>> round(present_value([100.0, 110.0, 121.0], 10), 6)
    300.0
    """
    values = np.asarray(amounts, dtype=float)
    return float(np.sum(values / (1 + rate_pct / 100) ** np.arange(len(values))))


def compute_saving(schedule: pd.DataFrame, rate_pct: float, own_rate_pct: float) -> pd.DataFrame:
    """Interest saved against bonds of the same size, paid out and repaid alike, at another rate.

    Parameters
    ----------
    schedule : DataFrame
        From ``schedule_loan``.
    rate_pct, own_rate_pct : float
        Rate of the loan, and of the bonds it replaces.

    Returns
    -------
    DataFrame
        ``year, saving_eur_m``: what was owed a year before times the difference of the rates; negative where the
        loan is dearer.
    """
    owed = schedule["outstanding_eur_m"].shift(1, fill_value=0.0)
    return pd.DataFrame({"year": schedule["year"], "saving_eur_m": owed * (own_rate_pct - rate_pct) / 100})
