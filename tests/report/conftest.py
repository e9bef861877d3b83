"""A small project for the pipeline's tests."""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import altair as alt
import nbformat
import pandas as pd
import pytest
from great_tables import GT, loc, style
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import Browser
from playwright.sync_api import Page as OpenPage

from baltic_calculus.exhibits.narrow import narrow_spec
from baltic_calculus.report.chapter import Chapter, read_chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document, assemble
from baltic_calculus.report.instance import as_page
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.page import MatrixEntry, Page
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.site import render_site


@pytest.fixture(scope="session")
def killed_at() -> Callable[[int, Callable[[], object]], bool]:
    """Do something in another process that is killed at its n-th call that touches files: ``killed_at(3, action)``.

    False when it ended before.
    """

    def attempt(call: int, action: Callable[[], object]) -> bool:
        child = os.fork()
        if child == 0:
            left = [call]

            def count(event: str, _: object) -> None:
                if event.startswith(("os.", "open", "shutil.")):
                    left[0] -= 1
                    if left[0] == 0:
                        os.kill(os.getpid(), signal.SIGKILL)

            sys.addaudithook(count)
            action()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        return os.WIFSIGNALED(status)

    return attempt


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


@pytest.fixture(scope="session")
def pandoc(tmp_path_factory: pytest.TempPathFactory) -> Pandoc:
    """A pandoc that remembers for as long as the tests run."""
    return Pandoc(Memo(tmp_path_factory.mktemp("memo")))


# ---------------------------------------------------------------- executed notebooks for the renderers


CHART = {
    "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
    "data": {"values": [{"state": "Estonia", "share": 3.4}, {"state": "Latvia", "share": 3.7}]},
    "mark": {"type": "bar", "color": "#0b5fa5", "tooltip": True},
    "encoding": {"x": {"field": "share", "type": "quantitative"}, "y": {"field": "state", "type": "nominal"}},
    "width": 600,
    "height": 90,
}
SOURCE = "nato_defence_expenditure"


def _output(data: dict[str, object], report: dict[str, object]) -> nbformat.NotebookNode:
    return new_output("display_data", data=data, metadata={"report": report})


@pytest.fixture(scope="session")
def figure_output() -> Callable[..., nbformat.NotebookNode]:
    """A figure's display output; keywords replace entries of its metadata."""

    def make(**report: object) -> nbformat.NotebookNode:
        metadata = {
            "kind": "figure",
            "caption": "Share of output",
            "alt": "Bars: Estonia 3.4, Latvia 3.7.",
            "unit": "% of GDP",
            "sources": [SOURCE],
            "source_line": "A publisher, a title.",
            "notes": [],
            "flags": [],
            "facts": {},
            "narrow": {**CHART, "width": 220},
        }
        data = {
            "application/vnd.vegalite.v5+json": CHART,
            "text/csv": "state,share\nEstonia,3.4\nLatvia,3.7\n",
            "text/plain": "alt",
        }
        return _output(data, metadata | report)

    return make


@pytest.fixture(scope="session")
def table_output() -> Callable[..., nbformat.NotebookNode]:
    """A table's display output, made by great_tables; keywords replace entries of its metadata."""
    frame = pd.DataFrame(
        {"group": ["Baltic", "Baltic"], "state": ["Estonia", "Latvia"], "a": [1.93, 0.94], "b": [3.4, 3.7]}
    )
    table = (
        GT(frame, rowname_col="state", groupname_col="group", id="t")
        .tab_stubhead("State")
        .tab_spanner("Share of GDP", ["a", "b"])
        .cols_label(a="2014", b="2025")
        .tab_style(style.text(weight="bold"), loc.body(columns="b", rows=[0]))
        .tab_footnote("An estimate.", loc.column_labels(columns="b"))
        .tab_source_note("Printed by the exhibit.")
    )

    def make(**report: object) -> nbformat.NotebookNode:
        metadata = {
            "kind": "table",
            "caption": "Shares by state",
            "alt": "Shares of two states in two years.",
            "unit": "%",
            "sources": [SOURCE],
            "source_line": "A publisher, a title.",
            "notes": ["A note on @fig-share."],
            "flags": [],
            "facts": {},
        }
        data = {"text/html": table.as_raw_html(), "text/csv": frame.to_csv(index=False), "text/plain": "alt"}
        return _output(data, metadata | report)

    return make


