"""Terms are linked where a page uses them first, and nowhere else."""

import pytest

from baltic_calculus.analysis.glossary import Term
from baltic_calculus.report.glossary import Glossary
from baltic_calculus.report.pandoc import plain_text

GDP = Term("gross domestic product", "GDP", (), "What is made.", "")
BALANCE = Term("primary balance", "", ("primary balances",), "Without interest.", "")
SHORT = Term("balance", "", (), "Of a budget.", "")
GLOSSARY = Glossary((GDP, BALANCE, SHORT))


def mark(term: Term, words: str) -> dict[str, object]:
    return {"t": "Str", "c": f"<{term.label}|{words}>"}


@pytest.fixture
def linked(pandoc):
    return lambda markdown: plain_text(GLOSSARY.link(pandoc.read_markdown(markdown), mark))


def test_the_first_use_alone_is_linked(linked):
    assert linked("GDP, and GDP again.") == "<term-gross-domestic-product|GDP>, and GDP again."


def test_abbreviation_and_term_are_one(linked):
    assert linked("The gross domestic product (GDP).") == (
        "The <term-gross-domestic-product|gross domestic product> (GDP)."
    )


def test_a_term_may_begin_a_sentence_and_run_over_a_line(linked):
    assert linked("Primary\nbalances fell.") == "<term-primary-balance|Primary balances> fell."


def test_the_longest_form_wins_and_leaves_the_shorter_to_its_own_use(linked):
    assert (
        linked("A primary balance, a balance.") == "A <term-primary-balance|primary balance>, a <term-balance|balance>."
    )


def test_parts_of_words_are_no_terms(linked):
    assert linked("GDPs, imbalance, off-balance, balanced") == "GDPs, imbalance, off-balance, balanced"


@pytest.mark.parametrize(
    "text",
    [
        "# GDP",
        "[GDP](x.html)",
        "`GDP`",
        "$GDP$",
        "    GDP",
        "| GDP |\n|---|\n| GDP |",
        "::: {.exhibit #fig-x}\nGDP\n:::",
        "GDP\n:   What is made of GDP.",
    ],
    ids=["heading", "link", "code", "formula", "code block", "table", "exhibit", "definitions"],
)
def test_other_places_stay_as_they_are(pandoc, text):
    blocks = pandoc.read_markdown(text)
    assert GLOSSARY.link(blocks, mark) == blocks


@pytest.mark.parametrize(
    "text", ["**GDP**", "- GDP", "1. GDP", "> GDP", '"GDP"', "::: {.callout-note}\nGDP\n:::"], ids=str
)
def test_running_text_is_linked_wherever_it_stands(linked, text):
    assert "<term-gross-domestic-product|GDP>" in linked(text)


def test_the_text_given_stays_as_it_is(pandoc):
    blocks = pandoc.read_markdown("GDP and **GDP**")
    before = pandoc.read_markdown("GDP and **GDP**")
    GLOSSARY.link(blocks, mark)
    assert blocks == before


def test_without_terms_nothing_changes(pandoc):
    blocks = pandoc.read_markdown("GDP")
    assert Glossary().link(blocks, mark) == blocks
