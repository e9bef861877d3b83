"""Bad input and bad luck: a clear message, the right exit code, and the last good report untouched."""

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.end_to_end


def entry(project, page):
    ledger = json.loads((project.build / "ledger.json").read_text())
    return next(entry for entry in ledger["pages"] if entry["page"] == page)


def refused(project, *arguments):
    """Run a build that must stop before anything changes; give what it said."""
    before = project.products()
    done = project.baltic("build", *arguments)
    assert done.returncode == 2, done.stdout + done.stderr
    assert project.products() == before
    assert project.left_overs() == []
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("arguments", "message", "remedy"),
    [
        (["--param", "countries=[EST, XXX]"], "no data for XXX", "EST"),
        (["--param", "first_year=1949"], "first_year 1949 is outside the data", "2014 to 2026"),
        (["--param", "colour=red"], "unknown parameter colour", "countries, first_year, last_year"),
        (["--only", "fiscal"], "unknown page 'fiscal'", "summary, shares"),
        (["--format", "docx"], "'docx': choose html, pdf or html,pdf", ""),
    ],
)
def test_wrong_choice_is_refused(project, arguments, message, remedy):
    said = refused(project, *arguments)
    assert message in said
    assert remedy in said


def test_unreadable_notebook_is_refused(project):
    (project.root / "notebooks" / "01_shares.ipynb").write_text('{"cells": [')
    said = refused(project)
    assert "the notebook cannot be read" in said
    assert "01_shares.ipynb" in said


def test_notebook_without_parameters_cell_is_refused(project, write):
    write(project.root, "01_shares", "x = 1", parameters=None)
    assert "no cells are tagged 'parameters'" in refused(project)


def test_wrong_configuration_is_refused(project):
    path = project.root / "report" / "report.yaml"
    path.write_text(path.read_text() + "colour: red\n")
    said = refused(project)
    assert "colour: Extra inputs" in said
    assert "report/report.yaml" in said


def own_data(project) -> Path:
    """Give the project a copy of the data, to damage."""
    data = project.root / "data"
    source = data.resolve()
    data.unlink()
    shutil.copytree(source, data)
    return data


def test_changed_data_are_refused(project):
    path = own_data(project) / "spending" / "nato_defence_expenditure.csv"
    path.write_text(path.read_text().replace("EST", "EST ", 1))
    said = refused(project)
    assert "nato_defence_expenditure" in said
    assert "sha256" in said


def test_text_in_a_number_column_is_refused_with_its_place(project):
    data = own_data(project)
    path = data / "spending" / "nato_defence_expenditure.csv"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    lines = path.read_text().splitlines(keepends=True)
    value = lines[0].split(",").index("value")
    cells = lines[3].split(",")
    cells[value] = "plenty"
    path.write_text("".join([*lines[:3], ",".join(cells), *lines[4:]]))
    catalogue = data / "catalog.yaml"
    catalogue.write_text(catalogue.read_text().replace(before, hashlib.sha256(path.read_bytes()).hexdigest()))
    said = refused(project)
    for part in ("nato_defence_expenditure", "value", "plenty"):
        assert part in said


def test_failing_cell_leaves_the_last_report_and_shows_its_traceback_beside_it(project, write):
    before = project.products()
    write(project.root, "01_shares", "share = 1", "#| label: fig-share\nraise ValueError('no such share')")
    done = project.baltic("build")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "01_shares: failed, cell 6 (fig-share)\n    ValueError: no such share" in done.stderr
    assert project.products() == before
    partial = project.build / "site.partial"
    assert "no such share" in (partial / "shares.html").read_text()
    assert (partial / "summary.html").exists()
    failed = entry(project, "01_shares")
    assert (failed["status"], failed["error"]) == ("failed", "ValueError: no such share")
    assert "raise ValueError" in failed["traceback"]
    assert entry(project, "00_summary")["status"] in ("ok", "cached")
    assert project.left_overs() == []


DYING = {
    "greedy": ("held = bytearray(2_000_000_000)\nwhile True: pass", "limit is 900 MB"),
    "faulty": ("import ctypes\nctypes.string_at(0)", "SIGSEGV"),
    "killed": ("import os\nos.kill(os.getpid(), 9)", "SIGKILL"),
}
"""Cells of which the kernel dies, by the name of their page, with the reason that is told."""


