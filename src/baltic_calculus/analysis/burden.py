"""Fiscal burden: defence in government expenditure, per inhabitant, against budgets, debt and balances.

Frames are those of the catalogue in long form (``iso3, year, measure, value, flag``). Expenditure by function is
Eurostat's COFOG (``gov_10a_exp``): what was delivered in the year, in millions of euros at current prices.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.budget import compute_budget_size
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, select_series, widen
from baltic_calculus.analysis.spending import euro_rate

ACCOUNTS = "National accounts"
CORE = "NATO"
"""The two definitions: deliveries, and payments."""

CORE_YEARS = 2
"""So many of NATO's last years are shown."""

BURDEN = [
    "iso3",
    "basis",
    "year",
    "row",
    "defence_eur_m",
    "population_year",
    "defence_eur_per_inhabitant",
    "defence_gdp_pct",
    "budget_year",
    "defence_expenditure_pct",
    "defence_revenue_pct",
    "balance_vintage",
    "row_flag",
]


def compute_budget_shares(cofog: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Defence as a share of total general government expenditure.

    ``share_budget_pct = defence_eur_m / total_eur_m * 100``, both from COFOG of the same year.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    parameters : Parameters
        ``countries``, ``comparators``, ``first_year``, ``last_year`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, share_budget_pct`` (per cent) and ``flag`` (of the total, the less certain of the two).

    Raises
    ------
    DataError
        When a country has no defence expenditure in these years.
    """
    codes = parameters.countries + parameters.comparators
    first, last = parameters.first_year, parameters.last_year
    defence = select_series(cofog, "defence_eur_m", codes, first, last).drop(columns="flag")
    total = select_series(cofog, "total_eur_m", codes, first, last)
    shares = defence.merge(total, on=["iso3", "year"])
    shares["share_budget_pct"] = shares["defence_eur_m"] / shares["total_eur_m"] * 100
    return shares[["iso3", "year", "share_budget_pct", "flag"]]


def join_population(world_bank: pd.DataFrame, macro: pd.DataFrame) -> pd.DataFrame:
    """Population by country and year: the World Bank's series, and its aggregates as held in ``macro_fiscal``.

    Returns
    -------
    DataFrame
        Long: ``iso3, year, measure, value`` (persons), ``flag``; one row per country and year.
    """
    rows = pd.concat([world_bank, macro], ignore_index=True)
    rows = rows[(rows["measure"] == "population_persons") & rows["value"].notna()]
    return rows.drop_duplicates(["iso3", "year"])[["iso3", "year", "measure", "value", "flag"]].reset_index(drop=True)


def compute_per_inhabitant(cofog: pd.DataFrame, population: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Defence expenditure per inhabitant, at current prices.

    ``defence_eur_per_inhabitant = defence_eur_m * 1e6 / population_persons`` of the same year.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    population : DataFrame
        From ``join_population``.
    parameters : Parameters
        ``countries``, ``comparators``, ``first_year``, ``last_year`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, defence_eur_per_inhabitant`` (EUR, current prices), ``flag``; countries without a
        population are left out.
    """
    codes = [code for code in parameters.countries + parameters.comparators if code in set(population["iso3"])]
    first, last = parameters.first_year, parameters.last_year
    defence = select_series(cofog, "defence_eur_m", codes, first, last)
    persons = select_series(population, "population_persons", codes, first, last).drop(columns="flag")
    joined = defence.merge(persons, on=["iso3", "year"])
    joined["defence_eur_per_inhabitant"] = joined["defence_eur_m"] * 1e6 / joined["population_persons"]
    return joined[["iso3", "year", "defence_eur_per_inhabitant", "flag"]]


def summarise_burden(
    nato: pd.DataFrame, cofog: pd.DataFrame, macro: pd.DataFrame, population: pd.DataFrame, parameters: Parameters
) -> pd.DataFrame:
    """Defence against people, output and budget, in two definitions one below the other.

    The national accounts stand for their last year; NATO's two last years for allies. Both are divided by the size of
    general government in per cent of GDP in the last year of the accounts: ``expenditure_pct = defence_gdp_pct /
    expenditure_gdp_pct * 100``, so that growth and prices between the years do not enter. NATO's amounts are divided
    by the latest population.

    Parameters
    ----------
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long.
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    population : DataFrame
        From ``join_population``.
    parameters : Parameters
        ``countries``, ``comparators``, ``last_year`` (of the accounts) are used.

    Returns
    -------
    DataFrame
        ``iso3, basis`` (``ACCOUNTS`` or ``CORE``), ``year, row`` (as printed, with the flag), ``defence_eur_m,
        population_year, defence_eur_per_inhabitant, defence_gdp_pct, budget_year, defence_expenditure_pct,
        defence_revenue_pct, balance_vintage, row_flag``. NaN where nothing was published.
    """
    codes = parameters.countries + parameters.comparators
    size = compute_budget_size(cofog, macro, codes, parameters.last_year).set_index("iso3")
    people = (
        population.sort_values("year", kind="stable")
        .drop_duplicates("iso3", keep="last")
        .set_index("iso3")
        .reindex(codes)
    )
    rows = pd.concat(
        [_accounts_rows(cofog, population, codes, parameters.last_year), _core_rows(nato, people, codes)],
        ignore_index=True,
    )
    expenditure, revenue = (rows["iso3"].map(size[name]) for name in ("expenditure_gdp_pct", "revenue_gdp_pct"))
    rows = rows.assign(
        row=rows["basis"] + " " + rows["year"].astype(str) + (", " + rows["flag"]).where(rows["flag"] != "", ""),
        defence_eur_per_inhabitant=rows["defence_eur_m"] * 1e6 / rows["persons"],
        budget_year=parameters.last_year,
        defence_expenditure_pct=rows["defence_gdp_pct"] / expenditure * 100,
        defence_revenue_pct=rows["defence_gdp_pct"] / revenue * 100,
        balance_vintage=rows["iso3"].map(size["balance_vintage"]),
        row_flag=rows["flag"],
        place=rows["iso3"].map(list(codes).index),
        rank=rows["basis"].map((ACCOUNTS, CORE).index),
    )
    return rows.sort_values(["place", "rank", "year"], ignore_index=True)[BURDEN]


def _accounts_rows(cofog: pd.DataFrame, population: pd.DataFrame, codes: Sequence[str], year: int) -> pd.DataFrame:
    """Defence of the national accounts in one year, with the population of that year."""
    wide = widen(cofog[cofog["year"] == year], ["defence_eur_m", "total_eur_m", "total_gdp_pct"])
    wide = wide[wide["iso3"].isin(codes)].dropna()
    persons = population[population["year"] == year].set_index("iso3")["value"]
    flags = flags_of(cofog, "total_eur_m").query("year == @year").set_index("iso3")["flag"]
    return wide.assign(
        basis=ACCOUNTS,
        defence_gdp_pct=wide["defence_eur_m"] / wide["total_eur_m"] * wide["total_gdp_pct"],
        population_year=year,
        persons=wide["iso3"].map(persons),
        flag=wide["iso3"].map(flags),
    )


def _core_rows(nato: pd.DataFrame, people: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Core defence expenditure of NATO's two last years, with the latest population."""
    wide = widen(nato[nato["iso3"].isin(codes)], ["share_gdp_pct", "spend_usd_m_current"]).dropna()
    wide = wide[wide["year"] > nato["year"].max() - CORE_YEARS]
    wide = wide.merge(flags_of(nato, "share_gdp_pct"), on=["iso3", "year"], how="left")
    return wide.assign(
        basis=CORE,
        defence_gdp_pct=wide["share_gdp_pct"],
        defence_eur_m=wide["spend_usd_m_current"] / wide["year"].map(euro_rate(nato, "current")),
        population_year=wide["iso3"].map(people["year"]),
        persons=wide["iso3"].map(people["value"]),
    )


def compute_adopted_shares(nato: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Core defence expenditure of NATO's last year against the size of government that an adopted budget foresees.

    Returns
    -------
    DataFrame
        ``iso3, year, vintage, core_expenditure_pct`` (per cent of general government expenditure), for the countries
        whose adopted budget of that year states its size.
    """
    core = nato[(nato["measure"] == "share_gdp_pct") & nato["value"].notna()]
    core = core[core["year"] == core["year"].max()].set_index("iso3")["value"]
    adopted = macro[
        (macro["measure"] == "expenditure_gdp_pct")
        & (macro["year"] == nato["year"].max())
        & macro["vintage"].str.contains("adopted")
        & macro["iso3"].isin(parameters.countries)
    ]
    share = adopted["iso3"].map(core) / adopted["value"] * 100
    return adopted[["iso3", "year", "vintage"]].assign(core_expenditure_pct=share).reset_index(drop=True)
