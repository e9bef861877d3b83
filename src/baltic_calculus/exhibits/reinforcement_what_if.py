"""Troops in the region by day as the sliders are set, beside what is assumed and what is promised at readiness.

The chart holds the flow model as expressions and computes it where it is shown. Where nothing can be moved, as on
paper, it shows the central values.
"""

from typing import Any

import altair as alt

from baltic_calculus.analysis.reinforcement import Tier
from baltic_calculus.analysis.reinforcement_what_if import AS_ASSUMED, BEST, FlowWhatIf
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.reinforcement_expressions import PRESENT, flow_steps
from baltic_calculus.exhibits.slider import (
    DASHES,
    Sliders,
    Steps,
    bind_choice,
    bind_sliders,
    computed,
    kept_apart,
    moving_title,
    written,
)
from baltic_calculus.exhibits.theme import TICK_SIZE

HEIGHT = 320
HEADROOM = 1.13
"""How far above the troops promised the axis reaches: nothing can exceed them."""

LABEL_GAP = 17
"""Least distance of two labels, in pixels."""

NUMBER_GAP = 13
"""Distance of a number from the path, in pixels."""

SLIDERS: Sliders = {
    "permit_days": ("Permits, days", 0.25),
    "road_vehicles_per_day": ("Road, vehicles a day", 50),
    "rail_trains_per_day": ("Rail, trains a day", 1),
    "sea_availability_pct": ("Sealift usable, %", 5),
    "norwegian_availability_pct": ("Norway's ro-ro, %", 5),
    "air_troops_per_day": ("Air, soldiers a day", 100),
    "prepositioned_troops": ("Equipment stored for", 500),
    "vehicles_per_soldier": ("Vehicles a soldier", 0.02),
    "region_share_pct": ("Share sent, %", 5),
}

_OWN, _HELD = palette.STEPS[-1].light, palette.INK.light
_PROMISED = palette.CATEGORIES["reinforcement"].light


def chart_flow_what_if(what_if: FlowWhatIf) -> alt.LayerChart:
    """Draw the troops in the region by day as set, those of the central values, and the Force Model's steps.

    Returns
    -------
    LayerChart
        With sliders bound to its parameters; what a page needs to draw them itself stands in ``usermeta``.
    """
    days, cases = what_if.days, what_if.cases
    deadlines = [int(tier.last_day) for tier in what_if.tiers]
    top = HEADROOM * sum(tier.troops.mode for tier in what_if.tiers)
    axis = alt.Axis(values=[0, *deadlines, days], format="d", title="days", labelOverlap=False, grid=False)
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, days], nice=False), axis=axis)
    chart = put_together(
        [
            *_stairs(what_if.tiers, days, x, top),
            *_paths(days, x, top),
            *_values_at(deadlines, x, top),
            *_end_labels(days, x, top),
            _targets(days, x, top),
        ],
        unit="",
        height=HEIGHT,
    )
    return chart.properties(
        title=moving_title("Troops in the region by day, illustrative model"),
        params=[
            bind_choice("start_from", "Start from", list(cases), list(cases)),
            *bind_sliders(SLIDERS, cases[AS_ASSUMED], what_if.ranges),
            alt.VariableParameter(name="assumed", value=what_if.arrivals({}).tolist()),
            *computed([*flow_steps(what_if), *_words(what_if)]),
        ],
        usermeta={"controls": {"by": "start_from", "parts": [], "presets": cases}},
    )


def describe_flow_what_if_chart(what_if: FlowWhatIf) -> str:
    """Say what the chart shows before anybody moves a slider, and what the most favourable values give."""

    def troops(moved: dict[str, float]) -> str:
        present = what_if.arrivals(moved)
        return " and ".join(format_plain(round(float(present[int(tier.last_day)]), -3), 0) for tier in what_if.tiers)

    totals = [sum(tier.troops.mode for tier in what_if.tiers[: place + 1]) for place in range(len(what_if.tiers))]
    ready = " and ".join(format_plain(total, 0) for total in totals)
    by = " and ".join(f"{tier.last_day:g}" for tier in what_if.tiers)
    return (
        f"Troops in the region by day, with sliders, an illustrative model. At the central values, where the sliders "
        f"stand at first, {troops({})} have arrived by days {by}; promised at readiness by then are {ready}. At the "
        f"most favourable values it is {troops(what_if.cases[BEST])}."
    )


def _words(what_if: FlowWhatIf) -> Steps:
    """The settings in words, and for those who listen also the troops at the deadlines."""
    reached = " + ', ' + ".join(
        f"'day {tier.last_day:g}: ' + {_thousands(f'{PRESENT}[{tier.last_day:g}]')}" for tier in what_if.tiers
    )
    lines = [
        f"{written('region_share_pct')} + '% of the force sent, permits after ' + {written('permit_days')} + ' days,'",
        f"'by road ' + {written('road_vehicles_per_day', ',')} + ' vehicles a day, by rail ' + "
        f"{written('rail_trains_per_day')} + ' trains,'",
        f"'at sea ' + {written('sea_availability_pct')} + '% of NATO sealift, ' + "
        f"{written('norwegian_availability_pct')} + '% of Norway\\'s ro-ro ships,'",
        f"'by air ' + {written('air_troops_per_day', ',')} + ' soldiers a day, equipment for ' + "
        f"{written('prepositioned_troops', ',')} + ','",
        f"{written('vehicles_per_soldier')} + ' vehicles a soldier'",
    ]
    return [
        ("words", f"[{', '.join(lines)}]"),
        ("summary", f"join(words, ' ') + '. In the region by ' + {reached}"),
    ]


