"""The phone variant of a chart, derived from its specification."""

import copy
import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from baltic_calculus.exhibits.measure import text_width

WIDTH = 340
MOST_TICKS = 4
# Axis numbers to the left of a row of panels and last values to its right; the same between two panels.
AROUND_PANELS, BETWEEN_PANELS = 56, 48
# Characters in a line of a row name: on a wide chart, beside the rows on a phone, above the rows on a phone.
LONG_LINE, SHORT_LINE, FULL_LINE = 36, 15, 46
# A line beside the rows may be so much longer where that spares every name a third line.
STRETCHED = 18
# Names up to this length stay beside their rows, in two lines.
BESIDE = 30
LINE_HEIGHT = 15
# So many panels stand one below the other; more stand in two columns.
MOST_IN_COLUMN = 4
# Pixels of a row that its name above it leaves free, and how many of them are above the middle of the row.
FREE, FREE_ABOVE = 30, 10
# Pixels for a line of a key, for the sign and the gap of an entry, and the size of its letters.
KEY_ROOM, KEY_SIGN, KEY_SIZE = 250, 36, 13

Spec = dict[str, Any]


def narrow_spec(spec: Spec) -> Spec:
    """Derive the variant of a chart for phones.

    Single and layered charts become 340 pixels wide, the labels beside the plot included. Small multiples and charts
    side by side go one below the other, many panels in two columns. Axes and keys print less in one line; long row
    names move above their rows.

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
        narrow["vconcat"] = narrow.pop("hconcat")
    panels = narrow.get("vconcat", narrow.get("concat", [narrow["spec"]] if "facet" in narrow else []))
    count = len(narrow["facet"].get("sort") or ()) if "facet" in narrow else len(panels)
    columns = 2 if count > MOST_IN_COLUMN and "vconcat" not in narrow else 1
    if "concat" in narrow or "facet" in narrow:
        narrow["columns"] = columns
    for place, panel in enumerate(panels):
        panel["width"] = (WIDTH - AROUND_PANELS - (columns - 1) * BETWEEN_PANELS) // columns
        _refit_encodings(panel, MOST_TICKS // columns)
        if "facet" in narrow:
            continue
        for axis in _axes(panel, "y"):
            axis["labelOpacity"] = int(place % columns == 0)
    if not panels:
        narrow["width"] = WIDTH
        if any("projection" in view for view in (narrow, *narrow.get("layer", ()))):
            # a map keeps its shape
            narrow["height"] = round(spec["height"] * WIDTH / spec["width"])
        _refit_encodings(narrow)
        _refit_rows(narrow)
    return narrow


def key_columns(labels: Sequence[str], room: float) -> int:
    """Entries in one line of a key, as many as fit; each column is as wide as its longest entry."""
    widths = [text_width(label, KEY_SIZE) + KEY_SIGN for label in labels]
    for columns in range(len(widths), 1, -1):
        if sum(max(widths[place::columns]) for place in range(columns)) <= room:
            return columns
    return 1


def _encodings(view: Spec) -> Iterator[Spec]:
    """Encodings of a view and of its layers."""
    yield view.get("encoding", {})
    for layer in view.get("layer", []):
        yield from _encodings(layer)


def _axes(view: Spec, channel: str) -> Iterator[Spec]:
    """Axes that a view defines for one channel."""
    for encoding in _encodings(view):
        axis = encoding.get(channel, {}).get("axis")
        if isinstance(axis, dict):
            yield axis


def _refit_encodings(view: Spec, most: int = MOST_TICKS) -> None:
    """Print fewer values under horizontal axes, and fewer entries of a key in one line."""
    for axis in _axes(view, "x"):
        values = axis.get("values")
        if isinstance(values, list):
            axis["values"] = _thin(axis, most)
        # an expression knows the width itself
        elif not isinstance(values, dict):
            axis["tickCount"] = most
    keys = [(legend, labels) for encoding in _encodings(view) for legend, labels in _keys(encoding)]
    # keys of different series stand side by side
    beside = len({tuple(labels) for _, labels in keys})
    for legend, labels in keys:
        legend["columns"] = key_columns(labels, KEY_ROOM / beside)


def _keys(encoding: Spec) -> Iterator[tuple[Spec, list[str]]]:
    """Legends of the channels of a mark, and the entries of each."""
    for channel in encoding.values():
        legend = channel.get("legend") if isinstance(channel, dict) else None
        labels = channel.get("scale", {}).get("domain", []) if isinstance(legend, dict) else []
        if isinstance(legend, dict) and labels:
            yield legend, labels


def _thin(axis: Spec, most: int) -> list[Any]:
    """Keep every n-th value: of years counted from the last, of amounts from the first."""
    values: list[Any] = axis["values"]
    step = -(-len(values) // most)
    return values[::step] if "," in axis.get("format", "") else values[::-1][::step][::-1]


def short_line(names: Sequence[str]) -> int:
    """Characters in a line of the row names beside the rows of a phone's chart, so that they take two lines."""
    widths = range(SHORT_LINE, STRETCHED + 1)
    return next((width for width in widths if all(len(textwrap.wrap(name, width)) <= 2 for name in names)), SHORT_LINE)


