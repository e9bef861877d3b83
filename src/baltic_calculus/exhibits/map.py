"""A map with one circle for each country, as large as its number; a range is a filled circle in an open one.

What rests on weak evidence is hollow, with a dashed outline.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.annotation import LINE_HEIGHT
from baltic_calculus.exhibits.condition import text_if, value_if
from baltic_calculus.exhibits.halo import haloed
from baltic_calculus.exhibits.highlight import HEADING
from baltic_calculus.exhibits.kind import is_weak
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.land import conic_projection, draw_land, left_sides, name_countries
from baltic_calculus.exhibits.layer import put_together
from baltic_calculus.exhibits.number import format_range
from baltic_calculus.exhibits.outline import View, place_countries, select_outlines
from baltic_calculus.exhibits.series import require_columns
from baltic_calculus.exhibits.theme import TICK_SIZE, WIDTH

HEIGHT = 700
# From the Arctic to the Black Sea: kilometres across the picture, and the point in its middle.
SPAN_KM = 2650
CENTRE = (23.5, 54.6)
VIEW = View(-6, 52, 40, 70)
PARALLELS = (46, 64)
# Degrees of latitude within which a label turns to the other side of its circle.
CROWDED = 1.45
# Square pixels of the largest circle, and of the ring of a place without a number, on a picture of full width.
LARGEST = 2000
UNKNOWN = 150
# Narrower pictures have no room for the second line of a label.
NARROW = 480
NOT_PUBLIC = "not public"


def chart_map(
    borders: Mapping[str, Any],
    frame: pd.DataFrame,
    *,
    low: str,
    high: str,
    unit: str,
    details: Mapping[str, str],
    country: str = "iso3",
    subtitle: str = "",
    highlight: Sequence[str] = (),
    context: Sequence[str] = (),
    confidence: str = "confidence",
) -> alt.LayerChart:
    """Draw a number in each country of the eastern flank.

    Parameters
    ----------
    borders : mapping
        GeoJSON feature collection of countries, with ``iso3`` among the properties.
    frame : DataFrame
        One row for each country. One without a number is drawn as a dashed ring and labelled "not public".
    low, high : str
        Columns of the ends of the range; equal for a single number. The area of a circle shows it.
    unit : str
        Unit of the numbers, printed above the map.
    details : mapping of str to str
        Tooltip: title to column.
    country : str
        Column of the country code; the circle stands in the middle of the country.
    subtitle : str
        Column of a second line under the label, if any; phones leave it to the tooltip.
    highlight : sequence of str
        Countries in full colour; the others become grey. All when empty.
    context : sequence of str
        Other countries to name on the map.
    confidence : str
        Column of the confidence, if there is one: a number of "low" confidence is a hollow circle, outlined in dashes.

    Returns
    -------
    LayerChart

    Raises
    ------
    ExhibitError
        When a column is missing, there is nothing to draw, or a country is not on the map.
    """
    require_columns(frame, [country, low, high, *details.values(), *([subtitle] if subtitle else [])], "chart_map")
    centres = place_countries(borders)
    absent = sorted({*frame[country], *context} - set(centres.index))
    if absent:
        raise ExhibitError(
            f"not on the map: {', '.join(absent)}", where="chart_map", remedy="leave these countries out"
        )
    circles = _make_circles(frame, centres, country=country, low=low, high=high, unit=unit, subtitle=subtitle)
    circles = circles.assign(
        subject=[not highlight or code in highlight for code in circles["code"]],
        weak=is_weak(frame, confidence).to_numpy(),
    )
    layers = [
        *draw_land(select_outlines(borders, VIEW), circles["code"].to_list()),
        *name_countries(centres.loc[list(context)]),
        *_circles(circles, frame, details),
        *_labels(circles),
    ]
    return put_together(layers, unit=unit, height=HEIGHT).properties(
        projection=conic_projection(CENTRE, SPAN_KM, PARALLELS)
    )


def _make_circles(
    frame: pd.DataFrame, centres: pd.DataFrame, *, country: str, low: str, high: str, unit: str, subtitle: str
) -> pd.DataFrame:
    """One row for each circle: place, areas in square pixels, label, side of the label."""
    codes = frame[country].astype(str).to_list()
    places = centres.loc[codes].reset_index(drop=True)
    ends = frame[[low, high]].astype(float).set_axis(["low", "high"], axis="columns").reset_index(drop=True)
    known = ends.notna().all(axis="columns")
    largest = float(np.nanmax([*ends["high"], 1.0]))
    numbers = [
        format_range(low_end, high_end, "", 0) if present else NOT_PUBLIC
        for low_end, high_end, present in zip(ends["low"], ends["high"], known, strict=True)
    ]
    names = [display_name(code) for code in codes]
    return places.assign(
        code=codes,
        name=names,
        known=known,
        low_area=(ends["low"] / largest * LARGEST).fillna(UNKNOWN),
        high_area=(ends["high"] / largest * LARGEST).fillna(UNKNOWN),
        number=[f"{number} {unit}" if present else number for number, present in zip(numbers, known, strict=True)],
        label=[f"{name}: {number}" for name, number in zip(names, numbers, strict=True)],
        subtitle=frame[subtitle].astype(str).to_numpy() if subtitle else "",
        left=left_sides(places, CROWDED),
    )


def _area(column: str) -> alt.Size:
    """Areas as they are on a picture of full width, smaller with it."""
    shrink = f"pow(width / {WIDTH}, 2)"
    scale = alt.Scale(domain=[0, LARGEST], range=[0, alt.ExprRef(f"{LARGEST} * {shrink}")])
    return alt.Size(f"{column}:Q", scale=scale, legend=None)


def _circles(circles: pd.DataFrame, frame: pd.DataFrame, details: Mapping[str, str]) -> list[alt.Chart]:
    """Filled to the lower end, outlined to the upper; hollow on weak evidence, a dashed ring where none is public."""
    extra = {f"detail_{count}": frame[column].astype(str).to_numpy() for count, column in enumerate(details.values())}
    rows = circles.assign(**extra)
    presence, mute = palette.CATEGORIES["presence"].light, palette.MUTE.light
    colour, outline = (
        value_if(channel, "datum.subject", presence, mute) for channel in (alt.ColorValue, alt.StrokeValue)
    )
    place = {"longitude": alt.Longitude("longitude:Q"), "latitude": alt.Latitude("latitude:Q")}
    tooltip = [
        alt.Tooltip("name:N", title=HEADING),
        alt.Tooltip("number:N", title="Number"),
        *(alt.Tooltip(f"detail_{count}:N", title=title) for count, title in enumerate(details)),
    ]
    shared = {**place, "tooltip": tooltip}
    known, unknown = rows[rows["known"]], rows[~rows["known"]]
    ranges = known[known["high_area"] > known["low_area"]]
    layers = []
    if len(known):
        filled = alt.Chart(known).mark_circle(opacity=1, strokeWidth=1.4)
        looks = {
            "fill": value_if(alt.FillValue, "datum.subject", presence, mute),
            "stroke": outline,
            "fillOpacity": value_if(alt.FillOpacityValue, "datum.weak", 0.12, 0.85),
            "strokeDash": value_if(alt.StrokeDashValue, "datum.weak", [3, 2], [1, 0]),
        }
        layers.append(filled.encode(**shared, size=_area("low_area"), **looks))
    if len(ranges):
        outlined = alt.Chart(ranges).mark_point(filled=False, strokeWidth=1.2)
        layers.append(outlined.encode(**shared, size=_area("high_area"), color=colour))
    if len(unknown):
        dashed = alt.Chart(unknown).mark_point(
            filled=True, fill=palette.PAPER.light, strokeWidth=1.6, strokeDash=[3, 2]
        )
        # a ring that shrank with the picture would be too small for its dashes
        layers.append(dashed.encode(**shared, size=alt.SizeValue(UNKNOWN), stroke=outline))
    return layers


def _labels(circles: pd.DataFrame) -> list[alt.Chart]:
    """Name and number, with the second line below; beside the circle, on the free side."""
    layers = []
    for row in circles.to_dict("records"):
        radius = float(np.sqrt(row["high_area"] / np.pi))
        gap = alt.ExprRef(f"{'-' if row['left'] else ''}({radius:.1f} * width / {WIDTH} + 5)")
        align = "right" if row["left"] else "left"
        wide = f"width > {NARROW}"
        base = alt.Chart(pd.DataFrame([{name: row[name] for name in ("longitude", "latitude", "label", "subtitle")}]))
        base = base.encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
        shared = {"align": align, "baseline": "middle", "dx": gap, "fontSize": TICK_SIZE + 1}
        lift = alt.ExprRef(f"{wide} ? {-LINE_HEIGHT / 2} : 0") if row["subtitle"] else 0
        layers.extend(haloed(base.encode(text=alt.Text("label:N")), **shared, dy=lift, fontWeight=600))
        if row["subtitle"]:
            text = text_if(wide, "subtitle")
            settings = {**shared, "dy": LINE_HEIGHT / 2, "color": palette.MUTE.light}
            layers.extend(haloed(base.encode(text=text), **settings))
    return layers
