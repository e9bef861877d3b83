"""Country outlines for a map: only what is in the window, and where in each country its mark stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd

from baltic_calculus.errors import ExhibitError

Ring = Sequence[Sequence[float]]


@dataclass(frozen=True)
class View:
    """A window on the map in degrees.

    Parameters
    ----------
    west, east : float
        Longitudes of the sides.
    south, north : float
        Latitudes of the sides.
    """

    west: float
    east: float
    south: float
    north: float

    def meets(self, ring: Ring) -> bool:
        """Whether the box around a ring touches the window."""
        longitudes, latitudes = zip(*ring, strict=True)
        return bool(
            min(longitudes) < self.east
            and max(longitudes) > self.west
            and min(latitudes) < self.north
            and max(latitudes) > self.south
        )


def ring_area(ring: Ring) -> float:
    """Area of a closed ring in square degrees (shoelace formula); positive when it runs anticlockwise.

    Examples
    --------
    >>> ring_area([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    2.0
    """
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def ring_centroid(ring: Ring) -> tuple[float, float]:
    """Centre of gravity of a closed ring, longitude and latitude.

    Examples
    --------
    >>> ring_centroid([(0, 0), (2, 0), (2, 1), (0, 1), (0, 0)])
    (1.0, 0.5)
    """
    area = ring_area(ring)
    pieces = list(pairwise(ring))
    longitude = sum((x0 + x1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pieces) / (6 * area)
    latitude = sum((y0 + y1) * (x0 * y1 - x1 * y0) for (x0, y0), (x1, y1) in pieces) / (6 * area)
    return longitude, latitude


def _outer_rings(feature: Mapping[str, Any]) -> Iterator[Ring]:
    """Outer rings of a country; lakes and enclaves are not drawn."""
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def select_outlines(borders: Mapping[str, Any], view: View) -> list[dict[str, Any]]:
    """Keep the parts of countries that a window shows.

    Parameters
    ----------
    borders : mapping
        GeoJSON feature collection with ``iso3`` among the properties.
    view : View
        Window; a part that touches it is kept whole, so that land runs out of the picture.

    Returns
    -------
    list of dict
        GeoJSON features with ``iso3``, their rings clockwise, in the order given.

    Raises
    ------
    ExhibitError
        When nothing lies in the window.
    """
    features = []
    for feature in borders["features"]:
        shown = [list(ring) for ring in _outer_rings(feature) if view.meets(ring)]
        if not shown:
            continue
        # d3 reads a ring that runs anticlockwise as the whole globe but for the country.
        clockwise = [ring if ring_area(ring) < 0 else ring[::-1] for ring in shown]
        features.append(
            {
                "type": "Feature",
                "properties": {"iso3": feature["properties"]["iso3"]},
                "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in clockwise]},
            }
        )
    if not features:
        raise ExhibitError("no land in the window of the map", where=str(view), remedy="move the window")
    return features


def place_countries(borders: Mapping[str, Any]) -> pd.DataFrame:
    """Where a country's mark stands: the centre of gravity of its largest part.

    Parameters
    ----------
    borders : mapping
        GeoJSON feature collection with ``iso3`` among the properties.

    Returns
    -------
    DataFrame
        Index ``iso3``; ``longitude, latitude`` in degrees.
    """
    rows = {}
    for feature in borders["features"]:
        largest = max(_outer_rings(feature), key=lambda ring: abs(ring_area(ring)))
        rows[feature["properties"]["iso3"]] = ring_centroid(largest)
    places = pd.DataFrame.from_dict(rows, orient="index", columns=["longitude", "latitude"])
    return places.rename_axis("iso3")
