"""A report with many pages from one notebook: numbers, links, files, and what its PDF leaves out."""

import json
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from pypdf import PdfReader

from baltic_calculus import catalog
from baltic_calculus.report.crate import Products, write_crate
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.evidence import write_evidence
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.jsonld import Addresses, chapter_graph
from baltic_calculus.report.numbering import read_numbering
from baltic_calculus.report.one_notebook import one_notebook
from baltic_calculus.report.pdf import draft_chapter
from baltic_calculus.report.rendering import Rendering
from baltic_calculus.report.typst_chapter import typst_linker


@pytest.fixture(scope="module")
def built(profiled_report, tmp_path_factory):
    """The folder of a build of site and PDF."""
    config, room = profiled_report.config, tmp_path_factory.mktemp("built")
    executed = config.root / "executed"
    runs = [PageRun(page, "ok", dict(page.parameters), executed / f"{page.notebook}.ipynb") for page in config.pages]
    with Rendering(config, ("html", "pdf")) as rendering:
        rendering.render(runs, room, lambda stage: None)
    return room


def test_exhibits_are_numbered_by_the_value_and_pages_called_by_their_title(profiled_report):
    targets = read_numbering(profiled_report.config).targets
    assert targets["fig-profile-share-est"].name == "Figure\u00a0EST.1"
    assert targets["tbl-profile-shares-lva"].name == "Table\u00a0LVA.1"
    assert targets["sec-profiles-est"].name == "“Estonia”"
    assert targets["sec-profile-share-est"].name == "“Share”"
    assert "fig-profile-share" not in targets


def test_pages_of_a_matrix_link_to_themselves_to_chapters_and_back(built):
    page = (built / "site" / "profiles" / "est.html").read_text(encoding="utf-8")
    assert '<h1 id="sec-profiles-est">Estonia</h1>' in page
    links = re.findall(r'<a href="([^"]*)"[^>]*class="xref"[^>]*>([^<]*)', page)
    links += re.findall(r'<a[^>]*class="xref"[^>]*href="([^"]*)"[^>]*>([^<]*)', page)
    assert ("../spending.html#fig-share", "Figure\u00a01.1") in links
    assert ("#fig-profile-share-est", "Figure\u00a0EST.1") in links
    chapter = (built / "site" / "spending.html").read_text(encoding="utf-8")
    assert 'href="profiles/est.html"' in chapter
    assert 'href="profiles/lva.html#fig-profile-share-lva"' in chapter


def test_every_file_that_a_page_in_a_folder_names_is_there(built):
    site = built / "site"
    for page in (site / "profiles").glob("*.html"):
        addresses = re.findall(r'(?:href|src|srcset)="(?![a-z]+:|#|//)([^"#]+)', page.read_text(encoding="utf-8"))
        addresses += re.findall(r'data-[a-z]+="([^"]+\.(?:js|css))"', page.read_text(encoding="utf-8"))
        missing = [address for address in addresses if not (page.parent / address).exists()]
        assert (page.name, missing) == (page.name, [])


def test_files_of_exhibits_notebooks_and_facts_are_those_of_the_page(built):
    assert (built / "data" / "fig-profile-share-est.csv").exists()
    assert (built / "notebooks" / "country_profile_lva.ipynb").exists()
    assert (built / "site" / "profiles" / "lva-evidence.html").exists()
    assert list(json.loads((built / "facts.json").read_text())) == ["spending", "profiles/est", "profiles/lva"]
    package = json.loads((built / "data" / "datapackage.json").read_text())
    pages = {resource["name"]: resource.get("page") for resource in package["resources"]}
    assert pages["fig-profile-share-est"] == "profiles/est.html#fig-profile-share-est"


def test_the_pdf_is_without_them_and_names_them_without_a_link(built):
    reader = PdfReader(built / "report.pdf")
    text = " ".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")
    assert "Profiles: “Estonia”, and its Figure LVA.1." in text
    assert "What Estonia spends" not in text
    assert [name for name in reader.attachments if "profile" in name] == []


