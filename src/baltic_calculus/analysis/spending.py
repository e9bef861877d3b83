"""Spending trends: shares of output, amounts.

Frames are those of the NATO and SIPRI datasets in long form (``iso3, year, measure, value, flag``).
Amounts in euros are converted from NATO's US dollars at the rate that NATO's own table implies for the
euro-reporting allies: one rate a year for current prices, one rate (2021) for constant prices.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series, widen
from baltic_calculus.errors import DataError

EURO_REPORTER = "EST"
"""An ally that reports to NATO in euros throughout: its two columns give the table's exchange rate."""

AGGREGATES = ("XNT", "XEC")
SPEND_USD = {"current": "spend_usd_m_current", "constant": "spend_usd_m_2021"}
SPEND_NATIONAL = {"current": "spend_nac_m_current", "constant": "spend_nac_m_2021"}


def compute_shares(expenditure: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Defence expenditure as a share of GDP, for the countries and those comparators that the dataset holds.

    Parameters
    ----------
    expenditure : DataFrame
        NATO or SIPRI dataset, long; both name the measure ``share_gdp_pct``. Never both at once.
    parameters : Parameters
        ``countries``, ``comparators``, ``first_year``, ``last_year`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, share_gdp_pct`` (per cent of GDP) and ``flag``.

    Raises
    ------
    DataError
        When a country has no share in these years.
    """
    held = set(expenditure.loc[expenditure["measure"] == "share_gdp_pct", "iso3"])
    codes = (*parameters.countries, *(code for code in parameters.comparators if code in held))
    return select_series(expenditure, "share_gdp_pct", codes, parameters.first_year, parameters.last_year)


def euro_rate(nato: pd.DataFrame, price_basis: str) -> pd.Series:
    """US dollars per euro that NATO's table implies, by year.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long, with the euro reporter's amounts in dollars and in national currency.
    price_basis : {"current", "constant"}
        Current exchange rates, or the one rate of the base year.

    Returns
    -------
    Series
        Index ``year``; US dollars per euro.
    """
    wide = widen(nato[nato["iso3"] == EURO_REPORTER], [SPEND_USD[price_basis], SPEND_NATIONAL[price_basis]])
    if wide.empty:
        raise DataError(
            f"no amounts of {EURO_REPORTER} to take the euro rate from",
            where=SPEND_NATIONAL[price_basis],
            remedy="keep this ally in the NATO dataset",
        )
    wide = wide.set_index("year")
    return (wide[SPEND_USD[price_basis]] / wide[SPEND_NATIONAL[price_basis]]).rename("usd_per_eur")


def compute_amounts(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Core defence expenditure of the countries in billions of euros, in the chosen price basis.

    Returns
    -------
    DataFrame
        ``iso3, year, spend_eur_bn, price_basis, flag``.
    """
    measure = SPEND_USD[parameters.price_basis]
    amounts = select_series(nato, measure, parameters.countries, parameters.first_year, parameters.last_year)
    rate = euro_rate(nato, parameters.price_basis)
    spend_eur_bn = amounts[measure] / amounts["year"].map(rate) / 1000
    amounts = amounts.assign(spend_eur_bn=spend_eur_bn, price_basis=parameters.price_basis)
    return amounts[["iso3", "year", "spend_eur_bn", "price_basis", "flag"]]


def compute_opposite(sipri: pd.DataFrame, parameters: Parameters, opposite: tuple[str, ...]) -> pd.DataFrame:
    """Military expenditure as a share of GDP in SIPRI's definition: the countries beside those opposite.

    Countries that the extract of the SIPRI database does not hold are left out: its terms allow only an extract.

    Returns
    -------
    DataFrame
        ``iso3, year, share_gdp_pct, flag`` over all years that SIPRI has from the first year on.
    """
    last_year = int(sipri["year"].max())
    held = set(sipri["iso3"])
    codes = tuple(code for code in dict.fromkeys(parameters.countries + opposite) if code in held)
    return select_series(sipri, "share_gdp_pct", codes, parameters.first_year, last_year)
