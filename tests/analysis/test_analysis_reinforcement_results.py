"""Inputs and results of the flow model: lanes from the policy file, quantiles, odds, improvements, the replay."""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import Parameters, PermitCase
from baltic_calculus.analysis.reinforcement import Lane, Product, Tier, certain, simulate_flow
from baltic_calculus.analysis.reinforcement_facts import (
    describe_levers,
    describe_permit_cases,
    describe_reinforcement,
    describe_replay,
    list_flow_assumptions,
)
from baltic_calculus.analysis.reinforcement_fan import (
    compute_lanes,
    compute_tier_odds,
    first_day_with,
    gather_flow_settings,
    run_flow,
    summarise_arrivals,
)
from baltic_calculus.analysis.reinforcement_inputs import LANES, ROAD, SEA, gather_lanes, gather_tiers, permit_delay
from baltic_calculus.analysis.reinforcement_levers import (
    ALL,
    AS_ASSUMED,
    WITHOUT_LIMIT,
    compare_improvements,
    list_improvements,
)
from baltic_calculus.analysis.reinforcement_replay import replay_move

ASSUMED, FORCE_MODEL = catalog.policy("reinforcement"), catalog.policy("force_model")
MOBILITY = catalog.load("mobility")
PARAMETERS = Parameters(draws=400)
SETTINGS = gather_flow_settings(ASSUMED, PARAMETERS)
TIERS = gather_tiers(FORCE_MODEL, 100)
TWO = (
    Tier(name="tier 1", troops=certain(100), first_day=0, last_day=1),
    Tier(name="tier 2", troops=certain(200), first_day=1, last_day=3),
)
PRESENT = np.array([[0, 0, 0, 0], [50, 100, 120, 0], [60, 200, 240, 90], [80, 300, 310, 100]], dtype=float)


@pytest.mark.parametrize(("case", "days"), [("today", 45), ("proposed", 3), ("emergency", 0.25)])
def test_permits_are_those_published(case: PermitCase, days: float) -> None:
    assert permit_delay(MOBILITY, case) == days
    road, rail, sea, air = gather_lanes(ASSUMED, days)
    assert road.opening_day == days
    assert air.opening_day == ASSUMED.air_preparation_days.value
    assert rail.opening_day == max(days, ASSUMED.rail_preparation_days.value)
    assert sea.opening_day == max(days, ASSUMED.sea_preparation_days.value)


def test_lanes_are_put_together_from_their_parts() -> None:
    lanes = {lane.name: lane for lane in gather_lanes(ASSUMED, 3)}
    assert tuple(lanes) == LANES
    value = {name: one.value for name, one in ASSUMED.values.items()}
    assert lanes[ROAD].troops_per_day.mode == pytest.approx(
        value["road_vehicles_per_day"] / value["vehicles_per_soldier"]
    )
    by_sea = value["sea_lane_metres"] / value["sea_cycle_days"] / value["lane_metres_per_vehicle"]
    assert lanes[SEA].troops_per_day.mode == pytest.approx(by_sea / value["vehicles_per_soldier"])


def test_published_assumptions_agree_with_the_dataset() -> None:
    def published(indicator: str) -> float:
        return float(MOBILITY.loc[MOBILITY["indicator"] == indicator, "value"].iloc[0])

    vehicles, troops = published("Griffin Storm: vehicles moved"), published("Griffin Storm: troops moved")
    assert ASSUMED.vehicles_per_soldier.value == pytest.approx(vehicles / troops)
    assert ASSUMED.sea_lane_metres.value == published("sealift capability package capacity")
    assert ASSUMED.road_transit_days.value == published("Griffin Storm: time")
    assert ASSUMED.sea_lane_metres.low == 3 * published("capacity of one ARK or UK ro-ro")


def test_a_share_of_the_tiers_is_sent() -> None:
    first, second = gather_tiers(FORCE_MODEL, 20)
    assert (first.troops.mode, second.troops.mode) == (20_000, 40_000)
    assert gather_flow_settings(ASSUMED, Parameters(region_share_pct=20)).share_pct == 20
    assert SETTINGS.share_pct == ASSUMED.region_share_pct.value


