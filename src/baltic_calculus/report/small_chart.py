"""Small charts beside the findings: an exhibit's own chart, without what only the full size can carry.

A small chart is made from the specification of the exhibit, so it shows the same data in the same order and shape.
Axes, grids, notes and numbers go; what names the series stays. It is always drawn in the colours for dark ground,
because it always stands on the deep blue of the title, in light pages as in dark ones.
"""

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from baltic_calculus.exhibits import palette
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.svg_tidy import Drawing

WIDTH, HEIGHT = 340, 104
TYPE = 12
LINE = 13
"""Least distance of two lines of text."""

MOST_LETTERS = 16
"""Names that are longer are left to the exhibit, which has the room."""

MOST_NAMED_ROWS = 6
MOST_NAMED_COLUMNS = 3
MOST_PANELS = 3
MOST_LEGEND_ENTRIES = 3
MOST_LEGEND_LETTERS = 42

KEEP_AXIS = {"domain": False, "grid": False, "ticks": False, "title": None, "labelFontSize": TYPE, "labelPadding": 4}

Spec = dict[str, Any]


def small_chart(exhibit: Exhibit, drawer: ChartDrawer) -> str:
    """Draw the small chart of a figure as SVG for the deep blue ground, to stand in a page beside words that say it.

    Returns
    -------
    str
        The SVG; empty for tables and maps, and for charts that say nothing at this size: many panels or rows, or
        marks that nothing names.
    """
    drawing = draw_small(exhibit, drawer)
    if drawing is None:
        return ""
    return palette.repaint_dark(drawing.text).replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


def draw_small(exhibit: Exhibit, drawer: ChartDrawer) -> Drawing | None:
    """Draw the small chart of a figure in the colours of paper; None where `small_chart` is empty."""
    spec = simplify(exhibit.chart) if exhibit.chart else None
    return drawer.draw(spec, f"small-{exhibit.label}") if spec is not None else None


def simplify(chart: Spec) -> Spec | None:
    """Reduce a chart's specification to the small one; None when nothing readable would remain.

    A chart that is computed from its parameters has no small one: without them it would have no values.
    """
    if any("expr" in parameter for parameter in chart.get("params", ())):
        return None
    spec = copy.deepcopy(chart)
    for name in ("params", "title", "description", "usermeta"):
        spec.pop(name, None)
    spec["padding"] = 1
    panels = _panels(spec)
    if panels is None or any(_is_map(panel) or _is_crowded(panel, spec) for panel in panels):
        return None
    count = spec["columns"] if "facet" in spec else len(panels)
    for panel in panels:
        _simplify_panel(panel, spec, count)
    if not all(_is_told_apart(panel, spec, count) for panel in panels):
        return None
    _thin_legends([encoding for panel in panels for view in _views(panel) for encoding in _encodings(view)])
    if count == 1 and "facet" not in spec:
        spec.update(width=WIDTH, height=HEIGHT, autosize={"type": "fit", "contains": "padding"})
    return spec


def _panels(spec: Spec) -> list[Spec] | None:
    """Views side by side, made as wide as there is room for; None when they are too many for one row."""
    if "facet" in spec:
        facet = spec["facet"]
        count = len(facet.get("sort") or ()) if "field" in facet else 0
        if not 0 < count <= MOST_PANELS:
            return None
        facet["header"] = {**(facet.get("header") or {}), "labelFontSize": TYPE, "labelPadding": 2, "title": None}
        spec.update(spacing=16, columns=count)
        _fit(spec["spec"], count)
        return [spec["spec"]]
    for name in ("concat", "hconcat"):
        if name in spec:
            if len(spec[name]) > MOST_PANELS:
                return None
            spec.update(spacing=16, **({"columns": len(spec[name])} if name == "concat" else {}))
            for panel in spec[name]:
                _fit(panel, len(spec[name]))
            return list(spec[name])
    return None if {"vconcat", "repeat"} & set(spec) else [spec]


