"""Notebooks are narrative: text, a call, a display. What every notebook of the project may and may not hold."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
SOURCES = ("baltic_calculus.catalog", "baltic_calculus.analysis", "baltic_calculus.exhibits")
LABEL_PREFIX = {"Figure": "fig-", "Table": "tbl-"}
LONGEST_CHAIN = 3

LABEL = re.compile(r"^#\|\s*label:\s*(\S+)", re.MULTILINE)
PATH_LIKE = re.compile(r"(^|\s)(\.{0,2}|~)/\w|^data/|\.(csv|json|geojson|ya?ml|xlsx?|parquet|ipynb)\b")
NOT_TYPED_NUMBERS = re.compile(
    r"""\{\#[^}]*\}            # identifiers of headings
      | \[[^\]]*@[^\]]*\]      # citations
      | @[\w:-]+               # references
      | \]\([^)]*\)            # targets of links
      | ^\s*\d+\.\s            # numbers of list items
      | \$\$[^$]*\$\$          # equations, whose numbers are part of the method
      | (?<!\w)\$(?=\S)[^$]*\S\$ # the same within a line; not US$
    """,
    re.VERBOSE | re.MULTILINE,
)


def faults(notebook: nbformat.NotebookNode) -> list[str]:
    """Everything in a notebook that breaks a rule, with the cell counted from 1."""
    found = [*front_matter_faults(notebook), *structure_faults(notebook)]
    labels: list[str] = []
    imported = imported_names(notebook)
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            text = "" if number == 1 else cell.source
            found += [f"cell {number}: typed number {digits!r}" for digits in typed_numbers(text)]
        elif cell.cell_type == "code":
            found += [f"cell {number}: {fault}" for fault in code_faults(cell, imported)]
            labels += LABEL.findall(cell.source)
    found += [f"label {label} is used twice" for label in sorted({x for x in labels if labels.count(x) > 1})]
    return found


def front_matter_faults(notebook: nbformat.NotebookNode) -> Iterator[str]:
    first = notebook.cells[0] if notebook.cells else None
    match = re.match(r"---\n(.*?)\n---\s*(.*)", first.source, re.DOTALL) if first else None
    if first is None or first.cell_type != "markdown" or match is None:
        yield "the first cell is not Markdown that begins with YAML front matter"
        return
    front = yaml.safe_load(match.group(1))
    for key in ("title", "description"):
        if not front.get(key):
            yield f"cell 1: front matter without {key}"
        yield from (f"cell 1: typed number {digits!r} in {key}" for digits in typed_numbers(str(front.get(key, ""))))
    yield from (f"cell 1: typed number {digits!r}" for digits in typed_numbers(match.group(2)))


def structure_faults(notebook: nbformat.NotebookNode) -> Iterator[str]:
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    tagged = [cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        yield f"{len(tagged)} cells tagged parameters, not one"
    importing = [cell for cell in code if any(isinstance(node, ast.Import | ast.ImportFrom) for node in walk(cell))]
    if len(importing) != 1:
        yield f"{len(importing)} cells import something, not one"
    if any("#| include: false" not in cell.source for cell in importing):
        yield "the imports cell does not begin with '#| include: false'"
    if notebook.metadata.get("kernelspec", {}).get("name") != "python3":
        yield "the kernel is not python3"
    if any(cell.outputs or cell.execution_count is not None for cell in code):
        yield "outputs or execution counts are saved; clear all outputs"


def code_faults(cell: nbformat.NotebookNode, imported: set[str]) -> Iterator[str]:
    label = LABEL.search(cell.source)
    for node in walk(cell):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Lambda):
            yield f"defines a {type(node).__name__}; logic belongs in the package"
        elif isinstance(node, ast.Import):
            yield from (f"imports {alias.name}" for alias in node.names if not may_import(alias.name))
        elif isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (f"imports {name}" for name in names if not may_import(name))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and PATH_LIKE.search(node.value):
            yield f"holds a path: {node.value[:60]!r}"
        elif isinstance(node, ast.Call):
            yield from call_faults(node, label.group(1) if label else "")
            steps = chain_length(node, imported)
            if steps > LONGEST_CHAIN:
                yield f"a chain of {steps} calls; more than {LONGEST_CHAIN} belong in the package"


def call_faults(call: ast.Call, label: str) -> Iterator[str]:
    name = getattr(call.func, "id", "")
    if name == "open":
        yield "opens a file"
    if name in LABEL_PREFIX and not label.startswith(LABEL_PREFIX[name]):
        yield f"{name} without '#| label: {LABEL_PREFIX[name]}...'"
    if name == "Prose":
        template = call.args[0] if call.args else None
        if not (isinstance(template, ast.Constant) and isinstance(template.value, str)):
            yield "the template of a Prose is not a literal string"
        else:
            text = re.sub(r"\{\w+\}", "", template.value)
            yield from (f"typed number {digits!r} in Prose" for digits in typed_numbers(text))
            if re.match(r"\s*^ {4,}\S", text, re.MULTILINE):
                yield "a Prose that begins with four spaces, which Markdown prints as code"


def chain_length(call: ast.Call, imported: set[str]) -> int:
    """How many methods are called on each other's results; ``module.function(...)`` begins a chain and is no step."""
    length = 0
    node: ast.expr = call
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        node = node.func.value
        length += not (isinstance(node, ast.Name) and node.id in imported)
        while isinstance(node, ast.Attribute | ast.Subscript):
            node = node.value
    return length


