"""A chapter to begin with: a notebook that keeps the rules of all notebooks, and its page in report/report.yaml."""

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.catalog import Catalog, Coverage
from baltic_calculus.catalog.write_together import write_together
from baltic_calculus.catalog.yaml_entry import add_to_list
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.config import ReportConfig, read_config
from baltic_calculus.report.page import Page

CONFIGURATION = "report/report.yaml"
NAME = re.compile(r"[a-z]+(_[a-z]+)*")
"""No digits: the title is made of it, and numbers are not typed."""

LONGEST_NAME = 40
FIRST_APPENDIX = 90
"""Notebooks from this number on are appendices."""

TAKEN = frozenset({"index"})
"""Pages of the site that no notebook makes."""

TITLE = """\
---
title: {title}
description: What this chapter asks, and of whom, in one sentence.
---

What the reader learns here, and what the data cannot say."""

IMPORTS = """\
#| include: false
from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import year
from baltic_calculus.exhibits import Prose"""

PARAMETERS = """\
#| include: false
countries = [{countries}]
first_year = {first_year}
last_year = {last_year}"""

LOAD = """\
#| include: false
parameters = Parameters(countries=countries, first_year=first_year, last_year=last_year)
parameters = parameters.within(catalog.coverage("{coverage}"))"""

SECTION = "## What the data cover {{#sec-{slug}-cover}}"

SENTENCE = """\
#| label: {slug}-cover
#| echo: false
Prose(
    "The data of this chapter are read for {{countries}}, from {{first_year}} to {{last_year}}.",
    countries=parameters.countries,
    first_year=year(parameters.first_year),
    last_year=year(parameters.last_year),
)"""


@dataclass(frozen=True)
class NewChapter:
    """What was made: the notebook, and the name of its page on the command line and in addresses."""

    notebook: Path
    slug: str


def add_chapter(root: Path, name: str, dataset: str | None = None) -> NewChapter:
    """Add a chapter behind the last numbered one; it builds at once.

    Parameters
    ----------
    root : Path
        The project folder.
    name : str
        What it is about: small letters and single underscores.
    dataset : str, optional
        Dataset whose countries and years bound its parameters; that of the first page when not given.

    Raises
    ------
    ConfigurationError
        When the name is unfit or taken, every number of a chapter is, or the dataset has but one year.
    DataError
        When there is no such dataset, it has no countries and years, or the configuration has no place for it.
    OSError
        When a file cannot be written; nothing has changed.
    """
    config = read_config(root)
    _check_name(name, config)
    place, number, printed = _next_number(config, root)
    dataset = dataset or config.pages[0].coverage
    coverage = Catalog(root).coverage(dataset)
    if coverage.first_year == coverage.last_year:
        raise ConfigurationError(
            f"{dataset} has one year, {coverage.first_year}, and a chapter is about several",
            where="baltic new chapter",
            remedy="name another dataset with --dataset, or enter its other years first",
        )
    page = Page(notebook=f"{number:02}_{name}", number=str(printed), coverage=dataset)
    entry = f'notebook: {page.notebook}\nnumber: "{page.number}"\ncoverage: {dataset}'
    file = root / CONFIGURATION
    text = add_to_list(file.read_text(encoding="utf-8"), "pages", place, entry, CONFIGURATION)
    notebook = root / "notebooks" / f"{page.notebook}.ipynb"
    content = nbformat.writes(_notebook(name, page, coverage)) + "\n"
    write_together({notebook: content.encode(), file: text.encode()})
    return NewChapter(notebook, page.slug)


def _check_name(name: str, config: ReportConfig) -> None:
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise ConfigurationError(
            f"{name!r} cannot name a chapter",
            where="baltic new chapter",
            remedy=f"use small letters and single underscores, {LONGEST_NAME} at most: arms_exports",
        )
    slug = name.replace("_", "-")
    folders = {page.folder for page in config.pages} | {f"{page.slug}-evidence" for page in config.pages}
    if slug in folders | TAKEN or any(page.slug == slug for page in config.pages):
        raise ConfigurationError(f"there is a page {slug!r}", where="report/report.yaml", remedy="choose another name")


def _next_number(config: ReportConfig, root: Path) -> tuple[int, int, int]:
    """Place of the last chapter in the configuration; number of the new notebook, and number that is printed."""
    entries = list(dict.fromkeys(page.source for page in config.pages))
    chapters = [page for page in config.pages if page.number.isdecimal() and page.source == page.notebook]
    last = chapters[-1] if chapters else config.pages[0]
    files = {int(path.name[:2]) for path in (root / "notebooks").glob("[0-9][0-9]_*.ipynb")}
    taken = [number for number in files if number < FIRST_APPENDIX]
    number = max(taken, default=0) + 1
    if number == FIRST_APPENDIX:
        raise ConfigurationError(
            "no number is left for a chapter", where="notebooks", remedy=f"use one below {FIRST_APPENDIX} again"
        )
    printed = max((int(page.number) for page in chapters), default=0) + 1
    return entries.index(last.source), number, printed


def _notebook(name: str, page: Page, coverage: Coverage) -> nbformat.NotebookNode:
    """The notebook, with the report's own countries and years as far as the dataset has them."""
    usual = Parameters()
    countries = [code for code in usual.countries if code in coverage.countries] or coverage.countries[:1]
    parameters = PARAMETERS.format(
        countries=", ".join(f'"{code}"' for code in countries),
        first_year=min(max(usual.first_year, coverage.first_year), coverage.last_year),
        last_year=max(min(usual.last_year, coverage.last_year), coverage.first_year),
    )
    title = TITLE.format(title=name.replace("_", " ").capitalize())
    cells = [
        new_markdown_cell(title, id="title"),
        new_code_cell(IMPORTS, id="imports"),
        new_code_cell(parameters, id="parameters", metadata={"tags": ["parameters"]}),
        new_code_cell(LOAD.format(coverage=page.coverage), id="load"),
        new_markdown_cell(SECTION.format(slug=page.slug), id="cover-heading"),
        new_code_cell(SENTENCE.format(slug=page.slug), id="cover"),
    ]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})
