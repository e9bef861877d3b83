"""Small multiples: the same lines on the same scales, one panel for each country."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference
from baltic_calculus.exhibits.axis import time_axis, value_axis, value_domain
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.dodge import dodge
from baltic_calculus.exhibits.facet import put_in_panels
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import MARK, SHAPES
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.narrow import AROUND_PANELS, key_columns
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.panel import panel_columns, panel_width
from baltic_calculus.exhibits.series import make_points, make_segments, require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

# With more panels than this the lines of the others would be a grey cloud.
MOST_CONTEXT = 9
PANEL_TICKS = 4
# Pixels from a rule to the middle of its label.
LIFT = 10


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
) -> alt.FacetChart:
    """Draw one panel for each country on common scales.

    Without ``series`` each panel has one line, and those of the other panels behind it in grey. With it, each panel has
    the same series, named in a key above, with the last values beside the lines.

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
    FacetChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a series has two values for one time.
    """
    require_columns(frame, [name for name in (y, panel, series, x) if name], "chart_line_panels")
    places = shared_decimals(frame[y], unit, decimals)
    points = make_points(frame, series=series or panel, x=x, y=y, unit=unit, flag=flag, decimals=places, panel=panel)
    panels = [name for name in dict.fromkeys(frame[panel].astype(str)) if name in set(points["panel"])]
    names = list(dict.fromkeys(frame[series].astype(str))) if series else panels
    span = (float(points["x"].min()), float(points["x"].max()))
    domain = value_domain([*points["y"], *(one.value for one in references)], include_zero=False)
    size = (panel_width(panel_columns(len(panels))), height)
    axis = time_axis(*span, most=PANEL_TICKS)
    x_axis = alt.X("x:Q", scale=alt.Scale(domain=list(span), nice=False, zero=False), axis=axis)
    scale = alt.Scale(domain=list(domain), nice=False, zero=False)
    y_axis = alt.Y("y:Q", scale=scale, axis=value_axis(domain, most=5))
    label_y = alt.Y("label_y:Q", scale=scale, axis=value_axis(domain, most=5))
    first = points[points["panel"] == panels[0]]
    layers = [
        *(_context(points, x_axis, y_axis) if series is None and len(panels) <= MOST_CONTEXT else []),
        *_rules(references, y_axis),
        *_reference_labels(references, first, span, domain, size, (x_axis, y_axis)),
        *_lines(x_axis, y_axis, label_y, names, keyed=series is not None),
    ]
    rows = _place_values(_make_rows(points, places), span[1], domain, height, several=series is not None)
    data = rows.assign(leads=lambda rows: rows["panel"] == panels[0])
    data["leads"] &= ~data.duplicated("leads")
    titles = [sign_text(name) for name in panels]
    data["title"] = data["panel"].map(sign_text)
    # not a scale of its own: a second one for the same field would quarrel with the key
    colours = palette.series_colours(names)
    inks = {sign_text(name): palette.text_colour(name, colour).light for name, colour in colours.items()}
    data["ink"] = data["name"].map(inks)
    return put_in_panels(layers, data.drop(columns=["panel"]), titles, unit=unit, height=height)


def _make_rows(points: pd.DataFrame, decimals: int) -> pd.DataFrame:
    """One row for each point of each solid or dashed piece, with what its marks need.

    Returns
    -------
    DataFrame
        ``panel, name, x, y, piece, open`` (of the piece), ``when, text, label`` (the last value), ``dot`` ("hollow",
        "full" or none). A point between two pieces has two rows and one dot.
    """
    keys = ["panel", "series", "x"]
    pieces = make_segments(points)
    alone = points[~points.set_index(keys).index.isin(pieces.set_index(keys).index)]
    pieces = pd.concat([pieces, alone.assign(piece="alone")[pieces.columns]], ignore_index=True)
    last = points.groupby(["panel", "series"])["x"].transform("max") == points["x"]
    known = points.assign(
        dot=["hollow" if hollow else "full" if end else "" for hollow, end in zip(points["open"], last, strict=True)],
        label=[format_plain(value, decimals) if end else "" for value, end in zip(points["y"], last, strict=True)],
    )
    known.loc[known["panel"].isin(alone["panel"]) & known["x"].isin(alone["x"]) & (known["dot"] == ""), "dot"] = "full"
    rows = pieces.merge(known[[*keys, "when", "text", "dot", "label"]], on=keys, how="left", validate="many_to_one")
    rows.loc[rows.duplicated(keys, keep="last"), ["dot", "label"]] = ""
    return rows.drop(columns=["series"])


def _place_values(
    rows: pd.DataFrame, end: float, domain: tuple[float, float], height: int, *, several: bool
) -> pd.DataFrame:
    """Where last values stand: beside their points; of several lines those at the edge of the plot, moved apart."""
    rows = rows.assign(label_y=rows["y"])
    if not several:
        return rows
    rows.loc[rows["x"] < end, "label"] = ""
    pixel = (domain[1] - domain[0]) / height
    for _, labels in rows[rows["label"] != ""].groupby("panel"):
        wanted = ((domain[1] - labels["y"]) / pixel).to_list()
        placed = dodge(wanted, [TICK_SIZE + 1] * len(labels), 0, height)
        rows.loc[labels.index, "label_y"] = [domain[1] - place * pixel for place in placed]
    return rows


def _context(points: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The lines of all panels, in grey, in every panel."""
    marks = alt.Chart(points[["panel", "run", "x", "y"]]).mark_line(
        color=palette.OTHER.light, strokeWidth=1, opacity=0.5
    )
    return [marks.encode(x=x, y=y, detail=[alt.Detail("panel:N"), alt.Detail("run:N")])]


