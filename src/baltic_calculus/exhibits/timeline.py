"""What happened when, or may happen in which span of time, one row for each subject."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Event, vertical_rules
from baltic_calculus.exhibits.axis import as_years, time_axis
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.lane import lane_offset
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.range_panels import NOT_PUBLIC
from baltic_calculus.exhibits.row import names_width, row_axis, row_height
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

STEP = 24
ROOMY_STEP = 46
THICK = 9
# Pixels for a line of the key, beside row names of usual length.
KEY_ROOM = 440


def chart_timeline(
    frame: pd.DataFrame,
    *,
    row: str,
    start: str,
    end: str | None = None,
    issued: str | None = None,
    kind: str,
    kinds: Sequence[str] = (),
    details: Mapping[str, str],
    unit: str,
    events: Sequence[Event] = (),
    order: Sequence[str] = (),
    headings: Sequence[str] = (),
    years: tuple[float, float] | None = None,
    confidence: str = "confidence",
    step: int | None = None,
) -> alt.LayerChart:
    """Draw single moments as marks, or spans of time as bars, with their kind as shape and colour.

    Marks and bars of low confidence are hollow with a dashed outline; a row without a date says that it is not public.
    Moments close together in a row stand one above the other, so that none hides another.

    Parameters
    ----------
    frame : DataFrame
        One row for each moment or span.
    row : str
        Column of the row label.
    start, end : str
        Columns of the moment, or of both ends of the span: dates or decimal years.
    issued : str, optional
        Column of a further moment, drawn as a tick in the same row: when a statement about the span was made.
    kind, confidence : str
        Columns of the kind and of the confidence ("low" is marked).
    kinds : sequence of str
        All kinds in a fixed order, so that a shape keeps its meaning; those present, as they appear, when empty.
    details : mapping of str to str
        Tooltip: title to column.
    unit : str
        What the marks are, printed above the chart.
    events : sequence of Event
        Vertical rules with labels above the plot.
    order : sequence of str
        Rows from top to bottom, also those without a mark; as in the frame when empty.
    headings : sequence of str
        Names in ``order`` that head the rows below them: bold, without a line.
    years : tuple of float, optional
        Ends of the time axis; the data's own when not given.
    step : int, optional
        Height of a row in pixels; rows of single moments are roomy when not given, as many may stand in one of them.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a kind is not among those named.
    """
    columns = [name for name in (row, start, end, issued, kind, *details.values()) if name]
    require_columns(frame, columns, "chart_timeline")
    shapes = kind_order(frame[kind], kinds, "chart_timeline")
    marks = pd.DataFrame(
        {
            "name": frame[row].astype(str).map(sign_text),
            "kind": frame[kind].astype(str),
            "weak": is_weak(frame, confidence),
            "start": as_years(frame[start]),
            "end": as_years(frame[end or start]),
            "issued": as_years(frame[issued]) if issued else np.nan,
            **{f"detail_{count}": frame[column].astype(str) for count, column in enumerate(details.values())},
        }
    ).reset_index(drop=True)
    span = years or _span(marks)
    names = [sign_text(name) for name in order] or list(dict.fromkeys(marks["name"]))
    tall = step or (STEP if end else ROOMY_STEP)
    heads = [sign_text(name) for name in headings]
    y = row_axis(names, bold=heads)
    x_axis = time_axis(*span)
    scale = alt.Scale(domain=list(span), nice=False, zero=False)
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        *(alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(details)),
    ]
    looks = {"y": y, "tooltip": tooltip, **kind_encodings(shapes, bars=bool(end), below=bool(events), room=KEY_ROOM)}
    layers = [
        _row_lines(names, heads, y),
        *vertical_rules(
            [event.position for event in events],
            [event.label for event in events],
            span,
            x_axis,
            room=(names_width(names), 0),
        ),
        *_silent_rows(marks[marks["start"].isna()], alt.X("left:Q", scale=scale, axis=x_axis), span[0], y),
        *(
            _bars(marks.dropna(subset=["start"]), scale, x_axis, looks)
            if end
            else _marks(marks, scale, x_axis, looks, span[1] - span[0])
        ),
    ]
    return put_together(layers, unit=unit, height=row_height(names, tall))


def _span(marks: pd.DataFrame) -> tuple[float, float]:
    """Whole years around everything that is drawn."""
    moments = marks[["start", "end", "issued"]].to_numpy(dtype=float)
    return float(np.floor(np.nanmin(moments))), float(np.ceil(np.nanmax(moments)))


def _row_lines(names: Sequence[str], heads: Sequence[str], y: alt.Y) -> alt.Chart:
    """Faint lines that lead the eye from the name to its marks, also in a row without any; none under a heading."""
    rows = pd.DataFrame({"name": list(names), "shown": [float(name not in heads) for name in names]})
    shown = alt.Opacity("shown:Q", scale=None)
    return alt.Chart(rows).mark_rule(color=palette.GRID.light, strokeWidth=1).encode(y=y, opacity=shown)


def _silent_rows(rows: pd.DataFrame, x: alt.X, left: float, y: alt.Y) -> list[alt.Chart]:
    """Words at the left end of the rows whose date has not been published."""
    if rows.empty:
        return []
    words = alt.Chart(rows[["name"]].assign(left=left)).mark_text(
        align="left", dx=4, dy=-7, fontSize=TICK_SIZE, fontStyle="italic", color=palette.MUTE.light, text=NOT_PUBLIC
    )
    return [words.encode(x=x, y=y)]


def _marks(
    marks: pd.DataFrame, scale: alt.Scale, axis: alt.Axis, looks: Mapping[str, Any], length: float
) -> list[alt.Chart]:
    """One mark for each moment, moved apart within its row."""
    lanes, offset = lane_offset(marks["name"], marks["start"], length)
    points = alt.Chart(marks.assign(lane=lanes)).mark_point(size=MARK, filled=True, strokeWidth=1.6)
    return [points.encode(x=alt.X("start:Q", scale=scale, axis=axis), yOffset=offset, **looks)]


def _bars(marks: pd.DataFrame, scale: alt.Scale, axis: alt.Axis, looks: Mapping[str, Any]) -> list[alt.Chart]:
    """One bar for each span, with a tick where its statement was made and a thin line between the two."""
    base = alt.Chart(marks)
    layers = []
    if marks["issued"].notna().any():
        told = alt.X("issued:Q", scale=scale, axis=axis)
        tick = base.mark_tick(color=palette.INK.light, thickness=2, size=13)
        lead = base.mark_rule(color=palette.OTHER.light, strokeWidth=1, strokeDash=[1, 3])
        layers = [
            lead.encode(x=told, x2=alt.X2("start:Q"), y=looks["y"]),
            tick.encode(x=told, y=looks["y"], tooltip=looks["tooltip"]),
        ]
    bars = base.mark_bar(size=THICK, cornerRadius=3, strokeWidth=1.4)
    return [*layers, bars.encode(x=alt.X("start:Q", scale=scale, axis=axis), x2=alt.X2("end:Q"), **looks)]
