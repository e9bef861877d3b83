"""Exhibits placed where the text reaches them, as far as each layout can tell."""

import json
from pathlib import Path

import pytest
import typst

from baltic_calculus.report import typst_placement
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.typst_placement import Place, decide, place_exhibits


def place(name: str, y: float, *, page: int = 5, height: float = 100) -> Place:
    return Place(name, page, y, height)


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


CHAPTER = """\
#set page(width: 200mm, height: 300mm, margin: (top: 27mm, bottom: 25mm, x: 22mm))
#let placements = json("../placements/one.json")
#let exhibit(name, height) = {
  [#metadata((name: name, height: height / 1mm))<exhibit-place>]
  if name in placements { figure(placement: if placements.at(name) == "top" { top }, block(height: height)) }
}
"""


@pytest.fixture
def settle(tmp_path: Path):
    """Settle a chapter of exhibits (name, height in mm) and give where they stand."""
    for folder in ("alone", "placements"):
        (tmp_path / folder).mkdir()

    def run(*exhibits: tuple[str, int]) -> dict[str, str]:
        sheet, placements = tmp_path / "alone" / "one.typ", tmp_path / "placements" / "one.json"
        sheet.write_text(CHAPTER + "".join(f'#exhibit("{name}", {height}mm)\n' for name, height in exhibits))
        fonts = typst.Fonts(include_system_fonts=False)
        place_exhibits(sheet, placements, fonts, [sheet.read_text()], Memo(tmp_path / "memo"))
        return json.loads(placements.read_text())

    return run


def test_exhibits_fill_a_page_and_go_on_at_the_top_of_the_next(settle) -> None:
    # 245 mm of text a page: two of 100 mm fit, the third waits for the next page
    assert settle(("a", 100), ("b", 100), ("c", 100)) == {"a": "here", "b": "here", "c": "top"}


def test_a_chapter_that_did_not_change_is_not_laid_out_again(settle, monkeypatch) -> None:
    first = settle(("a", 100), ("b", 200))

    def refuse(*_: object) -> list[Place]:
        raise AssertionError("laid out")

    monkeypatch.setattr(typst_placement, "_places", refuse)
    assert settle(("a", 100), ("b", 200)) == first
    with pytest.raises(AssertionError, match="laid out"):
        settle(("a", 100), ("b", 100))


def test_a_chapter_without_exhibits_settles_at_once(settle) -> None:
    assert settle() == {}
