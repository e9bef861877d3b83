"""Counts of things by what became of them: one row for each group, its pieces named in one key."""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.beside import label_room
from baltic_calculus.exhibits.condition import text_if, value_if
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.layer import put_together, reserve
from baltic_calculus.exhibits.narrow import key_columns
from baltic_calculus.exhibits.number import format_plain
from baltic_calculus.exhibits.row import row_axis, row_height
from baltic_calculus.exhibits.sentence import join_sentences
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.stack import make_stack, stack_totals
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

STEP, THICK = 27, 17
GAP = 6
# Pixels of width that a number needs inside its piece.
ROOM = 7.5
# Pixels that row names take from the key, which begins where the bars do.
KEY_BEGINS = 170
BREAK = "\u2003"
"""Name of the empty row between two groups of rows."""


def chart_tally(
    frame: pd.DataFrame,
    *,
    row: str,
    part: str,
    count: str,
    group: str,
    unit: str,
    order: Sequence[str],
    pale: Sequence[str] = (),
) -> alt.LayerChart:
    """Draw one horizontal bar for each row, made of counted parts, with the whole number behind it.

    Parameters
    ----------
    frame : DataFrame
        One row for each bar and part.
    row, part, count, group : str
        Columns of the name of the bar, the part, the number, and the group: an empty row stands between two groups.
    unit : str
        What is counted, printed above the chart.
    order : sequence of str
        Parts from the left.
    pale : sequence of str
        Parts that are pale with a dashed outline, for they stand for what is not known.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, part, count, group], "chart_tally")
    stack = make_stack(
        frame, key=row, part=part, value=count, unit=unit, flag="flag", decimals=0, order=order, pale=pale
    )
    totals = stack_totals(stack)
    stack["row"], totals["row"] = stack["key"].map(sign_text), totals["key"].map(sign_text)
    names = _names(frame, row, group)
    longest = float(totals["total"].max())
    fill, stroke = _colours([name for name in order if name in set(stack["part"])], pale, WIDTH - KEY_BEGINS)
    base: dict[str, Any] = {
        "y": row_axis(names).scale(domain=names),
        "x": alt.X("start:Q", scale=alt.Scale(domain=[0, longest], nice=False), axis=None),
    }
    stack, totals = stack.rename(columns={"row": "name", "name": "title_of"}), totals.rename(columns={"row": "name"})
    layers = [
        _pieces(stack, base, fill, stroke),
        *_counts(stack, base, longest),
        _totals(totals, base),
        *reserve(label_room([format_plain(longest, 0)], gap=GAP)),
    ]
    return put_together(layers, unit=unit, height=row_height(names, STEP))


def _names(frame: pd.DataFrame, row: str, group: str) -> list[str]:
    """Names of the rows from top to bottom, with an empty one between two groups."""
    names: list[str] = []
    for place, (_, own) in enumerate(frame.groupby(group, sort=False)):
        names += [BREAK * place] if place else []
        names += [sign_text(name) for name in dict.fromkeys(own[row].astype(str))]
    return names


def _colours(parts: Sequence[str], pale: Sequence[str], room: float) -> tuple[alt.Fill, alt.Stroke]:
    """Colours of the parts and of their outlines, with one key above that fits into the room."""
    labels = [sign_text(name) for name in parts]
    lines = {name: palette.MUTE if name in pale else one for name, one in palette.series_colours(parts).items()}
    fills = [(palette.GRID if name in pale else one).light for name, one in lines.items()]
    outlines = [one.light for one in lines.values()]
    legend = alt.Legend(symbolType="square", symbolSize=110, labelLimit=0, columns=key_columns(labels, room))
    return (
        alt.Fill("title_of:N", scale=alt.Scale(domain=labels, range=fills), legend=legend),
        alt.Stroke("title_of:N", scale=alt.Scale(domain=labels, range=outlines), legend=legend),
    )


def _pieces(stack: pd.DataFrame, base: Mapping[str, Any], fill: alt.Fill, stroke: alt.Stroke) -> alt.Chart:
    """The parts, with a thin line between neighbours; pale ones have a dashed outline."""
    return (
        alt.Chart(stack)
        .mark_bar(size=THICK, strokeWidth=1)
        .encode(
            **base,
            x2=alt.X2("end:Q"),
            fill=fill,
            stroke=stroke,
            strokeDash=value_if(alt.StrokeDashValue, "datum.open", [3, 2], [1, 0]),
            tooltip=_tooltip(),
        )
    )


def _tooltip() -> list[alt.Tooltip]:
    """What a piece says, and the number that lies on it and would else be in the pointer's way."""
    return [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("title_of:N", title="Outcome"),
        alt.Tooltip("value:Q", title="Number", format="d"),
    ]


def _counts(stack: pd.DataFrame, base: Mapping[str, Any], longest: float) -> list[alt.Chart]:
    """The number of each part within it, where it is wide enough."""
    rows = stack.assign(start=(stack["start"] + stack["end"]) / 2, label=stack["value"].map(lambda one: f"{one:.0f}"))
    layers = []
    for hollow, colour in ((False, palette.PAPER), (True, palette.INK)):
        shown = rows.loc[rows["open"] == hollow, ["name", "title_of", "start", "value", "label"]]
        if len(shown):
            room = f"datum.value * width > {ROOM * longest:.0f}"
            text = alt.Chart(shown).mark_text(baseline="middle", fontSize=TICK_SIZE, color=colour.light)
            layers.append(text.encode(**base, text=text_if(room, "label"), tooltip=_tooltip()))
    return layers


def _totals(totals: pd.DataFrame, base: Mapping[str, Any]) -> alt.Chart:
    """The whole number beyond the end of each bar."""
    rows = totals.assign(start=totals["total"], label=[format_plain(total, 0) for total in totals["total"]])
    text = alt.Chart(rows[["name", "start", "label"]]).mark_text(
        align="left", baseline="middle", dx=GAP, fontSize=TICK_SIZE, fontWeight=600
    )
    return text.encode(**base, text=alt.Text("label:N"))


def describe_tally(frame: pd.DataFrame, *, row: str, part: str, count: str, group: str, unit: str) -> str:
    """Put a tally into words: every part of the whole, then the largest part of each row of the first group.

    Raises
    ------
    ExhibitError
        When a column is missing or there are no rows.
    """
    require_columns(frame, [row, part, count, group], "describe_tally")
    first = frame[frame[group] == frame[group].iloc[0]]
    parts = list(dict.fromkeys(first.sort_values(count, ascending=False, kind="stable")[part]))
    whole = first.groupby(part)[count].sum()
    said = ", ".join(f"{name} {whole[name]:.0f}" for name in sorted(parts, key=lambda name: -whole[name]))
    rows = []
    for name, own in first.groupby(row, sort=False):
        largest = own.loc[own[count].idxmax()]
        rows.append(f"{name} {own[count].sum():.0f} ({largest[part]} {largest[count]:.0f})")
    return join_sentences(
        [
            f"Stacked bars in {unit}, {frame[row].nunique()} rows.",
            f"All together {whole.sum():.0f}: {said}.",
            f"With the largest part: {'; '.join(rows)}.",
        ]
    )
