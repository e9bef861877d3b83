"""Terms: their forms, their identifiers, and what a reader of each form is told."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.glossary import Term, gather_terms

ROWS = [
    {
        "concept": "ro-ro ship",
        "abbreviation": "",
        "forms": "ro-ro ships;ro-ro",
        "meaning": "A ship.",
        "reference": "",
    },
    {
        "concept": "Gross domestic product",
        "abbreviation": "GDP",
        "forms": "",
        "meaning": "What is made.",
        "reference": "x",
    },
]


def test_terms_stand_in_the_order_of_the_alphabet():
    assert [term.concept for term in gather_terms(ROWS)] == ["Gross domestic product", "ro-ro ship"]


def test_forms_are_the_term_its_abbreviation_and_others():
    product, ship = gather_terms(ROWS)
    assert product.forms == ("Gross domestic product", "GDP")
    assert ship.forms == ("ro-ro ship", "ro-ro ships", "ro-ro")


def test_an_abbreviation_is_written_out_and_a_term_explained():
    product, ship = gather_terms(ROWS)
    assert product.explain("GDP") == "Gross domestic product"
    assert product.explain("Gross domestic product") == "What is made."
    assert ship.explain("ro-ro ships") == "A ship."


@pytest.fixture(scope="module")
def terms() -> tuple[Term, ...]:
    return gather_terms(catalog.rows("glossary"))


def test_no_two_terms_share_a_form_or_an_identifier(terms):
    forms = [form for term in terms for form in term.forms]
    assert len(set(forms)) == len(forms)
    assert len({term.label for term in terms}) == len(terms)


def test_meanings_are_whole_sentences(terms):
    assert all(term.meaning[:1].isupper() and term.meaning.endswith(".") for term in terms)
