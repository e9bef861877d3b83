"""Where exhibits stand in the PDF: at their place in the text when the page has room, else at the top of the next.

Typst knows "here, whatever it costs" (a page may stay half empty) and "float" (far from the text, when there are many).
What a reader expects lies between, and needs to know how much of the page is left. Typst tells that only after the
layout, so exhibits are put in one after the other: the layout so far says where the next one stands. A chapter begins
on a new page, so it settles in a document of its own, and only a chapter that changed settles again.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import typst

from baltic_calculus.report.memo import Memo

Placement = Literal["here", "top"]

PLACES = "query(<exhibit-place>).map(it => it.value + (page: it.location().page(), y: it.location().position().y.mm()))"
"""Asked from outside: a chapter that asked where its own parts stand would be laid out twice for the answer."""

PAGE_BOTTOM_MM = 272
"""End of the text on the page: A4 less the lower margin of the theme."""

GAP_MM = 8
"""Room around an exhibit that stands in the text; less than around one that floats, which then never fits instead."""


@dataclass(frozen=True)
class Place:
    """Where the text reached an exhibit, in one layout.

    Attributes
    ----------
    name : str
        Label of the exhibit.
    page : int
        Number of the page.
    y : float
        Distance from the top of the page in mm.
    height : float
        Height of the exhibit in mm.
    """

    name: str
    page: int
    y: float
    height: float

    @property
    def fits(self) -> bool:
        """Whether the rest of the page holds the exhibit."""
        return self.y + GAP_MM + self.height <= PAGE_BOTTOM_MM


def place_exhibits(sheet: Path, placements: Path, fonts: typst.Fonts, parts: Iterable[str], memo: Memo) -> None:
    """Decide where each exhibit of a chapter stands, and write it to the file that the chapter reads.

    Parameters
    ----------
    sheet : Path
        A document with that chapter alone, in a folder of the folder that holds all parts of the report.
    placements : Path
        File that gets the placements, by label.
    fonts : typst.Fonts
        The fonts.
    parts : iterable of str
        Everything that the layout of the chapter depends on, but for Typst.
    memo : Memo
        Decisions made before.

    Raises
    ------
    RuntimeError
        When the chapter cannot be laid out.
    """

    def settle() -> str:
        compiler = typst.Compiler(str(sheet), root=str(sheet.parents[1]), font_paths=fonts, ignore_system_fonts=True)
        placed: dict[str, Placement] = {}
        waiting = True
        while waiting:
            placements.write_text(json.dumps(placed), encoding="utf-8")
            places = _places(compiler)
            placed |= decide(places, placed)
            waiting = len(placed) < len(places)
        return json.dumps(placed)

    text = memo.recall("placement", (version("typst"), *parts), settle)
    placements.write_text(text, encoding="utf-8")


def decide(places: Iterable[Place], placed: dict[str, Placement]) -> dict[str, Placement]:
    """Placements of the next exhibits of a chapter, as far as a layout can tell.

    An exhibit that stands here moves all that follows. One that goes to the top of the next page moves what is there,
    but nothing on its own page.
    """
    decided: dict[str, Placement] = {}
    waiting = [place for place in places if place.name not in placed]
    for place in waiting:
        if place.page != waiting[0].page:
            break
        decided[place.name] = "here" if place.fits else "top"
        if place.fits:
            break
    return decided


def _places(compiler: typst.Compiler) -> list[Place]:
    return [Place(**value) for value in json.loads(compiler.eval(PLACES))]
