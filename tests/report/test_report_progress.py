"""Progress: plain lines for logs, a live table for terminals, errors at the end."""

import io

import pytest
from rich.console import Console

from baltic_calculus.report.execution.ledger import PageFailure, PageRun
from baltic_calculus.report.page import Page
from baltic_calculus.report.progress import LiveProgress, PlainProgress, open_progress, print_failures

ONE = Page(notebook="01_spending_trends", coverage="nato")
TWO = Page(notebook="02_burden", coverage="cofog")
THREE = Page(notebook="03_posture", coverage="posture")
FAILURE = PageFailure(TWO, "failed", "cell 7 (fig-debt)", "ValueError: no debt\n  where: data", "Traceback")
RUNS = (
    PageRun(ONE, "ok", {}, wall_seconds=3.21),
    PageRun(TWO, "failed", {}, cell=FAILURE.cell, error=FAILURE.error, wall_seconds=0.4),
    PageRun(THREE, "skipped", {}, error="no data", wall_seconds=0.2),
)


def run_through(console: Console) -> None:
    with open_progress(console, [ONE, TWO, THREE]) as progress:
        for run in RUNS:
            progress.page_started(run.page)
            progress.cell_started(run.page, 2, 9)
            progress.page_finished(run)
        progress.stage("rendering the site")


def test_log_gets_one_line_a_page():
    output = io.StringIO()
    run_through(Console(file=output, width=200))
    assert output.getvalue().splitlines() == [
        "01_spending_trends  ok  3.2 s",
        "02_burden           failed  0.4 s",
        "03_posture          skipped  0.2 s",
    ]


def test_terminal_gets_a_table_that_ends_with_the_final_state():
    output = io.StringIO()
    run_through(Console(file=output, width=100, force_terminal=True, color_system=None))
    last = output.getvalue().rsplit("01_spending_trends", 1)[1]
    assert "3.2 s" in last
    assert "cell 7 (fig-debt)" in last


@pytest.mark.parametrize(("terminal", "kind"), [(True, LiveProgress), (False, PlainProgress)])
def test_kind_follows_the_console(terminal, kind):
    assert isinstance(open_progress(Console(file=io.StringIO(), force_terminal=terminal), []), kind)


def test_failures_are_listed_with_cell_and_error():
    output = io.StringIO()
    print_failures(Console(file=output, width=200), [FAILURE])
    assert output.getvalue().splitlines() == [
        "02_burden: failed, cell 7 (fig-debt)",
        "    ValueError: no debt",
        "      where: data",
    ]
