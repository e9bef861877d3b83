"""Layers put together as one chart of the report's width, with the unit above it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.theme import WIDTH

NOTHING: Mapping[str, Any] = MappingProxyType({})


def put_together(
    layers: Sequence[alt.Chart], *, unit: str, height: float, highlight: Mapping[str, Any] = NOTHING
) -> alt.LayerChart:
    """Draw layers over one another; the width includes every label beside the plot, the height is that of the plot.

    ``highlight`` comes from :func:`~baltic_calculus.exhibits.highlight.offer_highlight`.
    """
    return alt.LayerChart(layer=list(layers)).properties(
        width=WIDTH,
        height=height,
        title=unit,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
        **highlight,
    )


def reserve(pixels: float) -> list[alt.Chart]:
    """Keep room free to the right of the plot, with an unseen line.

    Vega fits a chart into its width in one step: it knows how far the labels within the plot reach before the plot
    shrinks, not after.
    """
    if pixels <= 0:
        return []
    line = alt.Chart(pd.DataFrame({"room": [0]})).mark_rule(opacity=0, color=palette.GRID.light)
    edge, end = alt.ExprRef("width"), alt.ExprRef(f"width + {pixels:.0f}")
    return [line.encode(x=alt.XValue(edge), x2=alt.X2Value(end), y=alt.YValue(0))]
