"""Paths to a target, one panel for each country: what was, where it may lead, and what has been announced."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference
from baltic_calculus.exhibits.axis import as_years, time_axis, value_axis, value_domain
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.detail import detail_columns, detail_tooltips
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, kind_encodings, kind_order
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.number import format_plain, format_range
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

HEIGHT = 230
KEY_ROOM = 560
TICKS = 4
DASHES = [5, 4]


def chart_path_panels(
    frame: pd.DataFrame,
    *,
    value: str,
    low: str,
    high: str,
    series: str,
    observed: str,
    path: str,
    band: str,
    firm: Sequence[str],
    kinds: Sequence[str],
    unit: str,
    references: Sequence[Reference],
    details: Mapping[str, str],
    panel: str = "iso3",
    x: str = "year",
    flag: str = "flag",
    decimals: int = 2,
) -> alt.ConcatChart:
    """Draw for each country a line of figures, a dashed path, a band of what may be, and marks for what is announced.

    Parameters
    ----------
    frame : DataFrame
        One row for each country, time and series.
    value, low, high, series, panel, x, flag : str
        Columns of the value, the ends of a range, the series, the panel (country codes are printed as names), the time
        and the flag (estimates are hollow points).
    observed, path, band : str
        Series drawn as the line, the dashed line and the band; the band is named in the first panel. The last two may
        have no rows.
    firm : sequence of str
        Kinds of announcements that are filled; the others are hollow.
    kinds : sequence of str
        Kinds of announcements in a fixed order: all other series.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Horizontal rules, named in the first panel.
    details : mapping of str to str
        Tooltip of an announcement: title to column.
    decimals : int
        Decimals of printed values.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or an announcement has a kind that is not named.
    """
    require_columns(frame, [value, low, high, series, panel, x, flag, *details.values()], "chart_path_panels")
    announced = ~frame[series].isin([observed, path, band])
    present = kind_order(frame.loc[announced, series], kinds, "chart_path_panels")
    order = [kind for kind in present if kind in set(frame.loc[announced, series])]
    rows = pd.DataFrame(
        {
            "panel": frame[panel].astype(str),
            "title": frame[panel].astype(str).map(sign_text),
            "kind": frame[series].astype(str),
            "weak": announced & ~frame[series].isin(list(firm)),
            "hollow": frame[flag].fillna("").map(is_open),
            "x": as_years(frame[x]),
            "when": frame[x].astype(int).astype(str),
            "y": frame[value].astype(float),
            "low": frame[low].astype(float).fillna(frame[value]),
            "high": frame[high].astype(float).fillna(frame[value]),
            **detail_columns(frame, details),
        }
    )
    rows["text"] = [format_range(*ends, unit, decimals) for ends in zip(rows["low"], rows["high"], strict=True)]
    domain = value_domain([*rows["low"], *rows["high"], *(one.value for one in references)], include_zero=True)
    years = (float(rows["x"].min()), float(rows["x"].max()))
    names = list(dict.fromkeys(rows["panel"]))
    columns = panel_columns(len(names))
    scale = alt.Scale(domain=list(years), nice=False, zero=False)
    across = alt.X("x:Q", scale=scale, axis=time_axis(*years, most=TICKS))
    charts = []
    for place, name in enumerate(names):
        own = rows[rows["panel"] == name]
        axis = panel_axis(value_axis(domain, most=6), place, columns)
        up = alt.Y("y:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=axis)
        layers = [
            *_band(own[own["kind"] == band], own[own["kind"] == path], across, up, named=place == 0),
            *_rules(references, years, across, up, named=place == 0),
            *_path(own[own["kind"] == path], across, up),
            *_announced(own[own["kind"].isin(order)], order, list(details), across, up),
            *_observed(own[own["kind"] == observed], name, decimals, across, up),
        ]
        charts.append(panel_of(layers, sign_text(name), columns=columns, height=HEIGHT))
    chart = put_side_by_side(charts, unit=unit, columns=columns)
    return chart.resolve_scale(stroke="shared", fill="shared", shape="shared")


def _tooltip(details: Sequence[str] = ()) -> list[alt.Tooltip]:
    """Country, what it is, year, value, and the details of an announcement."""
    return [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("kind:N", title="What"),
        alt.Tooltip("when:N", title="Year"),
        alt.Tooltip("text:N", title="Value"),
        *detail_tooltips(details),
    ]


def _band(rows: pd.DataFrame, path: pd.DataFrame, x: alt.X, y: alt.Y, *, named: bool) -> list[alt.Chart]:
    """The band; in the first panel with its name at the wide end, on the side away from the path."""
    if rows.empty:
        return []
    area = alt.Chart(rows.assign(y=rows["low"])).mark_area(color=palette.OTHER.light, opacity=0.22)
    layers = [area.encode(x=x, y=y, y2=alt.Y2("high:Q"), tooltip=_tooltip())]
    if named:
        end = rows.loc[[rows["x"].idxmax()]]
        above = path.empty or path["y"].iloc[-1] <= end["low"].iloc[0]
        end = end.assign(y=end["high"] if above else end["low"], label=end["kind"])
        place: dict[str, Any] = {"baseline": "bottom", "dy": -5} if above else {"baseline": "top", "dy": 5}
        layers += _label(end, x, y, align="right", dx=-2, **place)
    return layers


def _label(rows: pd.DataFrame, x: alt.X, y: alt.Y, **place: Any) -> list[alt.Chart]:
    """Small grey words beside a mark."""
    base = alt.Chart(rows[["x", "y", "label"]]).encode(x=x, y=y, text=alt.Text("label:N"))
    return haloed(base, **{"fontSize": TICK_SIZE, "color": palette.REFERENCE.light, **place})


def _rules(
    references: Sequence[Reference], years: tuple[float, float], x: alt.X, y: alt.Y, *, named: bool
) -> list[alt.Chart]:
    """Thin rules across the panel; their names at the left end in the first panel."""
    values = pd.DataFrame({"y": [one.value for one in references], "label": [one.text for one in references]})
    rules = alt.Chart(values[["y"]]).mark_rule(color=palette.REFERENCE.light, strokeWidth=1, opacity=0.7).encode(y=y)
    if not named:
        return [rules]
    return [rules, *_label(values.assign(x=years[0]), x, y, align="left", baseline="bottom", dx=3, dy=-3)]


def _path(rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The dashed path."""
    if rows.empty:
        return []
    line = alt.Chart(rows).mark_line(color=palette.INK.light, strokeDash=DASHES, strokeWidth=1.6)
    return [line.encode(x=x, y=y, tooltip=_tooltip())]


