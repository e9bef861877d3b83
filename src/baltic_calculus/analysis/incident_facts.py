"""The numbers on incidents that go into sentences."""

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.incidents import (
    ACCIDENTAL,
    ESTABLISHED,
    KINDS,
    SEA,
    SUSPECTED,
    compute_reports,
    count_attributions,
)
from baltic_calculus.analysis.quantity import Fact, Quantity


def describe_incidents(events: pd.DataFrame) -> dict[str, Fact]:
    """How many incidents are on record, and what has been established about them.

    Parameters
    ----------
    events : DataFrame
        From ``select_events``.

    Returns
    -------
    dict
        ``events``, one number for each attribution (``established, suspected, under_investigation, found_accidental,
        not_attributed``), ``sea`` (cables and pipelines), ``sea_established, sea_suspected, sea_accidental, sea_ships``
        (a ship is named), ``air`` (airspace), ``air_established, air_russia, air_ukraine`` (of the established, the
        state named), ``established_share`` (per cent of all), ``low`` (of low confidence), ``first_date, last_date``.
    """
    counts = count_attributions(events)
    sea = events[events["kind"].isin(SEA)]
    air = events[events["kind"] == KINDS["airspace"]]
    settled = air.loc[air["attribution"] == ESTABLISHED, "named"]
    return {
        "events": Quantity(len(events), "", 0),
        **{str(name).replace(" ", "_"): Quantity(int(count), "", 0) for name, count in counts.items()},
        "sea": Quantity(len(sea), "", 0),
        "sea_established": Quantity(int((sea["attribution"] == ESTABLISHED).sum()), "", 0),
        "sea_suspected": Quantity(int((sea["attribution"] == SUSPECTED).sum()), "", 0),
        "sea_accidental": Quantity(int((sea["attribution"] == ACCIDENTAL).sum()), "", 0),
        "sea_ships": Quantity(int(sea["named"].str.startswith("ship").sum()), "", 0),
        "air": Quantity(len(air), "", 0),
        "air_established": Quantity(len(settled), "", 0),
        "air_russia": Quantity(int((settled == "Russia").sum()), "", 0),
        "air_ukraine": Quantity(int((settled == "Ukraine").sum()), "", 0),
        "established_share": Quantity(float(counts[ESTABLISHED]) / len(events) * 100, "%", 0),
        "low": Quantity(int(events["confidence"].eq("low").sum()), "", 0),
        "first_date": name_date(events.iloc[0]["date"]),
        "last_date": name_date(events.iloc[-1]["date"]),
    }


def describe_reports(incidents: pd.DataFrame) -> dict[str, Fact]:
    """Growth of pilots' reports of disturbed satellite navigation between the first and the last published month.

    Returns
    -------
    dict
        ``place, reports_first, reports_last`` (a month's reports), ``reports_first_date, reports_last_date,
        reports_multiple`` (times).
    """
    reports = compute_reports(incidents)
    first, last = reports.iloc[0], reports.iloc[-1]
    return {
        "place": str(last["place"]),
        "reports_first": Quantity(float(first["reports"]), "", 0),
        "reports_first_date": name_date(first["date"]),
        "reports_last": Quantity(float(last["reports"]), "", 0),
        "reports_last_date": name_date(last["date"]),
        "reports_multiple": Quantity(float(last["reports"] / first["reports"]), "times", 0),
    }
