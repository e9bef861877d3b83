"""A table read from great_tables' HTML and written for site and PDF."""

from typing import Literal

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.html_table import html_table
from baltic_calculus.report.line_break import is_unbreakable, keep_dates
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel, read_table
from baltic_calculus.report.typst_columns import set_columns
from baltic_calculus.report.typst_table import is_register, typst_string, typst_table


@pytest.fixture
def model(table_output) -> TableModel:
    return read_table(table_output().data["text/html"], "tbl-x")


def test_the_parts_of_a_table_are_found(model: TableModel) -> None:
    assert model.width == 3
    assert [[cell.text for cell in row.cells] for row in model.header] == [["State", "Share of GDP"], ["2014", "2025"]]
    assert [row.is_group for row in model.body] == [True, False, False]
    assert model.column_aligns == ("left", "right", "right")


def test_emphasis_and_footnotes_survive_and_source_notes_do_not(model: TableModel) -> None:
    assert [cell.bold for cell in model.body[1].cells] == [False, False, True]
    assert ["".join(run.text for run in note) for note in model.footnotes] == ["1 An estimate."]
    assert model.header[1].cells[1].runs[0] == Run("1", mark=True)


def test_html_names_rows_columns_and_groups(model: TableModel) -> None:
    markup = html_table(model)
    assert '<th scope="colgroup" class="center spanner" colspan="2">Share of GDP</th>' in markup
    assert '<th scope="rowgroup" colspan="3">Baltic</th>' in markup
    assert '<th scope="row">Estonia</th>' in markup
    assert "<td><strong>3.4</strong></td>" in markup
    assert markup.startswith('<table class="right-2 right-3">')
    assert 'class="right"><sup>1</sup> 2025</th>' in markup
    assert "style=" not in markup
    assert "id=" not in markup


def test_html_says_which_cells_must_not_break_or_be_squeezed() -> None:
    text = "years until Russia could use force against an ally, as the service sees it"
    markup = html_table(TableModel(3, (), (one_row("3,000\u20135,000", text, "brigade"),), ()))
    assert '<td class="whole">3,000\u20135,000</td>' in markup
    assert f'<td class="long">{text}</td>' in markup
    assert "<td>brigade</td>" in markup


LINKED = """<table><tbody><tr><th><span data-page="profiles/est">Estonia</span><sup>e</sup></th><td>5.1</td></tr>
<tr><th><span data-page="profiles/xec">Others</span></th><td>2.5</td></tr></tbody></table>"""


def test_a_cell_leads_to_a_page_that_is_built_and_is_words_in_the_pdf() -> None:
    model = read_table(LINKED, "tbl-x")
    markup = html_table(model, {"profiles/est": "../profiles/est.html", "profiles/xec": ""}.__getitem__)
    assert '<th scope="row"><a href="../profiles/est.html">Estonia</a><sup>e</sup></th>' in markup
    assert '<th scope="row">Others</th>' in markup
    assert "<a " not in html_table(model)
    assert "profiles" not in typst_table(model, ("tbl-x", "2.1", "% of GDP"), letters)


def test_typst_has_header_spanner_group_and_cells(model: TableModel) -> None:
    markup = typst_table(model, ("tbl-x", "2.1", "% of GDP"), letters)
    assert markup.startswith('data-table("tbl-x", "2.1", "% of GDP", (')
    assert 'th([#"State"], align: left + bottom, rowspan: 2)' in markup
    assert 'spanner([#"Share of GDP"], colspan: 2)' in markup
    assert 'group(3, [#"Baltic"])' in markup
    assert 'table.cell([#number(0.00mm, [#strong[#box[#"3.4"]]])], align: right)' in markup


def test_a_cell_keeps_its_lines_and_raised_text() -> None:
    markup = "<table><tbody><tr><td>a<br><strong>b</strong> <sup>2</sup></td></tr></tbody></table>"
    ((cell,),) = (row.cells for row in read_table(markup, "tbl-x").body)
    assert cell.runs == (Run("a"), Run("b", bold=True, break_before=True), Run(" "), Run("2", raised=True))


