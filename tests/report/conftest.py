"""A small project for the pipeline's tests."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.report.config import Page, ReportConfig

PARAMETERS = 'countries = ["EST"]\nfirst_year = 2014\nlast_year = 2026'


@pytest.fixture(scope="session")
def make_project() -> Callable[..., ReportConfig]:
    """Make a project folder with one notebook for each name: ``make_project(root, {"01_x": ["code", ...]})``."""

    def make(root: Path, notebooks: dict[str, list[str]], parameters: str = PARAMETERS) -> ReportConfig:
        (root / "notebooks").mkdir()
        for name, cells in notebooks.items():
            notebook = new_notebook(
                cells=[
                    new_markdown_cell(f"---\ntitle: {name}\n---"),
                    new_code_cell(parameters, metadata={"tags": ["parameters"]}),
                    *map(new_code_cell, cells),
                ]
            )
            nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
        return ReportConfig(
            root=root,
            title="Title",
            subtitle="Subtitle",
            abstract="Abstract",
            authors=("A team",),
            institute="An institute",
            edition="November 2026",
            date=date(2026, 11, 21),
            licence="CC BY 4.0",
            pages=tuple(Page(notebook=name, coverage="nato") for name in notebooks),
        )

    return make
