"""A build in which nothing changed: what counts as a change, and what does not."""

import os
import subprocess
import sys

import pytest

from baltic_calculus.report import freshness
from baltic_calculus.report.freshness import products_if_fresh, remove_stamp, take_snapshot, write_stamp


@pytest.fixture
def project(tmp_path):
    """A project that has been built with ``--jobs 2``."""
    for name, text in {
        "data/nato.csv": "EST,2014\n",
        "notebooks/01_one.ipynb": "{}",
        "report/report.yaml": "title: Report\n",
        "requirements.lock": "pandas==3.0\n",
        ".git/logs/HEAD": "0 1 commit\n",
        "_build/site/index.html": "<p>Report",
        "_build/report.pdf": "%PDF",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    write_stamp(str(tmp_path), ["--jobs", "2"], take_snapshot(str(tmp_path)), ["site", "report.pdf"])
    return tmp_path


def fresh(project, *arguments):
    return products_if_fresh(str(project), arguments or ["--jobs", "2"]) is not None


def test_same_state_is_fresh_and_names_what_was_published(project):
    found = products_if_fresh(str(project), ["--jobs", "2"])
    assert found == {"site": "_build/site/index.html", "PDF": "_build/report.pdf"}


def test_other_arguments_are_another_build(project):
    assert not fresh(project, "--format", "html")


def change(project):
    (project / "data" / "nato.csv").write_text("EST,2015\n")


def grow(project):
    (project / "report" / "report.yaml").write_text("title: The report\n")


def add(project):
    (project / "notebooks" / "02_two.ipynb").write_text("{}")


def remove(project):
    (project / "requirements.lock").unlink()


def commit(project):
    (project / ".git" / "logs" / "HEAD").write_text("0 1 commit\n1 2 commit\n")


def edit_what_was_published(project):
    (project / "_build" / "site" / "index.html").write_text("<p>Another report")


def lose_what_was_published(project):
    (project / "_build" / "report.pdf").unlink()


def forget(project):
    remove_stamp(str(project))


def cut_the_stamp_short(project):
    path = project / "_build" / "stamp"
    path.write_text(path.read_text()[:-20])


def damage_the_stamp(project):
    path = project / "_build" / "stamp"
    path.write_text(path.read_text().replace("in\t", "in ", 1))


EVENTS = [change, grow, add, remove, commit, edit_what_was_published, lose_what_was_published]
EVENTS += [forget, cut_the_stamp_short, damage_the_stamp]


@pytest.mark.parametrize("event", EVENTS)
def test_any_change_is_noticed(project, event):
    event(project)
    assert not fresh(project)


def test_other_packages_are_another_environment(project, monkeypatch):
    monkeypatch.setattr(freshness, "describe_environment", lambda: "Python 3.12 pandas-4.0")
    assert not fresh(project)


def test_new_time_with_the_same_content_is_no_change(project):
    os.utime(project / "data" / "nato.csv", ns=(1, 1))
    assert fresh(project)


def test_what_python_and_jupyter_leave_behind_is_no_change(project):
    for name in ("__pycache__", ".ipynb_checkpoints"):
        (project / "notebooks" / name).mkdir()
        (project / "notebooks" / name / "left.over").write_text("")
    assert fresh(project)


def test_change_during_the_build_is_met_by_the_next(project):
    snapshot = take_snapshot(str(project))  # the build begins
    change(project)
    write_stamp(str(project), ["--jobs", "2"], snapshot, ["site"])  # and ends
    assert not fresh(project)


def test_data_may_be_a_link(project, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "data"
    (project / "data").rename(elsewhere)
    (project / "data").symlink_to(elsewhere)
    assert fresh(project)
    change(project)
    assert not fresh(project)


def test_answer_needs_no_library(project):
    """All that `baltic build` does when nothing changed: no third-party module, nor a slow one of Python's own."""
    code = (
        "import sys; before = set(sys.modules)\n"
        "from baltic_calculus.cli import main\n"
        f"sys.argv = ['baltic', '--root', {str(project)!r}, 'build', '--jobs', '2']\n"
        "assert main() == 0\n"
        "names = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(names), file=sys.stderr)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "nothing changed" in done.stdout
    assert "'baltic_calculus'" in done.stderr
    for slow in ("click", "pandas", "papermill", "rich", "pydantic", "yaml", "json", "pathlib", "typing"):
        assert f"'{slow}'" not in done.stderr


def test_a_commit_is_noticed_in_a_linked_working_tree(project, tmp_path_factory):
    main = tmp_path_factory.mktemp("main") / ".git" / "worktrees" / "editor"
    (main / "logs").mkdir(parents=True)
    (main / "logs" / "HEAD").write_text("0 1 commit\n")
    (project / ".git" / "logs" / "HEAD").unlink()
    (project / ".git" / "logs").rmdir()
    (project / ".git").rmdir()
    (project / ".git").write_text(f"gitdir: {main}\n")
    write_stamp(str(project), ["--jobs", "2"], take_snapshot(str(project)), ["site", "report.pdf"])
    assert fresh(project)
    (main / "logs" / "HEAD").write_text("0 1 commit\n1 2 commit\n")
    assert not fresh(project)
