"""The flow model: nothing is lost or made, lanes carry what they can, draws do not depend on order."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from baltic_calculus.analysis.reinforcement import (
    BLOCK,
    Flow,
    Lane,
    Product,
    Tier,
    Uncertain,
    certain,
    simulate_flow,
    simulate_present,
)
from baltic_calculus.errors import DataError

ROAD = Lane(
    name="road",
    troops_per_day=Product(
        times=(Uncertain(name="vehicles", low=400, mode=900, high=1600),),
        per=(Uncertain(name="per soldier", low=0.2, mode=0.32, high=0.76),),
    ),
    availability_pct=Uncertain(name="road open", low=30, mode=75, high=95),
    transit_days=Uncertain(name="road days", low=2, mode=3, high=5),
    start_delay_days=(certain(3),),
)
SEA = Lane(
    name="sea",
    troops_per_day=Product(
        times=(Uncertain(name="metres", low=7500, mode=33700, high=33700),),
        per=(certain(7 * 14), Uncertain(name="per soldier", low=0.2, mode=0.32, high=0.76)),
    ),
    availability_pct=Uncertain(name="sea open", low=10, mode=60, high=90),
    transit_days=Uncertain(name="sea days", low=3, mode=4, high=6),
    start_delay_days=(certain(3), Uncertain(name="ships", low=2, mode=5, high=14)),
)
AIR = Lane(
    name="air",
    troops_per_day=Product(times=(Uncertain(name="seats", low=800, mode=2000, high=3500),)),
    availability_pct=certain(100),
    transit_days=certain(1),
    total_troops=Uncertain(name="stored", low=2000, mode=5000, high=10000),
)
TIERS = (
    Tier(name="tier 1", troops=certain(100_000), first_day=0, last_day=10),
    Tier(
        name="tier 2",
        troops=Uncertain(name="second", low=150_000, mode=200_000, high=250_000),
        first_day=10,
        last_day=30,
    ),
)


def lane(
    capacity: float, *, transit: float = 0, delay: float = 0, name: str = "lane", total: float | None = None
) -> Lane:
    """A lane without ranges."""
    return Lane(
        name=name,
        troops_per_day=Product(times=(certain(capacity),)),
        availability_pct=certain(100),
        transit_days=certain(transit),
        start_delay_days=(certain(delay),),
        total_troops=None if total is None else certain(total),
    )


def run(*lanes: Lane, days: int = 40, draws: int = 1, seed: int = 7, tiers: tuple[Tier, ...] = TIERS[:1]) -> Flow:
    return simulate_flow(tiers, lanes, days=days, draws=draws, seed=seed)


def test_what_departed_and_what_waits_is_what_became_ready() -> None:
    flow = run(ROAD, SEA, AIR, draws=200, tiers=TIERS)
    departed = sum(flow.departed.values())
    gone = np.cumsum(departed, axis=0) + flow.waiting
    assert gone == pytest.approx(np.cumsum(flow.ready, axis=0))
    assert (flow.waiting >= 0).all()


def test_arrivals_never_exceed_departures_nor_departures_capacity() -> None:
    flow = run(ROAD, SEA, AIR, draws=200, tiers=TIERS)
    for one in (ROAD, SEA, AIR):
        departed, arrived = np.cumsum(flow.departed[one.name], axis=0), np.cumsum(flow.arrived[one.name], axis=0)
        assert (arrived <= departed + 1e-6).all()
        assert (flow.departed[one.name] <= one.draw_usable(7, 200) + 1e-6).all()
    assert AIR.total_troops is not None
    assert (flow.departed["air"].sum(axis=0) <= AIR.total_troops.draw(7, 200) + 1e-6).all()


def test_a_lane_without_capacity_brings_nobody() -> None:
    assert not run(lane(0)).cumulative().any()


def test_without_limit_and_delay_arrivals_are_the_notice_to_move_shifted_by_the_way() -> None:
    # 100,000 ready evenly over ten days: 10,000 a day from day 1 to day 10, and 3 days on the way
    present = run(lane(1e9, transit=3)).cumulative()[:, 0]
    assert present[:4].tolist() == [0, 0, 0, 0]
    assert present[4:14] == pytest.approx(np.arange(1, 11) * 10_000)
    assert present[-1] == pytest.approx(100_000)


def test_a_single_lane_follows_the_closed_form() -> None:
    # opens after 2 days and carries 4,000 a day, of 10,000 that become ready each day up to day 10:
    # departed by day t = 4,000 (t - 2) until all 100,000 are gone after 25 days, on day 27; 3 days later they are there
    flow = run(lane(4000, transit=3, delay=2))
    days = np.arange(41)
    assert flow.cumulative()[:, 0] == pytest.approx(np.clip(4000 * (days - 5), 0, 100_000))
    assert flow.waiting[10, 0] == pytest.approx(100_000 - 4000 * 8)
    # full while troops wait on days 3 to 26; on day 27 the queue is emptied
    assert flow.full["lane"].tolist() == [float(3 <= day <= 26) for day in days]


def test_parts_of_days_are_counted_as_parts() -> None:
    # opens after 2.5 days: half a day's load on day 3; 3.4 days on the way: 0.6 of it on day 6, 0.4 on day 7
    flow = run(lane(4000, transit=3.4, delay=2.5))
    assert flow.departed["lane"][:5, 0].tolist() == [0, 0, 0, 2000, 4000]
    assert flow.arrived["lane"][5:8, 0] == pytest.approx([0, 1200, 800 + 2400])


def test_the_longest_delay_decides() -> None:
    both = lane(4000).model_copy(update={"start_delay_days": (certain(2), certain(6))})
    assert both.opening_day == 6
    assert run(both).cumulative() == pytest.approx(run(lane(4000, delay=6)).cumulative())


def test_a_lane_ends_when_its_total_is_used_up() -> None:
    assert run(lane(4000, total=9000)).cumulative()[[1, 2, 3, 20], 0].tolist() == [4000, 8000, 9000, 9000]


def test_doubling_a_lane_that_does_not_bind_changes_nothing() -> None:
    spare = run(lane(1e6), lane(500, transit=9, name="second")).cumulative()
    assert run(lane(2e6), lane(1000, transit=9, name="second")).cumulative() == pytest.approx(spare)


def test_the_same_seed_gives_the_same_and_another_seed_something_else() -> None:
    first, again = (run(ROAD, SEA, draws=50).cumulative() for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, run(ROAD, SEA, draws=50, seed=8).cumulative())


def test_the_order_of_lanes_and_tiers_does_not_matter() -> None:
    expected = run(ROAD, SEA, AIR, draws=50, tiers=TIERS).cumulative()
    for lanes in permutations((ROAD, SEA, AIR)):
        assert run(*lanes, draws=50, tiers=TIERS[::-1]).cumulative() == pytest.approx(expected)


def test_a_lane_that_is_added_leaves_the_draws_of_the_others() -> None:
    flood = (Tier(name="flood", troops=certain(1e9), first_day=0, last_day=1),)
    alone, beside = run(ROAD, draws=50, tiers=flood), run(AIR, SEA, ROAD, draws=50, tiers=flood)
    assert np.array_equal(alone.departed["road"][1:], beside.departed["road"][1:])


def test_draws_in_many_blocks_are_those_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run(ROAD, SEA, AIR, draws=300, tiers=TIERS)
    assert BLOCK > 300
    monkeypatch.setattr("baltic_calculus.analysis.reinforcement.BLOCK", 77)
    parts = run(ROAD, SEA, AIR, draws=300, tiers=TIERS)
    assert np.array_equal(parts.cumulative(), whole.cumulative())
    assert parts.full["road"] == pytest.approx(whole.full["road"])
    present = simulate_present(TIERS, (ROAD, SEA, AIR), days=40, draws=300, seed=7)
    assert np.array_equal(present, whole.cumulative())


def test_a_name_that_stands_in_two_lanes_is_one_draw() -> None:
    # both lanes are 1 over vehicles per soldier: their ratio is the same in every draw
    shared = Uncertain(name="per soldier", low=0.2, mode=0.32, high=0.76)
    first = Product(times=(certain(3),), per=(shared,)).draw(1, 100)
    second = Product(times=(certain(6),), per=(shared,)).draw(1, 100)
    assert second / first == pytest.approx(np.full(100, 2.0))
    other = Uncertain(name="another", low=0.2, mode=0.32, high=0.76)
    assert abs(np.corrcoef(shared.draw(1, 5000), other.draw(1, 5000))[0, 1]) < 0.06


def test_draws_have_the_mean_and_the_ends_of_the_distribution() -> None:
    value = Uncertain(name="x", low=2, mode=3, high=10)
    drawn = value.draw(1, 40_000)
    assert value.mean == 4  # (2 + 4 x 3 + 10) / 6
    assert drawn.mean() == pytest.approx(4, abs=0.03)
    assert (drawn.min() >= 2, drawn.max() <= 10) == (True, True)
    assert value.scaled(2).draw(1, 100) == pytest.approx(2 * value.draw(1, 100))


def test_central_values_of_a_lane() -> None:
    # 900 / 0.32 x 0.75 = 2,109 soldiers a day
    assert ROAD.usable_per_day == pytest.approx(900 / 0.32 * 0.75)
    assert ROAD.opening_day == 3
    assert ROAD.troops_per_day.scaled(2).mode == pytest.approx(2 * 900 / 0.32)


def test_impossible_values_are_refused() -> None:
    with pytest.raises(ValidationError, match="not between"):
        Uncertain(name="x", low=2, mode=1, high=3)
    with pytest.raises(ValidationError, match="not before"):
        Tier(name="x", troops=certain(1), first_day=10, last_day=10)
    with pytest.raises(ValidationError, match="above zero"):
        Product(times=(certain(1),), per=(certain(0),))
    with pytest.raises(ValidationError):
        certain(float("inf"))
    with pytest.raises(DataError, match="same name"):
        run(ROAD, ROAD)


@settings(max_examples=60, deadline=None)
@given(
    capacity=st.floats(10, 20_000),
    more=st.floats(1, 5),
    delay=st.floats(0, 20),
    sooner=st.floats(0, 1),
    transit=st.floats(0, 12),
)
def test_more_capacity_less_delay_and_a_shorter_way_never_bring_fewer(
    capacity: float, more: float, delay: float, sooner: float, transit: float
) -> None:
    plain = run(lane(capacity, delay=delay, transit=transit)).cumulative()
    for better in (
        lane(capacity * more, delay=delay, transit=transit),
        lane(capacity, delay=delay * sooner, transit=transit),
        lane(capacity, delay=delay, transit=transit * sooner),
    ):
        assert (run(better).cumulative() >= plain - 1e-6).all()
