"""National exercises: who took part, as published."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import date_middle
from baltic_calculus.analysis.publishers import name_publishers

CIVIL, EVACUATION, MILITARY = "civil", "evacuation", "military"
KINDS = (CIVIL, EVACUATION, MILITARY)
HEADINGS = {
    CIVIL: "Civil: institutions and volunteers",
    EVACUATION: "Evacuation: people who played evacuees, part of a civil exercise",
    MILITARY: "Military: soldiers and guards, allies included",
}


def list_exercises(exercises: pd.DataFrame, sources: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Exercises of some states, by kind, state and date.

    Parameters
    ----------
    exercises : DataFrame
        The dataset ``exercises``.
    sources : DataFrame
        The register of documents: ``source, publisher``.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``heading, kind, iso3, exercise, date, low_persons, high_persons`` (NaN where no number was found),
        ``institutions, confidence, published_by, note``; empty when the register has none of the states.
    """
    rows = exercises[exercises["iso3"].isin(list(codes))]
    rows = rows.assign(
        heading=rows["kind"].map(HEADINGS),
        low_persons=rows["low"],
        high_persons=rows["high"],
        published_by=name_publishers(rows["source"], sources),
        rank=rows["kind"].map(KINDS.index),
        place=rows["iso3"].map(list(codes).index),
        when=pd.Series([date_middle(date) for date in rows["date"]], index=rows.index, dtype="datetime64[ns]"),
    )
    kept = ["heading", "kind", "iso3", "exercise", "date", "low_persons", "high_persons", "institutions"]
    kept += ["confidence", "published_by", "note"]
    return rows.sort_values(["rank", "place", "when"], kind="stable")[kept].reset_index(drop=True)
