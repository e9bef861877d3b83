"""Colours of letters in a workbook, however the program that saved it names them."""

import re

from openpyxl.styles.colors import COLOR_INDEX, Color
from openpyxl.workbook import Workbook

_BLACK = frozenset({"000000", "FFFFFF"})
_TEXT_AND_BACKGROUND = 4  # colours of a theme before its accents
_ACCENT = re.compile(
    rb"<(?:\w+:)?(?:accent[1-6]|hlink|folHlink)>\s*<[^<>]*?\b(?:lastClr|val)=\"([0-9A-Fa-f]{6})\"", re.ASCII
)


class LetterColours:
    """
    The palette and the theme of a workbook.

    Parameters
    ----------
    book : Workbook
        As openpyxl opened it.
    """

    def __init__(self, book: Workbook) -> None:
        # openpyxl keeps a palette of the file's own nowhere else
        self._palette: list[str] = list(getattr(book, "_colors", None) or COLOR_INDEX)
        theme = book.loaded_theme or b""
        self._accents = [found.decode() for found in _ACCENT.findall(theme)]

    def digits(self, colour: Color | None) -> str:
        """Six hexadecimal digits, or "theme 5" of no known theme; empty for black, white and automatic."""
        if colour is None or colour.type == "auto":
            return ""
        if colour.type == "theme":
            accent = colour.theme - _TEXT_AND_BACKGROUND
            if accent < 0:
                return ""
            text = self._accents[accent] if accent < len(self._accents) else f"theme {colour.theme}"
        elif colour.type == "indexed":  # beyond the palette: the system's own
            text = self._palette[colour.indexed] if colour.indexed < len(self._palette) else ""
        else:
            text = str(colour.rgb)
        if text.startswith("theme"):
            return text
        digits = text[-6:].upper()
        return "" if digits in _BLACK else digits
