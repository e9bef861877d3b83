"""Vertical bars made of parts, with totals above and the parts named beside the last bar."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT
from baltic_calculus.exhibits.axis import value_axis, value_domain, year_ticks
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.condition import text_if, value_if
from baltic_calculus.exhibits.dodge import dodge
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection, offer_highlight
from baltic_calculus.exhibits.label import wrap_label
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.series import LABEL_WIDTH, print_time, require_columns, shared_decimals
from baltic_calculus.exhibits.stack import is_whole, make_stack, stack_totals
from baltic_calculus.exhibits.theme import LABEL_SIZE, TICK_SIZE

# A total needs this many pixels; on narrower bars only those over a printed year are shown.
TOTAL_ROOM = 30
MOST_YEARS = 7
SET_APART = {"test": "!datum.open", "value": palette.PAPER.light}


def printed_keys(keys: Sequence[str]) -> list[str]:
    """Keys to print under the bars: all, or every second or third of a long run of years."""
    if not all(key.isdigit() for key in keys) or len(keys) <= MOST_YEARS:
        return list(keys)
    shown = {str(year) for year in year_ticks(int(keys[0]), int(keys[-1]), MOST_YEARS)}
    return [key for key in keys if key in shown]


def category_axis(keys: Sequence[str]) -> alt.X:
    """Axis of bars in the order given."""
    axis = alt.Axis(values=printed_keys(keys), title=None, labelAngle=0, labelOverlap=False, ticks=False)
    return alt.X("key:N", sort=list(keys), scale=alt.Scale(paddingInner=0.22, paddingOuter=0.12), axis=axis)


def stack_marks(stack: pd.DataFrame, x: alt.X, y: alt.Y, scale: alt.Scale, hover: alt.Parameter) -> alt.Chart:
    """The pieces: estimates pale with a dashed outline, the others full."""
    return (
        alt.Chart(stack)
        .mark_bar(strokeWidth=1)
        .encode(
            x=x,
            y=y,
            y2=alt.Y2("end:Q"),
            fill=alt.Fill("part:N", scale=scale, legend=None),
            # a thin gap tells neighbours apart also in print without colours
            stroke=alt.Stroke("part:N", scale=scale, legend=None, condition=SET_APART),
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.3, 1),
            strokeDash=value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
            opacity=faded(hover, 0.3),
            tooltip=[
                alt.Tooltip("name:N", title=HEADING),
                alt.Tooltip("key:N", title="Year" if stack["key"].str.fullmatch(r"\d{4}").all() else "In"),
                alt.Tooltip("text:N", title="Value"),
            ],
        )
        .add_params(hover)
    )


def _total_labels(totals: pd.DataFrame, x: alt.X, decimals: int) -> list[alt.Chart]:
    """Totals above the bars, all of them where there is room."""
    keys = totals["key"].to_list()
    shown = set(printed_keys(keys))
    rows = totals.assign(
        label=[format_plain(total, decimals) for total in totals["total"]], major=[key in shown for key in keys]
    )
    room = f"datum.major || width > {TOTAL_ROOM * len(keys)}"
    base = alt.Chart(rows).encode(x=x, y=alt.Y("top:Q"), text=text_if(room, "label"))
    # on a phone a total is wider than its bar and reaches over the next
    return haloed(base, baseline="bottom", dy=-5, fontSize=TICK_SIZE, fontWeight=600)


def _part_labels(stack: pd.DataFrame, scale: alt.Scale, domain: tuple[float, float], height: int) -> alt.Chart:
    """Names of the parts beside the last bar that has them."""
    last = stack.groupby("part", sort=False).last().reset_index()
    lines = [wrap_label(name, LABEL_WIDTH) for name in last["name"]]
    pixels = height / (domain[1] - domain[0])
    wanted = [(domain[1] - middle) * pixels for middle in (last["start"] + last["end"]) / 2]
    placed = dodge(wanted, [LINE_HEIGHT * len(line) + 2 for line in lines], 0, height)
    tops = [
        domain[1] - (pixel - LINE_HEIGHT * (len(line) - 1) / 2) / pixels
        for pixel, line in zip(placed, lines, strict=True)
    ]
    rows = last.assign(label=["\n".join(line) for line in lines], place=tops)
    text = alt.Chart(rows[["part", "label", "place"]]).mark_text(
        align="left",
        baseline="middle",
        dx=6,
        fontWeight=600,
        fontSize=LABEL_SIZE,
        lineBreak="\n",
        lineHeight=LINE_HEIGHT,
    )
    colour = alt.Color("part:N", scale=scale, legend=None)
    return text.encode(x=alt.XValue(alt.ExprRef("width")), y=alt.Y("place:Q"), text=alt.Text("label:N"), color=colour)


def chart_stacked_bars(
    frame: pd.DataFrame,
    *,
    y: str,
    part: str,
    unit: str,
    x: str = "year",
    order: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
    height: int = 320,
    pale: Sequence[str] = (),
) -> alt.LayerChart:
    """Draw one vertical bar for each time (or country), made of parts.

    Totals stand above the bars, unless all bars add up to a hundred per cent. Flagged parts, and those of low
    confidence, are pale with a dashed outline.

    Parameters
    ----------
    frame : DataFrame
        One row for each bar and part; rows without a value are left out.
    y, part, x, flag : str
        Columns of the value, the part, the bar (years, or names in their order of appearance), and the flag.
    unit : str
        Unit of the values, printed above the chart.
    order : sequence of str
        Parts from the bottom up; in their order of appearance when empty.
    decimals : int, optional
        Decimals of the printed values.
    height : int
        Height of the plot in pixels.
    pale : sequence of str
        Parts that are pale with a dashed outline in every bar, for they stand for what is not known.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    require_columns(frame, [y, part, x], "chart_stacked_bars")
    frame = frame.dropna(subset=[y])
    require_columns(frame, [y, part, x], "chart_stacked_bars")
    places = shared_decimals(frame[y], unit, decimals)
    stack = make_stack(frame, key=x, part=part, value=y, unit=unit, flag=flag, decimals=places, order=order, pale=pale)
    totals = stack_totals(stack)
    domain = value_domain([*stack["start"], *stack["end"]], include_zero=True)
    stack["key"], totals["key"] = stack["key"].map(print_time), totals["key"].map(print_time)
    x_axis = category_axis(totals["key"].to_list())
    scale = alt.Scale(domain=list(domain), nice=False)
    y_axis = alt.Y("start:Q", scale=scale, axis=value_axis(domain))
    parts = list(dict.fromkeys(stack["part"]))
    layers = [
        stack_marks(stack, x_axis, y_axis, series_scale(parts), hover_selection("part")),
        *([] if is_whole(totals["total"]) else _total_labels(totals, x_axis, places)),
        _part_labels(stack, series_scale(parts, text=True), domain, height),
    ]
    return put_together(layers, unit=unit, height=height, highlight=offer_highlight("part", parts))
