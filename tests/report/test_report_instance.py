"""A page of a matrix as a notebook of its own: which labels change, and which words."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.errors import RenderError
from baltic_calculus.report.instance import as_page, make_instance, printed_values
from baltic_calculus.report.page import MatrixPage, Page

FRONT = '---\ntitle: "{country}"\ndescription: What {country} spends.\n---\n\n{country} stays as it is here.'
PAGE = MatrixPage(
    notebook="country_profile_lva",
    number="LVA",
    coverage="nato",
    parameters={"country": "LVA"},
    folder="profiles",
    parameter="country",
    value="LVA",
)
PRINTED = {"country": "Latvia"}


def source(*cells):
    """A notebook with one exhibit and what the test adds."""
    exhibit = new_code_cell("#| label: fig-profile-share\n#| echo: false\nchart_lines(shares)")
    return new_notebook(cells=[new_markdown_cell(FRONT), exhibit, *cells])


def text_of(cell):
    """A text cell, and what it says on the page of Latvia."""
    return make_instance(source(cell), PAGE, PRINTED).cells[-1].source


def test_a_label_and_the_references_to_it_get_the_value_as_their_ending():
    text = new_markdown_cell("## Share {#sec-profile-share}\n\nSee @fig-profile-share, [-@fig-profile-share; @sec-x].")
    made = make_instance(source(text), PAGE, PRINTED)
    assert made.cells[1].source.startswith("#| label: fig-profile-share-lva\n#| echo")
    assert made.cells[2].source == (
        "## Share {#sec-profile-share-lva}\n\nSee @fig-profile-share-lva, [-@fig-profile-share-lva; @sec-x]."
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("@fig-profile-share.", "@fig-profile-share-lva."),
        ("@Fig-profile-share shows", "@Fig-profile-share-lva shows"),
        ("[there](#fig-profile-share)", "[there](#fig-profile-share-lva)"),
        ("@fig-profile-share-of-gdp", "@fig-profile-share-of-gdp"),  # another label that begins alike
        ("@fig-share and [@nato2026]", "@fig-share and [@nato2026]"),  # of a chapter; of the bibliography
        ("someone@fig-profile-share", "someone@fig-profile-share"),
    ],
)
def test_only_its_own_labels_change(before, after):
    assert text_of(new_markdown_cell(before)) == after


def test_references_in_code_change_as_those_in_text():
    code = 'Prose("It leads (@fig-profile-share).", facts=facts)'
    assert text_of(new_code_cell(code)) == 'Prose("It leads (@fig-profile-share-lva).", facts=facts)'


def test_a_sentence_keeps_its_label_which_belongs_to_its_page():
    assert text_of(new_code_cell("#| label: headline\nProse()")) == "#| label: headline\nProse()"


def test_the_front_matter_prints_the_name():
    made = make_instance(source(), PAGE, PRINTED)
    assert made.cells[0].source == (
        '---\ntitle: "Latvia"\ndescription: What Latvia spends.\n---\n\n{country} stays as it is here.'
    )


def test_the_front_matter_may_use_the_name_with_its_article():
    page = PAGE.model_copy(update={"parameters": {"country": "NLD"}, "value": "NLD"})
    assert printed_values(page) == {"country": "Netherlands", "country_in_text": "the Netherlands"}


def test_a_name_that_the_front_matter_cannot_know_is_refused():
    with pytest.raises(RenderError, match=r"says \{country\}") as caught:
        make_instance(source(), PAGE, {"year": "2014"})
    assert caught.value.where == "country_profile.ipynb, first cell"
    assert "{year}" in caught.value.remedy


def test_the_source_stays_as_it_is_and_serves_all_pages():
    notebook = source()
    before = nbformat.writes(notebook)
    estonia = PAGE.model_copy(update={"value": "EST"})
    labels = [make_instance(notebook, page, PRINTED).cells[1].source.split()[2] for page in (PAGE, estonia)]
    assert labels == ["fig-profile-share-lva", "fig-profile-share-est"]
    assert nbformat.writes(notebook) == before


def test_the_register_of_countries_knows_the_name():
    notebook = json.loads(nbformat.writes(source()))
    assert 'title: "Latvia"' in as_page(notebook, PAGE)["cells"][0]["source"]


def test_any_other_page_is_its_source():
    notebook = json.loads(nbformat.writes(source()))
    assert as_page(notebook, Page(notebook="01_spending", coverage="nato")) is notebook
