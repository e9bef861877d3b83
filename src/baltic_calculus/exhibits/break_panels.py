"""Series with the lines between their breaks, one panel for each country: what was published, and where it turned."""

from collections.abc import Mapping
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.axis import time_axis, value_axis, value_domain
from baltic_calculus.exhibits.facet import put_in_panels
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.label import sign_text
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.series import make_points, require_columns, shared_decimals
from baltic_calculus.exhibits.theme import TICK_SIZE

PANEL_TICKS = 4
# A year stands in the middle of its own: a break of one year is drawn half a year to each side.
HALF_YEAR = 0.5


def chart_break_panels(
    lines: pd.DataFrame,
    breaks: pd.DataFrame,
    *,
    y: str,
    fitted: str,
    unit: str,
    panel: str = "iso3",
    x: str = "year",
    line: str = "line",
    flag: str = "flag",
    decimals: int | None = None,
    height: int = 150,
) -> alt.FacetChart:
    """Draw published values as points, the lines fitted between breaks, and the interval of each break as a band.

    Estimates are hollow. A break is named by its year in its band; one that is no more than chance is left out.

    Parameters
    ----------
    lines : DataFrame
        Tidy: one row for each panel and year, with the value, the fitted value and the number of its line.
    breaks : DataFrame
        ``break_year, low_year, high_year`` and ``evidence`` for each break of a panel; NaN for none.
    y, fitted, panel, x, line, flag : str
        Columns of ``lines``.
    unit : str
        Unit of the values, printed above the chart.
    decimals : int, optional
        Decimals of the tooltips.
    height : int
        Height of one panel in pixels.

    Returns
    -------
    FacetChart

    Raises
    ------
    ExhibitError
        When a column is missing, nothing is left to draw, or a panel has two values for one year.
    """
    require_columns(lines, [y, fitted, panel, x, line], "chart_break_panels")
    require_columns(breaks, [panel, "break_year", "low_year", "high_year", "evidence"], "chart_break_panels")
    places = shared_decimals(lines[y], unit, decimals)
    points = make_points(lines, series=panel, x=x, y=y, unit=unit, flag=flag, decimals=places, panel=panel)
    panels = [name for name in dict.fromkeys(lines[panel].astype(str)) if name in set(points["panel"])]
    span = (float(points["x"].min()), float(points["x"].max()))
    domain = value_domain([*points["y"], *lines[fitted]], include_zero=False)
    rows = pd.concat(
        [
            points.assign(part="point"),
            _fits(lines, panel=panel, x=x, fitted=fitted, line=line, flag=flag),
            _bands(breaks, panel, domain, span),
        ],
        ignore_index=True,
    )
    rows["title"] = rows["panel"].map(sign_text)
    colours = palette.series_colours(panels)
    rows["colour"] = rows["panel"].map({name: colour.light for name, colour in colours.items()})
    kept = ["title", "part", "x", "y", "open", "piece", "when", "text", "left", "right", "label", "colour"]
    across = {
        "scale": alt.Scale(domain=[span[0] - HALF_YEAR, span[1] + HALF_YEAR], nice=False, zero=False),
        "axis": time_axis(*span, most=PANEL_TICKS),
    }
    y_axis = alt.Y("y:Q", scale=alt.Scale(domain=list(domain), nice=False, zero=False), axis=value_axis(domain, most=5))
    titles = [sign_text(name) for name in panels]
    return put_in_panels(_layers(across, y_axis), rows[kept], titles, unit=unit, height=height)


def _fits(lines: pd.DataFrame, *, panel: str, x: str, fitted: str, line: str, flag: str) -> pd.DataFrame:
    """Ends of the fitted lines: two rows are enough to draw each."""
    ordered = lines.sort_values([panel, x], kind="stable")
    ends = ordered.groupby([panel, line], sort=False)[x].agg(["min", "max"]).stack().rename(x).reset_index()
    drawn = ends.merge(ordered, on=[panel, line, x])
    return pd.DataFrame(
        {
            "panel": drawn[panel].astype(str),
            "part": "fit",
            "x": drawn[x].astype(float),
            "y": drawn[fitted],
            "piece": drawn[panel].astype(str) + drawn[line].astype(str),
        }
    )


def _bands(breaks: pd.DataFrame, panel: str, domain: tuple[float, float], span: tuple[float, float]) -> pd.DataFrame:
    """Intervals of breaks that are more than chance, with the year at the top."""
    found = breaks[breaks["break_year"].notna() & (breaks["evidence"] != "weak")]
    ends = zip(found["low_year"], found["high_year"], strict=True)
    return pd.DataFrame(
        {
            "panel": found[panel].astype(str),
            "part": "band",
            "x": found["break_year"].astype(float),
            "y": domain[1],
            "left": np.maximum(found["low_year"].astype(float) - HALF_YEAR, span[0] - HALF_YEAR),
            "right": np.minimum(found["high_year"].astype(float) + HALF_YEAR, span[1] + HALF_YEAR),
            "label": [f"{int(year)}" for year in found["break_year"]],
            "when": "interval",
            "text": [format_range(*pair, "year") for pair in ends],
        }
    )


def _layers(across: Mapping[str, Any], y: alt.Y) -> list[alt.Chart]:
    """Bands at the back, then fitted lines, then the published points, then the years of the breaks."""
    base = alt.Chart()
    bands, fits, points = (base.transform_filter(f"datum.part == '{part}'") for part in ("band", "fit", "point"))
    x, left = alt.X("x:Q", **across), alt.X("left:Q", **across)
    colour = {"stroke": alt.Stroke("colour:N", scale=None, legend=None)}
    hollow = {"test": "datum.open", "value": palette.PAPER.light}
    tooltip = [
        alt.Tooltip("title:N", title=HEADING),
        alt.Tooltip("when:N", title="Year"),
        alt.Tooltip("text:N", title="Value"),
    ]
    return [
        bands.mark_rect(color=palette.OTHER.light, opacity=0.22).encode(x=left, x2=alt.X2("right:Q")),
        fits.mark_line(strokeWidth=2).encode(x=x, y=y, detail=alt.Detail("piece:N"), **colour),
        points.mark_point(size=34, filled=True, strokeWidth=1.5, opacity=1).encode(
            x=x, y=y, fill=alt.Fill("colour:N", scale=None, legend=None, condition=hollow), tooltip=tooltip, **colour
        ),
        *haloed(
            bands.encode(x=x, y=y, text=alt.Text("label:N")),
            baseline="top",
            dy=4,
            fontSize=TICK_SIZE,
            fontWeight=600,
            color=palette.INK.light,
        ),
    ]
