"""Outlines in a window, places of countries, and circles that show what is known and say what is not."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_map
from baltic_calculus.exhibits.map import LARGEST, VIEW
from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.exhibits.outline import View, place_countries, ring_area, ring_centroid, select_outlines

SQUARE: list[list[float]] = [[20, 50], [22, 50], [22, 51], [20, 51], [20, 50]]
FAR: list[list[float]] = [[90, 10], [91, 10], [91, 11], [90, 11], [90, 10]]
ISLAND: list[list[float]] = [[24, 54], [24.1, 54], [24.1, 54.1], [24, 54.1], [24, 54]]


def feature(code: str, *rings: list[list[float]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"iso3": code, "name": code},
        "geometry": {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]},
    }


BORDERS = {"type": "FeatureCollection", "features": [feature("EST", SQUARE, ISLAND), feature("FIN", FAR)]}
STRENGTHS = pd.DataFrame(
    {
        "iso3": ["LVA", "LTU", "FIN"],
        "low": [3000.0, 1700.0, float("nan")],
        "high": [3000.0, 1800.0, float("nan")],
        "date": ["August", "February", ""],
    }
)


def draw(frame: pd.DataFrame = STRENGTHS, **settings: Any) -> dict[str, Any]:
    chart = chart_map(
        catalog.load_geometry("eastern_flank"),
        frame,
        low="low",
        high="high",
        unit="troops",
        details={"Date": "date"},
        **settings,
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def rows_of(spec: dict[str, Any], mark: str) -> list[dict[str, Any]]:
    """Data of the layers with this type of mark."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == mark]
    return [row for layer in layers for row in spec["datasets"][layer["data"]["name"]]]


def test_area_and_centre_of_a_ring() -> None:
    assert ring_area(SQUARE) == 2  # 2 degrees by 1, anticlockwise
    assert ring_area(SQUARE[::-1]) == -2
    assert ring_centroid(SQUARE) == (21, 50.5)
    assert ring_centroid(SQUARE[::-1]) == (21, 50.5)


def test_only_parts_in_the_window_are_kept_and_run_clockwise() -> None:
    kept = select_outlines(BORDERS, View(19, 23, 49, 52))
    assert [one["properties"]["iso3"] for one in kept] == ["EST"]
    rings = [polygon[0] for polygon in kept[0]["geometry"]["coordinates"]]
    assert rings == [SQUARE[::-1]]


def test_window_without_land_is_refused() -> None:
    with pytest.raises(ExhibitError, match="no land"):
        select_outlines(BORDERS, View(-10, -9, 0, 1))


def test_country_stands_in_the_middle_of_its_largest_part() -> None:
    assert place_countries(BORDERS).loc["EST"].tolist() == [21, 50.5]


def test_all_hosts_are_on_the_map_of_the_flank() -> None:
    places = place_countries(catalog.load_geometry("eastern_flank"))
    for code in catalog.coverage("forward_presence").countries:
        longitude, latitude = places.loc[code]
        assert VIEW.west < longitude < VIEW.east
        assert VIEW.south < latitude < VIEW.north


def test_no_country_reaches_across_the_sea() -> None:
    """Russia's outline, closed wrongly at the antimeridian, once ran along two parallels to the Norwegian Sea."""
    for name in ("baltic_region", "eastern_flank"):
        russia = next(one for one in catalog.load_geometry(name)["features"] if one["properties"]["iso3"] == "RUS")
        longitudes = [point[0] for polygon in russia["geometry"]["coordinates"] for point in polygon[0]]
        assert min(longitudes) > 19  # Kaliningrad's coast


def test_crimea_is_drawn_as_ukraine() -> None:
    features = catalog.load_geometry("eastern_flank")["features"]
    reach = {
        one["properties"]["iso3"]: [
            point
            for polygon in one["geometry"]["coordinates"]
            for point in polygon[0]
            if 33 < point[0] < 36 and 44.3 < point[1] < 45.6
        ]
        for one in features
    }
    assert reach["UKR"]
    assert not reach["RUS"]


def test_circle_is_filled_to_the_low_end_and_outlined_to_the_high() -> None:
    circles = {row["code"]: row for row in rows_of(draw(), "circle")}
    # areas are shares of the largest: 3,000 whole, 1,700 / 3,000 filled, 1,800 / 3,000 outlined
    assert circles["LVA"]["low_area"] == circles["LVA"]["high_area"] == LARGEST
    assert circles["LTU"]["low_area"] == pytest.approx(LARGEST * 17 / 30)
    assert circles["LTU"]["high_area"] == pytest.approx(LARGEST * 18 / 30)
    assert "FIN" not in circles


def test_what_is_not_public_is_said_so() -> None:
    labels = {row["label"] for row in rows_of(draw(), "text") if "label" in row}
    assert labels == {"Latvia: 3,000", "Lithuania: 1,700–1,800", "Finland: not public"}
    dashed = [row["code"] for row in rows_of(draw(), "point") if not row["known"]]
    assert dashed == ["FIN"]


def test_only_the_subject_keeps_its_colour() -> None:
    circles = {row["code"]: row["subject"] for row in rows_of(draw(highlight=["LTU"]), "circle")}
    assert circles == {"LVA": False, "LTU": True}


def test_country_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ExhibitError, match="not on the map: USA"):
        draw(STRENGTHS.replace("LVA", "USA"))


def test_map_keeps_its_shape_on_a_phone() -> None:
    wide = draw()
    narrow = narrow_spec(wide)
    assert narrow["height"] / narrow["width"] == pytest.approx(wide["height"] / wide["width"], rel=0.01)


def test_low_confidence_is_hollow_and_dashed() -> None:
    spec = draw(STRENGTHS.assign(confidence=["low", "high", ""]))
    layer = next(one for one in spec["layer"] if "strokeDash" in one.get("encoding", {}))
    for channel, value in (("fillOpacity", 0.12), ("strokeDash", [3, 2])):
        assert layer["encoding"][channel]["condition"] == {"test": "datum.weak", "value": value}
    rows = spec["datasets"][layer["data"]["name"]]
    assert {row["code"]: row["weak"] for row in rows} == {"LVA": True, "LTU": False}
