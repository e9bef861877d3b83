"""Vertical bars made of parts, one panel for each country on common scales, with the parts named in one key."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference
from baltic_calculus.exhibits.axis import value_axis, value_domain
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.series import print_time, require_columns, shared_decimals
from baltic_calculus.exhibits.stack import is_whole, make_stack, stack_totals
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

HEIGHT = 190
SILENT = "no figure"
OPACITY_OPEN = 0.3
# Part of the height that stays free above the highest bar, so that its total does not push the title up.
HEADROOM = 0.1
# Pixels of height that a number needs inside its piece.
INSIDE = 15
# With more bars than this every second one is named.
MOST_NAMED = 4


def chart_stacked_panels(
    frame: pd.DataFrame,
    *,
    y: str,
    part: str,
    unit: str,
    panel: str = "iso3",
    x: str = "year",
    order: Sequence[str] = (),
    references: Sequence[Reference] = (),
    shaded: Sequence[object] = (),
    shade_label: str = "",
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.ConcatChart:
    """Draw one panel of stacked bars for each country.

    Totals stand above the bars unless they all are a hundred per cent. Flagged bars are pale with a dashed outline. A
    bar without a value says so.

    Parameters
    ----------
    frame : DataFrame
        One row for each panel, bar and part; a bar whose parts are all NaN is shown as having no figure.
    y, part, panel, x, flag : str
        Columns of the value, the part, the panel (in order of appearance), the bar, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    order : sequence of str
        Parts from zero upwards; in their order of appearance when empty.
    references : sequence of Reference
        Horizontal rules, named in the first panel.
    shaded : sequence
        Bars that stand on a grey ground, such as the years after a rule has ended.
    shade_label : str
        What the ground means, printed in the first panel.
    decimals : int, optional
        Decimals of the totals.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [y, part, panel, x], "chart_stacked_panels")
    known = frame.dropna(subset=[y])
    places = shared_decimals(known[y], unit, decimals) if len(known) else decimals or 0
    keys = [print_time(key) for key in sorted(set(frame[x]))]
    order = list(order) or list(dict.fromkeys(frame[part].astype(str)))
    tops = known.groupby([panel, x])[y].sum()
    highest = max([0.0, *tops, *(one.value for one in references)])
    domain = value_domain([0, highest * (1 + HEADROOM)], include_zero=True)
    names = list(dict.fromkeys(frame[panel].astype(str)))
    columns = panel_columns(len(names))
    fill, stroke = _colours([name for name in order if name in set(frame[part].astype(str))])
    charts = []
    for place, name in enumerate(names):
        own = frame[frame[panel].astype(str) == name]
        across = alt.X(
            "key:N", sort=keys, scale=alt.Scale(domain=keys, paddingInner=0.2, paddingOuter=0.1), axis=_axis(keys)
        )
        axis = panel_axis(value_axis(domain, most=6), place, columns)
        up = alt.Y("start:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=axis)
        stack = make_stack(
            own.dropna(subset=[y]), key=x, part=part, value=y, unit=unit, flag=flag, decimals=places, order=order
        )
        totals = stack_totals(stack) if len(stack) else pd.DataFrame({"key": [], "total": [], "top": []})
        stack["key"], totals["key"] = stack["key"].map(print_time), totals["key"].map(print_time)
        layers = [
            *_ground([print_time(key) for key in shaded], across, shade_label if place == 0 else ""),
            _pieces(stack, across, up, fill, stroke),
            *_numbers_inside(stack, places, domain[1] - domain[0], across, up),
            *_rules(references, up, named=place == 0),
            *([] if is_whole(totals["total"]) else _totals(totals, places, across, up)),
            *_silence([key for key in keys if key not in set(stack["key"])], across),
        ]
        charts.append(panel_of(layers, sign_text(name), columns=columns, height=HEIGHT))
    return put_side_by_side(charts, unit=unit, columns=columns)


def _axis(keys: Sequence[str]) -> alt.Axis:
    """Names under the bars, every second one where there are many: panels are narrow on a phone."""
    named = list(keys) if len(keys) <= MOST_NAMED else list(keys)[::2]
    return alt.Axis(values=named, title=None, labelAngle=0, labelOverlap=False, ticks=False)


def _colours(parts: Sequence[str]) -> tuple[alt.Fill, alt.Stroke]:
    """Colours of the parts, with one key above."""
    labels = [sign_text(name) for name in parts]
    shown = [colour.light for colour in palette.series_colours(parts).values()]
    legend = alt.Legend(symbolType="square", symbolSize=110, labelLimit=0, columns=key_columns(labels, WIDTH))
    scale = alt.Scale(domain=labels, range=shown)
    return alt.Fill("name:N", scale=scale, legend=legend), alt.Stroke("name:N", scale=scale, legend=legend)


def _ground(keys: Sequence[str], x: alt.X, label: str) -> list[alt.Chart]:
    """A grey ground under some bars, with its meaning at the top."""
    if not keys:
        return []
    rows = pd.DataFrame({"key": list(keys)})
    layers = [alt.Chart(rows).mark_rect(color=palette.GRID.light).encode(x=x, y=alt.YValue(0), y2=alt.Y2Value(HEIGHT))]
    if label:
        text = alt.Chart(rows.head(1)).mark_text(
            angle=270, align="right", baseline="middle", dx=-6, fontSize=TICK_SIZE, color=palette.MUTE.light
        )
        layers.append(text.encode(x=x, y=alt.YValue(0), text=alt.TextValue(label)))
    return layers


def _pieces(stack: pd.DataFrame, x: alt.X, y: alt.Y, fill: alt.Fill, stroke: alt.Stroke) -> alt.Chart:
    """The parts: flagged ones pale with a dashed outline."""
    return (
        alt.Chart(stack[stack["value"] != 0])
        .mark_bar(strokeWidth=1)
        .encode(
            x=x,
            y=y,
            y2=alt.Y2("end:Q"),
            fill=fill,
            stroke=stroke,
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", OPACITY_OPEN, 1),
            strokeDash=value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
            tooltip=[
                alt.Tooltip("name:N", title=HEADING),
                alt.Tooltip("key:N", title="Year"),
                alt.Tooltip("text:N", title="Value"),
            ],
        )
    )


def _numbers_inside(stack: pd.DataFrame, decimals: int, span: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Numbers in the pieces that are high enough and are not all of their bar; the neutral part has none."""
    neutral = stack["part"].map(palette.series_colours(list(dict.fromkeys(stack["part"])))) if len(stack) else []
    pieces = stack.assign(grey=[colour.light == palette.CATEGORIES["other"].light for colour in neutral])
    several = pieces[pieces["value"] != 0].groupby("key")["part"].transform("size") > 1
    pieces = pieces.loc[several[several].index]
    pieces = pieces[~pieces["grey"] & (pieces["value"] / span * HEIGHT > INSIDE)]
    rows = pieces.assign(
        start=(pieces["start"] + pieces["end"]) / 2,
        label=[format_plain(value, decimals) for value in pieces["value"]],
    )
    layers = []
    for hollow, colour in ((False, palette.PAPER), (True, palette.INK)):
        shown = rows.loc[rows["open"] == hollow, ["key", "start", "label"]]
        if len(shown):
            text = alt.Chart(shown).mark_text(baseline="middle", fontSize=TICK_SIZE, color=colour.light)
            layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    return layers


def _rules(references: Sequence[Reference], y: alt.Y, *, named: bool) -> list[alt.Chart]:
    """Rules across the panel; their names at the left end in the first one."""
    if not references:
        return []
    rows = pd.DataFrame({"start": [one.value for one in references], "label": [one.label for one in references]})
    rules = alt.Chart(rows).mark_rule(color=palette.REFERENCE.light, strokeWidth=1.4).encode(y=y)
    if not named:
        return [rules]
    base = alt.Chart(rows).encode(x=alt.XValue(0), y=y, text=alt.Text("label:N"))
    place = {"align": "left", "baseline": "top", "dx": 3, "dy": 4}
    return [rules, *haloed(base, **place, fontSize=TICK_SIZE, color=palette.REFERENCE.light)]


def _totals(totals: pd.DataFrame, decimals: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Sums above the bars."""
    rows = totals.assign(start=totals["top"], label=[format_plain(total, decimals) for total in totals["total"]])
    base = alt.Chart(rows[["key", "start", "label"]]).encode(x=x, y=y, text=alt.Text("label:N"))
    return haloed(base, baseline="bottom", dy=-4, fontSize=TICK_SIZE, fontWeight=600)


def _silence(keys: Sequence[str], x: alt.X) -> list[alt.Chart]:
    """Words in the place of bars that nobody published."""
    if not keys:
        return []
    text = alt.Chart(pd.DataFrame({"key": list(keys)})).mark_text(
        angle=270,
        align="left",
        baseline="middle",
        dx=6,
        fontSize=TICK_SIZE,
        fontStyle="italic",
        color=palette.MUTE.light,
    )
    return [text.encode(x=x, y=alt.YValue(HEIGHT), text=alt.TextValue(SILENT))]
