"""The code of a notebook: numbered as its author sees it, without options and what was taken out."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.report.code_cell import CodeCell, code_cells


def test_cells_have_the_numbers_of_the_source_notebook() -> None:
    cells = [
        new_markdown_cell("Text"),
        new_code_cell("year = 2025", metadata={"tags": ["parameters"]}),
        new_code_cell("year = 2024", metadata={"tags": ["injected-parameters"]}),
        new_code_cell("secret()", metadata={"tags": ["remove-cell"]}),
        new_code_cell("#| label: fig-x\n#| echo: false\nFigure()"),
        new_code_cell(""),
        new_code_cell("#| label: fig-y"),
    ]
    assert code_cells(new_notebook(cells=cells), "01_x") == (
        CodeCell(2, "", "parameters", "year = 2025"),
        CodeCell(2, "", "injected-parameters", "year = 2024"),
        CodeCell(4, "fig-x", "", "Figure()"),
        CodeCell(6, "fig-y", "", ""),
    )
