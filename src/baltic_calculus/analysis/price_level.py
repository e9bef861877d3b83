"""Amounts at the prices of one year, with the price level of GDP that one edition of NATO's tables implies."""

import pandas as pd

from baltic_calculus.analysis.burden import compute_per_inhabitant
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import widen
from baltic_calculus.analysis.spending import euro_rate

CURRENT = "at current prices"
CONSTANT = "at prices of 2021"
"""NATO's base year: the ``2021`` of its measures."""


def compute_price_level(nato: pd.DataFrame) -> pd.DataFrame:
    """Price level of GDP in euros, 2021 = 1, by ally and year.

    ``GDP at current prices / GDP at prices of 2021``, both of NATO's table and both in euros: at the exchange rate
    of the year, and at that of 2021. Within the euro area it is the deflator of GDP; elsewhere it holds the change of
    the exchange rate too, as an amount converted to euros does.

    Parameters
    ----------
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long, one edition.

    Returns
    -------
    DataFrame
        ``iso3, year, price_level`` (2021 = 1).
    """
    output = widen(nato, ["gdp_usd_m_current", "gdp_usd_m_2021"]).dropna()
    current = output["gdp_usd_m_current"] / output["year"].map(euro_rate(nato, "current"))
    constant = output["gdp_usd_m_2021"] / output["year"].map(euro_rate(nato, "constant"))
    return output[["iso3", "year"]].assign(price_level=current / constant)


def compare_price_bases(
    cofog: pd.DataFrame, population: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters
) -> pd.DataFrame:
    """Defence expenditure per inhabitant at current prices, and at those of 2021 where a price level is published.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    population : DataFrame
        From ``burden.join_population``.
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long: for prices only.
    parameters : Parameters
        ``countries``, ``comparators``, ``first_year``, ``last_year`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, price_basis, defence_eur_per_inhabitant`` (EUR), ``flag``. Aggregates and years before NATO's
        table have current prices only.
    """
    amounts = compute_per_inhabitant(cofog, population, parameters)
    levels = compute_price_level(nato)
    constant = amounts.merge(levels, on=["iso3", "year"])
    constant["defence_eur_per_inhabitant"] /= constant["price_level"]
    both = pd.concat(
        [amounts.assign(price_basis=CURRENT), constant.assign(price_basis=CONSTANT)], ignore_index=True
    ).assign(place=lambda frame: frame["iso3"].map(list(amounts["iso3"].unique()).index))
    ordered = both.sort_values(["place", "price_basis", "year"], ignore_index=True)
    return ordered[["iso3", "year", "price_basis", "defence_eur_per_inhabitant", "flag"]]