def _fit(panel: Spec, count: int) -> None:
    panel.update(width=(WIDTH - 16 * (count - 1)) // count - 6, height=HEIGHT - 2 * LINE - 8)


def _is_map(panel: Spec) -> bool:
    return any(_mark(layer)["type"] == "geoshape" for layer in _views(panel))


def _is_crowded(panel: Spec, whole: Spec) -> bool:
    """Whether rows hold several bars each, and are too many to be named."""
    views = [(view, len(_rows(view, whole))) for view in _views(panel)]
    has_lanes = any("yOffset" in view.get("encoding", {}) for view, _ in views)
    has_parts = any(_mark(view)["type"] == "bar" and len(_data(view, whole)) > rows for view, rows in views)
    return (has_lanes or has_parts) and any(rows > MOST_NAMED_ROWS for _, rows in views)


def _views(panel: Spec) -> Iterator[Spec]:
    for layer in panel.get("layer", ()):
        yield from _views(layer)
    if "mark" in panel:
        yield panel


def _mark(view: Spec) -> Spec:
    mark = view["mark"]
    return mark if isinstance(mark, dict) else {"type": mark}


def _simplify_panel(panel: Spec, whole: Spec, panels: int) -> None:
    rows = max((len(_rows(view, whole)) for view in _views(panel)), default=0)
    if "layer" in panel:
        panel["layer"] = [layer for layer in panel["layer"] if "layer" in layer or _stays(layer, panels)]
    for view in _views(panel):
        view.pop("params", None)
        view.pop("name", None)
        _simplify_mark(view, rows, panels)
        for channel, encoding in view.get("encoding", {}).items():
            if isinstance(encoding, dict):
                _simplify_encoding(channel, encoding, rows, panels)
        view.get("encoding", {}).pop("tooltip", None)
    _spread_names([view for view in _views(panel) if _mark(view)["type"] == "text"], whole)


def _is_told_apart(panel: Spec, whole: Spec, panels: int) -> bool:
    """Whether a reader can tell the marks apart: by rows, panels, names beside them, or a legend that has room."""
    views = list(_views(panel))
    legends = [_legend(encoding) for view in views for encoding in _encodings(view)]
    wanted = [legend for legend in legends if legend is not None]
    if not all(_fits(entries) for entries in wanted):
        return False
    has_names = any(_mark(view)["type"] == "text" and view["data"].get("values") for view in views)
    named_rows = any(0 < len(_rows(view, whole)) <= MOST_NAMED_ROWS for view in views)
    return panels > 1 or has_names or bool(wanted) or named_rows


def _encodings(view: Spec) -> Iterator[Spec]:
    yield from (encoding for encoding in view.get("encoding", {}).values() if isinstance(encoding, dict))


def _legend(encoding: Spec) -> list[str] | None:
    """Entries of the legend that an encoding asks for."""
    if not encoding.get("legend"):
        return None
    return [str(entry) for entry in (encoding.get("scale") or {}).get("domain") or ()]


def _thin_legends(encodings: Iterable[Spec]) -> None:
    """Leave out the legends that have no room beside the first ones; one that several views share counts once."""
    kept: list[list[str]] = []
    for encoding in encodings:
        entries = _legend(encoding)
        if entries is None or entries in kept:
            continue
        if _fits([*(entry for one in kept for entry in one), *entries]):
            kept.append(entries)
        else:
            encoding["legend"] = None


def _fits(entries: list[str]) -> bool:
    """Whether a legend has room in one line."""
    return 0 < len(entries) <= MOST_LEGEND_ENTRIES and sum(map(len, entries)) <= MOST_LEGEND_LETTERS


def _rows(view: Spec, whole: Spec) -> list[str]:
    """Names of the rows, when the chart has one for each name."""
    y = view.get("encoding", {}).get("y", {})
    if y.get("type") not in ("nominal", "ordinal"):
        return []
    return y.get("sort") or sorted({str(row[y["field"]]) for row in _data(view, whole) if y.get("field") in row})


def _data(view: Spec, whole: Spec) -> Sequence[Spec]:
    """Rows of data that a view draws."""
    data = view.get("data") or whole.get("data") or {}
    found: Sequence[Spec] = data.get("values") or whole.get("datasets", {}).get(data.get("name"), ())
    return found


def _stays(view: Spec, panels: int) -> bool:
    """Whether a layer carries data: not invisible, not a grid or reference line, and text only if it names a series."""
    mark, encoding = _mark(view), view.get("encoding", {})
    if mark.get("opacity") == 0:
        return False
    if mark["type"] == "text":
        colour = encoding.get("color", {})
        is_series = colour.get("type") == "nominal" and bool(colour.get("scale"))
        return panels == 1 and is_series and encoding.get("y", {}).get("type") == "quantitative"
    if mark["type"] != "rule":
        return True
    spans = {"x", "x2"} <= set(encoding) or {"y", "y2"} <= set(encoding)
    is_in_data = all(encoding[axis].get("scale", {}) is not None for axis in ("x", "y") if axis in encoding)
    return spans and is_in_data and mark.get("color") != palette.GRID.light


def _simplify_mark(view: Spec, rows: int, panels: int) -> None:
    mark = dict(_mark(view))
    mark.pop("tooltip", None)
    step = HEIGHT / rows if rows else HEIGHT
    if mark["type"] in ("point", "circle", "square"):
        mark["size"] = min(14 if panels == 1 else 9, (step * 1.1) ** 2) if rows > MOST_NAMED_ROWS or not rows else 28
        mark["strokeWidth"] = 1.2
        mark.pop("yOffset", None)
    elif mark["type"] == "line":
        mark["strokeWidth"] = 1.8
    elif mark["type"] in ("bar", "tick") and "size" in mark:
        mark["size"] = max(2.0, 0.62 * step)
    elif mark["type"] == "rule":
        mark["strokeWidth"] = min(mark.get("strokeWidth", 1), 1.6)
    elif mark["type"] == "text":
        mark.update(fontSize=TYPE, dx=6)
    view["mark"] = mark


def _simplify_encoding(channel: str, encoding: Spec, rows: int, panels: int) -> None:
    if channel in ("x", "y"):
        encoding["axis"] = _small_axis(channel, encoding, rows, panels)
        encoding["title"] = None
    entries = _legend(encoding)
    if entries is not None:
        kept = {"labelFontSize": TYPE, "symbolSize": 50, "offset": 3, "padding": 0, "title": None, "columnPadding": 10}
        encoding["legend"] = {**encoding["legend"], **kept, "orient": "top", "columns": len(entries)}
    condition = encoding.get("condition")
    if isinstance(condition, dict) and "param" in condition:
        # what fades while the reader points at something else is all there in a chart that cannot be pointed at
        encoding.pop("condition")
        encoding["value"] = condition.get("value", 1)


def _small_axis(channel: str, encoding: Spec, rows: int, panels: int) -> Spec | None:
    """First and last of an axis of years or names, all of a few names; the names of a few rows; nothing else."""
    if channel == "y":
        named = 0 < rows <= MOST_NAMED_ROWS and encoding.get("type") in ("nominal", "ordinal")
        return {**KEEP_AXIS, "labelColor": palette.INK.light, "labelLimit": 0} if named else None
    scale, names = encoding.get("scale") or {}, encoding.get("sort")
    is_year = (encoding.get("axis") or {}).get("format") == "d"
    if is_year and isinstance(scale.get("domain"), list):
        axis = {"values": [scale["domain"][0], scale["domain"][-1]], "format": "d", "labelFlush": True}
    elif isinstance(names, list) and names:
        shown = names if len(names) <= MOST_NAMED_COLUMNS else [names[0], names[-1]]
        axis = {"values": shown, "labelAngle": 0, "labelFlush": False, "labelOverlap": False}
    else:
        return None
    return {**KEEP_AXIS, **axis, "labelColor": palette.MUTE.light}


def _spread_names(views: Sequence[Spec], whole: Spec) -> None:
    """Keep the names that are short, on one line each, as far apart as the type is high.

    Names of several layers share the space; one that is drawn twice, as with a halo, stays one name.
    """
    drawn: dict[str, list[tuple[Spec, str]]] = {}
    kept: list[tuple[Spec, list[Spec]]] = []
    domain = None
    for view in views:
        encoding = view["encoding"]
        label, place = encoding.get("text", {}).get("field"), encoding["y"].get("field")
        own = encoding["y"].get("scale", {}).get("domain") or _domain(whole)
        rows = _data(view, whole)
        if label and place and rows and own:
            domain = own
            short = [dict(row) for row in rows if len(str(row[label]).replace("\n", " ")) <= MOST_LETTERS]
            kept.append((view, short))
            for row in short:
                drawn.setdefault(str(row[label]), []).append((row, place))
    if drawn and domain is not None:
        names = sorted(drawn.values(), key=lambda one: one[0][0][one[0][1]])
        gap = (domain[-1] - domain[0]) * LINE / (HEIGHT - LINE - 4)
        places = _apart([one[0][0][one[0][1]] for one in names], gap, domain[-1])
        for one, where in zip(names, places, strict=True):
            for row, place in one:
                row[place] = where
    for view, short in kept:
        view["data"] = {"values": short}


def _apart(places: Sequence[float], gap: float, highest: float) -> list[float]:
    """Rising places moved up, and down from the top where they would leave it, until all are ``gap`` apart."""
    moved = list(places)
    for position in range(1, len(moved)):
        moved[position] = max(moved[position], moved[position - 1] + gap)
    moved[-1] = min(moved[-1], highest)
    for position in reversed(range(len(moved) - 1)):
        moved[position] = min(moved[position], moved[position + 1] - gap)
    return moved


def _domain(spec: Spec) -> list[float] | None:
    domains = (view.get("encoding", {}).get("y", {}).get("scale", {}) for view in _views(spec))
    return next((scale["domain"] for scale in domains if scale and isinstance(scale.get("domain"), list)), None)
