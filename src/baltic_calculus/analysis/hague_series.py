"""One frame for the picture of the Hague path: what was, what is announced, the even path, and spending frozen."""

import pandas as pd

from baltic_calculus.analysis.hague_path import FROZEN, TO_TARGET, Goal, even_path_gdp_pct
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series

OBSERVED = "NATO's figures"
COLUMNS = ["iso3", "year", "series", "share_gdp_pct", "low_gdp_pct", "high_gdp_pct", "status", "source", "flag"]


def gather_path_series(
    nato: pd.DataFrame,
    required: pd.DataFrame,
    paths: pd.DataFrame,
    margins: pd.DataFrame,
    parameters: Parameters,
    goal: Goal,
    since: int,
) -> pd.DataFrame:
    """Shares of GDP of the countries in focus: NATO's figures, the even path, the frozen band and what was announced.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    required : DataFrame
        From ``hague_path.compute_required_growth``, the countries in focus.
    paths : DataFrame
        From ``hague_path.project_paths``.
    margins : DataFrame
        From ``plans.compare_with_need``.
    parameters : Parameters
        ``countries`` and ``last_year`` are used.
    goal : Goal
        Target share and its year.
    since : int
        First year of NATO's figures to show, at least the last two years.

    Returns
    -------
    DataFrame
        ``iso3, year, series`` (``OBSERVED``, ``TO_TARGET``, ``FROZEN``, or the kind of an announcement),
        ``share_gdp_pct`` (NaN for the band), ``low_gdp_pct, high_gdp_pct`` (band over the cases of growth, or all
        figures announced for a year; NaN for lines), ``status, source`` (of announcements), ``flag``.
    """
    last, end = parameters.last_year, goal.year
    observed = select_series(nato, "share_gdp_pct", parameters.countries, min(since, last - 1), last)
    shares = zip(required["iso3"], required["share_last_gdp_pct"], strict=True)
    even = pd.DataFrame(
        [
            (code, year, even_path_gdp_pct(share, goal.share_gdp_pct, (year - last) / goal.years_left(last)))
            for code, share in shares
            for year in range(last, end + 1)
        ],
        columns=["iso3", "year", "share_gdp_pct"],
    )
    frozen = paths[paths["course"] == FROZEN].groupby(["iso3", "year"], as_index=False, sort=False)["share_gdp_pct"]
    band = frozen.agg(low_gdp_pct="min", high_gdp_pct="max")
    announced = margins.dropna(subset=["announced_gdp_pct"]).rename(columns={"announced_gdp_pct": "share_gdp_pct"})
    parts = [
        observed.assign(series=OBSERVED),
        even.assign(series=TO_TARGET, flag=""),
        band.assign(series=FROZEN, flag=""),
        announced.assign(series=announced["kind"], flag="forecast"),
    ]
    series = pd.concat([part.reindex(columns=COLUMNS) for part in parts if len(part)], ignore_index=True)
    return series.fillna({"status": "", "source": ""})
