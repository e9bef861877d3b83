"""Which commit a report was made from."""

import subprocess
from pathlib import Path

import pytest

from baltic_calculus.report.revision import UNKNOWN, read_revision


def git(folder: Path, *arguments: str) -> str:
    identity = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"]
    return subprocess.run(
        ["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True, text=True
    ).stdout.strip()


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--quiet")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "debt.csv").write_text("iso3,value\nEST,23\n", encoding="utf-8")
    git(tmp_path, "add", "data")
    git(tmp_path, "commit", "--quiet", "--message", "Data")
    return tmp_path


def test_a_clean_checkout_is_its_commit(checkout):
    commit = git(checkout, "rev-parse", "HEAD")
    revision = read_revision(checkout)
    assert revision.commit == commit
    assert str(revision) == f"commit {commit[:10]}"


def test_a_changed_input_is_said(checkout):
    (checkout / "data" / "debt.csv").write_text("iso3,value\nEST,24\n", encoding="utf-8")
    assert str(read_revision(checkout)).endswith(", with changes not committed")


def test_a_change_elsewhere_does_not_matter(checkout):
    (checkout / "notes.txt").write_text("to do", encoding="utf-8")
    assert not read_revision(checkout).is_modified


def test_a_folder_without_git_has_no_revision(tmp_path):
    assert read_revision(tmp_path) == UNKNOWN
    assert str(UNKNOWN) == "not under version control"


def test_a_checkout_without_a_commit_has_no_revision(tmp_path):
    git(tmp_path, "init", "--quiet")
    assert read_revision(tmp_path) == UNKNOWN
