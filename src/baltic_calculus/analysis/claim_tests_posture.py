"""Tests of claims on allied forces: who leads, how many, how soon, and under which command."""

from collections.abc import Sequence
from functools import partial

import pandas as pd

from baltic_calculus.analysis.claim_reading import (
    AT_LEAST,
    DATE,
    NOW,
    SAME,
    THEN,
    WITHIN,
    Claimed,
    ClaimFrames,
    ClaimTest,
    Reading,
    lasts_into,
    near,
)
from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.figures import complete_figures, interval_of, sole_figure
from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.analysis.presence import latest_strengths, lead_nations
from baltic_calculus.errors import DataError

NATIONS = {"UK": "United Kingdom", "CA": "Canada", "DE": "Germany", "FR": "France", "US": "United States"}
"""How the register shortens nations."""
CODES = {"US": "USA"}

STATES = ("EST", "LVA", "LTU")
MADRID = "2022-06-28"
"""Day of the one count of all battlegroups."""


def only_row(rows: pd.DataFrame, what: str) -> pd.Series:
    """The one row that a test asks for.

    Raises
    ------
    DataError
        When there is none, or more than one.
    """
    if len(rows) != 1:
        raise DataError(f"{len(rows)} rows instead of one: {what}", where="test of a claim", remedy="mend the dataset")
    return rows.iloc[0]


