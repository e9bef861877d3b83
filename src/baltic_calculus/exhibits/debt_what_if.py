"""A debt path that moves with sliders, beside the path held at plan.

The chart holds the model as expressions and computes the path where it is shown, so it needs neither a server nor a
script of its own. Where nothing can be moved, as on paper, it shows the path that the sliders start from.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from baltic_calculus.analysis.debt_what_if import Range, WhatIf, project_plans
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference
from baltic_calculus.exhibits.axis import time_axis
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.debt_expressions import START, constants, debt_steps, mix_steps
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.number import format_plain
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

HEIGHT = 300
STEP = 20
"""Distance of the ticks; the axis grows by whole steps, so that it stands still while a slider moves a little."""

LABEL_GAP = 17
"""Least distance of two labels, in pixels."""

AXIS_NUMBERS = 22
"""Room for three digits, so that nothing moves when debt passes a hundred."""

SLIDERS: Sliders = {
    "share_gdp_pct": ("Defence, % of GDP", 0.1),
    "taxes_pct": ("Taxes, % of rise", 5),
    "reallocation_pct": ("Cuts, % of rise", 5),
    "real_growth_pct": ("Real growth, %", 0.1),
    "marginal_rate_pct": ("New-debt rate, %", 0.1),
    "multiplier": ("Multiplier", 0.1),
}

PARTS = ["taxes_pct", "reallocation_pct"]
"""Sliders that cannot exceed a hundred together."""


def chart_debt_what_if(
    what_ifs: Sequence[WhatIf], *, ranges: Mapping[str, Range], last_year: int, reference: Reference
) -> alt.LayerChart:
    """Draw the debt path of one country as its sliders are set, the path held at plan, and a reference value.

    Parameters
    ----------
    what_ifs : sequence of WhatIf
        The countries to choose from; the first is shown at first.
    ranges : mapping of str to tuple of float
        Ends of each slider.
    last_year : int
        Last projected year.
    reference : Reference
        Horizontal rule.

    Returns
    -------
    LayerChart
        With sliders bound to its parameters; what a page needs to draw them itself stands in ``usermeta``.
    """
    first = what_ifs[0].start.year
    plans = project_plans(what_ifs, last_year)
    usual = STEP * (1 + math.ceil(max(plans["debt_gdp_pct"].max(), reference.value) / STEP))
    codes = [one.start.iso3 for one in what_ifs]
    held = {code: rows["debt_gdp_pct"].tolist() for code, rows in plans.groupby("iso3")}
    years = alt.Chart(alt.sequence(first, last_year + 1, as_="x"))
    end = alt.Chart(alt.sequence(last_year, last_year + 1, as_="x"))
    x = alt.X(
        "x:Q", scale=alt.Scale(domain=[first, last_year], nice=False, zero=False), axis=time_axis(first, last_year)
    )
    chart = put_together(
        [
            *_reference(reference, first, x),
            *_paths(years, codes, first, x),
            *_end_labels(end, codes, first, x),
            _targets(years, first, x),
        ],
        unit="",
        height=HEIGHT,
    )
    return chart.properties(
        title=moving_title("Debt, % of GDP"),
        params=[
            *_controls(what_ifs, ranges),
            alt.VariableParameter(name="starts", value={one.start.iso3: constants(one) for one in what_ifs}),
            alt.VariableParameter(name="plans", value=held),
            alt.VariableParameter(name="names", value={code: display_name(code) for code in codes}),
            *computed(
                [
                    (START, "starts[country]"),
                    ("plan", "plans[country]"),
                    *mix_steps(),
                    *debt_steps(last_year - first),
                    *_shown(first, last_year, usual),
                ]
            ),
        ],
        usermeta={"controls": {"by": "country", "parts": PARTS, "presets": _presets(what_ifs)}},
    )


def describe_debt_what_if(what_ifs: Sequence[WhatIf], last_year: int) -> str:
    """Say what the chart shows before anybody moves a slider, and where the other countries' plans end."""
    plans = project_plans(what_ifs, last_year).set_index(["iso3", "year"])["debt_gdp_pct"]
    ends = [f"{display_name(one.start.iso3)} {format_plain(plans[one.start.iso3, last_year], 1)}" for one in what_ifs]
    first, code = what_ifs[0], what_ifs[0].start.iso3
    taxes, cuts = first.mix.taxes * 100, first.mix.reallocation * 100
    paid = f"its rise paid {taxes:g}% by new taxes, {cuts:g}% by cuts, the rest borrowed"
    mix = paid if taxes + cuts else "its rise all borrowed"
    assumed = first.assumptions
    return (
        f"A debt path with sliders. At first they stand at the assumptions for {display_name(code)}: defence at "
        f"{first.path.share_gdp_pct:g}% of GDP, {mix}, growth {assumed.real_growth_pct:g}%, interest on new debt "
        f"{assumed.marginal_rate_pct:g}%. Held at plan, debt in {last_year}, % of GDP: {', '.join(ends)}."
    )


