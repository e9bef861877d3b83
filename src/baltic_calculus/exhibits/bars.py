"""Horizontal bars, sorted, with their values beside them."""

from collections.abc import Sequence

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import Reference, vertical_rules
from baltic_calculus.exhibits.axis import bare_axis
from baltic_calculus.exhibits.beside import label_room, numbers_beside
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.narrow import WIDTH as NARROW_WIDTH
from baltic_calculus.exhibits.number import format_plain, format_range
from baltic_calculus.exhibits.row import names_width, row_axis, row_height
from baltic_calculus.exhibits.series import flags_of, require_columns, shared_decimals, value_texts

STEP = 27
BAR = 17
GAP = 6
LEAST_PLOT = 40


def _make_rows(
    frame: pd.DataFrame, *, category: str, value: str, unit: str, colour: str | None, flag: str, decimals: int
) -> pd.DataFrame:
    """One row for each bar: ``key, name, value, label, text, open, group``."""
    flags = flags_of(frame, flag)
    return pd.DataFrame(
        {
            "key": frame[category].astype(str),
            "name": frame[category].astype(str).map(sign_text),
            "value": frame[value].astype(float),
            "open": flags.map(is_open),
            "group": frame[colour or category].astype(str),
            "label": [format_plain(number, decimals) for number in frame[value]],
            "text": value_texts(frame[value], flags, unit, decimals),
        }
    )


def _add_whiskers(rows: pd.DataFrame, frame: pd.DataFrame, low: str, high: str, decimals: int) -> pd.DataFrame:
    """Add the ends of the ranges; the label then stands beyond them and prints the range."""
    rows = rows.assign(low=frame[low].astype(float), high=frame[high].astype(float))
    known = rows["low"].notna() & rows["high"].notna()
    ranges = [format_range(ends.low, ends.high, "", decimals) for ends in rows[known].itertuples()]
    rows.loc[known, "label"] = [
        f"{label} ({span})" for label, span in zip(rows.loc[known, "label"], ranges, strict=True)
    ]
    return rows


def bar_colours(rows: pd.DataFrame, highlight: Sequence[str]) -> alt.Scale:
    """Colours of the bars: countries and known categories have their own, all others share one."""
    groups = list(dict.fromkeys(rows["group"]))
    own = {**palette.CATEGORIES, **palette.COUNTRIES}
    named = any(group in own for group in groups)
    chosen = {group: own.get(group, palette.OTHER if named else palette.ACCENT) for group in groups}
    if highlight:
        keys = dict(zip(rows["group"], rows["key"], strict=True))
        chosen = {group: colour if keys[group] in highlight else palette.OTHER for group, colour in chosen.items()}
    return alt.Scale(domain=groups, range=[colour.light for colour in chosen.values()])


