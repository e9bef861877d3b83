"""A table as Markdown: pandoc reads back what the table was."""

from baltic_calculus.report.quarto.grid_table import markdown_table
from baltic_calculus.report.table_model import Cell, TableModel, read_table


def read_back(markdown: str, pandoc) -> TableModel:
    return read_table(pandoc.convert(markdown, "markdown", "html5"), "tbl-x")


def texts(table: TableModel) -> list[list[tuple[str, int, int]]]:
    rows = (*table.header, *table.body)
    return [[(_words(cell), cell.columns, cell.rows) for cell in row.cells] for row in rows]


def _words(cell: Cell) -> str:
    return " ".join(" ".join(run.text for run in cell.runs).split())


def test_header_groups_and_covering_cells_come_back(table_output, pandoc) -> None:
    table = read_table(table_output().data["text/html"], "tbl-x")
    again = read_back(markdown_table(table, pandoc), pandoc)
    assert texts(again) == texts(table)
    assert [cell.align for cell in again.body[1].cells] == [cell.align for cell in table.body[1].cells]


def test_style_flags_and_footnotes_are_kept(pandoc) -> None:
    markup = (
        "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1.9<sup>e</sup><br><b>new</b> <i>line</i></td></tr>"
        '</tbody><tfoot><tr><td class="gt_footnote"><span class="gt_footnote_marks">1</span> An estimate.</td></tr>'
        "</tfoot></table>"
    )
    text = markdown_table(read_table(markup, "tbl-x"), pandoc)
    html = pandoc.convert(text, "markdown", "html5")
    assert "1.9<sup>e</sup><br />\n<strong>new</strong> <em>line</em>" in html
    assert html.rstrip().endswith("<p><sup>1</sup> An estimate.</p>")


def test_signs_of_markdown_in_a_cell_are_text(pandoc) -> None:
    markup = "<table><tbody><tr><td>US$ | 3 * [@x] % `y`</td></tr></tbody></table>"
    (row,) = read_back(markdown_table(read_table(markup, "tbl-x"), pandoc), pandoc).body
    assert row.cells[0].text == "US$ | 3 * [@x] % `y`"
