"""Several sources of one number in a row: a mark for each, a line from the lowest to the highest, its length beside."""

from collections.abc import Callable, Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import value_axis_below, value_domain
from baltic_calculus.exhibits.beside import numbers_beside
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.lane import lane_offset
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_number
from baltic_calculus.exhibits.row import row_axis, row_height
from baltic_calculus.exhibits.series import flags_of, require_columns

STEP = 34
GAP = 14
# Pixels for a line of the key, beside the row names.
KEY_ROOM = 540


def chart_spread(
    frame: pd.DataFrame,
    *,
    row: str,
    value: str,
    kind: str,
    unit: str,
    beside: str,
    print_beside: Callable[[float, str, int], str] = format_number,
    kinds: Sequence[str] = (),
    flag: str = "flag",
    decimals: int = 2,
    beside_decimals: int = 2,
) -> alt.LayerChart:
    """Draw one row for each thing measured, with a mark for each source; flagged values are hollow.

    Parameters
    ----------
    frame : DataFrame
        One row for each source of each thing; a source without a value has none.
    row, value, kind, flag : str
        Columns of the row label (country codes are printed as names), the number, the source that decides shape and
        colour, and the flag.
    unit : str
        Unit of the numbers, printed above the chart.
    beside : str
        Column of the points printed to the right of the row, the same in all its rows; NaN where there are none.
    print_beside : callable
        Prints them: with their sign where the direction matters.
    kinds : sequence of str
        All sources in a fixed order; those present, as they appear, when empty.
    decimals, beside_decimals : int
        Decimals of the numbers, and of the points beside the rows.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a source is not among those named.
    """
    require_columns(frame, [row, value, kind, beside], "chart_spread")
    known = frame.dropna(subset=[value])
    order = kind_order(known[kind], kinds, "chart_spread")
    marks = pd.DataFrame(
        {
            "name": known[row].astype(str).map(sign_text),
            "kind": known[kind].astype(str),
            "value": known[value].astype(float),
            "weak": flags_of(known, flag).map(is_open),
            "text": [format_number(number, unit, decimals) for number in known[value]],
            "label": [
                "" if pd.isna(points) else print_beside(float(points), "points", beside_decimals)
                for points in known[beside]
            ],
        }
    )
    names = list(dict.fromkeys(marks["name"]))
    domain = value_domain(marks["value"], include_zero=False)
    ends = marks.groupby("name", sort=False, as_index=False).agg(
        low=("value", "min"), high=("value", "max"), label=("label", "first")
    )
    y, axis = row_axis(names), value_axis_below(domain)
    x = alt.X("value:Q", scale=alt.Scale(domain=list(domain), nice=False, zero=False), axis=axis)
    lines = alt.Chart(ends.drop(columns="label").rename(columns={"low": "value"}))
    lanes, offset = lane_offset(marks["name"], marks["value"], domain[1] - domain[0])
    points = alt.Chart(marks.drop(columns="label").assign(lane=lanes))
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("kind:N", title="Source"),
        alt.Tooltip("text:N", title="Value"),
    ]
    # dashes are for weak evidence; here hollow marks are estimates and announcements
    look = {name: channel for name, channel in kind_encodings(order, room=KEY_ROOM).items() if name != "strokeDash"}
    layers = [
        lines.mark_rule(strokeWidth=2, color=palette.BASELINE.light).encode(x=x, x2=alt.X2("high:Q"), y=y),
        points.mark_point(size=MARK, filled=True, strokeWidth=1.6).encode(
            x=x, y=y, yOffset=offset, tooltip=tooltip, **look
        ),
        *numbers_beside(
            ends[ends["label"] != ""], "high", domain=domain, axis=axis, y=y, names=names, gap=GAP, bold=True
        ),
    ]
    return put_together(layers, unit=unit, height=row_height(names, STEP))
