"""The staged project, held against what Quarto 1.9 knows and against what the report says."""

import json
import re
from pathlib import Path

import nbformat
import pytest
import yaml

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.facts import read_facts
from baltic_calculus.report.quarto.project import read_theme, stage_project

# Keys that are used, each with where Quarto documents it; another key must be looked up and added here.
# Guides are at quarto.org/docs, schemas in src/resources/schema of quarto-cli.
TOP_KEYS = {
    "project": "schema project.yml",
    "book": "schema project.yml",
    "profile": "guide projects/profiles",
    "quarto-required": "guide projects/quarto-projects",
    "execute": "guide projects/code-execution",
    "format": "guide output-formats/all-formats",
    "bibliography": "schema document-references.yml",
    "citeproc": "schema document-references.yml",
    "link-citations": "schema document-references.yml",
    "number-sections": "schema document-numbering.yml",
    "number-depth": "schema document-numbering.yml",
    "fig-cap-location": "schema document-layout.yml",
    "tbl-cap-location": "schema document-layout.yml",
    "lang": "schema document-language.yml",
    "keywords": "schema document-metadata.yml",
}
PROJECT_KEYS = {"type", "resources", "output-dir"}  # schema project.yml, which allows no others
BOOK_KEYS = {  # reference projects/books
    "title", "subtitle", "description", "author", "date", "chapters", "appendices", "site-url", "repo-url", "search",
    "page-navigation",
}  # fmt: skip
EXECUTE_KEYS = {"enabled", "echo"}  # schema document-execute.yml, cell-codeoutput.yml
FORMATS = {
    "html": {  # reference formats/html
        "theme", "respect-user-color-scheme", "css", "html-math-method", "toc", "toc-depth", "code-fold",
        "code-summary", "smooth-scroll",
    },
    "baltic-typst": {"papersize", "font-paths", "toc", "toc-depth"},  # reference formats/typst
}  # fmt: skip
CELL_OPTIONS = {"label", "fig-cap", "fig-alt", "tbl-cap", "echo", "include", "classes"}  # reference cells/cells-jupyter
TAGS = {"remove-cell"}  # remove-cell, hide-cell, hide-code and hide-output are known, others are ignored
PROFILES = ("_quarto-site.yml", "_quarto-book.yml")


def test_configuration_uses_keys_that_quarto_knows(staged) -> None:
    for name in ("_quarto.yml", *PROFILES):
        content = staged.yaml(name)
        assert set(content) <= set(TOP_KEYS)
        assert set(content["project"]) <= PROJECT_KEYS
        assert set(content.get("book", {})) <= BOOK_KEYS
        assert set(content.get("execute", {})) <= EXECUTE_KEYS
        for format_, options in content.get("format", {}).items():
            assert set(options) <= FORMATS[format_]


def test_configuration_says_what_quarto_needs_to_be_told(staged) -> None:
    content = staged.configuration
    assert content["quarto-required"] == ">=1.9"
    assert content["execute"] == {"enabled": False}
    assert (content["number-sections"], content["citeproc"]) == (True, True)
    assert staged.yaml("_quarto-site.yml")["format"]["html"]["html-math-method"] == "mathml"
    assert content["profile"]["group"] == [["site", "book"]]
    outputs = {staged.yaml(name)["project"]["output-dir"] for name in PROFILES}
    assert outputs == {"_site", "_book"}


def test_chapters_are_those_of_the_report_in_its_order(staged) -> None:
    assert staged.configuration["book"]["chapters"] == [
        "index.qmd", "summary.ipynb", "spending.ipynb", "burden.ipynb", "references.qmd",
    ]  # fmt: skip


def test_letters_become_appendices(write_report, figure_output, tmp_path: Path) -> None:
    report = write_report(tmp_path / "report", {"01_one": ["Text."], "02_data": ["See @sec-one."]})
    first, second = report.config.pages
    pages = (first, second.model_copy(update={"number": "A"}))
    document = type(report)(report.config.model_copy(update={"pages": pages})).document()
    stage_project(document, tmp_path / "project")
    text = (tmp_path / "project" / "_quarto.yml").read_text()
    assert "  - one.ipynb\n" in text
    assert "  appendices:\n  - data.ipynb\n" in text
    assert not (tmp_path / "project" / "references.qmd").exists()  # nothing is cited


