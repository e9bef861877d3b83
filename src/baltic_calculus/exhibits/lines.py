"""Lines over time, named at their ends."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT, Event, Reference, vertical_rules
from baltic_calculus.exhibits.axis import time_axis, value_axis, value_domain
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection, offer_highlight
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.series import (
    make_end_labels,
    make_points,
    make_segments,
    require_columns,
    shared_decimals,
)
from baltic_calculus.exhibits.theme import TICK_SIZE

# Pixels that the numbers of the value axis take.
AXIS_ROOM = 34
# Widths of lines that lead and of those that stand back, and the areas of their points.
LINE, THIN = 2.4, 1.3
POINT, SMALL = 44, 20


def _background(points: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Thin grey lines of the series that are not the subject."""
    if points.empty:
        return []
    table = points[["series", "run", "x", "y"]]
    lines = alt.Chart(table).mark_line(color=palette.OTHER.light, strokeWidth=1, opacity=0.45)
    return [lines.encode(x=x, y=y, detail=[alt.Detail("series:N"), alt.Detail("run:N")])]


def _reference_rules(references: Sequence[Reference], y: alt.Y) -> list[alt.Chart]:
    """Dashed rules across the plot; their labels stand among those of the lines."""
    if not references:
        return []
    values = pd.DataFrame({"y": [reference.value for reference in references]})
    return [alt.Chart(values).mark_rule(color=palette.REFERENCE.light, strokeWidth=1.2, strokeDash=[4, 3]).encode(y=y)]


def _end_labels(labels: pd.DataFrame, x: alt.X, y: alt.Y, scale: alt.Scale, muted: Sequence[str]) -> list[alt.Chart]:
    """Text to the right of the plot: lines in their colour and bold, muted ones not bold, references in grey."""
    layers = []
    for named, bold in ((True, True), (True, False), (False, False)):
        rows = labels[((labels["series"] != "") == named) & ((~labels["series"].isin(muted) & named) == bold)]
        if rows.empty:
            continue
        text = alt.Chart(rows).mark_text(
            align="left",
            baseline="middle",
            dx=10,
            lineBreak="\n",
            lineHeight=LINE_HEIGHT,
            fontWeight=600 if bold else "normal",
            fontSize=TICK_SIZE + named,
        )
        colour = alt.Color("series:N", scale=scale, legend=None) if named else alt.ColorValue(palette.REFERENCE.light)
        layers.append(text.encode(x=x, y=y, text=alt.Text("label:N"), color=colour))
    return layers


def _baseline(domain: tuple[float, float], y: alt.Y) -> list[alt.Chart]:
    """A firm line at zero where values fall below it."""
    if not domain[0] < 0 < domain[1]:
        return []
    return [alt.Chart(pd.DataFrame({"y": [0.0]})).mark_rule(color=palette.BASELINE.light, strokeWidth=1).encode(y=y)]


