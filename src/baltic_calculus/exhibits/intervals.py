"""Ranges drawn as ranges: what is known to lie between two values, and how surely."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference, vertical_rules
from baltic_calculus.exhibits.axis import value_axis_below, value_domain
from baltic_calculus.exhibits.bars import bar_colours
from baltic_calculus.exhibits.beside import label_room, numbers_beside
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.row import names_width, row_axis, row_height
from baltic_calculus.exhibits.series import flags_of, require_columns

STEP = 28
THICK = 10
GAP = 9


def _make_rows(
    frame: pd.DataFrame,
    *,
    category: str,
    low: str,
    high: str,
    value: str | None,
    confidence: str | None,
    colour: str | None,
    unit: str,
    flag: str,
    decimals: int | None,
) -> pd.DataFrame:
    """One row for each range; open ends are NaN, a single value has equal ends."""
    keys = frame[category].astype(str)
    middle = frame[value].astype(float) if value else pd.Series(np.nan, index=frame.index)
    lows, highs = frame[low].astype(float), frame[high].astype(float)
    single = lows.isna() & highs.isna()
    lows, highs = lows.where(~single, middle), highs.where(~single, middle)
    weak = frame[confidence].astype(str).eq("low") if confidence else pd.Series(False, index=frame.index)
    rows = pd.DataFrame(
        {
            "key": keys,
            "name": keys.map(sign_text),
            "group": frame[colour or category].astype(str),
            "low": lows,
            "high": highs,
            "value": middle.where(~single & (middle > lows) & (middle < highs)),
            "open": weak | flags_of(frame, flag).map(is_open),
            "sure": frame[confidence].astype(str) if confidence else "",
        }
    )
    ends = list(zip(rows["low"], rows["high"], strict=True))
    rows["label"] = [format_range(*pair, "", decimals) for pair in ends]
    rows["text"] = [format_range(*pair, unit, decimals) for pair in ends]
    return rows


def chart_intervals(
    frame: pd.DataFrame,
    *,
    category: str,
    low: str,
    high: str,
    unit: str,
    value: str | None = None,
    confidence: str | None = None,
    colour: str | None = None,
    references: Sequence[Reference] = (),
    order: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw one range for each row, in the order of the frame; a dot where both ends are the same.

    Ranges of low confidence, and flagged ones, are hollow with a dashed outline. A range with one open end is drawn to
    the edge of the plot as a dashed line.

    Parameters
    ----------
    frame : DataFrame
        One row for each range; rows without any value are left out.
    category, low, high, value, confidence, colour, flag : str
        Columns of the row label, the ends, the central value (marked within the range, or drawn alone when there are no
        ends), the confidence ("low" is marked), the name that decides the colour, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Vertical rules with labels above.
    order : sequence of str
        Rows from top to bottom; as in the frame when empty.
    decimals : int, optional
        Decimals of the printed values; as many as each needs when not given.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    columns = [name for name in (category, low, high, value, confidence, colour) if name]
    require_columns(frame, columns, "chart_intervals")
    numbers = [name for name in (low, high, value) if name]
    frame = frame.dropna(subset=numbers, how="all")
    require_columns(frame, columns, "chart_intervals")
    rows = _make_rows(
        frame,
        category=category,
        low=low,
        high=high,
        value=value,
        confidence=confidence,
        colour=colour,
        unit=unit,
        flag=flag,
        decimals=decimals,
    )
    names = list(dict.fromkeys(rows.set_index("key").loc[list(order), "name"] if order else rows["name"]))
    domain = value_domain([*rows["low"], *rows["high"], *(one.value for one in references)], include_zero=False)
    rows = rows.assign(left=rows["low"].fillna(domain[0]), right=rows["high"].fillna(domain[1]))
    axis = value_axis_below(domain)
    y = row_axis(names)
    layers = [
        *vertical_rules(
            [reference.value for reference in references],
            [reference.text for reference in references],
            domain,
            axis,
            room=(names_width(names), label_room(rows["label"].to_list(), gap=GAP)),
            dash=(4, 3),
        ),
        *_ranges(rows, alt.Scale(domain=list(domain), nice=False, zero=False), axis, y),
        *numbers_beside(rows, "right", domain=domain, axis=axis, y=y, names=names, gap=GAP),
    ]
    return put_together(layers, unit=unit, height=row_height(names, STEP))


def _ranges(rows: pd.DataFrame, scale: alt.Scale, axis: alt.Axis, y: alt.Y) -> list[alt.Chart]:
    """Bars for ranges, dots for single values, dashed lines towards open ends."""
    hover = hover_selection("key")
    fill = {
        "color": alt.Color("group:N", scale=bar_colours(rows, ()), legend=None),
        "stroke": alt.Stroke("group:N", scale=bar_colours(rows, ()), legend=None),
        "strokeDash": value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
        "opacity": faded(hover, 0.35),
        "tooltip": [alt.Tooltip("name:N", title=HEADING), alt.Tooltip("text:N", title="Value")]
        + ([alt.Tooltip("sure:N", title="Confidence")] if rows["sure"].any() else []),
    }
    half_open = rows["low"].isna() | rows["high"].isna()
    single = rows["low"] == rows["high"]
    shape = {
        "bar": rows[~half_open & ~single],
        "line": rows[half_open],
        "dot": rows[single | half_open].assign(spot=lambda some: some["low"].fillna(some["high"])),
        "middle": rows.dropna(subset=["value"]),
    }
    x = alt.X("left:Q", scale=scale, axis=axis)
    layers = [
        alt.Chart(shape["line"])
        .mark_rule(strokeWidth=2)
        .encode(x=x, x2=alt.X2("right:Q"), y=y, color=fill["color"], strokeDash=alt.StrokeDashValue([2, 4])),
        alt.Chart(shape["bar"])
        .mark_bar(size=THICK, cornerRadius=THICK / 2, strokeWidth=1.4)
        .encode(
            x=x,
            x2=alt.X2("right:Q"),
            y=y,
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.12, 0.85),
            **fill,
        ),
        alt.Chart(shape["dot"])
        .mark_point(size=95, filled=True, strokeWidth=1.6)
        .encode(
            x=alt.X("spot:Q", scale=scale, axis=axis),
            y=y,
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.12, 1),
            **fill,
        ),
        alt.Chart(shape["middle"])
        .mark_point(
            size=46, filled=True, opacity=1, color=palette.PAPER.light, stroke=palette.INK.light, strokeWidth=1.4
        )
        .encode(x=alt.X("value:Q", scale=scale, axis=axis), y=y),
    ]
    kept = [layer for layer in layers if not layer.data.empty]
    return [kept[0].add_params(hover), *kept[1:]]
