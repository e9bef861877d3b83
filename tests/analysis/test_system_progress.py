import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.system_progress import (
    DONE,
    DROPPED,
    FINDINGS,
    LATE,
    NO_DATE,
    NO_PROMISE,
    ON_TRACK,
    PROGRESS,
    SILENT,
    SLIP,
    UNKNOWN,
    describe_progress,
    judge_progress,
)

TODAY = "2026-11-21"


def judge(kind: str, due: str, finding: str) -> tuple[str, str]:
    row = judge_progress(pd.DataFrame({"kind": [kind], "due": [due], "finding": [finding]}), TODAY).iloc[0]
    return row["progress"], row["reason"]


@pytest.mark.parametrize(
    ("due", "finding", "expected"),
    [
        ("2027-12", "", (ON_TRACK, "")),
        ("2026-11", "", (ON_TRACK, "")),  # the month is not over on the 21st
        ("2026-11-20", "", (UNKNOWN, SILENT)),
        ("2025", "", (UNKNOWN, SILENT)),  # silence is not taken for delay
        ("", "", (UNKNOWN, NO_DATE)),
        ("2027-12", "slip", (UNKNOWN, SLIP)),
        ("2027-12", "moved", (LATE, "")),
        ("2025", "missed", (LATE, "")),
        ("2025", "met", (DONE, "")),
        ("2035", "withdrawn", (DROPPED, "")),
    ],
)
def test_the_status_follows_from_the_date_and_what_is_reported(
    due: str, finding: str, expected: tuple[str, str]
) -> None:
    assert judge("promise", due, finding) == expected


def test_of_a_trend_nothing_was_promised() -> None:
    assert judge("trend", "", "") == (UNKNOWN, NO_PROMISE)


def test_a_date_that_passes_is_no_longer_on_track() -> None:
    rows = pd.DataFrame({"kind": ["promise"], "due": ["2026"], "finding": [""]})
    assert list(judge_progress(rows, "2026-12-31")["progress"]) == [ON_TRACK]
    assert list(judge_progress(rows, "2027-01-01")["progress"]) == [UNKNOWN]


def test_the_counts_add_up_to_the_systems() -> None:
    rows = pd.DataFrame(
        {
            "short_name": ["a", "b", "c"],
            "category": ["air", "air", "threat"],
            "kind": ["promise", "promise", "trend"],
            "due": ["2030", "2025", ""],
            "finding": ["", "moved", ""],
        }
    )
    told = describe_progress(judge_progress(rows, TODAY), TODAY)
    assert [told[name].value for name in ("systems", "categories", "on_track", "late", "not_known")] == [3, 2, 1, 1, 1]
    assert told["late_names"] == ("b",)
    assert told["as_of"] == "21 November 2026"


def test_every_system_of_the_register_has_a_status_from_the_list() -> None:
    systems = catalog.load("systems")
    judged = judge_progress(systems, catalog.record("systems").read)
    assert set(judged["progress"]) <= set(PROGRESS)
    assert list(judged["id"]) == [f"SYS{number:02d}" for number in range(1, 43)]
    assert judged["reason"].ne("").equals(judged["progress"].eq(UNKNOWN))


def test_whatever_is_reported_has_a_date_and_a_date_something_reported() -> None:
    systems = catalog.load("systems")
    assert set(systems["finding"]) <= {"", *FINDINGS}
    assert systems["finding"].ne("").equals(systems["finding_date"].ne(""))
    trends = systems[systems["kind"] == "trend"]
    assert trends[["due", "finding"]].eq("").all(axis=None)
