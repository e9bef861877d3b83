"""How wide a text will be: close enough to leave room for it before anything is drawn."""

from collections.abc import Sequence

_WIDTHS = {
    " ": 0.20,
    "',.:;ij|·IlļĮį\u00a0": 0.26,
    "!f()[]-tţr/\\": 0.33,
    "*?szšžśxcčćvyk": 0.44,
    "wMm%@W": 0.80,
    "CPRBKDGHNUOQÕÖÜŪĢĶŅŪ&dpqbnu": 0.60,
}
_ADVANCE = {letter: width for letters, width in _WIDTHS.items() for letter in letters}
_OTHER = 0.52
_BOLD = 1.04
"""Advance widths of Source Sans 3 in ems, by groups; semibold letters are wider by the last factor."""


def text_width(text: str, size: float = 12, *, bold: bool = False) -> float:
    """Width of a text in pixels, of its longest line when it has several.

    Parameters
    ----------
    text : str
        Lines are separated by line feeds.
    size : float
        Font size in pixels.
    bold : bool
        Whether it is set in semibold.
    """
    longest = max(sum(_ADVANCE.get(letter, _OTHER) for letter in line) for line in text.split("\n"))
    return longest * size * (_BOLD if bold else 1)


def overrun(
    positions: Sequence[float], widths: Sequence[float], domain: tuple[float, float], plot_width: float
) -> float:
    """Pixels by which labels that begin at ``positions`` reach beyond the right edge of the plot.

    Parameters
    ----------
    positions : sequence of float
        In data units.
    widths : sequence of float
        Pixels from the position to the end of the label.
    domain : tuple of float
        Ends of the axis.
    plot_width : float
        Width of the narrowest plot, in pixels: on wider ones, labels reach less far.
    """
    scale = plot_width / (domain[1] - domain[0])
    ends = [(position - domain[0]) * scale + width for position, width in zip(positions, widths, strict=True)]
    return max(0.0, *(end - plot_width for end in ends)) if ends else 0.0
