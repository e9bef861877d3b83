"""What is remembered, and what is not believed."""

from pathlib import Path

import pytest

from baltic_calculus.report import memo as memo_module
from baltic_calculus.report.memo import Memo


def recall(memo: Memo, *parts: str, answer: str = "made") -> str:
    return memo.recall("svg", parts, lambda: answer)


def test_a_text_is_made_once_for_all_that_it_depends_on(tmp_path: Path) -> None:
    memo = Memo(tmp_path)
    assert recall(memo, "a", "b", answer="first") == "first"
    assert recall(memo, "a", "b", answer="second") == "first"
    assert recall(memo, "ab", "", answer="second") == "second"  # parts are kept apart
    assert memo.recall("html", ("a", "b"), lambda: "another kind") == "another kind"


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data.replace(b"m", b"M")])
def test_an_entry_that_is_damaged_is_made_again(tmp_path: Path, damage) -> None:
    memo = Memo(tmp_path)
    recall(memo, "a")
    (entry,) = (tmp_path / "svg").iterdir()
    entry.write_bytes(damage(entry.read_bytes()))
    assert recall(memo, "a", answer="made again") == "made again"
    assert recall(memo, "a", answer="not asked") == "made again"


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    def fail() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        Memo(tmp_path).recall("svg", ("a",), fail)
    assert not list(tmp_path.rglob("*"))


def test_pruning_leaves_what_was_used_last(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(memo_module, "ENTRIES_KEPT", 2)
    memo = Memo(tmp_path)
    for part in ("a", "b", "c"):
        recall(memo, part, answer=part)
    recall(memo, "a")
    memo.prune()
    assert {entry.read_bytes()[-1:] for entry in (tmp_path / "svg").iterdir()} == {b"a", b"c"}


def test_an_environment_has_a_memo_if_it_is_virtual_and_may_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memo_module.sys, "prefix", str(tmp_path))
    assert Memo.of_environment() is None  # it has no share/
    (tmp_path / "share").mkdir()
    assert Memo.of_environment() == Memo(tmp_path / "share" / "baltic-calculus")
    monkeypatch.setattr(memo_module.sys, "base_prefix", str(tmp_path))
    assert Memo.of_environment() is None
