"""One country and year in every source that has it, and how far apart the sources are. Never joined."""

import pandas as pd

from baltic_calculus.analysis.definitions import (
    ANNUAL,
    CORE,
    EARLY,
    MEASURES,
    select_definition,
    stack_definitions,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year

BUDGET, SIPRI = "national budget", "SIPRI"
SOURCES = (BUDGET, CORE, SIPRI, ANNUAL, EARLY)
"""All sources, in the order in which they are shown."""
BUDGET_MEASURE, SIPRI_MEASURE = "defence_budget_gdp_pct", "share_gdp_pct"
SHOWN_YEARS = 2
"""Years before the last one that are compared: those that most sources have."""
NOT_COMPUTABLE = "not computable"
ACCOUNTS = {ANNUAL: "national accounts", EARLY: "national accounts"}
"""Both collections of Eurostat are one source when it is counted which source is highest."""


def latest_budgets(plans: pd.DataFrame) -> pd.DataFrame:
    """The latest dated share of GDP of each national budget.

    Parameters
    ----------
    plans : DataFrame
        Dataset ``defence_budget_plans``: one row for each figure published for the same budget.

    Returns
    -------
    DataFrame
        Its rows with a share of GDP, one for each country and year.
    """
    shares = plans[plans["measure"] == BUDGET_MEASURE].sort_values("source_date", kind="stable")
    return shares.drop_duplicates(["iso3", "year"], keep="last")


def compare_sources(
    plans: pd.DataFrame,
    nato: pd.DataFrame,
    sipri: pd.DataFrame,
    cofog: pd.DataFrame,
    delivery: pd.DataFrame,
    parameters: Parameters,
) -> pd.DataFrame:
    """Defence spending as a share of GDP in every source, for the last three years of the page.

    Parameters
    ----------
    plans, nato, sipri, cofog, delivery : DataFrame
        Datasets ``defence_budget_plans, nato_defence_expenditure, sipri_milex, cofog_expenditure, defence_delivery``.
    parameters : Parameters
        ``countries`` and ``last_year``.

    Returns
    -------
    DataFrame
        ``iso3, year, definition`` (the source), ``share_gdp_pct`` (per cent of GDP), ``flag, spread_points`` (points of
        GDP, highest less lowest of that country and year; NaN with one source); by country, year and source. A source
        without a figure has no row.

    Raises
    ------
    DataError
        When no source has any of the countries.
    """
    first, last, codes = parameters.last_year - SHOWN_YEARS, parameters.last_year, parameters.countries
    frames = {
        BUDGET: (latest_budgets(plans), BUDGET_MEASURE),
        CORE: (nato, MEASURES[CORE]),
        SIPRI: (sipri, SIPRI_MEASURE),
        ANNUAL: (cofog, MEASURES[ANNUAL]),
        EARLY: (delivery, MEASURES[EARLY]),
    }
    compared = stack_definitions(
        [select_definition(frame, name, measure, codes, first, last) for name, (frame, measure) in frames.items()]
    )
    order = compared.assign(country=compared["iso3"].map(codes.index), place=compared["definition"].map(SOURCES.index))
    ordered = order.sort_values(["country", "year", "place"])[compared.columns].reset_index(drop=True)
    shares = ordered.groupby(["iso3", "year"])["share_gdp_pct"]
    spread = shares.transform("max") - shares.transform("min")
    return ordered.assign(spread_points=spread.where(shares.transform("size") > 1))


def compute_spread(compared: pd.DataFrame) -> pd.DataFrame:
    """How far apart the sources are for each country and year.

    Parameters
    ----------
    compared : DataFrame
        From ``compare_sources``.

    Returns
    -------
    DataFrame
        ``iso3, year, sources`` (how many have a figure), ``lowest, lowest_gdp_pct, highest, highest_gdp_pct`` (source
        and per cent of GDP), ``spread_points`` (points of GDP, highest less lowest; never negative). A country and year
        with one source is left out: there is nothing to compare.
    """
    ranked = compared.sort_values("share_gdp_pct", kind="stable")
    ends = ranked.groupby(["iso3", "year"], sort=False, as_index=False).agg(
        sources=("definition", "size"),
        lowest=("definition", "first"),
        lowest_gdp_pct=("share_gdp_pct", "first"),
        highest=("definition", "last"),
        highest_gdp_pct=("share_gdp_pct", "last"),
        spread_points=("spread_points", "first"),
    )
    order = {code: place for place, code in enumerate(dict.fromkeys(compared["iso3"]))}
    ends = ends[ends["sources"] > 1].assign(place=lambda frame: frame["iso3"].map(order))
    return ends.sort_values(["place", "year"]).drop(columns="place").reset_index(drop=True)


def describe_sources(compared: pd.DataFrame, spread: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """How far apart the sources are, which is highest and lowest how often, and what is missing.

    Parameters
    ----------
    compared : DataFrame
        From ``compare_sources``.
    spread : DataFrame
        From ``compute_spread``.
    parameters : Parameters
        ``countries`` and ``last_year``.

    Returns
    -------
    dict
        ``first_year, last_year`` (compared), ``pairs`` (countries and years with two or more sources),
        ``spread_median`` (points), ``widest_country, widest_year, widest_spread, widest_low, widest_low_share,
        widest_high, widest_high_share``, ``highest, lowest`` (how often each source is), ``year_spreads`` (by country,
        in ``widest_year``), ``silent`` (sources without a figure, with the years). ``not computable`` where no
        country has two sources.
    """
    facts: dict[str, Fact] = {
        "first_year": year(parameters.last_year - SHOWN_YEARS),
        "last_year": year(parameters.last_year),
        "pairs": Quantity(len(spread), "", 0),
        "silent": silent_sources(compared, parameters),
    }
    if spread.empty:
        names = ("country", "year", "spread", "low", "low_share", "high", "high_share")
        unknown = {f"widest_{name}": NOT_COMPUTABLE for name in names}
        return facts | unknown | {"spread_median": NOT_COMPUTABLE, "highest": {}, "lowest": {}, "year_spreads": {}}
    widest = spread.loc[spread["spread_points"].idxmax()]
    own = spread[spread["year"] == widest["year"]]
    return facts | {
        "spread_median": Quantity(float(spread["spread_points"].median()), "points of GDP", 1),
        "widest_country": str(widest["iso3"]),
        "widest_year": year(widest["year"]),
        "widest_spread": Quantity(float(widest["spread_points"]), "points of GDP", 1),
        "widest_low": str(widest["lowest"]),
        "widest_low_share": _share(widest["lowest_gdp_pct"], widest["lowest"]),
        "widest_high": str(widest["highest"]),
        "widest_high_share": _share(widest["highest_gdp_pct"], widest["highest"]),
        "highest": _counts(spread["highest"]),
        "lowest": _counts(spread["lowest"]),
        "year_spreads": {
            str(code): Quantity(float(points), "points of GDP", 1)
            for code, points in zip(own["iso3"], own["spread_points"], strict=True)
        },
    }


def silent_sources(compared: pd.DataFrame, parameters: Parameters) -> tuple[str, ...]:
    """Sources that have no figure for any of the countries in some of the years, with those years in brackets."""
    years = range(parameters.last_year - SHOWN_YEARS, parameters.last_year + 1)
    known = set(zip(compared["definition"], compared["year"], strict=True))
    without = {name: [str(one) for one in years if (name, one) not in known] for name in SOURCES}
    return tuple(f"{name} ({', '.join(missing)})" for name, missing in without.items() if missing)


def _share(share: float, source: str) -> Quantity:
    """A share of GDP with as many decimals as its source publishes."""
    return Quantity(float(share), "% of GDP", 1 if source in ACCOUNTS else 2)


def _counts(names: pd.Series) -> dict[str, Quantity]:
    """How often each source stands there, the most frequent first, those of equal count by name."""
    counts = names.replace(ACCOUNTS).value_counts()
    order = sorted(map(str, counts.index), key=lambda name: (-counts[name], name))
    return {name: Quantity(int(counts[name]), "times", 0) for name in order}


def tabulate_definitions(texts: pd.DataFrame) -> pd.DataFrame:
    """What each source counts, one row for each subject, the sources side by side.

    Parameters
    ----------
    texts : DataFrame
        Dataset ``spending_definitions``: ``topic, definition, text``.

    Returns
    -------
    DataFrame
        ``topic`` and one column of text for each source, named after it with underscores; in the order of the dataset,
        empty where nothing is stated.
    """
    wide = texts.pivot(index="topic", columns="definition", values="text")
    wide = wide.reindex(index=texts["topic"].unique(), columns=texts["definition"].unique()).fillna("")
    return wide.rename(columns=lambda name: name.lower().replace(" ", "_")).rename_axis(columns=None).reset_index()
