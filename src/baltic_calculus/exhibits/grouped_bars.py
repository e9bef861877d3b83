"""The same things of several countries side by side: one row for each thing, one bar in it for each country."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import bare_axis
from baltic_calculus.exhibits.bars import bar_domain
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.colour import series_scale
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.flag import is_open
from baltic_calculus.exhibits.highlight import HEADING, faded, hover_selection, offer_highlight
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.measure import overrun
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.number import format_signed
from baltic_calculus.exhibits.row import names_width, row_axis
from baltic_calculus.exhibits.series import flags_of, require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE

# Pixels for one bar with its number, and between two rows.
BAR, BETWEEN = 14, 10
GAP = 5


def chart_grouped_bars(
    frame: pd.DataFrame,
    *,
    category: str,
    series: str,
    value: str,
    unit: str,
    order: Sequence[str] = (),
    total_label: str = "Total",
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw amounts in rows, each with one bar for each country from a common zero, and their sums in a last row.

    The bars of the first row carry the names of the countries; there is no key.

    Parameters
    ----------
    frame : DataFrame
        One row for each category and series; rows without a value are left out.
    category, series, value, flag : str
        Columns of the row, the bar within it (country codes are printed as names), its signed value, and the flag.
    unit : str
        Unit of the values, printed above the chart.
    order : sequence of str
        Categories from top to bottom; in their order of appearance when empty.
    total_label : str
        Name of the row of sums; empty where the rows are no parts of a whole, and have no sum.
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
    columns = [category, series, value]
    require_columns(frame, columns, "chart_grouped_bars")
    frame = frame.dropna(subset=[value])
    require_columns(frame, columns, "chart_grouped_bars")
    places = shared_decimals(frame[value], unit, decimals)
    bars = _make_bars(frame, category=category, series=series, value=value, unit=unit, flag=flag, decimals=places)
    known = dict.fromkeys([*(sign_text(name) for name in order), *bars["name"]])
    names = [name for name in known if name in set(bars["name"])]
    if total_label:
        names = [*names, total_label]
        bars = pd.concat([bars, _sum_up(bars, total_label, unit, places)], ignore_index=True)
    first = bars["name"] == names[0]
    bars["label"] = bars["number"].where(~first, bars["bar"] + " " + bars["number"])
    keys = list(dict.fromkeys(bars["key"]))
    domain = bar_domain(bars["value"], label_room(bars["number"].to_list(), gap=GAP), names_width(names))
    y = row_axis(names, bold=[name for name in names if name == total_label]).scale(paddingInner=0, paddingOuter=0)
    offset = alt.YOffset("key:N", sort=keys, scale=alt.Scale(paddingOuter=BETWEEN / BAR / 2))
    layers = [
        _bars(bars, keys, domain, y, offset),
        _zero(domain),
        *_numbers(bars, keys, domain, y, offset, names),
    ]
    return put_together(
        layers,
        unit=unit,
        height=len(names) * (len(keys) * BAR + BETWEEN),
        highlight=offer_highlight("key", keys),
    )


def _make_bars(
    frame: pd.DataFrame, *, category: str, series: str, value: str, unit: str, flag: str, decimals: int
) -> pd.DataFrame:
    """One row for each bar: ``name, key, bar, value, open, number, text``."""
    flags = flags_of(frame, flag)
    return pd.DataFrame(
        {
            "name": frame[category].astype(str).map(sign_text),
            "key": frame[series].astype(str),
            "bar": frame[series].astype(str).map(sign_text),
            "value": frame[value].astype(float),
            "open": flags.map(is_open),
            "number": [format_signed(number, "", decimals) for number in frame[value]],
            "text": [
                format_signed(number, unit, decimals) + (f" ({flag})" if flag else "")
                for number, flag in zip(frame[value], flags, strict=True)
            ],
        }
    )


def _sum_up(bars: pd.DataFrame, label: str, unit: str, decimals: int) -> pd.DataFrame:
    """The sums of all rows for each country."""
    totals = bars.groupby(["key", "bar"], sort=False).agg(value=("value", "sum"), open=("open", "any")).reset_index()
    return totals.assign(
        name=label,
        number=[format_signed(total, "", decimals) for total in totals["value"]],
        text=[format_signed(total, unit, decimals) for total in totals["value"]],
    )


def _place(field: str, domain: tuple[float, float]) -> alt.X:
    """Horizontal place on the common scale, without an axis: every bar has its number."""
    return alt.X(field, scale=alt.Scale(domain=list(domain), nice=False), axis=bare_axis())


def _bars(
    bars: pd.DataFrame, keys: Sequence[str], domain: tuple[float, float], y: alt.Y, offset: alt.YOffset
) -> alt.Chart:
    """The bars in the colours of the countries: full, or pale with a dashed outline where the value is not final."""
    hover = hover_selection("key")
    scale = series_scale(keys)
    base = alt.Chart(bars).mark_bar(size=BAR - 4, strokeWidth=1)
    return base.encode(
        x=_place("value:Q", domain),
        y=y,
        yOffset=offset,
        fill=alt.Fill("key:N", scale=scale, legend=None),
        stroke=alt.Stroke("key:N", scale=scale, legend=None),
        fillOpacity=value_if(alt.FillOpacityValue, "datum.open", 0.2, 1),
        strokeDash=value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
        opacity=faded(hover, 0.3),
        tooltip=[
            alt.Tooltip("bar:N", title=HEADING),
            alt.Tooltip("name:N", title="What"),
            alt.Tooltip("text:N", title="Change"),
        ],
    ).add_params(hover)


def _zero(domain: tuple[float, float]) -> alt.Chart:
    """The line between rise and fall."""
    rule = alt.Chart(pd.DataFrame({"zero": [0.0]})).mark_rule(color=palette.INK.light, strokeWidth=1)
    return rule.encode(x=_place("zero:Q", domain))


def _numbers(
    bars: pd.DataFrame,
    keys: Sequence[str],
    domain: tuple[float, float],
    y: alt.Y,
    offset: alt.YOffset,
    names: Sequence[str],
) -> list[alt.Chart]:
    """Numbers beyond the ends of the bars; in the first row with the names of the countries, in their colours."""
    layers: list[alt.Chart] = []
    for falls, side in bars.groupby(bars["value"] < 0):
        for named, rows in side.groupby(side["name"] == names[0]):
            text = alt.Chart(rows).mark_text(
                align="right" if falls else "left",
                baseline="middle",
                dx=-GAP if falls else GAP,
                fontSize=TICK_SIZE,
                fontWeight=600 if named else "normal",
            )
            colour = alt.Color("key:N", scale=series_scale(keys, text=True), legend=None)
            shades = {"color": colour} if named else {}
            layers.append(
                text.encode(x=_place("value:Q", domain), y=y, yOffset=offset, text=alt.Text("label:N"), **shades)
            )
    rising = bars[bars["value"] >= 0]
    widths = [label_room([label], gap=GAP, size=TICK_SIZE, bold=True) for label in rising["label"]]
    plot = PHONE - names_width(names) - max(widths, default=0.0)
    return [*layers, *reserve(overrun(rising["value"].to_list(), widths, domain, plot))]
