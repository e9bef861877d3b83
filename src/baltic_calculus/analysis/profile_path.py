"""What a country's profile says of the way to the target: a straight line, and the real growth that it takes."""

import numpy as np
import pandas as pd

from baltic_calculus.analysis.hague_path import Goal, compute_required_growth
from baltic_calculus.analysis.output_growth import GrowthRule
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.profile_facts import select_own
from baltic_calculus.analysis.quantity import Fact, Quantity, year

A_YEAR = "% a year"
FINE = 0.005
"""Points a year below which two decimals would print nothing."""


def describe_path(
    nato: pd.DataFrame, parameters: Parameters, goal: Goal, rule: GrowthRule, *, review_year: int, since: int
) -> dict[str, Fact]:
    """Where a straight line from the last share to the target leads, and how fast expenditure must grow.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        The country and the last year.
    goal : Goal
        Target share and its year.
    rule : GrowthRule
        How growth of output is assumed.
    review_year : int
        A year on the way to the target's.
    since : int
        Year from which the pace so far is taken, before the last year.

    Returns
    -------
    dict
        ``target_year, review_year, since, history_years, pace_needed`` (points a year), ``review_share`` (% of GDP on
        the line), ``pace`` (change of the share since that year, points a year, without sign), ``pace_word`` ("risen
        by", "fallen by", "changed by less than"), ``pace_compared`` with the line (words); at constant prices, per cent
        a year: ``over_output`` (what expenditure must grow beyond output), ``output_growth`` and ``required`` (slow to
        fast output; "not computable" where output is measured otherwise from some year on), ``achieved`` (since that
        year, without sign) and ``achieved_word`` ("grew by", "fell by").
    """
    (country,) = parameters.countries
    last = parameters.last_year
    share = select_own(nato, parameters, "share_gdp_pct")
    needed = (goal.share_gdp_pct - float(share[last])) / goal.years_left(last)
    pace = float(share[last] - share[since]) / (last - since)
    own = nato[nato["iso3"] == country]
    row = compute_required_growth(own, [country], since=since, last_year=last, goal=goal, rule=rule).iloc[0]
    achieved, over = float(row["achieved_pct"]), float(row["pace_over_output_pct"])
    return {
        "target_year": year(goal.year),
        "review_year": year(review_year),
        "since": year(since),
        "history_years": Quantity(rule.history_years, "years", 0),
        "pace_needed": Quantity(needed, "points", 3 if 0 < abs(needed) < FINE else 2),
        "review_share": Quantity(float(share[last]) + needed * (review_year - last), "% of GDP", 2),
        **_tell_pace(pace, needed),
        "over_output": Quantity(over, A_YEAR, 2 if abs(over) < 0.05 else 1),
        "output_growth": _range(row, "growth"),
        "required": _range(row, "required"),
        "achieved": Quantity(abs(achieved), A_YEAR, 1),
        "achieved_word": "grew by" if achieved >= 0 else "fell by",
    }


def _tell_pace(pace: float, needed: float) -> dict[str, Fact]:
    """The pace so far and how it compares with that of the line, in two decimals as both are printed."""
    compared = "fast enough for such a line" if round(pace, 2) >= round(needed, 2) else "too slowly for such a line"
    if round(pace, 2) == 0:
        size, word = 2 * FINE, "changed by less than"
    else:
        size, word = abs(pace), "risen by" if pace > 0 else "fallen by"
    return {
        "pace": Quantity(size, "points", 2),
        "pace_word": word,
        "pace_compared": "away from the target" if word == "fallen by" else compared,
    }


def _range(row: pd.Series, name: str) -> Fact:
    """From slow to fast growth of output; words where it is not computable."""
    low, high = float(row[f"{name}_low_pct"]), float(row[f"{name}_high_pct"])
    return "not computable" if np.isnan(low) else Quantity(low, A_YEAR, 1, high=high)