def chart_lines(
    frame: pd.DataFrame,
    *,
    y: str,
    unit: str,
    series: str = "iso3",
    x: str = "year",
    references: Sequence[Reference] = (),
    events: Sequence[Event] = (),
    highlight: Sequence[str] = (),
    muted: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
    height: int = 320,
) -> alt.LayerChart:
    """Draw time series with their names and last values at the end of each line.

    Estimates, forecasts and provisional values are hollow points on dashed lines. Pointing at a line brings it forward.

    Parameters
    ----------
    frame : DataFrame
        Tidy: one row for each series and time. Rows without a value break the line.
    y, series, x, flag : str
        Columns of the value, the series (country codes are printed as names), the year or date, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Horizontal rules with labels.
    events : sequence of Event
        Vertical rules with labels above the plot.
    highlight : sequence of str
        Series to draw in colour and name; the others become thin grey lines. All when empty.
    muted : sequence of str
        Named series that stand back: thinner lines in their colour, names not bold.
    decimals : int, optional
        Decimals of the printed values.
    height : int
        Height of the plot in pixels.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a series has two values for one time.
    """
    require_columns(frame, [y, series, x], "chart_lines")
    places = shared_decimals(frame[y], unit, decimals)
    points = make_points(frame, series=series, x=x, y=y, unit=unit, flag=flag, decimals=places)
    names = [name for name in dict.fromkeys(frame[series].astype(str)) if not highlight or name in highlight]
    subject = points[points["series"].isin(names)]
    domain = value_domain([*points["y"], *(reference.value for reference in references)], include_zero=False)
    first, last = float(points["x"].min()), float(points["x"].max())
    x_axis = alt.X("x:Q", scale=alt.Scale(domain=[first, last], nice=False, zero=False), axis=time_axis(first, last))
    y_axis = alt.Y("y:Q", scale=alt.Scale(domain=list(domain), nice=False, zero=False), axis=value_axis(domain))
    hover = hover_selection("series")
    labels = make_end_labels(
        subject,
        {reference.value: reference.text for reference in references},
        domain=domain,
        height=height,
        decimals=places,
        label_x=last,
    )
    layers = [
        *_background(points[~points["series"].isin(names)], x_axis, y_axis),
        *_baseline(domain, y_axis),
        *_reference_rules(references, y_axis),
        *vertical_rules(
            [event.position for event in events],
            [event.label for event in events],
            (first, last),
            time_axis(first, last),
            room=(AXIS_ROOM, label_room(labels["label"].to_list(), gap=10, bold=True)),
        ),
        *_lines(subject, x_axis, y_axis, series_scale(names), hover, muted),
        *_points(subject, x_axis, y_axis, series_scale(names), hover, muted),
        *_end_labels(labels, x_axis, y_axis, series_scale(names, text=True), muted),
    ]
    return put_together(
        layers,
        unit=unit,
        height=height,
        highlight=offer_highlight("series", names),
    )


def _lines(
    points: pd.DataFrame, x: alt.X, y: alt.Y, scale: alt.Scale, hover: alt.Parameter, muted: Sequence[str]
) -> list[alt.Chart]:
    """Lines, dashed where they lead to or from an estimate; the muted ones thin, and below the others."""
    segments = make_segments(points)[["series", "x", "y", "open", "piece"]]
    layers = []
    for leads, rows in segments.groupby(~segments["series"].isin(muted)):
        mark = alt.Chart(rows).mark_line(strokeWidth=LINE if leads else THIN)
        layers.append(
            mark.encode(
                x=x,
                y=y,
                stroke=alt.Stroke("series:N", scale=scale, legend=None),
                detail=alt.Detail("piece:N"),
                strokeDash=value_if(alt.StrokeDashValue, "datum.open", [5, 4], [1, 0]),
                opacity=faded(hover),
            )
        )
    return layers


def _points(
    points: pd.DataFrame, x: alt.X, y: alt.Y, scale: alt.Scale, hover: alt.Parameter, muted: Sequence[str]
) -> list[alt.Chart]:
    """Hollow points for open values, a full one at the end of a line, and a wide transparent target for the pointer."""
    ends = points.groupby("series")["x"].transform("max") == points["x"]
    alone = points.groupby(["series", "run"])["x"].transform("size") == 1
    marked = points[points["open"] | ends | alone]
    dots = [
        alt.Chart(rows[["series", "x", "y", "open"]])
        .mark_point(size=POINT if leads else SMALL, filled=True, strokeWidth=2 if leads else THIN, opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=alt.Stroke("series:N", scale=scale, legend=None),
            fill=alt.Fill(
                "series:N",
                scale=scale,
                legend=None,
                condition={"test": "datum.open", "value": palette.PAPER.light},
            ),
            opacity=faded(hover),
        )
        for leads, rows in marked.groupby(~marked["series"].isin(muted))
    ]
    # nearest=True would be simpler, but Vega-Lite then prints "undefined" for the names in the tooltip.
    targets = (
        alt.Chart(points[["series", "name", "when", "text", "x", "y"]])
        .mark_circle(size=340, opacity=0, color=palette.OTHER.light)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title=HEADING),
                alt.Tooltip("when:N", title="Year"),
                alt.Tooltip("text:N", title="Value"),
            ],
        )
        .add_params(hover)
    )
    return [*dots, targets]
