"""What a page weighs, added up from its files: as exact as it can be without a browser, and never too little."""

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from pathlib import Path

from lxml import html

BUDGET = 250_000
"""Bytes of a page before anybody does anything."""

IMAGES_NEAR = 3
"""Pictures that a browser fetches although they are below the first screen: those of the next two screens."""

FACE = re.compile(r'@font-face{[^}]*url\("(?P<file>fonts/[^"]+)"\)[^}]*unicode-range:(?P<range>[^;}]*)')


def too_heavy(site: Path, names: Iterable[str]) -> list[str]:
    """Pages whose files may be too many bytes: markup, style, scripts, pictures, fonts with one of their letters."""
    return [name for name in names if sum(file.stat().st_size for file in files_first(site, name)) > BUDGET]


def files_first(site: Path, name: str) -> set[Path]:
    """The files that a page loads first, and perhaps a font or two that it does not."""
    page = site / name
    root = html.fromstring(page.read_text(encoding="utf-8"))
    addresses = [
        *(link.get("href", "") for link in root.iter("link") if link.get("rel") in ("stylesheet", "icon")),
        *(script.get("src", "") for script in root.iter("script") if script.get("src")),
        *(image.get("src", "") for image in islice(root.iter("img"), IMAGES_NEAR)),
    ]
    letters = {ord(letter) for text in root.itertext() for letter in str(text)}
    assets = site / "assets"
    fonts = {assets / file for file, part in font_letters(assets / "site.css").items() if part & letters}
    return {page, *fonts, *((page.parent / address).resolve() for address in addresses)}


@cache
def font_letters(style: Path) -> dict[str, frozenset[int]]:
    """The letters that each font file has, as a style sheet states them."""
    found = {}
    for face in FACE.finditer(style.read_text(encoding="utf-8")):
        letters: set[int] = set()
        for part in face["range"].split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            letters |= set(range(int(first, 16), int(last or first, 16) + 1))
        found[face["file"]] = frozenset(letters)
    return found
