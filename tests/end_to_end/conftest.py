"""Builds without stubs: the real command, kernels, data, theme and renderers, on a report of two small notebooks."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PROJECT = Path(__file__).parents[2]

CONFIGURATION = """\
title: A small report
subtitle: Two notebooks
abstract: One chapter on shares and a summary.
authors: [A team]
institute: An institute
edition: November 2026
date: 2026-11-21
licence: CC BY 4.0
pages:
  - {notebook: 00_summary, coverage: nato_defence_expenditure}
  - {notebook: 01_shares, number: "1", coverage: nato_defence_expenditure}
"""

IMPORTS = """\
#| include: false
from great_tables import GT
from baltic_calculus import catalog
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.exhibits import Figure, Prose, Table, chart_lines"""

PARAMETERS = 'countries = ["EST", "LVA", "LTU"]\nfirst_year = 2014\nlast_year = 2026'

LOAD = """\
spending = catalog.load("nato_defence_expenditure")
rows = spending.query("measure == 'share_gdp_pct' and iso3 in @countries and @first_year <= year <= @last_year")
shares = rows.rename(columns={"value": "share_gdp_pct"})[["iso3", "year", "share_gdp_pct", "flag"]]
latest = shares[(shares["iso3"] == countries[0]) & (shares["year"] == last_year)]
share = Quantity(float(latest["share_gdp_pct"].iloc[0]), "% of GDP")"""

FIGURE = """\
#| label: fig-share
Figure(chart_lines(shares, y="share_gdp_pct", unit="% of GDP"), data=shares, caption="Core defence expenditure",
       source="nato_defence_expenditure", unit="% of GDP", alt="Lines that rise.")"""

TABLE = """\
#| label: tbl-share
Table(GT(latest, id="share"), data=latest, caption="The last year", source="nato_defence_expenditure",
      unit="% of GDP", alt="One row.")"""

PROSE = """\
#| echo: false
Prose("The first country spends {share} [@nato2026]; see @fig-share and @tbl-share.", share=share)"""

FINDING = '#| label: finding-share\n#| echo: false\nProse("The share is {share}, see @fig-share.", share=share)'


def write_notebook(
    root: Path, name: str, *cells: str, parameters: str | None = PARAMETERS, imports: str = IMPORTS
) -> None:
    """Write a notebook with front matter, imports, a parameters cell (unless None) and these code cells."""
    tagged = [] if parameters is None else [new_code_cell(parameters, metadata={"tags": ["parameters"]})]
    notebook = new_notebook(
        cells=[
            new_markdown_cell(f"---\ntitle: {name}\ndescription: A small page.\n---\n"),
            new_code_cell(imports),
            *tagged,
            new_markdown_cell("## Shares"),
            *map(new_code_cell, cells),
        ],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    )
    nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")


@dataclass(frozen=True)
class Project:
    """A project folder and the real command run on it."""

    root: Path

    @property
    def build(self) -> Path:
        return self.root / "_build"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "baltic_calculus.cli", "--root", str(self.root), *arguments]

    def baltic(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*arguments), capture_output=True, text=True, check=False, timeout=400)

    def products(self) -> dict[str, str]:
        """Hash of every published file: site, PDF, data, facts, notebooks."""
        folders = [self.build / name for name in ("site", "report.pdf", "data", "facts.json", "notebooks")]
        files = [path for folder in folders for path in (folder.rglob("*") if folder.is_dir() else [folder])]
        return {
            str(path.relative_to(self.build)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in files
            if path.is_file()
        }

    def left_overs(self) -> list[str]:
        """Folders that only exist while a build runs."""
        return [name for name in (".next", ".previous", ".discarded") if (self.build / name).exists()]


def make_project(root: Path) -> Project:
    """Lay a small report over the project's own data, references and theme."""
    (root / "notebooks").mkdir(parents=True)
    (root / "report").mkdir()
    (root / "report" / "report.yaml").write_text(CONFIGURATION, encoding="utf-8")
    for shared in ("data", "report/references.bib", "report/theme", "requirements.lock"):
        (root / shared).symlink_to(PROJECT / shared)
    write_notebook(root, "00_summary", LOAD, FINDING)
    write_notebook(root, "01_shares", LOAD, PROSE, FIGURE, TABLE)
    return Project(root)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A report that was built once, HTML and PDF; tests must not change it."""
    project = make_project(tmp_path_factory.mktemp("built"))
    done = project.baltic("build")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def project(built: Project, tmp_path: Path) -> Project:
    """A copy of the built report, to break."""
    return Project(Path(shutil.copytree(built.root, tmp_path / "project", symlinks=True)))


@pytest.fixture
def write() -> Callable[..., None]:
    """Write a notebook into a project."""
    return write_notebook


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person who runs the tests reaches the command."""
    for name in [name for name in os.environ if name.startswith("BALTIC_")]:
        monkeypatch.delenv(name)
