"""The few letters of a font that a drawing prints, small enough to lie inside it.

A picture in a page cannot use the page's fonts: without its own it would be set in whatever the reader's system has,
and its labels would no longer fit their places. A subset for one drawing has about three kilobytes.
"""

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

FAMILY = "Source Sans 3"
BOLD = frozenset({"bold", "bolder", "600", "700", "800", "900"})
USUAL = frozenset(map(chr, (*range(0x20, 0x250), *range(0x2000, 0x2300))))
"""Latin letters, punctuation, currencies, arrows and signs."""

FEATURES = ["ccmp", "kern", "locl", "mark"]
SVG_TEXT = "{http://www.w3.org/2000/svg}text"


class Face(NamedTuple):
    """One cut of the family: its weight and style in style sheets, and its file."""

    weight: int
    style: str
    file: str


REGULAR = Face(400, "normal", "SourceSans3-Regular.ttf")
SEMIBOLD = Face(600, "normal", "SourceSans3-Semibold.ttf")
ITALIC = Face(400, "italic", "SourceSans3-It.ttf")


def letters_by_face(*drawings: str) -> dict[Face, str]:
    """Letters that drawings print in each cut, in the order of their code points.

    Parameters
    ----------
    *drawings : str
        SVG as `tidy_svg` leaves it: weight and style stand on the ``text`` elements.
    """
    letters: dict[Face, set[str]] = {}
    for drawing in drawings:
        for text in etree.fromstring(drawing.encode()).iter(SVG_TEXT):
            letters.setdefault(_face(text), set()).update("".join(_words(text)))
    return {face: "".join(sorted(letters[face])) for face in (REGULAR, SEMIBOLD, ITALIC) if face in letters}


def _face(text: etree._Element) -> Face:
    if text.get("font-style") in ("italic", "oblique"):
        return ITALIC
    return SEMIBOLD if text.get("font-weight") in BOLD else REGULAR


def _words(text: etree._Element) -> Iterator[str]:
    for words in text.itertext():
        yield str(words)


def subset_font(font: Path, letters: str) -> bytes:
    """Cut a font down to some letters, with their kerning.

    Parameters
    ----------
    font : Path
        A TrueType font.
    letters : str
        What will be printed with it.

    Returns
    -------
    bytes
        WOFF2; the same for the same font and letters.
    """
    whole = _usual_letters(font) if USUAL.issuperset(letters) else font.read_bytes()
    return _cut(whole, letters, "woff2")


@cache
def _usual_letters(font: Path) -> bytes:
    """The part of a font from which nearly all drawings take their letters, three times as fast as from the whole."""
    return _cut(font.read_bytes(), "".join(sorted(USUAL)), None)


def _cut(font: bytes, letters: str, flavour: str | None) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    options = Options(
        hinting=False, layout_features=["ccmp", "kern", "locl", "mark"], name_IDs=[], notdef_outline=False
    )
    options.drop_tables += ["STAT", "meta"]
    # the day on which a font was changed last would be today
    with TTFont(io.BytesIO(font), lazy=True, recalcTimestamp=False) as cut:
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(cut)
        cut.flavor = flavour
        content = io.BytesIO()
        cut.save(content, reorderTables=False)
    return content.getvalue()