@pytest.mark.parametrize("kernel", ["plain", "fork"])
def test_page_whose_kernel_dies_says_why(project, write, kernel):
    before = project.products()
    pages = {f"0{number}_{name}": DYING[name] for number, name in enumerate(DYING, start=2)}
    with (project.root / "report" / "report.yaml").open("a", encoding="utf-8") as configuration:
        for page, (cell, _) in pages.items():
            configuration.write(f"  - {{notebook: {page}, coverage: nato_defence_expenditure}}\n")
            write(project.root, page, "x = 1", f"#| label: fig-{page[3:]}\n{cell}", "y = 2", imports="import time")
    done = project.baltic("build", "--format", "html", "--kernel", kernel, "--memory-limit", "900")
    assert done.returncode == 1, done.stdout + done.stderr
    for page, (_, why) in pages.items():
        failed = entry(project, page)
        assert failed["status"] == "kernel_died"
        assert why in failed["error"]
        assert f"{page}: kernel_died, cell 6 (fig-{page[3:]})" in done.stderr
        check_where_it_ended(project, failed)
    assert entry(project, "01_shares")["status"] == "cached"
    assert project.products() == before


def check_where_it_ended(project, failed):
    """The notebook, too, says where its run ended."""
    kept = json.loads((project.build / failed["notebook"]).read_text())
    told = [cell["metadata"]["papermill"]["status"] for cell in kept["cells"] if cell["cell_type"] == "code"]
    assert told[-3:] == ["completed", "failed", "pending"]


@pytest.mark.parametrize(
    ("cell", "arguments", "why"),
    [
        ("while True: pass", ["--kernel", "plain", "--cell-seconds", "5"], "5 s"),
        ("while True: pass", ["--kernel", "fork", "--cell-seconds", "5"], "5 s"),
        ("time.sleep(600)", ["--page-seconds", "10"], "10 s"),
    ],
    ids=["infinite loop, plain", "infinite loop, fork", "slow page"],
)
def test_page_that_takes_too_long_is_stopped(project, write, cell, arguments, why):
    # nothing is imported, so that even a busy machine comes to the cell long before the page's time is over
    write(project.root, "01_shares", "x = 1", f"#| label: fig-share\n{cell}", "y = 2", imports="import time")
    done = project.baltic("build", "--only", "shares", "--format", "html", *arguments)
    assert done.returncode == 1, done.stdout + done.stderr
    failed = entry(project, "01_shares")
    assert (failed["status"], failed["cell"]) == ("timed_out", "cell 6 (fig-share)")
    assert why in failed["error"]
    check_where_it_ended(project, failed)


def test_label_used_twice_is_refused_before_execution(project, write):
    write(project.root, "00_summary", "#| label: fig-share\nraise ValueError('this cell must not run')")
    said = refused(project)
    assert "fig-share is used twice" in said
    assert "01_shares.ipynb, cell 7 and 00_summary.ipynb" in said


def test_unknown_reference_is_refused_after_execution(project, write):
    write(project.root, "00_summary", "#| echo: false\nProse('See @fig-nowhere.')")
    said = refused(project, "--format", "html")
    assert "fig-nowhere" in said
    assert "00_summary" in said


@pytest.mark.parametrize("limit", [2_000, 300_000], ids=["while executing", "while rendering"])
def test_full_disk_leaves_the_last_report(project, limit):
    before = project.products()
    done = subprocess.run(
        project.command("build", "--force"),
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        # no file may grow beyond the limit: what a full disk looks like to the process that writes
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert "the disk is full" in done.stderr
    assert "Traceback" not in done.stderr
    assert project.products() == before
    assert project.left_overs() == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "terminated"])
def test_interruption_ends_all_kernels_and_publishes_nothing(project, write, tmp_path, number):
    before = project.products()
    ledger = (project.build / "ledger.json").read_bytes()
    marker = tmp_path / "kernel"
    wait = f"import os, time; open({str(marker)!r}, 'w').write(str(os.getpid())); time.sleep(600)"
    write(project.root, "01_shares", wait)
    build = subprocess.Popen(
        project.command("build"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        # tests that were started in the background of a script inherit a SIGINT that is ignored
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 120
    while not (marker.exists() and marker.read_text()):
        assert build.poll() is None, build.communicate()
        assert time.monotonic() < deadline, "the notebook never started"
        time.sleep(0.05)
    kernel = psutil.Process(int(marker.read_text()))
    # as a terminal does on Ctrl-C: the signal goes to the command's process group, kernels have their own
    os.killpg(build.pid, number)
    _, said = build.communicate(timeout=120)
    assert build.returncode == 130
    assert "interrupted; nothing was published" in said
    assert "Traceback" not in said
    assert not kernel.is_running() or kernel.status() == psutil.STATUS_ZOMBIE
    assert project.products() == before
    assert (project.build / "ledger.json").read_bytes() == ledger
    assert project.left_overs() == []
