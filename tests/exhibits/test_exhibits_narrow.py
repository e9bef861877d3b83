from baltic_calculus.exhibits.narrow import SHORT_LINE, key_columns, narrow_spec, short_line


def test_a_single_chart_becomes_as_wide_as_a_phone_and_keeps_its_height():
    spec = {"width": 640, "height": 300, "mark": "line", "encoding": {}}
    assert narrow_spec(spec) == {"width": 340, "height": 300, "mark": "line", "encoding": {}}


def test_charts_side_by_side_go_one_below_the_other():
    spec = {"hconcat": [{"width": 300, "encoding": {}}, {"width": 300, "encoding": {}}]}
    narrow = narrow_spec(spec)
    assert "hconcat" not in narrow
    assert [chart["width"] for chart in narrow["vconcat"]] == [284, 284]  # 340 less 56 around the panels


def test_panels_stand_in_one_column_and_many_in_two():
    def facet(count):
        titles = [f"country {place}" for place in range(count)]
        return {"facet": {"field": "title", "sort": titles}, "columns": 3, "spec": {"width": 160, "encoding": {}}}

    few, many = narrow_spec(facet(3)), narrow_spec(facet(6))
    assert (few["columns"], few["spec"]["width"]) == (1, 284)
    assert (many["columns"], many["spec"]["width"]) == (2, 118)  # (340 - 56 - 48) / 2


def test_years_are_thinned_from_the_last_and_amounts_from_the_first():
    axis = {"values": [2014, 2016, 2018, 2020, 2022, 2024, 2026], "format": "d"}
    amounts = {"values": [0, 1, 2, 3, 4, 5], "format": ",.0f"}
    spec = {"width": 640, "layer": [{"encoding": {"x": {"axis": axis}}}, {"encoding": {"x": {"axis": amounts}}}]}
    years, numbers = (layer["encoding"]["x"]["axis"]["values"] for layer in narrow_spec(spec)["layer"])
    assert years == [2014, 2018, 2022, 2026]
    assert numbers == [0, 2, 4]


def row_spec(*names):
    y = {"field": "name", "type": "nominal", "sort": list(names), "axis": {"labelPadding": 8}}
    return {"width": 640, "height": 27 * len(names), "layer": [{"encoding": {"y": y}}]}


def test_short_row_names_stay_as_they_are():
    spec = row_spec("Estonia", "Latvia")
    assert narrow_spec(spec) == {**spec, "width": 340}


def test_long_row_names_move_above_their_rows_which_become_taller():
    narrow = narrow_spec(row_spec("Estonia", "Denmark, Defence Intelligence Service"))
    axis = narrow["layer"][0]["encoding"]["y"]["axis"]
    assert (axis["labelAlign"], axis["labelPadding"]) == ("left", 0)
    assert narrow["height"] == 2 * (15 + 30)  # one line of 15 pixels and 30 for the mark


def test_rules_stop_at_names_that_stand_above_their_rows():
    name = "an institution with a name that is long"
    encoding = {"y": {"field": "top"}, "y2": {"value": {"expr": "height"}}}
    rule = {"mark": {"type": "rule", "strokeDash": [1, 0]}, "encoding": encoding}
    spec = row_spec(name, "x")
    spec["layer"].append(rule)
    _, above, below = narrow_spec(spec)["layer"]
    assert above == {**rule, "encoding": {**encoding, "y2": {"value": 0}}}
    assert below["encoding"]["y"] == {"value": 0}
    # one line of 15 pixels for the name and 30 free: a dash of 30 begins 10 above the middle of the row of 45
    assert below["mark"]["strokeDash"] == [30, 15]
    assert (below["mark"]["strokeDashOffset"] + 45 / 2 - 10) % 45 == 0
    assert rule["mark"]["strokeDash"] == [1, 0]


def test_middling_row_names_are_wrapped_beside_their_rows():
    narrow = narrow_spec(row_spec("NATO Europe and Canada", "Estonia"))
    axis = narrow["layer"][0]["encoding"]["y"]["axis"]
    assert "labelAlign" not in axis
    assert "{1,15}" in axis["labelExpr"]


def test_a_key_has_as_many_columns_as_fit():
    # entries of 36 pixels and their letters of about 7: 71 and 103 pixels
    assert key_columns(["abcde", "abcde", "abcdefghij"], 250) == 3
    assert key_columns(["abcde", "abcde", "abcdefghij"], 190) == 2
    assert key_columns(["abcde" * 10, "abcde"], 200) == 1


def test_two_keys_of_a_panel_share_the_room():
    def channel(*labels):
        return {"legend": {"columns": len(labels)}, "scale": {"domain": list(labels)}}

    bands, lines = channel("of 100 paths, 90", "of 100 paths, 60"), channel("in the middle", "without shocks")
    panel = {"width": 160, "layer": [{"encoding": {"fill": bands}}, {"encoding": {"stroke": lines, "shape": lines}}]}
    layers = narrow_spec({"concat": [panel]})["concat"][0]["layer"]
    # alone, each key would have both of its entries in one line
    assert [
        layers[0]["encoding"]["fill"]["legend"]["columns"],
        layers[1]["encoding"]["stroke"]["legend"]["columns"],
    ] == [
        1,
        1,
    ]
    alone = narrow_spec({"concat": [panel | {"layer": panel["layer"][:1]}]})["concat"][0]["layer"]
    assert alone[0]["encoding"]["fill"]["legend"]["columns"] == 2


def test_lines_of_row_names_stretch_where_that_saves_a_third_line():
    assert short_line(["Poland", "Lithuania: first battery"]) == SHORT_LINE  # "Lithuania:", "first battery"
    assert short_line(["Lithuania: NASAMS battery 2"]) == 16  # "Lithuania:", "NASAMS battery 2"
    assert short_line(["Lithuania: all that is in three lines anyway"]) == SHORT_LINE
