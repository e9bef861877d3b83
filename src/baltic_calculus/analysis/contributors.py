"""Who contributes to the allied formation in each host state, by the newest list that was found."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import date_middle, name_date
from baltic_calculus.analysis.presence import lead_nations

LISTS = (
    "framework nation and contributors",
    "contributing nations",
    "battlegroup contributors",
    "FLF Finland contributors",
)
COUNT = "contributing nations (incl. lead)"
NEWEST = "newest list"
FIRMER = "newest list of better confidence"


def compute_contributors(presence: pd.DataFrame, first: Sequence[str] = ()) -> pd.DataFrame:
    """Newest list of contributing nations for each host; beside one of low confidence also the newest better one.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset. A list is text: codes joined by ``;``, after the lead nation's name where the
        row names it.
    first : sequence of str
        Hosts to list first.

    Returns
    -------
    DataFrame
        ``iso3, lead_nation, contributors`` (codes joined by ``;``, without the lead nation and the host),
        ``nations`` (how many), ``date, dated, standing`` (whether it is the newest list), ``confidence, note``; hosts
        without a list have none.
    """
    leads = lead_nations(presence)
    rows = presence[presence["indicator"].isin(LISTS) & presence["entity"].isin(list(leads))]
    rows = rows.assign(when=[date_middle(date) for date in rows["date"]])
    order = [*(code for code in first if code in leads), *(code for code in leads if code not in first)]
    found = []
    for code in order:
        own = rows[rows["entity"] == code].sort_values("when", ascending=False, kind="stable")
        firm = own[own["confidence"] != "low"]
        newest = own.head(1)
        found.append(newest.assign(standing=NEWEST))
        if (newest["confidence"] == "low").any():
            found.append(firm.head(1).assign(standing=FIRMER))
    lists = pd.concat(found, ignore_index=True)
    codes = [
        [one for one in _codes(text) if one != host] for text, host in zip(lists["text"], lists["entity"], strict=True)
    ]
    return pd.DataFrame(
        {
            "iso3": lists["entity"],
            "lead_nation": lists["entity"].map(leads),
            "contributors": [";".join(one) for one in codes],
            "nations": [len(one) for one in codes],
            "date": lists["date"],
            "dated": lists["date"].map(name_date),
            "standing": lists["standing"],
            "confidence": lists["confidence"],
            "note": lists["note"],
        }
    )


def _codes(text: str) -> list[str]:
    """Country codes of a list, without the name before it."""
    return [part.strip() for part in text.split(";") if len(part.strip()) == 3 and part.strip().isupper()]
