"""Exhibits placed where the text reaches them, as far as each layout can tell."""

from pathlib import Path

import pytest

from baltic_calculus.report import typst_placement
from baltic_calculus.report.typst_placement import Place, decide, place_exhibits


def place(name: str, y: float, *, chapter: int = 1, page: int = 5, height: float = 100) -> Place:
    return Place(name, chapter, page, y, height)


@pytest.mark.parametrize(("y", "placement"), [(164, "here"), (165, "top")])
def test_an_exhibit_stands_here_when_the_page_holds_it(y: float, placement: str) -> None:
    # 164 + 8 + 100 = 272 mm is the last line of the page
    assert decide([place("fig-a", y)], {}) == {"fig-a": placement}


def test_what_follows_an_exhibit_that_stands_here_waits() -> None:
    assert decide([place("fig-a", 50), place("fig-b", 200)], {}) == {"fig-a": "here"}


def test_what_follows_one_that_goes_to_the_next_page_waits_from_there() -> None:
    places = [place("fig-a", 200), place("fig-b", 240), place("fig-c", 50, page=6)]
    assert decide(places, {}) == {"fig-a": "top", "fig-b": "top"}
    assert decide(places, {"fig-a": "top", "fig-b": "top"}) == {"fig-c": "here"}


def test_chapters_settle_side_by_side() -> None:
    places = [place("fig-a", 50), place("fig-b", 60), place("fig-c", 200, chapter=2, page=9)]
    assert decide(places, {}) == {"fig-a": "here", "fig-c": "top"}


def test_decisions_are_kept_until_the_document_changes(tmp_path: Path, monkeypatch) -> None:
    main, kept, asked = tmp_path / "document" / "main.typ", tmp_path / "kept", []
    main.parent.mkdir()
    main.write_text("one", encoding="utf-8")

    def answer(*_: object) -> list[Place]:
        asked.append(1)
        return [place("fig-a", 50)]

    monkeypatch.setattr(typst_placement, "_places", answer)
    for _ in range(2):
        place_exhibits(main, tmp_path, kept)
        assert (main.parent / "placement.json").read_text(encoding="utf-8") == '{"fig-a": "here"}'
    assert len(asked) == 2  # one layout to decide, one that finds nothing left
    main.write_text("two", encoding="utf-8")
    place_exhibits(main, tmp_path, kept)
    assert len(asked) == 4
