"""Chapters put together: order, numbers, and the errors that stop a report."""

from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.document import assemble, sections


def test_chapters_come_in_the_order_of_the_configuration(small_report) -> None:
    chapters = list(reversed(small_report.chapters()))
    document = assemble(chapters, small_report.config)
    assert [chapter.page.slug for chapter in document.chapters] == ["summary", "spending", "burden"]


def test_headings_carry_number_and_identifier(small_report) -> None:
    _, spending, burden = small_report.document().chapters
    assert [(s.identifier, s.number, s.title) for s in sections(spending)] == [("sec-levels", "1.1", "Levels")]
    assert [(s.identifier, s.number) for s in sections(burden)] == [("shares", "2.1")]


def test_headings_of_one_name_get_identifiers_of_their_own(write_report, tmp_path: Path) -> None:
    (chapter,) = write_report(tmp_path, {"01_x": ["## Result\n\n## Result"]}).document().chapters
    assert [s.identifier for s in sections(chapter)] == ["result", "result-2"]


def test_exhibits_are_listed_with_number_and_caption(small_report) -> None:
    ((target, exhibit, caption),) = small_report.document().exhibits("figure")
    assert (target.number, exhibit.unit, caption) == ("1.1", "% of GDP", "Share of output")


def test_citations_are_known_by_page(small_report) -> None:
    cited = small_report.document().cited
    assert cited == {"summary": {"nato2025"}, "spending": {"kilis2024", "nato2025"}, "burden": set()}


@pytest.mark.parametrize("text", ["As @fig-none shows.", "As claimed [@nobody1999]."])
def test_an_unknown_name_in_the_text_is_traced_to_its_cell(write_report, tmp_path: Path, text: str) -> None:
    # cells of the source: 1 opening, 2 parameters, 3 "Fine.", 4 the text
    report = write_report(tmp_path, {"01_x": ["Fine.", text]})
    with pytest.raises(RenderError, match=r"unknown (.|\n)*where: 01_x.ipynb, cell 4"):
        report.document()


def test_an_unknown_reference_in_a_note_is_refused(write_report, figure_output, tmp_path: Path) -> None:
    report = write_report(tmp_path, {"01_x": [("#| label: fig-a", figure_output(notes=["See @tbl-none."]))]})
    with pytest.raises(RenderError, match="unknown reference @tbl-none"):
        report.document()


def test_a_page_that_was_not_built_may_still_be_referred_to(small_report) -> None:
    document = small_report.document("02_burden")
    assert not document.has(document.numbering.targets["fig-share"].page)
    assert document.numbering.targets["fig-share"].name == "Figure\u00a01.1"


def test_an_executed_notebook_older_than_its_source_is_refused(write_report, figure_output, tmp_path: Path) -> None:
    report = write_report(tmp_path, {"01_x": ["## One", ("#| label: fig-a", figure_output())]})
    source = tmp_path / "notebooks" / "01_x.ipynb"
    original = source.read_text(encoding="utf-8")
    source.write_text(original.replace("fig-a", "fig-b"), encoding="utf-8")
    with pytest.raises(RenderError, match="shows fig-a, which its source does not label"):
        report.document()
    source.write_text(original.replace("## One", "Plain"), encoding="utf-8")
    with pytest.raises(RenderError, match="1 headings in the executed notebook, 0 in its source"):
        report.document()
