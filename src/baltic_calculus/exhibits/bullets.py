"""Plan and outturn in one row: how much of what was planned has come, and what is not public."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import value_axis_below
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import is_weak
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.number import format_list
from baltic_calculus.exhibits.row import row_axis, row_height
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE

STEP = 48
WHOLE = 100.0
PLAN = "planned"
THICK = {0: 18, 1: 11, 2: 5}
"""Height of the plan's bar, and of those within it, in pixels."""
BELOW, ABOVE = 8, -13
"""Pixels by which bars stand below the middle of a row, and words above it."""
BESIDE_BAR: Mapping[str, str] = {"color": palette.INK.light}
SILENT: Mapping[str, str] = {"color": palette.MUTE.light, "fontStyle": "italic"}
DOMAIN = (0.0, WHOLE)


def chart_bullets(
    frame: pd.DataFrame,
    *,
    category: str,
    planned: str,
    parts: Mapping[str, str],
    words: str,
    details: Mapping[str, str],
    unit: str,
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw the plan of each row as a pale bar of full length, and what has come of it as thinner bars within.

    The numbers stand in words above the bars, as rows count unlike things. A row without a plan has no bar. Plans of
    low confidence have a dashed outline.

    Parameters
    ----------
    frame : DataFrame
        One row for each plan.
    category, planned, words, confidence : str
        Columns of the row label, the number planned (only whether it is known is drawn), the words of the row, and the
        confidence ("low" is marked).
    parts : mapping of str to str
        Column to name: what has come, per cent of the plan; at most two, the first holds the second.
    details : mapping of str to str
        Tooltip: title to column.
    unit : str
        What the bars are, printed above the chart.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [category, planned, words, *parts, *details.values()], "chart_bullets")
    rows = pd.DataFrame(
        {
            "name": frame[category].astype(str).map(sign_text),
            "words": frame[words].astype(str).map(sign_text),
            "weak": is_weak(frame, confidence),
            "none": 0.0,
            **{f"detail_{count}": frame[column].astype(str) for count, column in enumerate(details.values())},
        }
    ).reset_index(drop=True)
    known = frame[planned].notna().to_numpy()
    shares = {PLAN: np.where(known, WHOLE, np.nan)} | {name: frame[column].to_numpy() for column, name in parts.items()}
    names = list(dict.fromkeys(rows["name"]))
    y = row_axis(names)
    x = alt.X("none:Q", scale=alt.Scale(domain=list(DOMAIN), nice=False), axis=value_axis_below(DOMAIN))
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        *(alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(details)),
    ]
    looks = {"y": y, "tooltip": tooltip, **_looks(list(shares))}
    layers = [
        _bars(rows.assign(share=share, kind=kind).dropna(subset=["share"]), x, looks, THICK[place])
        for place, (kind, share) in enumerate(shares.items())
    ]
    bars = [layer for layer in layers if not layer.data.empty]
    told = [*_words(rows[known], x, y, shift=ABOVE, look=BESIDE_BAR), *_words(rows[~known], x, y, shift=0, look=SILENT)]
    return put_together([*bars, *told], unit=unit, height=row_height(names, STEP))


def _words(rows: pd.DataFrame, x: alt.X, y: alt.Y, *, shift: int, look: Mapping[str, str]) -> list[alt.Chart]:
    """What a row says, from the left end of the plot."""
    if rows.empty:
        return []
    base = alt.Chart(rows[["name", "words", "none"]]).encode(x=x, y=y, text=alt.Text("words:N"))
    return haloed(base, align="left", baseline="middle", dx=1, dy=shift, fontSize=TICK_SIZE, **look)


def _bars(rows: pd.DataFrame, x: alt.X, looks: Mapping[str, Any], thick: int) -> alt.Chart:
    """Bars of one kind, below the words."""
    bars = alt.Chart(rows).mark_bar(size=thick, yOffset=BELOW, strokeWidth=1)
    return bars.encode(x=x, x2=alt.X2("share:Q"), **looks)


def _looks(kinds: list[str]) -> dict[str, alt.SchemaBase]:
    """From pale to dark, with a key above when anything has come."""
    fills = [palette.GRID.light, palette.STEPS[1].light, palette.STEPS[3].light][: len(kinds)]
    legend = alt.Legend(
        columns=key_columns(kinds, 440),
        labelExpr="upper(slice(datum.label, 0, 1)) + slice(datum.label, 1)",
        labelLimit=0,
        symbolType="square",
        symbolStrokeColor=palette.MUTE.light,
        symbolStrokeWidth=1,
        offset=14,
        orient="top",
    )
    return {
        "fill": alt.Fill("kind:N", scale=alt.Scale(domain=kinds, range=fills), legend=legend),
        "stroke": alt.StrokeValue(palette.MUTE.light),
        "strokeDash": value_if(alt.StrokeDashValue, "datum.weak", [2, 2], [1, 0]),
    }


def describe_bullets(frame: pd.DataFrame, *, category: str, words: str, confidence: str = "confidence") -> str:
    """Put plans and outturns into words; rows of which the same is said are told together.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [category, words, confidence], "describe_bullets")
    told = [f"{'; '.join(group[category].astype(str))}: {text}" for text, group in frame.groupby(words, sort=False)]
    weak = [str(name) for name in frame.loc[is_weak(frame, confidence), category]]
    end = f" Low confidence: {format_list(weak)}." if weak else ""
    return f"Plans, and what has come of them. {'. '.join(told)}.{end}"
