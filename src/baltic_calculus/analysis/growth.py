"""Is it money or is it output: real growth of spending, split into a larger share and a larger economy.

Amounts and output are those of the NATO dataset at 2021 prices and exchange rates.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.errors import DataError

SHARE, OUTPUT = "share of GDP", "GDP"
"""The two sources of growth."""

AS_PUBLISHED = "as published"
CONSTANT = "present members in all years"
"""Which members an aggregate counts."""

OUTSIDE = {"XNT": (), "XEC": ("USA",)}
"""Allies that an aggregate of NATO leaves out."""


def period_years(parameters: Parameters, splits: Iterable[int]) -> tuple[int, ...]:
    """Years that begin and end the periods: first, last, and those splits that lie between them.

    Examples
    --------
    >>> period_years(Parameters(first_year=2014, last_year=2026), [2021, 2030])
    (2014, 2021, 2026)
    """
    first, last = parameters.first_year, parameters.last_year
    return (first, *sorted({year for year in splits if first < year < last}), last)


def compute_levels(nato: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Real spending and real output of countries, and of aggregates whose membership is held constant.

    NATO's own totals count members from their accession, so that their growth is partly accession. Here an aggregate
    is the sum of the rows of all present members in every year. Output is expenditure over share, because NATO computes
    the share at constant prices; it carries the rounding of the share to two decimals.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long: ``spend_usd_m_2021`` and ``share_gdp_pct``.
    codes : iterable of str
        Countries and aggregates, in the order wanted.

    Returns
    -------
    DataFrame
        ``iso3, year, spend_usd_m_2021, output_usd_m_2021, share_gdp_pct, membership, flag``; years in which a country
        (or, for an aggregate, any member) lacks a value are left out.
    """
    wide = widen(nato, ["spend_usd_m_2021", "share_gdp_pct"]).merge(flags_of(nato, "share_gdp_pct"))
    wide = wide.dropna(subset=["spend_usd_m_2021", "share_gdp_pct"])
    wide["output_usd_m_2021"] = wide["spend_usd_m_2021"] / wide["share_gdp_pct"] * 100
    states = wide[~wide["iso3"].isin(OUTSIDE)]
    frames = []
    for code in codes:
        if code in OUTSIDE:
            frames.append(_sum_members(states[~states["iso3"].isin(OUTSIDE[code])], code))
        else:
            frames.append(states[states["iso3"] == code].assign(membership=""))
    columns = ["iso3", "year", "spend_usd_m_2021", "output_usd_m_2021", "share_gdp_pct", "membership", "flag"]
    return pd.concat(frames, ignore_index=True)[columns]


def _sum_members(members: pd.DataFrame, code: str) -> pd.DataFrame:
    """Expenditure and output of all members together, in years in which none is missing."""
    by_year = members.groupby("year")
    total = by_year[["spend_usd_m_2021", "output_usd_m_2021"]].sum()
    total["share_gdp_pct"] = total["spend_usd_m_2021"] / total["output_usd_m_2021"] * 100
    total["flag"] = by_year["flag"].agg(lambda flags: "estimate" if "estimate" in set(flags) else "")
    complete = by_year["iso3"].nunique() == members["iso3"].nunique()
    return total[complete].reset_index().assign(iso3=code, membership=CONSTANT)


def decompose_growth(levels: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """Split real growth of spending into a larger share and a larger economy.

    ln(E1/E0) = ln(s1/s0) + ln(Y1/Y0) with expenditure E, share s and output Y = E/s: exact.

    Parameters
    ----------
    levels : DataFrame
        From ``compute_levels``.
    years : sequence of int
        Years that begin and end the periods, rising (see ``period_years``).

    Returns
    -------
    DataFrame
        ``iso3, period, source`` (``share of GDP`` or ``GDP``), ``contribution_log_points`` (annual average,
        100 times the logarithm), ``total_log_points``, the same for both rows of a country and period,
        ``membership`` and ``flag`` (of the period's last year).

    Raises
    ------
    DataError
        When the years do not rise, or a country lacks one of them.
    """
    if len(years) < 2 or list(years) != sorted(set(years)):
        raise DataError(
            f"no periods between {', '.join(map(str, years))}",
            where="decompose_growth",
            remedy="give at least two years, rising",
        )
    level = levels.set_index(["iso3", "year"])
    rows = []
    for code in levels["iso3"].unique():
        held = level.loc[code]
        missing = [str(year) for year in years if year not in held.index]
        if missing:
            raise DataError(
                f"no real spending of {code} in {', '.join(missing)}",
                where="measures spend_usd_m_2021, share_gdp_pct",
                remedy="choose years that every country has",
            )
        for start, end in pairwise(years):
            first, last = held.loc[start], held.loc[end]
            per_year = 100 / (end - start)
            share = np.log(last["share_gdp_pct"] / first["share_gdp_pct"]) * per_year
            total = np.log(last["spend_usd_m_2021"] / first["spend_usd_m_2021"]) * per_year
            rest = (code, f"{start}–{end}", total, last["membership"], last["flag"])
            rows += [(*rest, SHARE, share), (*rest, OUTPUT, total - share)]
    columns = ["iso3", "period", "total_log_points", "membership", "flag", "source", "contribution_log_points"]
    order = ["iso3", "period", "source", "contribution_log_points", "total_log_points", "membership", "flag"]
    return pd.DataFrame(rows, columns=columns)[order]


def compute_accession(nato: pd.DataFrame, aggregate: str, start: int, end: int) -> pd.DataFrame:
    """Growth of an aggregate as NATO publishes it, and with its membership held constant.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    aggregate : {"XEC", "XNT"}
        NATO Europe and Canada, or NATO total.
    start, end : int
        Years between which growth is measured.

    Returns
    -------
    DataFrame
        ``membership`` (``as published``, ``present members in all years``), ``growth_log_points`` a year; their
        difference is growth by accession.
    """
    published = widen(nato[nato["iso3"] == aggregate], ["spend_usd_m_2021"]).set_index("year")["spend_usd_m_2021"]
    constant = compute_levels(nato, [aggregate]).set_index("year")["spend_usd_m_2021"]
    rows = [
        (name, 100 * np.log(series[end] / series[start]) / (end - start))
        for name, series in ((AS_PUBLISHED, published), (CONSTANT, constant))
    ]
    return pd.DataFrame(rows, columns=["membership", "growth_log_points"])
