"""The site: complete, consistent, and readable without a server."""

import json
import re
import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from baltic_calculus import catalog
from baltic_calculus.report.execution.ledger import PageFailure
from baltic_calculus.report.site import render_site

CHAPTERS = ("summary", "spending", "burden")
PAGES = ("index.html", *(f"{name}.html" for name in CHAPTERS), *(f"{name}-evidence.html" for name in CHAPTERS))
SOURCE = "nato_defence_expenditure"


@pytest.fixture(scope="module")
def site(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    render_site(small_report.document(), folder)
    return folder


def parse(path: Path) -> html.HtmlElement:
    return html.fromstring(path.read_text(encoding="utf-8"))


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", PAGES)
def test_no_identifier_is_used_twice(site: Path, name: str) -> None:
    counts = Counter(parse(site / name).xpath("//@id"))
    assert [identifier for identifier, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(site: Path, name: str) -> None:
    for address in parse(site / name).xpath("//a/@href | //link/@href | //script/@src"):
        file, _, fragment = address.partition("#")
        # the build puts the PDF beside the pages; the addresses of publishers are theirs
        if address.startswith(("data:", "https://")) or file == "report.pdf":
            continue
        target = site / (file or name)
        assert target.is_file(), address
        if fragment:
            assert parse(target).xpath(f'//*[@id="{fragment}"]'), address


@pytest.mark.parametrize("name", PAGES)
def test_a_page_needs_nothing_from_outside(site: Path, name: str) -> None:
    page = parse(site / name)
    assert not [address for address in page.xpath("//@src | //link/@href") if re.match(r"(https?:)?//", address)]
    assert not page.xpath("//script[not(@src) and not(@type='application/ld+json')] | //script[@type='module']")
    assert not page.xpath("//@onclick | //@onload | //style")
    assert not page.xpath("//*[not(ancestor-or-self::*[local-name()='svg'])]/@style")


@pytest.mark.parametrize("name", PAGES)
def test_headings_come_in_order_under_one_title(site: Path, name: str) -> None:
    levels = [int(heading.tag[1]) for heading in parse(site / name).xpath("//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_a_figure_has_all_that_a_reader_needs(site: Path) -> None:
    (figure,) = parse(site / "spending.html").xpath("//figure")
    assert figure.get("id") == "fig-share"
    assert figure[0].tag == "figcaption"
    assert " ".join(figure[0].text_content().split()) == "Figure 1.1 Share of output % of GDP"
    (image,) = figure.xpath(".//picture//img")
    assert image.get("alt") == "Bars: Estonia 3.4, Latvia 3.7."
    narrow, wide = figure.xpath(".//source[not(contains(@srcset, '.dark.svg'))]"), image
    assert int(wide.get("width")) > int(narrow[0].get("width"))
    assert all((site / address).is_file() for address in figure.xpath(".//source/@srcset | .//img/@src"))
    notes = figure.xpath(".//div[@class='exhibit-notes']")[0].text_content()
    assert "After (NATO 2025)." in " ".join(notes.split())
    assert "A publisher, a title." in notes
    assert figure.xpath(".//details[@class='data']//a/@href") == ["spending-evidence.html#fig-share"]
    assert figure.xpath(".//p[@class='downloads']/a/@href") == [
        "data/fig-share.csv",
        "figures/fig-share.svg",
        "figures/fig-share.png",
        "figures/fig-share.vl.json",
        "#fig-share",
    ]


def test_an_exhibit_says_where_it_comes_from(site: Path) -> None:
    (tools,) = parse(site / "spending.html").xpath("//figure//details[@class='data']")
    assert tools.xpath(".//a/@href") == ["spending-evidence.html#fig-share"]
    assert "where they come from" in tools.text_content()


def test_a_table_is_labelled_by_its_caption(site: Path) -> None:
    (table,) = parse(site / "burden.html").xpath("//figure")
    assert table.xpath(".//div[@role='region']/@aria-labelledby") == ["tbl-shares-caption"]
    assert "A note on Figure\u00a01.1." in table.text_content()
    assert "Printed by the exhibit." not in table.text_content()


def test_references_cross_pages_and_citations_are_listed(site: Path) -> None:
    spending, burden = parse(site / "spending.html"), parse(site / "burden.html")
    assert "burden.html#tbl-shares" in spending.xpath("//a[@class='xref']/@href")
    assert "spending.html#sec-levels" in burden.xpath("//a[@class='xref']/@href")
    entries = [entry.text_content().strip() for entry in spending.xpath("//div[contains(@class, 'csl-entry')]")]
    assert [entry.split(".")[0] for entry in entries] == ["Ķīlis, Jānis", "NATO"]
    assert not burden.xpath("//*[@id='refs']")


def test_chapters_show_neither_code_nor_parameters_but_link_to_them(site: Path) -> None:
    page = parse(site / "spending.html")
    assert "year = 202" not in page.text_content()
    assert "Figure()" not in page.text_content()
    assert "spending-evidence.html" in page.xpath("//p[@class='chapter-files']/a/@href")


def test_neighbouring_pages_are_linked(site: Path) -> None:
    page = parse(site / "spending.html")
    assert page.xpath("//a[@rel='prev']/@href") == ["summary.html"]
    assert page.xpath("//a[@rel='next']/@href") == ["burden.html"]


def test_two_runs_write_the_same_bytes(small_report, site: Path, tmp_path: Path) -> None:
    shutil.rmtree(small_report.config.build / "cache")
    render_site(small_report.document(), tmp_path / "again")
    assert files(tmp_path / "again") == files(site)


def test_a_page_that_failed_says_why_and_the_rest_can_be_read(small_report, tmp_path: Path) -> None:
    page = small_report.config.page("burden")
    failure = PageFailure(page, "failed", "cell 3 (tbl-shares)", "KeyError: 'x'", "Traceback\n<b>KeyError</b>")
    render_site(small_report.document("00_summary", "01_spending"), tmp_path / "site", [failure])
    failed = parse(tmp_path / "site" / "burden.html")
    text = failed.text_content()
    assert "02_burden.ipynb, cell 3 (tbl-shares)" in text
    assert "<b>KeyError</b>" in text
    assert failed.xpath("//a[@rel='prev']/@href") == ["spending.html"]
    spending = parse(tmp_path / "site" / "spending.html")
    assert "Table\u00a02.1" in spending.text_content()
    assert "burden.html#tbl-shares" not in spending.xpath("//a/@href")
    assert [item.text_content() for item in spending.xpath("//nav[starts-with(@class, 'chapters')]//em")] == [
        "not built"
    ]


def test_the_evidence_page_holds_data_datasets_and_code(site: Path) -> None:
    page = parse(site / "spending-evidence.html")
    record = catalog.record(SOURCE)
    (exhibit,) = page.xpath("//section[@id='fig-share']")
    assert [cell.text for cell in exhibit.xpath(".//td")] == ["Estonia", "3.4", "Latvia", "3.7"]
    assert exhibit.xpath(".//th[@class='n']/text()") == ["share"]
    assert exhibit.xpath(".//pre")[0].text_content().strip() == "Figure()"
    assert f"dataset-{SOURCE}" in page.xpath("//@id")
    dataset = page.xpath(f"//*[@id='dataset-{SOURCE}']")[0].text_content()
    assert record.sha256 in dataset
    assert "Figure\u00a01.1" in dataset
    parameters = [code.text_content().strip() for code in page.xpath("//section[@id='making']//pre")]
    assert parameters == ["year = 2025", "year = 2024"]


def test_data_and_provenance_of_a_page_are_a_script_that_loads_nothing(site: Path) -> None:
    text = (site / "assets" / "evidence" / "spending.js").read_text(encoding="utf-8")
    content = json.loads(text.removeprefix("window.balticEvidence = ").removesuffix(";\n"))
    rows = [["Estonia", "3.4"], ["Latvia", "3.7"]]
    assert content["exhibits"] == {
        "fig-share": {
            "columns": ["state", "share"],
            "numeric": [False, True],
            "rows": rows,
            "sources": [SOURCE],
            "cell": 5,
        }
    }
    record, dataset = catalog.record(SOURCE), content["datasets"][SOURCE]
    assert dataset["title"] == f"{record.publisher}, {record.title}"
    assert dataset["address"] == record.landing_page
    assert record.licence in dataset["state"]
    assert record.sha256.startswith(dataset["digest"])
    assert content["notebook"] == "01_spending.ipynb"
    assert content["revision"] == "not under version control"
