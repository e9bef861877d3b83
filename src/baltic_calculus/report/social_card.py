"""The picture that is shown with a link to the report: its title, what it finds first, and the map of its cover."""

from base64 import b64decode
from collections.abc import Sequence
from functools import cache
from html import escape
from itertools import chain
from pathlib import Path
from typing import Any

from baltic_calculus import catalog
from baltic_calculus.report.cover import MAP, map_chart
from baltic_calculus.report.document import Document
from baltic_calculus.report.pandoc import find, plain_text
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.svg_tidy import Drawing

CARD = "assets/social.png"
CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""What Open Graph asks for; the converter makes images twice as large as the drawing."""

WIDTH, HEIGHT = CARD_WIDTH / 2, CARD_HEIGHT / 2
MARGIN, COLUMN = 36, 300
GROUND, WHITE, MUTE, AMBER, RULE = "#0c2236", "#ffffff", "#b4c3d0", "#e9b44c", "#2c4761"
DISPLAY = ("Source Serif 4 Display", "SourceSerif4Display-Semibold.ttf", 600)
SANS = ("Source Sans 3", "SourceSans3-Regular.ttf", 400)
BOLD = ("Source Sans 3", "SourceSans3-Semibold.ttf", 600)
TITLE_SIZES = (40, 34, 28, 24)
MOST_TITLE_LINES = 3
VEIL = (
    f'<defs><linearGradient id="veil"><stop offset="0.62" stop-color="{GROUND}"/>'
    f'<stop offset="1" stop-color="{GROUND}" stop-opacity="0"/></linearGradient></defs>'
    f'<rect width="{MARGIN + COLUMN + 70}" height="{HEIGHT:g}" fill="url(#veil)"/>'
)
"""Hides the map where the text stands."""

Face = tuple[str, str, int]


def social_card(document: Document) -> bytes:
    """The picture as PNG, 1200 by 630 pixels.

    Parameters
    ----------
    document : Document
        The chapters that were built; the first finding of the summary is quoted when there is one.

    Raises
    ------
    RenderError
        When the converter ends unexpectedly.
    """
    drawer = ChartDrawer.of(document.config)
    config, finding = document.config, _first_finding(document)
    texts = (config.title, config.subtitle, config.edition, finding)
    code = Path(__file__).read_text(encoding="utf-8")
    parts = (code, catalog.record(MAP).sha256, *drawer.depends_on(), *texts)
    made = drawer.memo.recall("card", parts, lambda: drawer.png(_draw(drawer, *texts), "the card"))
    return b64decode(made)


def _first_finding(document: Document) -> str:
    """The opening words, in bold type, of the first finding; empty without one."""
    for finding in chain.from_iterable(chapter.findings for chapter in document.chapters):
        for strong in find(finding.blocks, "Strong"):
            return plain_text(strong["c"]).strip().removesuffix(".")
    return ""


def _draw(drawer: ChartDrawer, title: str, subtitle: str, edition: str, finding: str) -> Drawing:
    chart = map_chart(WIDTH, HEIGHT, scale=1950, centre=(WIDTH - 112, HEIGHT / 2 - 34))
    opening, rest = drawer.draw(chart, "card").text.split(">", 1)
    size = next((size for size in TITLE_SIZES if len(_wrap(drawer, title, DISPLAY, size)) <= MOST_TITLE_LINES), 20)
    marks = [f'<rect width="{WIDTH:g}" height="{HEIGHT:g}" fill="{GROUND}"/>', rest.removesuffix("</svg>"), VEIL]
    marks.append(f'<rect x="{MARGIN}" y="34" width="40" height="3" fill="{AMBER}"/>')
    marks.append(_line(edition, BOLD, 12, MUTE, 58))
    y = 64.0
    for line in _wrap(drawer, title, DISPLAY, size):
        y += size * 1.08
        marks.append(_line(line, DISPLAY, size, WHITE, y))
    y += 10
    for line in _wrap(drawer, subtitle, SANS, 14):
        y += 19
        marks.append(_line(line, SANS, 14, MUTE, y))
    lines = _wrap(drawer, finding, BOLD, 12)
    y = HEIGHT - 24 - 16 * len(lines)
    if lines:
        marks.append(f'<rect x="{MARGIN}" y="{y - 6:g}" width="{COLUMN}" height="1" fill="{RULE}"/>')
    for line in lines:
        y += 16
        marks.append(_line(line, BOLD, 12, AMBER, y))
    return Drawing(f"{opening}>{''.join(marks)}</svg>", WIDTH, HEIGHT)


def _line(text: str, face: Face, size: float, fill: str, y: float) -> str:
    family, _, weight = face
    style = f'font-family="\'{family}\'" font-size="{size}" font-weight="{weight}" fill="{fill}"'
    return f'<text x="{MARGIN}" y="{y:g}" {style}>{escape(text)}</text>'


def _wrap(drawer: ChartDrawer, text: str, face: Face, size: float) -> list[str]:
    """Break a text into lines that fit into the column, as few as there can be, and of like length."""
    fonts = drawer.converter.fonts
    words = {word: _width(fonts / face[1], word) * size for word in text.split()}
    space = _width(fonts / face[1], " ") * size
    lines = _fill(text, words, space, COLUMN)
    for column in range(COLUMN - 5, COLUMN // 2, -5):
        narrower = _fill(text, words, space, column)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _fill(text: str, widths: dict[str, float], space: float, column: float) -> list[str]:
    lines: list[str] = []
    room = 0.0
    for word in text.split():
        if lines and widths[word] + space <= room:
            lines[-1] += f" {word}"
            room -= widths[word] + space
        else:
            lines.append(word)
            room = column - widths[word]
    return lines


def _width(font: Path, text: str) -> float:
    """Width of a text at size 1."""
    letters, widths, em = _metrics(font)
    names: Sequence[str] = [letters.get(ord(letter), ".notdef") for letter in text]
    return sum(widths[name][0] for name in names) / em


@cache
def _metrics(font: Path) -> tuple[dict[int, str], Any, int]:
    # imported here: most builds find the picture as it was made before
    from fontTools.ttLib import TTFont

    opened = TTFont(font)
    return opened.getBestCmap(), opened["hmtx"].metrics, opened["head"].unitsPerEm
