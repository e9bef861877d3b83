from bench.ratio import Spread, paired_ratios, per_run, values, wall
from bench.record import Record


def rounds(*seconds: float) -> dict[int, Record]:
    """Records of round 0, which is not timed, and of the timed rounds."""
    return {
        number: Record("row", "variant", number, wall_seconds=each, cpu_seconds=2 * each, peak_memory_mb=None, load=0.0)
        for number, each in enumerate((99.0, *seconds))
    }


def test_ratios_are_taken_within_each_round():
    # a slow machine in round 2 slows both: 8/2, 24/4
    theirs, ours = values(rounds(8.0, 24.0), wall), values(rounds(2.0, 4.0), wall)
    assert paired_ratios(theirs, ours) == [4.0, 6.0]


def test_a_round_that_only_one_of_them_has_is_left_out():
    theirs, ours = values(rounds(8.0, 24.0), wall), values(rounds(2.0), wall)
    assert paired_ratios(theirs, ours) == [4.0]


def test_what_one_more_run_costs_is_free_of_the_start():
    # 3 s to start and 0.5 s a run: 3 + 16 * 0.5 = 11 and 3 + 64 * 0.5 = 35
    assert per_run(rounds(11.0), rounds(35.0), 48, wall) == {1: 0.5}


def test_a_spread_shows_the_median_between_the_extremes():
    assert str(Spread.of([4.0, 4.4, 4.1])) == "4.1 (4.0 to 4.4)"
    assert str(Spread.of([0.5, 0.25, 1.0, 0.75])) == "0.62 (0.25 to 1.00)"