def _presets(what_ifs: Sequence[WhatIf]) -> dict[str, dict[str, float]]:
    """Where the sliders of each country stand at first."""
    return {one.start.iso3: one.settings() for one in what_ifs}


def _controls(what_ifs: Sequence[WhatIf], ranges: Mapping[str, Range]) -> list[alt.VariableParameter]:
    """Parameters that a reader sets."""
    codes = [one.start.iso3 for one in what_ifs]
    choice = bind_choice("country", "Country", codes, [display_name(code) for code in codes])
    return [choice, *bind_sliders(SLIDERS, what_ifs[0].settings(), ranges)]


def _shown(first: int, last_year: int, usual: float) -> Steps:
    """Steps from debt to what is printed: the path as a list, the ends of the axis, and the words."""
    last = last_year - first
    debts = ", ".join(f"debt_{year}" for year in range(last + 1))
    ends = f"format(debt_{last}, '.1f') + '% of GDP; held at plan ' + format(plan[{last}], '.1f')"
    return [
        ("debt", f"[{debts}]"),
        ("top", f"max({usual}, {STEP} * ceil(extent(debt)[1] / {STEP}))"),
        ("bottom", f"min(0, {STEP} * floor(extent(debt)[0] / {STEP}))"),
        ("words", f"[{_defence_words()} + ',', {_mix_words()} + ',', {_assumption_words()}]"),
        ("summary", f"join(words, ' ') + '. Debt in {last_year}: ' + {ends}"),
    ]


def _defence_words() -> str:
    return f"names[country] + ': defence at ' + {written('share_gdp_pct')} + '% of GDP'"


def _mix_words() -> str:
    """Who pays for the rise; or, of a share below the one before the rise, what becomes of the money."""
    parts = " + ".join(
        [
            f"'its rise paid ' + {written('taxes_pct')} + '% by taxes, '",
            f"{written('cuts_pct')} + '% by cuts, '",
            f"{written('borrowed_pct')} + '% borrowed'",
        ]
    )
    freed = f"{written('borrowed_pct')} + '% of the money that it frees lowers the deficit'"
    paid = f"borrowed_pct == 100 ? 'its rise all borrowed' : {parts}"
    return f"(share_gdp_pct < start.defence_before_gdp_pct ? {freed} : {paid})"


def _assumption_words() -> str:
    return " + ".join(
        [
            f"'growth ' + {written('real_growth_pct')}",
            f"'%, interest on new debt ' + {written('marginal_rate_pct')}",
            f"'%, multiplier ' + {written('multiplier')}",
        ]
    )


def _y(field: str) -> alt.Y:
    """A debt ratio; the axis grows with it."""
    ends = [alt.ExprRef("bottom"), alt.ExprRef("top")]
    axis = alt.Axis(
        values=alt.ExprRef(f"sequence(bottom, top + 1, {STEP})"), format="d", title=None, minExtent=AXIS_NUMBERS
    )
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=ends, nice=False, zero=False), axis=axis)