def test_the_pdf_links_to_the_site_when_its_address_is_known(profiled_report):
    config = profiled_report.config.at("https://example.org/report/")
    document = type(profiled_report)(config).document().in_format("pdf")
    target = document.numbering.targets["fig-profile-share-lva"]
    link = typst_linker(document)(target, target.name)
    assert link["c"][1] == (
        '#link("https://example.org/report/profiles/lva.html#fig-profile-share-lva")[#"Figure\u00a0LVA.1"]'
    )
    draft = draft_chapter(document, document.chapters[0])
    assert [chapter.page.slug for chapter in document.chapters] == ["spending"]
    assert "example.org" in json.dumps(draft.blocks)


def test_the_crate_names_the_source_once_and_each_execution(profiled_report, built, tmp_path):
    document, executed = profiled_report.document(), profiled_report.config.root / "executed"
    runs = [
        PageRun(page, "ok", dict(page.parameters), executed / f"{page.notebook}.ipynb")
        for page in profiled_report.config.pages
    ]
    write_evidence(document, tmp_path)
    products = Products(document, describe_edition(document), runs, tmp_path, ["facts.json"])
    write_crate(products, catalog.default_catalog())
    graph = json.loads((tmp_path / "ro-crate-metadata.json").read_text())["@graph"]
    entities = {entity["@id"]: entity for entity in graph}
    assert len(entities) == len(graph)
    for code in ("est", "lva"):
        run = entities[f"#run-country_profile_{code}"]
        assert run["instrument"] == {"@id": "#notebook-country_profile"}
        assert {"@id": f"#parameter-country_profile_{code}-country"} in run["object"]
        assert {"@id": f"notebooks/country_profile_{code}.ipynb"} in run["result"]
    assert entities["#notebook-country_profile"]["name"] == "country_profile.ipynb"


def test_linked_data_tell_the_way_to_a_page_in_a_folder(profiled_report):
    document = profiled_report.document()
    chapter = next(one for one in document.chapters if one.page.slug == "profiles/est")
    own, crumbs = chapter_graph(document, chapter, Addresses("https://example.org/"))["@graph"]
    assert own["url"] == "https://example.org/profiles/est.html"
    assert "position" not in own  # it is no chapter
    assert [item["name"] for item in crumbs["itemListElement"]] == ["A title", "Spending", "Estonia"]


def test_a_page_of_a_matrix_is_exported_alone_under_its_number(profiled_report, monkeypatch):
    config = profiled_report.config
    monkeypatch.setattr("baltic_calculus.report.one_notebook.read_config", lambda root: config)
    executed = nbformat.read(config.root / "executed" / "country_profile_lva.ipynb", as_version=4)
    with one_notebook(executed, "any_name", config.root) as document:
        (chapter,) = document.chapters
        assert chapter.page.slug == "profiles/lva"
        assert document.numbering.targets["fig-profile-share-lva"].number == "LVA.1"


def test_a_run_of_the_source_by_hand_is_exported_as_the_page_with_its_value(profiled_report, monkeypatch, prose_output):
    config = profiled_report.config
    monkeypatch.setattr("baltic_calculus.report.one_notebook.read_config", lambda root: config)
    run = nbformat.read(config.notebooks / "country_profile.ipynb", as_version=4)
    done = nbformat.read(config.root / "executed" / "country_profile_lva.ipynb", as_version=4)
    outputs = {cell.id: cell.outputs for cell in done.cells if cell.cell_type == "code"}
    for cell in run.cells:
        if cell.cell_type == "code":
            cell.outputs = outputs[cell.id]
    run.cells[-1].outputs = [prose_output("As @fig-profile-share shows.")]
    run.cells.insert(2, new_code_cell('country = "LVA"', metadata={"tags": ["injected-parameters"]}))
    with one_notebook(run, "any_name", config.root) as document:
        (chapter,) = document.chapters
        assert (chapter.page.slug, chapter.title) == ("profiles/lva", "Latvia")
        assert list(chapter.exhibits) == ["fig-profile-share-lva", "tbl-profile-shares-lva"]
        assert "fig-profile-share-lva" in json.dumps(chapter.blocks[-1])
