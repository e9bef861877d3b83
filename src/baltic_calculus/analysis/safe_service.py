"""What SAFE loans cost a year: interest from the first payment on, principal when the years of grace are over."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.debt_inputs import assumption
from baltic_calculus.analysis.loan import repay_as_annuity, schedule_loan
from baltic_calculus.analysis.safe import GDP_YEAR, economies_eur_bn
from baltic_calculus.analysis.safe_terms import gather_terms
from baltic_calculus.analysis.series import widen
from baltic_calculus.analysis.spending import euro_rate
from baltic_calculus.catalog import PolicySet


def schedule_service(loans: pd.DataFrame, agreed: PolicySet, rate_pct: float, codes: Sequence[str]) -> pd.DataFrame:
    """Schedules of several borrowers below each other: ``iso3`` and the columns of ``loan.schedule_loan``."""
    rows = [schedule_loan(gather_terms(loans, agreed, rate_pct, code)).assign(iso3=code) for code in codes]
    table = pd.concat(rows, ignore_index=True)
    return table[["iso3", *(name for name in table if name != "iso3")]]


def gather_parts(service: pd.DataFrame) -> pd.DataFrame:
    """Interest and principal of every year, one row each: ``iso3, year, part, service_eur_m``."""
    parts = service[["iso3", "year", "interest_eur_m", "principal_eur_m"]]
    parts = parts.rename(columns={"interest_eur_m": "interest", "principal_eur_m": "principal"})
    return parts.melt(["iso3", "year"], ["interest", "principal"], var_name="part", value_name="service_eur_m")


def summarise_service(
    loans: pd.DataFrame,
    service: pd.DataFrame,
    nato: pd.DataFrame,
    agreed: PolicySet,
    assumed: PolicySet,
    rate_pct: float,
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
    rate_pct : float
        Interest rate of the loans.

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
        annuity = schedule_loan(gather_terms(loans, agreed, rate_pct, str(code)), repay_as_annuity)[
            "service_eur_m"
        ].max()
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
