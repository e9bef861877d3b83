"""The glossary explains every abbreviation in the titles, headings and captions of the report."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.glossary import gather_terms
from baltic_calculus.report.numbering import HEADING

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
ABBREVIATION = re.compile(r"(?<![\w@{-])[A-Za-z]?[A-Z]{2,}\b(?:-[A-Z]+\b)?")
FRONT = re.compile(r"^(?:title|description):\s*(.*)$", re.MULTILINE)


def captions(source: str) -> Iterator[str]:
    """Texts of the argument ``caption``; what is computed into them is left out."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call):
            for keyword in call.keywords:
                if keyword.arg == "caption":
                    parts = [node.value for node in ast.walk(keyword.value) if isinstance(node, ast.Constant)]
                    yield " ".join(part for part in parts if isinstance(part, str))


def texts(path: Path) -> Iterator[str]:
    """Title, description, headings and captions of a notebook."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield from FRONT.findall(cell.source)
            yield from (match["title"] for line in cell.source.split("\n") if (match := HEADING.match(line)))
        else:
            yield from captions(cell.source)


@pytest.fixture(scope="module")
def explained() -> frozenset[str]:
    """Words that the glossary explains, codes of countries, and keys of documents."""
    forms = {word for term in gather_terms(catalog.rows("glossary")) for form in term.forms for word in form.split()}
    codes = {row["iso3"] for row in catalog.rows("countries")}
    return frozenset(forms | codes | {row["source"] for row in catalog.rows("sources")})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_abbreviation_is_explained(path, explained):
    found = {word for text in texts(path) for word in ABBREVIATION.findall(text)}
    assert found <= explained, f"add to data/glossary.csv: {', '.join(sorted(found - explained))}"


def test_what_counts_as_an_abbreviation():
    assert ABBREVIATION.findall("Share of GDP in the EU, IRIS-T and eFP; Estonia, @fig-GDP, {XYZ}") == [
        "GDP",
        "EU",
        "IRIS-T",
        "eFP",
    ]


def test_captions_are_read_with_what_is_computed_left_out():
    assert list(captions('Figure(chart, caption=f"GDP in {YEAR}")')) == ["GDP in "]
