"""Debt and its interest at the end of each path, by who pays for the rise of defence."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    project_debt,
)

MIXES: Mapping[str, FinancingMix] = MappingProxyType(
    {
        "borrowed": UNCHANGED,
        "half": FinancingMix(borrowing=0.5, taxes=0.25, reallocation=0.25),
        "paid": FinancingMix(borrowing=0, taxes=0.5, reallocation=0.5),
    }
)
"""All borrowed, half of it, none; what is not borrowed comes in equal parts from new taxes and from cuts."""


def compare_financing(
    starts: Sequence[DebtStart],
    assumptions: Sequence[DebtAssumptions],
    paths: Sequence[Sequence[DefencePath]],
    last_year: int,
) -> pd.DataFrame:
    """Where debt and interest end, for each path that has a rise of defence to pay for.

    Parameters
    ----------
    starts, assumptions, paths : sequence
        One entry a country, in the same order.
    last_year : int
        Year that is told.

    Returns
    -------
    DataFrame
        One row a country and path: ``iso3, scenario, share_gdp_pct, rise_points`` (above the share before the rise),
        ``year``, and for each of ``MIXES`` ``debt_<mix>_gdp_pct`` and ``interest_<mix>_gdp_pct``. Paths that end below
        the share before the rise are left out: they have nothing to pay for.
    """
    rows = []
    for start, own, ways in zip(starts, assumptions, paths, strict=True):
        for path in ways:
            if path.share_gdp_pct <= start.defence_before_gdp_pct:
                continue
            row = {
                "iso3": start.iso3,
                "scenario": path.name,
                "share_gdp_pct": path.share_gdp_pct,
                "rise_points": path.share_gdp_pct - start.defence_before_gdp_pct,
                "year": last_year,
            }
            ends = {name: project_debt(start, own, path, mix, last_year).iloc[-1] for name, mix in MIXES.items()}
            for measure in ("debt", "interest"):
                row |= {f"{measure}_{name}_gdp_pct": end[f"{measure}_gdp_pct"] for name, end in ends.items()}
            rows.append(row)
    return pd.DataFrame(rows)
