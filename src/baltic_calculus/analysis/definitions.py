"""The same year in several definitions of defence expenditure, side by side and never joined."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import select_series
from baltic_calculus.errors import DataError

CORE = "NATO core defence expenditure"
ANNUAL = "national accounts, annual"
EARLY = "national accounts, early"

COLUMNS = ["iso3", "year", "definition", "share_gdp_pct", "flag"]
MEASURES = {CORE: "share_gdp_pct", ANNUAL: "defence_gdp_pct", EARLY: "defence_gdp_pct"}
"""The measure that holds the share of GDP in each publisher's dataset."""


def select_definition(
    frame: pd.DataFrame, definition: str, measure: str, countries: Sequence[str], first_year: int, last_year: int
) -> pd.DataFrame:
    """The shares of GDP that one publisher has for some of the countries.

    Parameters
    ----------
    frame : DataFrame
        The publisher's dataset, long.
    definition : str
        Name of its definition.
    measure : str
        Measure that holds the share of GDP.
    countries : sequence of str
        Codes, in the order wanted; those that the publisher lacks are left out.
    first_year, last_year : int
        Both included.

    Returns
    -------
    DataFrame
        ``iso3, year, definition, share_gdp_pct`` (per cent of GDP), ``flag``; empty when it has none of them.
    """
    rows = frame[(frame["measure"] == measure) & frame["year"].between(first_year, last_year) & frame["value"].notna()]
    codes = [code for code in countries if code in set(rows["iso3"])]
    if not codes:
        return pd.DataFrame(columns=COLUMNS)
    rows = select_series(rows, measure, codes, first_year, last_year).rename(columns={measure: "share_gdp_pct"})
    return rows.assign(definition=definition)[COLUMNS]


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
    frames = [
        select_definition(frame, definition, MEASURES[definition], parameters.countries, first, last)
        for definition, frame in ((CORE, nato), (ANNUAL, cofog), (EARLY, delivery))
    ]
    return stack_definitions(frames)


def stack_definitions(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the shares of several definitions under one another, without those that have none of the countries.

    Raises
    ------
    DataError
        When no definition has any of them.
    """
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        raise DataError(
            "no definition has any of the countries",
            where="analysis.definitions",
            remedy="choose countries that NATO, SIPRI or Eurostat cover",
        )
    return pd.concat(filled, ignore_index=True)[COLUMNS]


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
