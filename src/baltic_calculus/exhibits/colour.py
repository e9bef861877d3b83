"""Palette colours as Vega-Lite scales."""

from collections.abc import Sequence

import altair as alt

from baltic_calculus.exhibits import palette


def series_scale(names: Sequence[str], *, text: bool = False) -> alt.Scale:
    """Colours of the series, as marks or dark enough for text."""
    colours = palette.series_colours(names)
    chosen = [palette.text_colour(name, colour) if text else colour for name, colour in colours.items()]
    return alt.Scale(domain=list(colours), range=[colour.light for colour in chosen])