def test_a_report_that_quarto_would_count_otherwise_is_refused(small_report, tmp_path: Path) -> None:
    document = small_report.document("00_summary", "02_burden")
    with pytest.raises(ConfigurationError, match="burden has the number 2, and Quarto, which counts, would call it 1"):
        stage_project(document, tmp_path / "project")


@pytest.mark.parametrize(
    ("text", "words"), [("a: &a [1]\nb: *a\n", "alias"), ("- 1\n", "no mapping"), ("a: [", "flow")]
)
def test_configuration_of_the_theme_that_cannot_be_read_is_named(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "_quarto.yml").write_text(text)
    with pytest.raises(ConfigurationError, match=words) as raised:
        read_theme(tmp_path / "_quarto.yml")
    assert raised.value.where == "report/theme/quarto/_quarto.yml"


def test_pages_that_only_the_site_has_are_a_part_of_its_book(profiled_report, tmp_path: Path) -> None:
    stage_project(profiled_report.document(), tmp_path / "project")
    configurations = {
        name: yaml.safe_load((tmp_path / "project" / name).read_text()) for name in ("_quarto.yml", *PROFILES)
    }
    assert configurations["_quarto.yml"]["book"]["chapters"] == ["index.qmd", "spending.ipynb"]
    site = configurations["_quarto-site.yml"]["book"]
    assert site["chapters"] == [{"part": "Spending", "chapters": ["profiles/est.ipynb", "profiles/lva.ipynb"]}]
    assert site["search"] is True  # what the theme says stays
    assert "chapters" not in configurations["_quarto-book.yml"].get("book", {})
    staged = json.loads((tmp_path / "project" / "profiles" / "est.ipynb").read_text())
    texts = ["".join(cell["source"]) for cell in staged["cells"]]
    assert "# Estonia {#sec-profiles-est .unnumbered}" in texts
    assert any("[Data (CSV)](../data/fig-profile-share-est.csv)" in text for text in texts)


def test_every_file_that_is_named_exists(staged) -> None:
    named = [*staged.chapters, staged.configuration["bibliography"]]
    html = staged.yaml("_quarto-site.yml")["format"]["html"]
    named += [html["css"], *html["theme"]["light"][1:], *html["theme"]["dark"][1:]]
    named += [staged.yaml("_quarto-book.yml")["format"]["baltic-typst"]["font-paths"]]
    styles = (staged.folder / html["css"]).read_text()
    fonts = re.findall(r'url\("([^"]+)"\)', styles)
    assert len(fonts) >= 8
    extension = "_extensions/baltic"
    typst = staged.yaml(f"{extension}/_extension.yml")["contributes"]["formats"]["typst"]
    named += [f"{extension}/{name}" for name in typst["template-partials"]]
    named += [f"{extension}/{one['path']}" for one in typst["filters"]]
    linked = [target for _, text in staged.markdown() for target in re.findall(r"\]\(([\w./-]+)", text)]
    assert [name for name in [*named, *fonts, *linked] if not (staged.folder / name).exists()] == []
    for pattern in staged.configuration["project"]["resources"]:
        assert list(staged.folder.glob(pattern))


def test_notebooks_are_valid(staged) -> None:
    for notebook in staged.notebooks().values():
        nbformat.validate(nbformat.from_dict(notebook))


def test_no_output_is_html_and_none_loads_anything(staged) -> None:
    kinds = {kind for _, cell, _ in staged.cells() for output in cell.get("outputs", []) for kind in output["data"]}
    assert kinds == {"image/svg+xml", "text/markdown", "text/plain"}
    for path in staged.folder.rglob("*"):
        if path.suffix in (".ipynb", ".qmd", ".yml", ".css", ".scss", ".lua", ".typ", ".svg"):
            addresses = set(re.findall(r"https?://[^\s\"'\\)>]+", path.read_text(encoding="utf-8")))
            assert addresses <= {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}, path


def test_drawings_bring_their_letters(staged) -> None:
    drawings = [
        o["data"]["image/svg+xml"]
        for _, c, _ in staged.cells()
        for o in c.get("outputs", [])
        if "image/svg+xml" in o["data"]
    ]
    assert drawings
    assert all("@font-face" in drawing and "Source Sans 3" in drawing for drawing in drawings)