def chart_bars(
    frame: pd.DataFrame,
    *,
    category: str,
    value: str,
    unit: str,
    colour: str | None = None,
    low: str | None = None,
    high: str | None = None,
    references: Sequence[Reference] = (),
    highlight: Sequence[str] = (),
    order: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw one horizontal bar for each category, largest first, from a zero baseline.

    Flagged bars are pale with a dashed outline. Whiskers show a range where ``low`` and ``high`` are given.

    Parameters
    ----------
    frame : DataFrame
        One row for each bar; rows without a value are left out.
    category, value, colour, low, high, flag : str
        Columns of the row label (country codes are printed as names), the value, the name that decides the colour (the
        category itself when not given), the ends of the whiskers, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    references : sequence of Reference
        Vertical rules with labels above.
    highlight : sequence of str
        Categories that keep their colour; the others become grey. All when empty.
    order : sequence of str
        Categories from top to bottom, where they have an order of their own; by value when empty.
    decimals : int, optional
        Decimals of the printed values.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    columns = [name for name in (category, value, colour, low, high) if name]
    require_columns(frame, columns, "chart_bars")
    frame = frame.dropna(subset=[value])
    require_columns(frame, columns, "chart_bars")
    places = shared_decimals(frame[value], unit, decimals)
    rows = _make_rows(frame, category=category, value=value, unit=unit, colour=colour, flag=flag, decimals=places)
    if low and high:
        rows = _add_whiskers(rows, frame, low, high, places)
    names = _sorted_names(rows, order)
    ends = rows[[name for name in ("value", "low", "high") if name in rows]].to_numpy().ravel()
    room = label_room(rows["label"].to_list(), gap=GAP)
    domain = bar_domain([*ends, *(reference.value for reference in references)], room, names_width(names))
    scale = alt.Scale(domain=list(domain), nice=False)
    y = row_axis(names)
    layers = [
        _bars(rows, scale, y, highlight),
        _zero_line(),
        *vertical_rules(
            [reference.value for reference in references],
            [reference.text for reference in references],
            domain,
            bare_axis(),
            room=(names_width(names), room),
            dash=(4, 3),
        ),
        *_whiskers(rows, y),
        *_value_labels(rows, domain, y, names),
    ]
    return put_together(layers, unit=unit, height=row_height(names, STEP))


def _bars(rows: pd.DataFrame, scale: alt.Scale, y: alt.Y, highlight: Sequence[str]) -> alt.Chart:
    """The bars: full, or pale with a dashed outline where the value is not final."""
    hover = hover_selection("key")
    colours = bar_colours(rows, highlight)
    return (
        alt.Chart(rows)
        .mark_bar(size=BAR, strokeWidth=1.4)
        .encode(
            x=alt.X("value:Q", scale=scale, axis=bare_axis()),
            y=y,
            fill=alt.Fill("group:N", scale=colours, legend=None),
            stroke=alt.Stroke("group:N", scale=colours, legend=None),
            fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.2, 1),
            strokeDash=value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
            opacity=faded(hover, 0.35),
            tooltip=[alt.Tooltip("name:N", title=HEADING), alt.Tooltip("text:N", title="Value")],
        )
        .add_params(hover)
    )


def bar_domain(values: Sequence[float], room: float, taken: float) -> tuple[float, float]:
    """Domain from zero, with room on the left for the labels of negative bars, which must not touch the names.

    On a phone, row names take ``taken`` pixels of the width, and labels ``room`` pixels on both sides of the bars.
    """
    low, high = min(0.0, *np.nan_to_num(values)), max(0.0, *np.nan_to_num(values))
    plot = NARROW_WIDTH - taken - room
    share = room / max(plot - room, LEAST_PLOT)
    return (low - share * (high - low) if low < 0 else low, high if high > low else low + 1)


def _sorted_names(rows: pd.DataFrame, order: Sequence[str]) -> list[str]:
    """Row labels from top to bottom."""
    if not order:
        return rows.sort_values(["value", "name"], ascending=[False, True], kind="stable")["name"].to_list()
    known = dict(zip(rows["key"], rows["name"], strict=True))
    return [known[key] for key in order if key in known] + [name for key, name in known.items() if key not in order]


def _whiskers(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Thin lines from the low to the high end."""
    if "low" not in rows:
        return []
    return [
        alt.Chart(rows.dropna(subset=["low", "high"]))
        .mark_rule(color=palette.INK.light, strokeWidth=1.4)
        .encode(x=alt.X("low:Q", axis=bare_axis()), x2=alt.X2("high:Q"), y=y)
    ]


def _value_labels(rows: pd.DataFrame, domain: tuple[float, float], y: alt.Y, names: Sequence[str]) -> list[alt.Chart]:
    """Values beyond the end of each bar (or whisker), on the left of negative ones."""
    ends = rows["value"]
    if "low" in rows:
        ends = np.where(rows["value"] < 0, rows["low"].fillna(ends), rows["high"].fillna(ends))
    placed = rows.assign(end=ends)
    layers = []
    for falls, side in placed.groupby(placed["value"] < 0):
        layers += numbers_beside(
            side, "end", domain=domain, axis=bare_axis(), y=y, names=names, gap=GAP, leftwards=bool(falls)
        )
    return layers


def _zero_line() -> alt.Chart:
    """The baseline from which bars are read."""
    rule = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=palette.BASELINE.light, strokeWidth=1)
    return rule.encode(x=alt.X("zero:Q", axis=bare_axis()))
