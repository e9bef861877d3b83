"""Small multiples: the same lines on the same scales, one panel for each country."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference, text_width
from baltic_calculus.exhibits.axis import time_axis, value_axis, value_domain
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.narrow import AROUND_PANELS, key_columns
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, panel_width, put_side_by_side
from baltic_calculus.exhibits.series import make_points, make_segments, require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

# With more panels than this the lines of the others would be a grey cloud.
MOST_CONTEXT = 9
PANEL_TICKS = 3


def chart_line_panels(
    frame: pd.DataFrame,
    *,
    y: str,
    unit: str,
    panel: str = "iso3",
    series: str | None = None,
    x: str = "year",
    references: Sequence[Reference] = (),
    flag: str = "flag",
    decimals: int | None = None,
    height: int = 170,
) -> alt.ConcatChart:
    """Draw one panel for each country on common scales.

    Without ``series`` each panel has one line, and those of the other panels behind it in grey. With it, each panel has
    the same series, named in a key above.

    Parameters
    ----------
    frame : DataFrame
        Tidy: one row for each panel, series and time. Rows without a value break the line.
    y, panel, series, x, flag : str
        Columns of the value, the panel (in order of appearance), the series within a panel, the time, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Horizontal rules, named in the first panel.
    decimals : int, optional
        Decimals of the last values.
    height : int
        Height of one panel in pixels.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a series has two values for one time.
    """
    require_columns(frame, [name for name in (y, panel, series, x) if name], "chart_line_panels")
    places = shared_decimals(frame[y], unit, decimals)
    points = make_points(frame, series=series or panel, x=x, y=y, unit=unit, flag=flag, decimals=places, panel=panel)
    panels = [name for name in dict.fromkeys(frame[panel].astype(str)) if name in set(points["panel"])]
    span = (float(points["x"].min()), float(points["x"].max()))
    domain = value_domain([*points["y"], *(one.value for one in references)], include_zero=False)
    columns = panel_columns(len(panels))
    x_axis = alt.X(
        "x:Q",
        scale=alt.Scale(domain=list(span), nice=False, zero=False),
        axis=time_axis(*span, most=PANEL_TICKS),
    )
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    names = list(dict.fromkeys(frame[series].astype(str))) if series else panels
    with_context = series is None and len(panels) <= MOST_CONTEXT
    charts = []
    for place, name in enumerate(panels):
        y_axis = alt.Y("y:Q", scale=scale, axis=panel_axis(value_axis(domain, most=5), place, columns))
        named = (
            [] if place else _reference_labels(references, points, name, span, domain, (panel_width(columns), height))
        )
        layers = [
            *(_context(points, name, x_axis, y_axis) if with_context else []),
            *_rules(references, y_axis),
            *named,
            *_lines(points[points["panel"] == name], x_axis, y_axis, places, names, keyed=series is not None),
        ]
        charts.append(panel_of(layers, display_name(name), columns=columns, height=height))
    return put_side_by_side(charts, unit=unit, columns=columns)


def _context(points: pd.DataFrame, name: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The lines of the other panels; all panels read them from one table."""
    lines = alt.Chart(points[["panel", "run", "x", "y"]]).transform_filter(alt.datum.panel != name)
    marks = lines.mark_line(color=palette.OTHER.light, strokeWidth=1, opacity=0.5)
    return [marks.encode(x=x, y=y, detail=["panel:N", "run:N"])]


def _rules(references: Sequence[Reference], y: alt.Y) -> list[alt.Chart]:
    """Dashed rules, in every panel."""
    if not references:
        return []
    values = pd.DataFrame({"y": [one.value for one in references]})
    return [alt.Chart(values).mark_rule(color=palette.REFERENCE.light, strokeDash=[4, 3], strokeWidth=1).encode(y=y)]


def _reference_labels(
    references: Sequence[Reference],
    points: pd.DataFrame,
    first: str,
    span: tuple[float, float],
    domain: tuple[float, float],
    size: tuple[int, int],
) -> list[alt.Chart]:
    """Names of the references in the first panel, at whichever end and side of the rule is farthest from its line."""
    line = points[points["panel"] == first]
    across = (line["x"] - span[0]) / (span[1] - span[0]) * size[0]
    layers = []
    for one in references:
        reach = text_width(one.label) + 8
        above = (line["y"] - one.value) / (domain[1] - domain[0]) * size[1]
        options = []
        for align, near in (("left", across <= reach), ("right", across >= size[0] - reach)):
            for lift in (10, -10):
                options.append((float((above[near] - lift).abs().min()), align, lift))
        _, align, lift = max(options, key=lambda option: option[0])
        place = pd.DataFrame({"x": [span[0] if align == "left" else span[1]], "y": [one.value], "label": [one.label]})
        base = alt.Chart(place).encode(x="x:Q", y="y:Q", text="label:N")
        layers += haloed(
            base,
            align=align,
            dx=4 if align == "left" else -4,
            dy=-lift,
            baseline="middle",
            fontSize=TICK_SIZE,
            color=palette.REFERENCE.light,
        )
    return layers


def _lines(
    points: pd.DataFrame, x: alt.X, y: alt.Y, decimals: int, names: Sequence[str], *, keyed: bool
) -> list[alt.Chart]:
    """The lines of one panel, hollow points, and the last value where there is only one line."""
    # A key prints the values of its field, so the lines are told apart by name and not by code.
    labels = [display_name(name) for name in names]
    scale = alt.Scale(domain=labels, range=series_scale(names).to_dict()["range"])
    key = alt.Legend(
        symbolType="stroke",
        symbolStrokeWidth=3,
        symbolSize=220,
        columns=key_columns(labels, WIDTH - AROUND_PANELS),
        labelLimit=0,
    )
    stroke = alt.Stroke("name:N", scale=scale, legend=key if keyed else None)
    last = points.groupby("series")["x"].transform("max") == points["x"]
    layers = [
        alt.Chart(make_segments(points))
        .mark_line()
        .encode(
            x=x,
            y=y,
            stroke=stroke,
            detail="piece:N",
            strokeDash=alt.condition("datum.open", alt.value([5, 4]), alt.value([1, 0])),
        ),
        alt.Chart(points[points["open"] | last])
        .mark_point(size=36, filled=True, strokeWidth=1.8, opacity=1)
        .encode(
            x=x,
            y=y,
            stroke=stroke,
            fill=alt.condition(
                "datum.open", alt.value(palette.PAPER.light), alt.Fill("name:N", scale=scale, legend=None)
            ),
        ),
        alt.Chart(points)
        .mark_circle(size=200, opacity=0, color=palette.OTHER.light)
        .encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("name:N", title="Series"),
                alt.Tooltip("when:N", title="Year"),
                alt.Tooltip("text:N", title="Value"),
            ],
        ),
    ]
    if keyed:
        return layers
    end = points[last].assign(label=[format_plain(value, decimals) for value in points.loc[last, "y"]])
    text = alt.Chart(end).mark_text(align="left", baseline="middle", dx=8, fontSize=TICK_SIZE, fontWeight=600)
    name = str(points["series"].iloc[0])
    colour = palette.text_colour(name, palette.country_colour(name)).light
    return [*layers, text.encode(x=x, y=y, text="label:N", color=alt.value(colour))]
