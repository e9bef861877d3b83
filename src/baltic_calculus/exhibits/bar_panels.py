"""Amounts of many years made of parts, one panel for each country."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import time_axis, value_axis, value_domain
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import kind_encodings
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.panel import panel_axis, panel_columns, panel_of, put_side_by_side
from baltic_calculus.exhibits.series import require_columns, shared_decimals
from baltic_calculus.exhibits.stack import make_stack
from baltic_calculus.exhibits.theme import TICK_SIZE

HEIGHT = 200
KEY_ROOM = 560
TICKS = 4
# The plot is so much higher than its highest bar, which has a label.
LABEL_AIR = 1.08
# Half the width of a bar, in years.
HALF = 0.42


def chart_bar_panels(
    frame: pd.DataFrame,
    *,
    y: str,
    part: str,
    unit: str,
    panel: str = "iso3",
    x: str = "year",
    order: Sequence[str] = (),
    flag: str = "flag",
    decimals: int | None = None,
) -> alt.ConcatChart:
    """Draw a bar for each year, made of parts, in one panel for each country on common scales.

    The largest total of each panel is printed over its bar.

    Parameters
    ----------
    frame : DataFrame
        One row for each panel, year and part; rows without a value are left out. Amounts are not negative.
    y, part, panel, x, flag : str
        Columns of the amount, the part, the panel (in order of appearance; country codes are printed as names), the
        year, and the flag: parts that are not final are pale with a dashed outline.
    unit : str
        Unit of the amounts, printed above the chart.
    order : sequence of str
        Parts from the bottom up; in their order of appearance when empty.
    decimals : int, optional
        Decimals of the printed values.

    Returns
    -------
    ConcatChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    columns = [y, part, panel, x]
    require_columns(frame, columns, "chart_bar_panels")
    frame = frame.dropna(subset=[y])
    require_columns(frame, columns, "chart_bar_panels")
    places = shared_decimals(frame[y], unit, decimals)
    stacks = {
        str(name): make_stack(own, key=x, part=part, value=y, unit=unit, flag=flag, decimals=places, order=order)
        for name, own in frame.groupby(panel, sort=False)
    }
    top = max(float(stack["end"].max()) for stack in stacks.values())
    # a label that left the plot would push the title of its panel up
    domain = value_domain([0.0, top * LABEL_AIR], include_zero=True)
    years = (float(frame[x].min()) - HALF, float(frame[x].max()) + HALF)
    scale = alt.Scale(domain=list(years), nice=False, zero=False)
    across = alt.X("x:Q", scale=scale, axis=time_axis(*years, most=TICKS))
    wide = panel_columns(len(stacks))
    charts = []
    for place, (name, stack) in enumerate(stacks.items()):
        axis = panel_axis(value_axis(domain, most=5), place, wide)
        up = alt.Y("start:Q", scale=alt.Scale(domain=list(domain), nice=False), axis=axis)
        layers = [_bars(stack, name, across, up), *_peak(stack, places, across, up)]
        charts.append(panel_of(layers, sign_text(name), columns=wide, height=HEIGHT))
    return put_side_by_side(charts, unit=unit, columns=wide)


def _bars(stack: pd.DataFrame, panel: str, x: alt.X, y: alt.Y) -> alt.Chart:
    """The parts of every year, without parts of nothing."""
    pieces = stack[stack["value"] > 0]
    rows = pd.DataFrame(
        {
            "title": sign_text(panel),
            "kind": pieces["part"],
            "name": pieces["name"],
            "weak": pieces["open"],
            "when": pieces["key"].astype(int).astype(str),
            "text": pieces["text"],
            "x": pieces["key"] - HALF,
            "x2": pieces["key"] + HALF,
            "start": pieces["start"],
            "end": pieces["end"],
        }
    )
    order = list(dict.fromkeys(stack["part"]))
    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("name:N", title="What"),
        alt.Tooltip("when:N", title="Year"),
        alt.Tooltip("text:N", title="Value"),
    ]
    return (
        alt.Chart(rows.round({"start": 4, "end": 4}))
        .mark_bar(strokeWidth=0)
        .encode(
            x=x,
            x2=alt.X2("x2:Q"),
            y=y,
            y2=alt.Y2("end:Q"),
            tooltip=tooltip,
            **kind_encodings(order, bars=True, room=KEY_ROOM),
        )
    )


def _peak(stack: pd.DataFrame, decimals: int, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """The largest total and its year, over its bar."""
    totals = stack.groupby("key")["value"].sum()
    year, total = int(totals.idxmax()), float(totals.max())
    rows = pd.DataFrame({"x": [year], "start": [total], "label": [f"{format_plain(total, decimals)} in {year}"]})
    base = alt.Chart(rows).encode(x=x, y=y, text=alt.Text("label:N"))
    return haloed(
        base, align="left", baseline="bottom", dx=-6, dy=-4, fontSize=TICK_SIZE, fontWeight=600, color=palette.INK.light
    )
