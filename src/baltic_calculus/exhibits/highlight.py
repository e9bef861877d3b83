"""Pointing at a mark brings its series forward; so does a button that the page shows for each series."""

from collections.abc import Sequence
from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import sign_text

# The tooltip prints a field of this name as its heading.
HEADING = "title"
# With more series than this the buttons would be a wall.
MOST_BUTTONS = 8


def hover_selection(field: str) -> alt.Parameter:
    """Selection of the series under the pointer; its name is fixed, so that equal charts have equal specifications."""
    # "mouseover", not "pointerover": the older Vega of JupyterLab knows only the former.
    return alt.selection_point(name="hover", fields=[field], on="mouseover", clear="mouseout")


def faded(hover: alt.Parameter, rest: float = 0.2) -> alt.OpacityValue:
    """Full opacity for the series pointed at (and for all when none is), little for the others."""
    return alt.OpacityValue(rest, condition={"param": hover.name, "value": 1})


def offer_highlight(field: str, keys: Sequence[str]) -> dict[str, Any]:
    """Tell the page which series of a chart it may bring forward; Vega-Lite keeps what is not its own in ``usermeta``.

    A chart with a key of its own offers none: the buttons would repeat it.

    Parameters
    ----------
    field : str
        Field of the marks that tells the series apart.
    keys : sequence of str
        Country codes, categories or other names of the series.

    Returns
    -------
    dict
        Properties of a chart; empty when there is nothing to choose, or too much.

    Examples
    --------
    >>> offer_highlight("series", ["EST", "LVA"])["usermeta"]["highlight"]["series"][0]
    {'value': 'EST', 'name': 'Estonia', 'colour': '#0b5fa5'}
    """
    if not 2 <= len(keys) <= MOST_BUTTONS:
        return {}
    colours = palette.series_colours(keys)
    series = [{"value": key, "name": sign_text(key), "colour": colours[key].light} for key in keys]
    return {"usermeta": {"highlight": {"field": field, "series": series}}}
