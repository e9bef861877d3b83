"""The numbers on contributors, brigades and milestones that go into sentences."""

from collections.abc import Mapping

import pandas as pd

from baltic_calculus.analysis.brigades import BRIGADES, ELSEWHERE, MISSING, PRESENT
from baltic_calculus.analysis.contributors import COUNT, NEWEST
from baltic_calculus.analysis.dates import date_middle, name_date
from baltic_calculus.analysis.figures import latest_figures, select_figures, sole_figure
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.milestones import DONE, DUE, EARLIER, LATE, SILENT
from baltic_calculus.analysis.posture_facts import quantity_of
from baltic_calculus.analysis.promises import add_strengths, compare_promises
from baltic_calculus.analysis.quantity import Fact, Quantity

VOLUNTEERS = {
    "battalions": (
        ("volunteers for tank battalion 203", "volunteers for mechanised infantry battalion 122"),
        ("posts in tank battalion 203", "posts in mechanised infantry battalion 122"),
    ),
    "new_units": (("volunteers for the new units of the brigade",), ("posts in the new units of the brigade",)),
}


def describe_contributors(contributors: pd.DataFrame, presence: pd.DataFrame) -> dict[str, Fact]:
    """How old the lists of contributors are, and whether the one list that has a published count is full.

    Parameters
    ----------
    contributors : DataFrame
        From ``compute_contributors``.
    presence : DataFrame
        The forward-presence dataset, for the published count of nations.

    Returns
    -------
    dict
        ``nations`` (different states in the newest lists, lead nations by code left out), ``most`` (host with the
        longest list), ``most_nations``, ``oldest`` (host with the oldest list), ``oldest_date``, ``weak`` (hosts whose
        newest list is of low confidence), ``counted_host, counted`` (published number of nations with the lead),
        ``counted_date, listed`` (nations on its list with the lead), ``listed_date``.
    """
    newest = contributors[contributors["standing"] == NEWEST].reset_index(drop=True)
    ages = newest.assign(when=[date_middle(date) for date in newest["date"]]).sort_values("when", kind="stable")
    longest = newest.sort_values("nations", kind="stable").iloc[-1]
    count = latest_figures(select_figures(presence, {COUNT: COUNT}, "role"), ["indicator"]).iloc[0]
    listed = newest[newest["iso3"] == count["entity"]].iloc[0]
    return {
        "nations": Quantity(len({code for codes in newest["contributors"] for code in codes.split(";")}), "", 0),
        "most": str(longest["iso3"]),
        "most_nations": Quantity(int(longest["nations"]), "", 0),
        "oldest": str(ages.iloc[0]["iso3"]),
        "oldest_date": name_date(ages.iloc[0]["date"]),
        "weak": tuple(newest.loc[newest["confidence"] == "low", "iso3"]),
        "counted_host": str(count["entity"]),
        "counted": Quantity(float(count["low"]), "", 0),
        "counted_date": name_date(count["date"]),
        "listed": Quantity(int(listed["nations"]) + 1, "", 0),
        "listed_date": name_date(listed["date"]),
    }


def describe_brigades(parts: pd.DataFrame, presence: pd.DataFrame) -> dict[str, Fact]:
    """Present, held elsewhere and missing, by host.

    Parameters
    ----------
    parts : DataFrame
        From ``split_brigades``.
    presence : DataFrame
        The forward-presence dataset, for the shares.

    Returns
    -------
    dict
        ``share`` (of the promise that is present, by host), ``present, elsewhere, missing`` (troops, by host; hosts
        without a figure left out), ``not_public`` (hosts
        without a figure of what is held elsewhere), ``weak`` (hosts where some part is of low confidence).
    """
    subjects = {(brigade.promise.host, brigade.promise.subject) for brigade in BRIGADES}
    shares = [row for row in compare_promises(presence).itertuples() if (row.iso3, row.subject) in subjects]
    unknown = parts[(parts["part"] == ELSEWHERE) & parts["low_troops"].isna()]
    return {
        "share": {
            row.iso3: quantity_of(Interval(row.share_low_pct, row.share_high_pct), "%", 0)
            for row in sorted(shares, key=lambda row: row.iso3)
        },
        "present": _by_host(parts, PRESENT),
        "elsewhere": _by_host(parts, ELSEWHERE),
        "missing": _by_host(parts, MISSING),
        "not_public": tuple(unknown["iso3"]),
        "weak": tuple(dict.fromkeys(parts.loc[parts["confidence"] == "low", "iso3"])),
    }


