"""Text that stays readable where it crosses a line."""

from typing import Any

import altair as alt

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.theme import LABEL_SIZE


def haloed(base: alt.Chart, **mark: Any) -> list[alt.Chart]:
    """Text of an encoded chart as two layers: a rim in the colour of the page, and the letters.

    Parameters
    ----------
    base : Chart
        A chart with its positions and ``text`` encoded.
    **mark
        Properties of the text mark, such as ``align`` and ``dx``.
    """
    settings = {"fontSize": LABEL_SIZE, **mark}
    paper = palette.PAPER.light
    rim = base.mark_text(**{**settings, "color": paper, "stroke": paper, "strokeWidth": 4, "strokeJoin": "round"})
    return [rim, base.mark_text(**settings)]
