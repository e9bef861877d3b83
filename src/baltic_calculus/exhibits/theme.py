"""How every chart looks: type, lines and spacing; colours come from the palette."""

from typing import Any

import altair as alt
from altair.utils import schemapi

from baltic_calculus.exhibits import palette

# A family name with a digit must stand in quotes, or SVG text falls back to a serif.
FONT = "'Source Sans 3', sans-serif"
WIDTH = 640
LABEL_SIZE = 13
TICK_SIZE = 12


def _text(colour: palette.Colour, size: float, part: str, weight: str | int = "normal") -> dict[str, Any]:
    """Type of one part of an axis, legend or header."""
    return {f"{part}Color": colour.light, f"{part}Font": FONT, f"{part}FontSize": size, f"{part}FontWeight": weight}


def _guides() -> dict[str, Any]:
    """Axes, keys and headings."""
    mute, baseline = palette.MUTE.light, palette.BASELINE.light
    return {
        "axis": {
            **_text(palette.MUTE, TICK_SIZE, "label"),
            **_text(palette.MUTE, TICK_SIZE, "title"),
            "gridColor": palette.GRID.light,
            "gridWidth": 1,
            "domainColor": baseline,
            "tickColor": baseline,
            "labelPadding": 6,
        },
        "axisX": {"grid": False, "tickSize": 4, "domain": True},
        "axisY": {"ticks": False, "domain": False},
        "legend": {
            **_text(palette.INK, LABEL_SIZE, "label"),
            **_text(palette.MUTE, LABEL_SIZE, "title"),
            "orient": "top",
            "title": None,
            "symbolStrokeColor": mute,
            "symbolBaseFillColor": mute,
            "gradientStrokeColor": mute,
            "columnPadding": 14,
            "padding": 0,
            "offset": 8,
        },
        "header": {
            **_text(palette.INK, LABEL_SIZE + 1, "label", 600),
            **_text(palette.INK, LABEL_SIZE + 1, "title"),
            "labelAnchor": "start",
            "labelPadding": 6,
            "title": None,
        },
    }


def _marks() -> dict[str, Any]:
    """Marks that a chart does not colour itself."""
    accent = palette.ACCENT.light
    return {
        "mark": {"color": accent},
        "bar": {"color": accent},
        "line": {"strokeWidth": 2.4, "strokeCap": "round", "strokeJoin": "round"},
        "point": {"filled": True, "size": 42, "opacity": 1},
        "circle": {"opacity": 1},
        "rule": {"color": palette.REFERENCE.light},
        "text": {"color": palette.INK.light, "font": FONT, "fontSize": LABEL_SIZE},
    }


def report_theme() -> alt.theme.ThemeConfig:
    """Vega-Lite configuration of the report: transparent ground, light grid, no frame, no chart junk."""
    title = {
        "color": palette.MUTE.light,
        "font": FONT,
        "fontSize": LABEL_SIZE,
        "fontWeight": "normal",
        "anchor": "start",
        "frame": "bounds",
        "offset": 10,
    }
    config: Any = {
        "background": "transparent",
        "font": FONT,
        "padding": 4,
        # The figure has one text alternative; a description of every mark would be noise.
        "aria": False,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 320},
        "title": title,
        **_guides(),
        **_marks(),
    }
    return alt.theme.ThemeConfig(config=config)


def enable_theme() -> None:
    """Make the report's theme Altair's own, and let a chart hold as many rows as it needs."""
    alt.theme.register("baltic", enable=True)(report_theme)
    alt.data_transformers.disable_max_rows()
    # Altair would check each part of a chart against the whole schema of Vega-Lite each time it is put together, which
    # takes a third of a chapter's time. The tests check every chart of the report, once.
    schemapi.disable_debug_mode()
