"""What a reader may try of the flow model: where the sliders stand, how far they go, and what the text says of them."""

import numpy as np
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.reinforcement import Lane, Product, Tier, Uncertain, certain
from baltic_calculus.analysis.reinforcement_what_if import (
    AS_ASSUMED,
    BEST,
    CAPACITIES,
    WORST,
    FlowWhatIf,
    describe_flow_what_if,
    gather_flow_what_if,
    tabulate_cases,
)


def gathered(**chosen) -> FlowWhatIf:
    assumed, force_model = catalog.policy("reinforcement"), catalog.policy("force_model")
    return gather_flow_what_if(assumed, force_model, catalog.load("mobility"), Parameters(**chosen))


def test_a_single_lane_by_hand() -> None:
    lane = Lane(
        name="Road",
        troops_per_day=Product(
            times=(Uncertain(name="road_vehicles_per_day", low=100, mode=200, high=900),),
            per=(certain(0.5, "vehicles_per_soldier"),),
        ),
        availability_pct=certain(50),
        transit_days=certain(1),
        start_delay_days=(certain(2, "permit_days"),),
    )
    one = FlowWhatIf(
        tiers=(Tier(name="tier 1", troops=certain(1000), first_day=0, last_day=1),),
        lanes=(lane,),
        days=6,
        cases={AS_ASSUMED: {"permit_days": 2, "region_share_pct": 100}},
        ranges={},
    )
    # 200 / 0.5 x 50% = 200 a day from the third day on, a day later in the region
    assert one.arrivals({}).tolist() == [0, 0, 0, 0, 200, 400, 600]
    # permits a day and a half sooner: half a load on day 1
    assert one.arrivals({"permit_days": 0.5}).tolist() == [0, 0, 100, 300, 500, 700, 900]
    # half of the force: 500
    assert one.arrivals({"permit_days": 0, "region_share_pct": 50}).tolist() == [0, 0, 200, 400, 500, 500, 500]
    # as many again on the road; a value without a slider is not moved by its name
    assert one.arrivals({"road_vehicles_per_day": 400, "horizon": 3}).tolist() == [0, 0, 0, 0, 400, 800, 1000]


def test_the_sliders_start_from_what_the_page_was_asked_for(flow_what_if: FlowWhatIf) -> None:
    asked = gathered(permit_case="today", region_share_pct=5).cases[AS_ASSUMED]
    assert (asked["permit_days"], asked["region_share_pct"]) == (45, 5)
    assert gathered(region_share_pct=5).ranges["region_share_pct"] == (5, 100)
    assumed = catalog.policy("reinforcement")
    at_first = flow_what_if.cases[AS_ASSUMED]
    assert at_first["road_vehicles_per_day"] == assumed.road_vehicles_per_day.value
    assert at_first["norwegian_availability_pct"] == 0


def test_every_place_to_start_from_lies_within_the_ranges(flow_what_if: FlowWhatIf) -> None:
    assert list(flow_what_if.cases) == [AS_ASSUMED, WORST, BEST]
    for settings in flow_what_if.cases.values():
        assert set(settings) == set(flow_what_if.ranges)
        for name, (low, high) in flow_what_if.ranges.items():
            assert low <= settings[name] <= high, name
    assert all(flow_what_if.ranges[name][0] == 0 for name in CAPACITIES)
    assert flow_what_if.ranges["permit_days"] == (0.25, 45)


@pytest.mark.parametrize("name", [*CAPACITIES, "region_share_pct"])
def test_more_of_anything_brings_no_fewer_troops(flow_what_if: FlowWhatIf, name: str) -> None:
    low, high = (flow_what_if.arrivals({name: end}) for end in flow_what_if.ranges[name])
    assert (high >= low - 1e-6).all()


def test_closed_lanes_bring_nobody(flow_what_if: FlowWhatIf) -> None:
    assert not flow_what_if.arrivals(dict.fromkeys(CAPACITIES, 0.0)).any()


def test_the_cases_are_told_by_day(flow_what_if: FlowWhatIf) -> None:
    table = tabulate_cases(flow_what_if).pivot(index="day", columns="case", values="troops")
    assert list(table.index) == list(range(flow_what_if.days + 1))
    assert (table[WORST] <= table[AS_ASSUMED]).all()
    assert (table[AS_ASSUMED] <= table[BEST] + 1e-6).all()
    np.testing.assert_allclose(table[AS_ASSUMED], flow_what_if.arrivals({}))


def test_the_text_rounds_to_thousands(flow_what_if: FlowWhatIf) -> None:
    told = {name: one.value for name, one in describe_flow_what_if(flow_what_if).items() if isinstance(one, Quantity)}
    assert told["first_with_notice"] < told["first_as_assumed"] < told["first_at_best"] < told["first_ready"] == 100_000
    assert told["second_ready"] == 300_000
    assert told["second_as_assumed"] == round(flow_what_if.arrivals({})[30], -3)
    assert told["second_with_notice"] < told["second_as_assumed"] < told["second_at_once"] < told["second_at_best"]
    assert (told["notice"], told["shortest"], told["first_day"], told["second_day"]) == (45, 6, 10, 30)
