"""Incidents: events apart from counts, attribution as published."""

import pandas as pd

from baltic_calculus.analysis.incidents import compute_reports, count_attributions, select_events

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
).assign(note="")


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
