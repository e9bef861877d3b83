"""`make test RETRY=once`: what fails beside other tests runs once more, alone; nothing else is forgiven."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

AT_FIRST = """
from pathlib import Path
def test_good(): pass
def test_at_first():
    seen = Path(__file__).with_name("seen")
    again = seen.exists()
    seen.touch()
    assert again
"""
AGAIN = "\n=== failed at first, now once more and alone:\n"
ALWAYS = "def test_always(): assert False\n"
TOLD_BY_MAKE = ("MAKEFLAGS", "MAKELEVEL", "MAKEOVERRIDES", "MFLAGS", "RETRY")
CRASH = "import os\ndef pytest_sessionfinish(): os._exit(3)\n"


@pytest.fixture
def make_test(tmp_path: Path):
    """Run `make test` of this project's Makefile on a few tests of a folder's own."""
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = -ra -p xdist\n")
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / ".venv" / "installed").touch()

    def run(files: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
        for name, text in files.items():
            (tmp_path / name).write_text(text)
        command = ["make", "test", "--old-file", ".venv/installed", *arguments]
        # What a make around these tests was told is not meant for this one, as in `make test RETRY=once`.
        environment = {name: value for name, value in os.environ.items() if name not in TOLD_BY_MAKE}
        environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # of this project's plugins one is enough
        return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)

    return run


def test_what_failed_beside_others_runs_once_more_alone(make_test):
    done = make_test({"test_a.py": AT_FIRST}, "RETRY=once")
    assert done.returncode == 0, done.stdout + done.stderr
    first, again = done.stdout.split(AGAIN)
    assert "FAILED test_a.py::test_at_first" in first
    assert "test_a.py::test_at_first PASSED" in again
    assert "test_good" not in again


def test_what_fails_twice_fails(make_test):
    done = make_test({"test_a.py": AT_FIRST, "test_b.py": ALWAYS}, "RETRY=once")
    assert done.returncode != 0
    assert "1 failed, 1 passed" in done.stdout.split(AGAIN)[1]


def test_nothing_is_tried_again_unless_asked(make_test):
    done = make_test({"test_a.py": AT_FIRST})
    assert done.returncode != 0
    assert AGAIN not in done.stdout


def test_a_run_that_did_not_end_is_not_tried_again(make_test):
    done = make_test({"test_a.py": AT_FIRST, "conftest.py": CRASH}, "RETRY=once")
    assert done.returncode != 0
    assert AGAIN not in done.stdout
