"""Dates of promised capability that stand in other registers: taken from there, so that each is written once."""

from collections.abc import Callable, Iterable

import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.errors import DataError

SEPARATOR = ";"
CONFIDENCES = ("low", "medium", "high")
ENDS = ("first", "last")


def fill_dates(deliveries: pd.DataFrame, equipment: pd.DataFrame, air_defence: pd.DataFrame) -> pd.DataFrame:
    """Fill the dates that the registers of equipment and of air defence hold.

    Parameters
    ----------
    deliveries : DataFrame
        The deliveries dataset; ``dated_by`` names the rows that hold what is left empty, as "EST CAESAR;EST HIMARS".
    equipment, air_defence : DataFrame
        The two datasets.

    Returns
    -------
    DataFrame
        The rows without ``dated_by``: ``first`` is the earliest first date of the rows named and ``last`` their latest
        last one, empty where one of them has none; ``confidence`` is the weakest of all.

    Raises
    ------
    DataError
        When a row named does not exist, or a date stands in both places.
    """
    dates = _list_dates(equipment, air_defence)
    filled = [_fill_row(row, dates) if row["dated_by"] else row for _, row in deliveries.iterrows()]
    return pd.DataFrame(filled, columns=deliveries.columns).drop(columns="dated_by").reset_index(drop=True)


def _list_dates(equipment: pd.DataFrame, air_defence: pd.DataFrame) -> pd.DataFrame:
    """``first, last, confidence`` by country code and system."""
    columns = {"first_delivery": "first", "last_delivery": "last", "begins": "first", "ends": "last"}
    parts = (
        equipment.set_index(equipment["entity"] + " " + equipment["indicator"]),
        air_defence.set_index(air_defence["iso3"] + " " + air_defence["system"]),
    )
    return pd.concat([part.rename(columns=columns)[[*ENDS, "confidence"]] for part in parts])


def _fill_row(row: pd.Series, dates: pd.DataFrame) -> pd.Series:
    """One capability with the dates of the rows that it names."""
    named = row["dated_by"].split(SEPARATOR)
    missing = [name for name in named if name not in dates.index]
    if missing:
        raise _error(row, f"no row of equipment or air defence is called {missing[0]!r}", "name the row as it is there")
    rows = dates.loc[named]
    found = {"first": _outermost(rows["first"], min), "last": _outermost(rows["last"], max)}
    twice = [end for end in ENDS if row[end] and found[end]]
    if twice:
        raise _error(row, f"the {twice[0]} date stands in both registers", "leave it empty here")
    weakest = min([row["confidence"], *rows["confidence"]], key=CONFIDENCES.index)
    return pd.Series({**row, **{end: row[end] or found[end] for end in ENDS}, "confidence": weakest})


def _outermost(dates: Iterable[str], choose: Callable[..., str]) -> str:
    """The earliest or the latest of several published dates; empty where one is missing."""
    known = list(dates)
    return choose(known, key=lambda date: date_years(date).low) if all(known) else ""


def _error(row: pd.Series, message: str, remedy: str) -> DataError:
    """What is wrong with a row of the register."""
    return DataError(message, where=f"deliveries, {row['entity']} {row['capability']}", remedy=remedy)
