"""Heads of pages: for reference managers, for who shows a link, for search engines."""

import json
from pathlib import Path

import pytest
from lxml import html

from baltic_calculus.report.document import assemble
from baltic_calculus.report.site import render_site

BASE = "https://example.org/report/"


@pytest.fixture(scope="module", params=["", BASE], ids=["no address", "address"])
def site(request, small_report, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("heads")
    config = small_report.config.at(request.param)
    render_site(assemble(small_report.chapters(), config), folder / "site", has_pdf=True)
    return folder / "site", request.param


def head(site: Path, page: str) -> tuple[dict[str, list[str]], html.HtmlElement]:
    tree = html.fromstring((site / page).read_text(encoding="utf-8")).xpath("/html/head")[0]
    entries: dict[str, list[str]] = {}
    for meta in tree.xpath("./meta[@content]"):
        entries.setdefault(meta.get("name") or meta.get("property"), []).append(meta.get("content"))
    return entries, tree


def test_the_report_is_cited_as_a_technical_report(site) -> None:
    folder, base = site
    entries, _ = head(folder, "index.html")
    assert entries["citation_title"] == ["A title: A subtitle"]
    assert entries["citation_author"] == ["One Author", "Another Author"]
    assert entries["citation_publication_date"] == ["2026/11/21"]
    assert entries["citation_technical_report_institution"] == ["An institute"]
    assert entries.get("citation_pdf_url", []) == ([f"{BASE}report.pdf"] if base else [])


def test_a_chapter_is_cited_as_part_of_the_report(site) -> None:
    entries, _ = head(site[0], "spending.html")
    assert entries["citation_title"] == ["Spending"]
    assert entries["citation_inbook_title"] == ["A title: A subtitle"]
    assert "citation_technical_report_institution" not in entries


@pytest.mark.parametrize("page", ["index.html", "summary.html", "spending.html", "burden.html"])
def test_a_link_to_any_page_can_be_shown_with_title_text_and_picture(site, page) -> None:
    folder, base = site
    entries, tree = head(folder, page)
    assert all(len(entries[name]) == 1 for name in ("og:type", "og:title", "og:description", "og:site_name"))
    assert entries["og:locale"] == ["en_GB"]
    canonical = tree.xpath("./link[@rel='canonical']/@href")
    if base:
        whole = BASE if page == "index.html" else BASE + page
        assert canonical == entries["og:url"] == [whole]
        assert entries["og:image"] == [f"{BASE}assets/social.png"]
        assert entries["twitter:card"] == ["summary_large_image"]
    else:
        assert canonical == []
        assert not [value for values in entries.values() for value in values if "example.org" in value]
        assert "og:image" not in entries


@pytest.mark.parametrize("page", ["index.html", "summary.html", "spending.html", "burden.html"])
def test_each_page_has_linked_data_that_names_it(site, page) -> None:
    folder, base = site
    _, tree = head(folder, page)
    (text,) = tree.xpath("./script[@type='application/ld+json']/text()")
    first = json.loads(text)["@graph"][0]
    assert first["url"] == base + ("" if base and page == "index.html" else page)


def test_a_page_of_data_describes_each_exhibit_and_one_without_exhibits_nothing(site) -> None:
    folder, base = site
    _, tree = head(folder, "spending-evidence.html")
    (text,) = tree.xpath("./script[@type='application/ld+json']/text()")
    datasets = [one["@id"] for one in json.loads(text)["@graph"] if one["@type"] == "Dataset"]
    assert datasets == [f"{base}spending.html#fig-share"]
    _, tree = head(folder, "summary-evidence.html")
    assert not tree.xpath("./script[@type='application/ld+json']")
