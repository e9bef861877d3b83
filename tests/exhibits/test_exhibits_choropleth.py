"""Steps of a scale, and the map of the alliance that is filled by them."""

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus import catalog
from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_choropleth, describe_steps, palette
from baltic_calculus.exhibits.choropleth import EUROPE, LABELS, OVERSEAS
from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.exhibits.outline import place_countries, ring_area
from baltic_calculus.exhibits.step import find_step, print_in_step, step_names

LEVELS = [2, 2.75, 3.5]
SHARES = pd.DataFrame(
    {
        "iso3": ["LTU", "DNK", "USA", "SVN", "ISL"],
        "share": [5.33, 3.49, 3.17, 1.61, float("nan")],
        "rank": ["1", "6", "8", "31", "–"],
    }
)


def draw(frame: pd.DataFrame = SHARES, **settings: Any) -> dict[str, Any]:
    chart = chart_choropleth(
        catalog.load_geometry("alliance"),
        frame,
        value="share",
        unit="% of GDP",
        levels=LEVELS,
        absent="no figure",
        others="not a member",
        details={"Rank": "rank"},
        **settings,
    )
    spec: dict[str, Any] = chart.to_dict()
    return spec


def land_of(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Drawn countries by code."""
    layers = [layer for layer in spec["layer"] if layer["mark"]["type"] == "geoshape"]
    return {one["properties"]["iso3"]: one for layer in layers for one in spec["datasets"][layer["data"]["name"]]}


def test_steps_are_named_by_their_lower_ends() -> None:
    assert step_names(LEVELS, "% of GDP") == ["below 2%", "from 2%", "from 2.75%", "from 3.5%"]
    assert step_names([10], "EUR bn") == ["below 10", "from 10"]


@pytest.mark.parametrize("levels", [[], [2, 2], [3.5, 2], [1, 2, 3, 4]])
def test_levels_that_make_no_steps_are_refused(levels: list[float]) -> None:
    with pytest.raises(ExhibitError, match="no steps"):
        step_names(levels, "% of GDP")


@given(st.floats(0, 10, allow_nan=False))
def test_a_printed_number_is_in_the_step_that_is_drawn(value: float) -> None:
    printed = float(print_in_step(value, LEVELS, 1))
    assert find_step(printed, LEVELS) == find_step(value, LEVELS)


def test_a_number_just_below_a_level_is_not_rounded_up_to_it() -> None:
    assert [print_in_step(value, LEVELS, 1) for value in (3.49, 3.17, 2.0, 1.61)] == ["3.49", "3.2", "2.0", "1.6"]


def test_each_country_has_its_step_and_what_has_no_number_says_so() -> None:
    land = land_of(draw())
    steps = {code: land[code]["step"] for code in ("LTU", "DNK", "USA", "SVN", "ISL", "CHE")}
    assert steps == {
        "LTU": "from 3.5%",
        "DNK": "from 2.75%",
        "USA": "from 2.75%",
        "SVN": "below 2%",
        "ISL": "no figure",
        "CHE": "not a member",
    }
    assert (land["LTU"]["name"], land["LTU"]["number"], land["LTU"]["detail_0"]) == ("Lithuania", "5.33% of GDP", "1")
    assert land["CHE"]["detail_0"] == "–"


def test_estimates_are_said_above_the_map_and_in_the_tooltips() -> None:
    estimates = draw(SHARES.assign(flag="estimate"), heading="2026")
    assert estimates["title"] == "2026 (estimates)"
    assert land_of(estimates)["LTU"]["number"] == "5.33% of GDP (estimate)"
    mixed = draw(SHARES.assign(flag=["", "estimate", "estimate", "estimate", ""]), heading="2026")
    assert mixed["title"] == "2026"


def test_all_steps_stand_in_the_key_with_hollow_for_no_figure() -> None:
    (fill,) = {str(layer["encoding"]["fill"]["scale"]) for layer in draw()["layer"] if "fill" in layer["encoding"]}
    assert fill.count("#") == 6
    assert palette.PAPER.light in fill
    assert palette.STEPS[-1].light in fill


def test_a_country_that_is_not_on_the_map_is_refused() -> None:
    with pytest.raises(ExhibitError, match="not on the map: JPN"):
        draw(SHARES.replace("SVN", "JPN"))


def test_north_america_has_a_projection_of_its_own() -> None:
    spec = draw()
    own = [layer["projection"] for layer in spec["layer"] if "projection" in layer]
    assert own
    assert len({tuple(one["rotate"]) for one in own}) == 2
    assert "projection" not in spec  # which the layers would override, and Vega-Lite warn of


def test_the_map_keeps_its_shape_on_a_phone() -> None:
    wide = draw()
    narrow = narrow_spec(wide)
    assert narrow["height"] / narrow["width"] == pytest.approx(wide["height"] / wide["width"], rel=0.01)


def test_every_member_is_on_the_map_and_in_its_window() -> None:
    countries = catalog.countries()
    places = place_countries(catalog.load_geometry("alliance"))
    for code in countries.loc[countries["nato"], "iso3"]:
        longitude, latitude = LABELS.get(code, tuple(places.loc[code]))
        assert code in OVERSEAS or (
            EUROPE.view.west < longitude < EUROPE.view.east and EUROPE.view.south < latitude < EUROPE.view.north
        )


def test_outlines_run_clockwise_and_none_crosses_the_antimeridian() -> None:
    for feature in catalog.load_geometry("alliance")["features"]:
        for polygon in feature["geometry"]["coordinates"]:
            assert ring_area(polygon[0]) < 0, feature["properties"]["iso3"]
            longitudes = [point[0] for point in polygon[0]]
            assert max(longitudes) - min(longitudes) < 120, feature["properties"]["iso3"]


def test_crimea_is_drawn_as_ukraine_on_this_map_too() -> None:
    features = {one["properties"]["iso3"]: one for one in catalog.load_geometry("alliance")["features"]}
    within = {
        code: [
            point
            for polygon in features[code]["geometry"]["coordinates"]
            for point in polygon[0]
            if 33 < point[0] < 36 and 44.3 < point[1] < 45.6
        ]
        for code in ("UKR", "RUS")
    }
    assert within["UKR"]
    assert not within["RUS"]


def test_the_map_in_words() -> None:
    words = describe_steps(SHARES, category="iso3", value="share", unit="% of GDP", levels=LEVELS, absent="no figure")
    assert words == (
        "Map of 5 countries by % of GDP. From 3.5%: Lithuania. From 2.75%: Denmark and United States. "
        "Below 2%: Slovenia. No figure: Iceland."
    )
