"""Many pages under a chapter: in the navigation, on the landing page, in the search, and from one to the next."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser

from baltic_calculus.report.chapter import read_chapter
from baltic_calculus.report.document import Document, assemble
from baltic_calculus.report.execution.ledger import PageFailure
from baltic_calculus.report.instance import as_page
from baltic_calculus.report.page import MatrixPage
from baltic_calculus.report.page_links import find_place, link_pages
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.site import render_site

NAMES = {"SWE": "Sweden", "CZE": "Czechia", "TUR": "Türkiye", "USA": "United States"}
FRONT = '---\ntitle: "{country}"\ndescription: What {country} spends.\n---\n'
LINKED = (
    '<table><thead><tr><th>Ally</th></tr></thead><tbody><tr><th><span data-page="profiles/swe">Sweden</span></th></tr>'
)


@pytest.fixture(scope="module")
def document(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable,
    figure_output: Callable[..., nbformat.NotebookNode],
    table_output: Callable[..., nbformat.NotebookNode],
) -> Document:
    """A chapter, and an index with four pages under it."""
    table = table_output(notes=[])
    table.data["text/html"] = f"{LINKED}</tbody></table>"
    report = write_report(
        tmp_path_factory.mktemp("many"),
        {"01_spending": ["## Levels"], "02_allies": [("#| label: tbl-allies\nTable()", table)]},
    )
    config = report.config
    source = new_notebook(
        cells=[
            new_markdown_cell(FRONT),
            new_markdown_cell("## Share {#sec-profile-share}\n\nWords of a section."),
            new_code_cell("#| label: fig-profile-share\nFigure()"),
        ]
    )
    nbformat.write(source, config.notebooks / "country_profile.ipynb")
    pages = [
        MatrixPage(
            notebook=f"country_profile_{code.lower()}",
            number=code,
            coverage="nato_defence_expenditure",
            parameters={"country": code},
            folder="profiles",
            under="allies",
            formats=("html",),
            parameter="country",
            value=code,
        )
        for code in NAMES
    ]
    config = config.model_copy(update={"pages": (*config.pages, *pages)})
    chapters = report.chapters()
    for page in pages:
        executed = nbformat.from_dict(as_page(json.loads(json.dumps(source)), page))
        executed.cells[-1].outputs = [figure_output(notes=[])]
        path = config.root / "executed" / f"{page.notebook}.ipynb"
        nbformat.write(executed, path)
        chapters.append(read_chapter(path, page, Pandoc.of(config)))
    return assemble(chapters, config)


@pytest.fixture(scope="module")
def site(document: Document, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("links") / "site"
    render_site(document, folder)
    return folder


def parse(page: Path) -> html.HtmlElement:
    return html.fromstring(page.read_text(encoding="utf-8"))


def test_pages_under_a_chapter_are_in_the_order_of_their_names(document: Document) -> None:
    chapter, index = link_pages(document, [])
    assert (chapter.title, chapter.children) == ("Spending", ())
    # ü counts as u: Türkiye stands before the United States
    assert [child.title for child in index.children] == ["Czechia", "Sweden", "Türkiye", "United States"]
    assert (index.children_name, index.children[0].kicker) == ("4 profiles", "Country profile")


def test_neighbours_are_of_the_same_kind(document: Document) -> None:
    links = link_pages(document, [])
    chapter, index = (find_place(links, link.page) for link in links)
    assert (chapter.previous, chapter.next, index.next) == (None, links[1], None)
    place = find_place(links, links[1].children[1].page)
    assert (place.parent, place.link.title) == (links[1], "Sweden")
    assert place.previous is not None
    assert place.next is not None
    assert (place.previous.title, place.next.title) == ("Czechia", "Türkiye")


def test_pages_whose_index_is_not_built_are_linked_all_the_same(document: Document) -> None:
    sweden = next(chapter for chapter in document.chapters if chapter.title == "Sweden")
    (index,) = link_pages(replace(document, chapters=(sweden,)), [])
    assert (index.href, [child.href for child in index.children]) == ("", ["profiles/swe.html"])
    assert find_place([index], sweden.page).next is None


def test_a_page_that_failed_is_listed_as_not_built(document: Document) -> None:
    czechia = next(page for page in document.config.pages if page.slug == "profiles/cze")
    others = tuple(chapter for chapter in document.chapters if chapter.page != czechia)
    failure = PageFailure(czechia, "failed", "cell 3", "ValueError", "")
    _, index = link_pages(replace(document, chapters=others), [failure])
    assert [child.failed for child in index.children] == [True, False, False, False]


def test_the_list_is_open_where_the_reader_is_in_it(site: Path) -> None:
    chapter, profile = parse(site / "spending.html"), parse(site / "profiles" / "swe.html")
    assert not chapter.xpath("//details[@class='under']/@open")
    assert chapter.xpath("//details[@class='under']//a/@href")[1] == "profiles/swe.html"
    assert profile.xpath("//details[@class='under']/@open")
    assert profile.xpath("//a[@aria-current='page']/@href") == ["../profiles/swe.html"]
    assert len(profile.xpath("//nav[starts-with(@class, 'chapters')]/details/ol/li")) == 2


def test_a_page_says_what_it_is_and_leads_back_and_on(site: Path) -> None:
    page = parse(site / "profiles" / "swe.html")
    (kicker,) = page.xpath("//header[@class='chapter-head']/p[@class='kicker']")
    assert kicker.text_content() == "Country profile in Allies"
    assert kicker.xpath(".//a/@href") == ["../allies.html"]
    assert page.xpath("//a[@rel='prev' or @rel='next']/@href") == ["../profiles/cze.html", "../profiles/tur.html"]
    evidence = parse(site / "profiles" / "swe-evidence.html")
    (back,) = evidence.xpath("//p[@class='evidence-back']/a")
    assert (back.get("href"), back.text) == ("../profiles/swe.html", "Back to Sweden")


def test_a_table_leads_to_the_pages(site: Path) -> None:
    assert parse(site / "allies.html").xpath("//figure//th/a/@href") == ["profiles/swe.html"]


def test_the_landing_page_lists_the_index_once_and_the_pages_in_short(site: Path) -> None:
    page = parse(site / "index.html")
    assert page.xpath("//li[@class='card']/h3/a/@href") == ["spending.html", "allies.html"]
    assert page.xpath("//nav[@class='children']//li/a/text()") == ["Czechia", "Sweden", "Türkiye", "United States"]
    assert not page.xpath("//ul[@class='exhibit-list']//a[contains(@href, 'profiles/')]")
    assert not page.xpath("//ul[@class='file-list']//a[contains(@href, 'profile')]")


def test_the_search_finds_pages_by_name_and_their_exhibits_but_no_sections(site: Path) -> None:
    text = (site / "assets" / "search-index.js").read_text(encoding="utf-8")
    entries = json.loads(text.removeprefix("window.balticSearch = ").removesuffix(";\n"))
    own = [(entry["kind"], entry["title"]) for entry in entries if entry["address"].startswith("profiles/swe")]
    assert own == [("page", "Sweden"), ("figure", "Figure SWE.1 Share of output")]


def test_a_page_in_its_folder_works_in_a_browser(site: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto((site / "profiles" / "swe.html").as_uri())
    page.fill("#search-field", "united states")
    page.wait_for_selector("#search-results a")
    assert page.locator("#search-results strong").first.inner_text() == "United States"
    page.keyboard.press("Enter")
    page.wait_for_url("**/profiles/usa.html")
    page.click(".chapters summary >> nth=0")
    assert page.is_visible(".under a[aria-current=page]")
    page.locator(".provenance summary").press("Enter")
    page.wait_for_selector(".provenance li")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert problems == []
    page.close()
