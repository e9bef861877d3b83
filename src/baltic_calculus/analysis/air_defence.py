"""Ground-based air defence by layer: what is delivered, ordered and planned, and what allies have sent for a time."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.analysis.publishers import name_publishers

LAYERS = ("very short range", "short range", "medium range", "long range")
DELIVERED, ORDERED, PLANNED, ROTATION = "delivered", "on order", "planned", "allied rotation"
STANDINGS = (DELIVERED, ORDERED, PLANNED, ROTATION)
CONTRACTS = (DELIVERED, ORDERED)
"""Standings behind which a contract was reported."""

COLUMNS = [
    "layer",
    "label",
    "iso3",
    "provider",
    "system",
    "standing",
    "signed",
    "value",
    "unit",
    "begins",
    "ends",
    "start",
    "end",
    "first_year",
    "last_year",
    "amount_eur_m",
    "confidence",
    "source",
    "note",
]


def compute_air_defence(systems: pd.DataFrame, names: Mapping[str, str]) -> pd.DataFrame:
    """Every order, plan and stay with its span on the calendar, by layer and country, rotations last.

    Parameters
    ----------
    systems : DataFrame
        The air defence dataset.
    names : mapping of str to str
        Country code to the name in the row label.

    Returns
    -------
    DataFrame
        Columns ``COLUMNS``. ``start, end`` are decimal years, the whole of the named periods included; ``first_year,
        last_year`` the calendar years that they touch; all NaN where no date was found.
    """
    begins = [_span_of(date)[0] for date in systems["begins"]]
    ends = [_span_of(date)[1] for date in systems["ends"]]
    rows = systems.assign(
        start=begins,
        end=ends,
        first_year=np.floor(begins),
        # a span that ends with a year touches that year, not the next
        last_year=np.ceil(ends) - 1,
        label=systems["iso3"].map(names) + ": " + systems["system"],
        place=systems["layer"].map({layer: place for place, layer in enumerate(LAYERS)}),
        guest=systems["standing"].eq(ROTATION),
    )
    return rows.sort_values(["guest", "place", "iso3", "start"], kind="stable")[COLUMNS].reset_index(drop=True)


def _span_of(date: object) -> tuple[float, float]:
    """Both ends of a partial date as decimal years; NaN for none."""
    if not isinstance(date, str) or not date:
        return np.nan, np.nan
    span = date_years(date)
    return span.low, span.high


def own_systems(rows: pd.DataFrame) -> pd.DataFrame:
    """Orders and plans of the states themselves, without the stays of allies."""
    return rows[rows["standing"] != ROTATION].reset_index(drop=True)


def order_rows(rows: pd.DataFrame) -> list[str]:
    """Row labels from top to bottom, each layer under its name, also the layers without a row."""
    return [line for layer in LAYERS for line in (layer, *dict.fromkeys(rows.loc[rows["layer"] == layer, "label"]))]


def layers_without_contract(rows: pd.DataFrame, countries: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Layer to the countries for which no contract in it was found, in the order given.

    Parameters
    ----------
    rows : DataFrame
        From :func:`compute_air_defence`.
    countries : sequence of str
        Codes.
    """
    contracts = rows[rows["standing"].isin(CONTRACTS)]
    found = set(zip(contracts["layer"], contracts["iso3"], strict=True))
    return {layer: tuple(code for code in countries if (layer, code) not in found) for layer in LAYERS}


def list_systems(rows: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Rows for a table, with the publishers of their sources instead of keys.

    Parameters
    ----------
    rows : DataFrame
        With ``source``: keys separated by semicolons.
    sources : DataFrame
        The register of documents: ``source, publisher``.

    Returns
    -------
    DataFrame
        The rows with ``published_by``, and ``calendar``, the unit of their years.
    """
    return rows.assign(
        calendar="year",
        published_by=name_publishers(rows["source"], sources),
    )