def _rules(references: Sequence[Reference], y: alt.Y) -> list[alt.Chart]:
    """Dashed rules, in every panel."""
    if not references:
        return []
    values = pd.DataFrame({"y": [one.value for one in references]})
    return [alt.Chart(values).mark_rule(color=palette.REFERENCE.light, strokeDash=[4, 3], strokeWidth=1).encode(y=y)]


def _reference_labels(
    references: Sequence[Reference],
    line: pd.DataFrame,
    span: tuple[float, float],
    domain: tuple[float, float],
    size: tuple[int, int],
    axes: tuple[alt.X, alt.Y],
) -> list[alt.Chart]:
    """Names of the references in the first panel, at whichever end and side of the rule is farthest from its line."""
    across = (line["x"] - span[0]) / (span[1] - span[0]) * size[0]
    layers = []
    for one in references:
        reach = text_width(one.label) + 8
        above = (line["y"] - one.value) / (domain[1] - domain[0]) * size[1]
        ends = (("left", across <= reach), ("right", across >= size[0] - reach))
        depth = (domain[1] - one.value) / (domain[1] - domain[0]) * size[1]
        # a label that left the plot would push the title of its panel up
        inside = [lift for lift in (LIFT, -LIFT) if depth - lift - LIFT >= 0 and depth - lift + LIFT <= size[1]]
        options = [(float((above[near] - lift).abs().min()), align, lift) for align, near in ends for lift in inside]
        _, align, lift = max(options, key=lambda option: option[0])
        base = alt.Chart().transform_filter("datum.leads")
        layers += haloed(
            base.transform_calculate(x=str(span[0] if align == "left" else span[1]), y=str(one.value)).encode(
                x=axes[0], y=axes[1], text=alt.TextValue(one.label)
            ),
            align=align,
            dx=4 if align == "left" else -4,
            dy=-lift,
            baseline="middle",
            fontSize=TICK_SIZE,
            color=palette.REFERENCE.light,
        )
    return layers


def _lines(x: alt.X, y: alt.Y, label_y: alt.Y, names: Sequence[str], *, keyed: bool) -> list[alt.Chart]:
    """Lines, points, last values and tooltips of a panel, from its own rows."""
    # A key prints the values of its field, so the lines are told apart by name and not by code.
    labels = [sign_text(name) for name in names]
    scale = alt.Scale(domain=labels, range=series_scale(names).to_dict()["range"])
    key = alt.Legend(
        symbolStrokeWidth=1.8,
        symbolSize=MARK,
        columns=key_columns(labels, WIDTH - AROUND_PANELS),
        labelLimit=0,
    )
    # one legend for both: Vega-Lite warns in the reader's console when two encodings of a field disagree about it
    legend = key if keyed else None
    stroke = alt.Stroke("name:N", scale=scale, legend=legend)
    paper = {"test": "datum.dot == 'hollow'", "value": palette.PAPER.light}
    hollow = alt.Fill("name:N", scale=scale, legend=legend, condition=paper)
    dashes = value_if(alt.StrokeDashValue, "datum.open", [5, 4], [1, 0])
    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        *([alt.Tooltip("name:N", title="Line")] if keyed else []),
        alt.Tooltip("when:N", title="Year"),
        alt.Tooltip("text:N", title="Value"),
    ]
    dots = alt.Chart().transform_filter("datum.dot != ''")
    targets = alt.Chart().mark_circle(size=200, opacity=0, color=palette.OTHER.light)
    # lines that share a panel have points of different shapes too: colours alone are lost in print and to some eyes
    forms = alt.Scale(domain=labels, range=list(SHAPES[: len(labels)]))
    shape = {"shape": alt.Shape("name:N", scale=forms, legend=legend)} if keyed else {}
    points = dots.mark_point(size=46 if keyed else 36, filled=True, strokeWidth=1.8, opacity=1)
    text = dots.mark_text(align="left", baseline="middle", dx=8, fontSize=TICK_SIZE, fontWeight=600)
    return [
        alt.Chart().mark_line().encode(x=x, y=y, stroke=stroke, detail=alt.Detail("piece:N"), strokeDash=dashes),
        points.encode(x=x, y=y, stroke=stroke, fill=hollow, **shape),
        targets.encode(x=x, y=y, tooltip=tooltip),
        text.encode(x=x, y=label_y, text=alt.Text("label:N"), color=alt.Color("ink:N", scale=None, legend=None)),
    ]