def letters(text: str, *, bold: bool = False) -> float:
    """Every letter a fifth of a millimetre wide at a size of one point."""
    return len(text) * 0.2


def one_row(*texts: str, align: Literal["left", "right"] = "left") -> Row:
    return Row(tuple(Cell((Run(text),), align) for text in texts))


def test_short_columns_keep_their_lines_and_the_long_one_breaks() -> None:
    # at 8.6 points a letter is 1.72 mm: lines of 9, 4 and 199 letters do not fit into 156 mm, so the last one breaks
    table = TableModel(3, (one_row("Personnel", "2025", "Remark"),), (one_row("a few", "3.4", "x " * 100),), ())
    columns = set_columns(table, letters, dense=False)
    first, second, last = columns.widths
    assert first == pytest.approx(9 * 0.2 * columns.size + 1.6)
    assert second == pytest.approx(4 * 0.2 * columns.size + 3.2)
    assert first + second + last == pytest.approx(156)


def test_a_table_that_is_too_wide_is_set_smaller() -> None:
    words = [f"{letter * 9}" for letter in "abcdefgh"]  # 8 x 9 x 0.2 mm = 14.4 mm a point, with 7 x 3.2 mm between them
    columns = set_columns(TableModel(8, (), (one_row(*words),), ()), letters, dense=False)
    assert columns.size == 8.6  # 14.4 x 8.6 + 22.4 = 146.2 mm
    columns = set_columns(TableModel(9, (), (one_row(*words, "i" * 9),), ()), letters, dense=False)
    assert columns.size == 7.8  # 16.2 x 7.8 + 25.6 = 152.0 mm; at 8.2 points it would be 158.4 mm


def test_numbers_and_ranges_do_not_break_but_words_do() -> None:
    assert is_unbreakable("3,000\u20135,000")
    assert is_unbreakable("\u22121.9")
    assert not is_unbreakable("3\u20135 years")
    assert keep_dates("26 August 2025") == "26\u00a0August 2025"


def test_decimal_points_stand_below_each_other_and_marks_hang() -> None:
    marked = Cell((Run("159.4"), Run("e", raised=True)), "right")
    rows = (Row((Cell((Run("a"),), "left"), marked)), Row((Cell((Run("b"),), "left"), Cell((Run("5.25"),), "right"))))
    markup = typst_table(TableModel(2, (one_row("", "n"),), rows, ()), ("tbl-x", "1", ""), letters)
    # one letter of 0.2 mm a point, at 8.6 points, is lacking behind 159.4
    assert '#number(1.72mm, [#box[#"159.4"]], mark: [#super[#"e"]])' in markup
    assert '#number(0.00mm, [#box[#"5.25"]])' in markup


def test_a_long_list_of_names_becomes_a_register() -> None:
    head = (one_row("", "Publisher", "Title"),)
    rows = tuple(one_row(f"F{number}", "Eurostat", "\u2013") for number in range(150))
    table = TableModel(3, head, rows, ())
    assert is_register(table)
    assert not is_register(TableModel(3, head, rows[:149], ()))
    markup = typst_table(table, ("tbl-x", "A.6", "documents"), letters)
    assert markup.startswith('register("documents", (\n([#"F0"], [#"Eurostat"]),')  # what is not known is left out


def test_a_string_for_typst_is_quoted() -> None:
    assert typst_string('say "#ī\\"') == r'"say \"#ī\\\""'


@pytest.mark.parametrize(
    ("markup", "message"),
    [("<p>No table</p>", "no table"), ("<table><tbody><tr><td><img src='x'></td></tr></tbody></table>", "a picture")],
)
def test_what_cannot_be_printed_is_refused(markup: str, message: str) -> None:
    with pytest.raises(RenderError, match=f"tbl-x has {message}"):
        read_table(markup, "tbl-x")
