"""How wide words print: the advance widths of the fonts that tables are set in."""

from functools import cache
from pathlib import Path

from baltic_calculus.report.config import ReportConfig

REGULAR, BOLD = "SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf"
KERNING = 1.01
"""Room for what single widths do not tell."""

MM_PER_POINT = 25.4 / 72
UNKNOWN = 0.6
"""Width in ems of a letter that the font does not have; Typst will refuse it with a better message than this module."""


class TextWidth:
    """Widths of text at a size of one point, in mm.

    Parameters
    ----------
    fonts : Path
        Folder of the report's TrueType fonts.
    """

    def __init__(self, fonts: Path) -> None:
        self._regular, self._bold = _advances(fonts / REGULAR), _advances(fonts / BOLD)

    @classmethod
    def of(cls, config: ReportConfig) -> "TextWidth":
        """Widths in the fonts of a report."""
        return _text_width(config.theme / "fonts" / "ttf")

    def __call__(self, text: str, *, bold: bool = False) -> float:
        """Width of a line of text."""
        advances = self._bold if bold else self._regular
        return sum(advances.get(letter, UNKNOWN) for letter in text) * KERNING * MM_PER_POINT


@cache
def _text_width(fonts: Path) -> TextWidth:
    return TextWidth(fonts)


def _advances(font: Path) -> dict[str, float]:
    from fontTools.ttLib import TTFont

    with TTFont(font, lazy=True) as opened:
        metrics, per_em = opened["hmtx"].metrics, opened["head"].unitsPerEm
        return {chr(code): metrics[name][0] / per_em for code, name in opened.getBestCmap().items()}
