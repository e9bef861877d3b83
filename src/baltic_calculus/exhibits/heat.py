"""A number for every pair of two settings: a grid whose colour says how much, and on which side of nothing."""

from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_plain, format_signed
from baltic_calculus.exhibits.series import require_columns, shared_decimals
from baltic_calculus.exhibits.theme import LABEL_SIZE

ROW = 34
# Where the title of the rows begins, to the left of the plot.
TITLE_X = -34
PALEST, STRONGEST = 0.08, 0.6


def chart_heat(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    value: str,
    unit: str,
    x_title: str,
    y_title: str,
    decimals: int | None = None,
) -> alt.LayerChart:
    """Draw a grid of signed numbers, each printed in its cell.

    Cells above nothing and below it have different colours, the stronger the larger the number; cells of nothing are
    blank with an outline.

    Parameters
    ----------
    frame : DataFrame
        One row for each pair.
    x, y, value : str
        Columns of the two settings (numbers, in ascending order across and down) and of the number.
    unit : str
        What the numbers are, printed above the chart.
    x_title, y_title : str
        What the settings are, with their unit.
    decimals : int, optional
        Decimals of the printed numbers.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or nothing is left to draw.
    """
    require_columns(frame, [x, y, value], "chart_heat")
    frame = frame.dropna(subset=[value])
    require_columns(frame, [x, y, value], "chart_heat")
    places = shared_decimals(frame[value], "%", decimals)
    largest = float(frame[value].abs().max()) or 1.0
    rounded = frame[value].round(places)
    rows = pd.DataFrame(
        {
            "across": _print_settings(frame[x]),
            "down": _print_settings(frame[y]),
            "label": [format_signed(number, "", places) if number else "0" for number in rounded],
            "side": rounded.map(lambda number: "above" if number > 0 else "below" if number < 0 else "nothing"),
            "strength": PALEST + (STRONGEST - PALEST) * frame[value].abs() / largest,
        }
    )
    # the title of the rows stands level over them: turned, it would be cut off where a grid has few rows
    above = {"titleAngle": 0, "titleAlign": "left", "titleBaseline": "bottom", "titleX": TITLE_X, "titleY": -4}
    place = {
        "x": alt.X("across:N", **_settings(rows, "across", _axis(x_title))),
        "y": alt.Y("down:N", **_settings(rows, "down", _axis(y_title, **above))),
    }
    tooltip = [
        alt.Tooltip("across:N", title=x_title),
        alt.Tooltip("down:N", title=y_title),
        alt.Tooltip("label:N", title="Value"),
    ]
    sides = {"above": palette.POSITIVE.light, "below": palette.NEGATIVE.light, "nothing": palette.PAPER.light}
    cells = (
        alt.Chart(rows)
        .mark_rect(strokeWidth=1)
        .encode(
            **place,
            fill=alt.Fill("side:N", scale=alt.Scale(domain=list(sides), range=list(sides.values())), legend=None),
            fillOpacity=alt.FillOpacity("strength:Q", scale=None),
            stroke=value_if(alt.StrokeValue, "datum.side == 'nothing'", palette.BASELINE.light, palette.PAPER.light),
            tooltip=tooltip,
        )
    )
    numbers = (
        alt.Chart(rows)
        .mark_text(fontSize=LABEL_SIZE, color=palette.INK.light)
        .encode(**place, text=alt.Text("label:N"), tooltip=tooltip)
    )
    return put_together([cells, numbers], unit=unit, height=ROW * len(set(rows["down"])))


def _print_settings(values: pd.Series) -> list[str]:
    """Settings with as many decimals as tell them apart."""
    decimals = next(places for places in range(7) if (values.round(places) - values).abs().max() < 1e-9)
    return [format_plain(number, decimals) for number in values]


def _settings(rows: pd.DataFrame, name: str, axis: alt.Axis) -> dict[str, Any]:
    """Order, bands and axis of one setting."""
    return {"sort": sorted(set(rows[name]), key=float), "scale": alt.Scale(padding=0.04), "axis": axis}


def _axis(title: str, **place: Any) -> alt.Axis:
    """Settings without ticks, and what they are in the weight of a label."""
    settings = {"titleFontWeight": "normal", "labelAngle": 0, "ticks": False, "domain": False, "labelOverlap": False}
    return alt.Axis(**{"title": title, **settings, **place})