def _observed(rows: pd.DataFrame, code: str, decimals: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The line of figures, estimates as hollow points, the last value printed before it."""
    colour = palette.country_colour(code).light
    line = alt.Chart(rows).mark_line(color=colour, strokeWidth=2.2).encode(x=x, y=y)
    points = alt.Chart(rows[rows["hollow"] | (rows["x"] == rows["x"].max())])
    marks = points.mark_point(size=40, filled=True, stroke=colour, strokeWidth=1.8, opacity=1)
    # estimates are hollow: paper inside, the country's colour around
    fill = value_if(alt.FillValue, "datum.hollow", palette.PAPER.light, colour)
    shown = marks.encode(x=x, y=y, fill=fill, tooltip=_tooltip())
    last = rows[rows["x"] == rows["x"].max()].assign(label=lambda r: [format_plain(one, decimals) for one in r["y"]])
    number = _label(last, x, y, align="right", baseline="middle", dx=-9, fontWeight=600, color=palette.INK.light)
    return [line, shown, *number]


def _announced(rows: pd.DataFrame, order: Sequence[str], details: Sequence[str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """A mark for each announcement, and a bar where several figures stand for one year."""
    if rows.empty:
        return []
    layers = []
    ranges = rows[rows["high"] > rows["low"]]
    if len(ranges):
        bars = alt.Chart(ranges.assign(y=ranges["low"])).mark_rule(strokeWidth=3, color=palette.OTHER.light)
        layers.append(bars.encode(x=x, y=y, y2=alt.Y2("high:Q"), tooltip=_tooltip(details)))
    marks = alt.Chart(rows).mark_point(size=MARK, filled=True, strokeWidth=1.6)
    return [*layers, marks.encode(x=x, y=y, tooltip=_tooltip(details), **kind_encodings(order, room=KEY_ROOM))]
