"""Linked data: it parses, has what its types must have, and holds together from page to page."""

import json
from dataclasses import replace

import pytest

from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.jsonld import Addresses, chapter_graph, evidence_graph, report_graph, script_content

BASE = "https://example.org/report/"
CHAPTER_BYTES = 3000
REQUIRED = {
    "Report": {"name", "author", "datePublished", "version", "inLanguage", "license", "hasPart", "isBasedOn"},
    "Dataset": {"name", "description", "creator"},
    "DataDownload": {"encodingFormat", "contentUrl"},
    "Chapter": {"@id", "name"},
    "Organization": {"name"},
    "PropertyValue": {"name", "unitText"},
    "ListItem": {"position", "name", "item"},
    "MediaObject": {"encodingFormat", "contentUrl"},
}


@pytest.fixture(scope="module")
def document(small_report):
    return small_report.document()


@pytest.fixture(scope="module")
def edition(document):
    return describe_edition(document)


def things(node):
    """Every typed node of a graph."""
    if isinstance(node, list):
        for child in node:
            yield from things(child)
    elif isinstance(node, dict):
        if "@type" in node:
            yield node
        for child in node.values():
            yield from things(child)


def graphs(document, edition, addresses):
    chapters = document.chapters
    yield report_graph(document, edition, addresses, has_pdf=True)
    yield from (chapter_graph(document, chapter, addresses) for chapter in chapters)
    yield from (evidence_graph(document, chapter, addresses) for chapter in chapters)


@pytest.mark.parametrize("base", ["", BASE])
def test_each_thing_has_what_its_type_needs(document, edition, base) -> None:
    for graph in graphs(document, edition, Addresses(base)):
        assert graph["@context"] == "https://schema.org"
        assert json.loads(script_content(graph)) == graph
        for thing in things(graph["@graph"]):
            kinds = thing["@type"] if isinstance(thing["@type"], list) else [thing["@type"]]
            for kind in kinds:
                is_reference = set(thing) == {"@type", "@id", "name"}
                assert is_reference or REQUIRED.get(kind, set()) <= set(thing), thing
            assert all(value not in ("", [], None) for value in thing.values()), thing


def addresses_of(graph):
    return [thing[key] for thing in things(graph["@graph"]) for key in ("@id", "contentUrl", "item") if key in thing]


def test_addresses_are_whole_when_it_is_known_where_the_site_is(document, edition) -> None:
    for graph in graphs(document, edition, Addresses(BASE)):
        assert all(address.startswith(BASE) for address in addresses_of(graph))
    for graph in graphs(document, edition, Addresses("")):
        assert not [address for address in addresses_of(graph) if "//" in address]


def test_a_page_in_a_folder_leads_up(document) -> None:
    chapter = document.chapters[1]
    part_of = chapter_graph(document, chapter, Addresses("", "../"))["@graph"][0]["isPartOf"]
    assert part_of["@id"] == "../index.html#report"
    assert chapter_graph(document, chapter, Addresses(BASE, "../"))["@graph"][0]["isPartOf"]["@id"] == f"{BASE}#report"


def test_chapters_are_parts_of_the_report_and_exhibits_parts_of_its_data(document, edition) -> None:
    addresses = Addresses(BASE)
    report, data = report_graph(document, edition, addresses, has_pdf=True)["@graph"]
    for chapter, part in zip(document.chapters, report["hasPart"], strict=True):
        graph = chapter_graph(document, chapter, addresses)
        own = graph["@graph"][0]
        assert own["@id"] == part["@id"]
        assert own["isPartOf"]["@id"] == report["@id"]
        assert len(script_content(graph).encode()) < CHAPTER_BYTES
        graph = evidence_graph(document, chapter, addresses)["@graph"]
        team = [{"@id": thing["@id"]} for thing in graph if thing["@type"] == "Organization"]
        for exhibit in (thing for thing in graph if thing["@type"] == "Dataset"):
            assert exhibit["creator"] == team
            assert exhibit["isPartOf"]["@id"] == data["@id"]
            assert exhibit["distribution"]["contentUrl"].startswith(f"{BASE}data/")


def test_the_data_name_places_times_quantities_and_files(write_report, figure_output, tmp_path) -> None:
    output = figure_output()
    output["data"]["text/csv"] = "iso3,year,share_gdp_pct\nEST,2014,1.9\nXNT,2026,2.7\n"
    report = write_report(tmp_path / "project", {"01_x": [("#| label: fig-share\nFigure()", output)]})
    document = report.document()
    edition = describe_edition(document)
    _, data = report_graph(document, edition, Addresses(""), has_pdf=False)["@graph"]
    assert data["temporalCoverage"] == "2014/2026"
    assert [place["name"] for place in data["spatialCoverage"]] == ["Estonia"]
    downloads = [one["contentUrl"] for one in data["distribution"]]
    assert downloads[:2] == ["data/datapackage.json", "facts.json"]
    assert "data/datasets/nato_defence_expenditure.csv" in downloads
    assert data["citation"] == edition.citation


def test_without_a_pdf_none_is_promised(document, edition) -> None:
    report = report_graph(document, edition, Addresses(""), has_pdf=False)["@graph"][0]
    assert "encoding" not in report


def test_no_text_can_end_the_script(document) -> None:
    chapter = replace(document.chapters[0], description="</script><script>alert(1)</script><!-- & ąčę")
    text = script_content(chapter_graph(document, chapter, Addresses("")))
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["description"] == chapter.description