def typed_numbers(text: str) -> list[str]:
    return re.findall(r"\S*\d\S*", NOT_TYPED_NUMBERS.sub(" ", text))


def imported_names(notebook: nbformat.NotebookNode) -> set[str]:
    nodes = [node for cell in notebook.cells if cell.cell_type == "code" for node in walk(cell)]
    statements = [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in statements for alias in node.names}


def may_import(name: str) -> bool:
    return any(name == source or name.startswith(source + ".") for source in SOURCES)


def walk(cell: nbformat.NotebookNode) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(cell.source))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_narrative(path):
    notebook = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert faults(notebook) == []


def test_project_has_notebooks():
    assert NOTEBOOKS


GOOD_TITLE = "---\ntitle: Spending\ndescription: Who pays how much.\n---\n"
GOOD_IMPORTS = (
    "#| include: false\nfrom baltic_calculus import catalog\nfrom baltic_calculus.exhibits import Figure, Prose"
)
GOOD_FIGURE = "#| label: fig-share\nFigure(chart, caption=spending.caption)"


def narrative(*cells: nbformat.NotebookNode, title: str = GOOD_TITLE, imports: str = GOOD_IMPORTS):
    """A notebook that obeys all rules, with these cells at its end."""
    return new_notebook(
        cells=[
            new_markdown_cell(title),
            new_code_cell(imports),
            new_code_cell('countries = ["EST"]\nfirst_year = 2014', metadata={"tags": ["parameters"]}),
            *cells,
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )


@pytest.mark.parametrize(
    "cell",
    [
        new_markdown_cell("## Shares {#sec-2014}\nSee @fig-share2 and [@nato2026, p. 3].\n\n1. one\n2. two"),
        new_code_cell(GOOD_FIGURE),
        new_code_cell('#| echo: false\nProse("Estonia spends {share_2026} [@nato2026].", share_2026=share)'),
        new_code_cell('spending = catalog.load("nato").query("year > 2014").set_index("iso3").sort_index()'),
    ],
)
def test_narrative_has_no_fault(cell):
    assert faults(narrative(cell)) == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        (new_markdown_cell("Estonia spends 5.1% of GDP."), "cell 4: typed number '5.1%'"),
        (new_markdown_cell("In [2026](x.html) it grew."), "cell 4: typed number '[2026'"),
        (new_code_cell('Prose("It was 3.4 in {year}.", year=y)'), "typed number '3.4' in Prose"),
        (new_code_cell("Prose(text, year=y)"), "not a literal string"),
        (new_code_cell('Prose("""\n    It grew.\n    """)'), "prints as code"),
        (new_code_cell("def share(frame):\n    return frame"), "defines a FunctionDef"),
        (new_code_cell("shares = map(lambda row: row, rows)"), "defines a Lambda"),
        (new_code_cell("class Share:\n    pass"), "defines a ClassDef"),
        (new_code_cell('frame = read("data/nato.csv")'), "holds a path"),
        (new_code_cell('frame = read("../data")'), "holds a path"),
        (new_code_cell("text = open(name)"), "opens a file"),
        (new_code_cell("import pandas as pd"), "imports pandas"),
        (new_code_cell("from baltic_calculus.report import build"), "imports baltic_calculus.report.build"),
        (new_code_cell("Figure(chart)"), "Figure without '#| label: fig-...'"),
        (new_code_cell("#| label: fig-a\nTable(table)"), "Table without '#| label: tbl-...'"),
        (new_code_cell("frame.a().b().loc[0].c().d()"), "a chain of 4 calls"),
        (new_code_cell("x = 1", execution_count=3), "outputs or execution counts are saved"),
        (new_code_cell("x", outputs=[new_output("stream", text="1")]), "outputs or execution counts are saved"),
        (new_code_cell("x = 1", metadata={"tags": ["parameters"]}), "2 cells tagged parameters"),
    ],
)
def test_fault_is_found(cell, fault):
    assert any(fault in found for found in faults(narrative(cell)))


def test_label_used_twice_is_found():
    notebook = narrative(new_code_cell(GOOD_FIGURE), new_code_cell(GOOD_FIGURE))
    assert faults(notebook) == ["label fig-share is used twice"]


@pytest.mark.parametrize(
    ("title", "fault"),
    [
        ("# Spending", "front matter"),
        ("---\ntitle: Spending\n---\n", "without description"),
        ("---\ntitle: Spending in 2026\ndescription: x\n---\n", "typed number '2026' in title"),
    ],
)
def test_front_matter_is_required(title, fault):
    assert any(fault in found for found in faults(narrative(title=title)))


def test_imports_are_hidden_from_the_page():
    notebook = narrative(imports="from baltic_calculus import catalog")
    assert faults(notebook) == ["the imports cell does not begin with '#| include: false'"]


def test_empty_and_foreign_notebooks_are_refused():
    assert "0 cells tagged parameters, not one" in faults(new_notebook())
    assert "the kernel is not python3" in faults(new_notebook())
