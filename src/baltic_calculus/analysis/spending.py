"""Spending trends: shares of output, amounts, growth and its sources, composition.

Frames are those of the NATO and SIPRI datasets in long form (``iso3, year, measure, value, flag``).
Amounts in euros are converted from NATO's US dollars at the rate that NATO's own table implies for the
euro-reporting allies: one rate a year for current prices, one rate (2021) for constant prices.
"""

import numpy as np
import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series, widen
from baltic_calculus.errors import DataError

EURO_REPORTER = "EST"
"""An ally that reports to NATO in euros throughout: its two columns give the table's exchange rate."""

AGGREGATES = ("XNT", "XEC")
SPEND_USD = {"current": "spend_usd_m_current", "constant": "spend_usd_m_2021"}
SPEND_NATIONAL = {"current": "spend_nac_m_current", "constant": "spend_nac_m_2021"}
CATEGORIES = {
    "equipment_share_pct": "equipment",
    "personnel_share_pct": "personnel",
    "infrastructure_share_pct": "infrastructure",
    "other_share_pct": "other",
}


def compute_shares(expenditure: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Defence expenditure as a share of GDP, for the countries and their comparators.

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
    codes = parameters.countries + parameters.comparators
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


def decompose_growth(nato: pd.DataFrame, parameters: Parameters, break_year: int) -> pd.DataFrame:
    """Split real growth of spending into a larger share and a larger economy.

    ln(E1/E0) = ln(s1/s0) + ln(Y1/Y0) with expenditure E at 2021 prices, share s and output Y = E/s: exact by
    construction, because NATO computes the share at 2021 prices.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``countries``, ``first_year``, ``last_year``.
    break_year : int
        Year that ends the first period and starts the second.

    Returns
    -------
    DataFrame
        ``iso3, period, source`` (``share of GDP`` or ``GDP``), ``contribution_log_points`` (annual average,
        100 times the logarithm) and ``total_log_points``, the same for both rows of a country and period.

    Raises
    ------
    DataError
        When the break year does not lie between the first and the last year.
    """
    if not parameters.first_year < break_year < parameters.last_year:
        raise DataError(
            f"break year {break_year} is not inside {parameters.first_year} to {parameters.last_year}",
            where="decompose_growth",
            remedy="choose first_year and last_year on both sides of it",
        )
    wide = widen(nato[nato["iso3"].isin(parameters.countries)], ["spend_usd_m_2021", "share_gdp_pct"])
    level = wide.set_index(["iso3", "year"])
    rows = []
    periods = ((parameters.first_year, break_year), (break_year, parameters.last_year))
    for code in parameters.countries:
        for start, end in periods:
            log_ratio = np.log(level.loc[(code, end)] / level.loc[(code, start)]) * 100 / (end - start)
            total, share = log_ratio["spend_usd_m_2021"], log_ratio["share_gdp_pct"]
            period = f"{start}–{end}"
            rows.append((code, period, "share of GDP", share, total))
            rows.append((code, period, "GDP", total - share, total))
    columns = ["iso3", "period", "source", "contribution_log_points", "total_log_points"]
    return pd.DataFrame(rows, columns=columns)


def compute_composition(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """What the money buys: the four NATO categories of each country's expenditure.

    Returns
    -------
    DataFrame
        ``iso3, year, category, share_pct`` (per cent of defence expenditure) and ``flag``.
    """
    parts = [
        select_series(nato, measure, parameters.countries, parameters.first_year, parameters.last_year)
        .rename(columns={measure: "share_pct"})
        .assign(category=category)
        for measure, category in CATEGORIES.items()
    ]
    return pd.concat(parts, ignore_index=True)[["iso3", "year", "category", "share_pct", "flag"]]


def compute_equipment_amounts(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Equipment outlays in billions of euros: amount times equipment share.

    Returns
    -------
    DataFrame
        ``iso3, year, equipment_eur_bn, flag``.
    """
    amounts = compute_amounts(nato, parameters)
    shares = select_series(
        nato, "equipment_share_pct", parameters.countries, parameters.first_year, parameters.last_year
    )
    joined = amounts.merge(shares[["iso3", "year", "equipment_share_pct"]], on=["iso3", "year"])
    joined["equipment_eur_bn"] = joined["spend_eur_bn"] * joined["equipment_share_pct"] / 100
    return joined[["iso3", "year", "equipment_eur_bn", "flag"]]


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