def _thousands(troops: str) -> str:
    """Expression that prints troops rounded to thousands: the model knows no better."""
    return written(f"round({troops} / 1000) * 1000", ",")


def _y(field: str, top: float) -> alt.Y:
    """Troops."""
    axis = alt.Axis(format=",d", title=None, tickCount=4)
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=axis)


def _stairs(tiers: tuple[Tier, ...], days: int, x: alt.X, top: float) -> list[alt.Chart]:
    """What is promised at readiness: a tread from each deadline, a riser to the next, and the promise in words."""
    totals = [sum(tier.troops.mode for tier in tiers[: place + 1]) for place in range(len(tiers))]
    ends = [*(tier.last_day for tier in tiers[1:]), days]
    treads = [
        {"x": tier.last_day, "x2": end, "y": total, "y2": total}
        for tier, end, total in zip(tiers, ends, totals, strict=True)
    ]
    risers = [{**tread, "x2": tread["x"], "y2": before} for tread, before in zip(treads[1:], totals, strict=False)]
    named = [
        {"x": tier.last_day, "y": total, "label": f"ready\n{format_plain(total, 0)}"}
        for tier, total in zip(tiers, totals, strict=True)
    ]
    rules = alt.Chart(alt.InlineData(values=[*treads, *risers])).mark_rule(
        color=_PROMISED, strokeWidth=2, strokeCap="round"
    )
    texts = alt.Chart(alt.InlineData(values=named)).encode(x=x, y=_y("y", top), text=alt.Text("label:N"))
    lines: dict[str, Any] = {"lineBreak": "\n", "lineHeight": LINE_HEIGHT}
    place: dict[str, Any] = {"align": "left", "baseline": "bottom", "dx": 2, "dy": -LINE_HEIGHT - 5}
    stairs = rules.encode(x=x, x2=alt.X2("x2:Q"), y=_y("y", top), y2=alt.Y2("y2:Q"))
    return [stairs, *haloed(texts, fontSize=TICK_SIZE, color=_PROMISED, **lines, **place)]


def _with_values(days: alt.Chart) -> alt.Chart:
    """Rows of days with the troops as set and as assumed."""
    return days.transform_calculate(y=f"{PRESENT}[datum.x]", held="assumed[datum.x]")


def _days(first: int, last: int) -> alt.Chart:
    return _with_values(alt.Chart(alt.sequence(first, last + 1, as_="x")))


def _paths(days: int, x: alt.X, top: float) -> list[alt.Chart]:
    """Troops as set, and dashed those of the central values."""
    rows = _days(0, days)
    return [
        rows.mark_line(color=_OWN, strokeWidth=2.6).encode(x=x, y=_y("y", top)),
        rows.mark_line(color=_HELD, strokeDash=DASHES, strokeWidth=1.6).encode(x=x, y=_y("held", top)),
    ]


def _values_at(deadlines: list[int], x: alt.X, top: float) -> list[alt.Chart]:
    """The troops as set at each deadline, to thousands: below the path, or above it where the axis is near."""
    near = f"{top} * {NUMBER_GAP} / height"
    rows = alt.Chart(alt.InlineData(values=[{"x": day} for day in deadlines]))
    rows = _with_values(rows).transform_calculate(
        place=f"datum.y < {near} ? datum.y + {near} : max(datum.y - {near}, {near} * 0.7)",
        set=_thousands("datum.y"),
    )
    points = rows.mark_point(size=44, filled=True, opacity=1, color=_OWN).encode(x=x, y=_y("y", top))
    texts = rows.encode(x=x, y=_y("place", top), text=alt.Text("set:N"))
    return [points, *haloed(texts, align="left", baseline="middle", dx=9, color=_OWN, fontWeight=600)]


def _end_labels(days: int, x: alt.X, top: float) -> list[alt.Chart]:
    """Names of both paths at their ends, kept apart."""
    rows = _days(days, days).transform_calculate(
        place=kept_apart("y", "held", f"{top} * {LABEL_GAP} / height"),
    )
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 8}
    as_set = rows.mark_text(text="as set", fontWeight=600, color=_OWN, **style)
    held = rows.mark_text(text=AS_ASSUMED, fontSize=TICK_SIZE, color=palette.REFERENCE.light, **style)
    room = label_room([AS_ASSUMED], gap=12, size=TICK_SIZE)
    return [as_set.encode(x=x, y=_y("place", top)), held.encode(x=x, y=_y("held", top)), *reserve(room)]


def _targets(days: int, x: alt.X, top: float) -> alt.Chart:
    """Wide transparent points on the path that is set, with both values as tooltip."""
    rows = _days(0, days).transform_calculate(
        title="'day ' + datum.x",
        set=_thousands("datum.y"),
        unmoved=_thousands("datum.held"),
    )
    return rows.mark_circle(size=220, opacity=0, color=palette.OTHER.light).encode(
        x=x,
        y=_y("y", top),
        tooltip=[
            alt.Tooltip("title:N", title=HEADING),
            alt.Tooltip("set:N", title="As set"),
            alt.Tooltip("unmoved:N", title="As assumed"),
        ],
    )
