"""Dated events of the register, chosen by their date."""

from collections.abc import Iterable

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError


def choose_events(timeline: pd.DataFrame, dates: Iterable[str], parameters: Parameters) -> pd.DataFrame:
    """Events of the days on which the report's reference years and targets begin, within the years shown.

    Parameters
    ----------
    timeline : DataFrame
        Dataset ``timeline``: ``date, event, category``.
    dates : iterable of str
        Days, as ``valid_from`` of policy values gives them.
    parameters : Parameters
        ``first_year`` and ``last_year``; events outside them are left out.

    Returns
    -------
    DataFrame
        ``date, event, category``, in order of time.

    Raises
    ------
    DataError
        When the register has no event on one of the days, or more than one.
    """
    days = sorted({str(day) for day in dates})
    within = [day for day in days if parameters.first_year <= int(day[:4]) <= parameters.last_year]
    chosen = timeline[timeline["date"].astype(str).isin(within)]
    counts = chosen["date"].astype(str).value_counts()
    wrong = [day for day in within if counts.get(day, 0) != 1]
    if wrong:
        raise DataError(
            f"not exactly one event on {', '.join(wrong)}",
            where="dataset timeline",
            remedy="choose days on which the register has one event",
        )
    return chosen[["date", "event", "category"]].sort_values("date", kind="stable").reset_index(drop=True)
