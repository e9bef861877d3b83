"""Milestones of drone defence: no more certain than what was found, and dates that agree with the other registers."""

import pandas as pd

from baltic_calculus import catalog
from baltic_calculus.analysis.drone_defence import (
    PLANNED,
    REPORTED,
    STANDINGS,
    UNVERIFIED,
    VERIFIED,
    by_moment,
    compute_milestones,
    list_milestones,
)
from baltic_calculus.analysis.drone_facts import describe_drone_steps, describe_drones

READ = "2026-11-22"
REGISTER = pd.DataFrame(
    [
        ("Union", "agreed", "decision", "", "2025-09-26", "verified"),
        ("Union", "coalitions", "decision", "2025-12", "", "none found"),
        ("Union", "capacity", "capability", "2026", "", "none found"),
        ("State", "devices", "capability", "2026", "2026-05", "reported"),
    ],
    columns=["programme", "milestone", "kind", "planned", "reported", "outcome"],
).assign(participants="EU", confidence="high", source="P134", note="")


def test_standing_says_no_more_than_was_found() -> None:
    rows = compute_milestones(REGISTER, READ).set_index("milestone")
    assert rows.at["agreed", "standing"] == VERIFIED
    assert rows.at["coalitions", "standing"] == UNVERIFIED  # the whole of December 2025 has passed
    assert rows.at["capacity", "standing"] == PLANNED  # December 2026 may still bring it
    assert rows.at["devices", "standing"] == REPORTED
    assert rows.at["capacity", "reported"] == "not found"
    assert rows.at["agreed", "planned"] == "no date set"


def test_planned_marks_stand_at_the_end_of_their_date() -> None:
    rows = compute_milestones(REGISTER, READ).set_index("milestone")
    assert rows.at["capacity", "moment"] == 2027
    assert 2026 + 120 / 365 < rows.at["devices", "moment"] < 2026 + 151 / 365  # within May
    assert by_moment(rows.reset_index())["moment"].is_monotonic_increasing


def test_register_is_shown_whole() -> None:
    register = catalog.load("drone_defence")
    rows = compute_milestones(register, READ)
    assert len(rows) == len(register)
    assert set(zip(rows["programme"], rows["milestone"], strict=True)) == set(
        zip(register["programme"], register["milestone"], strict=True)
    )
    assert set(rows["standing"]) <= set(STANDINGS)
    assert list(dict.fromkeys(rows["programme"])) == list(dict.fromkeys(register["programme"]))


def test_verified_rows_have_two_publishers_or_the_act_itself() -> None:
    register, sources = catalog.load("drone_defence"), catalog.load("sources").set_index("source")
    for _, row in register[register["outcome"] == "verified"].iterrows():
        keys = row["source"].split(";")
        publishers = {sources.at[key, "publisher"] for key in keys}
        official = {sources.at[key, "class"] for key in keys} & {"official"}
        assert len(publishers) > 1 or official, row["milestone"]


def test_a_milestone_has_a_date_planned_or_reported() -> None:
    register = catalog.load("drone_defence")
    assert (register["planned"].ne("") | register["reported"].ne("")).all()
    assert (register["outcome"].eq("none found") == register["reported"].eq("")).all()


def test_dates_agree_with_the_other_registers() -> None:
    rows = catalog.load("drone_defence").set_index(["programme", "milestone"])
    air = catalog.load("force_model_air").set_index("indicator")["value"]
    pairs = [
        (("EU: drone defence", "initial capacity"), "European Drone Defence Initiative initial capacity"),
        (("EU: drone defence", "fully functional"), "European Drone Defence Initiative fully functional"),
        (("EU: Eastern Flank Watch", "functional"), "Eastern Flank Watch functional"),
    ]
    for key, indicator in pairs:
        assert int(rows.at[key, "planned"][:4]) == air[indicator]
    launched = catalog.load("force_model_air").set_index("indicator").at["Eastern Sentry launched", "date"]
    assert rows.at[("NATO: Eastern Sentry", "launched"), "reported"] == launched


def test_facts_count_the_register() -> None:
    rows = compute_milestones(catalog.load("drone_defence"), READ)
    told = describe_drones(rows, READ)
    parts = ["milestones_verified", "milestones_reported", "milestones_due", "milestones_planned"]
    assert sum(told[part].value for part in parts) == told["drone_milestones"].value == len(rows)
    assert told["capabilities_verified"].value == 0
    assert told["initial"] == "December 2026"
    steps = describe_drone_steps(rows, catalog.load("force_model_air"))
    assert (steps["cost"].value, steps["cost"].high) == (3, 10)  # EUR 3,000 m to 10,000 m


def test_low_confidence_reaches_the_chart() -> None:
    rows = list_milestones(compute_milestones(catalog.load("drone_defence"), READ), catalog.load("sources"))
    weak = rows[rows["confidence"] == "low"]
    assert set(weak["programme"]) == {"EU: Eastern Flank Watch", "Latvia: drone defence"}
    assert rows["published_by"].str.len().gt(0).all()
