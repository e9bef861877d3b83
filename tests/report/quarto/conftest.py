"""A staged Quarto project of the small report."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from baltic_calculus.report.quarto.project import stage_project


@dataclass(frozen=True)
class Staged:
    """A staged project, read as Quarto reads it."""

    folder: Path

    @property
    def configuration(self) -> dict[str, Any]:
        return self.yaml("_quarto.yml")

    def yaml(self, name: str) -> dict[str, Any]:
        return yaml.safe_load((self.folder / name).read_text(encoding="utf-8"))

    @property
    def chapters(self) -> list[str]:
        book = self.configuration["book"]
        return [*book["chapters"], *book.get("appendices", [])]

    def notebooks(self) -> dict[str, dict[str, Any]]:
        names = [name for name in self.chapters if name.endswith(".ipynb")]
        return {name: json.loads((self.folder / name).read_text(encoding="utf-8")) for name in names}

    def cells(self) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
        """Notebook, cell and the options of the cell."""
        for name, notebook in self.notebooks().items():
            for cell in notebook["cells"]:
                lines = [line[2:] for line in cell["source"].split("\n") if line.startswith("#|")]
                yield name, cell, yaml.safe_load("\n".join(lines)) or {}

    def markdown(self) -> Iterator[tuple[str, str]]:
        """Notebook and text of everything that readers read."""
        for name, cell, options in self.cells():
            if cell["cell_type"] == "markdown":
                yield name, cell["source"]
            for key in ("fig-cap", "tbl-cap"):
                if key in options:
                    yield name, options[key]
            for output in cell.get("outputs", []):
                if "text/markdown" in output["data"]:
                    yield name, output["data"]["text/markdown"]


@pytest.fixture(scope="module")
def staged(small_report, tmp_path_factory: pytest.TempPathFactory) -> Staged:
    folder = tmp_path_factory.mktemp("quarto") / "project"
    stage_project(small_report.document(), folder)
    return Staged(folder)