def _by_host(parts: pd.DataFrame, part: str) -> Mapping[str, Quantity]:
    """Range of one part for each host that has it."""
    rows = parts[(parts["part"] == part) & parts["low_troops"].notna()]
    return {
        row.iso3: quantity_of(Interval(float(row.low_troops), float(row.high_troops)), "troops", 0)
        for row in rows.itertuples()
    }


def describe_volunteers(presence: pd.DataFrame) -> dict[str, Fact]:
    """How many soldiers had volunteered for the German brigade, against its posts.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.

    Returns
    -------
    dict
        For ``battalions`` (the two that are under the brigade) and ``new_units``: the posts as ``<name>_posts``, the
        volunteers as ``<name>_volunteers``, their share as ``<name>_share``, the date as ``<name>_date``.
    """
    facts: dict[str, Fact] = {}
    for name, (came, needed) in VOLUNTEERS.items():
        volunteers, posts = add_strengths(came, presence), add_strengths(needed, presence)
        facts[f"{name}_volunteers"] = quantity_of(volunteers.troops, "volunteers", 0)
        facts[f"{name}_posts"] = quantity_of(posts.troops, "posts", 0)
        facts[f"{name}_share"] = quantity_of((volunteers.troops / posts.troops).scale(100), "%", 0)
        facts[f"{name}_date"] = name_date(volunteers.date)
    return facts


def describe_exercise(presence: pd.DataFrame) -> dict[str, Fact]:
    """How much of the British brigade for Estonia was announced for an exercise, and how much came.

    Parameters
    ----------
    presence : DataFrame
        The forward-presence dataset.

    Returns
    -------
    dict
        ``announced, moved`` (troops), ``exercise_date``.
    """
    moved = add_strengths(("UK 4th Brigade troops moved to the exercise of 2025",), presence)
    return {
        "announced": quantity_of(sole_figure(presence, "UK brigade announced for the exercise of 2025"), "troops", 0),
        "moved": quantity_of(moved.troops, "troops", 0),
        "exercise_date": name_date(moved.date),
    }


def describe_milestones(milestones: pd.DataFrame) -> dict[str, Fact]:
    """How many steps are done, due, late, or passed without a report.

    Parameters
    ----------
    milestones : DataFrame
        From ``compute_milestones``.

    Returns
    -------
    dict
        ``steps`` (number of milestones), ``done, due, late, silent`` (how many of each), ``silent_names, late_names``
        (in words, "none" where there is none), ``late_from, late_to`` (earlier and newer dates of those that are late).
    """
    newest = milestones[milestones["status"] != EARLIER]
    late = newest[newest["status"] == LATE]
    before = milestones[(milestones["status"] == EARLIER) & milestones["milestone"].isin(late["milestone"])]
    return {
        "steps": Quantity(len(newest), "", 0),
        "done": Quantity(int((newest["status"] == DONE).sum()), "", 0),
        "due": Quantity(int((newest["status"] == DUE).sum()), "", 0),
        "late": Quantity(len(late), "", 0),
        "silent": Quantity(int((newest["status"] == SILENT).sum()), "", 0),
        "silent_names": _names(newest[newest["status"] == SILENT]),
        "late_names": _names(late),
        "late_from": "; ".join(before["dated"]) or "none",
        "late_to": "; ".join(late["dated"]) or "none",
    }


def _names(rows: pd.DataFrame) -> str:
    """Names of milestones in words."""
    return "; ".join(rows["milestone"]) or "none"
