"""Facts of an executed notebook: what its outputs carry, each under one name."""

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from baltic_calculus.report.facts import read_facts


def stating(source, *outputs):
    """A code cell whose outputs carry these facts."""
    return new_code_cell(
        source, outputs=[new_output("display_data", metadata={"report": {"facts": facts}}) for facts in outputs]
    )


SHARE, COST = {"value": 3.4, "unit": "% of GDP"}, {"value": 1.2, "unit": "EUR bn"}


def test_fact_is_named_by_the_label_of_its_cell():
    notebook = new_notebook(
        cells=[
            stating("x", {"share": SHARE}),
            stating("#| label: finding-cost\n#| echo: false\nx", {"total": COST}),
            stating("#| label: fig-cost\nx", {"total": COST}),
        ]
    )
    assert read_facts(notebook) == {"share": SHARE, "cost.total": COST, "fig-cost.total": COST}


def test_same_name_with_another_value_is_named_by_its_cell():
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# Title"),
            new_code_cell("year = 2024", metadata={"tags": ["injected-parameters"]}),  # not in the source
            stating("x", {"share": SHARE}, {"share": SHARE}),
            stating("x", {"share": SHARE | {"value": 3.5}}),
        ]
    )
    assert read_facts(notebook) == {"share": SHARE, "cell-3.share": SHARE | {"value": 3.5}}


def test_plain_value_is_a_fact_without_a_unit():
    assert read_facts(new_notebook(cells=[stating("x", {"count": 3})])) == {"count": {"value": 3, "unit": ""}}


def test_other_outputs_state_nothing():
    printed = new_code_cell("print(1)", outputs=[new_output("stream", text="1"), new_output("display_data")])
    assert read_facts(new_notebook(cells=[printed])) == {}
