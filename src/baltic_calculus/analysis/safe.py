"""SAFE, the Union's loans for defence: tentative and adopted amounts, in euros and against the economy."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import widen
from baltic_calculus.analysis.spending import euro_rate

GDP_YEAR = 2025
"""The year in which the tentative amounts were set; its GDP is the yardstick of both amounts."""


def economies_eur_bn(nato: pd.DataFrame) -> pd.Series:
    """GDP of the allies in ``GDP_YEAR``, in EUR bn at current prices; index ``iso3``."""
    economy = widen(nato[nato["year"] == GDP_YEAR], ["gdp_usd_m_current"]).set_index("iso3")["gdp_usd_m_current"]
    return economy / euro_rate(nato, "current")[GDP_YEAR] / 1000


def compute_safe_loans(safe: pd.DataFrame, nato: pd.DataFrame) -> pd.DataFrame:
    """Every SAFE loan, tentative and adopted.

    GDP is NATO's, in US dollars at current prices, converted at the rate NATO's own table implies: one source for all
    borrowers that are allies.

    Parameters
    ----------
    safe : DataFrame
        Dataset ``safe_allocations``: ``iso3, tentative_loan_eur_bn, adopted_loan_eur,
        adopted_prefinancing_eur, status``.
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long.

    Returns
    -------
    DataFrame
        ``iso3, status, tentative_eur_bn, adopted_eur_bn, prefinancing_eur_bn, tentative_gdp_pct,
        adopted_gdp_pct`` (per cent of the GDP of ``GDP_YEAR``), ``change_eur_bn`` (adopted less tentative);
        largest tentative share first, then those without a GDP. Amounts that were not published are NaN.
    """
    gdp_eur_bn = safe["iso3"].map(economies_eur_bn(nato))
    adopted = safe["adopted_loan_eur"] / 1e9
    loans = pd.DataFrame(
        {
            "iso3": safe["iso3"],
            "status": safe["status"],
            "tentative_eur_bn": safe["tentative_loan_eur_bn"],
            "adopted_eur_bn": adopted,
            "prefinancing_eur_bn": safe["adopted_prefinancing_eur"] / 1e9,
            "tentative_gdp_pct": safe["tentative_loan_eur_bn"] / gdp_eur_bn * 100,
            "adopted_gdp_pct": adopted / gdp_eur_bn * 100,
            "change_eur_bn": adopted - safe["tentative_loan_eur_bn"],
        }
    )
    return loans.sort_values(["tentative_gdp_pct", "iso3"], ascending=[False, True]).reset_index(drop=True)


def select_own_loans(loans: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The loans of the countries and comparators that asked for one, in the order of the parameters.

    Parameters
    ----------
    loans : DataFrame
        From ``compute_safe_loans``.
    parameters : Parameters
        ``countries`` and ``comparators`` are used.
    """
    codes = parameters.countries + parameters.comparators
    own = loans[loans["iso3"].isin(codes)]
    return own.sort_values("iso3", key=lambda column: column.map(codes.index), kind="stable").reset_index(drop=True)
