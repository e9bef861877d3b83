import pytest

from bench.comparison import Cost, seconds_at_most, times_as_much, times_less

OURS = Cost(wall={1: 2.0, 2: 2.0, 3: 2.0}, cpu={1: 1.0, 2: 1.0, 3: 1.0}, memory_mb=100.0)
THEIRS = Cost(wall={1: 8.0, 2: 9.0, 3: 10.0}, cpu={1: 2.0, 2: 3.0, 3: 4.0}, memory_mb=50.0)


@pytest.mark.parametrize(
    ("targets", "met"),
    [({"wall": 4.5}, True), ({"wall": 4.6}, False), ({"wall": 4.5, "CPU": 3.1}, False), ({}, None)],
)
def test_the_median_ratio_decides_and_every_target_counts(targets, met):
    # wall 4, 4.5, 5; CPU 2, 3, 4
    assert times_less("work", OURS, "the other", THEIRS, targets).met is met


def test_a_line_says_both_sides_and_the_range():
    line = times_less("work", OURS, "the other", THEIRS, {"wall": 4})
    assert (line.ours, line.theirs) == ("2.00 s, CPU 1.00 s, 100 MB", "9.00 s, CPU 3.00 s, 50 MB")
    assert line.ratio == "wall 4.5 (4.0 to 5.0) times less\nCPU 3.0 (2.0 to 4.0) times less"
    assert line.target == "wall at least 4 times less"


def test_a_bound_from_above():
    # theirs over ours here: 4, 4.5, 5 times as much
    assert times_as_much("work", THEIRS, "the other", OURS, {"wall": 4.5}).met
    assert not times_as_much("work", THEIRS, "the other", OURS, {"wall": 4.4}).met


def test_a_bound_in_seconds():
    assert seconds_at_most("work", THEIRS, 9).met
    assert not seconds_at_most("work", THEIRS, 8.9).met
