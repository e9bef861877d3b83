"""The numbers that the fiscal chapter and the summary put into sentences: budgets, people, functions, definitions."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.budget_functions import REMAINDER, base_years, compute_function_changes
from baltic_calculus.analysis.burden import compute_budget_shares, compute_per_inhabitant, summarise_burden
from baltic_calculus.analysis.by_country import UNKNOWN, known_by_country
from baltic_calculus.analysis.definitions import compare_definitions, compute_definition_gap
from baltic_calculus.analysis.measures import select_measures
from baltic_calculus.analysis.parameters import Parameters
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
    ends, beside = ends.sort_values("last", ascending=False).reset_index(), beside.reset_index()
    return {
        "base_year": year(base),
        "last_year": year(last),
        "countries_base": known_by_country(ends, "base", unit, decimals),
        "countries_last": known_by_country(ends, "last", unit, decimals),
        "comparators_last": known_by_country(beside, "last", unit, decimals, empty="no comparator"),
        "larger": _codes(ends, ends["last"] > ends["base"]),
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
        by country), ``larger`` (codes where the last value is above the first), ``leader, leader_last``.
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
        function grew more); and ``period_long, period_short`` (as printed), ``fell_short``
        (functions that fell in every country).
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
        for column in told:
            facts[f"{column}_{name}"] = known_by_country(table, column, "points of GDP", 1)
        facts[f"part_{name}"] = known_by_country(table, "part", "%", 0, empty="too small to tell")
        facts[f"defence_first_{name}"] = tuple(wide.index[wide.idxmax(axis="columns") == "defence"])
        if name == "short":
            fell = wide.columns[(wide < 0).all()]
            facts["fell_short"] = tuple(function for function in fell if function != REMAINDER)
    return facts


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
    """Core defence expenditure against people, budget and revenue; debt and balances.

    Returns
    -------
    dict
        ``core_year, budget_year, balance_year`` (years); ``per_inhabitant`` (EUR), ``expenditure_parts,
        revenue_parts`` (per cent), ``debts, balances`` (per cent of GDP), by country; ``comparator_parts``
        (per cent of expenditure); ``no_balance_last, no_balance_next`` (codes);
        ``vintages_last, vintages_next`` (where the balances of both years come from); ``last_balance_year``.
    """
    summary = summarise_burden(nato, cofog, macro, population, parameters)
    own = summary[summary["iso3"].isin(parameters.countries)]
    beside = summary[summary["iso3"].isin(parameters.comparators)]
    return {
        "core_year": year(int(summary["core_year"].iloc[0])),
        "budget_year": year(parameters.last_year),
        "last_balance_year": year(parameters.last_year + 1),
        "balance_year": year(parameters.last_year + 2),
        "per_inhabitant": known_by_country(own, "core_eur_per_inhabitant", "EUR", 0),
        "expenditure_parts": known_by_country(own, "core_expenditure_pct", "%", 1),
        "revenue_parts": known_by_country(own, "core_revenue_pct", "%", 1),
        "comparator_parts": known_by_country(beside, "core_expenditure_pct", "%", 1),
        "debts": known_by_country(own, "debt_gdp_pct", "% of GDP", 1),
        "balances": known_by_country(own, "balance_next_gdp_pct", "% of GDP", 1),
        "vintages_last": _vintages(summary["balance_last_vintage"]),
        "vintages_next": _vintages(summary["balance_next_vintage"]),
        "no_balance_last": _codes(own, own["balance_last_gdp_pct"].isna()),
        "no_balance_next": _codes(own, own["balance_next_gdp_pct"].isna()),
    }


def describe_measures(measures: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """How many measures were decided and how many withdrawn.

    Returns
    -------
    dict
        ``decided, planned, withdrawn`` (counts), ``withdrawn_in`` (codes), ``none_found`` (codes).
    """
    rows = select_measures(measures, parameters)
    count = rows["standing"].value_counts()
    withdrawn = rows.loc[rows["standing"] == "withdrawn", "iso3"]
    return {
        "decided": Quantity(int(count.get("decided", 0)), "", 0),
        "planned": Quantity(int(count.get("planned or proposed", 0)), "", 0),
        "withdrawn": Quantity(int(count.get("withdrawn", 0)), "", 0),
        "withdrawn_in": tuple(dict.fromkeys(withdrawn)),
        "none_found": _codes(rows, rows["standing"] == "none found"),
    }
