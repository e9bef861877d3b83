"""The row on the debt model: its three ways simulate the same, and fewer paths are scaled up."""

from pathlib import Path

import pytest

from bench.debt_fan import WAYS, gather_task
from bench.place import TINY, Place
from bench.record import Record
from bench.rows_model import cpu_seconds, fan_row


@pytest.mark.parametrize(("way", "paths"), [("python", 2000), ("pandas", 300)])
def test_a_path_at_a_time_gives_the_same_odds(way: str, paths: int) -> None:
    ours, theirs = WAYS["arrays"](gather_task(20_000)), WAYS[way](gather_task(paths))
    # four standard errors of a share of one half
    assert theirs == pytest.approx(ours, abs=4 * 50 / paths**0.5)


def record(way: str, number: int, seconds: float, paths: int) -> Record:
    report = {"cpu_seconds": seconds, "paths": paths}
    return Record("fan", way, number, 1.0, 1.0, 200.0 if number == 0 else None, 0.5, report=report)


def test_fewer_paths_are_scaled_up_and_round_0_is_not_timed() -> None:
    rounds = {0: record("python", 0, 9.0, 100), 1: record("python", 1, 0.5, 100)}
    assert cpu_seconds(rounds, 2000) == {1: 10.0}


def test_the_lines_say_time_memory_and_how_many_times_less() -> None:
    row = fan_row(Place(Path(), Path(), Path(), TINY))
    counts = {"arrays": 2000, "python": 100, "pandas": 10}
    assert [variant.name for variant in row.variants] == list(counts)
    measured = {way: {number: record(way, number, 0.5, count) for number in (0, 1)} for way, count in counts.items()}
    own, python, pandas = row.conclude(measured)
    assert own.met
    assert own.ours == "CPU 0.50 (0.50 to 0.50) s, 200 MB with imports and data"
    assert python.ratio == "CPU 20 (20 to 20) times less"
    assert pandas.theirs == "CPU 100.0 (100.0 to 100.0) s, scaled up from 10 paths"
