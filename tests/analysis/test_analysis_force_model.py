"""The Force Model's steps and the published movements beside them."""

import pandas as pd
import pytest

from baltic_calculus.analysis.force_model import BESIDE, PROMISED, compute_horizon, compute_marks, compute_tiers
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.errors import DataError

NONE = float("nan")
COLUMNS = ["entity", "indicator", "value", "low", "high", "confidence"]
TIERS = pd.DataFrame(
    [
        ("NATO", "NATO Force Model tier 2: troops in 10-30 days", 200000.0, NONE, NONE, "medium"),
        ("NATO", "NATO Force Model tier 1: troops within 10 days", 100000.0, NONE, NONE, "medium"),
        ("NATO", "high-readiness forces target", 300000.0, NONE, NONE, "medium"),
    ],
    columns=COLUMNS,
).assign(date="2022-06", unit="troops", source="P001", note="")
MOBILITY = pd.DataFrame(
    [
        ("DEU-LTU", "Griffin Storm: troops moved", 1000.0, NONE, NONE, "high"),
        ("DEU-LTU", "Griffin Storm: time", 3.0, NONE, NONE, "medium"),
        ("BALTIC", "RAND: brigades needed to prevent rapid overrun", 7.0, NONE, NONE, "medium"),
        ("BALTIC", "RAND games: longest time to outskirts of Tallinn or Riga", 60.0, 36.0, 60.0, "medium"),
    ],
    columns=COLUMNS,
).assign(date="2016", unit="", source="P001", note="")


def test_tiers_add_up_by_deadline() -> None:
    rows = compute_tiers(TIERS)
    assert rows["tier"].tolist() == [1, 2]
    assert rows[["opening_day", "deadline_day"]].to_numpy().tolist() == [[0, 10], [10, 30]]
    assert rows["cumulative_troops"].tolist() == [100000, 300000]  # 100,000; 100,000 + 200,000


def test_lost_tiers_are_reported() -> None:
    with pytest.raises(DataError, match="no Force Model tier"):
        compute_tiers(TIERS.iloc[[2]])


def test_brigades_become_a_range_of_troops_and_hours_a_range_of_days() -> None:
    moved, needed = compute_marks(MOBILITY, Interval(3000, 5000)).to_dict("records")
    assert (moved["low_troops"], moved["day_high"]) == (1000, 3)
    # 7 x 3,000 = 21,000 and 7 x 5,000 = 35,000; 36 / 24 = 1.5 and 60 / 24 = 2.5
    assert (needed["low_troops"], needed["high_troops"]) == (21000, 35000)
    assert (needed["day_low"], needed["day_high"]) == (1.5, 2.5)


def test_horizon_joins_tiers_and_marks() -> None:
    rows = compute_horizon(TIERS, MOBILITY, Interval(3000, 5000))
    assert rows["kind"].tolist() == [PROMISED, PROMISED, BESIDE, BESIDE]
    assert rows["label"].tolist()[:2] == ["tier 1, ready by day 10", "with tier 2, ready by day 30"]
    assert (rows["day_low"] <= rows["day_high"]).all()
    assert rows.loc[1, "high_troops"] == 300000
