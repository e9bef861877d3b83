"""A table read from great_tables' HTML and written for site and PDF."""

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.html_table import html_table
from baltic_calculus.report.table_model import Cell, Row, Run, TableModel, read_table
from baltic_calculus.report.typst_table import CELL_MARGIN, column_widths, typst_string, typst_table


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
    assert '<th scope="row" class="left">Estonia</th>' in markup
    assert '<td class="right"><strong>3.4</strong></td>' in markup
    assert 'class="right"><sup>1</sup> 2025</th>' in markup
    assert "style=" not in markup
    assert "id=" not in markup


def test_typst_has_header_spanner_group_and_cells(model: TableModel) -> None:
    markup = typst_table(model)
    assert 'th([#"State"], align: left + bottom, rowspan: 2)' in markup
    assert 'spanner([#"Share of GDP"], colspan: 2)' in markup
    assert 'group(3, [#"Baltic"])' in markup
    assert 'table.cell([#strong[#"3.4"]], align: right)' in markup


def test_a_cell_keeps_its_lines_and_raised_text() -> None:
    markup = "<table><tbody><tr><td>a<br><strong>b</strong> <sup>2</sup></td></tr></tbody></table>"
    ((cell,),) = (row.cells for row in read_table(markup, "tbl-x").body)
    assert cell.runs == (Run("a"), Run("b", bold=True, break_before=True), Run(" "), Run("2", raised=True))


def one_row(*texts: str) -> Row:
    return Row(tuple(Cell((Run(text),), "left") for text in texts))


def test_a_column_is_as_wide_as_its_words_and_lines() -> None:
    # longest word 9; longest line 4; a line of 49 that there is room for: 12 + 7 + 52 of 104 characters
    table = TableModel(3, (one_row("Personnel", "2025", "Remark"),), (one_row("a few", "3.4", "x " * 25),), ())
    assert column_widths(table) == [9 + CELL_MARGIN, 4 + CELL_MARGIN, 49 + CELL_MARGIN]


def test_long_lines_share_what_room_is_left() -> None:
    # lines of 59 and 119 get 30 each, and share the 104 - 2 x 32.5 = 39 left by what they lack, 29 to 89
    widths = column_widths(TableModel(2, (), (one_row("x " * 30, "x " * 60),), ()))
    assert sum(widths) == pytest.approx(104)
    assert widths == pytest.approx([32.5 + 39 * 29 / 118, 32.5 + 39 * 89 / 118])


def test_a_string_for_typst_is_quoted() -> None:
    assert typst_string('say "#ī\\"') == r'"say \"#ī\\\""'


@pytest.mark.parametrize(
    ("markup", "message"),
    [("<p>No table</p>", "no table"), ("<table><tbody><tr><td><img src='x'></td></tr></tbody></table>", "a picture")],
)
def test_what_cannot_be_printed_is_refused(markup: str, message: str) -> None:
    with pytest.raises(RenderError, match=f"tbl-x has {message}"):
        read_table(markup, "tbl-x")
