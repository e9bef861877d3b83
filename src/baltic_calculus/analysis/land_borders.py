"""Land borders with Russia and Belarus: the published lengths, as ranges where publications differ.

Lengths are never measured on the map: generalised lines are shorter than borders, by up to a third.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.figures import select_figures
from baltic_calculus.analysis.interval import Interval, add_intervals

OPPOSITE = ("RUS", "BLR")
PUBLISHED = {
    "land border length, CIA": "published",
    "land border length, other published": "published",
}
"""Left out: lengths that rest on an assumption, and those computed from map lines."""


def list_borders(geography: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Length of each state's land border with Russia and with Belarus.

    Parameters
    ----------
    geography : DataFrame
        The geography dataset; a border is an entity such as ``EST-RUS``.
    codes : sequence of str
        Country codes.

    Returns
    -------
    DataFrame
        ``iso3, neighbour, low_km, high_km``: the shortest and the longest length published, in the order of ``codes``;
        states without such a border have no row.
    """
    rows = select_figures(geography, PUBLISHED, "role")
    rows = rows.assign(iso3=rows["entity"].str[:3], neighbour=rows["entity"].str[4:])
    rows = rows[rows["iso3"].isin(list(codes)) & rows["neighbour"].isin(OPPOSITE)]
    lengths = rows.groupby(["iso3", "neighbour"], as_index=False).agg(low_km=("low", "min"), high_km=("high", "max"))
    order = lengths["iso3"].map(list(codes).index) * len(OPPOSITE) + lengths["neighbour"].map(OPPOSITE.index)
    return lengths.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def total_lengths(borders: pd.DataFrame) -> dict[str, Interval]:
    """Length of the border with Russia and Belarus together, in km, by state.

    Parameters
    ----------
    borders : DataFrame
        From :func:`list_borders`.
    """
    return {
        str(code): add_intervals(Interval(float(row.low_km), float(row.high_km)) for row in rows.itertuples())
        for code, rows in borders.groupby("iso3", sort=False)
    }
