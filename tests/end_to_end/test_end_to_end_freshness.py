"""What a second build does, and does not do: each change costs what depends on it, and nothing else."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest

pytestmark = pytest.mark.end_to_end


def statuses(project):
    ledger = json.loads((project.build / "ledger.json").read_text())
    return {entry["page"]: entry["status"] for entry in ledger["pages"]}


def reasons(project):
    """What `baltic explain` says of each page."""
    done = project.baltic("explain")
    assert done.returncode == 0, done.stderr
    return dict(line.split(maxsplit=1) for line in done.stdout.splitlines())


def edit(project, name, change):
    path = project.root / "notebooks" / f"{name}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    change(notebook)
    nbformat.write(notebook, path)


def cached_notebooks(project):
    return sorted((project.build / "cache" / "pages").glob("*.ipynb"))


def count_sealed(project):
    """Executed notebooks that count: the seal is written last."""
    return len(list((project.build / "cache" / "pages").glob("*.json")))


def test_nothing_to_do_is_said_and_nothing_is_done(project):
    before = {path: path.stat().st_mtime_ns for path in project.build.rglob("*")}
    done = project.baltic("build")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "nothing changed since the last build",
        f"site  {project.build / 'site' / 'index.html'}",
        f"PDF   {project.build / 'report.pdf'}",
    ]
    assert {path: path.stat().st_mtime_ns for path in project.build.rglob("*")} == before


def test_lost_product_is_made_again(project):
    (project.build / "report.pdf").unlink()
    before = (project.build / "site" / "report.pdf").read_bytes()
    assert project.baltic("build").returncode == 0
    assert (project.build / "report.pdf").read_bytes() == before


def test_edited_prose_is_rendered_without_a_run(project):
    def rewrite(notebook):
        notebook.cells[3].source = "## Shares of everything\n\nAnother sentence."

    edit(project, "01_shares", rewrite)
    assert reasons(project)["01_shares"] == "fresh: nothing it depends on has changed"
    done = project.baltic("build")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "cached", "01_shares": "cached"}
    assert "Another sentence." in (project.build / "site" / "shares.html").read_text()
    rendered = project.products()
    assert project.baltic("build", "--force").returncode == 0  # with a run
    assert project.products() == rendered


def test_edited_code_runs_its_page_alone(project):
    def comment(notebook):
        notebook.cells[-1].source += "\n# looked at again"

    edit(project, "01_shares", comment)
    assert reasons(project) == {
        "00_summary": "fresh: nothing it depends on has changed",
        "01_shares": "stale: code cells changed",
    }
    assert project.baltic("build").returncode == 0
    assert statuses(project) == {"00_summary": "cached", "01_shares": "ok"}


def test_parameters_and_data_are_named_when_they_change(project):
    done = project.baltic("explain", "shares", "--param", "first_year=2016")
    assert done.stdout == "01_shares  stale: parameters changed\n"
    data = project.root / "data"
    source = data.resolve()
    data.unlink()
    shutil.copytree(source, data)
    catalogue = data / "catalog.yaml"
    catalogue.write_text(catalogue.read_text().replace("Defence Investment of NATO Countries", "NATO expenditure"))
    assert set(reasons(project).values()) == {"stale: data nato_defence_expenditure changed"}
    catalogue.write_text(catalogue.read_text().replace("NATO expenditure", "Defence Investment of NATO Countries"))
    sipri = data / "spending" / "sipri_milex.csv"
    sipri.write_text(sipri.read_text() + "\n")  # these pages do not read it
    assert set(reasons(project).values()) == {"fresh: nothing it depends on has changed"}


@pytest.mark.parametrize("damage", [b"", b'{"cells": []}'], ids=["truncated", "replaced"])
def test_damaged_cache_entry_is_rebuilt(project, damage):
    before = project.products()
    for entry in cached_notebooks(project):
        entry.write_bytes(damage)
    assert set(reasons(project).values()) == {"stale: its executed notebook is damaged"}
    done = project.baltic("build", "--jobs", "2")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "ok", "01_shares": "ok"}
    assert project.products() == before


def test_failure_is_never_kept(project, write):
    write(project.root, "01_shares", "#| label: fig-share\nraise ValueError('no such share')")
    for _ in range(2):
        assert project.baltic("build", "--format", "html").returncode == 1
        assert statuses(project) == {"00_summary": "cached", "01_shares": "failed"}


def test_build_that_was_interrupted_goes_on_where_it_was(project, write, tmp_path):
    """The page that was done when Ctrl-C came is not executed again."""
    marker = tmp_path / "waiting"
    wait = f"import os, time\nwhile os.path.exists({str(marker)!r}): time.sleep(0.05)"
    write(project.root, "00_summary", "x = 1")  # is done at once
    write(project.root, "01_shares", wait)  # waits until the marker is gone
    marker.write_text("")
    build = subprocess.Popen(
        project.command("build", "--format", "html"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    kept = count_sealed(project)
    deadline = time.monotonic() + 120
    while count_sealed(project) == kept:
        assert build.poll() is None, build.communicate()
        assert time.monotonic() < deadline, "the first page was never kept"
        time.sleep(0.05)
    os.killpg(build.pid, signal.SIGINT)
    build.communicate(timeout=120)
    assert build.returncode == 130
    marker.unlink()
    done = project.baltic("build", "--format", "html")
    assert done.returncode == 0, done.stderr
    assert statuses(project) == {"00_summary": "cached", "01_shares": "ok"}


def test_cache_is_listed_and_pruned(project):
    def comment(notebook):
        notebook.cells[-1].source += "\n# looked at again"

    edit(project, "01_shares", comment)
    assert project.baltic("build", "--format", "html").returncode == 0
    listed = [line.split()[:3] for line in project.baltic("cache", "list").stdout.splitlines()]
    assert sorted((page, freshness) for page, _, freshness in listed) == [
        ("00_summary", "fresh"),
        ("01_shares", "fresh"),
        ("01_shares", "stale"),
    ]
    said = project.baltic("cache", "prune").stdout
    assert said.startswith("1 executed notebook deleted")
    assert len(cached_notebooks(project)) == 2


def test_left_overs_of_a_killed_build_do_not_stay(project):
    (project.build / "cache" / "pages" / "torn.new").write_text("{")
    assert project.baltic("cache", "prune").returncode == 0
    assert not Path(project.build / "cache" / "pages" / "torn.new").exists()
