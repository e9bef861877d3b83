"""The files of a chart: drawings for light and dark pages, wide and narrow, an image, and the specification.

The drawings are files and not part of the page: the page stays light however many charts it has, and the browser loads
those that come into view. Each brings the few letters it prints.
"""

import json
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass

from baltic_calculus.exhibits.palette import repaint_dark
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.font_subset import FAMILY
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.svg_tidy import Drawing

FOLDER = "figures"
NARROW = ".narrow"
DARK = ".dark"


def chart_files(exhibit: Exhibit, drawer: ChartDrawer) -> dict[str, bytes]:
    """Make the files of a figure.

    Parameters
    ----------
    exhibit : Exhibit
        A figure.
    drawer : ChartDrawer
        Draws it.

    Returns
    -------
    dict of str to bytes
        Content by path in the site: ``figures/<label>.svg`` with the endings of `NARROW` and `DARK`, which combine,
        ``.png`` and ``.vl.json``.
    """
    drawings = draw_variants(exhibit, drawer)
    # the wide and the narrow drawing share their letters: to cut a font takes longer than to write it twice
    texts = with_letters([drawing.text for drawing in drawings.values()], drawer)
    files: dict[str, bytes] = {}
    for variant, text in zip(drawings, texts, strict=True):
        files[f"{FOLDER}/{exhibit.label}{variant}.svg"] = text.encode()
        files[f"{FOLDER}/{exhibit.label}{variant}{DARK}.svg"] = repaint_dark(text).encode()
    files[f"{FOLDER}/{exhibit.label}.png"] = b64decode(drawer.png(drawings[""], exhibit.label))
    specification = json.dumps(exhibit.chart, ensure_ascii=False, indent=1, sort_keys=True)
    files[f"{FOLDER}/{exhibit.label}.vl.json"] = f"{specification}\n".encode()
    return files


@dataclass(frozen=True)
class PictureSource:
    """One drawing of a ``picture`` element: where it is, and when it is shown; an empty condition is always true."""

    address: str
    media: str
    is_dark: bool
    width: int
    height: int


@dataclass(frozen=True)
class ChartPicture:
    """A ``picture`` element: the first of its sources whose condition holds is shown, else the image."""

    sources: tuple[PictureSource, ...]
    image: PictureSource


def chart_picture(exhibit: Exhibit, drawer: ChartDrawer) -> ChartPicture:
    """Describe how a page shows the drawings of a figure; the addresses are those of `chart_files`."""
    drawings = draw_variants(exhibit, drawer)
    sources = []
    for variant in reversed(drawings):
        width, height = (round(size) for size in drawings[variant][1:])
        for is_dark in (True, False):
            # paper is wide and light, whatever the screen is
            conditions = ["screen"] * (is_dark or variant == NARROW)
            conditions += ["(max-width: 640px)"] * (variant == NARROW)
            conditions += ["(prefers-color-scheme: dark)"] * is_dark
            address = f"{FOLDER}/{exhibit.label}{variant}{DARK if is_dark else ''}.svg"
            sources.append(PictureSource(address, " and ".join(conditions), is_dark, width, height))
    return ChartPicture(tuple(sources[:-1]), sources[-1])


def draw_variants(exhibit: Exhibit, drawer: ChartDrawer) -> dict[str, Drawing]:
    """Drawings of a figure by the ending of their name: the wide one, and the narrow one when it has its own."""
    drawings = {"": drawer.draw(exhibit.chart, exhibit.label)}
    if exhibit.narrow:
        drawings[NARROW] = drawer.draw(exhibit.narrow, f"{exhibit.label}-narrow")
    return drawings


def with_letters(drawings: Sequence[str], drawer: ChartDrawer) -> list[str]:
    """The drawings, each with all the letters that any of them prints: an image cannot use the fonts of its page."""
    faces = drawer.faces(*drawings)
    style = "".join(_font_face(weight, style, font) for (weight, style, _), font in faces.items())
    openings = (drawing.split(">", 1) for drawing in drawings)
    return [f"{opening}><style>{style}</style>{rest}\n" for opening, rest in openings]


def _font_face(weight: int, style: str, font: str) -> str:
    return (
        f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};font-style:{style};'
        f'src:url(data:font/woff2;base64,{font}) format("woff2")}}'
    )
