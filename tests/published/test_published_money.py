"""Cells behind the figures on shares, growth, composition, people and sums, as NATO printed them on 10 July 2026.

For each figure ten cells drawn across the table; what the report computes from them is checked against the totals that
NATO prints beside its members.
"""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.convergence import compute_dispersion
from baltic_calculus.analysis.growth import compute_levels, decompose_growth
from baltic_calculus.analysis.joint import NATO_EUROPE, NORDIC_BALTIC_POLISH, compute_joint_shares
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.per_person import compare_per_person
from baltic_calculus.analysis.spending import compute_shares

PARAMETERS = Parameters(
    countries=("EST", "LVA", "LTU"), comparators=("POL", "XEC", "XNT", "USA"), price_basis="current"
)


@pytest.fixture(scope="module")
def nato() -> pd.DataFrame:
    """NATO's tables, 2026 edition."""
    return catalog.load("nato_defence_expenditure")


def cell(frame: pd.DataFrame, iso3: str, year: int, measure: str) -> tuple[float, bool]:
    """Value of one cell, and whether it is an estimate."""
    row = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)]
    return float(row["value"].item()), row["flag"].item() == "estimate"
