"""The grid of a sweep: which runs it makes, what they are called, and what is refused before any kernel."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.errors import ParameterError
from baltic_calculus.report.sweep.grid import expand, parse_grid, read_matrix

DEFAULTS = {
    "country": "EST",
    "defence_share": 3.5,
    "year": 2026,
    "countries": ["EST", "LVA"],
    "with_debt": False,
    "seed": None,
}


def names(grids, defaults=DEFAULTS):
    return [point.name for point in expand(grids, defaults)]


def matrix(tmp_path, text) -> Path:
    path = tmp_path / "matrix.yaml"
    path.write_text(text)
    return path


def test_grid_is_the_product_of_its_values_in_their_order():
    points = expand(parse_grid(["country=LVA,EST", "defence_share=2,3.5"]), DEFAULTS)
    assert [point.name for point in points] == [
        "country=LVA,defence_share=2.0",
        "country=LVA,defence_share=3.5",
        "country=EST,defence_share=2.0",
        "country=EST,defence_share=3.5",
    ]
    assert points[0].parameters == DEFAULTS | {"country": "LVA", "defence_share": 2.0}
    # only what differs from the notebook is injected
    assert [point.overrides for point in points[1:]] == [{"country": "LVA"}, {"defence_share": 2.0}, {}]


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("year=2024,2025", [2024, 2025]),
        ("countries=[EST, LVA],[LTU]", [["EST", "LVA"], ["LTU"]]),
        ("with_debt=true,false", [True, False]),
        ('country="NO"', ["NO"]),
        ("seed=1,null", [1, None]),
    ],
)
def test_values_are_yaml(word, values):
    (point_values,) = parse_grid([word])[0].values()
    assert point_values == values


def test_whole_number_serves_as_fraction():
    (point,) = expand(parse_grid(["defence_share=2"]), DEFAULTS)
    assert type(point.parameters["defence_share"]) is float


def test_lists_of_a_name_are_joined():
    assert names(parse_grid(["countries=[EST,LVA],[LTU]"])) == ["countries=EST+LVA", "countries=LTU"]


def test_run_asked_for_twice_is_made_once():
    assert names(parse_grid(["defence_share=2,2.0,3"])) == ["defence_share=2.0", "defence_share=3.0"]


def test_matrix_is_a_product(tmp_path):
    path = matrix(tmp_path, "country: [EST, LVA]\ncountries: [[EST], [LTU]]\nyear: 2025\n")
    assert names(read_matrix(path)) == [
        f"country={country},year=2025,countries={countries}"
        for country in ("EST", "LVA")
        for countries in ("EST", "LTU")
    ]


def test_list_of_matrices_is_their_union(tmp_path):
    path = matrix(tmp_path, "- {country: [EST, LVA]}\n- {country: LVA, year: [2026, 2025]}\n")
    # Latvia in 2026, the notebook's own year, is in both
    assert names(read_matrix(path)) == ["country=EST", "country=LVA", "country=LVA,year=2025"]


def test_name_stays_when_the_grid_grows():
    few = names(parse_grid(["country=EST,LVA"]))
    many = names(parse_grid(["country=LTU,EST,POL,LVA"]))
    assert set(few) < set(many)


def test_name_does_not_depend_on_the_order_of_the_words():
    assert names(parse_grid(["year=2025", "country=LVA"])) == names(parse_grid(["country=LVA", "year=2025"]))


@given(st.lists(st.text(max_size=200), min_size=1, max_size=6, unique=True))
def test_names_are_unique_and_safe_whatever_the_words(words):
    made = names([{"country": words}])
    assert len({name.casefold() for name in made}) == len(words)
    for name in made:
        assert len(name.encode()) <= 240
        assert not set(name) & set('/\\:*?"<>|\0\n ')
        assert not name.startswith(".")


@given(st.lists(st.one_of(st.integers(), st.floats(allow_nan=False), st.booleans(), st.text(max_size=5)), min_size=1))
def test_names_are_unique_where_the_notebook_allows_any_type(values):
    points = expand([{"seed": values}], DEFAULTS)
    assert len({point.name.casefold() for point in points}) == len(points)


@pytest.mark.parametrize(
    ("words", "message", "remedy"),
    [
        (["colour=red"], "unknown parameter colour", 'country (like "EST"), defence_share (like 3.5)'),
        (["country=NO"], "country: False is true or false, not a word", "in quotes"),
        (["country=1"], "country: 1 is a whole number, not a word", "in quotes"),
        (["year=2025.5"], "year: 2025.5 is a number, not a whole number", "2026"),
        (["year=true"], "year: True is true or false, not a whole number", "2026"),
        (["defence_share=true"], "defence_share: True is true or false, not a number", "3.5"),
        (["countries=EST,LVA"], "countries: 'EST' is a word, not a list", "countries=[A,B],[C]"),
        (["countries=[EST,2]"], "countries: 2 is a whole number, not a word", "in quotes"),
        (["year="], "year has no values", "leave it out"),
        (["country=[EST"], "cannot read the values of country", "brackets"),
        (["country"], "cannot read 'country'", "NAME=VALUE"),
        (["year=2024", "year=2025"], "year is given twice", "one name"),
        (["seed=2024-01-01"], "seed: datetime.date(2024, 1, 1) is date", "null"),
        ([], "the grid is empty", "name parameters: country"),
    ],
)
def test_wrong_grid_is_refused_with_what_there_is(words, message, remedy):
    with pytest.raises(ParameterError) as raised:
        expand(parse_grid(words), DEFAULTS)
    assert message in raised.value.what
    assert remedy in raised.value.remedy


@pytest.mark.parametrize("text", ["- EST\n- LVA\n", "country", "", "country: [EST"])
def test_matrix_of_another_form_is_refused(tmp_path, text):
    path = matrix(tmp_path, text)
    with pytest.raises(ParameterError) as raised:
        read_matrix(path)
    assert raised.value.where == str(path)


def test_missing_matrix_is_named(tmp_path):
    with pytest.raises(ParameterError, match=r"No such file(.|\n)*none.yaml"):
        read_matrix(tmp_path / "none.yaml")