@pytest.fixture(scope="session")
def prose_output() -> Callable[..., nbformat.NotebookNode]:
    """A sentence's display output with its facts."""

    def make(markdown: str, **facts: object) -> nbformat.NotebookNode:
        report = {"kind": "prose", "facts": facts}
        return _output({"text/markdown": markdown, "text/plain": markdown}, report)

    return make


@dataclass(frozen=True)
class WrittenReport:
    """A project folder with source notebooks and their executed copies."""

    config: ReportConfig

    def chapters(self, *names: str) -> list[Chapter]:
        """Read the chapters named, or all."""
        pages = [page for page in self.config.pages if not names or page.notebook in names]
        pandoc = Pandoc.of(self.config)
        return [read_chapter(self.config.root / "executed" / f"{page.notebook}.ipynb", page, pandoc) for page in pages]

    def document(self, *names: str) -> Document:
        """Assemble the chapters named, or all."""
        return assemble(self.chapters(*names), self.config)


BIBLIOGRAPHY = """@report{nato2025, title={Defence Expenditure}, author={{NATO}}, year={2025}, institution={NATO}}
@book{kilis2024, title={Ķīlis on Šķēle}, author={Ķīlis, Jānis}, year={2024}, publisher={Rīga}}
"""

FRONT = "---\ntitle: {title}\ndescription: About {title}.\n---\n\n"


@pytest.fixture(scope="session")
def write_report() -> Callable[..., WrittenReport]:
    """Write a project: ``write_report(root, {"01_x": ["## Text", ("#| label: fig-x\\ncode", output)]})``.

    A text is a Markdown cell; a pair is a code cell and its output. The number of a page is that of its name; page 00
    has none.
    """

    def write(root: Path, notebooks: dict[str, list[str | tuple[str, nbformat.NotebookNode | None]]]) -> WrittenReport:
        for folder in ("notebooks", "executed", "report"):
            (root / folder).mkdir(parents=True)
        (root / "report" / "theme").symlink_to(Path(__file__).parents[2] / "report" / "theme")
        (root / "report" / "references.bib").write_text(BIBLIOGRAPHY, encoding="utf-8")
        for name, cells in notebooks.items():
            source, executed = _notebooks(name, cells)
            nbformat.write(source, root / "notebooks" / f"{name}.ipynb")
            nbformat.write(executed, root / "executed" / f"{name}.ipynb")
        pages = tuple(Page(notebook=name, number=name[:2].strip("0"), coverage=SOURCE) for name in notebooks)
        return WrittenReport(
            ReportConfig(
                root=root,
                title="A title",
                subtitle="A subtitle",
                abstract="An abstract.",
                authors=("One Author", "Another Author"),
                institute="An institute",
                edition="November 2026",
                date=date(2026, 11, 21),
                licence="CC BY 4.0",
                pages=pages,
            )
        )

    return write


def _notebooks(
    name: str, cells: list[str | tuple[str, nbformat.NotebookNode | None]]
) -> tuple[nbformat.NotebookNode, nbformat.NotebookNode]:
    """The source notebook of some cells, and the same as papermill leaves it."""
    opening = new_markdown_cell(FRONT.format(title=name[3:].replace("_", " ").capitalize()), id="opening")
    parameters = new_code_cell("year = 2025", metadata={"tags": ["parameters"]}, id="parameters")
    injected = new_code_cell("year = 2024", metadata={"tags": ["injected-parameters"]}, id="injected")
    source, executed = [opening, parameters], [opening, parameters, injected]
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            source.append(new_markdown_cell(cell, id=f"cell-{number}"))
            executed.append(source[-1])
        else:
            code, output = cell
            source.append(new_code_cell(code, id=f"cell-{number}"))
            run = {"papermill": {"start_time": "2026-11-21T10:00:00"}, "execution": {"iopub.execute_input": "2026"}}
            outputs = [output] if output is not None else []
            executed.append(new_code_cell(code, id=f"cell-{number}", outputs=outputs, metadata=run))
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    run_metadata = {**metadata, "papermill": {"input_path": "/home/someone/x.ipynb"}}
    return new_notebook(cells=source, metadata=metadata), new_notebook(cells=executed, metadata=run_metadata)


PROFILE_FRONT = '---\ntitle: "{country}"\ndescription: What {country} spends.\n---\n\n'


