"""How every chart looks: type, lines and spacing; colours come from the palette."""

from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette

# A family name with a digit must stand in quotes, or SVG text falls back to a serif.
FONT = "'Source Sans 3', sans-serif"
WIDTH = 640
LABEL_SIZE = 13
TICK_SIZE = 12


def report_theme() -> alt.theme.ThemeConfig:
    """Vega-Lite configuration of the report: transparent ground, light grid, no frame, no chart junk."""
    ink, mute = palette.INK.light, palette.MUTE.light
    axis: Any = {
        "labelColor": mute,
        "labelFontSize": TICK_SIZE,
        "labelFont": FONT,
        "titleColor": mute,
        "titleFontSize": TICK_SIZE,
        "titleFontWeight": "normal",
        "titleFont": FONT,
        "gridColor": palette.GRID.light,
        "gridWidth": 1,
        "domainColor": palette.BASELINE.light,
        "tickColor": palette.BASELINE.light,
        "labelPadding": 6,
    }
    return alt.theme.ThemeConfig(
        config={
            "background": "transparent",
            "font": FONT,
            "padding": 4,
            "aria": False,
            "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": 320},
            "axis": axis,
            "axisX": {"grid": False, "tickSize": 4, "domain": True},
            "axisY": {"ticks": False, "domain": False},
            "title": {
                "color": mute,
                "font": FONT,
                "fontSize": LABEL_SIZE,
                "fontWeight": "normal",
                "anchor": "start",
                "frame": "bounds",
                "offset": 10,
            },
            "header": {
                "labelColor": ink,
                "labelFont": FONT,
                "labelFontSize": LABEL_SIZE + 1,
                "labelFontWeight": 600,
                "labelAnchor": "start",
                "labelPadding": 6,
                "title": None,
                "titleColor": ink,
            },
            "legend": {
                "labelColor": ink,
                "labelFont": FONT,
                "labelFontSize": LABEL_SIZE,
                "titleColor": mute,
                "orient": "top",
                "title": None,
                "symbolStrokeColor": mute,
                "symbolBaseFillColor": mute,
                "gradientStrokeColor": mute,
                "columnPadding": 14,
                "padding": 0,
                "offset": 8,
            },
            "mark": {"color": palette.ACCENT.light},
            "text": {"color": ink, "font": FONT, "fontSize": LABEL_SIZE},
            "rule": {"color": palette.REFERENCE.light},
            "line": {"strokeWidth": 2.4, "strokeCap": "round", "strokeJoin": "round"},
            "bar": {"color": palette.ACCENT.light},
            "point": {"filled": True, "size": 42, "opacity": 1},
            "circle": {"opacity": 1},
        }
    )


def enable_theme() -> None:
    """Make the report's theme Altair's own, and let a chart hold as many rows as it needs."""
    alt.theme.register("baltic", enable=True)(report_theme)
    alt.data_transformers.disable_max_rows()