def _read_leads(states: Sequence[str], frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Framework nation of each state against the nations claimed, in the same order."""
    leads = lead_nations(frames.forward_presence)
    wanted = [NATIONS[short] for short in claimed.words.split("/")]
    return [
        Reading("", leads[state], leads[state] == nation, said=f"{leads[state]} in {state}")
        for state, nation in zip(states, wanted, strict=True)
    ]


def _read_led_by_us(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    leads = lead_nations(frames.forward_presence)
    count = float(sum(leads[state] == NATIONS["US"] for state in STATES))
    return [Reading("in the Baltic states", Interval(count, count), count >= claimed.number.low)]


def _read_battlegroups(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = complete_figures(frames.forward_presence)
    rows = rows[(rows["indicator"] == "battlegroup strength") & rows["entity"].isin(STATES)]
    rows = rows[rows["date"].isin(["2020", MADRID])].sort_values(["date", "entity"])
    return [
        Reading(f"{row['entity']} ({row['date'][:4]})", interval_of(row), near(interval_of(row), claimed.number))
        for _, row in rows.iterrows()
    ]


def _read_brigades(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    latest = latest_strengths(frames.forward_presence).set_index("iso3")
    readings = []
    for state in STATES:
        troops = Interval(float(latest.at[state, "low_troops"]), float(latest.at[state, "high_troops"]))
        of = f"{state} ({str(latest.at[state, 'date'])[:4]})"
        confidence = str(latest.at[state, "confidence"])
        readings.append(Reading(of, troops, near(troops, claimed.number), confidence=confidence))
    return readings


def _read_hosts(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = frames.forward_presence
    rows = rows[(rows["indicator"] == "battlegroup strength") & (rows["date"] == MADRID)]
    hosts = Interval(rows["entity"].nunique(), rows["entity"].nunique())
    return [Reading("hosts in June 2022:", hosts, near(hosts, claimed.number))]


def _read_option(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = frames.forward_presence
    row = only_row(rows[rows["indicator"] == "Madrid brigade-size option"], "Madrid brigade-size option")
    date = date_years(row["date"])
    return [Reading("decision", date, lasts_into(date, claimed.number), said=name_date(row["date"]))]


def read_event(begin: str, of: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Date of an event of the register against the month or year claimed; ``begin`` is how the event's row begins."""
    date = find_event(frames.timeline, begin)
    return [Reading(of, date_years(date), lasts_into(date_years(date), claimed.number), said=name_date(date))]


def find_event(timeline: pd.DataFrame, begin: str) -> str:
    """Date of the one event whose text begins so."""
    return str(only_row(timeline[timeline["event"].str.startswith(begin)], begin)["date"])


def _read_announced(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    return [
        *read_event("Germany offers a full brigade", "offered", frames, claimed),
        *read_event("Germany and Lithuania sign brigade roadmap", "roadmap signed", frames, claimed),
    ]


def _read_tier(tier: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    value = float(getattr(frames.force_model, f"{tier}_troops").value)
    troops = Interval(value, value)
    return [Reading("Force Model", troops, near(troops, claimed.number))]


def _read_response_force(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    troops = sole_figure(frames.force_model_air, "NATO Response Force before reform")
    return [Reading("Response Force before the Force Model", troops, near(troops, claimed.number), confidence="medium")]


def _read_policing(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Aircraft at the two bases in use when the essay was written: the newest count of each before it."""
    rows = complete_figures(frames.force_model_air)
    # the register also holds the essay's own number: no claim is tested against its essay
    rows = rows[rows["indicator"].isin(["aircraft at Siauliai", "aircraft at Lielvarde"])]
    rows = rows[[date_years(date).high <= claimed.written.high for date in rows["date"]]]
    newest = rows.sort_values("when", kind="stable").drop_duplicates("indicator", keep="last")
    aircraft = add_intervals(interval_of(row) for _, row in newest.iterrows())
    tolerance = float(frames.terms.aircraft_tolerance.value)
    return [Reading("Siauliai and Lielvarde", aircraft, near(aircraft, claimed.number, tolerance))]


def _read_replaced(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    decided = find_event(frames.timeline, "Vilnius summit")
    rows = frames.force_model_air
    rotations = rows[rows["indicator"] == "Baltic Air Policing rotation"].sort_values("date", kind="stable")
    newest = rotations.iloc[-1]
    after = date_years(newest["date"]).low > date_years(decided).high
    return [
        Reading("air defence model agreed", date_years(decided), True, said=name_date(decided)),
        Reading(
            "latest rotation",
            str(newest["date"]),
            not after,
            said=f"{newest['value']:.0f}, {name_date(newest['date'])}",
        ),
    ]


def _read_lielvarde(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = frames.force_model_air
    row = rows[rows["indicator"] == "aircraft at Lielvarde"].sort_values("date", kind="stable").iloc[0]
    date = date_years(row["date"])
    return [Reading("first count", date, lasts_into(date, claimed.number), said=name_date(row["date"]))]


def _read_joint_lead(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Nation agreed to lead the joint command of the Baltic states."""
    command = frames.command_structure
    joint = only_row(command[(command["entity"] == "EST") & (command["kind"] == "state")], "command over Estonia")
    row = only_row(command[command["entity"] == joint["superior"]], str(joint["superior"]))
    agreed = str(row["lead_agreed"]).split(";")
    return [Reading(str(row["entity"]), row["lead_agreed"], CODES[claimed.words] in agreed, said=" and ".join(agreed))]


def _read_at_sea(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Whether a command for the Baltic Sea was in force when the essay was written, and is now."""
    command = frames.command_structure
    row = only_row(command[command["kind"] == "maritime"], "command for the Baltic Sea")
    since = date_years(row["since"])
    said = f"{row['entity']} since {name_date(row['since'])}"
    return [
        Reading("then", since, since.low > claimed.written.high, said="none on record", when=THEN),
        Reading("now", since, row["status"] != "in force", said=said, when=NOW),
    ]


POSTURE_TESTS = (
    ClaimTest("B11", "framework nation", "", SAME, "tbl-contributors", partial(_read_leads, STATES)),
    ClaimTest("B12", "allied battlegroup", "troops", WITHIN, "fig-presence", _read_battlegroups),
    ClaimTest("B13", "allied formation", "troops", WITHIN, "fig-presence", _read_brigades),
    ClaimTest("B14", "brigades decided", "", DATE, "fig-promises", _read_option),
    ClaimTest("C10", "battlegroups", "", WITHIN, "fig-presence-map", _read_hosts),
    ClaimTest("C13", "framework nation", "", SAME, "tbl-contributors", partial(_read_leads, ("LTU",))),
    ClaimTest("C14", "brigade announced", "", DATE, "fig-promises", _read_announced),
    ClaimTest("C20", "framework nation", "", SAME, "tbl-contributors", partial(_read_leads, ("LVA",))),
    ClaimTest("C21", "framework nation", "", SAME, "tbl-contributors", partial(_read_leads, ("ROU",))),
    ClaimTest(
        "C24",
        "roadmaps signed",
        "",
        DATE,
        "fig-timeline",
        partial(read_event, "US-Baltic defence roadmaps", "reported"),
    ),
    ClaimTest("C26", "American-led formations", "", AT_LEAST, "tbl-contributors", _read_led_by_us),
    ClaimTest("C27", "air policing replaced", "", DATE, "tbl-air-mission", _read_replaced),
    ClaimTest("C28", "air policing", "aircraft", WITHIN, "fig-air", _read_policing),
    ClaimTest("C30", "first tier", "troops", WITHIN, "fig-force-model", partial(_read_tier, "tier_1")),
    ClaimTest("C31", "second tier", "troops", WITHIN, "fig-force-model", partial(_read_tier, "tier_2")),
    ClaimTest("C38", "size of the force", "troops", WITHIN, "fig-force-model", _read_response_force, whole=False),
    ClaimTest("C42", "lead of the joint command", "", SAME, "tbl-command-lead", _read_joint_lead),
    ClaimTest("C44", "command on the Baltic Sea", "", DATE, "fig-command", _read_at_sea),
    ClaimTest("C45", "first use of the base", "", DATE, "fig-air", _read_lielvarde),
)
