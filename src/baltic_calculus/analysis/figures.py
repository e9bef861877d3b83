"""Published figures: rows of the fact datasets, with their ranges, dates and confidence.

A fact dataset has ``entity, date, indicator, value, low, high, unit, confidence, source, note``: the publisher gave
one number (``value``), a range (``low``, ``high``) or both.
"""

from collections.abc import Mapping

import pandas as pd

from baltic_calculus.analysis.dates import date_middle, name_date
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

KEPT = ["entity", "date", "indicator", "low", "high", "unit", "confidence", "source", "note"]


def select_figures(facts: pd.DataFrame, roles: Mapping[str, str], role: str) -> pd.DataFrame:
    """Take the figures that play a role in an exhibit.

    Parameters
    ----------
    facts : DataFrame
        A fact dataset.
    roles : mapping of str to str
        Indicator, as named in the dataset, to the role it plays.
    role : str
        Name of the column that receives the role.

    Returns
    -------
    DataFrame
        ``entity, date, indicator, low, high`` (the range, or the one number twice), ``unit, confidence, source, note``,
        ``dated`` (the date in words), ``when`` (its middle, a timestamp) and the role, by entity and date.

    Raises
    ------
    DataError
        When the dataset no longer has one of the indicators.
    """
    missing = sorted(set(roles) - set(facts["indicator"]))
    if missing:
        raise DataError(
            f"no indicator {'; '.join(missing)}",
            where="column indicator of a posture dataset",
            remedy="correct the name in the dataset or in the analysis module that asks for it",
        )
    rows = complete_figures(facts[facts["indicator"].isin(list(roles))])
    rows = rows.assign(**{role: rows["indicator"].map(roles)})
    return rows.sort_values(["entity", "when", "indicator"])[[*KEPT, "dated", "when", role]].reset_index(drop=True)


def complete_figures(facts: pd.DataFrame) -> pd.DataFrame:
    """Figures with both ends of their range, their date in words (``dated``) and its middle (``when``, a timestamp)."""
    return facts.assign(
        low=facts["low"].fillna(facts["value"]),
        high=facts["high"].fillna(facts["value"]),
        dated=facts["date"].map(name_date),
        when=pd.Series([date_middle(date) for date in facts["date"]], index=facts.index, dtype="datetime64[ns]"),
    )


def sole_figure(facts: pd.DataFrame, indicator: str, entity: str | None = None) -> Interval:
    """The one published figure with this name.

    Parameters
    ----------
    facts : DataFrame
        A fact dataset.
    indicator : str
        Name of the indicator.
    entity : str, optional
        Country or group, when the indicator is published for several.

    Raises
    ------
    DataError
        When there is none, or more than one.
    """
    rows = select_figures(facts, {indicator: indicator}, "role")
    if entity is not None:
        rows = rows[rows["entity"] == entity]
    if len(rows) != 1:
        raise DataError(
            f"{len(rows)} rows instead of one: {indicator}",
            where=entity or "",
            remedy="name the entity, or mend the dataset",
        )
    return interval_of(rows.iloc[0])


def interval_of(row: pd.Series) -> Interval:
    """Range of a row of :func:`select_figures`."""
    return Interval(float(row["low"]), float(row["high"]))


def latest_figures(figures: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Keep the latest figure of each group; a figure of low confidence never displaces a better one.

    Parameters
    ----------
    figures : DataFrame
        From :func:`select_figures`.
    by : list of str
        Columns that make a group.

    Returns
    -------
    DataFrame
        One row per group.
    """
    ranked = figures.assign(sound=figures["confidence"] != "low").sort_values(["sound", "when"], kind="stable")
    return (
        ranked.drop_duplicates(by, keep="last")
        .drop(columns="sound")
        .sort_values(by, kind="stable")
        .reset_index(drop=True)
    )
