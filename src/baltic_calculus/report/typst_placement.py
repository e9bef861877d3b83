"""Where exhibits stand in the PDF: at their place in the text when the page has room, else at the top of the next.

Typst knows "here, whatever it costs" (a page may stay half empty) and "float" (far from the text, when there are many).
What a reader expects lies between, and needs to know how much of the page is left. Typst tells that only after the
layout, so exhibits are put in one after the other: the layout so far says where the next one stands. Chapters begin on
new pages and settle side by side. Typst remembers what does not change between layouts, so all but the first are quick.
"""

import hashlib
import json
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal

import typst

Placement = Literal["here", "top"]

PLACEMENT = "placement.json"
"""File beside the document that holds the placements, by label; the theme reads it."""

PLACE_QUERY = "<exhibit-place>"
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
    chapter : int
        Running number of the chapter it is in.
    page : int
        Number of the page.
    y : float
        Distance from the top of the page in mm.
    height : float
        Height of the exhibit in mm.
    """

    name: str
    chapter: int
    page: int
    y: float
    height: float

    @property
    def fits(self) -> bool:
        """Whether the rest of the page holds the exhibit."""
        return self.y + GAP_MM + self.height <= PAGE_BOTTOM_MM


def place_exhibits(main: Path, fonts: Path, kept: Path) -> None:
    """Decide where each exhibit of a Typst document stands, and write it to the file that the theme reads.

    Parameters
    ----------
    main : Path
        The document; its folder gets ``placement.json``.
    fonts : Path
        Folder of the fonts.
    kept : Path
        Folder of decisions made before, by what they depend on.

    Raises
    ------
    RuntimeError
        When the document cannot be laid out.
    """
    before = kept / f"{_digest(main.parent, fonts)}.json"
    if before.exists():
        shutil.copyfile(before, main.parent / PLACEMENT)
        return
    placements: dict[str, Placement] = {}
    found = True
    while found:
        (main.parent / PLACEMENT).write_text(json.dumps(placements), encoding="utf-8")
        decided = decide(_places(main, fonts), placements)
        placements |= decided
        found = bool(decided)
    kept.mkdir(parents=True, exist_ok=True)
    beside = before.with_suffix(".new")
    shutil.copyfile(main.parent / PLACEMENT, beside)
    beside.replace(before)


def _digest(folder: Path, fonts: Path) -> str:
    """Hash of all that the layout depends on: the files of the document, the fonts, and Typst itself."""
    digest = hashlib.sha256(version("typst").encode())
    for path in [*sorted(path for path in folder.rglob("*") if path.is_file()), *sorted(fonts.glob("*.ttf"))]:
        if path.name != PLACEMENT:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def decide(places: Iterable[Place], placements: dict[str, Placement]) -> dict[str, Placement]:
    """Placements of the next exhibits of each chapter, as far as a layout can tell.

    An exhibit that stands here moves all that follows. One that goes to the top of the next page moves what is there,
    but nothing on its own page.
    """
    decided: dict[str, Placement] = {}
    for _, chapter in groupby(places, key=attrgetter("chapter")):
        waiting = [place for place in chapter if place.name not in placements]
        for place in waiting:
            if place.page != waiting[0].page:
                break
            decided[place.name] = "here" if place.fits else "top"
            if place.fits:
                break
    return decided


def _places(main: Path, fonts: Path) -> list[Place]:
    answer = typst.query(
        str(main),
        PLACE_QUERY,
        field="value",
        root=str(main.parent),
        font_paths=[str(fonts)],
        ignore_system_fonts=True,
    )
    return [Place(**value) for value in json.loads(answer)]
