"""Several numbers of each row, told apart by shape: unlike things side by side that must not be added."""

import math
from collections.abc import Mapping, Sequence

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.detail import detail_columns, detail_tooltips
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.lane import lane_offset
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.row import row_axis, row_height
from baltic_calculus.exhibits.series import require_columns

STEP = 40
# Pixels for a line of the key, beside country names.
KEY_ROOM = 540


def chart_dots(
    frame: pd.DataFrame,
    *,
    row: str,
    low: str,
    high: str,
    kind: str,
    unit: str,
    kinds: Sequence[str] = (),
    details: Mapping[str, str],
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw one mark for each number on a logarithmic scale, in the row of its country; a range as two, joined.

    Parameters
    ----------
    frame : DataFrame
        One row for each number or range; rows without one (NaN) are left out.
    row, low, high, kind, confidence : str
        Columns of the row label (country codes are printed as names), the ends of the number (above zero, equal when
        it is one number), the kind that decides shape and colour, and the confidence ("low" is hollow and dashed).
    unit : str
        Unit of the numbers, printed above the chart, which says that the scale is logarithmic.
    kinds : sequence of str
        All kinds in a fixed order; those present, as they appear, when empty.
    details : mapping of str to str
        Tooltip: title to column.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a number is not above zero.
    """
    require_columns(frame, [row, low, high, kind, *details.values()], "chart_dots")
    frame = frame.dropna(subset=[low, high])
    require_columns(frame, [row, low, high], "chart_dots")
    if not (frame[[low, high]] > 0).all(axis=None):
        raise ExhibitError("a number that is not above zero", where=f"column {low}", remedy="leave such rows out")
    order = kind_order(frame[kind], kinds, "chart_dots")
    dots = pd.DataFrame(
        {
            "name": frame[row].astype(str).map(sign_text),
            "kind": frame[kind].astype(str),
            "weak": is_weak(frame, confidence),
            "value": frame[low].astype(float),
            "end": frame[high].astype(float),
            "text": [format_range(*ends, unit, 0) for ends in zip(frame[low], frame[high], strict=True)],
            **detail_columns(frame, details),
        }
    ).reset_index(drop=True)
    names = list(dict.fromkeys(dots["name"]))
    y = row_axis(names)
    values = pd.concat([dots["value"], dots["end"]])
    scale = alt.Scale(type="log", domain=list(log_domain(values)), nice=False)
    x = alt.X("value:Q", scale=scale, axis=log_axis(values))
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("kind:N", title="What"),
        alt.Tooltip("text:N", title="Number"),
        *detail_tooltips(details),
    ]
    rules = alt.Chart(pd.DataFrame({"name": names})).mark_rule(color=palette.GRID.light).encode(y=y)
    least, most = log_domain(values)
    lanes, offset = lane_offset(dots["name"], np.log10(dots["value"]), math.log10(most / least))
    dots = dots.assign(lane=lanes)
    looks = kind_encodings(order, room=KEY_ROOM)
    ranges = dots[dots["end"] > dots["value"]]
    ends = pd.concat([dots, ranges.assign(value=ranges["end"])]).sort_index(kind="stable")
    marks = alt.Chart(ends.drop(columns="end")).mark_point(size=MARK * 1.4, filled=True, strokeWidth=1.6)
    layers = [rules]
    if len(ranges):
        joints = alt.Chart(ranges[["name", "kind", "value", "end", "lane"]]).mark_rule(strokeWidth=3)
        layers.append(joints.encode(x=x, x2=alt.X2("end:Q"), y=y, yOffset=offset, stroke=looks["stroke"]))
    layers.append(marks.encode(x=x, y=y, yOffset=offset, tooltip=tooltip, **looks))
    return put_together(layers, unit=f"{unit}, logarithmic scale", height=row_height(names, STEP))


def log_domain(values: pd.Series) -> tuple[float, float]:
    """Ends of a logarithmic axis, with a little air.

    Examples
    --------
    >>> log_domain(pd.Series([100.0, 1000.0]))
    (80.0, 1250.0)
    """
    return float(values.min()) * 0.8, float(values.max()) * 1.25


def log_axis(values: pd.Series) -> alt.Axis:
    """Axis with the powers of ten inside the domain, and steps between them where there are few.

    Examples
    --------
    >>> log_axis(pd.Series([100.0, 1000.0])).to_dict()["values"]
    [100, 200, 500, 1000]
    """
    low, high = log_domain(values)
    decades = math.log10(high / low)
    steps = (1, 2, 5) if decades < 1.5 else (1, 5) if decades < 4 else (1,)
    powers = [10**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]
    ticks = [step * power for power in powers for step in steps if low <= step * power <= high]
    return alt.Axis(values=ticks, format=",.0f", title=None, grid=True, domain=False, labelOverlap=False)
