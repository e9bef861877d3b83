"""Execution with real kernels: what is reported is what happened."""

import json
from collections.abc import Sequence
from pathlib import Path

import nbformat
import psutil
import pytest

from baltic_calculus.catalog import Coverage
from baltic_calculus.report import plan
from baltic_calculus.report.config import Page
from baltic_calculus.report.execute import execute_pages
from baltic_calculus.report.ledger import PageRun

SLEEPERS = ("86399", "86398")
"""Arguments by which the processes that the notebooks leave behind are known."""

NOTEBOOKS = {
    "01_ok": ["import os, json", "print(json.dumps([countries, os.getcwd(), os.environ['BALTIC_ROOT']]))"],
    "02_failed": ["x = 1", "#| label: fig-share\nraise ValueError('share of GDP is missing')", "x = 2"],
    "03_killed": [f"import subprocess, os; subprocess.Popen(['sleep', '{SLEEPERS[0]}'])", "os.kill(os.getpid(), 9)"],
    "04_slow": [f"import subprocess, time; subprocess.Popen(['sleep', '{SLEEPERS[1]}'])", "time.sleep(600)"],
    "05_left": ["import sys; sys.exit(0)", "x = 2"],
    "06_memory": ["import ctypes; ctypes.string_at(0)"],
}
CELL_SECONDS = 6
COVERAGE = Coverage(countries=("EST", "POL"), first_year=2014, last_year=2026)


class Recorder:
    """A watcher that remembers."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.cells: list[tuple[str, int, int]] = []
        self.finished: list[str] = []

    def page_started(self, page: Page) -> None:
        self.started.append(page.notebook)

    def cell_started(self, page: Page, cell: int, cells: int) -> None:
        self.cells.append((page.notebook, cell, cells))

    def page_finished(self, run: PageRun) -> None:
        self.finished.append(run.page.notebook)


def execute(config, output: Path, watcher: Recorder, parameters=None, **options) -> list[PageRun]:
    output.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plan.catalog, "coverage", lambda name: COVERAGE)
        planned = plan.plan_build(config, parameters=parameters)
    defaults = {"jobs": 3, "cell_seconds": CELL_SECONDS, "fail_fast": False}
    return execute_pages(planned.pages, config, output, watcher=watcher, **(defaults | options))


@pytest.fixture(scope="module")
def executed(make_project, tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    config = make_project(root, NOTEBOOKS)
    here = Path.cwd()
    watcher = Recorder()
    runs = execute(config, root / "executed", watcher, parameters={"countries": ["POL"]})
    assert Path.cwd() == here
    return {run.page.notebook: run for run in runs}, watcher, root


def leftover_processes(arguments: Sequence[str]) -> list[psutil.Process]:
    return [
        process for process in psutil.process_iter(["cmdline"]) if set(arguments) & set(process.info["cmdline"] or ())
    ]


def test_good_notebook_is_ok_and_knows_its_parameters_folder_and_project(executed):
    runs, _, root = executed
    run = runs["01_ok"]
    assert (run.status, run.failure) == ("ok", None)
    notebook = nbformat.read(run.executed, as_version=4)
    # folder of the notebooks for relative links, project for the catalogue
    assert json.loads(notebook.cells[-1].outputs[0].text) == [["POL"], str(root / "notebooks"), str(root)]


@pytest.mark.parametrize(
    ("page", "status", "cell", "error"),
    [
        ("02_failed", "failed", "cell 4 (fig-share)", "ValueError: share of GDP is missing"),
        ("03_killed", "kernel_died", "cell 4", "the kernel died: it was killed, crashed or ran out of memory"),
        ("04_slow", "timed_out", "cell 4", f"the cell ran longer than {CELL_SECONDS} s"),
        ("05_left", "failed", "cell 3", "SystemExit: the notebook left before its last cell"),
        ("06_memory", "kernel_died", "cell 3", "the kernel died: it was killed, crashed or ran out of memory"),
    ],
)
def test_failure_is_named_with_its_cell(executed, page, status, cell, error):
    run = executed[0][page]
    assert run.failure is not None
    assert (run.status, run.failure.status, run.failure.cell, run.failure.error) == (status, status, cell, error)
    assert run.executed is None


def test_traceback_is_plain_text(executed):
    trace = executed[0]["02_failed"].failure.traceback
    assert "raise ValueError('share of GDP is missing')" in trace
    assert "\x1b" not in trace


def test_nothing_that_a_kernel_started_is_left(executed):
    assert leftover_processes(SLEEPERS) == []


def test_watcher_follows_every_page(executed):
    _, watcher, _ = executed
    assert sorted(watcher.started) == sorted(watcher.finished) == sorted(NOTEBOOKS)
    # front matter, parameters, injected parameters and two cells make five
    assert [seen[1:] for seen in watcher.cells if seen[0] == "01_ok"] == [(2, 5), (3, 5), (4, 5), (5, 5)]


def test_fail_fast_cancels_the_others(make_project, tmp_path):
    config = make_project(tmp_path, {"01_fails": ["1 / 0"], "02_long": ["import time; time.sleep(600)"], "03_next": []})
    watcher = Recorder()
    runs = execute(config, tmp_path / "out", watcher, jobs=2, fail_fast=True, cell_seconds=60)
    assert [run.status for run in runs] == ["failed", "cancelled", "cancelled"]
    assert all(run.seconds < 30 for run in runs)
    assert "03_next" not in watcher.started


def test_kernel_that_cannot_start_is_named(make_project, tmp_path, monkeypatch):
    monkeypatch.setattr("baltic_calculus.report.execute.KERNEL", "nowhere")
    (run,) = execute(make_project(tmp_path, {"01_one": []}), tmp_path / "out", Recorder())
    assert run.failure is not None
    assert (run.status, run.failure.cell) == ("start_failed", "")
    assert "nowhere" in run.failure.error
