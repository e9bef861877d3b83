"""Publishing: the new build replaces the old one whole, or not at all."""

from pathlib import Path

import pytest

from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.publish import is_locked, lock, publish, publish_partial, workspace

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
    with workspace(build) as room:
        fill(room, "new")
        assert published(build)["site/index.html"] == "old"
        publish(room, build, PRODUCTS)
    assert published(build) == state("new")


def test_first_build_has_nothing_to_replace(tmp_path):
    build = tmp_path / "_build"
    with workspace(build) as room:
        fill(room, "new")
        publish(room, build, PRODUCTS)
    assert published(build) == state("new")


def test_products_that_were_not_made_stay(build):
    with workspace(build) as room:
        fill(room, "new")
        publish(room, build, ["report.pdf"])
    assert published(build) == {"report.pdf": "new", "site/index.html": "old"}


def test_failed_swap_puts_everything_back(build):
    with workspace(build) as room:
        (room / "site").mkdir()
        # the second product was never made, so that the swap fails after the first
        with pytest.raises(FileNotFoundError):
            publish(room, build, PRODUCTS)
    assert published(build) == state("old")


def test_failed_first_build_leaves_nothing(tmp_path):
    build = tmp_path / "_build"
    with workspace(build) as room:
        (room / "site").mkdir()
        with pytest.raises(FileNotFoundError):
            publish(room, build, PRODUCTS)
        assert not (build / "site").exists()


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
    with workspace(build) as room:
        fill(room, "new")
        raise KeyboardInterrupt


def test_room_is_gone_after_an_interruption(build):
    with pytest.raises(KeyboardInterrupt):
        interrupted_build(build)
    assert published(build) == state("old")


def test_left_overs_of_a_crash_are_cleared(build):
    fill(build / ".next", "crashed")
    fill(build / ".discarded", "older")
    with workspace(build) as room:
        assert list(room.iterdir()) == []
    assert published(build) == state("old")


def test_two_builds_at_once_are_refused(build):
    with workspace(build), pytest.raises(ConfigurationError, match="another build"), workspace(build):
        pytest.fail("both builds got the folder")


def test_lock_is_seen_from_outside(build):
    assert not is_locked(build)
    with lock(build):
        assert is_locked(build)
    assert not is_locked(build)


def test_partial_site_lies_beside_the_good_one_until_the_next_success(build):
    for text in ("first failure", "second failure"):
        with workspace(build) as room:
            fill(room, text)
            assert publish_partial(room / "site", build) == build / "site.partial"
        assert published(build) == state("old") | {"site.partial/index.html": text}
    with workspace(build) as room:
        fill(room, "new")
        publish(room, build, PRODUCTS)
    assert published(build) == state("new")
