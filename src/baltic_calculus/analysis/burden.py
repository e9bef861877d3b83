"""Fiscal burden: defence in government expenditure, per inhabitant, against budgets, debt and balances.

Frames are those of the catalogue in long form (``iso3, year, measure, value, flag``). Expenditure by function is
Eurostat's COFOG (``gov_10a_exp``): what was delivered in the year, in millions of euros at current prices.
"""

import pandas as pd

from baltic_calculus.analysis.budget import compute_budget_size, select_balances
from baltic_calculus.analysis.debt import DEBT, LATEST
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, select_series, widen
from baltic_calculus.analysis.spending import euro_rate


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
    """One row per ally among countries and comparators: core defence expenditure against people, output and budget.

    NATO's last year is set against the latest population and against the budget's size in per cent of GDP in the
    last year of COFOG: ``core_expenditure_pct = core_gdp_pct / expenditure_gdp_pct * 100``. Shares are divided,
    not amounts, so that growth and prices between the two years do not enter.

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
        ``countries``, ``comparators``, ``last_year`` (of the budget) are used.

    Returns
    -------
    DataFrame
        ``iso3, core_year, core_eur_m, population_year, core_eur_per_inhabitant, core_gdp_pct, budget_year,
        core_expenditure_pct, core_revenue_pct, debt_year, debt_gdp_pct`` (IMF, latest edition),
        ``balance_last_gdp_pct, balance_next_gdp_pct`` (the two years after the budget year) with
        ``balance_last_vintage, balance_next_vintage``, and a ``flag_`` for core, debt and both balances. NaN
        where nothing was published.
    """
    shares = nato[(nato["measure"] == "share_gdp_pct") & nato["value"].notna()]
    codes = [code for code in parameters.countries + parameters.comparators if code in set(shares["iso3"])]
    core_year = int(shares["year"].max())
    core = (
        widen(nato[nato["year"] == core_year], ["share_gdp_pct", "spend_usd_m_current"])
        .set_index("iso3")
        .reindex(codes)
    )
    core_eur_m = core["spend_usd_m_current"] / euro_rate(nato, "current")[core_year]
    people = population.sort_values("year").drop_duplicates("iso3", keep="last").set_index("iso3").reindex(codes)
    size = compute_budget_size(cofog, macro, codes, parameters.last_year).set_index("iso3")
    debt = macro[
        (macro["measure"] == DEBT) & (macro["vintage"] == LATEST) & (macro["year"] == parameters.last_year + 1)
    ]
    debt = debt.set_index("iso3").reindex(codes)
    balances = select_balances(macro, codes, [parameters.last_year + 1, parameters.last_year + 2]).set_index(
        ["year", "iso3"]
    )
    last, following = balances.loc[parameters.last_year + 1], balances.loc[parameters.last_year + 2]
    core_flags = flags_of(nato, "share_gdp_pct").query("year == @core_year").set_index("iso3")["flag"]
    return pd.DataFrame(
        {
            "core_year": core_year,
            "core_eur_m": core_eur_m,
            "population_year": people["year"].astype("Int64"),
            "core_eur_per_inhabitant": core_eur_m * 1e6 / people["value"],
            "core_gdp_pct": core["share_gdp_pct"],
            "budget_year": parameters.last_year,
            "core_expenditure_pct": core["share_gdp_pct"] / size["expenditure_gdp_pct"] * 100,
            "core_revenue_pct": core["share_gdp_pct"] / size["revenue_gdp_pct"] * 100,
            "debt_year": parameters.last_year + 1,
            "debt_gdp_pct": debt["value"],
            "balance_last_gdp_pct": last["net_lending_gdp_pct"],
            "balance_last_vintage": last["vintage"],
            "balance_next_gdp_pct": following["net_lending_gdp_pct"],
            "balance_next_vintage": following["vintage"],
            "flag_core": core_flags.reindex(codes).fillna(""),
            "flag_debt": debt["flag"].fillna(""),
            "flag_balance_last": last["flag"],
            "flag_balance_next": following["flag"],
        },
        index=pd.Index(codes, name="iso3"),
    ).reset_index()