@pytest.fixture(scope="session")
def profiled_report(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable[..., WrittenReport],
    figure_output: Callable[..., nbformat.NotebookNode],
    table_output: Callable[..., nbformat.NotebookNode],
    prose_output: Callable[..., nbformat.NotebookNode],
) -> WrittenReport:
    """A chapter, and under it the profiles of two countries, made from one notebook; they are not in the PDF."""
    spending = [
        "Profiles: @sec-profiles-est, and its @fig-profile-share-lva.",
        ("#| label: fig-share\nFigure()", figure_output()),
    ]
    profile: list[str | tuple[str, nbformat.NotebookNode | None]] = [
        "## Share {#sec-profile-share}\n\nAs in @fig-share, @fig-profile-share, @sec-profile-share.[^1]\n\n[^1]: So.",
        ("#| label: fig-profile-share\nFigure()", figure_output()),
        ("#| label: tbl-profile-shares\nTable()", table_output(notes=[])),
        ("#| echo: false\nProse()", prose_output("It is 3.4%.", share={"value": 3.4, "unit": "% of GDP"})),
    ]
    report = write_report(tmp_path_factory.mktemp("profiled"), {"01_spending": spending})
    source, executed = _notebooks("country_profile", profile)
    source.cells[0].source = executed.cells[0].source = PROFILE_FRONT
    nbformat.write(source, report.config.notebooks / "country_profile.ipynb")
    entry = MatrixEntry(
        notebook="country_profile",
        coverage=SOURCE,
        folder="profiles",
        under="spending",
        formats=("html",),
        matrix={"country": ("EST", "LVA")},
    )
    pages = tuple(entry.pages())
    for page in pages:
        nbformat.write(as_page(executed, page), report.config.root / "executed" / f"{page.notebook}.ipynb")
    return WrittenReport(report.config.model_copy(update={"pages": (*report.config.pages, *pages)}))


@pytest.fixture(scope="session")
def small_report(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable[..., WrittenReport],
    figure_output: Callable[..., nbformat.NotebookNode],
    table_output: Callable[..., nbformat.NotebookNode],
    prose_output: Callable[..., nbformat.NotebookNode],
) -> WrittenReport:
    """A summary with a finding and two chapters that refer to each other."""
    fact = {"value": 3.7, "unit": "% of GDP"}
    return write_report(
        tmp_path_factory.mktemp("report"),
        {
            "00_summary": [
                (
                    "#| label: finding-share\n#| echo: false\nProse()",
                    prose_output("**Latvia leads** with 3.7% of GDP (@fig-share) [@nato2025].", share=fact),
                )
            ],
            "01_spending": [
                "Jānis Ķīlis writes āčēģīķļņšūž ąčęėįšųūž äõöü [@kilis2024].[^1]\n\n[^1]: A note with US$ 3 bn.",
                "## Levels {#sec-levels}\n\nSee @tbl-shares, and $a = b^2$.",
                ("#| label: fig-share\nFigure()", figure_output(notes=["After [@nato2025]."])),
            ],
            "02_burden": [
                "## Shares\n\nAs in @fig-share and @sec-levels.",
                ("#| label: tbl-shares\n#| echo: false\nTable()", table_output()),
            ],
        },
    )


@pytest.fixture(scope="session")
def publish_charts(
    tmp_path_factory: pytest.TempPathFactory,
    write_report: Callable[..., WrittenReport],
    figure_output: Callable[..., nbformat.NotebookNode],
) -> Callable[[dict[str, alt.TopLevelMixin]], str]:
    """Publish charts, by their labels, in a chapter."""

    def publish(charts: dict[str, alt.TopLevelMixin]) -> str:
        cells: list[str | tuple[str, nbformat.NotebookNode | None]] = []
        for label, chart in charts.items():
            specification = chart.to_dict(validate=False)
            output = figure_output(narrow=narrow_spec(specification))
            output.data["application/vnd.vegalite.v5+json"] = specification
            cells.append((f"#| label: {label}\nFigure()", output))
        report = write_report(tmp_path_factory.mktemp("charts"), {"01_spending": cells})
        folder = tmp_path_factory.mktemp("browser") / "site"
        render_site(report.document(), folder)
        return (folder / "spending.html").as_uri()

    return publish


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., OpenPage]]:
    """Open an address in a window; whatever the browser complains of fails the test."""
    problems: list[str] = []
    contexts = []

    def show(address: str, width: int = 1366, **settings: Any) -> OpenPage:
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light", **settings)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on(
            "console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None
        )
        page.goto(address)
        return page

    yield show
    for context in contexts:
        context.close()
    assert problems == []
