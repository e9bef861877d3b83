"""The numbers that sentences about all allies state."""

import pandas as pd

from baltic_calculus.analysis.quantity import Fact, Quantity


def describe_gap(ranked: pd.DataFrame) -> dict[str, Fact]:
    """How far the allies below the target are from it.

    Parameters
    ----------
    ranked : DataFrame
        From ``rank_allies``.

    Returns
    -------
    dict
        ``below, gap_total`` (EUR bn a year at the last year's GDP), ``largest_gap_ally, largest_gap``.
    """
    largest = ranked.loc[ranked["gap_eur_bn"].idxmax()]
    return {
        "below": Quantity(int((ranked["gap_points"] > 0).sum()), "", 0),
        "gap_total": Quantity(float(ranked["gap_eur_bn"].sum()), "EUR bn", 0),
        "largest_gap_ally": str(largest["iso3"]),
        "largest_gap": Quantity(float(largest["gap_eur_bn"]), "EUR bn", 0),
    }
