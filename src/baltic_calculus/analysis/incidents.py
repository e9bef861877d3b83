"""Incidents in and over the Baltic region, with the attribution that was published and no more."""

import pandas as pd

from baltic_calculus.analysis.dates import date_middle, name_date

KINDS = {
    "cable": "Sea cables",
    "pipeline": "Pipelines",
    "gnss": "Satellite navigation",
    "airspace": "Airspace",
    "balloon": "Balloons",
}
"""Kinds that are incidents, in the order of the chart; responses and assessments are not."""

SEA = (KINDS["cable"], KINDS["pipeline"])

ESTABLISHED, SUSPECTED, ACCIDENTAL = "established", "suspected", "found accidental"
ATTRIBUTIONS = (ESTABLISHED, SUSPECTED, "under investigation", ACCIDENTAL, "not attributed")
NOBODY = "nobody"

# Counts over a month, a quarter or a year: they measure a campaign and are not one more event in it.
COUNTS = (
    "pilot reports",
    "airport closure time",
    "crossings in 2025",
    "drones crossed in 2025",
    "flights disrupted in 2025",
    "passengers affected",
)


def select_events(incidents: pd.DataFrame) -> pd.DataFrame:
    """Single incidents with their published attribution.

    Parameters
    ----------
    incidents : DataFrame
        The incidents dataset.

    Returns
    -------
    DataFrame
        ``when`` (timestamp), ``date, dated`` (in words), ``kind`` (in words), ``place, what, attribution, named`` (a
        state, its nationals or a ship; ``nobody``), ``confidence, source, note``, by date.
    """
    rows = incidents[incidents["kind"].isin(list(KINDS)) & ~incidents["indicator"].isin(COUNTS)]
    rows = rows.assign(
        when=pd.Series([date_middle(date) for date in rows["date"]], index=rows.index, dtype="datetime64[ns]"),
        dated=rows["date"].map(name_date),
        kind=rows["kind"].map(KINDS),
        named=rows["named"].replace("", NOBODY).fillna(NOBODY),
    )
    rows = rows.rename(columns={"entity": "place", "indicator": "what"}).sort_values(["when", "place"], kind="stable")
    columns = ["when", "date", "dated", "kind", "place", "what", "attribution", "named", "confidence", "source", "note"]
    return rows[columns].reset_index(drop=True)


def count_attributions(events: pd.DataFrame) -> pd.Series:
    """Number of events by attribution, in the order from established to not attributed, zeros included."""
    return events["attribution"].value_counts().reindex(list(ATTRIBUTIONS), fill_value=0)


def tabulate_attributions(events: pd.DataFrame) -> pd.DataFrame:
    """Number of events by kind and attribution, with sums; kinds without an event are left out.

    Returns
    -------
    DataFrame
        ``kind``, one column for each attribution (spaces as underscores), ``events``; the last row is the sum.
    """
    table = pd.crosstab(events["kind"], events["attribution"])
    kinds = [kind for kind in KINDS.values() if kind in table.index]
    table = table.reindex(index=kinds, columns=list(ATTRIBUTIONS), fill_value=0)
    table.loc["All"] = table.sum()
    table = table.assign(events=table.sum(axis=1)).rename(columns=lambda name: str(name).replace(" ", "_"))
    return table.rename_axis(index="kind", columns=None).reset_index()


def compute_reports(incidents: pd.DataFrame) -> pd.DataFrame:
    """Pilots' reports of disturbed satellite navigation in single months, where published.

    Returns
    -------
    DataFrame
        ``place, date, when, reports``; months without a published count are absent.
    """
    rows = incidents[(incidents["kind"] == "gnss") & (incidents["indicator"] == "pilot reports")]
    rows = rows[rows["date"].str.fullmatch(r"\d{4}-\d{2}")]
    rows = rows.assign(when=pd.to_datetime(rows["date"]), reports=rows["value"]).rename(columns={"entity": "place"})
    return rows.sort_values("when", kind="stable")[["place", "date", "when", "reports"]].reset_index(drop=True)
