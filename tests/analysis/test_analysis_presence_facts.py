"""Facts on contributors, brigades and milestones, against the published rows."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.brigades import split_brigades
from baltic_calculus.analysis.contributors import compute_contributors
from baltic_calculus.analysis.milestones import compute_milestones
from baltic_calculus.analysis.presence_facts import (
    describe_brigades,
    describe_contributors,
    describe_exercise,
    describe_milestones,
    describe_volunteers,
)
from baltic_calculus.analysis.quantity import Quantity


@pytest.fixture(scope="module")
def presence() -> pd.DataFrame:
    return catalog.load("forward_presence")


def test_contributors(presence: pd.DataFrame) -> None:
    facts = describe_contributors(compute_contributors(presence), presence)
    assert (facts["most"], facts["most_nations"]) == ("LVA", Quantity(12, "", 0))
    assert (facts["oldest"], facts["oldest_date"]) == ("POL", "28 January 2020")
    assert facts["weak"] == ("LTU",)
    # 14 nations published in August 2025, 13 named in May: the list is not full
    assert (facts["counted_host"], facts["counted"], facts["listed"]) == (
        "LVA",
        Quantity(14, "", 0),
        Quantity(13, "", 0),
    )


def test_brigades(presence: pd.DataFrame) -> None:
    facts = describe_brigades(split_brigades(presence), presence)
    # 1,700 to 1,800 of 5,000
    assert facts["share"]["LTU"] == Quantity(34, "%", 0, 36)  # type: ignore[index, call-overload]
    assert facts["elsewhere"] == {"EST": Quantity(1500, "troops", 0, 3000), "LTU": Quantity(1000, "troops", 0, 1100)}
    assert facts["not_public"] == ("LVA",)
    assert facts["weak"] == ("EST",)


def test_volunteers(presence: pd.DataFrame) -> None:
    facts = describe_volunteers(presence)
    assert (facts["battalions_volunteers"], facts["battalions_posts"]) == (
        Quantity(378, "volunteers", 0),
        Quantity(1054, "posts", 0),
    )
    # 209 of 1,971 = 10.6%: "about a tenth"
    share = facts["new_units_share"]
    assert isinstance(share, Quantity)
    assert share.value == pytest.approx(10.6, abs=0.05)
    assert facts["battalions_date"] == "December 2025"


def test_british_brigade_in_the_exercise(presence: pd.DataFrame) -> None:
    facts = describe_exercise(presence)
    assert (facts["announced"], facts["moved"]) == (Quantity(3000, "troops", 0), Quantity(1500, "troops", 0))
    assert facts["exercise_date"] == "April 2025"


def test_milestones(presence: pd.DataFrame) -> None:
    rows = compute_milestones(presence, "2026-11-21")
    facts = describe_milestones(rows)
    counts = [facts[name] for name in ("done", "due", "late", "silent")]
    assert [one.value for one in counts if isinstance(one, Quantity)] == [6, 8, 1, 4]
    assert (facts["late_names"], facts["late_from"], facts["late_to"]) == (
        "Rudninkai base in use",
        "2027",
        "quarter 1 of 2028",
    )
    none = describe_milestones(rows[rows["iso3"] == "FIN"])
    assert (none["late_names"], none["late_to"]) == ("none", "none")
