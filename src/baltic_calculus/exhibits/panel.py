"""Panels side by side on a page, one below the other on a phone."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import wrap_label
from baltic_calculus.exhibits.narrow import AROUND_PANELS, BETWEEN_PANELS
from baltic_calculus.exhibits.theme import LABEL_SIZE, WIDTH

# Years under a row of panels, and the titles of the next.
BETWEEN_ROWS = 66
# Pixels of an average letter of a title.
LETTER = 7


def panel_columns(panels: int) -> int:
    """Two or three panels in a row; four where there are many."""
    if panels > 9:
        return 4
    return 2 if panels in (2, 4) else min(3, panels)


def panel_width(columns: int) -> int:
    """Width of one panel so that all of a row make the report's width."""
    return (WIDTH - AROUND_PANELS - (columns - 1) * BETWEEN_PANELS) // columns


def panel_axis(axis: alt.Axis, place: int, columns: int) -> alt.Axis:
    """Value axis of a panel: only the first of a row shows its numbers."""
    # Unseen, not absent: the titles of a row would otherwise stand at different heights.
    settings: dict[str, Any] = {**axis.to_dict(), "labelOpacity": int(place % columns == 0)}
    return alt.Axis(**settings)


def panel_of(layers: Sequence[alt.Chart], title: str, *, columns: int, height: int) -> alt.LayerChart:
    """One panel with its title."""
    heading = alt.TitleParams(
        text=wrap_label(title, panel_width(columns) // LETTER),
        color=palette.INK.light,
        fontSize=LABEL_SIZE + 1,
        fontWeight=600,
        anchor="start",
        frame="group",
        offset=8,
    )
    return alt.LayerChart(layer=list(layers)).properties(width=panel_width(columns), height=height, title=heading)


def put_side_by_side(panels: Sequence[alt.LayerChart], *, unit: str, columns: int) -> alt.ConcatChart:
    """Set panels in rows, with one common key where they have one, and the unit above them all."""
    chart = alt.ConcatChart(
        concat=list(panels),
        columns=columns,
        spacing={"column": BETWEEN_PANELS, "row": BETWEEN_ROWS},
        align="all",
        bounds="flush",
    )
    return chart.properties(title=unit).resolve_scale(stroke="shared", fill="shared")
