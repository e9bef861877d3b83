"""Government expenditure by function: what moved when defence grew.

Amounts are Eurostat's COFOG (``gov_10a_exp``), in millions of euros at current prices; changes are in points of GDP.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
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

MAIN_FUNCTIONS = (
    "defence",
    "social_protection",
    "health",
    "education",
    "public_order_safety",
    "general_public_services",
    "economic_affairs",
)
"""The divisions large enough to be told apart in a figure, defence first."""

REMAINDER = "other"
"""What is left of the total where a publisher leaves divisions out, or a figure does not tell them apart."""

ROUNDING = "rounding"
"""What the published total has more than its divisions together: amounts are printed with one decimal."""

ENDS = ["total_first_gdp_pct", "total_last_gdp_pct"]
"""Columns of the totals between which a change is counted."""


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


def total_expenditure(cofog: pd.DataFrame, code: str, years: Sequence[int]) -> pd.Series:
    """Published total expenditure of one country in per cent of GDP, by year."""
    rows = cofog[(cofog["iso3"] == code) & (cofog["measure"] == "total_gdp_pct")]
    return rows.set_index("year")["value"].reindex(list(years))


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
        ``iso3, period`` (as printed), ``function, change_points`` (points of GDP), ``total_first_gdp_pct,
        total_last_gdp_pct`` (published totals of both years, per cent of GDP), ``total_change_points`` (their
        difference), ``flag`` (of the last year's total). The last function is ``ROUNDING``: with it the changes
        add up to the change of the published total exactly.
    """
    last = parameters.last_year
    flags = flags_of(cofog, "total_eur_m").set_index(["iso3", "year"])["flag"]
    frames = []
    for code in parameters.countries:
        for start in base_years(parameters, reference_years):
            shares = split_by_function(cofog, code, (start, last))
            totals = total_expenditure(cofog, code, (start, last))
            change = shares.loc[last] - shares.loc[start]
            change[ROUNDING] = totals[last] - totals[start] - change.sum()
            frames.append(
                pd.DataFrame(
                    {
                        "iso3": code,
                        "period": f"{start}–{last}",
                        "function": change.index,
                        "change_points": change.to_numpy(),
                        "total_first_gdp_pct": totals[start],
                        "total_last_gdp_pct": totals[last],
                        "total_change_points": totals[last] - totals[start],
                        "flag": flags[(code, last)],
                    }
                )
            )
    return pd.concat(frames, ignore_index=True)


def gather_functions(changes: pd.DataFrame, kept: Sequence[str]) -> pd.DataFrame:
    """Changes with the functions that are not kept added up, so that a figure stays readable.

    Parameters
    ----------
    changes : DataFrame
        One period of ``compute_function_changes``.
    kept : sequence of str
        Functions to keep, in the order wanted; all others become ``REMAINDER``, last.

    Returns
    -------
    DataFrame
        ``iso3, function, change_points, total_first_gdp_pct, total_last_gdp_pct, flag``; the parts of a country add
        up to what they did before.
    """
    part = changes["function"].where(changes["function"].isin(kept), REMAINDER)
    parts = [*kept, REMAINDER]
    gathered = changes.assign(function=part, place=part.map(parts.index), row=changes["iso3"].factorize()[0])
    gathered = gathered.groupby(["row", "iso3", "place", "function", *ENDS, "flag"], as_index=False)
    return gathered["change_points"].sum()[["iso3", "function", "change_points", *ENDS, "flag"]]
