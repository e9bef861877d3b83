"""Terms are linked where a page uses them first, and nowhere else."""

from pathlib import Path

import pytest

from baltic_calculus.analysis.glossary import Term
from baltic_calculus.report.document import Document, assemble
from baltic_calculus.report.glossary import Glossary
from baltic_calculus.report.html_chapter import html_chapter
from baltic_calculus.report.pandoc import find, plain_text
from baltic_calculus.report.typst_chapter import chapter_blocks

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


# ---------------------------------------------------------------- in a report


@pytest.fixture
def explained(write_report, tmp_path: Path):
    """A document of the pages named: one that uses terms, and one with the glossary."""
    pages = {"01_text": ["GDP, and GDP again."], "02_terms": ["## Terms {#sec-glossary}\n\nWords about GDP."]}
    report = write_report(tmp_path, pages)
    config = report.config.model_copy(update={"glossary": "glossary"})
    return lambda *names: assemble(report.chapters(*names), config)


def body_of(document: Document, place: int) -> str:
    return html_chapter(document, document.chapters[place], lambda *parts: "").body


def test_the_site_links_to_the_page_with_the_glossary(explained) -> None:
    document = explained()
    link = '<a href="terms.html#term-gross-domestic-product" class="term" title="gross domestic product">GDP</a>'
    assert f"{link}, and GDP again." in " ".join(body_of(document, 0).split())
    assert 'href="#term-gross-domestic-product"' in body_of(document, 1)


def test_the_pdf_links_within_itself(explained) -> None:
    document = explained()
    raw = [node["c"][1] for node in find(list(chapter_blocks(document, document.chapters[0], None)), "RawInline")]
    assert raw.count('#term(<term-gross-domestic-product>, "GDP")') == 1


def test_without_the_page_of_the_glossary_nothing_is_linked(explained) -> None:
    document = explained("01_text")
    assert "term" not in body_of(document, 0)


def test_a_report_without_a_glossary_stays_as_it_is(explained) -> None:
    document = explained()
    plain = assemble(document.chapters, document.config.model_copy(update={"glossary": ""}))
    assert "term" not in body_of(plain, 0)
