"""The frames of a country's profile: its share among those of all allies, and the allies next to it in rank.

All functions take NATO's dataset in long form (``iso3, year, measure, value, flag``) and the parameters of the page,
whose one country is the subject.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.ranking import summarise_allies
from baltic_calculus.analysis.series import select_series
from baltic_calculus.analysis.spending import AGGREGATES

ALLIANCE = "XEC"
"""Aggregate that a country is set beside: NATO Europe and Canada."""

BALTIC_SEA = ("DNK", "EST", "FIN", "LVA", "LTU", "NOR", "POL", "SWE")
"""The Nordic and Baltic allies on the mainland, and Poland: each other's neighbours around the Baltic Sea."""

NEAREST = 2
"""Allies shown on each side in rank."""


def compute_field(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Share of GDP of the country, of NATO Europe and Canada together, and of every other ally.

    Returns
    -------
    DataFrame
        ``iso3, year, share_gdp_pct`` (per cent of GDP) and ``flag``; the country first, then the aggregate.
    """
    subject = (*parameters.countries, ALLIANCE)
    others = sorted(set(nato["iso3"]) - set(subject) - set(AGGREGATES))
    return select_series(nato, "share_gdp_pct", [*subject, *others], parameters.first_year, parameters.last_year)


def compare_neighbours(nato: pd.DataFrame, parameters: Parameters, target_gdp_pct: float) -> pd.DataFrame:
    """The allies next to the country in rank, and those around the Baltic Sea for a country that is one of them.

    Returns
    -------
    DataFrame
        ``group, iso3, rank, share_last_gdp_pct, change_points`` (since the first year), ``spend_last_eur_bn`` (current
        prices), ``equipment_share_pct`` (last year) and ``flag``, in order of rank within each group.
    """
    (country,) = parameters.countries
    ranked = summarise_allies(nato, parameters, target_gdp_pct)
    place = int(ranked.index[ranked["iso3"] == country][0])
    near = ranked.iloc[max(0, place - NEAREST) : place + NEAREST + 1]
    groups = [near.assign(group="Next to it in rank")]
    if country in BALTIC_SEA:
        around = ranked[ranked["iso3"].isin(BALTIC_SEA) & ~ranked["iso3"].isin(near["iso3"])]
        groups.append(around.assign(group="Others around the Baltic Sea"))
    columns = ["group", "iso3", "rank", "share_last_gdp_pct", "change_points"]
    return pd.concat(groups, ignore_index=True)[[*columns, "spend_last_eur_bn", "equipment_share_pct", "flag"]]
