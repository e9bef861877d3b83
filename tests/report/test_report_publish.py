"""Publishing: the new build replaces the old one whole, or not at all."""

import fcntl
import itertools
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.publish import PARTIAL, is_locked, lock, workspace
from baltic_calculus.report.swap import swap

PRODUCTS = ("site", "report.pdf")


def fill(folder: Path, text: str) -> None:
    (folder / "site").mkdir(parents=True)
    (folder / "site" / "index.html").write_text(text)
    (folder / "report.pdf").write_text(text)


def published(build: Path) -> dict[str, str]:
    return {
        str(path.relative_to(build)): path.read_text()
        for path in sorted(build.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def state(text: str) -> dict[str, str]:
    return {"report.pdf": text, "site/index.html": text}


@pytest.fixture
def build(tmp_path):
    fill(tmp_path, "old")
    return tmp_path


def test_products_are_replaced(build):
    with workspace(build) as space:
        fill(space.room, "new")
        assert published(build)["site/index.html"] == "old"
        space.publish(PRODUCTS)
    assert published(build) == state("new")


def test_first_build_has_nothing_to_replace(tmp_path):
    build = tmp_path / "_build"
    with workspace(build) as space:
        fill(space.room, "new")
        space.publish(PRODUCTS)
    assert published(build) == state("new")


def test_products_that_were_not_made_stay(build):
    with workspace(build) as space:
        fill(space.room, "new")
        space.publish(["report.pdf"])
    assert published(build) == {"report.pdf": "new", "site/index.html": "old"}


def test_missing_product_changes_nothing(build):
    with workspace(build) as space:
        (space.room / "site").mkdir()
        with pytest.raises(FileNotFoundError, match=r"report\.pdf"):
            space.publish(PRODUCTS)
    assert published(build) == state("old")


@pytest.mark.parametrize("is_first", [True, False])
def test_failed_swap_puts_everything_back(build, is_first):
    if is_first:
        shutil.rmtree(build / "site")
        (build / "report.pdf").unlink()
    with workspace(build) as space:
        fill(space.room, "new")
        # a name of no product, under which nothing can be set aside, so that the swap fails after the first ones
        with pytest.raises(FileNotFoundError):
            space.publish(PRODUCTS, gone=["no/such/folder"])
    assert published(build) == ({} if is_first else state("old"))


@pytest.mark.parametrize("moved", [["site"], ["site", "report.pdf"]])
def test_swap_cut_short_by_a_crash_is_undone_by_the_next_build(build, moved):
    previous = build / ".previous"
    previous.mkdir()
    for name in moved:
        (build / name).rename(previous / name)
    (build / "site").mkdir()
    (build / "site" / "index.html").write_text("half of the new one")
    with workspace(build):
        assert published(build) == state("old")


def interrupted_build(build: Path) -> None:
    with workspace(build) as space:
        fill(space.room, "new")
        raise KeyboardInterrupt


def test_room_is_gone_after_an_interruption(build):
    with pytest.raises(KeyboardInterrupt):
        interrupted_build(build)
    assert published(build) == state("old")


def test_left_overs_of_a_crash_are_cleared(build):
    fill(build / ".next", "crashed")
    fill(build / ".discarded", "older")
    with workspace(build) as space:
        assert list(space.room.iterdir()) == []
    assert published(build) == state("old")


def test_two_builds_at_once_are_refused(build):
    refusal = f"another build, or a publication, is at work there: process {os.getpid()}"
    with workspace(build), pytest.raises(ConfigurationError, match=refusal), workspace(build):
        pytest.fail("both builds got the folder")


def test_who_only_looks_at_the_lock_stops_no_build(build):
    """Whoever looks, as `baltic serve` does, holds it for a moment."""
    with (build / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_SH)
        release = threading.Timer(0.05, fcntl.flock, (held, fcntl.LOCK_UN))
        release.start()
        with lock(build):
            release.join()


def test_lock_is_seen_from_outside(build):
    assert not is_locked(build)
    with lock(build):
        assert is_locked(build)
    assert not is_locked(build)


def test_lock_of_a_killed_build_stops_no_other(build):
    child = os.fork()
    if child == 0:
        with lock(build):
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert not is_locked(build)
    with workspace(build):
        assert published(build) == state("old")


def test_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "_build").write_text("a file")
    with (
        pytest.raises(ConfigurationError, match="nothing can be written there") as raised,
        workspace(tmp_path / "_build"),
    ):
        pytest.fail("a file became a build folder")
    assert raised.value.where == str(tmp_path / "_build")


def test_swap_killed_at_any_call_leaves_the_old_or_the_new_state(build, killed_at, record_figure):
    seen = []
    for call in itertools.count(1):
        for folder in (build, build / ".next"):
            shutil.rmtree(folder / "site", ignore_errors=True)
            (folder / "report.pdf").unlink(missing_ok=True)
        fill(build, "old")
        fill(build / ".next", "new")
        (build / "failed").mkdir(exist_ok=True)
        was_killed = killed_at(call, lambda: swap(str(build / ".next"), str(build), [*PRODUCTS, "failed"]))
        with workspace(build):
            seen.append(published(build))
        if not was_killed:
            break
    assert len(seen) > 8
    assert [now for now in seen if now not in (state("old"), state("new"))] == []
    assert (seen[0], seen[-1]) == (state("old"), state("new"))
    record_figure("kill points tried, calls of a swap", len(seen) - 1)
    record_figure("mixed states, calls of a swap", 0)


def test_swap_goes_on_when_its_build_is_killed(build):
    """The build dies as soon as it has started the swap; the lock is held until the swap has ended."""
    child = os.fork()
    if child == 0:
        with workspace(build) as space:
            fill(space.room, "new")
            subprocess.Popen.communicate = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            space.publish(PRODUCTS)
    os.waitpid(child, 0)
    late = time.monotonic() + 60
    while is_locked(build) and time.monotonic() < late:
        time.sleep(0.001)
    assert (build / "site" / "index.html").read_text() == (build / "report.pdf").read_text() == "new"
    assert not (build / ".previous").exists()


def test_partial_site_lies_beside_the_good_one_until_the_next_success(build):
    for text in ("first failure", "second failure"):
        with workspace(build) as space:
            fill(space.room, text)
            (space.room / "site").rename(space.room / PARTIAL)
            space.publish([PARTIAL])
        assert published(build) == state("old") | {"site.partial/index.html": text}
    with workspace(build) as space:
        fill(space.room, "new")
        space.publish(PRODUCTS, gone=[PARTIAL])
    assert published(build) == state("new")
