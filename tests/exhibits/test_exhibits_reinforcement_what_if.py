"""The chart that computes arrivals from its sliders: equal to the model, and complete where nothing moves."""

import json
import re
from typing import Any

import numpy as np
import pytest
import vl_convert
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus.analysis.reinforcement import Lane, certain
from baltic_calculus.analysis.reinforcement_what_if import BEST, FlowWhatIf
from baltic_calculus.exhibits import chart_flow_what_if, describe_flow_what_if_chart
from baltic_calculus.exhibits.palette import colours_outside_palette
from baltic_calculus.exhibits.reinforcement_expressions import PRESENT, flow_steps
from baltic_calculus.exhibits.reinforcement_what_if import SLIDERS

SHARES = st.lists(st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0, 1)), min_size=9, max_size=9)
"""Where each slider stands between its ends; often at one of them."""


def clamp(value: float, low: float, high: float) -> float:
    """As in Vega."""
    return max(low, min(value, high))


def computed(what_if: FlowWhatIf, moved: dict[str, float]) -> list[float]:
    """The chart's expressions, in Python."""
    known: dict[str, Any] = {**moved, "min": min, "max": max, "clamp": clamp}
    for name, expression in flow_steps(what_if):
        known[name] = eval(expression, {}, known)  # noqa: S307
    return known[PRESENT]


def texts(what_if: FlowWhatIf, **moved: float) -> list[str]:
    """What the drawing prints with sliders moved."""
    chart = chart_flow_what_if(what_if).to_dict(validate=False)
    for parameter in chart["params"]:
        parameter.update({"value": moved[parameter["name"]]} if parameter["name"] in moved else {})
    return re.findall(r">([^<>]+)</t", vl_convert.vegalite_to_svg(json.dumps(chart), vl_version="6.4"))


@given(shares=SHARES)
def test_the_expressions_are_the_model(flow_what_if: FlowWhatIf, shares: list[float]) -> None:
    ranges = flow_what_if.ranges.items()
    moved = {name: low + share * (high - low) for (name, (low, high)), share in zip(ranges, shares, strict=True)}
    np.testing.assert_allclose(computed(flow_what_if, moved), flow_what_if.arrivals(moved), atol=1e-6)


@settings(max_examples=20)
@given(transits=st.lists(st.floats(0, 70), min_size=5, max_size=5), totals=st.lists(st.floats(0, 1e5), max_size=5))
def test_ways_of_any_length_and_limits_on_any_lane(
    flow_what_if: FlowWhatIf, transits: list[float], totals: list[float]
) -> None:
    def changed(place: int, lane: Lane) -> Lane:
        limit = certain(totals[place]) if place < len(totals) else None
        return lane.model_copy(update={"transit_days": certain(transits[place]), "total_troops": limit})

    lanes = tuple(changed(place, lane) for place, lane in enumerate(flow_what_if.lanes))
    other = flow_what_if.model_copy(update={"lanes": lanes})
    np.testing.assert_allclose(computed(other, other.cases[BEST]), other.arrivals(other.cases[BEST]), atol=1e-6)


def test_every_value_that_can_be_moved_has_a_slider(flow_what_if: FlowWhatIf) -> None:
    assert set(SLIDERS) == set(flow_what_if.ranges)


@pytest.mark.parametrize(
    "moved",
    [
        {},
        {"permit_days": 0.25, "road_vehicles_per_day": 1600, "vehicles_per_soldier": 0.2},
        {"region_share_pct": 10, "norwegian_availability_pct": 50},
    ],
)
def test_vega_prints_what_the_model_gives(flow_what_if: FlowWhatIf, moved: dict[str, float]) -> None:
    present, printed = flow_what_if.arrivals(moved), texts(flow_what_if, **moved)
    for day in (10, 30):
        assert f"{round(present[day] / 1000) * 1000:,}" in printed


def test_the_settings_are_said_in_words(flow_what_if: FlowWhatIf) -> None:
    printed = texts(flow_what_if, sea_availability_pct=35)
    assert "100% of the force sent, permits after 3 days," in printed
    assert "by road 900 vehicles a day, by rail 8 trains," in printed
    assert "at sea 35% of NATO sealift, 0% of Norway's ro-ro ships," in [one.replace("&#39;", "'") for one in printed]
    assert "by air 2,000 soldiers a day, equipment for 5,000," in printed
    assert "Troops in the region by day, illustrative model" in printed
    assert {"as set", "as assumed", "ready"} <= set(printed)


def test_one_specification_serves_every_run(flow_what_if: FlowWhatIf) -> None:
    chart = chart_flow_what_if(flow_what_if).to_dict()
    assert chart == chart_flow_what_if(flow_what_if).to_dict()
    assert colours_outside_palette(chart) == set()
    assert len(json.dumps(chart, separators=(",", ":"))) < 65_000


def test_the_alternative_text_tells_both_deadlines(flow_what_if: FlowWhatIf) -> None:
    text = describe_flow_what_if_chart(flow_what_if)
    assert len(text) <= 400
    assert "100,000 and 300,000" in text
    present = flow_what_if.arrivals({})
    assert f"{round(present[10], -3):,.0f} and {round(present[30], -3):,.0f} have arrived" in text
