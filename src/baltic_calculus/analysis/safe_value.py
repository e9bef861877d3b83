"""What a SAFE loan costs and what it saves against a state's own bonds.

The loan and the bonds that it replaces are paid out and repaid alike; only the rate differs, so that the saving of a
year is what is owed times the difference of the rates. Its present value is taken at the own rate, because money saved
is money that need not be borrowed at that rate; it is then the grant element of the loan, its amount less the present
value of its service, counted at the end of the year of the first payment.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.debt_inputs import assumption
from baltic_calculus.analysis.loan import LoanTerms, compute_saving, present_value, repay_as_annuity, schedule_loan
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.safe import GDP_YEAR, economies_eur_bn
from baltic_calculus.analysis.series import widen
from baltic_calculus.analysis.spending import euro_rate
from baltic_calculus.catalog import PolicySet

MOST_SHOWN = 3
"""Borrowers whose service is shown where none of the countries in focus has a loan."""

OWN_RATES_PCT = (2.5, 3.0, 3.5, 4.0, 4.5, 5.0)
"""Own rates of the sensitivity grid: from about the shortest own debt to more than the ranges of the assumptions."""
LOAN_RATES_PCT = (2.5, 3.0, 3.5, 4.0, 4.5)
"""Loan rates of the grid; the quoted rate is added."""


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


def gather_terms(loans: pd.DataFrame, agreed: PolicySet, iso3: str) -> LoanTerms:
    """The loan of one country under the terms of SAFE.

    Pre-financing is what was adopted, or the largest share allowed where its amount was not published; the rest follows
    in even parts from the next year to the last year of payments.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``; the country's adopted amount is known.
    agreed : PolicySet
        Policy set ``safe_terms``.
    iso3 : str
        Borrower.
    """
    loan = loans.set_index("iso3").loc[iso3]
    share = loan["prefinancing_eur_bn"] / loan["adopted_eur_bn"]
    return make_terms(
        agreed,
        float(loan["adopted_eur_bn"]) * 1000,
        agreed.pre_financing_share_pct.value / 100 if pd.isna(share) else float(share),
    )


def make_terms(agreed: PolicySet, principal_eur_m: float, first_share: float) -> LoanTerms:
    """A loan under the terms of SAFE, of which ``first_share`` is paid out in the first year."""
    first, last = int(agreed.first_payment_year.value), int(agreed.last_payment_year.value)
    rest = tuple((year, (1 - first_share) / (last - first)) for year in range(first + 1, last + 1))
    return LoanTerms(
        principal_eur_m=principal_eur_m,
        drawdown=((first, first_share), *rest),
        maturity_years=int(agreed.maximum_maturity_years.value),
        grace_years=int(agreed.grace_period_years.value),
        interest_rate_pct=agreed.interest_rate_pct.value,
    )


def own_rate_pct(assumed: PolicySet, iso3: str, premium_points: float) -> float:
    """Rate of own bonds as long as those of the Union: the rate on all new debt and a premium; NaN without one."""
    if f"marginal_rate_pct_{iso3.lower()}" not in assumed.values:
        return float("nan")
    return float(assumption(assumed, "marginal_rate_pct", iso3).value + premium_points)


def schedule_service(loans: pd.DataFrame, agreed: PolicySet, codes: Sequence[str]) -> pd.DataFrame:
    """Schedules of several borrowers below each other: ``iso3`` and the columns of ``loan.schedule_loan``."""
    rows = [schedule_loan(gather_terms(loans, agreed, code)).assign(iso3=code) for code in codes]
    table = pd.concat(rows, ignore_index=True)
    return table[["iso3", *(name for name in table if name != "iso3")]]


def gather_parts(service: pd.DataFrame) -> pd.DataFrame:
    """Interest and principal of every year, one row each: ``iso3, year, part, service_eur_m``."""
    parts = service[["iso3", "year", "interest_eur_m", "principal_eur_m"]]
    parts = parts.rename(columns={"interest_eur_m": "interest", "principal_eur_m": "principal"})
    return parts.melt(["iso3", "year"], ["interest", "principal"], var_name="part", value_name="service_eur_m")


def present_saving_pct(terms: LoanTerms, own_pct: float) -> float:
    """Present value of the saving against bonds at another rate, at that rate, in per cent of the loan."""
    saving = compute_saving(schedule_loan(terms), terms.interest_rate_pct, own_pct)
    return present_value(saving["saving_eur_m"], own_pct) / terms.principal_eur_m * 100


def compute_safe_value(
    loans: pd.DataFrame,
    agreed: PolicySet,
    assumed: PolicySet,
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
        saving_present_eur_per_inhabitant``, ``saving_present_low_loan_pct`` (least premium, quoted rate),
        ``saving_present_high_loan_pct`` (largest premium, lowest rate expected), ``flag_saving``. NaN where no own rate
        is assumed.
    """
    people = population.sort_values("year").drop_duplicates("iso3", keep="last").set_index("iso3")["value"]
    shares = loans.set_index("iso3")["adopted_gdp_pct"]
    premium, rate = agreed.own_maturity_premium_points, agreed.interest_rate_pct
    rows = []
    for code in codes:
        terms = gather_terms(loans, agreed, code)
        own = own_rate_pct(assumed, code, premium.value)
        full_year = int(agreed.last_payment_year.value) + 1
        saving = compute_saving(schedule_loan(terms), terms.interest_rate_pct, own).set_index("year")["saving_eur_m"]
        present = present_value(saving, own)
        low_own = own_rate_pct(assumed, code, float(premium.low or 0))
        high_own = own_rate_pct(assumed, code, float(premium.high or premium.value))
        cheap = terms.model_copy(update={"interest_rate_pct": float(rate.low or rate.value)})
        dear = terms.model_copy(update={"interest_rate_pct": float(rate.high or rate.value)})
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
                "saving_present_low_loan_pct": present_saving_pct(dear, low_own),
                "saving_present_high_loan_pct": present_saving_pct(cheap, high_own),
                "flag_saving": "estimate",
            }
        )
    return pd.DataFrame(rows)


