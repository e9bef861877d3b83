"""The row on the flow model: both ways simulate the same, and its target is its own."""

from pathlib import Path

import pytest

from bench.place import TINY, Place
from bench.record import Record
from bench.reinforcement import WAYS, gather_task
from bench.rows_model import flow_row


def test_a_draw_at_a_time_gives_the_same_quantiles() -> None:
    ours, theirs = WAYS["arrays"](gather_task(20_000)), WAYS["python"](gather_task(2000))
    for day in (5, 10, 30, 60):
        # the middle of 2,000 draws has a standard error of some 1% here
        assert theirs[day][2] == pytest.approx(ours[day][2], rel=0.06)


def test_the_target_is_two_seconds() -> None:
    row = flow_row(Place(Path(), Path(), Path(), TINY))
    counts = {"arrays": 2000, "python": 100}
    assert [variant.name for variant in row.variants] == list(counts)
    measured = {
        way: {
            number: Record("flow", way, number, 1.0, 1.0, 200.0, 0.5, report={"cpu_seconds": 1.9, "paths": count})
            for number in (0, 1)
        }
        for way, count in counts.items()
    }
    own, python = row.conclude(measured)
    assert own.met
    assert python.ratio == "CPU 20 (20 to 20) times less"
