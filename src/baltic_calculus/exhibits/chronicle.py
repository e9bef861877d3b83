"""Dated events of many years in lanes, of which a reader of the site chooses category and years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Event, vertical_rules
from baltic_calculus.exhibits.detail import detail_columns, detail_tooltips
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import is_weak, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.lane import lane_offset
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.row import names_width, row_axis, row_height
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.slider import bind_choice, bind_sliders, computed, moving_title

# Pixels of a lane, and area of a mark in square pixels: five marks may stand one above the other.
STEP, SMALL = 46, 55
ALL = "all"
# Least distance in pixels of two years printed under the axis, and the steps in which years may be printed.
ROOM_OF_YEAR, YEAR_STEPS = 36, (1, 2, 5, 10)
KEY_ROOM = 520


@dataclass(frozen=True)
class Stretch:
    """A time axis of two scales: years before ``since`` are drawn smaller.

    Places on it are years after ``since``; those before it count ``share`` of a year each.

    Parameters
    ----------
    first, since, end : int
        First year, first year of the wide scale, and the year at whose beginning the axis ends.
    share : float
        Length of an early year, in late years.

    Examples
    --------
    >>> Stretch(2004, 2024, 2027, 0.1).place(2014), Stretch(2004, 2024, 2027, 0.1).place(2025.5)
    (-1.0, 1.5)
    """

    first: int
    since: int
    end: int
    share: float

    @classmethod
    def of(cls, starts: pd.Series, since: int) -> "Stretch":
        """Give each part of the axis room in proportion to its events.

        Examples
        --------
        >>> Stretch.of(pd.Series([2004.5, 2024.1, 2025.2, 2026.9]), 2024).share  # 1 event in 20 years, 3 in 3
        0.05
        """
        first, end = int(starts.min()), int(starts.max()) + 1
        late = int((starts >= since).sum())
        early = len(starts) - late
        return cls(first, since, end, (early / (since - first)) / (late / (end - since)) if since > first else 1.0)

    def place(self, year: float) -> float:
        """Where a moment stands."""
        return (year - self.since) * (self.share if year < self.since else 1.0)

    def expression(self, year: str) -> str:
        """The same as a Vega expression of a year."""
        return f"(({year}) < {self.since} ? {self.share:.6f} : 1) * (({year}) - {self.since})"


def chart_chronicle(
    frame: pd.DataFrame,
    *,
    row: str,
    start: str,
    end: str,
    kind: str,
    kinds: Sequence[str],
    details: Mapping[str, str],
    order: Sequence[str],
    since: int,
    label: str,
    events: Sequence[Event] = (),
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw each event as a mark in the lane of its category, and as a bar as long as its date is uncertain.

    Marks of low confidence are hollow with a dashed outline. Readers of the site choose a category and the years shown.

    Parameters
    ----------
    frame : DataFrame
        One row for each event.
    row, start, end : str
        Columns of the lane, and of the first and the last decimal year between which the event lies.
    kind, confidence : str
        Columns of the kind, told by shape and colour, and of the confidence ("low" is marked).
    kinds : sequence of str
        All kinds in a fixed order.
    details : mapping of str to str
        Tooltip: title to column.
    order : sequence of str
        Lanes from top to bottom.
    since : int
        Year from which the axis is wide: both parts get room in proportion to their events.
    label : str
        What a lane is, above the choice of one.
    events : sequence of Event
        Vertical rules with labels above the plot.

    Returns
    -------
    LayerChart
        With a choice and two sliders bound to its parameters; what a page needs to offer them stands in ``usermeta``.

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a kind is not among those named.
    """
    require_columns(frame, [row, start, end, kind, *details.values()], "chart_chronicle")
    stretch = Stretch.of(frame[start], since)
    marks = _marks(frame, row, start, end, stretch).assign(
        kind=frame[kind].astype(str),
        weak=is_weak(frame, confidence),
        **detail_columns(frame, details),
    )
    names = [sign_text(name) for name in order]
    y = row_axis(names)
    time: dict[str, Any] = {"scale": _scale(), "axis": _axis(stretch)}
    lanes, offset = lane_offset(marks["name"], marks["x"], stretch.place(stretch.end) - stretch.place(stretch.first))
    shown = alt.Chart(marks.assign(lane=lanes)).transform_filter(
        "datum.left >= low && datum.right <= high && (lane_shown == 'all' || datum.name == lane_shown)"
    )
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        *detail_tooltips(details),
    ]
    looks = kind_encodings(kind_order(frame[kind], kinds, "chart_chronicle"), below=bool(events), room=KEY_ROOM)
    layers = [
        _lane_lines(names, y),
        *_rules(events, stretch, time, names),
        shown.mark_rule(strokeWidth=5, color=palette.OTHER.light, opacity=0.45).encode(
            x=alt.X("left:Q", **time), x2=alt.X2("right:Q"), y=y, yOffset=offset
        ),
        shown.mark_point(size=SMALL, filled=True, strokeWidth=1.6).encode(
            x=alt.X("x:Q", **time), y=y, yOffset=offset, tooltip=tooltip, **looks
        ),
    ]
    chart = put_together(layers, unit="", height=row_height(names, STEP))
    return chart.properties(**_controls(frame, row, start, order, stretch, label))