def wrap_expression(characters: int) -> str:
    """Vega expression that breaks an axis label into lines at spaces."""
    return f"split(trim(replace(datum.label, regexp('(.{{1,{characters}}})( +|$)', 'g'), '$1\\n')), '\\n')"


def wrap_offset(characters: int, *, above: bool = False) -> dict[str, Any]:
    """Lift of a row name of up to three lines: centred on its row, or ``above`` it.

    Vega puts the first line of an axis label on the row, whatever follows.
    """
    lines = f"length({wrap_expression(characters)})"
    first, step = (-LINE_HEIGHT - 2, LINE_HEIGHT) if above else (0, LINE_HEIGHT / 2)
    return {
        "condition": [{"test": f"{lines} == {count}", "value": first - (count - 1) * step} for count in (2, 3)],
        "value": first,
    }


def _row_axes(view: Spec) -> tuple[list[str], list[Spec]]:
    """Names of the rows, from the sort order of the nominal vertical axes, and those axes."""
    names: list[str] = []
    axes: list[Spec] = []
    for encoding in _encodings(view):
        y = encoding.get("y", {})
        if y.get("type") == "nominal" and isinstance(y.get("sort"), list) and isinstance(y.get("axis"), dict):
            names = [str(name) for name in y["sort"]]
            axes.append(y["axis"])
    return names, axes


def _refit_rows(view: Spec) -> None:
    """Wrap row names sooner; where they are long, set them above their rows, flush with the plot."""
    names, axes = _row_axes(view)
    longest = max(map(len, names), default=0)
    if longest <= SHORT_LINE:
        return
    above = longest > BESIDE
    characters = FULL_LINE if above else short_line(names)
    lines = [len(textwrap.wrap(name, characters)) for name in names]
    settings: Spec = {"labelExpr": wrap_expression(characters), "labelOffset": wrap_offset(characters, above=above)}
    if above:
        settings |= {"labelAlign": "left", "labelPadding": 0}
        view["height"] = len(names) * (LINE_HEIGHT * max(lines) + FREE)
        _interrupt_rules(view, LINE_HEIGHT * max(lines))
    else:
        neighbours = max(map(sum, pairwise([1, *lines, 1])))
        view["height"] = max(view["height"], len(names) * (LINE_HEIGHT * neighbours / 2 + 2))
    for axis in axes:
        axis.update(settings)


def _interrupt_rules(view: Spec, name_height: int) -> None:
    """Let the rules across all rows stop at the names above the rows, so that they cross none."""
    if "layer" not in view:
        return
    pitch = name_height + FREE
    # a dash begins where the marks of the first row begin
    broken = {"strokeDash": [FREE, name_height], "strokeDashOffset": pitch / 2 + FREE_ABOVE}
    layers: list[Spec] = []
    for layer in view["layer"]:
        encoding = layer.get("encoding", {})
        if layer.get("mark", {}).get("type") != "rule" or encoding.get("y2") != {"value": {"expr": "height"}}:
            layers.append(layer)
            continue
        above = {**layer, "encoding": {**encoding, "y2": {"value": 0}}}
        below = {**layer, "mark": layer["mark"] | broken, "encoding": {**encoding, "y": {"value": 0}}}
        layers += [above, below]
    view["layer"] = layers
