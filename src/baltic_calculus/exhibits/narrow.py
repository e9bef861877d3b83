"""The phone variant of a chart, derived from its specification."""

import copy
import textwrap
from typing import Any

WIDTH = 340
MOST_TICKS = 4
# Axis numbers left of the panels, and the last value right of them.
PANEL_MARGIN = 76
# Characters in a line of a row name: on a wide chart, beside the rows on a phone, above the rows on a phone.
LONG_LINE, SHORT_LINE, FULL_LINE = 30, 15, 46
# Names up to this length stay beside their rows, in two lines.
BESIDE = 30
LINE_HEIGHT = 15


def _thin(values: list[Any], most: int) -> list[Any]:
    """Keep every n-th value, counted from the last."""
    step = -(-len(values) // most)
    return values[::-1][::step][::-1]


def _thin_axes(node: Any) -> None:
    """Print fewer years under every horizontal axis."""
    if isinstance(node, list):
        for child in node:
            _thin_axes(child)
    elif isinstance(node, dict):
        x = node.get("encoding", {}).get("x", {}) if isinstance(node.get("encoding"), dict) else {}
        axis = x.get("axis") if isinstance(x, dict) else None
        if isinstance(axis, dict):
            if isinstance(axis.get("values"), list):
                axis["values"] = _thin(axis["values"], MOST_TICKS)
            else:
                axis["tickCount"] = MOST_TICKS
        for key, child in node.items():
            if key not in ("datasets", "data"):
                _thin_axes(child)


def wrap_expression(characters: int) -> str:
    """Vega expression that breaks an axis label into lines at spaces."""
    return f"split(trim(replace(datum.label, regexp('(.{{1,{characters}}})(\\\\s+|$)', 'g'), '$1\\n')), '\\n')"


def wrap_offset(characters: int) -> dict[str, Any]:
    """Lift of an axis label of two or three lines; Vega centres the first line on the row, not the whole label."""
    lines = f"length({wrap_expression(characters)})"
    return {
        "condition": [
            {"test": f"{lines} >= 3", "value": -LINE_HEIGHT},
            {"test": f"{lines} == 2", "value": -LINE_HEIGHT / 2},
        ],
        "value": 0,
    }


def _row_names(node: Any) -> list[str]:
    """Names of the rows: the sort order of the first nominal vertical axis."""
    children = node.get("layer", []) if isinstance(node, dict) else []
    for unit in (node, *children):
        y = unit.get("encoding", {}).get("y", {})
        if isinstance(y, dict) and y.get("type") == "nominal" and isinstance(y.get("sort"), list):
            return [str(name) for name in y["sort"]]
    return []


def _refit_rows(spec: dict[str, Any], names: list[str]) -> None:
    """Wrap row names sooner; where they are long, set them above their rows, flush with the plot."""
    longest = max(map(len, names))
    step = spec["height"] / len(names)
    if longest <= SHORT_LINE:
        return
    above = longest > BESIDE
    characters = FULL_LINE if above else SHORT_LINE
    lines = max(len(textwrap.wrap(name, characters)) for name in names)
    settings: dict[str, Any] = {"labelExpr": wrap_expression(characters), "labelOffset": wrap_offset(characters)}
    if above:
        lift = LINE_HEIGHT * lines + 2
        settings = {
            "labelExpr": wrap_expression(characters),
            "labelOffset": -lift,
            "labelAlign": "left",
            "labelPadding": 0,
        }
        spec["height"] = len(names) * (LINE_HEIGHT * lines + 30)
    else:
        spec["height"] = len(names) * max(step, LINE_HEIGHT * lines + 2)
    for unit in (spec, *spec.get("layer", [])):
        y = unit.get("encoding", {}).get("y", {})
        if isinstance(y, dict) and y.get("type") == "nominal" and isinstance(y.get("axis"), dict):
            y["axis"].update(settings)


def narrow_spec(spec: dict[str, Any]) -> dict[str, Any]:
    """Derive the variant of a chart for phones.

    Single and layered charts become 340 pixels wide, their labels included; small multiples and charts side by side go
    one below the other; time axes print fewer years; long row labels move above their rows.

    Parameters
    ----------
    spec : dict
        A Vega-Lite specification; it is not changed.

    Returns
    -------
    dict
    """
    narrow = copy.deepcopy(spec)
    if "hconcat" in narrow:
        narrow["vconcat"] = [narrow_spec(chart) for chart in narrow.pop("hconcat")]
    elif "vconcat" in narrow or "concat" in narrow:
        key = "vconcat" if "vconcat" in narrow else "concat"
        narrow[key] = [narrow_spec(chart) for chart in narrow[key]]
        narrow.pop("columns", None)
        if key == "concat":
            narrow["columns"] = 1
    elif "facet" in narrow:
        narrow["columns"] = 1
        narrow["spec"] = {**narrow["spec"], "width": WIDTH - PANEL_MARGIN}
        _thin_axes(narrow["spec"])
    else:
        narrow["width"] = WIDTH
        _thin_axes(narrow)
        names = _row_names(narrow)
        if names:
            _refit_rows(narrow, names)
    return narrow