def test_quantiles_and_odds_by_hand() -> None:
    arrivals = summarise_arrivals(PRESENT)
    assert arrivals["troops_p50"].tolist() == [0, 75, 145, 200]  # (50 + 100) / 2, (90 + 200) / 2, (100 + 300) / 2
    odds = compute_tier_odds(PRESENT, TWO, (1, 3)).set_index(["tier", "day"])
    assert odds.loc[("tier 1", 1), "met_pct"] == 50  # 100 and 120 of four draws
    assert odds.loc[("tier 1", 3), "met_pct"] == 75  # 300, 310, 100
    assert odds.loc[("tier 2", 3), ["troops", "met_pct"]].tolist() == [300, 50]
    assert first_day_with(PRESENT, 100).tolist() == [np.inf, 1, 1, 3]


def test_lanes_say_what_they_bring_and_when_they_are_full() -> None:
    one = Lane(
        name="one",
        troops_per_day=Product(times=(certain(40),)),
        availability_pct=certain(50),
        transit_days=certain(1),
    )
    flow = simulate_flow(TWO[:1], [one], days=6, draws=2, seed=1)
    settings = SETTINGS.model_copy(update={"days": 6, "draws": 2})
    (row,) = compute_lanes(flow, [one], settings, (2, 6)).to_dict("records")
    # 100 wait from day 1 on, 20 leave a day: gone on day 5, so the lane is full on days 1 to 4 of 6
    assert row["usable_p50"] == 20
    assert (row["arrived_day_2"], row["arrived_day_6"]) == (20, 100)
    assert row["full_pct"] == pytest.approx(4 / 6 * 100)


def test_improvements_help_and_all_help_most() -> None:
    levers = compare_improvements(list_improvements(ASSUMED, MOBILITY, "proposed"), TIERS, SETTINGS)
    rows = levers.set_index("improvement")
    assert rows.index[0] == AS_ASSUMED
    assert rows.at[AS_ASSUMED, "gain_day_30"] == 0
    worse = rows["gain_day_30"] < 0
    assert list(rows.index[worse]) == ["permits: notice of today"]
    single = rows.drop(index=[ALL, WITHOUT_LIMIT])
    assert rows.at[ALL, "troops_day_30"] > single["troops_day_30"].max()
    assert rows.at[WITHOUT_LIMIT, "troops_day_10"] >= single["troops_day_10"].max()


def test_a_tier_that_is_ready_on_its_deadline_is_not_there_on_it() -> None:
    # the last soldiers are ready on the deadline itself: no capacity brings them there the same day
    unlimited = list_improvements(ASSUMED, MOBILITY, "emergency")[WITHOUT_LIMIT]
    present = run_flow(TIERS, unlimited, SETTINGS).cumulative()
    odds = compute_tier_odds(present, TIERS, (10, 30))
    assert odds.loc[odds["day"] == odds["deadline_day"], "met_pct"].tolist() == [0, 0]


@pytest.mark.parametrize("case", ["today", "proposed", "emergency"])
def test_facts_are_there_in_every_permit_case(case: PermitCase) -> None:
    parameters = Parameters(draws=200, permit_case=case, region_share_pct=5)
    settings = gather_flow_settings(ASSUMED, parameters)
    tiers, lanes = gather_tiers(FORCE_MODEL, 5), gather_lanes(ASSUMED, permit_delay(MOBILITY, case))
    flow = run_flow(tiers, lanes, settings)
    told = describe_reinforcement(flow.cumulative(), tiers, settings, MOBILITY, parameters)
    assert told["first_sent"].value == 5000  # type: ignore[union-attr]
    levers = compare_improvements(list_improvements(ASSUMED, MOBILITY, case), tiers, settings)
    by_case = describe_permit_cases(levers, tiers, parameters)
    assert by_case[f"second_{case}"] == told["second_there"]
    assert describe_levers(levers, compute_lanes(flow, lanes, settings, (10, 30)), tiers)["binding"]


def test_the_replay_comes_near_what_was_measured() -> None:
    replay = replay_move(MOBILITY, gather_lanes(ASSUMED, 3), SETTINGS)
    row = replay.iloc[0]
    # 3 days on the way and 320 vehicles at 900 a day: 3 + 0.36 days with central values
    assert row["model_p50_days"] == pytest.approx(3.5, abs=0.25)
    assert row["model_p05_days"] < row["measured_days"] < row["model_p95_days"]
    assert describe_replay(replay)["measured"].value == 3  # type: ignore[union-attr]


def test_every_assumption_is_listed_with_its_basis() -> None:
    rows = list_flow_assumptions(ASSUMED)
    assert len(rows) == len(ASSUMED.values)
    basis = rows.set_index("assumption")["basis"]
    assert basis["Vehicles that move with one soldier"] == "published figures"
    assert basis["Days that are simulated"] == "own judgement"
    assert isinstance(rows, pd.DataFrame)
