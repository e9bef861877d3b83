"""Rows of a chart: names on the left, wrapped where they are long."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import wrap_label
from baltic_calculus.exhibits.measure import text_width
from baltic_calculus.exhibits.narrow import LONG_LINE, short_line, wrap_expression, wrap_offset
from baltic_calculus.exhibits.theme import LABEL_SIZE


def names_width(names: Sequence[str]) -> float:
    """Pixels that the row names take on a phone."""
    line = short_line(names)
    return max(text_width("\n".join(wrap_label(name, line)), LABEL_SIZE) for name in names) + 10


def row_axis(names: Sequence[str], *, bold: Sequence[str] = ()) -> alt.Y:
    """Axis of row names in the order given; names in ``bold`` stand out."""
    weight: Any = "normal"
    if bold:
        listed = ",".join("'" + name.replace("'", "\\'") + "'" for name in bold)
        weight = {"condition": {"test": f"indexof([{listed}], datum.value) >= 0", "value": "bold"}, "value": "normal"}
    return alt.Y(
        "name:N",
        sort=list(names),
        title=None,
        axis=alt.Axis(
            labelColor=palette.INK.light,
            labelExpr=wrap_expression(LONG_LINE),
            labelOffset=wrap_offset(LONG_LINE),
            labelFontSize=LABEL_SIZE,
            labelFontWeight=weight,
            labelLimit=0,
            labelPadding=8,
            ticks=False,
            domain=False,
        ),
    )


def row_height(names: Sequence[str], step: int) -> int:
    """Height of all rows in pixels; long names need room for their lines."""
    lines = max(len(wrap_label(name, LONG_LINE)) for name in names)
    return len(names) * (step + 14 * (lines - 1))
