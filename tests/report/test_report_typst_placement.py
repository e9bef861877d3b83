"""Exhibits placed by measured heights, and the plan checked against a layout."""

import json
from pathlib import Path

import pytest
import typst

from baltic_calculus.report import typst_placement
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.paper import PAPERS
from baltic_calculus.report.typst_pages import Choice, Item
from baltic_calculus.report.typst_placement import LoneChapter, correct, place_exhibits, read_items

CHAPTER = """\
#let paper = sys.inputs.paper
#let height = if paper == "measure" { auto } else { 297mm }
#set page(width: 210mm, height: height, margin: (x: 27mm, top: 27mm, bottom: 25mm))
#set text(size: 10pt)
#let placements = if paper == "measure" { (:) } else { json("../placements/one.json") }
#let exhibit(name, height) = {
  let mark(edge) = [#metadata((name: name, edge: edge))<exhibit-edge>]
  let placed = placements.at(name, default: (place: "here", scale: 1))
  if placed.place == "here" { place.flush() }
  mark("call")
  let body = { mark("top"); block(height: height, width: 10mm); mark("bottom") }
  figure(placement: if placed.place == "top" { top }, body)
}
#show figure: set block(above: 2em, below: 2em)
"""


@pytest.fixture
def settle(tmp_path: Path):
    """Settle a chapter of exhibits (name, height in mm) and give where they stand."""
    for folder in ("alone", "placements"):
        (tmp_path / folder).mkdir()

    def run(*exhibits: tuple[str, int]) -> dict[str, str]:
        sheet, placements = tmp_path / "alone" / "one.typ", tmp_path / "placements" / "one.json"
        calls = "".join(f'#exhibit("{name}", {height}mm)\n' for name, height in exhibits)
        sheet.write_text(f"{CHAPTER}{calls}#metadata(none)<chapter-end>\n")
        chapter = LoneChapter(sheet, typst.Fonts(include_system_fonts=False))
        place_exhibits(chapter, placements, PAPERS["a4"], [sheet.read_text()], Memo(tmp_path / "memo"))
        return {name: placed["place"] for name, placed in json.loads(placements.read_text()).items()}

    return run


def test_exhibits_fill_a_page_and_go_on_at_the_next(settle) -> None:
    # 245 mm of text a page: two of 100 mm fit
    assert list(settle(("a", 100), ("b", 100), ("c", 100)).values())[:2] == ["here", "here"]


def test_a_chapter_that_did_not_change_is_not_laid_out_again(settle, monkeypatch) -> None:
    first = settle(("a", 100), ("b", 200))

    def refuse(*_: object) -> list[Item]:
        raise AssertionError("laid out")

    monkeypatch.setattr(typst_placement, "fill_pages", refuse)
    assert settle(("a", 100), ("b", 200)) == first
    with pytest.raises(AssertionError, match="laid out"):
        settle(("a", 100), ("b", 100))


def test_a_chapter_without_exhibits_settles_at_once(settle) -> None:
    assert settle() == {}


def mark(name: str, edge: str, y: float, page: int = 1, **more: float) -> dict[str, object]:
    return {"name": name, "edge": edge, "y": y, "page": page, **more}


def test_heights_are_read_from_the_marks_on_one_page() -> None:
    marks = [mark("fig-a", "top", 100), mark("fig-a", "chart", 110, height=60.0), mark("fig-a", "bottom", 190)]
    items, after = read_items(marks, [50.0], 300.0)
    # the text begins at 27 mm; 7.06 mm are between it and the exhibit, and below it
    (item,) = items
    assert item.before == pytest.approx(100 - 7.06 - 27)
    assert (item.height, item.chart, item.headings) == (90, 60, (23.0,))
    assert after == pytest.approx(300 - 190 - 7.06)


def test_a_plan_that_a_layout_bears_out_stays() -> None:
    items, choices = [Item("a", 50, 100)], [Choice("a", "here", 1.0, (0, 50.0), 0, 57.06)]
    assert correct(items, choices, [mark("a", "call", 84), mark("a", "top", 84)], 245) == items


def test_what_was_thought_to_fit_and_does_not_gets_more_text_before_it() -> None:
    items, choices = [Item("a", 130, 105)], [Choice("a", "here", 1.0, (0, 130.0), 0, 137.06)]
    found = [mark("a", "call", 27, page=2), mark("a", "top", 27, page=2)]
    (item,) = correct(items, choices, found, 245)
    assert item.before + 7.06 + 105 > 245
