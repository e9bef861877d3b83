"""What governments say they will spend, beside what NATO estimates for the same year."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity

KINDS = {
    "defence_budget_gdp_pct": "budget",
    "defence_plan_gdp_pct": "medium-term plan",
    "defence_floor_gdp_pct": "floor",
    "defence_commitment_gdp_pct": "commitment",
}
"""Announced shares of GDP in falling order of bindingness."""


def compare_plans(plans: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Announced shares of GDP by country and year, with NATO's estimate where there is one.

    Parameters
    ----------
    plans : DataFrame
        Dataset of announced budgets and plans, long, with ``status`` and ``source_date``.
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``countries`` and ``last_year``; plans from the year before ``last_year`` on are shown.

    Returns
    -------
    DataFrame
        ``iso3, year, kind, announced_gdp_pct, low_gdp_pct, high_gdp_pct`` (several figures published for the same
        budget give a range; ``announced`` is the latest dated), ``nato_gdp_pct`` (NaN without an estimate),
        ``difference_points`` (announced less NATO), ``source_date, flag_nato_gdp_pct``. A country and year with nothing
        announced has a row only where NATO has an estimate for it.
    """
    own = plans[plans["iso3"].isin(parameters.countries) & (plans["year"] >= parameters.last_year - 1)]
    shares = own[own["measure"].isin(KINDS)].assign(kind=lambda f: f["measure"].map(KINDS)).sort_values("source_date")
    keys = ["iso3", "year", "kind"]
    announced = shares.groupby(keys, as_index=False).agg(
        announced_gdp_pct=("value", "last"),
        low_gdp_pct=("value", "min"),
        high_gdp_pct=("value", "max"),
        source_date=("source_date", "last"),
    )
    firmest = announced.assign(order=announced["kind"].map(list(KINDS.values()).index)).sort_values("order")
    firmest = firmest.drop_duplicates(["iso3", "year"]).drop(columns="order")
    estimates = nato.loc[
        (nato["measure"] == "share_gdp_pct")
        & nato["iso3"].isin(parameters.countries)
        & nato["year"].between(parameters.last_year - 1, parameters.last_year),
        ["iso3", "year", "value", "flag"],
    ].rename(columns={"value": "nato_gdp_pct", "flag": "flag_nato_gdp_pct"})
    joined = firmest.merge(estimates, on=["iso3", "year"], how="outer")
    joined["difference_points"] = joined["announced_gdp_pct"] - joined["nato_gdp_pct"]
    joined["kind"] = joined["kind"].fillna("none found")
    joined["flag_nato_gdp_pct"] = joined["flag_nato_gdp_pct"].fillna("")
    order = joined["iso3"].map(list(parameters.countries).index)
    return joined.assign(order=order).sort_values(["order", "year"]).drop(columns="order").reset_index(drop=True)


def describe_plans(comparison: pd.DataFrame) -> dict[str, Fact]:
    """How far the announced shares reach and how far they differ from NATO's estimates.

    Parameters
    ----------
    comparison : DataFrame
        From ``compare_plans``.

    Returns
    -------
    dict
        ``announced`` (latest year compared with NATO, by country), ``largest_difference`` (absolute, points; ``not
        computable`` where nothing was announced), ``furthest_year`` (by country, the last with an announced share).
    """
    both = comparison.dropna(subset=["announced_gdp_pct", "nato_gdp_pct"])
    latest = both.sort_values("year").drop_duplicates("iso3", keep="last")
    reach = comparison.dropna(subset=["announced_gdp_pct"]).groupby("iso3", sort=False)["year"].max()
    largest: Fact = "not computable"
    if len(both):
        largest = Quantity(float(both["difference_points"].abs().max()), "points", 2)
    return {
        "announced": {r.iso3: Quantity(float(r.announced_gdp_pct), "% of GDP", 2) for r in latest.itertuples()},
        "largest_difference": largest,
        "furthest_year": {str(code): Quantity(int(value), "year") for code, value in reach.items()},
    }
