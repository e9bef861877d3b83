"""What a cell says about itself."""

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.cell import cell_options, front_matter


def test_front_matter_stands_above_the_text() -> None:
    assert front_matter("---\ntitle: A\n---\nText") == ({"title": "A"}, "Text")
    assert front_matter("Text") == ({}, "Text")


def test_options_are_split_from_the_code() -> None:
    options, rest = cell_options("#| label: fig-x\n#| echo: false\n\nFigure()", "here")
    assert (options, rest) == ({"label": "fig-x", "echo": False}, "Figure()")


def test_an_unknown_option_is_refused_with_the_known_ones() -> None:
    with pytest.raises(RenderError, match=r"unknown cell option lable(.|\n)*cell 3(.|\n)*label"):
        cell_options("#| lable: fig-x", "cell 3")
