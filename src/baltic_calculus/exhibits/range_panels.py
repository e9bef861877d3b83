"""Published numbers over time, one panel for each country: points and ranges, never joined where nothing is known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import as_years, time_axis, value_axis, value_domain
from baltic_calculus.exhibits.detail import detail_columns, detail_tooltips
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, is_weak, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, panel_width, put_side_by_side
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

HEIGHT = 190
KEY_ROOM = 560
TICKS = 4
NOT_PUBLIC = "not public"
# Pixels that a label keeps from the middle of other marks.
CLEAR = 7
# So many numbers of a panel are all printed, where there is only one kind.
MOST_PRINTED = 6
# Years without a number at the end of the axis after which a panel says so.
LONG_SILENCE = 2.0


@dataclass(frozen=True)
class Band:
    """A range across all panels, such as a promised size, with its name."""

    low: float
    high: float
    label: str


@dataclass(frozen=True)
class Field:
    """The plot of a panel: ends of its axes, and its size in pixels."""

    years: tuple[float, float]
    values: tuple[float, float]
    size: tuple[int, int]

    def pixels(self, years: pd.Series, values: pd.Series) -> tuple[pd.Series, pd.Series]:
        """Differences of time and value as distances across and down the plot."""
        across = years / (self.years[1] - self.years[0]) * self.size[0]
        return across, values / (self.values[1] - self.values[0]) * self.size[1]


def chart_range_panels(
    frame: pd.DataFrame,
    *,
    panel: str,
    x: str,
    low: str,
    high: str,
    kind: str,
    unit: str,
    details: Mapping[str, str],
    years: tuple[float, float],
    kinds: Sequence[str] = (),
    band: Band | None = None,
    shared: bool = True,
    confidence: str = "confidence",
) -> alt.ConcatChart:
    """Draw one panel for each country, with a mark for each published number and a bar for each range.

    Parameters
    ----------
    frame : DataFrame
        One row for each published number; a panel that has only rows without one says so.
    panel, x, low, high, kind, confidence : str
        Columns of the panel (country codes are printed as names), the date, both ends of the range (equal for a single
        number), the kind that decides shape and colour, and the confidence ("low" is hollow and dashed).
    unit : str
        Unit of the numbers, printed above the chart.
    details : mapping of str to str
        Tooltip: title to column.
    years : tuple of float
        Ends of the time axis.
    kinds : sequence of str
        All kinds in a fixed order; those present, as they appear, when empty.
    band : Band, optional
        Range across all panels, named in the first.
    shared : bool
        Whether all panels have one value axis; panels of unlike things each have their own.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a kind is not among those named.
    """
    require_columns(frame, [panel, x, low, high, kind, *details.values()], "chart_range_panels")
    names = list(dict.fromkeys(frame[panel].astype(str)))
    frame = frame.dropna(subset=[low, high])
    order = kind_order(frame[kind], kinds, "chart_range_panels")
    rows = pd.DataFrame(
        {
            "panel": frame[panel].astype(str),
            "title": frame[panel].astype(str).map(sign_text),
            "kind": frame[kind].astype(str),
            "weak": is_weak(frame, confidence),
            "x": as_years(frame[x]),
            "low": frame[low].astype(float),
            "high": frame[high].astype(float),
            "text": [
                format_range(*ends, unit if shared else "", 0) for ends in zip(frame[low], frame[high], strict=True)
            ],
            **detail_columns(frame, details),
        }
    )
    columns = panel_columns(len(names))
    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("text:N", title="Number"),
        alt.Tooltip("kind:N", title="What"),
        *detail_tooltips(details),
    ]
    # The last tick is that of the last year: a label at the very end would reach over the edge.
    x_axis = alt.X(
        "x:Q",
        scale=alt.Scale(domain=list(years), nice=False, zero=False),
        axis=time_axis(years[0], years[1] - 1, most=TICKS),
    )
    charts = []
    for place, name in enumerate(names):
        own = rows[rows["panel"] == name]
        domain = value_domain([0, *(rows if shared else own)["high"], band.high if band else 0], include_zero=True)
        y = _value_axis(domain, place if shared else 0, columns)
        field = Field(years, domain, (panel_width(columns), HEIGHT))
        layers = [
            *_band(band, years, x_axis, y, named=place == 0),
            *(_numbers(own, order, x_axis, y, tooltip, field) if len(own) else []),
            *_silence(own, years, x_axis),
        ]
        charts.append(panel_of(layers, sign_text(name), columns=columns, height=HEIGHT))
    chart = put_side_by_side(charts, unit=unit, columns=columns)
    return chart.resolve_scale(stroke="shared", fill="shared", shape="shared")


def _value_axis(domain: tuple[float, float], place: int, columns: int) -> alt.Y:
    """Axis from zero, with numbers only in the first panel of a row where all share it."""
    axis = panel_axis(value_axis(domain, most=6), place, columns)
    return alt.Y("low:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=axis)


def _band(band: Band | None, years: tuple[float, float], x: alt.X, y: alt.Y, *, named: bool) -> list[alt.Chart]:
    """The range behind the marks; its name in the first panel."""
    if band is None:
        return []
    area = alt.Chart(pd.DataFrame({"x": [years[0]], "end": [years[1]], "low": [band.low], "high": [band.high]}))
    layers = [area.mark_rect(color=palette.GRID.light).encode(x=x, x2=alt.X2("end:Q"), y=y, y2=alt.Y2("high:Q"))]
    if named:
        name = alt.Chart(pd.DataFrame({"x": [years[0]], "low": [band.high], "label": [band.label]}))
        text = name.mark_text(align="left", baseline="top", dx=5, dy=5, fontSize=TICK_SIZE, color=palette.MUTE.light)
        layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    return layers


def _numbers(
    rows: pd.DataFrame, order: Sequence[str], x: alt.X, y: alt.Y, tooltip: list[alt.Tooltip], field: Field
) -> list[alt.Chart]:
    """Marks at single numbers and at both ends of ranges; the newest number of the first kind printed, or a few."""
    ends = pd.concat([rows, rows.assign(low=rows["high"])[rows["high"] > rows["low"]]], ignore_index=True)
    ranges = rows[rows["high"] > rows["low"]]
    marks = alt.Chart(ends).mark_point(size=MARK, filled=True, strokeWidth=1.6)
    layers = [marks.encode(x=x, y=y, tooltip=tooltip, **kind_encodings(order, room=KEY_ROOM))]
    if len(ranges):
        bars = alt.Chart(ranges).mark_rule(strokeWidth=3, color=palette.INK.light, opacity=0.6)
        layers.insert(0, bars.encode(x=x, y=y, y2=alt.Y2("high:Q"), tooltip=tooltip))
    main = rows[(rows["kind"] == order[0]) & ~rows["weak"]].sort_values("x", kind="stable")
    shown = main if len(order) == 1 and len(main) <= MOST_PRINTED else main.tail(1)
    for _, number in shown.iterrows():
        label = format_range(number["low"], number["high"], "", 0)
        base = alt.Chart(pd.DataFrame({"x": [number["x"]], "low": [number["high"]], "label": [label]}))
        place = _free_place(number, ends, label, field, rightwards=len(shown) > 1)
        layers += haloed(base.encode(x=x, y=y, text=alt.Text("label:N")), **place, fontSize=TICK_SIZE, fontWeight=600)
    return layers


def _free_place(mark: pd.Series, marks: pd.DataFrame, label: str, field: Field, *, rightwards: bool) -> dict[str, Any]:
    """Where the label of a mark hides no other mark: right or left of it, above, below, or else left all the same."""
    across, down = field.pixels(marks["x"] - mark["x"], mark["high"] - marks["low"])
    reach, half = text_width(label, TICK_SIZE, bold=True) + CLEAR, TICK_SIZE / 2 + CLEAR
    left: dict[str, Any] = {"align": "right", "baseline": "middle", "dx": -10}
    over = across.between(-4 - reach, CLEAR - 4)
    right = ({"align": "left", "baseline": "middle", "dx": 10}, across.between(4, 10 + reach), down.abs() <= half)
    places = [
        *([right] if rightwards else []),
        (left, across.between(-10 - reach, -10), down.abs() <= half),
        ({"align": "right", "baseline": "bottom", "dx": -4, "dy": -9}, over, down.between(-9 - 2 * half, -5)),
        ({"align": "right", "baseline": "top", "dx": -4, "dy": 9}, over, down.between(5, 9 + 2 * half)),
    ]
    return next((place for place, beside, level in places if not (beside & level).any()), left)


def _silence(rows: pd.DataFrame, years: tuple[float, float], x: alt.X) -> list[alt.Chart]:
    """What a panel says when it has no number at all, or none for the last years of the axis."""
    look: dict[str, Any] = {"fontSize": TICK_SIZE, "fontStyle": "italic", "color": palette.MUTE.light}
    newest = float(rows["x"].max()) if len(rows) else years[0]
    if years[1] - newest <= LONG_SILENCE:
        return []
    words = f"no figure after {int(newest)}" if len(rows) else NOT_PUBLIC
    text = alt.Chart(pd.DataFrame({"x": [years[1]], "label": [words]})).mark_text(align="right", **look)
    return [text.encode(x=x, y=alt.YValue(HEIGHT - 12), text=alt.Text("label:N"))]
