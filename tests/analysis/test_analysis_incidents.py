"""Incidents: events apart from counts, attribution as published."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.incident_facts import describe_incidents, describe_reports
from baltic_calculus.analysis.incidents import (
    ATTRIBUTIONS,
    NOBODY,
    compute_reports,
    count_attributions,
    select_events,
    tabulate_attributions,
)
from baltic_calculus.analysis.quantity import Quantity

INCIDENTS = pd.DataFrame(
    [
        ("Cable A", "2025-01-26", "cable", "damaged", 1, "found accidental", "medium"),
        ("Cable B", "2024-11-17", "cable", "severed", 2, "suspected", "medium"),
        ("Lithuania", "2025-06", "gnss", "pilot reports", 1022, "not attributed", "high"),
        ("Lithuania", "2024-06", "gnss", "pilot reports", 46, "not attributed", "high"),
        ("Lithuania", "2024Q4", "gnss", "pilot reports", 828, "not attributed", "medium"),
        ("NATO", "2025-09-12", "response", "Eastern Sentry", 1, "not applicable", "high"),
    ],
    columns=["entity", "date", "kind", "indicator", "value", "attribution", "confidence"],
).assign(note="", source="P001", named=["ship A", "ship B", "", "", "", ""])


def test_events_leave_out_counts_and_responses() -> None:
    rows = select_events(INCIDENTS)
    assert rows["place"].tolist() == ["Cable B", "Cable A"]
    assert rows["kind"].tolist() == ["Sea cables", "Sea cables"]


def test_attribution_is_passed_on_unchanged() -> None:
    rows = select_events(INCIDENTS).set_index("place")
    published = INCIDENTS.set_index("entity")["attribution"]
    assert rows["attribution"].to_dict() == {place: published[place] for place in rows.index}


def test_attributions_without_an_event_count_zero() -> None:
    counts = count_attributions(select_events(INCIDENTS))
    assert counts.to_dict() == {
        "established": 0,
        "suspected": 1,
        "under investigation": 0,
        "found accidental": 1,
        "not attributed": 0,
    }


def test_monthly_reports_leave_out_quarters_and_stay_in_order() -> None:
    assert compute_reports(INCIDENTS)["reports"].tolist() == [46, 1022]


def test_table_counts_every_event_once() -> None:
    table = tabulate_attributions(select_events(INCIDENTS)).set_index("kind")
    assert table.index.tolist() == ["Sea cables", "All"]
    assert table.loc["All", ["established", "suspected", "found_accidental", "events"]].tolist() == [0, 1, 1, 2]


def test_whom_an_attribution_names_is_passed_on_and_an_empty_cell_names_nobody() -> None:
    events = select_events(INCIDENTS.assign(named=["ship A", "", "", "", "", ""]))
    assert events["named"].tolist() == [NOBODY, "ship A"]


def test_every_plotted_event_is_a_row_with_its_published_status() -> None:
    incidents = catalog.load("incidents").set_index(["entity", "date", "indicator"])
    events = select_events(catalog.load("incidents"))
    for event in events.to_dict("records"):
        row = incidents.loc[(event["place"], event["date"], event["what"])]
        assert (row["attribution"], row["confidence"]) == (event["attribution"], event["confidence"])
    assert set(events["attribution"]) <= set(ATTRIBUTIONS)


def test_incidents_add_up_and_no_sea_incident_is_established() -> None:
    events = select_events(catalog.load("incidents"))
    facts = describe_incidents(events)
    parts = ("established", "suspected", "under_investigation", "found_accidental", "not_attributed")
    counts = [quantity.value for part in parts if isinstance(quantity := facts[part], Quantity)]
    assert facts["events"] == Quantity(sum(counts), "", 0)
    assert facts["sea_established"] == Quantity(0, "", 0)
    assert facts["established"] == facts["air_established"]
    assert tabulate_attributions(events)["events"].iloc[-1] == len(events)


def test_an_established_origin_names_a_state() -> None:
    events = select_events(catalog.load("incidents"))
    assert set(events.loc[events["attribution"] == "established", "named"]) == {"Russia", "Ukraine"}
    assert set(events.loc[events["attribution"] == "not attributed", "named"]) == {NOBODY}


def test_reports_of_disturbed_navigation_grew_as_published() -> None:
    facts = describe_reports(catalog.load("incidents"))
    # 46 in June 2024 and 1,022 in June 2025, "22 times"
    assert (facts["reports_first"], facts["reports_last"]) == (Quantity(46, "", 0), Quantity(1022, "", 0))
    assert facts["reports_multiple"] == Quantity(pytest.approx(22.2, abs=0.05), "times", 0)  # type: ignore[arg-type]
