"""The same year in three definitions of defence expenditure, side by side and never joined."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series

CORE = "NATO core defence expenditure"
ANNUAL = "National accounts, annual"
EARLY = "National accounts, early"

MEASURES = {CORE: "share_gdp_pct", ANNUAL: "defence_gdp_pct", EARLY: "defence_gdp_pct"}
"""The measure that holds the share of GDP in each publisher's dataset."""


def compare_definitions(
    nato: pd.DataFrame, cofog: pd.DataFrame, delivery: pd.DataFrame, parameters: Parameters
) -> pd.DataFrame:
    """Defence expenditure as a share of GDP by definition, over the years of the early collection.

    Parameters
    ----------
    nato : DataFrame
        Dataset ``nato_defence_expenditure``: payments, by NATO's definition.
    cofog : DataFrame
        Dataset ``cofog_expenditure`` (``gov_10a_exp``): deliveries, Eurostat's annual collection.
    delivery : DataFrame
        Dataset ``defence_delivery`` (``gov_ev``): deliveries, Eurostat's early collection; sets the years.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, definition, share_gdp_pct`` (per cent of GDP), ``flag``; a definition without the
        country is left out.
    """
    first, last = int(delivery["year"].min()), int(delivery["year"].max())
    frames = []
    for definition, frame in ((CORE, nato), (ANNUAL, cofog), (EARLY, delivery)):
        measure = MEASURES[definition]
        rows = frame[(frame["measure"] == measure) & frame["year"].between(first, last) & frame["value"].notna()]
        codes = [code for code in parameters.countries if code in set(rows["iso3"])]
        if codes:
            rows = select_series(frame, measure, codes, first, last).rename(columns={measure: "share_gdp_pct"})
            frames.append(rows.assign(definition=definition))
    return pd.concat(frames, ignore_index=True)[["iso3", "year", "definition", "share_gdp_pct", "flag"]]


def compute_definition_gap(compared: pd.DataFrame) -> pd.DataFrame:
    """NATO's share less that of the early collection, for every year that has both.

    Parameters
    ----------
    compared : DataFrame
        From ``compare_definitions``.

    Returns
    -------
    DataFrame
        ``iso3, year, core_gdp_pct, delivery_gdp_pct`` (per cent of GDP), ``gap_points`` (points of GDP).
    """
    wide = compared.pivot(index=["iso3", "year"], columns="definition", values="share_gdp_pct")
    both = wide.reindex(columns=[CORE, EARLY]).dropna()
    gap = both.rename(columns={CORE: "core_gdp_pct", EARLY: "delivery_gdp_pct"}).rename_axis(columns=None)
    gap["gap_points"] = gap["core_gdp_pct"] - gap["delivery_gdp_pct"]
    return gap.reset_index()
