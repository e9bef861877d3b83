"""Tests of claims on the region: events, borders, incidents, mobility, the defence line and plants."""

import re
from collections.abc import Sequence
from functools import partial

import pandas as pd

from baltic_calculus.analysis.claim_reading import (
    AT_LEAST,
    DATE,
    LESS,
    NOW,
    THEN,
    TO_COME,
    Claimed,
    ClaimFrames,
    ClaimTest,
    Reading,
    lasts_into,
)
from baltic_calculus.analysis.claim_tests_posture import find_event, only_row, read_event
from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.figures import sole_figure
from baltic_calculus.analysis.interval import Interval

STATES = ("Estonia", "Latvia", "Lithuania")
JOINERS = {"FIN": "2023", "SWE": "2024"}
"""The new members, and the year of accession that B16 gives each."""
NEIGHBOURS = ("BLR", "RUS")
PLAN_BEGINS = "2024-01"
"""Month in which the Baltic Defence Line was agreed."""


def _read_to_come(begin: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Date of an event that the essay takes to lie ahead."""
    date = find_event(frames.timeline, begin)
    return [Reading("held", date_years(date), date_years(date).low > claimed.written.high, said=name_date(date))]


def _joined(command: pd.DataFrame, iso3: str) -> str:
    """Since when a new member has stood under one of NATO's commands."""
    rows = command[(command["entity"] == iso3) & (command["kind"] == "state") & (command["since"] != "")]
    return str(rows["since"].min())


def _read_members_to_come(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    dates = {state: _joined(frames.command_structure, state) for state in JOINERS}
    return [
        Reading(state, date_years(date), date_years(date).low > claimed.written.high, said=name_date(date))
        for state, date in dates.items()
    ]


def _read_accession(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    claimed_years = dict(zip(JOINERS, claimed.words.split(" and "), strict=True))
    readings = []
    for state, claimed_year in claimed_years.items():
        date = _joined(frames.command_structure, state)
        agrees = lasts_into(date_years(date), date_years(claimed_year))
        readings.append(Reading(state, date_years(date), agrees, said=name_date(date)))
    return readings


def _read_borders(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    readings = []
    for state in NEIGHBOURS:
        km = sole_figure(frames.geography, "land border length, CIA", f"POL-{state}")
        readings.append(Reading(state, km, km.low > 0))
    return readings


def _before(rows: pd.DataFrame, claimed: Claimed) -> pd.DataFrame:
    """Incidents of the time before an essay."""
    return rows[[date_years(date).low <= claimed.written.high for date in rows["date"]]]


def _read_violations(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = _before(frames.incidents[frames.incidents["kind"] == "airspace"], claimed)
    over = rows["entity"].str.startswith(STATES)
    established = rows[over & (rows["attribution"] == "established") & (rows["named"] == "Russia")]
    count = Interval(len(established), len(established))
    return [Reading("established as Russian", count, count.low >= float(frames.terms.repeated_events.value))]


def _read_sabotage(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    rows = frames.incidents[frames.incidents["kind"].isin(["cable", "pipeline"])]
    rows = _before(rows[[date_years(date).low >= 2023 for date in rows["date"]]], claimed)
    damaged = Interval(len(rows), len(rows))
    deliberate = int((rows["attribution"] == "established").sum())
    return [
        Reading("incidents with damage", damaged, damaged.low > 0),
        Reading("established as deliberate", Interval(deliberate, deliberate), deliberate > 0),
    ]


def _read_line_begun(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    line = frames.defence_line_resilience
    delivered = sole_figure(line, "bunkers delivered (elements)", "EST")
    installed = sole_figure(line, "bunkers installed", "EST")
    return [
        Reading("delivered in Estonia", delivered, delivered.low > 0),
        Reading("installed in Estonia", installed, installed.low > 0),
    ]


def _read_line_pace(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Shares of the planned bunkers against the share of the planned time that had passed."""
    line = frames.defence_line_resilience
    row = only_row(line[line["indicator"] == "bunkers delivered (elements)"], "bunkers delivered")
    end = only_row(line[line["indicator"] == "planned completion of line at present scale"], "end of the plan")
    begin, finish = date_years(PLAN_BEGINS).low, date_years(str(end["date"])).high
    passed = (date_years(row["date"]).low - begin) / (finish - begin) * 100
    planned = sole_figure(line, "bunkers planned", "EST")
    readings = []
    for of, indicator in (("delivered", "bunkers delivered (elements)"), ("installed", "bunkers installed")):
        share = (sole_figure(line, indicator, "EST") / planned).scale(100)
        readings.append(Reading(of, share, share.high < passed))
    time = Interval(passed, passed)
    return [*readings, Reading("of the time planned", time, True)]


def _read_drill(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    return read_event("Lithuania's largest mobilisation exercise", "begun", frames, claimed)


def _read_washington(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    return read_event("Washington summit", "held", frames, claimed)


def _read_mobility_money(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Money for military mobility: spent early when the essay was written, ten times as much proposed since."""
    gap = sole_figure(frames.mobility, "gap before next funding", "EU")
    now = sole_figure(frames.mobility, "military mobility budget", "EU")
    proposed = sole_figure(frames.mobility, "military mobility budget proposed", "EU")
    times = proposed / now
    return [
        Reading("years without funds", gap, gap.low > 0, said=f"{gap.low:.0f}", when=THEN),
        Reading("proposed against the last budget", times, times.high < 1, said=f"{times.low:.1f} times", when=NOW),
    ]


def _plant(frames: ClaimFrames, project: str) -> pd.Series:
    """The row of one investment."""
    industry = frames.industry
    return only_row(industry[industry["project"] == project], project)


def _read_plant(project: str, frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    """Investment in a plant against the least claimed, and how much of it is the one firm's that is named."""
    row = _plant(frames, project)
    money = Interval(float(row["investment_low_eur_m"]), float(row["investment_high_eur_m"]))
    held = re.search(r"\(DEU\) (\d+)%", str(row["partner"]))
    share = float(held[1]) if held else 100.0
    return [
        Reading("EUR m", money, money.high >= claimed.number.low, confidence=row["confidence"]),
        Reading("of it the firm's, %", Interval(share, share), share == 100, confidence=row["confidence"]),
    ]


def _read_invested(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    row = _plant(frames, "Patria 6x6, Valmiera")
    money = Interval(float(row["investment_low_eur_m"]), float(row["investment_high_eur_m"]))
    said = f"EUR {money.high:.0f} m, {row['status']} since {name_date(row['opened'])}"
    return [Reading("", money, money.low > 0, said=said, confidence=row["confidence"])]


def _read_jobs(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    readings = []
    for project in ("Rheinmetall, Baisogala", "Patria 6x6, Valmiera"):
        row = _plant(frames, project)
        jobs = Interval(float(row["jobs_low"]), float(row["jobs_high"]))
        readings.append(Reading(str(row["place"]), jobs, jobs.low > 0, confidence=row["confidence"]))
    return readings


def _read_under_way(frames: ClaimFrames, claimed: Claimed) -> Sequence[Reading]:
    date = find_event(frames.timeline, "Steadfast Defender")
    return [Reading("begun", date_years(date), date_years(date).high <= claimed.written.low, said=name_date(date))]


REGION_TESTS = (
    ClaimTest("A01", "summit in Vilnius", "", TO_COME, "fig-timeline", partial(_read_to_come, "Vilnius summit")),
    ClaimTest("A02", "under a command of NATO since", "", TO_COME, "fig-command", _read_members_to_come),
    ClaimTest("A16", "land border", "km", AT_LEAST, "", _read_borders),
    ClaimTest("B08", "violations of Baltic airspace", "", AT_LEAST, "fig-incidents", _read_violations),
    ClaimTest("B09", "cables and pipelines", "", AT_LEAST, "fig-incidents", _read_sabotage),
    ClaimTest("B16", "under a command of NATO since", "", DATE, "fig-command", _read_accession),
    ClaimTest("B24", "bunkers", "", AT_LEAST, "fig-line", _read_line_begun),
    ClaimTest("B26", "bunkers of the plan", "%", LESS, "fig-line", _read_line_pace, whole=False),
    ClaimTest("B29", "exercise in Lithuania", "", DATE, "tbl-exercises", _read_drill, whole=False),
    ClaimTest("B32", "investment", "", AT_LEAST, "tbl-industry", partial(_read_plant, "Rheinmetall, Baisogala")),
    ClaimTest("B33", "investment", "", AT_LEAST, "tbl-industry", partial(_read_plant, "Rheinmetall, Latvia")),
    ClaimTest("B34", "investment", "", AT_LEAST, "tbl-industry", _read_invested),
    ClaimTest("B35", "plants", "jobs", AT_LEAST, "tbl-industry", _read_jobs, whole=False),
    ClaimTest("C06", "summit in Washington", "", DATE, "fig-timeline", _read_washington),
    ClaimTest("C33", "money for military mobility", "", LESS, "", _read_mobility_money),
    ClaimTest("C35", "exercise", "", DATE, "fig-timeline", _read_under_way, whole=False),
)
