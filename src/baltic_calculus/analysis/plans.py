"""What governments say they will spend, beside what NATO estimates and what the Hague commitment needs."""

from dataclasses import dataclass

import pandas as pd

from baltic_calculus.analysis.hague_path import Goal, even_path_gdp_pct
from baltic_calculus.analysis.output_growth import compound_growth_pct
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.errors import DataError

KINDS = ("budget", "draft budget", "medium-term plan", "floor", "commitment")
"""Announced shares of GDP in falling order of bindingness."""


@dataclass(frozen=True)
class Goals:
    """The two targets of the commitment: for core expenditure, and with related spending added."""

    core: Goal
    total_gdp_pct: float


MEASURES = {
    "defence_budget_gdp_pct": "budget",
    "defence_plan_gdp_pct": "medium-term plan",
    "defence_floor_gdp_pct": "floor",
    "defence_commitment_gdp_pct": "commitment",
    "defence_commitment_low_gdp_pct": "commitment",
    "defence_commitment_high_gdp_pct": "commitment",
}
DRAFT = "government draft"
"""Status of a budget that parliament has not passed."""

AMOUNT = r"defence_(?:budget|plan)_(?:eur|pln)_bn"
"""Measures that give the whole of a budget or plan in money."""


def join_planners(plans: pd.DataFrame, parameters: Parameters) -> Parameters:
    """Parameters with those comparators among the countries of which an announced share is held, after the focus."""
    planners = set(plans.loc[plans["measure"].isin(MEASURES), "iso3"])
    added = tuple(code for code in parameters.comparators if code in planners)
    return parameters.model_copy(update={"countries": parameters.countries + added})


