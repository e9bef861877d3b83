"""Pointing at a mark brings its series forward."""

import altair as alt

# The tooltip prints a field of this name as its heading.
HEADING = "title"


def hover_selection(field: str) -> alt.Parameter:
    """Selection of the series under the pointer; its name is fixed, so that equal charts have equal specifications."""
    # "mouseover", not "pointerover": the older Vega of JupyterLab knows only the former.
    return alt.selection_point(name="hover", fields=[field], on="mouseover", clear="mouseout")


def faded(hover: alt.Parameter, rest: float = 0.2) -> alt.OpacityValue:
    """Full opacity for the series pointed at (and for all when none is), little for the others."""
    return alt.OpacityValue(rest, condition={"param": hover.name, "value": 1})
