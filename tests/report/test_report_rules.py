"""The rules of the report: what breaks one stops the build and the exporters, and is told with its place."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from baltic_calculus.errors import CalculusError, RenderError
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.notebook_exporters import BalticHtmlExporter, BalticPdfExporter
from baltic_calculus.report.quarto.engine import read_document
from baltic_calculus.report.quarto.project import stage_project
from baltic_calculus.report.rendering import Rendering

Cells = list[str | tuple[str, nbformat.NotebookNode | None]]


@dataclass(frozen=True)
class Rule:
    """A broken chapter: its third cell is the first one given; what the error must say, and where."""

    cells: Callable[[Callable, Callable, Callable], Cells]
    says: str
    places: tuple[str, ...]


RULES = {
    "broken reference in text": Rule(
        lambda figure, table, prose: ["See @fig-nowhere."],
        "unknown reference @fig-nowhere",
        ("01_rules.ipynb, cell 3",),
    ),
    "broken reference in a computed sentence": Rule(
        lambda figure, table, prose: [("#| label: finding-x\nProse()", prose("See @tbl-nowhere."))],
        "unknown reference @tbl-nowhere",
        ("01_rules.ipynb, cell 3 (finding-x)",),
    ),
    "broken reference in a caption": Rule(
        lambda figure, table, prose: [("#| label: fig-x\nFigure()", figure(caption="As in @sec-nowhere"))],
        "unknown reference @sec-nowhere",
        ("01_rules.ipynb, cell 3 (fig-x)",),
    ),
    "unknown citation in text": Rule(
        lambda figure, table, prose: ["After [@nobody1999]."],
        "unknown citation @nobody1999",
        ("01_rules.ipynb, cell 3",),
    ),
    "unknown citation in a note": Rule(
        lambda figure, table, prose: [("#| label: tbl-x\nTable()", table(notes=["After [@nobody1999]."]))],
        "unknown citation @nobody1999",
        ("01_rules.ipynb, cell 3 (tbl-x)",),
    ),
    "missing caption": Rule(
        lambda figure, table, prose: [("#| label: fig-x\nFigure()", figure(caption=""))],
        "fig-x has no caption",
        ("01_rules.ipynb, cell 3 (fig-x)",),
    ),
    "missing alternative text": Rule(
        lambda figure, table, prose: [("#| label: fig-x\nFigure()", figure(alt=""))],
        "fig-x has no alternative text",
        ("01_rules.ipynb, cell 3 (fig-x)",),
    ),
    "missing source": Rule(
        lambda figure, table, prose: [("#| label: tbl-x\nTable()", table(source_line=""))],
        "tbl-x has no source",
        ("01_rules.ipynb, cell 3 (tbl-x)",),
    ),
    "missing unit": Rule(
        lambda figure, table, prose: [("#| label: fig-x\nFigure()", figure(unit=""))],
        "fig-x has no unit",
        ("01_rules.ipynb, cell 3 (fig-x)",),
    ),
    "missing label": Rule(
        lambda figure, table, prose: [("Figure()", figure())],
        "this figure has no label",
        ("01_rules.ipynb, cell 3",),
    ),
    "duplicate label of exhibits": Rule(
        lambda figure, table, prose: [
            ("#| label: fig-x\nFigure()", figure()),
            ("#| label: fig-x\nFigure()", figure()),
        ],
        "the label fig-x is used twice",
        ("01_rules.ipynb, cell 3", "01_rules.ipynb, cell 4"),
    ),
    "duplicate label of sections": Rule(
        lambda figure, table, prose: ["## One {#sec-x}", "## Two {#sec-x}"],
        "the label sec-x is used twice",
        ("01_rules.ipynb, cell 3", "01_rules.ipynb, cell 4"),
    ),
    "duplicate label of findings": Rule(
        lambda figure, table, prose: [
            ("#| label: finding-x\nProse()", prose("One.")),
            ("#| label: finding-x\nProse()", prose("Two.")),
        ],
        "the label finding-x is used twice",
        ("01_rules.ipynb, cell 3", "01_rules.ipynb, cell 4"),
    ),
}


def runs_of(report) -> list[PageRun]:
    executed = report.config.root / "executed"
    return [PageRun(page, "ok", {}, executed / f"{page.notebook}.ipynb") for page in report.config.pages]


def build(report, room: Path) -> None:
    """Render as a build does once its notebooks are executed."""
    with Rendering(report.config, ("html", "pdf")) as rendering:
        rendering.render(runs_of(report), room, lambda _: None)


def stage(report, room: Path) -> None:
    stage_project(read_document(runs_of(report), report.config), room / "quarto")


def export_html(report, room: Path) -> None:
    BalticHtmlExporter().from_filename(str(report.config.root / "executed" / "01_rules.ipynb"))


def export_pdf(report, room: Path) -> None:
    BalticPdfExporter().from_filename(str(report.config.root / "executed" / "01_rules.ipynb"))


@pytest.mark.parametrize("door", [build, stage, export_html, export_pdf])
@pytest.mark.parametrize("name", RULES)
def test_what_breaks_a_rule_is_refused_with_notebook_cell_and_label(
    name: str, door: Callable, write_report, figure_output, table_output, prose_output, tmp_path: Path
) -> None:
    rule = RULES[name]
    cells = rule.cells(figure_output, table_output, prose_output)
    report = write_report(tmp_path / "report", {"01_rules": cells})
    with pytest.raises(RenderError) as refused:
        door(report, tmp_path)
    assert rule.says in refused.value.what
    for place in rule.places:
        assert place in refused.value.where
    assert refused.value.remedy
    assert refused.value.exit_code == CalculusError.exit_code


@pytest.mark.parametrize("door", [build, stage])
def test_a_label_in_two_chapters_is_refused_with_both(door: Callable, write_report, figure_output, tmp_path) -> None:
    exhibit = ("#| label: fig-x\nFigure()", figure_output())
    report = write_report(tmp_path / "report", {"01_rules": [exhibit], "02_more": ["Text.", exhibit]})
    with pytest.raises(RenderError, match="the label fig-x is used twice") as refused:
        door(report, tmp_path)
    assert "02_more.ipynb, cell 4" in refused.value.where
    assert "01_rules.ipynb, cell 3" in refused.value.where
