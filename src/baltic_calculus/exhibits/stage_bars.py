"""Amounts that pass through steps, such as asked, approved and paid: a group of bars for each country.

A step without a known amount keeps its row and says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import bare_axis
from baltic_calculus.exhibits.bars import bar_domain
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import is_weak
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.measure import overrun
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.number import format_range, written_decimals
from baltic_calculus.exhibits.row import names_width, row_axis
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

# Pixels for one bar with its label, and between two countries.
BAR, BETWEEN = 19, 18
GAP = 5
NOT_KNOWN = "not known"


def chart_stage_bars(
    frame: pd.DataFrame,
    *,
    row: str,
    stage: str,
    low: str,
    high: str,
    unit: str,
    stages: Sequence[str],
    details: Mapping[str, str],
    decimals: int = 2,
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw one bar for each step of each country, from a common zero; a range as a full bar in an outlined one.

    Every bar carries the name of its step and its amount; there is no key and no axis.

    Parameters
    ----------
    frame : DataFrame
        One row for each country and step; NaN where no amount is known.
    row, stage, low, high, confidence : str
        Columns of the country (codes are printed as names), the step, the ends of the amount (equal for one), and
        the confidence ("low" is pale and dashed).
    unit : str
        Unit of the amounts, printed above the chart.
    stages : sequence of str
        Steps from top to bottom.
    details : mapping of str to str
        Tooltip: title to column.
    decimals : int
        Most decimals of the printed amounts; fewer where the source has fewer.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or no amount is left to draw.
    """
    require_columns(frame, [row, stage, low, high, *details.values()], "chart_stage_bars")
    require_columns(frame.dropna(subset=[low, high]), [low, high], "chart_stage_bars")
    bars = pd.DataFrame(
        {
            "key": frame[row].astype(str),
            "name": frame[row].astype(str).map(sign_text),
            "stage": frame[stage].astype(str),
            "low": frame[low].astype(float),
            "high": frame[high].astype(float),
            "weak": is_weak(frame, confidence),
            **{f"detail_{count}": frame[column].astype(str) for count, column in enumerate(details.values())},
        }
    ).reset_index(drop=True)
    bars["text"] = [_say_amount(*ends, decimals) for ends in zip(bars["low"], bars["high"], strict=True)]
    bars["label"] = bars["stage"] + ": " + bars["text"]
    bars["end"] = bars["high"].fillna(0.0)
    names = list(dict.fromkeys(bars["name"]))
    domain = bar_domain(bars["end"], label_room(bars["label"].to_list(), gap=GAP), names_width(names))
    y = row_axis(names).scale(paddingInner=0, paddingOuter=0)
    offset = alt.YOffset("stage:N", sort=list(stages), scale=alt.Scale(paddingOuter=BETWEEN / BAR / 2))
    layers = [*_bars(bars, details, domain, y, offset), *_labels(bars, domain, y, offset)]
    widths = [label_room([label], gap=GAP, size=TICK_SIZE) for label in bars["label"]]
    layers += reserve(overrun(bars["end"].to_list(), widths, domain, PHONE - names_width(names)))
    return put_together(layers, unit=unit, height=len(names) * (len(stages) * BAR + BETWEEN))


def _say_amount(low: float, high: float, most: int) -> str:
    """An amount in print, with the decimals of its source up to ``most``; or that none is known."""
    return NOT_KNOWN if pd.isna(low) else format_range(low, high, "", min(most, written_decimals(low, high)))


def _place(field: str, domain: tuple[float, float]) -> alt.X:
    """Horizontal place on the common scale, without an axis: every bar has its amount."""
    return alt.X(field, scale=alt.Scale(domain=list(domain), nice=False), axis=bare_axis())


def _bars(
    bars: pd.DataFrame, details: Mapping[str, str], domain: tuple[float, float], y: alt.Y, offset: alt.YOffset
) -> list[alt.Chart]:
    """Full to the lower end, outlined to the upper, in the colour of the country; and the zero line."""
    known = bars.dropna(subset=["low"])
    scale = series_scale(list(dict.fromkeys(bars["key"])))
    colours = {
        "fill": alt.Fill("key:N", scale=scale, legend=None),
        "stroke": alt.Stroke("key:N", scale=scale, legend=None),
    }
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("stage:N", title="Step"),
        alt.Tooltip("text:N", title="Amount"),
        *(alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(details)),
    ]
    shared = {"y": y, "yOffset": offset, "tooltip": tooltip, **colours}
    looks = {
        "fillOpacity": value_if(alt.FillOpacityValue, "datum.weak", 0.15, 0.9),
        "strokeDash": value_if(alt.StrokeDashValue, "datum.weak", [3, 2], [1, 0]),
    }
    drawn = [
        alt.Chart(known).mark_bar(size=BAR - 6, strokeWidth=1).encode(x=_place("low:Q", domain), **shared, **looks)
    ]
    ranges = known[known["high"] > known["low"]]
    if len(ranges):
        rest = alt.Chart(ranges).mark_bar(size=BAR - 6, strokeWidth=1, fillOpacity=0.2)
        drawn.append(rest.encode(x=_place("low:Q", domain), x2=alt.X2("high:Q"), **shared))
    rule = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=palette.INK.light, strokeWidth=1)
    return [*drawn, rule.encode(x=_place("zero:Q", domain))]


def _labels(bars: pd.DataFrame, domain: tuple[float, float], y: alt.Y, offset: alt.YOffset) -> list[alt.Chart]:
    """Step and amount beyond each bar; in italics at zero where none is public."""
    layers = []
    for public, rows in bars.groupby(bars["low"].notna()):
        look: dict[str, Any] = {} if public else {"fontStyle": "italic", "color": palette.MUTE.light}
        text = alt.Chart(rows).mark_text(align="left", baseline="middle", dx=GAP, fontSize=TICK_SIZE, **look)
        layers.append(text.encode(x=_place("end:Q", domain), y=y, yOffset=offset, text=alt.Text("label:N")))
    return layers


def describe_stages(
    frame: pd.DataFrame, *, row: str, stage: str, low: str, high: str, unit: str, decimals: int = 2
) -> str:
    """Put the steps of each country into words.

    Parameters
    ----------
    frame : DataFrame
        As for :func:`chart_stage_bars`.
    row, stage, low, high : str
        Columns of the country, the step and the ends of the amount.
    unit : str
        Unit of the amounts.
    decimals : int
        Most decimals of the amounts.

    Returns
    -------
    str

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, stage, low, high], "describe_stages")
    sentences = [f"Bars of each step, in {unit}."]
    for name, own in frame.groupby(row, sort=False):
        steps = [f"{item[stage]} {_say_amount(item[low], item[high], decimals)}" for item in own.to_dict("records")]
        sentences.append(f"{sign_text(str(name))}: {', '.join(steps)}.")
    return " ".join(sentences)
