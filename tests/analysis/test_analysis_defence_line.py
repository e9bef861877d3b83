"""Defence line: plan and outturn as published, the pace as arithmetic, money by kilometre, and every gap said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.analysis.border_fences import compute_fences
from baltic_calculus.analysis.defence_line import (
    DELIVERED,
    ELEMENTS,
    FIRST_PHASE,
    INSTALLED,
    STATES,
    compute_pace,
    compute_progress,
    line_states,
)
from baltic_calculus.analysis.defence_line_facts import (
    describe_budgets,
    describe_fences,
    describe_line,
    describe_withdrawals,
)
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.land_borders import list_borders, total_lengths
from baltic_calculus.analysis.line_budgets import compute_budgets
from baltic_calculus.analysis.mine_treaty import list_withdrawals
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

NAMES = {"EST": "Estonia", "LVA": "Latvia", "LTU": "Lithuania", "POL": "Poland", "FIN": "Finland", "RUS": "Russia"}


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return catalog.load("defence_line_resilience")


@pytest.fixture(scope="module")
def progress(facts: pd.DataFrame) -> pd.DataFrame:
    return compute_progress(facts, NAMES, STATES)


def rows_of(*rows: tuple[str, str, float, str, str]) -> pd.DataFrame:
    """A fact dataset of some rows, with one row of no state for every other indicator that is asked for."""
    columns = ["entity", "indicator", "value", "unit", "confidence"]
    named = {row[1] for row in rows}
    others = [
        ("NOWHERE", name, 1.0, "", "high") for element in ELEMENTS for name in element.indicators() if name not in named
    ]
    frame = pd.DataFrame([*rows, *others], columns=columns)
    return frame.assign(date="2026-02", low=np.nan, high=np.nan, source="P117", note="")


def test_outturn_is_a_share_of_the_plan() -> None:
    facts = rows_of(("EST", "bunkers planned", 600, "bunkers", "high"), ("EST", INSTALLED, 9, "bunkers", "low"))
    row = compute_progress(facts, NAMES, ["EST"]).iloc[0]
    assert row["installed_pct"] == 1.5  # 9 of 600
    assert np.isnan(row["delivered_pct"])  # nothing on deliveries: missing, never zero
    assert row["words"] == "600 planned, 9 installed"
    assert row["confidence"] == "low"  # the weakest of the numbers


def test_gaps_are_said() -> None:
    facts = rows_of(("POL", "East Shield trenches planned", 800, "km", "low"))
    rows = compute_progress(facts, NAMES, ["POL", "LVA", "FIN"]).set_index("label")
    assert rows.at["Poland: trenches", "words"] == "800 km planned, outturn not public"
    assert rows.at["Latvia: bunkers", "words"] == "no number is public"
    assert rows.at["Finland: such a line", "words"] == "no plan was found"
    assert rows.at["Latvia: bunkers", "confidence"] == "not public"


def test_numbers_equal_the_data(facts: pd.DataFrame, progress: pd.DataFrame) -> None:
    rows = progress.set_index("label")
    bunkers = rows.loc["Estonia: bunkers", ["planned", "delivered", "installed"]]
    estonia = facts[facts["entity"] == "EST"].set_index("indicator")["value"]
    assert bunkers.tolist() == estonia[["bunkers planned", DELIVERED, INSTALLED]].tolist() == [600, 28, 9]
    assert rows.at["Latvia: stores of obstacles", "words"] == "plan not public, at least 20 in use"
    assert set(progress["iso3"]) == set(STATES)


def test_every_state_chosen_has_a_row(facts: pd.DataFrame) -> None:
    codes = line_states(Parameters(countries=("POL", "FIN")))
    assert codes == ("POL", "FIN", "EST", "LVA", "LTU")
    assert set(compute_progress(facts, NAMES, codes)["iso3"]) == set(codes)


def test_pace_is_arithmetic_on_the_published_dates() -> None:
    # 10 in the whole of January 2026 at most (1 January to 1 February), 31 to 32 days, with the day of the count
    pace = compute_pace(10, Interval(110, 110), "2026-01-01", "2026-02-01", "2026")
    assert pace.remaining == Interval(100, 100)
    assert 10 / (32 / 7) - 0.01 <= pace.per_week.low <= pace.per_week.high <= 10 / (30 / 7) + 0.01
    # 100 left, ten times what 30 to 32 days brought: 300 to 320 days after 1 or 2 February, so in early winter
    assert pace.done_year.low == pytest.approx(2026 + 331 / 365)
    assert pace.done_year.high <= 2026 + 353 / 365
    # 333 or 334 days are left in the year
    assert 100 / (334 / 7) - 0.01 <= pace.needed_per_week.low <= pace.needed_per_week.high <= 100 / (332 / 7) + 0.01


@given(st.integers(1, 500), st.integers(501, 1000), st.integers(0, 100))
def test_a_faster_pace_is_done_earlier(installed: int, planned: int, more: int) -> None:
    plan = Interval(planned, planned + more)
    slow = compute_pace(installed, plan, "2025-12", "2026-02-19", "2027-12")
    fast = compute_pace(installed + 1, plan, "2025-12", "2026-02-19", "2027-12")
    assert fast.done_year.high <= slow.done_year.high
    assert slow.remaining.low == planned - installed


@pytest.mark.parametrize(
    ("installed", "began", "seen", "due"),
    [(0, "2025-12", "2026-02", "2027"), (9, "2026-02", "2026-02", "2027"), (9, "2025-12", "2027-12", "2027")],
)
def test_no_pace_without_a_count_and_dates_in_order(installed: int, began: str, seen: str, due: str) -> None:
    with pytest.raises(DataError, match="no pace"):
        compute_pace(installed, Interval(600, 600), began, seen, due)


def test_estonian_pace_in_words(facts: pd.DataFrame, progress: pd.DataFrame) -> None:
    told = describe_line(facts, progress)
    # begun some day of December 2025, counted on 19 February 2026: 49 to 81 days for 9
    assert 9 / 81 * 7 - 0.01 < told["per_week"].value < told["per_week"].high < 9 / 49 * 7 + 0.01
    assert (told["done"].value, told["done"].high) == (2034, 2041)
    plans = progress[progress["planned"].notna() & (progress["element"] != FIRST_PHASE)]
    assert told["elements"].value == len(plans) == 4
    assert told["with_outturn"].value == 1


def test_budget_by_kilometre_and_year(facts: pd.DataFrame) -> None:
    budgets = compute_budgets(facts, {"LVA": Interval(493, 493), "LTU": Interval(900, 1000)}, ["LVA", "LTU", "POL"])
    rows = budgets.set_index("iso3")
    # EUR 303 m over 493 km and the five years 2024 to 2028
    assert rows.at["LVA", "low_keur_per_km"] == pytest.approx(303_000 / 493)
    assert rows.at["LVA", "low_keur_per_km_year"] == pytest.approx(303_000 / 493 / 5)
    # EUR 1,100 m over 900 to 1,000 km and ten years: a range, because published lengths differ
    assert rows.at["LTU", "low_keur_per_km_year"] == pytest.approx(110)
    assert rows.at["LTU", "high_keur_per_km_year"] == pytest.approx(1_100_000 / 900 / 10)
    assert rows.at["POL", "currency"] == "PLN"
    assert np.isnan(rows.at["POL", "low_keur_per_km"])  # not converted
    assert set(describe_budgets(budgets)["per_km_year"]) == {"LVA", "LTU"}


def test_years_that_are_not_published_stay_missing(facts: pd.DataFrame) -> None:
    row = compute_budgets(facts, {"EST": Interval(324, 338)}, ["EST"]).iloc[0]
    assert np.isnan(row[["first_year", "low_keur_per_km_year"]].astype(float)).all()
    assert row["high_keur_per_km"] == pytest.approx(60_000 / 324)


def test_fences_are_shares_of_the_published_border(facts: pd.DataFrame) -> None:
    borders = list_borders(catalog.load("geography"), ["LTU", "EST"])
    rows = compute_fences(facts, borders, {**NAMES, "BLR": "Belarus"}, ["LTU", "EST"]).set_index("label")
    # 502 km of 640 km (CIA) or 679 km (OSW)
    assert rows.loc["Lithuania–Belarus: fence", ["low_pct", "high_pct"]].tolist() == pytest.approx(
        [502 / 679 * 100, 502 / 640 * 100]
    )
    assert rows.at["Estonia–Russia: fence", "confidence"] == "low"


def test_conflicting_costs_are_both_told(facts: pd.DataFrame) -> None:
    borders = list_borders(catalog.load("geography"), STATES)
    told = describe_fences(facts, compute_fences(facts, borders, {**NAMES, "BLR": "Belarus"}, STATES))
    assert (told["cost_first"].value, told["cost_other"].value) == (17.9, 146)
    assert "cost" not in {name for name in told if name.startswith("fence")}


def test_withdrawals_wait_as_the_convention_says(facts: pd.DataFrame) -> None:
    rows = list_withdrawals(facts, [*STATES, "FIN", "SWE"]).set_index("iso3")
    assert "SWE" not in rows.index
    assert rows["waiting_days"].between(181, 184).all()  # six months
    assert rows.loc["POL", ["notified", "effective"]].tolist() == ["20 August 2025", "20 February 2026"]
    assert rows.at["FIN", "adopted"] == "not found"


def test_only_withdrawals_in_effect_count(facts: pd.DataFrame) -> None:
    rows = list_withdrawals(facts, [*STATES, "FIN"])
    early, late = (describe_withdrawals(rows, day, STATES) for day in ("2026-01-05", "2026-11-22"))
    assert early["left"] == ("EST", "LVA", "LTU")
    assert late["left"] == ("EST", "LVA", "LTU", "POL", "FIN")
    assert describe_withdrawals(rows, "2025-01-01", STATES)["left"] == ()


def test_border_lengths_are_those_of_the_posture_chapter(facts: pd.DataFrame) -> None:
    lengths = total_lengths(list_borders(catalog.load("geography"), STATES))
    budgets = compute_budgets(facts, lengths, STATES).set_index("iso3")
    for code in STATES:
        assert (budgets.at[code, "low_border_km"], budgets.at[code, "high_border_km"]) == (
            lengths[code].low,
            lengths[code].high,
        )
