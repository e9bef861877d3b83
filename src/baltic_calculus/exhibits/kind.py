"""Marks told apart by shape and colour at once, so that neither has to be seen to read the other."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.condition import value_if
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.theme import WIDTH

SHAPES = ("circle", "triangle-up", "diamond", "square", "cross", "triangle-down")
MARK = 85
"""Area of a mark in square pixels."""


def kind_order(values: pd.Series, kinds: Sequence[str], where: str) -> list[str]:
    """Kinds in the order in which they get their shapes.

    Parameters
    ----------
    values : Series
        Kind of each mark.
    kinds : sequence of str
        All kinds, in a fixed order, so that a shape keeps its meaning when one is absent; as they appear when empty.
    where : str
        Name of the chart, for the message.

    Raises
    ------
    ExhibitError
        For a kind that is not among those named, or more kinds than there are shapes.
    """
    present = list(dict.fromkeys(values.astype(str)))
    unknown = [kind for kind in present if kinds and kind not in kinds]
    if unknown:
        raise ExhibitError(f"unknown kind {', '.join(unknown)}", where=where, remedy=f"use one of: {', '.join(kinds)}")
    order = list(kinds) or present
    if len(order) > len(SHAPES):
        raise ExhibitError(f"{len(order)} kinds, but only {len(SHAPES)} shapes", where=where, remedy="join some kinds")
    return order


def kind_encodings(
    order: Sequence[str], *, bars: bool = False, below: bool = False, room: float = WIDTH
) -> dict[str, Any]:
    """Fill, outline and shape of marks by the field ``kind``; hollow and dashed where ``weak``; a key above.

    Parameters
    ----------
    order : sequence of str
        From :func:`kind_order`.
    bars : bool
        Whether the marks are bars, which have no shape.
    below : bool
        Whether the key stands below the plot, where labels of events are above it.
    room : float
        Pixels for one line of the key; it begins where the plot begins.

    Returns
    -------
    dict
        Channels for ``encode``.
    """
    legend = None
    if len(order) > 1:
        settings: dict[str, Any] = {"symbolType": "square"} if bars else {}
        legend = alt.Legend(
            columns=key_columns(order, room),
            labelExpr="upper(slice(datum.label, 0, 1)) + slice(datum.label, 1)",
            labelLimit=0,
            symbolSize=MARK,
            symbolOpacity=1,
            offset=14,
            orient="bottom" if below else "top",
            **settings,
        )
    colours = [colour.light for colour in palette.series_colours(order).values()]
    scale = alt.Scale(domain=list(order), range=colours)
    channels: dict[str, Any] = {
        "fill": alt.Fill("kind:N", scale=scale, legend=legend),
        "stroke": alt.Stroke("kind:N", scale=scale, legend=legend),
        "fillOpacity": value_if(alt.FillOpacityValue, "datum.weak", 0.12, 0.9),
        "strokeDash": value_if(alt.StrokeDashValue, "datum.weak", [2, 2], [1, 0]),
    }
    if not bars:
        forms = alt.Scale(domain=list(order), range=list(SHAPES[: len(order)]))
        channels["shape"] = alt.Shape("kind:N", scale=forms, legend=legend)
    return channels


def neutral_encodings(order: Sequence[str], present: Sequence[str], *, hollow: str) -> dict[str, alt.SchemaBase]:
    """Fill, outline and shape of marks by the field ``kind``, the first of them in a neutral colour; a key above.

    Parameters
    ----------
    order : sequence of str
        From :func:`kind_order`; the first is what needs no attention.
    present : sequence of str
        Kinds that the key shows, in its order.
    hollow : str
        Vega expression of a datum that is drawn hollow; those with ``weak`` are dashed as well.

    Returns
    -------
    dict
        Channels for ``encode``.
    """
    legend = alt.Legend(
        columns=key_columns(present, WIDTH),
        values=list(present),
        labelExpr="upper(slice(datum.label, 0, 1)) + slice(datum.label, 1)",
        labelLimit=0,
        symbolSize=MARK,
        symbolOpacity=1,
        orient="top",
    )
    colours = [palette.OTHER, *palette.SEQUENCE[: len(order) - 1]]
    scale = alt.Scale(domain=list(order), range=[colour.light for colour in colours])
    forms = alt.Scale(domain=list(order), range=list(SHAPES[: len(order)]))
    return {
        "fill": alt.Fill("kind:N", scale=scale, legend=legend),
        "stroke": alt.Stroke("kind:N", scale=scale, legend=legend),
        "shape": alt.Shape("kind:N", scale=forms, legend=legend),
        "fillOpacity": value_if(alt.FillOpacityValue, hollow, 0.12, 0.9),
        "strokeDash": value_if(alt.StrokeDashValue, "datum.weak", [2, 2], [1, 0]),
    }


def is_weak(frame: pd.DataFrame, confidence: str) -> pd.Series:
    """Whether each row rests on weak evidence; none does in a frame without such a column."""
    if confidence not in frame.columns:
        return pd.Series(False, index=frame.index)
    return frame[confidence].astype(str).eq("low")
