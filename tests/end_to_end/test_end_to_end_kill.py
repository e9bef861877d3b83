"""``kill -9`` at random moments of a real build: the report is the old one or the new one, and the next build goes on.

Ten moments in the usual run. ``KILL_POINTS=50``, as in CI, tries fifty.
"""

import hashlib
import os
import random
import shutil
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from baltic_calculus.report.crate import CRATE
from baltic_calculus.report.publish import is_locked

pytestmark = pytest.mark.end_to_end

KILL_POINTS = int(os.environ.get("KILL_POINTS", "10"))

WORKING = {"cache", "typst", "stamp", ".lock", ".next", ".discarded"}
"""What no reader is shown: kept for the next build, or cleared away by it."""


def state(build: Path) -> str:
    """Digest of all that a build publishes or tells, ledger included."""
    digest = hashlib.sha256()
    for path in sorted(build.rglob("*")):
        name = path.relative_to(build)
        if path.is_file() and name.parts[0] not in WORKING:
            digest.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def lay(source: Path, build: Path) -> None:
    shutil.rmtree(build, ignore_errors=True)
    shutil.copytree(source, build)


def wait_until_free(build: Path) -> None:
    """The swap of a killed build holds its lock until it has ended."""
    late = time.monotonic() + 60
    while is_locked(build):
        assert time.monotonic() < late, "the lock of a killed build is held"
        time.sleep(0.002)


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    while not path.exists() and process.poll() is None:
        time.sleep(0.001)


def test_a_build_killed_at_any_moment_leaves_the_old_or_the_new_report(project, tmp_path, record_figure):
    build, before = project.build, tmp_path / "before"
    old = state(build)
    notebook = project.root / "notebooks" / "01_shares.ipynb"
    notebook.write_text(notebook.read_text().replace("## Shares", "## Shares of everything"))
    lay(build, before)
    assert project.baltic("build").returncode == 0
    for warm in ("cache", "typst"):  # what a second build need not make again
        lay(build / warm, before / warm)
    lay(before, build)
    start = time.monotonic()
    assert project.baltic("build").returncode == 0
    seconds = time.monotonic() - start
    new = state(build)
    assert new != old

    seen: Counter[str] = Counter()
    chance = random.Random(9)  # noqa: S311 - moments, not secrets
    for point in range(KILL_POINTS):
        lay(before, build)
        process = subprocess.Popen(
            project.command("build"),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        if point % 2:  # when all is made, and about to be put in place
            wait_for(build / ".next" / CRATE, process)
            time.sleep(0.2 * chance.random())
        else:  # one moment of each part, so that all parts of a build are met
            time.sleep(seconds * (point + chance.random()) / KILL_POINTS)
        process.send_signal(signal.SIGKILL)
        process.wait()
        wait_until_free(build)
        found = state(build)
        seen["old" if found == old else "new" if found == new else "mixed"] += 1
    assert seen["mixed"] == 0, seen
    assert min(seen["old"], seen["new"]) > 0  # kills before the swap and after it
    record_figure("kill points tried, moments of a build", KILL_POINTS)
    record_figure("mixed states, moments of a build", seen["mixed"])
    record_figure("old states found after a kill", seen["old"])
    record_figure("new states found after a kill", seen["new"])

    done = project.baltic("build")
    assert done.returncode == 0, done.stderr
    assert state(build) == new
    assert project.left_overs() == []