def _marks(frame: pd.DataFrame, row: str, start: str, end: str, stretch: Stretch) -> pd.DataFrame:
    """Lane and places of each event."""
    left, right = frame[start].map(stretch.place), frame[end].map(stretch.place)
    return pd.DataFrame(
        {"name": frame[row].astype(str).map(sign_text), "left": left, "right": right, "x": (left + right) / 2}
    ).round({"left": 4, "right": 4, "x": 4})


def _scale() -> alt.Scale:
    return alt.Scale(domain=[alt.ExprRef("low"), alt.ExprRef("high")], nice=False, zero=False)


def _axis(stretch: Stretch) -> alt.Axis:
    """Ticks at all years; years are printed where there is room, and lines show the years of the wide scale."""
    years = range(stretch.first, stretch.end + 1)
    places = ",".join(f"{stretch.place(year):.6f}" for year in years)
    year = (
        f"round(datum.value < 0 ? {stretch.since} + datum.value / {stretch.share:.6f} : {stretch.since} + datum.value)"
    )
    # pixels of a year on each scale
    wide = "(width / (high - low))"
    room = f"(datum.value < 0 ? {stretch.share:.6f} : 1) * {wide}"
    step = str(YEAR_STEPS[-1] * 2)
    for one in reversed(YEAR_STEPS):
        step = f"{one} * {room} >= {ROOM_OF_YEAR} ? {one} : {step}"
    return alt.Axis(
        values=alt.ExprRef(f"[{places}]"),
        labelExpr=f"({stretch.since} - {year}) % ({step}) == 0 && {year} < {stretch.end} ? format({year}, 'd') : ''",
        title=None,
        labelOverlap=False,
        labelFlush=False,
        grid=True,
        gridColor=palette.GRID.light,
        gridOpacity={"condition": {"test": "datum.value >= 0", "value": 1}, "value": 0},
    )


def _lane_lines(names: Sequence[str], y: alt.Y) -> alt.Chart:
    """Faint lines that lead the eye from the name to its marks."""
    return alt.Chart(pd.DataFrame({"name": names})).mark_rule(color=palette.GRID.light, strokeWidth=1).encode(y=y)


def _rules(events: Sequence[Event], stretch: Stretch, time: Mapping[str, Any], names: Sequence[str]) -> list[alt.Chart]:
    """Rules and labels of the events within the years shown; where less room is left, a label is cut short."""
    places = [stretch.place(event.position) for event in events]
    ends = (stretch.place(stretch.first), stretch.place(stretch.end))
    layers = vertical_rules(places, [event.label for event in events], ends, time["axis"], room=(names_width(names), 0))
    at = alt.X("position:Q", **time)
    within = "datum.position >= low && datum.position <= high"
    return [layer.encode(x=at).transform_filter(within) for layer in layers[:2]] + layers[2:]


def _controls(
    frame: pd.DataFrame, row: str, start: str, order: Sequence[str], stretch: Stretch, label: str
) -> dict[str, Any]:
    """The choice of a lane, which brings the years of its events, and the two years as sliders."""
    whole = {"from_year": stretch.first, "to_year": stretch.end - 1}
    names = {sign_text(name): name for name in order}
    spans = {
        shown: {"from_year": int(own.min()), "to_year": int(own.max())}
        for shown, own in ((shown, frame.loc[frame[row] == name, start]) for shown, name in names.items())
    }
    ends = (stretch.first, stretch.end - 1)
    years = "format(from_year, 'd') + ' to ' + format(max(from_year, to_year), 'd')"
    subtitle = f"From {stretch.since} on, the axis is drawn {1 / stretch.share:.0f} times as wide"
    return {
        "title": moving_title(subtitle),
        "params": [
            bind_choice("lane_shown", label, [ALL, *names], ["All", *names]),
            *bind_sliders(
                {"from_year": ("From", 1), "to_year": ("To", 1)}, whole, {"from_year": ends, "to_year": ends}
            ),
            *computed(
                [
                    ("low", stretch.expression("from_year")),
                    ("high", stretch.expression("max(from_year, to_year) + 1")),
                    ("summary", f"(lane_shown == 'all' ? 'All events' : lane_shown) + ', ' + {years}"),
                    ("words", "summary"),
                ]
            ),
        ],
        "usermeta": {"controls": {"by": "lane_shown", "parts": [], "presets": {ALL: whole, **spans}}},
    }


def describe_lanes(frame: pd.DataFrame, *, row: str, date: str) -> str:
    """Put a chronicle into words: how many events in each lane, and from when to when.

    Parameters
    ----------
    frame : DataFrame
        One row for each event, in order of time.
    row, date : str
        Columns of the lane and of the date in words.
    """
    require_columns(frame, [row, date], "describe_lanes")
    counts = frame[row].value_counts(sort=False).sort_values(ascending=False, kind="stable")
    lanes = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"Timeline of {len(frame)} events, {frame[date].iloc[0]} to {frame[date].iloc[-1]}, in lanes: {lanes}."
