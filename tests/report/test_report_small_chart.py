"""Small charts: what of a chart remains, and which charts have none."""

import copy
import re
from typing import Any

import nbformat
import pytest

from baltic_calculus.exhibits import palette
from baltic_calculus.report.small_chart import HEIGHT, LINE, WIDTH, simplify, small_chart
from baltic_calculus.report.svg import ChartDrawer

NAMES = [
    {"name": "Estonia 3.4", "country": "EST", "x": 2026, "y": 3.40},
    {"name": "Latvia 3.5", "country": "LVA", "x": 2026, "y": 3.45},
    {"name": "A name too long for it 3.6", "country": "LTU", "x": 2026, "y": 3.6},
]
SCALE = {"domain": ["EST", "LVA", "LTU"], "range": ["#0b5fa5", "#9e1b32", "#b98500"]}
YEAR = {"field": "x", "type": "quantitative", "axis": {"format": "d"}, "scale": {"domain": [2014, 2026]}}
SHARE = {"field": "y", "type": "quantitative", "axis": {"format": ".1f"}, "scale": {"domain": [0, 5]}}
LINES = {
    "title": "% of GDP",
    "params": [{"name": "hover", "select": "point"}],
    "datasets": {
        "names": NAMES,
        "points": [{"country": "EST", "x": 2014, "y": 2}, {"country": "EST", "x": 2026, "y": 3.4}],
    },
    "layer": [
        {"data": {"name": "points"}, "mark": {"type": "rule"}, "encoding": {"y": {"datum": 2}}},
        {
            "data": {"name": "points"},
            "mark": {"type": "line", "tooltip": True},
            "encoding": {
                "x": YEAR,
                "y": SHARE,
                "stroke": {"field": "country", "type": "nominal", "scale": SCALE, "legend": None},
                "opacity": {"condition": {"param": "hover", "value": 1}, "value": 0.2},
                "tooltip": [{"field": "y"}],
            },
        },
        {
            "data": {"name": "names"},
            "mark": {"type": "text", "align": "left", "dx": 10},
            "encoding": {
                "x": YEAR,
                "y": SHARE,
                "text": {"field": "name", "type": "nominal"},
                "color": {"field": "country", "type": "nominal", "scale": SCALE, "legend": None},
            },
        },
        {
            "data": {"name": "names"},
            "mark": {"type": "text", "color": "#55606a"},
            "encoding": {"text": {"value": "note"}},
        },
    ],
}


@pytest.fixture
def lines() -> dict:
    return nbformat.from_dict(LINES)  # as it is read from a notebook: what is put into it is copied


def test_series_and_their_names_stay_and_the_rest_goes(lines) -> None:
    small = simplify(lines)
    assert lines == LINES  # the exhibit keeps its own
    assert [layer["mark"]["type"] for layer in small["layer"]] == ["line", "text"]
    assert (small["width"], small["height"]) == (WIDTH, HEIGHT)
    line = small["layer"][0]
    assert line["encoding"]["x"]["axis"]["values"] == [2014, 2026]
    assert line["encoding"]["y"]["axis"] is None
    assert line["encoding"]["opacity"] == {"value": 1}
    assert "tooltip" not in line["encoding"]
    assert "params" not in small


@pytest.mark.parametrize(
    ("names", "shown"),
    [(["Estonia", "Latvia", "Lithuania"], ["Estonia", "Latvia", "Lithuania"]), (list("abcd"), ["a", "d"])],
)
def test_a_few_columns_are_all_named_and_of_more_the_ends(lines, names: list[str], shown: list[str]) -> None:
    encoding = lines["layer"][1]["encoding"]
    encoding["x"] = {"field": "country", "type": "nominal", "sort": names}
    assert simplify(lines)["layer"][0]["encoding"]["x"]["axis"]["values"] == shown


def test_names_keep_apart_and_long_ones_are_left_out(lines) -> None:
    (_, names) = simplify(lines)["layer"]
    rows = names["data"]["values"]
    assert [row["name"] for row in rows] == ["Estonia 3.4", "Latvia 3.5"]
    # a unit is at most HEIGHT / 5 high, so lines of type are at least this far apart
    assert rows[1]["y"] - rows[0]["y"] >= LINE / (HEIGHT / 5)


def test_names_in_two_layers_keep_apart_too(lines) -> None:
    first, second = copy.deepcopy(lines["layer"][2]), lines["layer"][2]
    rows = lines["datasets"][second["data"]["name"]]
    lines["datasets"] |= {"one": rows[:1], "other": rows[1:]}
    first["data"], second["data"] = {"name": "one"}, {"name": "other"}
    lines["layer"].append(first)
    places = [row["y"] for layer in simplify(lines)["layer"][1:] for row in layer["data"]["values"]]
    assert abs(places[0] - places[1]) >= LINE / (HEIGHT / 5)


