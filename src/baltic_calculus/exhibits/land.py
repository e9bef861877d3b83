"""The ground of a map: projection, outlines of countries, names that orient the reader, sides for labels."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.label import display_name
from baltic_calculus.exhibits.theme import TICK_SIZE

_EARTH_RADIUS_KM = 6371


def conic_projection(centre: tuple[float, float], span_km: float, parallels: tuple[float, float]) -> alt.Projection:
    """Conformal conic, fixed; only its size follows the width of the picture, so that phones see the same map.

    Parameters
    ----------
    centre : tuple of float
        Longitude and latitude of the middle of the picture, in degrees.
    span_km : float
        Kilometres across the picture.
    parallels : tuple of float
        Latitudes without distortion, in degrees.
    """
    longitude, latitude = centre
    return alt.Projection(
        type="conicConformal",
        parallels=list(parallels),
        rotate=[-longitude, 0, 0],
        center=[0, latitude],
        scale=alt.ExprRef(f"width * {_EARTH_RADIUS_KM / span_km:.4f}"),
        translate=alt.ExprRef("[width / 2, height / 2]"),
    )


def draw_land(features: Sequence[dict[str, Any]], hosts: Sequence[str]) -> list[alt.Chart]:
    """Outlines, those of the hosts a little darker."""
    border: dict[str, Any] = {"stroke": palette.PAPER.light, "strokeWidth": 0.8, "clip": True}
    # tuples: Altair copies lists, here of thousands of coordinates, each time that charts are put together
    shown = tuple(feature for feature in features if feature["properties"]["iso3"] in hosts)
    rest = tuple(feature for feature in features if feature["properties"]["iso3"] not in hosts)
    return [
        alt.Chart(alt.InlineData(values=rest)).mark_geoshape(fill=palette.GRID.light, **border),
        alt.Chart(alt.InlineData(values=shown)).mark_geoshape(fill=palette.OTHER.light, fillOpacity=0.45, **border),
    ]


def name_countries(places: pd.DataFrame) -> list[alt.Chart]:
    """Names of countries at their places (index: codes), quiet."""
    if places.empty:
        return []
    rows = places.reset_index().assign(name=[display_name(code) for code in places.index])
    text = alt.Chart(rows).mark_text(color=palette.MUTE.light, fontSize=TICK_SIZE, clip=True)
    return [
        text.encode(
            longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"), text=alt.Text("name:N")
        )
    ]


def left_sides(places: pd.DataFrame, crowded: float) -> list[bool]:
    """Whether a label stands left of its mark: where another place lies close, and further east.

    Parameters
    ----------
    places : DataFrame
        ``longitude, latitude`` in degrees.
    crowded : float
        Degrees of latitude within which a label turns.
    """
    points = list(zip(places["longitude"], places["latitude"], strict=True))
    return [
        any(abs(north - latitude) < crowded and east > longitude for east, north in points)
        for longitude, latitude in points
    ]
