"""Fiscal burden: defence in government expenditure, per inhabitant, and what moved when it grew.

Frames are those of the catalogue in long form (``iso3, year, measure, value, flag``). Expenditure by function is
Eurostat's COFOG (``gov_10a_exp``): what was delivered in the year, in millions of euros at current prices.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.budget import compute_budget_size, select_balances
from baltic_calculus.analysis.debt import DEBT, LATEST
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, select_series, widen
from baltic_calculus.analysis.spending import euro_rate
from baltic_calculus.errors import DataError

FUNCTIONS = (
    "defence",
    "public_order_safety",
    "health",
    "education",
    "social_protection",
    "general_public_services",
    "economic_affairs",
    "environment",
    "housing",
    "recreation_culture",
)
"""The ten divisions of COFOG, as named in the dataset."""

REMAINDER = "other"
"""What is left of the total where a publisher leaves divisions out."""


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


def base_years(parameters: Parameters, reference_years: Sequence[int]) -> tuple[int, ...]:
    """Years from which changes are counted: the reference years inside the period, or else its first year.

    Examples
    --------
    >>> base_years(Parameters(first_year=2016, last_year=2024), (2014, 2021))
    (2021,)
    """
    inside = tuple(year for year in reference_years if parameters.first_year <= year < parameters.last_year)
    return inside or (parameters.first_year,)


def split_by_function(cofog: pd.DataFrame, code: str, years: tuple[int, int]) -> pd.DataFrame:
    """Expenditure of one country by function in two years, in per cent of GDP.

    ``share = function_eur_m / total_eur_m * total_gdp_pct``: the published shares have one decimal, too coarse for
    changes of a tenth of a point; split this way the functions add up to the published total within the rounding of
    the amounts.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    code : str
        Country.
    years : tuple of int
        The two years.

    Returns
    -------
    DataFrame
        Index: the two years; one column per function, in the order of ``FUNCTIONS``. Functions that lack an
        amount in either year are together in ``REMAINDER``. Per cent of GDP.

    Raises
    ------
    DataError
        When the total of the country is missing in either year.
    """
    measures = [f"{name}_eur_m" for name in FUNCTIONS]
    rows = widen(cofog[cofog["iso3"] == code], [*measures, "total_eur_m", "total_gdp_pct"])
    level = rows.set_index("year").reindex(years)
    if level[["total_eur_m", "total_gdp_pct"]].isna().any(axis=None):
        raise DataError(
            f"no total expenditure of {code} in {years[0]} or {years[1]}",
            where="cofog_expenditure",
            remedy="leave this country out or choose other years",
        )
    amounts = level[measures].set_axis(list(FUNCTIONS), axis="columns").dropna(axis="columns")
    if len(amounts.columns) < len(FUNCTIONS):
        amounts[REMAINDER] = level["total_eur_m"] - amounts.sum(axis="columns")
    return amounts.mul(level["total_gdp_pct"] / level["total_eur_m"], axis="index")


def compute_function_changes(
    cofog: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> pd.DataFrame:
    """Change of expenditure by function from the reference years to the last year, in points of GDP.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    parameters : Parameters
        ``countries``, ``first_year``, ``last_year`` are used.
    reference_years : sequence of int
        Years from which to count, in rising order; see ``base_years``.

    Returns
    -------
    DataFrame
        ``iso3, period`` (as printed), ``function, change_points`` (points of GDP), ``total_change_points``
        (the sum of the functions, the same for all rows of a country and period), ``flag`` (of the last
        year's total).
    """
    last = parameters.last_year
    flags = flags_of(cofog, "total_eur_m").set_index(["iso3", "year"])["flag"]
    frames = []
    for code in parameters.countries:
        for start in base_years(parameters, reference_years):
            shares = split_by_function(cofog, code, (start, last))
            change = shares.loc[last] - shares.loc[start]
            frames.append(
                pd.DataFrame(
                    {
                        "iso3": code,
                        "period": f"{start}–{last}",
                        "function": change.index,
                        "change_points": change.to_numpy(),
                        "total_change_points": change.sum(),
                        "flag": flags[(code, last)],
                    }
                )
            )
    return pd.concat(frames, ignore_index=True)


def summarise_burden(
    nato: pd.DataFrame, cofog: pd.DataFrame, macro: pd.DataFrame, population: pd.DataFrame, parameters: Parameters
) -> pd.DataFrame:
    """One row per country and comparator: core defence expenditure against people, output and budget.

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
    codes = list(parameters.countries + parameters.comparators)
    core_year = int(nato.loc[nato["measure"] == "share_gdp_pct", "year"].max())
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
