"""References in the cells of a table: named and linked where the place is part of the build."""

from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.document import Document
from baltic_calculus.report.table_model import TableModel, read_table
from baltic_calculus.report.table_reference import name_references
from baltic_calculus.report.typst_table import typst_table

CELLS = """<table><tbody><tr><th>Presence</th><td>See <span data-label="fig-share">fig-share</span> and
<span data-label="sec-own">sec-own</span>.</td></tr><tr><th>Other</th><td>No public data</td></tr></tbody></table>"""


@pytest.fixture
def report(write_report, figure_output, table_output, tmp_path: Path):
    table = table_output(notes=[])
    table.data["text/html"] = CELLS
    return write_report(
        tmp_path,
        {
            "01_share": ["## Level", ("#| label: fig-share\nFigure()", figure_output())],
            "02_systems": ["## Own {#sec-own}", ("#| label: tbl-systems\nTable()", table)],
        },
    )


def letters(text: str, *, bold: bool = False) -> float:
    """As many letters, as wide."""
    return 0.2 * len(text)


def named(document: Document) -> TableModel:
    return name_references(read_table(CELLS, "tbl-systems"), document)


def test_a_reference_in_a_cell_gets_the_name_that_sentences_print(report) -> None:
    assert [row.cells[1].text for row in named(report.document()).body] == [
        "See Figure\u00a01.1 and Section\u00a02.1.",
        "No public data",
    ]


def test_the_pdf_links_to_what_it_holds_and_names_the_rest(report) -> None:
    about = ("tbl-systems", "2.1", "words")
    both = typst_table(named(report.document()), about, letters)
    assert '#link(<fig-share>)[#"Figure\u00a01.1"]' in both
    alone = typst_table(named(report.document("02_systems")), about, letters)
    assert '#"Figure\u00a01.1"' in alone
    assert "<fig-share>" not in alone


def test_a_cell_of_the_site_leads_to_the_other_page_and_to_its_own(report) -> None:
    document = report.document()
    page = document.chapters[1].page
    targets = document.numbering.targets
    assert document.place(targets["fig-share"], page) == "share.html#fig-share"
    assert document.place(targets["sec-own"], page) == "#sec-own"
    assert report.document("02_systems").place(targets["fig-share"], page) == ""


def test_an_unknown_reference_in_a_cell_is_refused(write_report, table_output, tmp_path: Path) -> None:
    table = table_output(notes=[])
    table.data["text/html"] = CELLS
    report = write_report(tmp_path / "broken", {"02_systems": [("#| label: tbl-systems\nTable()", table)]})
    with pytest.raises(RenderError, match=r"unknown reference @fig-share(.|\n)*a cell of tbl-systems"):
        report.document()
