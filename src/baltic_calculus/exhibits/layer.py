"""Layers put together as one chart of the report's width, with the unit above it."""

from collections.abc import Sequence

import altair as alt

from baltic_calculus.exhibits.theme import WIDTH


def put_together(layers: Sequence[alt.Chart], *, unit: str, height: float) -> alt.LayerChart:
    """Draw layers over one another; the width includes every label beside the plot, the height is that of the plot."""
    return alt.LayerChart(layer=list(layers)).properties(
        width=WIDTH,
        height=height,
        title=unit,
        autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
    )
