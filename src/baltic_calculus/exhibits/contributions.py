"""What adds to a change and what takes from it: bars in both directions from zero, and the total they leave."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import bare_axis, value_domain
from baltic_calculus.exhibits.beside import numbers_beside
from baltic_calculus.exhibits.condition import text_if, value_if
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.number import format_signed
from baltic_calculus.exhibits.row import names_width, row_axis, row_height
from baltic_calculus.exhibits.series import require_columns, shared_decimals
from baltic_calculus.exhibits.stack import make_stack, stack_totals
from baltic_calculus.exhibits.theme import WIDTH

STEP = 46
BAR = 24
# Pixels that a number needs to stand inside its piece.
INSIDE = 34
# Pixels that a total takes on the right.
BESIDE_KEY = 40
POINTER = "triangle-down"


def chart_contributions(
    frame: pd.DataFrame,
    *,
    category: str,
    part: str,
    value: str,
    unit: str,
    order: Sequence[str] = (),
    total_label: str = "Total",
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw, for each row, what adds and what takes away, and mark the total.

    Parameters
    ----------
    frame : DataFrame
        One row for each category and part; rows without a value are left out.
    category, part, value, flag : str
        Columns of the row (in its order of appearance), the part, its signed value, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    order : sequence of str
        Parts from zero outwards; in their order of appearance when empty.
    total_label : str
        What the pointer above each bar means, printed in the key.
    decimals : int, optional
        Decimals of the printed values.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    require_columns(frame, [category, part, value], "chart_contributions")
    frame = frame.dropna(subset=[value])
    require_columns(frame, [category, part, value], "chart_contributions")
    places = shared_decimals(frame[value], unit, decimals)
    frame = frame.assign(**{category: frame[category].astype(str)})
    stack = make_stack(frame, key=category, part=part, value=value, unit=unit, flag=flag, decimals=places, order=order)
    stack = stack.assign(
        piece=stack["name"],
        name=stack["key"].map(sign_text),
        number=[format_signed(number, "", places) for number in stack["value"]],
    )
    totals = stack_totals(stack)
    totals = totals.assign(
        name=totals["key"].map(sign_text),
        label=[format_signed(total, "", places) for total in totals["total"]],
        piece=total_label,
    )
    domain = value_domain([*stack["start"], *stack["end"]], include_zero=True)
    scale = alt.Scale(domain=list(domain), nice=False)
    y = row_axis(totals["name"].to_list())
    fill, shape = _key(stack, total_label, WIDTH - names_width(totals["name"].to_list()) - BESIDE_KEY)
    layers = [
        _pieces(stack, scale, y, fill),
        *_numbers_inside(stack, scale, y, domain[1] - domain[0]),
        _zero(scale),
        *_pointers(totals, scale, y, fill, shape),
        *numbers_beside(totals, "top", domain=domain, axis=bare_axis(), y=y, names=totals["name"].to_list(), bold=True),
    ]
    return put_together(layers, unit=unit, height=row_height(totals["name"].to_list(), STEP))


def _place(field: str, scale: alt.Scale) -> alt.X:
    """Horizontal place on the common scale, without an axis: every piece has its number."""
    return alt.X(field, scale=scale, axis=bare_axis())


def _key(stack: pd.DataFrame, total_label: str, room: float) -> tuple[alt.Fill, alt.Shape]:
    """Colours and signs of the parts and of the total, with one key for both above the chart.

    The order of the parts differs from row to row with their signs, so they cannot be named in place.
    """
    names = dict(zip(stack["part"], stack["piece"], strict=True))
    labels = [*names.values(), total_label]
    colours = [colour.light for colour in palette.series_colours(names).values()]
    legend = alt.Legend(symbolSize=110, symbolStrokeWidth=0, labelLimit=0, columns=key_columns(labels, room))
    fill = alt.Fill("piece:N", scale=alt.Scale(domain=labels, range=[*colours, palette.INK.light]), legend=legend)
    signs = alt.Scale(domain=labels, range=[*["square"] * len(names), POINTER])
    return fill, alt.Shape("piece:N", scale=signs, legend=legend)


def _pieces(stack: pd.DataFrame, scale: alt.Scale, y: alt.Y, fill: alt.Fill) -> alt.Chart:
    """The parts, set apart by a thin gap; estimates are pale."""
    hover = hover_selection("piece")
    return (
        alt.Chart(stack)
        .mark_bar(size=BAR, stroke=palette.PAPER.light, strokeWidth=1)
        .encode(
            x=_place("start:Q", scale),
            x2=alt.X2("end:Q"),
            y=y,
            fill=fill,
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.3, 1),
            opacity=faded(hover, 0.3),
            tooltip=[
                alt.Tooltip("name:N", title=HEADING),
                alt.Tooltip("piece:N", title="Part"),
                alt.Tooltip("text:N", title="Value"),
            ],
        )
        .add_params(hover)
    )


def _numbers_inside(stack: pd.DataFrame, scale: alt.Scale, y: alt.Y, span: float) -> list[alt.Chart]:
    """Numbers in the pieces that are wide enough for them."""
    rows = stack.assign(middle=(stack["start"] + stack["end"]) / 2, size=stack["value"].abs())
    fits = f"datum.size / {span} * width > {INSIDE}"
    return [
        alt.Chart(rows[rows["open"] == hollow])
        .mark_text(baseline="middle", color=(palette.INK if hollow else palette.PAPER).light)
        .encode(x=_place("middle:Q", scale), y=y, text=text_if(fits, "number"))
        for hollow in (False, True)
        if (rows["open"] == hollow).any()
    ]


def _zero(scale: alt.Scale) -> alt.Chart:
    """The line between adding and taking away."""
    rule = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=palette.INK.light, strokeWidth=1)
    return rule.encode(x=_place("zero:Q", scale))


def _pointers(totals: pd.DataFrame, scale: alt.Scale, y: alt.Y, fill: alt.Fill, shape: alt.Shape) -> list[alt.Chart]:
    """A sign above each bar where its total is."""
    pointers = alt.Chart(totals).mark_point(size=70, filled=True, opacity=1, yOffset=-BAR / 2 - 5, strokeWidth=0)
    return [pointers.encode(x=_place("total:Q", scale), y=y, fill=fill, shape=shape)]
