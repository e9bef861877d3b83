"""The numbers that the fiscal chapter and the summary put into sentences: budgets, people, functions, definitions."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.budget_functions import REMAINDER, ROUNDING, base_years, compute_function_changes
from baltic_calculus.analysis.burden import (
    ACCOUNTS,
    CORE,
    compute_adopted_shares,
    compute_budget_shares,
    compute_per_inhabitant,
    summarise_burden,
)
from baltic_calculus.analysis.by_country import UNKNOWN, known_by_country
from baltic_calculus.analysis.definitions import compare_definitions, compute_definition_gap
from baltic_calculus.analysis.measures import select_measures
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.price_level import CONSTANT, compare_price_bases
from baltic_calculus.analysis.quantity import Fact, Quantity, year

LEAST_GROWTH_POINTS = 1.0
"""Growth of the total, in points of GDP, from which a part of it is told: parts of next to nothing mean nothing."""


def _codes(frame: pd.DataFrame, chosen: pd.Series) -> tuple[str, ...]:
    """Country codes of the chosen rows."""
    return tuple(frame.loc[chosen, "iso3"])


def _vintages(names: pd.Series) -> tuple[str, ...]:
    """Vintages in the order of the rows, each once, without those that are missing."""
    return tuple(name for name in dict.fromkeys(names) if name) or (UNKNOWN,)


def _compare_ends(
    frame: pd.DataFrame, value: str, unit: str, decimals: int, parameters: Parameters, base: int
) -> dict[str, Fact]:
    """A series in the base year and the last year: the countries, their comparators, and who is highest."""
    last = parameters.last_year
    wide = frame.pivot(index="iso3", columns="year", values=value).reindex(columns=[base, last])
    ends = wide.reindex([code for code in parameters.countries if code in wide.index]).set_axis(
        ["base", "last"], axis="columns"
    )
    beside = wide.reindex([code for code in parameters.comparators if code in wide.index])[[last]].set_axis(
        ["last"], axis="columns"
    )
    ends, beside = ends.sort_values("last", ascending=False, kind="stable").reset_index(), beside.reset_index()
    own = frame[frame["iso3"].isin(parameters.countries)]
    highest = own.pivot(index="iso3", columns="year", values=value).reindex(ends["iso3"]).idxmax(axis="columns")
    return {
        "base_year": year(base),
        "last_year": year(last),
        "countries_base": known_by_country(ends, "base", unit, decimals),
        "countries_last": known_by_country(ends, "last", unit, decimals),
        "comparators_last": known_by_country(beside, "last", unit, decimals, empty="no comparator"),
        "larger": _codes(ends, ends["last"] > ends["base"]),
        "record": tuple(highest[highest == last].index) or "none",
        "first_year": year(parameters.first_year),
        "leader": str(ends["iso3"].iloc[0]),
        "leader_last": Quantity(float(ends["last"].iloc[0]), unit, decimals),
    }


def describe_budget_shares(
    cofog: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> dict[str, Fact]:
    """Defence in total government expenditure, then and now.

    Returns
    -------
    dict
        ``base_year, last_year, countries_base, countries_last, comparators_last`` (per cent of expenditure,
        by country), ``larger`` (codes where the last value is above the first), ``record`` (codes of countries whose
        highest value since ``first_year`` is the last), ``leader, leader_last``.
    """
    shares = compute_budget_shares(cofog, parameters)
    base = base_years(parameters, reference_years)[0]
    return _compare_ends(shares, "share_budget_pct", "%", 1, parameters, base)


def describe_per_inhabitant(
    cofog: pd.DataFrame, population: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> dict[str, Fact]:
    """Defence expenditure per inhabitant, then and now.

    Returns
    -------
    dict
        As ``describe_budget_shares``, in euros at current prices; and ``missing`` (codes without a population).
    """
    amounts = compute_per_inhabitant(cofog, population, parameters)
    codes = parameters.countries + parameters.comparators
    missing = tuple(code for code in codes if code not in set(amounts["iso3"]))
    base = base_years(parameters, reference_years)[0]
    ends = _compare_ends(amounts, "defence_eur_per_inhabitant", "EUR", 0, parameters, base)
    return {**ends, "missing": missing}


def describe_constant_prices(
    cofog: pd.DataFrame,
    population: pd.DataFrame,
    nato: pd.DataFrame,
    parameters: Parameters,
    reference_years: Sequence[int],
) -> dict[str, Fact]:
    """Defence expenditure per inhabitant at constant prices, then and now.

    Returns
    -------
    dict
        ``base_year, last_year``; ``countries_base, countries_last`` (EUR at prices of 2021) and ``multiples`` (last
        over first), by country; ``missing`` (codes of countries and comparators without a price level). The base
        year is the first reference year, or the first with prices where that is later.
    """
    amounts = compare_price_bases(cofog, population, nato, parameters)
    constant = amounts[amounts["price_basis"] == CONSTANT]
    own = constant[constant["iso3"].isin(parameters.countries)]
    base = (
        max(base_years(parameters, reference_years)[0], int(own["year"].min())) if len(own) else parameters.first_year
    )
    wide = constant.pivot(index="iso3", columns="year", values="defence_eur_per_inhabitant")
    wide = wide.reindex(index=list(parameters.countries), columns=[base, parameters.last_year])
    ends = wide.set_axis(["base", "last"], axis="columns").rename_axis("iso3").reset_index()
    ends = ends.assign(multiple=ends["last"] / ends["base"])
    codes = parameters.countries + parameters.comparators
    return {
        "base_year": year(base),
        "last_year": year(parameters.last_year),
        "countries_base": known_by_country(ends, "base", "EUR", 0),
        "countries_last": known_by_country(ends, "last", "EUR", 0),
        "multiples": known_by_country(ends, "multiple", "times", 1),
        "missing": tuple(code for code in codes if code not in set(constant["iso3"])) or "none",
    }


def describe_function_changes(
    cofog: pd.DataFrame, parameters: Parameters, reference_years: Sequence[int]
) -> dict[str, Fact]:
    """What moved when defence grew.

    Returns
    -------
    dict
        For the longest period (``_long``) and the shortest (``_short``), by country, in points of GDP:
        ``defence, total, health, education, social_protection, economic_affairs``; ``part`` (defence in per
        cent of the change of the total, where that is not next to nothing); ``defence_first`` (codes where no
        function grew more), ``rest_rose`` (codes where both defence and everything else together
        grew); and ``period_long, period_short`` (as printed), ``start_long, start_short, end`` (years), ``fell_short``
        (functions that fell in every country), ``rounding`` (largest rest between the functions and the total).
    """
    changes = compute_function_changes(cofog, parameters, reference_years)
    periods = list(changes["period"].unique())
    facts: dict[str, Fact] = {}
    for name, period in (("long", periods[0]), ("short", periods[-1])):
        rows = changes[changes["period"] == period]
        wide = rows.pivot(index="iso3", columns="function", values="change_points").reindex(list(parameters.countries))
        total = wide.sum(axis="columns")
        part = (wide["defence"] / total * 100).where(total >= LEAST_GROWTH_POINTS)
        told = ("defence", "total", "health", "education", "social_protection", "economic_affairs")
        table = wide.assign(total=total).reindex(columns=told).assign(part=part).reset_index()
        facts[f"period_{name}"] = period
        facts[f"start_{name}"] = year(int(period.split("–")[0]))
        for column in told:
            facts[f"{column}_{name}"] = known_by_country(table, column, "points of GDP", 1)
        facts[f"rest_rose_{name}"] = tuple(wide.index[(total - wide["defence"] > 0) & (wide["defence"] > 0)]) or "none"
        facts[f"part_{name}"] = known_by_country(table, "part", "%", 0, empty="too small to tell")
        facts[f"defence_first_{name}"] = tuple(wide.index[wide.idxmax(axis="columns") == "defence"])
        if name == "short":
            fell = wide.columns[(wide < 0).all()]
            facts["fell_short"] = tuple(function for function in fell if function not in (REMAINDER, ROUNDING))
    rest = changes.loc[changes["function"] == ROUNDING, "change_points"].abs().max()
    return facts | {"rounding": Quantity(float(rest), "points of GDP", 4), "end": year(parameters.last_year)}


def describe_definitions(
    nato: pd.DataFrame, cofog: pd.DataFrame, delivery: pd.DataFrame, parameters: Parameters
) -> dict[str, Fact]:
    """How far apart the definitions are in the last year that both NATO and the early collection have.

    Returns
    -------
    dict
        ``year, core, delivery`` (per cent of GDP, by country), ``gaps`` (NATO less delivery, points of GDP),
        ``widest_core, widest_delivery, widest_gap`` (of the country where they differ most), ``core_higher,
        delivery_higher`` (codes), ``missing`` (codes).

    Raises
    ------
    DataError
        When a definition has none of the countries.
    """
    gap = compute_definition_gap(compare_definitions(nato, cofog, delivery, parameters))
    last_year = int(delivery["year"].max())
    rows = gap[gap["year"] == last_year].set_index("iso3")
    rows = rows.reindex([code for code in parameters.countries if code in rows.index]).reset_index()
    missing = tuple(code for code in parameters.countries if code not in set(rows["iso3"]))
    sizes = rows["gap_points"].abs()
    widest = rows.loc[[sizes.idxmax()]] if len(rows) else rows
    return {
        "year": year(last_year),
        "core": known_by_country(rows, "core_gdp_pct", "% of GDP", 2),
        "delivery": known_by_country(rows, "delivery_gdp_pct", "% of GDP", 1),
        "gaps": known_by_country(rows, "gap_points", "points of GDP", 1),
        "core_higher": _codes(rows, rows["gap_points"] > 0),
        "delivery_higher": _codes(rows, rows["gap_points"] < 0),
        "missing": missing,
        "widest_core": known_by_country(widest, "core_gdp_pct", "% of GDP", 2),
        "widest_delivery": known_by_country(widest, "delivery_gdp_pct", "% of GDP", 1),
        "widest_gap": known_by_country(widest.assign(size=sizes), "size", "points of GDP", 1),
    }


def describe_burden(
    nato: pd.DataFrame, cofog: pd.DataFrame, macro: pd.DataFrame, population: pd.DataFrame, parameters: Parameters
) -> dict[str, Fact]:
    """Defence against people, budget and revenue, in both definitions.

    Returns
    -------
    dict
        ``core_year, before_year, budget_year`` (NATO's last two years, and that of the accounts); ``per_inhabitant``
        (EUR, NATO's last year), ``expenditure_parts, revenue_parts`` (per cent, NATO's last year),
        ``expenditure_parts_before, revenue_parts_before``, ``accounts_parts`` (per cent of expenditure, accounts), by
        country; ``comparator_parts`` (per cent of expenditure); ``adopted_parts`` (per cent of the expenditure that an
        adopted budget of the last year foresees); ``vintages`` (where the balances of the budget year come from),
        ``no_revenue`` (codes without one).
    """
    summary = summarise_burden(nato, cofog, macro, population, parameters)
    own = summary[summary["iso3"].isin(parameters.countries)]
    core = summary[summary["basis"] == CORE]
    core_year = int(nato.loc[nato["measure"] == "share_gdp_pct", "year"].max())
    last, before = (own[(own["basis"] == CORE) & (own["year"] == when)] for when in (core_year, core_year - 1))
    beside = core[core["iso3"].isin(parameters.comparators) & (core["year"] == core_year)]
    return {
        "core_year": year(core_year),
        "before_year": year(core_year - 1),
        "budget_year": year(parameters.last_year),
        "per_inhabitant": known_by_country(last, "defence_eur_per_inhabitant", "EUR", 0),
        "expenditure_parts": known_by_country(last, "defence_expenditure_pct", "%", 1),
        "revenue_parts": known_by_country(last, "defence_revenue_pct", "%", 1),
        "expenditure_parts_before": known_by_country(before, "defence_expenditure_pct", "%", 1),
        "revenue_parts_before": known_by_country(before, "defence_revenue_pct", "%", 1),
        "accounts_parts": known_by_country(own[own["basis"] == ACCOUNTS], "defence_expenditure_pct", "%", 1),
        "comparator_parts": known_by_country(beside, "defence_expenditure_pct", "%", 1),
        "adopted_parts": known_by_country(
            compute_adopted_shares(nato, macro, parameters), "core_expenditure_pct", "%", 1
        ),
        "vintages": _vintages(summary["balance_vintage"]),
        "no_revenue": tuple(dict.fromkeys(_codes(summary, summary["defence_revenue_pct"].isna()))),
    }


def describe_measures(measures: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """How many measures were decided and how many withdrawn; one with amounts for several years is one measure.

    Returns
    -------
    dict
        ``decided, planned, withdrawn`` (counts), ``withdrawn_in`` (codes), ``none_found`` (codes).
    """
    rows = select_measures(measures, parameters).drop_duplicates(["iso3", "title", "standing"])
    count = rows["standing"].value_counts()
    withdrawn = rows.loc[rows["standing"] == "withdrawn", "iso3"]
    return {
        "decided": Quantity(int(count.get("decided", 0)), "", 0),
        "planned": Quantity(int(count.get("planned or proposed", 0)), "", 0),
        "withdrawn": Quantity(int(count.get("withdrawn", 0)), "", 0),
        "withdrawn_in": tuple(dict.fromkeys(withdrawn)),
        "none_found": _codes(rows, rows["standing"] == "none found"),
    }
