"""The plan: which pages run with which parameters, and what stops a build before any kernel."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from baltic_calculus.catalog import Coverage
from baltic_calculus.errors import ConfigurationError, ParameterError
from baltic_calculus.report import plan
from baltic_calculus.report.page import MatrixEntry, Page
from baltic_calculus.report.plan import parse_parameter

NATO = Coverage(countries=("EST", "FIN", "LTU", "LVA", "POL"), first_year=2014, last_year=2026)


def plan_build(config, **choices):
    return plan.plan_build(config, coverage=lambda name: NATO, **choices)


@pytest.fixture
def config(make_project, tmp_path):
    return make_project(tmp_path, {"01_one": [], "02_two": []})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("first_year=2016", ("first_year", 2016)),
        ("countries=[POL, FIN]", ("countries", ["POL", "FIN"])),
        ("countries=POL,FIN", ("countries", "POL,FIN")),
        ("price_basis = current", ("price_basis", "current")),
    ],
)
def test_parameter_is_read_from_the_command_line(text, expected):
    assert parse_parameter(text) == expected


@pytest.mark.parametrize("text", ["first_year", "=2016", "first year=1", "countries=[POL"])
def test_unreadable_parameter_is_named(text):
    with pytest.raises(ParameterError, match="cannot read"):
        parse_parameter(text)


def test_parameters_come_from_notebook_configuration_and_command_line(config):
    first = config.pages[0].model_copy(update={"parameters": {"first_year": 2016, "last_year": 2020}})
    config = config.model_copy(update={"pages": (first, config.pages[1])})
    one, two = plan_build(config, parameters={"last_year": 2024}).pages
    # report.yaml wins over the notebook, the command line over both
    assert one.parameters == {"countries": ["EST"], "first_year": 2016, "last_year": 2024}
    assert one.overrides == {"first_year": 2016, "last_year": 2024}
    assert two.parameters == {"countries": ["EST"], "first_year": 2014, "last_year": 2024}


def test_value_that_equals_the_default_is_not_injected(config):
    assert plan_build(config, parameters={"first_year": 2014}).pages[0].overrides == {}


def test_words_become_what_the_notebook_expects(config):
    page = plan_build(config, parameters={"countries": "POL, FIN", "first_year": "2016"}).pages[0]
    assert page.overrides == {"countries": ["POL", "FIN"], "first_year": 2016}


def test_only_leaves_the_other_pages_as_they_were(config):
    planned = plan_build(config, only=["two"])
    assert [page.page.notebook for page in planned.pages] == ["02_two"]
    assert [page.notebook for page in planned.kept] == ["01_one"]


@pytest.mark.parametrize(
    ("parameters", "message", "remedy"),
    [
        ({"country": "POL"}, "unknown parameter country", "countries, first_year, last_year"),
        ({"price_basis": "current"}, "unknown parameter price_basis", "countries, first_year, last_year"),
        ({"countries": ["XXX"]}, "no data for XXX", "EST, FIN, LTU, LVA, POL"),
        ({"first_year": 1990}, "first_year 1990 is outside the data", "2014 to 2026"),
        ({"last_year": "later"}, "last_year", "correct"),
    ],
)
def test_impossible_parameter_stops_the_plan(config, parameters, message, remedy):
    with pytest.raises(ParameterError) as caught:
        plan_build(config, parameters=parameters)
    assert message in caught.value.what
    assert remedy in caught.value.remedy


def test_parameter_known_to_one_page_goes_to_that_page(make_project, tmp_path):
    config = make_project(tmp_path, {"01_one": []})
    other = make_project_page(tmp_path, "02_two", 'price_basis = "constant"', make_project)
    config = config.model_copy(update={"pages": (*config.pages, other)})
    one, two = plan_build(config, parameters={"price_basis": "current"}).pages
    assert "price_basis" not in one.parameters
    assert two.overrides == {"price_basis": "current"}


def make_project_page(root, name, parameters, make_project):
    beside = root / "beside"
    beside.mkdir()
    make_project(beside, {name: []}, parameters)
    (beside / "notebooks" / f"{name}.ipynb").rename(root / "notebooks" / f"{name}.ipynb")
    return Page(notebook=name, coverage="nato")


def test_error_in_the_configuration_names_the_page(config):
    wrong = config.pages[0].model_copy(update={"parameters": {"colour": "red"}})
    with pytest.raises(ParameterError, match="unknown parameter colour") as caught:
        plan_build(config.model_copy(update={"pages": (wrong,)}))
    assert caught.value.where.startswith("01_one")


def test_missing_notebook_stops_the_plan(config):
    (config.notebooks / "02_two.ipynb").unlink()
    with pytest.raises(ConfigurationError, match=r"no notebook 02_two.ipynb"):
        plan_build(config)


def test_broken_notebook_of_another_page_does_not_stop_only(config):
    (config.notebooks / "02_two.ipynb").write_text("{")
    assert len(plan_build(config, only=["one"]).pages) == 1


@pytest.fixture
def profiles(config):
    """Two chapters, and three pages from one notebook with a labelled exhibit."""
    source = config.notebooks / "country_profile.ipynb"
    notebook = nbformat.read(config.notebooks / "01_one.ipynb", as_version=4)
    notebook.cells[1].source = 'country = "EST"'
    notebook.cells.append(new_code_cell("#| label: fig-profile-share\nchart_lines(shares)"))
    nbformat.write(notebook, source)
    matrix = {"country": ["EST", "LVA", "POL"]}
    entry = MatrixEntry(notebook="country_profile", coverage="nato", folder="profiles", matrix=matrix)
    return config.model_copy(update={"pages": (*config.pages, *entry.pages())})


def test_each_page_of_a_matrix_has_its_value_and_its_labels(profiles):
    planned = plan_build(profiles, only=["profiles"]).pages
    assert [page.page.notebook for page in planned] == [f"country_profile_{code}" for code in ("est", "lva", "pol")]
    assert {page.source.name for page in planned} == {"country_profile.ipynb"}
    assert [page.overrides for page in planned] == [{}, {"country": "LVA"}, {"country": "POL"}]  # EST is its own
    assert [page.parameters for page in planned] == [{"country": code} for code in ("EST", "LVA", "POL")]
    assert [page.notebook.cells[-1].source.split()[2] for page in planned] == [
        f"fig-profile-share-{code}" for code in ("est", "lva", "pol")
    ]


def test_one_page_of_a_matrix_leaves_the_others(profiles):
    planned = plan_build(profiles, only=["profiles/lva"])
    assert [page.page.slug for page in planned.pages] == ["profiles/lva"]
    assert [page.slug for page in planned.kept] == ["one", "two", "profiles/est", "profiles/pol"]


def test_the_parameter_of_a_matrix_is_not_given_on_the_command_line(profiles):
    with pytest.raises(ParameterError, match="country is given by the matrix of country_profile") as caught:
        plan_build(profiles, parameters={"country": "POL"})
    assert caught.value.remedy == "leave it out and choose a page: --only profiles/pol"
    planned = plan_build(profiles, parameters={"countries": "POL"})  # of the chapters alone
    assert planned.pages[0].overrides == {"countries": ["POL"]}
    assert planned.pages[-1].overrides == {"country": "POL"}


def test_a_country_of_a_matrix_without_data_is_named(profiles):
    wrong = profiles.page("profiles/pol").model_copy(update={"parameters": {"country": "ISL"}})
    with pytest.raises(ParameterError, match="no data for ISL") as caught:
        plan_build(profiles.model_copy(update={"pages": (wrong,)}))
    assert "country_profile_pol" in caught.value.where
