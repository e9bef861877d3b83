"""Facts on windows against deliveries and on the scores, from the published rows."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.deliveries import compute_deliveries
from baltic_calculus.analysis.delivery_dates import fill_dates
from baltic_calculus.analysis.estimate_scores import score_estimates
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.warning import compute_windows
from baltic_calculus.analysis.warning_facts import describe_deliveries, describe_scores


@pytest.fixture(scope="module")
def windows() -> pd.DataFrame:
    return compute_windows(catalog.load("reconstitution_estimates"))


@pytest.fixture(scope="module")
def deliveries() -> pd.DataFrame:
    rows = fill_dates(*(catalog.load(name) for name in ("deliveries", "equipment", "air_defence")))
    return compute_deliveries(rows, catalog.countries(), "2026-11-22")


def test_deliveries_begin_before_the_windows_open_and_end_with_them(
    windows: pd.DataFrame, deliveries: pd.DataFrame
) -> None:
    facts = describe_deliveries(windows, deliveries, (2026, 2027), 1)
    # 14 of 26 begun by the end of 2026, 14 of 26 complete by the end of 2028, 10 of 18 windows open by then
    assert facts["half_begun_year"] == Quantity(2026, "year")
    assert facts["half_complete_year"] == facts["half_opened_year"] == Quantity(2028, "year")
    assert facts["begun_order"] == "before"
    opened = facts["opened_at_half"]
    assert isinstance(opened, Quantity)
    assert (opened.value, opened.high) == (pytest.approx(300 / 18), pytest.approx(1000 / 18))
    due = facts["due_milestone"]
    assert isinstance(due, Quantity)
    assert (due.value, due.high) == (pytest.approx(1000 / 26), pytest.approx(2100 / 26))


def test_delays_are_counted_only_where_they_are_certain(windows: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    facts = describe_deliveries(windows, deliveries, (2026, 2027), 1)
    # guns, launchers and air defence of Estonia, launchers of Lithuania and of Latvia; not the three that stayed
    assert (facts["compared"], facts["later"]) == (Quantity(8, "", 0), Quantity(5, "", 0))
    assert facts["longest_delay"] == Quantity(1.0, "years", 0, 3.0)
    assert facts["slipped_complete_year"] == Quantity(2029, "year")


def test_half_never_reached_is_said(windows: pd.DataFrame, deliveries: pd.DataFrame) -> None:
    facts = describe_deliveries(windows, deliveries.assign(complete_by=float("nan")), (2026, 2027), 0)
    assert facts["half_complete_year"] == "no year"
    opened = facts["opened_at_half"]
    assert isinstance(opened, Quantity)
    assert opened.high == 100


def test_scores_add_up_and_claim_no_hit() -> None:
    scores = score_estimates(catalog.load("reconstitution_estimates"), catalog.load("timeline"), "2026-10-03")
    facts = describe_scores(scores, "2026-10-03")
    assert (facts["hits"], facts["misses"]) == (Quantity(0, "", 0), Quantity(0, "", 0))
    assert (facts["open"], facts["not_testable"]) == (Quantity(25, "", 0), Quantity(6, "", 0))
    assert facts["as_of"] == "3 October 2026"
    assert facts["brier"] == "no Brier score can be formed"