def _reference(reference: Reference, first: int, x: alt.X) -> list[alt.Chart]:
    """A thin rule, named at its left end."""
    rule = alt.Chart(alt.InlineData(values=[{"x": first, "y": reference.value, "label": reference.text}]))
    line = rule.mark_rule(color=palette.REFERENCE.light, strokeWidth=1, opacity=0.7).encode(y=_y("y"))
    named = rule.encode(x=x, y=_y("y"), text=alt.Text("label:N"))
    place: dict[str, Any] = {"align": "left", "baseline": "bottom", "dx": 3, "dy": -3}
    return [line, *haloed(named, fontSize=TICK_SIZE, color=palette.REFERENCE.light, **place)]


def _with_values(base: alt.Chart, first: int) -> alt.Chart:
    """Rows of years with both debt ratios and the country."""
    place = f"datum.x - {first}"
    return base.transform_calculate(y=f"debt[{place}]", held=f"plan[{place}]", series="country")


def _paths(years: alt.Chart, codes: Sequence[str], first: int, x: alt.X) -> list[alt.Chart]:
    """The path held at plan, dashed, and the one that is set, in the colour of the country with a point at its end."""
    rows = _with_values(years, first)
    colours = series_scale(codes)
    stroke = alt.Stroke("series:N", scale=colours, legend=None)
    dashed = rows.mark_line(color=palette.INK.light, strokeDash=DASHES, strokeWidth=1.6).encode(x=x, y=_y("held"))
    solid = rows.mark_line(strokeWidth=2.6).encode(x=x, y=_y("y"), stroke=stroke)
    return [solid, dashed]


def _end_labels(end: alt.Chart, codes: Sequence[str], first: int, x: alt.X) -> list[alt.Chart]:
    """Both values of the last year, kept apart."""
    gap = f"(top - bottom) * {LABEL_GAP} / height"
    rows = _with_values(end, first).transform_calculate(
        place=kept_apart("y", "held", gap),
        set="'as set ' + format(datum.y, '.1f')",
        unmoved="'held at plan ' + format(datum.held, '.1f')",
    )
    point = rows.mark_point(size=44, filled=True, opacity=1).encode(
        x=x, y=_y("y"), fill=alt.Fill("series:N", scale=series_scale(codes), legend=None)
    )
    style: dict[str, Any] = {"align": "left", "baseline": "middle", "dx": 10}
    as_set = rows.mark_text(fontWeight=600, **style).encode(
        x=x,
        y=_y("place"),
        text=alt.Text("set:N"),
        color=alt.Color("series:N", scale=series_scale(codes, text=True), legend=None),
    )
    held = rows.mark_text(fontSize=TICK_SIZE, color=palette.REFERENCE.light, **style).encode(
        x=x, y=_y("held"), text=alt.Text("unmoved:N")
    )
    room = label_room(["held at plan 100.0"], gap=14, size=TICK_SIZE)
    return [point, as_set, held, *reserve(room)]


def _targets(years: alt.Chart, first: int, x: alt.X) -> alt.Chart:
    """Wide transparent points on the path that is set, with both values as tooltip."""
    rows = _with_values(years, first).transform_calculate(
        title="names[country]",
        when="'' + datum.x",
        set="format(datum.y, '.1f') + '% of GDP'",
        unmoved="format(datum.held, '.1f') + '% of GDP'",
    )
    return rows.mark_circle(size=340, opacity=0, color=palette.OTHER.light).encode(
        x=x,
        y=_y("y"),
        tooltip=[
            alt.Tooltip("title:N", title=HEADING),
            alt.Tooltip("when:N", title="Year"),
            alt.Tooltip("set:N", title="As set"),
            alt.Tooltip("unmoved:N", title="Held at plan"),
        ],
    )