def test_cells_use_options_and_tags_that_quarto_knows(staged) -> None:
    for _, cell, options in staged.cells():
        assert set(options) <= CELL_OPTIONS
        assert set(cell["metadata"]) <= {"tags"}
        assert set(cell["metadata"].get("tags", [])) <= TAGS


def test_parameters_are_left_out(staged) -> None:
    tagged = [cell for _, cell, _ in staged.cells() if cell["metadata"].get("tags")]
    assert {cell["source"] for cell in tagged} == {"year = 2025", "year = 2024"}


def test_front_matter_is_a_raw_cell_and_the_title_a_heading_with_its_label(staged) -> None:
    openings = {name: notebook["cells"][:2] for name, notebook in staged.notebooks().items()}
    assert [cell["cell_type"] for cell in openings["summary.ipynb"]] == ["raw", "markdown"]
    assert openings["summary.ipynb"][0]["source"] == "---\ndescription: About Summary.\n---"
    assert openings["summary.ipynb"][1]["source"] == "# Summary {#sec-summary .unnumbered}"
    assert openings["spending.ipynb"][1]["source"] == "# Spending {#sec-spending}"


def test_every_exhibit_has_caption_alternative_text_and_source(staged, small_report) -> None:
    exhibits = {label: one for chapter in small_report.chapters() for label, one in chapter.exhibits.items()}
    found = {
        options["label"]: (cell, options)
        for _, cell, options in staged.cells()
        if str(options.get("label", "")).startswith(("fig-", "tbl-"))
    }
    assert set(found) == set(exhibits)
    notes = {cell["id"]: cell["source"] for _, cell, _ in staged.cells() if cell["id"].startswith("notes-")}
    for label, (cell, options) in found.items():
        exhibit = exhibits[label]
        assert options[f"{label[:3]}-cap"] == exhibit.caption
        assert cell["outputs"][0]["data"]["text/plain"] == exhibit.alt
        assert options.get("fig-alt", exhibit.alt) == exhibit.alt
        assert exhibit.kind == "table" or "fig-alt" in options
        assert f"**Source:** {exhibit.source_line}" in notes[f"notes-{label}"]
        assert (staged.folder / "data" / f"{label}.csv").read_text() == exhibit.data


def test_labels_are_unique_and_references_resolve(staged) -> None:
    labels = [str(options["label"]) for _, _, options in staged.cells() if "label" in options]
    labels += [label for _, text in staged.markdown() for label in re.findall(r"\{#([\w-]+)", text)]
    assert len(labels) == len(set(labels))
    texts = " ".join(text for _, text in staged.markdown())
    references = set(re.findall(r"@((?:fig|tbl|sec)-[\w-]*\w)", texts))
    references |= set(re.findall(r"\]\([\w./-]*#([\w-]+)\)", texts))
    assert references
    assert references <= set(labels)
    keys = set(re.findall(r"\[@(\w+)", texts)) - references
    assert keys <= set(re.findall(r"@\w+\{(\w+),", (staged.folder / "references.bib").read_text()))


def test_facts_are_those_of_the_report(staged, small_report) -> None:
    facts = {f"{chapter.page.slug}.ipynb": chapter.facts for chapter in small_report.chapters()}
    assert {name: read_facts(notebook) for name, notebook in staged.notebooks().items()} == facts


def test_pandoc_reads_the_text_without_a_warning(staged, pandoc) -> None:
    text = "\n\n".join(text for _, text in staged.markdown())
    html = pandoc.convert(text, "markdown", "html5", "--mathml")
    assert "<table" in html
    assert 'class="footnote-ref"' in html


def test_staging_again_gives_the_same_bytes(staged, small_report, tmp_path: Path) -> None:
    stage_project(small_report.document(), tmp_path / "again")
    files = {path.relative_to(staged.folder): path.read_bytes() for path in staged.folder.rglob("*") if path.is_file()}
    again = {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*") if p.is_file()}
    assert again == files


def test_what_a_library_says_while_it_runs_stays_behind(staged) -> None:
    assert "iopub" not in json.dumps(list(staged.notebooks().values()))
