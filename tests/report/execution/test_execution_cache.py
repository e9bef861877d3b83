"""The page cache: whole entries count, damaged ones do not, and each says what it depends on."""

import itertools
import os

import pytest

from baltic_calculus.report.execution.cache import PageCache
from baltic_calculus.report.execution.key import key_of

PARTS = {"code cells": "a", "data nato": "b"}


@pytest.fixture
def cache(tmp_path):
    cache = PageCache(tmp_path / "pages")
    cache.store("01_one", PARTS, "executed")
    return cache


def test_stored_page_is_found_by_its_parts(cache):
    assert cache.find(PARTS) == "executed"
    assert cache.find(PARTS | {"data nato": "c"}) is None


def test_storing_killed_at_any_call_leaves_whole_pages_or_none(cache, killed_at, record_figure):
    """A page that is kept stays; one that is stored is found whole or not at all, also in place of another."""
    other, found = PARTS | {"data nato": "c"}, []
    for call in itertools.count(1):
        cache.prune({key_of(PARTS)})
        was_killed = killed_at(call, lambda: cache.store("01_one", other, "executed anew"))
        found.append(cache.find(other))
        assert cache.find(PARTS) == "executed"
        if not was_killed:
            break
    assert set(found) == {None, "executed anew"}
    for call in range(1, len(found)):
        cache.store("01_one", PARTS, "executed")
        assert killed_at(call, lambda: cache.store("01_one", PARTS, "executed otherwise"))
        assert cache.find(PARTS) in (None, "executed", "executed otherwise")
        assert cache.find(other) == "executed anew"
    cache.store("01_one", PARTS, "executed")
    assert cache.find(PARTS) == "executed"
    record_figure("kill points tried, calls that keep a page", 2 * (len(found) - 1))
    record_figure("mixed states, calls that keep a page", 0)


def cut_short(entry):
    entry.with_suffix(".ipynb").write_text("exec")


def change(entry):
    entry.with_suffix(".ipynb").write_text("EXECUTED")


def lose_notebook(entry):
    entry.with_suffix(".ipynb").unlink()


def lose_seal(entry):
    entry.unlink()


def cut_seal_short(entry):
    entry.write_text(entry.read_text()[:20])


def seal_of_another_layout(entry):
    entry.write_text('["01_one"]')


DAMAGE = [cut_short, change, lose_notebook, lose_seal, cut_seal_short, seal_of_another_layout]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damaged_entry_is_not_found_and_can_be_rebuilt(cache, damage):
    damage(cache.folder / f"{key_of(PARTS)}.json")
    assert cache.find(PARTS) is None
    assert cache.explain("01_one", PARTS).startswith("stale")
    cache.store("01_one", PARTS, "executed")
    assert cache.find(PARTS) == "executed"


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        (PARTS, "fresh: nothing it depends on has changed"),
        (PARTS | {"data nato": "c"}, "stale: data nato changed"),
        (PARTS | {"code cells": "c", "data sipri": "d"}, "stale: code cells changed; data sipri added"),
        ({"code cells": "a"}, "stale: data nato no longer read"),
    ],
)
def test_page_is_explained(cache, parts, why):
    assert cache.explain("01_one", parts) == why


def test_page_that_never_ran_is_stale(cache):
    assert cache.explain("02_two", {"code cells": "x"}) == "stale: never executed"


def test_damage_is_told_as_such(cache):
    change(cache.folder / f"{key_of(PARTS)}.json")
    assert cache.explain("01_one", PARTS) == "stale: its executed notebook is damaged"


def test_pruning_keeps_what_it_is_told_and_clears_left_overs(cache):
    cache.store("02_two", {"code cells": "x"}, "executed, too")
    (cache.folder / "torn.new").write_text("ex")
    deleted, freed = cache.prune({key_of(PARTS)})
    assert deleted == 1
    assert freed > len("executed, too")
    assert [entry.page for entry in cache.entries()] == ["01_one"]
    assert not (cache.folder / "torn.new").exists()


def test_entry_used_last_is_the_last_to_be_dropped(cache):
    for number in range(3):
        cache.store("01_one", {"code cells": str(number)}, "executed")
    for entry in cache.entries():
        os.utime(cache.folder / f"{entry.key}.json", ns=(1, 1))
    assert cache.find(PARTS) == "executed"  # used now
    cache.drop_oldest(beyond=1)
    assert [entry.parts for entry in cache.entries()] == [PARTS]
