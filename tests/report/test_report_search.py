"""The search index: one entry a section, without code and without what stands in inner sections."""

import json

from lxml import html

from baltic_calculus.report.search import exhibit_entries, search_entries, search_script

PAGE = html.fragment_fromstring(
    """<p>Opening words.</p><section id="one"><h2>One</h2><p>First <em>text</em> .</p>
    <details><pre>code</pre></details><div class="caption"><p>A caption</p></div>
    <section id="inner"><h3>Inner</h3><p>Deep.</p></section></section>""",
    create_parent="div",
)


def test_each_section_is_found_by_its_own_words() -> None:
    entries = list(search_entries(PAGE, "page.html", "Page"))
    assert [(entry.address, entry.title, entry.text) for entry in entries] == [
        ("page.html", "Page", "Opening words."),
        ("page.html#one", "One", "First text."),
        ("page.html#inner", "Inner", "Deep."),
    ]


def test_the_index_is_a_script_with_letters_as_they_are() -> None:
    page = html.fragment_fromstring("<p>Ķīlis</p>", create_parent="div")
    script = search_script(list(search_entries(page, "a.html", "A")))
    name, _, value = script.rstrip(";\n").partition(" = ")
    assert name == "window.balticSearch"
    assert json.loads(value) == [{"kind": "chapter", "address": "a.html", "title": "A", "page": "A", "text": "Ķīlis"}]
    assert "Ķīlis" in script


def test_exhibits_are_found_by_number_and_caption(small_report) -> None:
    figure, table = exhibit_entries(small_report.document())
    assert (figure.kind, figure.address, figure.title) == (
        "figure",
        "spending.html#fig-share",
        "Figure 1.1 Share of output",
    )
    assert (table.kind, table.page, table.text) == ("table", "Burden", "%")
