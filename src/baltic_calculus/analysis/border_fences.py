"""Fences on the borders with Russia and Belarus: built against crossings, and told apart from the defence line."""

from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.analysis.figures import select_figures

BUILT, ELECTRONIC, PLANNED = "fence", "electronic barrier", "fence planned"
ROLES = {
    "fence on Russian border": ("RUS", BUILT),
    "fence on Russian border completed": ("RUS", BUILT),
    "fence on Belarus border": ("BLR", BUILT),
    "electronic barrier with Kaliningrad": ("RUS", ELECTRONIC),
    "fence planned (pilot and full)": ("RUS", PLANNED),
}
COSTS = ("fence and infrastructure cost (first report)", "fence and infrastructure cost (other report)")
"""Two reports of one cost that conflict: both are told, neither is used."""


def compute_fences(
    facts: pd.DataFrame, borders: pd.DataFrame, names: Mapping[str, str], codes: Sequence[str]
) -> pd.DataFrame:
    """Length of each fence as a share of the border that it stands on.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    borders : DataFrame
        From ``list_borders``: ``iso3, neighbour, low_km, high_km``.
    names : mapping of str to str
        Country code to name.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``iso3, neighbour, kind, label, low_fence_km, high_fence_km, low_border_km, high_border_km, low_pct, high_pct``
        (100 at most: published lengths of one border differ), ``dated, confidence, note``. One row for each border with
        a published fence.
    """
    figures = select_figures(facts, {name: name for name in ROLES}, "role")
    figures = figures[figures["entity"].isin(list(codes))]
    figures = figures.assign(
        iso3=figures["entity"],
        neighbour=figures["role"].map(lambda name: ROLES[name][0]),
        kind=figures["role"].map(lambda name: ROLES[name][1]),
    )
    rows = figures.merge(borders, on=["iso3", "neighbour"], suffixes=("_fence", "_border"))
    rows = rows.rename(columns={"low": "low_fence_km", "high": "high_fence_km"}).rename(
        columns={"low_km": "low_border_km", "high_km": "high_border_km"}
    )
    rows = rows.assign(
        low_pct=(rows["low_fence_km"] / rows["high_border_km"] * 100).clip(upper=100),
        high_pct=(rows["high_fence_km"] / rows["low_border_km"] * 100).clip(upper=100),
        label=rows["iso3"].map(names) + "–" + rows["neighbour"].map(names) + ": " + rows["kind"],
    )
    order = rows["iso3"].map({code: place for place, code in enumerate(codes)})
    kept = ["iso3", "neighbour", "kind", "label", "low_fence_km", "high_fence_km", "low_border_km", "high_border_km"]
    kept += ["low_pct", "high_pct", "dated", "confidence", "note"]
    return rows.iloc[order.argsort(kind="stable")][kept].reset_index(drop=True)
