"""Numbers beside the marks of a row, with room kept free for them."""

from collections.abc import Sequence

import altair as alt
import pandas as pd

from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.layer import reserve
from baltic_calculus.exhibits.measure import overrun, text_width
from baltic_calculus.exhibits.narrow import WIDTH as PHONE
from baltic_calculus.exhibits.row import names_width
from baltic_calculus.exhibits.theme import LABEL_SIZE


def label_room(labels: Sequence[str], *, gap: float, size: float = LABEL_SIZE, bold: bool = False) -> float:
    """Pixels that the longest of the labels needs beside a mark."""
    return max((text_width(label, size, bold=bold) for label in labels), default=0.0) + gap


def numbers_beside(
    rows: pd.DataFrame,
    place: str,
    *,
    domain: tuple[float, float],
    axis: alt.Axis,
    y: alt.Y,
    names: Sequence[str],
    gap: float = 8,
    leftwards: bool = False,
    size: float = LABEL_SIZE,
    bold: bool = False,
) -> list[alt.Chart]:
    """Write ``label`` of each row beside its mark.

    Parameters
    ----------
    rows : DataFrame
        With columns ``label``, ``name`` and ``place``; with ``key``, numbers step back together with their marks.
    place : str
        Column of the end of the mark, in data units.
    domain, axis, y
        Scale and axes of the chart.
    names : sequence of str
        All row names; they take room on the left.
    gap : float
        Pixels between mark and number.
    leftwards : bool
        Whether the numbers stand to the left of their marks.
    size, bold
        Type of the numbers.

    Returns
    -------
    list of Chart
        Layers; empty without rows.
    """
    if rows.empty:
        return []
    x = alt.X(f"{place}:Q", scale=alt.Scale(domain=list(domain), nice=False, zero=False), axis=axis)
    base = alt.Chart(rows[[name for name in ("key", "name", place, "label") if name in rows]]).encode(
        x=x, y=y, text=alt.Text("label:N")
    )
    shape = {"fontSize": size, "fontWeight": 600 if bold else "normal", "baseline": "middle"}
    if leftwards:
        return haloed(base, align="right", dx=-gap, **shape)
    widths = [label_room([label], gap=gap, size=size, bold=bold) for label in rows["label"]]
    plot = PHONE - names_width(names) - max(widths)
    return [
        *haloed(base, align="left", dx=gap, **shape),
        *reserve(overrun(rows[place].to_list(), widths, domain, plot)),
    ]