def compute_rate_grid(agreed: PolicySet) -> pd.DataFrame:
    """Present value of the saving for many pairs of rates, on a loan with the largest pre-financing.

    Returns
    -------
    DataFrame
        One row a pair: ``loan_rate_pct, own_rate_pct, saving_present_loan_pct``; nothing is saved where the rates are
        equal, and less than nothing where the loan is dearer.
    """
    quoted = agreed.interest_rate_pct.value
    terms = make_terms(agreed, 1.0, agreed.pre_financing_share_pct.value / 100)
    return pd.DataFrame(
        [
            {
                "loan_rate_pct": rate,
                "own_rate_pct": own,
                "saving_present_loan_pct": present_saving_pct(
                    terms.model_copy(update={"interest_rate_pct": rate}), own
                ),
            }
            for rate in sorted({*LOAN_RATES_PCT, quoted})
            for own in OWN_RATES_PCT
        ]
    )


def summarise_service(
    loans: pd.DataFrame, service: pd.DataFrame, nato: pd.DataFrame, agreed: PolicySet, assumed: PolicySet
) -> pd.DataFrame:
    """One row a borrower: what it pays before and after the grace period, against its economy and its defence.

    Parameters
    ----------
    loans : DataFrame
        From ``safe.compute_safe_loans``.
    service : DataFrame
        From ``schedule_service``.
    nato : DataFrame
        NATO dataset, long: GDP of ``GDP_YEAR``, defence expenditure of its last year.
    agreed, assumed : PolicySet
        Policy sets ``safe_terms`` and ``fiscal_assumptions``.

    Returns
    -------
    DataFrame
        ``iso3, full_year, interest_year_eur_m`` (of the first full year), ``repay_year`` (first repayment),
        ``peak_year, peak_eur_m, peak_gdp_pct`` (of GDP of ``GDP_YEAR``), ``peak_grown_gdp_pct`` (of the GDP of the peak
        year if it grows as the debt model assumes; NaN without an assumption), ``peak_defence_pct`` (of the defence
        expenditure of ``defence_year``), ``last_year, interest_all_eur_m, annuity_eur_m`` (highest service if interest
        and principal together were equal in every year of repayment). NaN where NATO's table has no such ally.
    """
    gdp = economies_eur_bn(nato) * 1000
    spend = nato[(nato["measure"] == "spend_usd_m_current") & nato["value"].notna()]
    defence_year = int(spend["year"].max())
    now = widen(spend[spend["year"] == defence_year], ["spend_usd_m_current"]).set_index("iso3")["spend_usd_m_current"]
    defence = now / euro_rate(nato, "current")[defence_year]
    full_year = int(agreed.last_payment_year.value) + 1
    rows = []
    for code, own in service.groupby("iso3", sort=False):
        paid = own.set_index("year")
        peak = int(paid["service_eur_m"].idxmax())
        highest = float(paid.at[peak, "service_eur_m"])
        annuity = schedule_loan(gather_terms(loans, agreed, str(code)), repay_as_annuity)["service_eur_m"].max()
        share = highest / gdp.get(code, np.nan) * 100
        rows.append(
            {
                "iso3": code,
                "full_year": full_year,
                "interest_year_eur_m": paid.at[full_year, "interest_eur_m"],
                "repay_year": int(paid.index[paid["principal_eur_m"] > 0].min()),
                "peak_year": peak,
                "peak_eur_m": highest,
                "peak_gdp_pct": share,
                "peak_grown_gdp_pct": share / _grown(assumed, str(code), peak - GDP_YEAR),
                "defence_year": defence_year,
                "peak_defence_pct": highest / defence.get(code, np.nan) * 100,
                "last_year": int(paid.index.max()),
                "interest_all_eur_m": paid["interest_eur_m"].sum(),
                "annuity_eur_m": annuity,
            }
        )
    return pd.DataFrame(rows)


def _grown(assumed: PolicySet, iso3: str, years: int) -> float:
    """GDP at current prices after some years over that of today, as the debt model assumes; NaN without assumptions."""
    if f"real_growth_pct_{iso3.lower()}" not in assumed.values:
        return float("nan")
    growth = assumption(assumed, "real_growth_pct", iso3).value, assumed.deflator_growth_pct.value
    return float(np.prod([(1 + rate / 100) ** years for rate in growth]))
