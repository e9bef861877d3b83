"""Fans: what may be around a path, as bands of many simulated paths, one panel for each country."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference
from baltic_calculus.exhibits.axis import as_years, time_axis, value_axis, value_domain
from baltic_calculus.exhibits.dodge import dodge
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK
from baltic_calculus.exhibits.label import display_name, sign_text
from baltic_calculus.exhibits.narrow import AROUND_PANELS, key_columns
from baltic_calculus.exhibits.number import format_plain, format_range
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.sentence import join_sentences
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

HEIGHT = 240
TICKS = 3
DASHES = [5, 4]
# Bands lie over one another: the inner one is darker by itself and by what is behind it.
OPACITY = 0.3
CAPITAL = "upper(slice(datum.label, 0, 1)) + slice(datum.label, 1)"


def chart_fan_panels(
    frame: pd.DataFrame,
    *,
    bands: Mapping[str, tuple[str, str]],
    middle: tuple[str, str],
    line: tuple[str, str],
    unit: str,
    references: Sequence[Reference],
    level: str,
    panel: str = "iso3",
    x: str = "year",
    decimals: int = 0,
) -> alt.ConcatChart:
    """Draw for each country bands around a path, the middle of the paths, and the path that they surround.

    Parameters
    ----------
    frame : DataFrame
        One row for each country and year; the first year of a panel is known, and bands and lines meet there.
    bands : mapping of str to (low, high)
        Name of a band to the columns of its ends, the widest first.
    middle, line : (name, column)
        The line through the middle of the paths, and the dashed path.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Horizontal rules, named in the first panel.
    level : str
        Name of the dotted rule at a panel's first value; printed in the first panel.
    panel, x : str
        Columns of the panel (country codes are printed as names) and the year.
    decimals : int
        Decimals of printed values.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    ends = [name for pair in bands.values() for name in pair]
    require_columns(frame, [panel, x, middle[1], line[1], *ends], "chart_fan_panels")
    names = list(dict.fromkeys(frame[panel].astype(str)))
    columns = panel_columns(len(names))
    values = [*frame[ends].to_numpy().ravel(), *frame[line[1]], *(one.value for one in references)]
    domain = value_domain(values, include_zero=True)
    span = (float(frame[x].min()), float(frame[x].max()))
    across = alt.X("x:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=time_axis(*span, most=TICKS))
    pixel = (domain[1] - domain[0]) / HEIGHT
    charts = []
    for place, name in enumerate(names):
        own = _rows(frame[frame[panel].astype(str) == name], bands, middle, line, x, decimals).assign(
            title=sign_text(name)
        )
        axis = panel_axis(value_axis(domain, most=6), place, columns)
        up = alt.Y("y:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=axis)
        layers = [
            *_bands(own, list(bands), across, up),
            *_rules(references, own, level, span, across, up, named=place == 0),
            *_lines(own, (middle[0], line[0]), across, up),
            *_last(own, next(iter(bands)), domain[1], pixel, decimals, across, up),
            _targets(own, bands, middle[0], line[0], across, up),
        ]
        charts.append(panel_of(layers, sign_text(name), columns=columns, height=HEIGHT))
    chart = put_side_by_side(charts, unit=unit, columns=columns)
    return chart.resolve_scale(stroke="shared", fill="shared", strokeDash="shared")


def _rows(
    own: pd.DataFrame,
    bands: Mapping[str, tuple[str, str]],
    middle: tuple[str, str],
    line: tuple[str, str],
    x: str,
    decimals: int,
) -> pd.DataFrame:
    """One row a year: place, ends of the bands, both lines, and their texts."""
    rows = pd.DataFrame(
        {
            "x": as_years(own[x]),
            "when": own[x].astype(int).astype(str),
            "y": own[middle[1]].astype(float),
            "line": own[line[1]].astype(float),
        }
    )
    for count, (low, high) in enumerate(bands.values()):
        rows[f"low_{count}"], rows[f"high_{count}"] = own[low].astype(float), own[high].astype(float)
        pairs = zip(own[low], own[high], strict=True)
        rows[f"text_{count}"] = [format_range(*pair, "", decimals) for pair in pairs]
    rows["middle_text"] = [format_plain(value, decimals) for value in rows["y"]]
    rows["line_text"] = [format_plain(value, decimals) for value in rows["line"]]
    return rows


def band_key(labels: Sequence[str], **settings: Any) -> alt.Legend:
    """A key of bands, above the picture."""
    return alt.Legend(
        columns=key_columns(labels, WIDTH - AROUND_PANELS),
        labelLimit=0,
        labelExpr=CAPITAL,
        symbolSize=MARK * 1.6,
        **settings,
    )


def _bands(rows: pd.DataFrame, names: Sequence[str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Areas, the widest at the back, in one hue."""
    key = band_key(names, symbolType="square", symbolOpacity=0.6, symbolStrokeWidth=0)
    scale = alt.Scale(domain=list(names), range=[colour.light for colour in palette.STEPS[: len(names)]])
    fill = alt.Fill("band:N", scale=scale, legend=key)
    layers = []
    for count, name in enumerate(names):
        own = rows[["x", f"low_{count}", f"high_{count}"]].set_axis(["x", "y", "high"], axis=1).assign(band=name)
        area = alt.Chart(own).mark_area(opacity=OPACITY + 0.12 * count, interpolate="linear")
        layers.append(area.encode(x=x, y=y, y2=alt.Y2("high:Q"), fill=fill))
    return layers


def _rules(
    references: Sequence[Reference],
    rows: pd.DataFrame,
    level: str,
    span: tuple[float, float],
    x: alt.X,
    y: alt.Y,
    *,
    named: bool,
) -> list[alt.Chart]:
    """Thin rules of the references and a dotted one at the first value; named in the first panel."""
    present = float(rows["y"].iloc[0])
    values = pd.DataFrame({"y": [one.value for one in references]})
    colour = palette.REFERENCE.light
    dotted = alt.Chart(pd.DataFrame({"y": [present]})).mark_rule(color=colour, strokeWidth=1, strokeDash=[1, 3])
    layers = [alt.Chart(values).mark_rule(color=colour, strokeWidth=1, opacity=0.8).encode(y=y), dotted.encode(y=y)]
    if not named:
        return layers
    look = {"fontSize": TICK_SIZE, "color": colour}
    told = pd.DataFrame({"x": span[0], "y": values["y"], "label": [one.text for one in references]})
    base = alt.Chart(told).encode(x=x, y=y, text=alt.Text("label:N"))
    layers += haloed(base, align="left", baseline="bottom", dx=3, dy=-3, **look)
    base = alt.Chart(pd.DataFrame({"x": [span[1]], "y": [present], "label": [level]}))
    return layers + haloed(
        base.encode(x=x, y=y, text=alt.Text("label:N")), align="right", baseline="top", dx=-3, dy=4, **look
    )


def _lines(rows: pd.DataFrame, names: tuple[str, str], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The middle of the paths, and the path without shocks, dashed over it."""
    ends = [rows[["x", "y"]].assign(kind=names[0]), rows[["x", "line"]].set_axis(["x", "y"], axis=1)]
    both = pd.concat([ends[0], ends[1].assign(kind=names[1])])
    key = band_key(names, symbolType="stroke", symbolStrokeWidth=2)
    domain = list(names)
    colours = alt.Scale(domain=domain, range=[palette.STEPS[3].light, palette.NEGATIVE.light])
    stroke = alt.Stroke("kind:N", scale=colours, legend=key)
    dashes = alt.StrokeDash("kind:N", scale=alt.Scale(domain=domain, range=[[1, 0], DASHES]), legend=key)
    return [alt.Chart(both).mark_line(strokeWidth=2).encode(x=x, y=y, stroke=stroke, strokeDash=dashes)]


def _last(
    rows: pd.DataFrame, band: str, top: float, pixel: float, decimals: int, x: alt.X, y: alt.Y
) -> list[alt.Chart]:
    """Last values beside the plot: the middle, and the ends of the widest band."""
    last = rows.iloc[-1]
    values = [float(last["high_0"]), float(last["y"]), float(last["low_0"])]
    placed = dodge([(top - value) / pixel for value in values], [TICK_SIZE + 1] * len(values), 0, HEIGHT)
    told = pd.DataFrame(
        {
            "x": float(last["x"]),
            "y": [top - place * pixel for place in placed],
            "label": [format_plain(value, decimals) for value in values],
        }
    )
    layers = []
    looks: tuple[tuple[Literal[600, 400], pd.DataFrame], ...] = ((600, told.iloc[[1]]), (400, told.iloc[[0, 2]]))
    for weight, chosen in looks:
        text = alt.Chart(chosen).mark_text(
            align="left", baseline="middle", dx=6, fontSize=TICK_SIZE, fontWeight=weight, color=palette.INK.light
        )
        layers.append(text.encode(x=x, y=y, text=alt.Text("label:N")))
    return layers


def _targets(
    rows: pd.DataFrame, bands: Mapping[str, tuple[str, str]], middle: str, line: str, x: alt.X, y: alt.Y
) -> alt.Chart:
    """Unseen points that tell the values of a year."""
    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("when:N", title="Year"),
        *(alt.Tooltip(f"text_{count}:N", title=sign_text(name)) for count, name in enumerate(bands)),
        alt.Tooltip("middle_text:N", title=sign_text(middle)),
        alt.Tooltip("line_text:N", title=sign_text(line)),
    ]
    points = alt.Chart(rows).mark_circle(size=300, opacity=0, color=palette.OTHER.light)
    return points.encode(x=x, y=y, tooltip=tooltip)


def describe_fan_panels(
    frame: pd.DataFrame,
    *,
    bands: Mapping[str, tuple[str, str]],
    middle: tuple[str, str],
    line: tuple[str, str],
    unit: str,
    panel: str = "iso3",
    x: str = "year",
    decimals: int = 0,
) -> str:
    """Put fans into words: where each begins, and its middle and its widest band in the last year.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    name, (low, high) = next(iter(bands.items()))
    require_columns(frame, [panel, x, middle[1], line[1], low, high], "describe_fan_panels")
    first, last = int(frame[x].min()), int(frame[x].max())
    said = [f"Fan charts in {unit}, {first} to {last}, with {name}, {middle[0]} and {line[0]}."]
    for code, rows in frame.groupby(panel, sort=False):
        begin, end = rows.iloc[0], rows.iloc[-1]
        texts = [format_plain(float(value), decimals) for value in (begin[middle[1]], end[middle[1]], end[line[1]])]
        spread = format_range(float(end[low]), float(end[high]), "", decimals)
        said.append(
            f"{display_name(str(code))}: from {texts[0]} to {texts[1]} in the middle ({line[0]} {texts[2]}), "
            f"{name} {spread}."
        )
    return join_sentences(said)
