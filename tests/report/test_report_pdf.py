"""The PDF: accessible by its own claim, complete, with the data attached."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from baltic_calculus.errors import RenderError
from baltic_calculus.report.pdf import draw_small_charts, render_pdf
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.typst_chapter import Sheet
from baltic_calculus.report.typst_compiler import warm_up
from baltic_calculus.report.typst_exhibit import chart_width


@pytest.fixture(scope="module")
def path(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pdf")
    assert render_pdf(small_report.document(), folder) == ["report.pdf"]
    return folder / "report.pdf"


@pytest.fixture(scope="module")
def text(path: Path) -> str:
    pages = [page.extract_text() for page in PdfReader(path).pages]
    return " ".join(" ".join(pages).replace("\u00a0", " ").split())


def test_the_file_claims_both_standards_and_is_tagged(path: Path) -> None:
    reader = PdfReader(path)
    metadata = reader.xmp_metadata.rdf_root.toxml()
    assert "pdfuaid:part" in metadata
    assert 'conformance="A"' in metadata or ">A<" in metadata
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert reader.metadata.title == "A title"


def test_numbers_captions_notes_and_sources_are_printed(text: str) -> None:
    for words in (
        "Chapter 1",
        "1.1 Levels",
        "Figure 1.1 Share of output",
        "Table 2.1 Shares by state",
        "After (NATO 2025).",
        "Source: A publisher, a title.",
        "See Table 2.1",
        "A note with US$ 3 bn.",
        "A note on Figure 1.1.",
    ):
        assert words in text, words


def test_a_finding_has_the_small_chart_of_its_exhibit_which_is_not_read_aloud(small_report, tmp_path: Path) -> None:
    document = small_report.document()
    files = draw_small_charts(document, ChartDrawer.of(document.config), tmp_path)
    assert files == {"finding-share": "figures/small-fig-share.svg"}
    assert (tmp_path / files["finding-share"]).read_text().startswith("<svg")


def test_all_letters_of_the_region_print(text: str) -> None:
    for letters in ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöü"):
        assert letters in text


def test_code_stays_in_the_site(text: str) -> None:
    assert "Figure()" not in text


def test_every_font_is_embedded_and_one_of_the_report(small_report, path: Path) -> None:
    ours = {file.stem for file in (small_report.config.theme / "fonts" / "ttf").glob("*.ttf")}
    fonts = {
        font.get_object()["/BaseFont"].split("+")[-1].removesuffix("-Identity-H")
        for page in PdfReader(path).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    mathematics = {name for name in fonts if "Math" in name}  # Typst brings its own for equations
    assert {"SourceSerif4-Regular", "SourceSans3-Semibold"} <= fonts
    assert fonts - mathematics <= ours


def test_bookmarks_lead_to_chapters_and_sections(path: Path) -> None:
    reader = PdfReader(path)
    found = [entry if isinstance(entry, list) else entry.title for entry in reader.outline]
    assert found[:4] == ["Contents", "Figures", "Tables", "Summary"]
    (sections,) = [entry for entry in reader.outline[: found.index("2 Burden")] if isinstance(entry, list)]
    assert [entry.title for entry in sections] == ["1.1 Levels"]


def test_pages_are_called_what_is_printed_on_them(path: Path) -> None:
    labels = PdfReader(path).page_labels
    contents = labels.index("i")
    assert labels[contents + 1] == "1"


def test_lists_say_where_an_exhibit_stands(path: Path) -> None:
    reader = PdfReader(path)
    pages = [" ".join(page.extract_text().replace("\u00a0", " ").split()) for page in reader.pages]
    (there,) = [
        number for number, text in enumerate(pages) if "Table 2.1 Shares by state" in text and "Source:" in text
    ]
    contents = next(text for text in pages if text.startswith("Contents"))
    assert f"Table 2.1 Shares by state {reader.page_labels[there]}" in contents


def test_the_colophon_names_commit_fonts_and_datasets(text: str) -> None:
    colophon = text[text.rindex("Data and edition") :]
    for words in ("not under version control", "Source Serif and Source Sans", "Open Font License", "NATO"):
        assert words in colophon, words


def test_no_page_is_without_text(path: Path) -> None:
    assert all(page.extract_text().strip() for page in PdfReader(path).pages)


def test_a_report_is_printed_on_letter_too(small_report, tmp_path: Path) -> None:
    document = small_report.document()
    document = replace(document, config=document.config.on_papers(("a4", "letter")))
    assert render_pdf(document, tmp_path) == ["report.pdf", "report-letter.pdf"]
    boxes = [PdfReader(tmp_path / name).pages[3].mediabox for name in ("report.pdf", "report-letter.pdf")]
    assert [(round(box.width), round(box.height)) for box in boxes] == [(595, 842), (612, 792)]


def test_a_table_that_goes_on_says_so(write_report, table_output, tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>State {number}</td><td>1.5</td></tr>" for number in range(90))
    output = table_output(notes=[])
    output.data["text/html"] = (
        f"<table><thead><tr><th>State</th><th>Share</th></tr></thead><tbody>{rows}</tbody></table>"
    )
    cells = ["As in @tbl-long.", ("#| label: tbl-long\nTable()", output)]
    document = write_report(tmp_path / "project", {"01_long": cells}).document()
    render_pdf(document, tmp_path)
    printed = [
        " ".join(page.extract_text().replace("\u00a0", " ").split())
        for page in PdfReader(tmp_path / "report.pdf").pages
    ]
    with_rows = [text for text in printed if "State 4" in text]
    assert len(with_rows) > 1
    assert "continued" not in with_rows[0]
    assert all("Table 1.1, continued \u00b7 % State Share" in text for text in with_rows[1:])


def test_the_data_of_each_exhibit_are_attached(path: Path) -> None:
    attached = PdfReader(path).attachments
    assert {Path(name).name for name in attached} == {"fig-share.csv", "tbl-shares.csv"}
    (content,) = next(data for name, data in attached.items() if name.endswith("fig-share.csv"))
    assert content == b"state,share\nEstonia,3.4\nLatvia,3.7\n"


def test_two_runs_write_the_same_bytes(small_report, path: Path, tmp_path: Path) -> None:
    render_pdf(small_report.document(), tmp_path)
    assert (tmp_path / "report.pdf").read_bytes() == path.read_bytes()


def test_what_was_remembered_has_no_say_in_the_bytes(small_report, path: Path, tmp_path: Path) -> None:
    warm_up(small_report.config)
    shutil.rmtree(small_report.config.build / "cache" / "made")
    render_pdf(small_report.document(), tmp_path)
    assert (tmp_path / "report.pdf").read_bytes() == path.read_bytes()


def test_build_that_broke_does_not_spoil_the_next(small_report, path: Path, tmp_path: Path) -> None:
    main = small_report.config.build / "typst" / "main.typ"
    main.parent.mkdir(parents=True, exist_ok=True)
    main.write_text("#unknown-function()")
    warm_up(small_report.config)
    render_pdf(small_report.document(), tmp_path)
    assert (tmp_path / "report.pdf").read_bytes() == path.read_bytes()


def test_a_part_of_the_report_refers_to_the_rest_in_words(small_report, tmp_path: Path) -> None:
    render_pdf(small_report.document("02_burden"), tmp_path)
    printed = " ".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages).replace("\u00a0", " ")
    assert "As in Figure 1.1 and Section 1.1" in " ".join(printed.split())


def test_what_the_typesetter_refuses_is_said(small_report, tmp_path: Path, monkeypatch) -> None:
    document = small_report.document("00_summary")
    sheets = [Sheet("summary", "#unknown-function()", 0)], ""
    monkeypatch.setattr("baltic_calculus.report.pdf.typst_sheets", lambda *_: sheets)
    with pytest.raises(RenderError, match=r"Typst cannot set the report(.|\n)*unknown"):
        render_pdf(document, tmp_path)


@pytest.mark.parametrize(
    ("width", "height", "printed"),
    [
        (400, 100, 96),  # 400 px x 0.24 mm: the scale of all charts
        (900, 200, 156),  # 216 mm would not fit between the margins
        (640, 360, 80 * 640 / 360),  # 153.6 mm would be 86.4 mm high: kept to 80 mm, 80 x 640 / 360
        (640, 600, 130.56),  # at 80 mm its text would be too small: shrunk no further than to 85 % of 153.6 mm
        (640, 800, 142.4),  # upright: kept to 178 mm, 178 x 640 / 800
    ],
)
def test_charts_share_one_scale_unless_the_page_is_too_small(width: float, height: float, printed: float) -> None:
    assert chart_width(width, height) == pytest.approx(printed)
