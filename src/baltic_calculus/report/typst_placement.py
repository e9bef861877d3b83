"""Where exhibits stand in the PDF: one layout measures a chapter, pages are filled with the heights, one more checks.

A chapter begins on a new page, so it settles in a document of its own, and only a chapter that changed settles again.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import typst

from baltic_calculus.report.memo import Memo
from baltic_calculus.report.paper import Paper
from baltic_calculus.report.typst_pages import SPACE_MM, Choice, Item, fill_pages

POSITION = "it => it.value + (page: it.location().page(), y: it.location().position().y.mm())"
EDGES = f"query(<exhibit-edge>).map({POSITION})"
MEASURES = f"""(
  edges: query(<exhibit-edge>).map({POSITION}),
  headings: query(heading.where(level: 2)).map(it => it.location().position().y.mm()),
  end: query(<chapter-end>).map(it => it.location().position().y.mm()),
)"""
"""Asked from outside: a chapter that asked where its own parts stand would be laid out twice for the answer."""

TOP_MM = 27
"""Where the text begins on the page: the upper margin of the theme."""

SPLIT_FROM_MM = 120
"""A table lower than this is never broken across pages."""

CORRECTIONS = 4
"""Layouts that may still change the plan."""

NEGLIGIBLE_MM = 2.0


@dataclass(frozen=True)
class LoneChapter:
    """A chapter in a document of its own, in a folder of the folder that holds all parts of the report.

    Attributes
    ----------
    path : Path
        The document.
    fonts : typst.Fonts
        The fonts.
    """

    path: Path
    fonts: typst.Fonts

    def compiler(self, paper: str) -> typst.Compiler:
        """A compiler of the chapter on a paper; on ``measure``, it is one page."""
        root = str(self.path.parents[1])
        inputs = {"paper": paper}
        return typst.Compiler(
            str(self.path), root=root, font_paths=self.fonts, ignore_system_fonts=True, sys_inputs=inputs
        )


def place_exhibits(chapter: LoneChapter, placements: Path, paper: Paper, parts: Iterable[str], memo: Memo) -> None:
    """Decide where each exhibit of a chapter stands, and write it to the file that the chapter reads.

    Parameters
    ----------
    chapter : LoneChapter
        The chapter.
    placements : Path
        File that gets the placements, by label.
    paper : Paper
        What it is printed on.
    parts : iterable of str
        Everything that the layout of the chapter depends on, but for Typst and the paper.
    memo : Memo
        Decisions made before.

    Raises
    ------
    RuntimeError
        When the chapter cannot be laid out.
    """
    parts = (version("typst"), *parts)

    def settle() -> str:
        measured = memo.recall("measures", parts, lambda: chapter.compiler("measure").eval(MEASURES))
        return _settle(chapter, placements, paper, json.loads(measured))

    placements.write_text(memo.recall("placement", (paper.name, *parts), settle), encoding="utf-8")


def read_items(edges: Sequence[Mapping[str, Any]], headings: Sequence[float], end: float) -> tuple[list[Item], float]:
    """The exhibits of a chapter and the height of the text behind them, from the marks on one endless page.

    Parameters
    ----------
    edges : sequence of mapping
        ``name``, ``edge`` (call, top, chart or bottom), ``y`` in mm and, of a chart, ``height`` in mm.
    headings : sequence of float
        Where sections begin, in mm.
    end : float
        Where the text ends, in mm.
    """
    at: dict[str, dict[str, Mapping[str, Any]]] = {}
    for mark in edges:
        at.setdefault(mark["name"], {})[mark["edge"]] = mark
    items: list[Item] = []
    below = float(TOP_MM)
    for name, marks in at.items():
        top, bottom = marks["top"]["y"], marks["bottom"]["y"]
        chart = marks["chart"]["height"] if "chart" in marks else 0.0
        may_split = "chart" not in marks and bottom - top > SPLIT_FROM_MM
        sections = tuple(heading - below for heading in headings if below <= heading < top)
        items.append(Item(name, max(0.0, top - SPACE_MM - below), bottom - top, chart, may_split, sections))
        below = bottom + SPACE_MM
    return items, max(0.0, end - below)


def _settle(chapter: LoneChapter, placements: Path, paper: Paper, measured: Mapping[str, Any]) -> str:
    if not measured["edges"]:
        return "{}"
    items, after = read_items(measured["edges"], measured["headings"], measured["end"][0])
    compiler = chapter.compiler(paper.name)
    for _ in range(CORRECTIONS):
        choices = fill_pages(items, after, paper.room)
        text = json.dumps({choice.name: {"place": choice.place, "scale": choice.scale} for choice in choices})
        placements.write_text(text, encoding="utf-8")
        if all(choice.place == "split" for choice in choices):
            break  # wherever they begin, they stand where the text reaches them
        corrected = correct(items, choices, json.loads(compiler.eval(EDGES)), paper.room)
        if corrected == items:
            break
        items = corrected
    return text


def correct(
    items: Sequence[Item], choices: Sequence[Choice], edges: Iterable[Mapping[str, Any]], room: float
) -> list[Item]:
    """Change the heights of the text as a layout has found them, up to the first exhibit that came to another page."""
    at = {(mark["name"], mark["edge"]): mark for mark in edges}
    corrected, drift = list(items), 0.0
    for number, (item, choice) in enumerate(zip(items, choices, strict=True)):
        top, call = at[choice.name, "top"], at[choice.name, "call"]
        if top["page"] - 1 == choice.page and choice.place != "top":
            change = top["y"] - TOP_MM - choice.top - drift
            corrected[number] = replace(item, before=max(0.0, item.before + change))
            drift = change + drift if top["y"] - TOP_MM > NEGLIGIBLE_MM else 0.0
        elif top["page"] - 1 != choice.page:
            reached = (call["page"] - 1) * room + call["y"] - TOP_MM - SPACE_MM
            change = reached - choice.call[0] * room - choice.call[1] - drift
            if choice.place == "here" and top["page"] - 1 > choice.page:
                # what was thought to fit does not, by however little
                change = max(change, room - choice.top - item.at(choice.scale) + NEGLIGIBLE_MM)
            corrected[number] = replace(item, before=max(0.0, item.before + change))
            return corrected
    return list(items)