def test_a_name_with_a_halo_is_one_name(lines) -> None:
    lines["layer"].append(copy.deepcopy(lines["layer"][2]))
    (_, below, above) = simplify(lines)["layer"]
    assert below["data"] == above["data"]


def test_a_chart_whose_marks_nothing_names_has_no_small_one(lines) -> None:
    del lines["layer"][2]
    assert simplify(lines) is None


@pytest.mark.parametrize(("entries", "has_room"), [(["share of GDP", "GDP"], True), (["a", "b", "c", "d"], False)])
def test_a_legend_stays_when_it_fits(lines, entries: list[str], has_room: bool) -> None:
    del lines["layer"][2]
    stroke = lines["layer"][1]["encoding"]["stroke"]
    stroke.update(scale={"domain": entries}, legend={"columns": 2})
    small = simplify(lines)
    assert (small is not None) == has_room
    if has_room:
        assert small["layer"][0]["encoding"]["stroke"]["legend"]["columns"] == 2


def test_maps_and_many_panels_have_none() -> None:
    assert simplify({"layer": [{"mark": "geoshape"}]}) is None
    panel = {"mark": "point", "encoding": {"x": YEAR, "y": SHARE}}
    assert simplify({"hconcat": [panel] * 4}) is None
    assert simplify({"vconcat": [panel] * 2}) is None
    facet = {"facet": {"field": "country", "sort": ["EST", "LVA", "LTU"]}, "spec": panel}
    assert 3 * simplify(facet)["spec"]["width"] < WIDTH


def test_more_rows_than_can_be_named_need_a_key() -> None:
    def bars(rows: str) -> dict[str, Any]:
        y = {"field": "name", "type": "nominal", "sort": list(rows)}
        return {"mark": "bar", "encoding": {"x": SHARE, "y": y}}

    assert simplify(bars("abcdef")) is not None
    assert simplify(bars("abcdefg")) is None
    keyed = bars("abcdefg")
    keyed["encoding"]["fill"] = {"field": "kind", "scale": {"domain": ["kept", "missed"]}, "legend": {"orient": "top"}}
    assert simplify(copy.deepcopy(keyed)) is not None
    keyed["encoding"]["yOffset"] = {"field": "country", "type": "nominal"}  # several bars in each of seven rows
    assert simplify(keyed) is None


def test_parts_of_many_rows_have_none_for_nothing_says_whose_they_are() -> None:
    rows = [{"name": name, "share": 1} for name in "abcdefg" for _part in range(2)]
    y = {"field": "name", "type": "nominal", "sort": list("abcdefg")}
    fill = {"field": "part", "scale": {"domain": ["share", "GDP"]}, "legend": {"orient": "top"}}
    assert simplify({"data": {"values": rows}, "mark": "bar", "encoding": {"x": SHARE, "y": y, "fill": fill}}) is None


def test_a_legend_without_room_beside_another_is_left_out_and_a_shared_one_counts_once() -> None:
    def encoding(*names: str) -> dict[str, object]:
        return {"field": "part", "scale": {"domain": list(names)}, "legend": {"orient": "top"}}

    x, y = {"field": "year", "type": "quantitative"}, SHARE
    bands, paths = encoding("90 of 100 paths", "60 of 100 paths"), encoding("Middle", "Without shocks")
    layers = [
        {"mark": "area", "encoding": {"x": x, "y": y, "fill": bands}},
        {"mark": "area", "encoding": {"x": x, "y": y, "fill": bands}},
        {"mark": "line", "encoding": {"x": x, "y": y, "stroke": paths}},
    ]
    chart = {"data": {"values": []}, "concat": [{"layer": layers}, {"layer": layers}]}
    small = simplify(chart)
    assert small is not None
    for panel in small["concat"]:
        first, second, lines = (layer["encoding"] for layer in panel["layer"])
        assert first["fill"]["legend"]
        assert second["fill"]["legend"]
        assert lines["stroke"]["legend"] is None


def test_it_is_drawn_for_the_blue_ground_and_says_nothing_aloud(small_report) -> None:
    ((_, exhibit, _),) = small_report.document().exhibits("figure")
    svg = small_chart(exhibit, ChartDrawer.of(small_report.config))
    assert svg.startswith('<svg aria-hidden="true"')
    assert palette.COUNTRIES["EST"].dark in svg
    assert palette.COUNTRIES["EST"].light not in svg
    assert not re.search(r'\sid="(?!small-fig-share)', svg)


def test_a_table_has_none(small_report) -> None:
    ((_, exhibit, _),) = small_report.document().exhibits("table")
    assert small_chart(exhibit, ChartDrawer.of(small_report.config)) == ""
