"""Executed notebook to Markdown and exhibits: what is kept, what is dropped, what is refused."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from baltic_calculus.errors import RenderError
from baltic_calculus.report.exporter import NotebookContent, ReportExporter, escape_currency


def export(*cells: nbformat.NotebookNode) -> NotebookContent:
    _, resources = ReportExporter().from_notebook_node(
        new_notebook(cells=list(cells)), {"metadata": {"name": "01_spending"}}
    )
    content = resources["report"]
    assert isinstance(content, NotebookContent)
    return content


def code(source: str, *outputs: nbformat.NotebookNode, tags: tuple[str, ...] = ()) -> nbformat.NotebookNode:
    return new_code_cell(source, outputs=list(outputs), metadata={"tags": list(tags)})


def test_the_dollar_of_a_currency_does_not_open_a_formula() -> None:
    assert escape_currency("US$10 bn, US$ bn and $x$") == r"US\$10 bn, US\$ bn and $x$"


def test_front_matter_is_taken_from_the_first_cell_alone() -> None:
    content = export(new_markdown_cell("---\ntitle: A\n---\nText"), new_markdown_cell("---\nno: front\n---"))
    assert content.front_matter == {"title": "A"}
    assert "no: front" in content.text()


@pytest.mark.parametrize("tag", ["parameters", "injected-parameters", "remove-cell"])
def test_hidden_cells_leave_nothing(tag: str) -> None:
    assert "secret" not in export(code("secret = 1", tags=(tag,))).text()


def test_code_is_not_part_of_the_text() -> None:
    assert "x = 1" not in export(code("x = 1")).text()


def test_a_computed_caption_wins_over_the_static_one(figure_output) -> None:
    computed = export(code("#| label: fig-x\n#| fig-cap: Static", figure_output(caption="Computed")))
    static = export(code("#| label: fig-x\n#| fig-cap: Static", figure_output(caption="")))
    assert [content.exhibits["fig-x"].caption for content in (computed, static)] == ["Computed", "Static"]


def test_every_version_of_the_chart_type_is_read(figure_output) -> None:
    output = figure_output()
    output.data["application/vnd.vegalite.v6+json"] = output.data.pop("application/vnd.vegalite.v5+json")
    assert export(code("#| label: fig-x", output)).exhibits["fig-x"].chart["mark"]["type"] == "bar"


@pytest.mark.parametrize(
    ("missing", "word"),
    [("caption", "caption"), ("alt", "alternative text"), ("unit", "unit"), ("source_line", "source")],
)
def test_an_exhibit_lacking_a_part_is_refused_by_name(figure_output, missing: str, word: str) -> None:
    with pytest.raises(RenderError, match=rf"fig-x has no {word}(.|\n)*01_spending.ipynb, cell 1 \(fig-x\)"):
        export(code("#| label: fig-x", figure_output(**{missing: ""})))


def test_an_exhibit_without_label_is_refused(figure_output) -> None:
    with pytest.raises(RenderError, match=r"this figure has no label(.|\n)*cell 2(.|\n)*#\| label: fig-name"):
        export(new_markdown_cell("Text"), code("Figure()", figure_output()))


def test_a_table_with_the_label_of_a_figure_is_refused(table_output) -> None:
    with pytest.raises(RenderError, match="this table has the label 'fig-x'"):
        export(code("#| label: fig-x", table_output()))


def test_a_label_without_exhibit_is_refused() -> None:
    with pytest.raises(RenderError, match="fig-x is the label of a cell that displays no exhibit"):
        export(code("#| label: fig-x\nx = 1"))


def test_two_exhibits_in_one_cell_are_refused(figure_output) -> None:
    with pytest.raises(RenderError, match="two exhibits have the label fig-x"):
        export(code("#| label: fig-x", figure_output(), figure_output()))


def test_an_output_that_is_no_exhibit_is_refused() -> None:
    frame = new_output("execute_result", data={"text/html": "<table></table>", "text/plain": "frame"})
    with pytest.raises(RenderError, match="neither a figure, nor a table, nor prose"):
        export(code("frame", frame))


def test_what_is_printed_stays_in_the_notebook() -> None:
    assert "printed" not in export(code("#| echo: false\nrun()", new_output("stream", text="printed"))).text()


def test_the_cell_that_papermill_injected_is_not_counted(figure_output) -> None:
    injected = code("year = 2024", tags=("injected-parameters",))
    with pytest.raises(RenderError, match="cell 2"):
        export(new_markdown_cell("Text"), injected, code("Figure()", figure_output()))


def test_facts_are_named_by_their_cell_when_the_name_is_taken(prose_output) -> None:
    low, high = {"value": 3.7, "unit": "% of GDP"}, {"value": 4.0, "unit": "% of GDP"}
    content = export(
        code("A", prose_output("3.7", share=low)),
        code("B", prose_output("4.0", share=high)),
        code("C", prose_output("3.7 again", share=low)),
        code("#| label: finding-lead\nD", prose_output("4.0", share=high)),
    )
    assert content.facts == {"share": low, "cell-2.share": high, "lead.share": high}