def compare_plans(plans: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Announced shares of GDP by country and year, with NATO's estimate where there is one.

    Parameters
    ----------
    plans : DataFrame
        Dataset of announced budgets and plans, long, with ``status``, ``source_date`` and ``source``.
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``countries`` and ``last_year``; plans from the year before ``last_year`` on are shown.

    Returns
    -------
    DataFrame
        ``iso3, year, kind, announced_gdp_pct, low_gdp_pct, high_gdp_pct`` (several figures published for the same
        budget give a range; ``announced`` is the latest dated, of those of one date the lowest), ``nato_gdp_pct`` (NaN
        without an estimate), ``difference_points`` (announced less NATO), ``source_date, status, source`` (of
        ``announced``), ``flag_nato_gdp_pct``. Of several kinds for one year only the firmest is kept. A country and
        year with nothing announced has a row only where NATO has an estimate for it.
    """
    own = plans[plans["iso3"].isin(parameters.countries) & (plans["year"] >= parameters.last_year - 1)]
    shares = own[own["measure"].isin(MEASURES)].assign(kind=lambda f: f["measure"].map(MEASURES))
    shares["kind"] = shares["kind"].mask((shares["kind"] == "budget") & (shares["status"] == DRAFT), "draft budget")
    shares = shares.sort_values(["source_date", "value"], ascending=[True, False])
    keys = ["iso3", "year", "kind"]
    announced = shares.groupby(keys, as_index=False).agg(
        announced_gdp_pct=("value", "last"),
        low_gdp_pct=("value", "min"),
        high_gdp_pct=("value", "max"),
        source_date=("source_date", "last"),
        status=("status", "last"),
        source=("source", "last"),
    )
    firmest = announced.assign(order=announced["kind"].map(KINDS.index)).sort_values("order", kind="stable")
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
    joined[["status", "source"]] = joined[["status", "source"]].fillna("")
    joined["flag_nato_gdp_pct"] = joined["flag_nato_gdp_pct"].fillna("")
    order = joined["iso3"].map(list(parameters.countries).index)
    return joined.assign(order=order).sort_values(["order", "year"]).drop(columns="order").reset_index(drop=True)


def compare_with_need(comparison: pd.DataFrame, required: pd.DataFrame, last_year: int, goals: Goals) -> pd.DataFrame:
    """Set announced shares against what the commitment needs of core expenditure in the same year.

    An ally below the target needs the even path to it, ``share * (goal / share) ** ((year - last_year) / years_left)``,
    which is the same for any growth of output. An ally above it needs the target itself.

    Parameters
    ----------
    comparison : DataFrame
        From ``compare_plans``.
    required : DataFrame
        From ``hague_path.compute_required_growth``, for the same countries, year and core target.
    last_year : int
        Year in which the path begins.
    goals : Goals
        The core target and the target for core and related spending together.

    Returns
    -------
    DataFrame
        Rows from ``last_year`` to the year of the target, with ``needed_gdp_pct``, ``margin_points`` (announced less
        needed) and ``total_margin_points`` (announced less the target for core and related spending).
    """
    later = comparison[comparison["year"].between(last_year, goals.core.year)].reset_index(drop=True)
    share = later["iso3"].map(required.set_index("iso3")["share_last_gdp_pct"])
    done = (later["year"] - last_year) / goals.core.years_left(last_year)
    target = goals.core.share_gdp_pct
    path = [even_path_gdp_pct(*point) for point in zip(share, [target] * len(later), done, strict=True)]
    later["needed_gdp_pct"] = pd.Series(path, index=later.index, dtype=float).clip(upper=target)
    later["margin_points"] = later["announced_gdp_pct"] - later["needed_gdp_pct"]
    later["total_margin_points"] = later["announced_gdp_pct"] - goals.total_gdp_pct
    return later


def compute_plan_growth(margins: pd.DataFrame, required: pd.DataFrame, last_year: int) -> pd.DataFrame:
    """Real growth a year that the furthest budget, plan or floor implies, from the same government's latest budget.

    Share moves from budget to plan, output by the central assumption: g = (plan / budget)^(1/n) (1 + gY) - 1. Both
    shares are national figures, so that definitions cancel; several figures for a year give a range.

    Parameters
    ----------
    margins : DataFrame
        From ``compare_with_need``.
    required : DataFrame
        From ``hague_path.compute_required_growth``.
    last_year : int
        Year of the budget from which growth is counted.

    Returns
    -------
    DataFrame
        ``iso3, year`` (furthest announced), ``low_pct, high_pct`` (per cent a year). Commitments are not counted.
        Countries without a budget for the last year, an announced share for a later one or an assumption for output are
        left out.
    """
    output = required.set_index("iso3")["growth_central_pct"]
    rows = []
    firm = margins[margins["kind"].isin(KINDS) & (margins["kind"] != "commitment")]
    for code, own in firm.groupby("iso3", sort=False):
        first, furthest = own[(own["year"] == last_year) & (own["kind"] == "budget")], own[own["year"] > last_year]
        if first.empty or furthest.empty or pd.isna(output[code]):
            continue
        start, end = first.iloc[0], furthest.loc[furthest["year"].idxmax()]
        years, growth = int(end["year"] - last_year), 1 + output[code] / 100
        ends = [
            ((1 + compound_growth_pct(start[base], end[plan], years) / 100) * growth - 1) * 100
            for base, plan in (("high_gdp_pct", "low_gdp_pct"), ("low_gdp_pct", "high_gdp_pct"))
        ]
        rows.append((code, int(end["year"]), *ends))
    return pd.DataFrame(rows, columns=["iso3", "year", "low_pct", "high_pct"])


def compare_amounts(plans: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Budgets and plans in money: the furthest year announced against the last year, in the currency of the budget.

    Parameters
    ----------
    plans : DataFrame
        Dataset of announced budgets and plans, long. Amounts converted by this report (flag ``derived``) are left out.
    parameters : Parameters
        ``countries`` and ``last_year``.

    Returns
    -------
    DataFrame
        ``iso3, unit, year, first_amount, last_amount, change_pct`` (whole change at current prices, per cent).

    Raises
    ------
    DataError
        When a country and year has amounts in two currencies.
    """
    rows = plans[plans["measure"].str.fullmatch(AMOUNT) & (plans["flag"] != "derived")]
    rows = rows[rows["iso3"].isin(parameters.countries) & (rows["year"] >= parameters.last_year)]
    compared = []
    for code, own in rows.groupby("iso3"):
        amounts = own.sort_values("source_date", kind="stable").groupby("year")["value"].last()
        if own["unit"].nunique() > 1:
            raise DataError(f"amounts of {code} in several currencies", where="defence_budget_plans", remedy="keep one")
        if parameters.last_year in amounts.index and len(amounts) > 1:
            first, last = float(amounts[parameters.last_year]), float(amounts.iloc[-1])
            unit, year = own["unit"].iloc[0], int(amounts.index[-1])
            compared.append((code, unit, year, first, last, (last / first - 1) * 100))
    columns = ["iso3", "unit", "year", "first_amount", "last_amount", "change_pct"]
    told = pd.DataFrame(compared, columns=columns)
    return told.sort_values("iso3", key=lambda s: s.map(list(parameters.countries).index), kind="stable").reset_index(
        drop=True
    )


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
    latest = both.sort_values("year", kind="stable").drop_duplicates("iso3", keep="last")
    reach = comparison.dropna(subset=["announced_gdp_pct"]).groupby("iso3", sort=False)["year"].max()
    largest: Fact = "not computable"
    if len(both):
        largest = Quantity(float(both["difference_points"].abs().max()), "points", 2)
    return {
        "announced": {r.iso3: Quantity(float(r.announced_gdp_pct), "% of GDP", 2) for r in latest.itertuples()},
        "largest_difference": largest,
        "furthest_year": {str(code): Quantity(int(value), "year") for code, value in reach.items()},
    }
