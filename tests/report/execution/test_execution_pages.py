"""Pages of a report executed with real kernels: what is reported, what is written, and what is never lost."""

import json
from pathlib import Path

import psutil
import pytest

from baltic_calculus.catalog import Coverage
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.execution.pages import execute_pages
from baltic_calculus.report.execution.schedule import open_executor
from baltic_calculus.report.execution.task import Limits
from baltic_calculus.report.page import Page
from baltic_calculus.report.plan import plan_build
from kernel_forkserver import is_supported

NOTEBOOKS = {
    "01_ok": ["import os, json", "print(json.dumps([countries, os.getcwd(), os.environ['BALTIC_ROOT']]))"],
    "02_failed": ["x = 1", "#| label: fig-share\nraise ValueError('share of GDP is missing')"],
    "03_skipped": ["from baltic_calculus.errors import SkipPage; raise SkipPage('nothing to say')"],
}
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


def execute(config, output: Path, watcher: Recorder, parameters=None, jobs=3, **options) -> list[PageRun]:
    output.mkdir(parents=True)
    planned = plan_build(config, parameters=parameters, coverage=lambda name: COVERAGE)
    defaults = {
        "environment": {"BALTIC_ROOT": str(config.root)},
        "limits": Limits(),
        "kernel": "plain",
        "preload": (),
        "fail_fast": False,
        "build_seconds": None,
    }
    with open_executor("threads", jobs) as executor:
        return execute_pages(planned.pages, output, executor=executor, watcher=watcher, **(defaults | options))


@pytest.fixture(scope="module")
def executed(make_project, tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    config = make_project(root, NOTEBOOKS)
    watcher = Recorder()
    runs = execute(config, root / "room" / "executed", watcher, parameters={"countries": ["POL"]})
    assert [run.page.notebook for run in runs] == list(NOTEBOOKS)
    return {run.page.notebook: run for run in runs}, watcher, root


def test_good_page_is_written_and_knows_its_parameters_folder_and_project(executed):
    runs, _, root = executed
    run = runs["01_ok"]
    assert (run.status, run.failure, run.failed) == ("ok", None, None)
    assert run.executed == root / "room" / "executed" / "01_ok.ipynb"
    cells = json.loads(run.executed.read_text())["cells"]
    # folder of the notebooks for relative links, project for the catalogue
    assert json.loads(cells[-1]["outputs"][0]["text"]) == [["POL"], str(root / "notebooks"), str(root)]
    assert run.parameters["countries"] == ["POL"]
    assert run.cpu_seconds > 0
    assert run.peak_memory_mb > 0


def test_notebook_of_a_failure_is_kept_apart(executed):
    runs, _, root = executed
    run = runs["02_failed"]
    assert (run.status, run.executed, run.failed) == ("failed", None, root / "room" / "failed" / "02_failed.ipynb")
    # parameters, injected parameters and a cell before it
    assert (run.failure.cell, run.failure.error) == ("cell 4 (fig-share)", "ValueError: share of GDP is missing")
    last = json.loads(run.failed.read_text())["cells"][-1]
    assert last["metadata"]["papermill"]["status"] == "failed"


def test_skipped_page_is_no_failure_and_has_no_content(executed):
    run = executed[0]["03_skipped"]
    assert (run.status, run.failure, run.executed, run.failed, run.error) == (
        "skipped",
        None,
        None,
        None,
        "nothing to say",
    )


def test_watcher_follows_every_page(executed):
    _, watcher, _ = executed
    assert sorted(watcher.started) == sorted(watcher.finished) == sorted(NOTEBOOKS)
    # front matter, parameters, injected parameters and two cells make five
    assert [seen[1:] for seen in watcher.cells if seen[0] == "01_ok"] == [(2, 5), (3, 5), (4, 5), (5, 5)]


def test_fail_fast_cancels_the_others(make_project, tmp_path):
    config = make_project(tmp_path, {"01_fails": ["1 / 0"], "02_long": ["import time; time.sleep(600)"], "03_next": []})
    watcher = Recorder()
    runs = execute(config, tmp_path / "room" / "executed", watcher, jobs=2, fail_fast=True)
    assert [run.status for run in runs] == ["failed", "cancelled", "cancelled"]
    assert sorted(watcher.finished) == ["01_fails", "02_long", "03_next"]
    assert all(run.failure for run in runs)


@pytest.mark.skipif(not is_supported(), reason="kernels cannot be forked here")
def test_fork_server_killed_mid_build_costs_its_page_alone(make_project, tmp_path):
    """The kernel's parent is the fork server; the pages after it get a new one."""
    kill = "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL); time.sleep(60)"
    config = make_project(tmp_path, {"01_before": ["1"], "02_kills": [kill], "03_after": ["2"]})
    runs = execute(config, tmp_path / "room" / "executed", Recorder(), jobs=1, kernel="fork")
    assert [(run.status, run.kernel) for run in runs] == [("ok", "fork"), ("kernel_died", "fork"), ("ok", "fork")]
    assert runs[1].error == "the fork server ended, and the kernel with it"


def test_full_disk_stops_the_build(make_project, tmp_path, monkeypatch):
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    config = make_project(tmp_path, {"01_one": ["1"], "02_two": ["import time; time.sleep(600)"]})
    monkeypatch.setattr("baltic_calculus.report.execution.pages.Path.write_text", fails)
    with pytest.raises(OSError, match="No space left"):
        execute(config, tmp_path / "room" / "executed", Recorder())
    running = [child for child in psutil.Process().children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
    assert not [child for child in running if "ipykernel_launcher" in " ".join(child.cmdline())]
