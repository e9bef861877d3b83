"""The numbers of the sentences about growth and what it came from."""

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country
from baltic_calculus.analysis.growth import (
    AS_PUBLISHED,
    CONSTANT,
    SHARE,
    compute_accession,
    compute_levels,
    decompose_growth,
)
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.series import last_final_year

LOG_POINTS = "log points a year"
HALF_A_DIGIT = 0.005
"""Shares are published with two decimals, in per cent of GDP."""

NO_PERIOD = "no earlier period"
NO_COMPARATOR = "no comparator"
NOT_COMPUTABLE = "not computable"


def _main_source(rows: pd.DataFrame) -> str:
    """What gave more than half of the growth, over all rows of a period."""
    if rows.empty:
        return NOT_COMPUTABLE
    mostly_share = rows["contribution_log_points"].sum() > rows["total_log_points"].sum() / 2
    return "a larger share of GDP" if mostly_share else "a larger economy"


def describe_growth(growth: pd.DataFrame, countries: tuple[str, ...]) -> dict[str, Fact]:
    """How fast real spending grew in the last two periods, and how much of that came from a larger share.

    Parameters
    ----------
    growth : DataFrame
        From ``decompose_growth``, of one period or more.
    countries : tuple of str
        Countries in focus; the others are comparators.

    Returns
    -------
    dict
        For ``first`` (the period before the last; ``no earlier period``
        where there is none) and ``second`` (the last one):
        ``<which>_period`` (as printed), ``growth_<which>`` and ``from_share_<which>`` (log points a year, by country in
        focus), ``beside_<which>`` and ``beside_from_share_<which>`` (the same of the comparators),
        ``main_source_<which>`` (what gave more than half, over the countries in focus), ``share_led_<which>,
        output_led_<which>`` (codes of those that grew, by what gave more than half), ``share_part_<which>`` (per
        cent of growth that came from the share, by country that grew) and ``least_share_part_<which>``, the
        smallest of these.
    """
    rows = growth[growth["source"] == SHARE]
    periods = list(rows["period"].unique())
    facts: dict[str, Fact] = {}
    for which, period in (("second", periods[-1]), ("first", periods[-2] if len(periods) > 1 else NO_PERIOD)):
        held = rows[rows["period"] == period]
        own, beside = held[held["iso3"].isin(countries)], held[~held["iso3"].isin(countries)]
        led = (own["total_log_points"] > 0) & (own["contribution_log_points"] > own["total_log_points"] / 2)
        grown = own[own["total_log_points"] > 0]
        parts = grown["contribution_log_points"] / grown["total_log_points"] * 100
        facts |= {
            f"{which}_period": period,
            f"growth_{which}": known_by_country(own, "total_log_points", LOG_POINTS, 1, empty=NO_PERIOD),
            f"from_share_{which}": known_by_country(own, "contribution_log_points", LOG_POINTS, 1, empty=NO_PERIOD),
            f"beside_{which}": known_by_country(beside, "total_log_points", LOG_POINTS, 1, empty=NO_COMPARATOR),
            f"beside_from_share_{which}": known_by_country(
                beside, "contribution_log_points", LOG_POINTS, 1, empty=NO_COMPARATOR
            ),
            f"main_source_{which}": _main_source(own),
            f"share_led_{which}": tuple(own.loc[led, "iso3"]),
            f"output_led_{which}": tuple(own.loc[~led & (own["total_log_points"] > 0), "iso3"]),
            f"share_part_{which}": known_by_country(grown.assign(part=parts), "part", "%", 0, empty=NO_PERIOD),
            f"least_share_part_{which}": Quantity(float(parts.min()), "%", 0) if len(grown) else NOT_COMPUTABLE,
        }
    return facts


def describe_accession(nato: pd.DataFrame, aggregate: str, start: int, end: int) -> dict[str, Fact]:
    """How much of an aggregate's published growth is the accession of members.

    Parameters
    ----------
    nato, aggregate, start, end
        As in ``compute_accession``.

    Returns
    -------
    dict
        ``aggregate, published_growth, constant_growth, accession_growth`` (log points a year).
    """
    growth = compute_accession(nato, aggregate, start, end).set_index("membership")["growth_log_points"]
    published, constant = float(growth[AS_PUBLISHED]), float(growth[CONSTANT])
    return {
        "aggregate": aggregate,
        "published_growth": Quantity(published, LOG_POINTS, 1),
        "constant_growth": Quantity(constant, LOG_POINTS, 1),
        "accession_growth": Quantity(published - constant, LOG_POINTS, 1),
    }


def describe_measured(nato: pd.DataFrame, countries: tuple[str, ...], start: int, end: int) -> dict[str, Fact]:
    """Growth from one year to the last that is no estimate: how much of the rise has been measured.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    countries : tuple of str
        Countries in focus.
    start : int
        Year from which growth is measured.
    end : int
        Last year shown.

    Returns
    -------
    dict
        ``measured_year`` (last year without estimates), ``measured_growth, measured_from_share`` (log points a year, by
        country); ``not computable`` where that year is not after ``start``.
    """
    last = last_final_year(nato[nato["year"] <= end], "share_gdp_pct", countries)
    if last is None or last <= start:
        return dict.fromkeys(("measured_year", "measured_growth", "measured_from_share"), NOT_COMPUTABLE)
    rows = decompose_growth(compute_levels(nato, countries), (start, last)).query("source == @SHARE")
    return {
        "measured_year": year(last),
        "measured_growth": known_by_country(rows, "total_log_points", LOG_POINTS, 1, empty=NO_PERIOD),
        "measured_from_share": known_by_country(rows, "contribution_log_points", LOG_POINTS, 1, empty=NO_PERIOD),
    }


def describe_rounding(levels: pd.DataFrame, years: Sequence[int]) -> dict[str, Fact]:
    """How far the rounding of published shares to two decimals can move a part of the growth from one to the other.

    A share s is known within 0.005, so that ln s is known within 0.005/s at either end of a period.

    Parameters
    ----------
    levels : DataFrame
        From ``compute_levels``.
    years : sequence of int
        Years that begin and end the periods.

    Returns
    -------
    dict
        ``rounding`` (log points a year, the largest over all countries and periods).
    """
    doubt = levels.assign(doubt=HALF_A_DIGIT / levels["share_gdp_pct"]).pivot(
        index="year", columns="iso3", values="doubt"
    )
    widest = max(
        float((doubt.loc[start] + doubt.loc[end]).max()) * 100 / (end - start) for start, end in pairwise(years)
    )
    return {"rounding": Quantity(widest, LOG_POINTS, 1)}
