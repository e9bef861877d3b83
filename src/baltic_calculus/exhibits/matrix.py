"""How many of a list have each pair of two ratings: a grid with a count in every cell."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.heat import PALEST, ROW, STRONGEST
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import LABEL_SIZE


def chart_matrix(
    frame: pd.DataFrame,
    *,
    x: str,
    y: str,
    count: str,
    x_order: Sequence[str],
    y_order: Sequence[str],
    unit: str,
    x_title: str,
    y_title: str,
) -> alt.LayerChart:
    """Draw a grid of counts; the more there are of a pair, the stronger its cell. A cell of none is blank.

    Parameters
    ----------
    frame : DataFrame
        One row for each pair.
    x, y, count : str
        Columns of the two ratings (words) and of the count.
    x_order, y_order : sequence of str
        Ratings from left to right, and from the top down.
    unit : str
        What is counted, printed above the chart.
    x_title, y_title : str
        What the ratings rate: the first is printed, both are told at a cell.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [x, y, count], "chart_matrix")
    largest = float(frame[count].max()) or 1.0
    rows = pd.DataFrame(
        {
            "across": frame[x].map(sign_text),
            "down": frame[y].map(sign_text),
            "count": frame[count],
            "strength": PALEST + (STRONGEST - PALEST) * frame[count] / largest,
        }
    )
    bands = alt.Scale(padding=0.04)
    look = alt.Axis(title=x_title, titleFontWeight="normal", labelAngle=0, ticks=False, domain=False, orient="top")
    names = alt.Axis(title=None, ticks=False, domain=False)
    place = {
        "x": alt.X("across:N", sort=[sign_text(one) for one in x_order], scale=bands, axis=look),
        "y": alt.Y("down:N", sort=[sign_text(one) for one in y_order], scale=bands, axis=names),
    }
    tooltip = [
        alt.Tooltip("down:N", title=y_title),
        alt.Tooltip("across:N", title=x_title),
        alt.Tooltip("count:Q", title="Number"),
    ]
    none = "datum.count == 0"
    cells = (
        alt.Chart(rows)
        .mark_rect(strokeWidth=1)
        .encode(
            **place,
            fill=value_if(alt.FillValue, none, palette.PAPER.light, palette.ACCENT.light),
            fillOpacity=alt.FillOpacity("strength:Q", scale=None),
            stroke=value_if(alt.StrokeValue, none, palette.BASELINE.light, palette.PAPER.light),
            tooltip=tooltip,
        )
    )
    numbers = (
        alt.Chart(rows)
        .mark_text(fontSize=LABEL_SIZE, color=palette.INK.light)
        .encode(**place, text=alt.Text("count:Q"), tooltip=tooltip)
    )
    return put_together([cells, numbers], unit=unit, height=ROW * len(set(rows["down"])))
