"""What happened when, or may happen in which span of time, one row for each subject."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Event, vertical_rules
from baltic_calculus.exhibits.axis import as_years, time_axis
from baltic_calculus.exhibits.detail import detail_columns, detail_tooltips
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
    columns = _Columns(row, start, end or start, issued, kind, confidence, details)
    shapes = kind_order(columns.of(frame)[kind], kinds, "chart_timeline")
    marks = columns.marks(frame)
    plot = _Plot(
        [sign_text(name) for name in order] or list(dict.fromkeys(marks["name"])),
        [sign_text(name) for name in headings],
        years or _span(marks),
    )
    looks = {
        "y": plot.y,
        "tooltip": columns.tooltip,
        **kind_encodings(shapes, bars=bool(end), below=bool(events), room=KEY_ROOM),
    }
    dated = marks.dropna(subset=["start"])
    layers = [
        _row_lines(plot),
        *_event_rules(events, plot),
        *_silent_rows(marks[marks["start"].isna()], plot),
        *(_bars(dated, plot, looks) if end else _marks(marks, plot, looks)),
    ]
    return put_together(layers, unit=unit, height=row_height(plot.names, step or (STEP if end else ROOMY_STEP)))


@dataclass(frozen=True)
class _Columns:
    """Where a frame holds what is drawn."""

    row: str
    start: str
    end: str
    issued: str | None
    kind: str
    confidence: str
    details: Mapping[str, str]

    def of(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The frame, if it has the columns."""
        names = (self.row, self.start, self.end, self.issued, self.kind, *self.details.values())
        require_columns(frame, [name for name in names if name], "chart_timeline")
        return frame

    def marks(self, frame: pd.DataFrame) -> pd.DataFrame:
        """One row for each moment or span, with decimal years and the fields of the tooltip."""
        return pd.DataFrame(
            {
                "name": frame[self.row].astype(str).map(sign_text),
                "kind": frame[self.kind].astype(str),
                "weak": is_weak(frame, self.confidence),
                "start": as_years(frame[self.start]),
                "end": as_years(frame[self.end]),
                "issued": as_years(frame[self.issued]) if self.issued else np.nan,
                **detail_columns(frame, self.details),
            }
        ).reset_index(drop=True)

    @property
    def tooltip(self) -> list[Any]:
        """Row and details."""
        return [alt.Tooltip("name:N", title=HEADING), *detail_tooltips(self.details)]


@dataclass(frozen=True)
class _Plot:
    """Rows, those among them that head others, and the years from left to right."""

    names: list[str]
    heads: list[str]
    span: tuple[float, float]

    @property
    def y(self) -> alt.Y:
        """Axis of the rows."""
        return row_axis(self.names, bold=self.heads)

    def x(self, field: str) -> alt.X:
        """A field on the time axis."""
        scale = alt.Scale(domain=list(self.span), nice=False, zero=False)
        return alt.X(f"{field}:Q", scale=scale, axis=time_axis(*self.span))


def _span(marks: pd.DataFrame) -> tuple[float, float]:
    """Whole years around everything that is drawn."""
    moments = marks[["start", "end", "issued"]].to_numpy(dtype=float)
    return float(np.floor(np.nanmin(moments))), float(np.ceil(np.nanmax(moments)))


def _row_lines(plot: _Plot) -> alt.Chart:
    """Faint lines that lead the eye from the name to its marks, also in a row without any; none under a heading."""
    rows = pd.DataFrame({"name": plot.names, "shown": [float(name not in plot.heads) for name in plot.names]})
    shown = alt.Opacity("shown:Q", scale=None)
    return alt.Chart(rows).mark_rule(color=palette.GRID.light, strokeWidth=1).encode(y=plot.y, opacity=shown)


def _event_rules(events: Sequence[Event], plot: _Plot) -> list[alt.Chart]:
    """Rules across all rows, with their labels above."""
    places, labels = [event.position for event in events], [event.label for event in events]
    return vertical_rules(places, labels, plot.span, time_axis(*plot.span), room=(names_width(plot.names), 0))


def _silent_rows(rows: pd.DataFrame, plot: _Plot) -> list[alt.Chart]:
    """Words at the left end of the rows whose date has not been published."""
    if rows.empty:
        return []
    words = alt.Chart(rows[["name"]].assign(left=plot.span[0])).mark_text(
        align="left", dx=4, dy=-7, fontSize=TICK_SIZE, fontStyle="italic", color=palette.MUTE.light, text=NOT_PUBLIC
    )
    return [words.encode(x=plot.x("left"), y=plot.y)]


def _marks(marks: pd.DataFrame, plot: _Plot, looks: Mapping[str, Any]) -> list[alt.Chart]:
    """One mark for each moment, moved apart within its row."""
    lanes, offset = lane_offset(marks["name"], marks["start"], plot.span[1] - plot.span[0])
    points = alt.Chart(marks.assign(lane=lanes)).mark_point(size=MARK, filled=True, strokeWidth=1.6)
    return [points.encode(x=plot.x("start"), yOffset=offset, **looks)]


def _bars(marks: pd.DataFrame, plot: _Plot, looks: Mapping[str, Any]) -> list[alt.Chart]:
    """One bar for each span, with a tick where its statement was made and a thin line between the two."""
    base = alt.Chart(marks)
    layers = []
    if marks["issued"].notna().any():
        told = plot.x("issued")
        tick = base.mark_tick(color=palette.INK.light, thickness=2, size=13)
        lead = base.mark_rule(color=palette.OTHER.light, strokeWidth=1, strokeDash=[1, 3])
        layers = [
            lead.encode(x=told, x2=alt.X2("start:Q"), y=looks["y"]),
            tick.encode(x=told, y=looks["y"], tooltip=looks["tooltip"]),
        ]
    bars = base.mark_bar(size=THICK, cornerRadius=3, strokeWidth=1.4)
    return [*layers, bars.encode(x=plot.x("start"), x2=alt.X2("end:Q"), **looks)]
