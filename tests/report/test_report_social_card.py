"""The picture shown with a link: its size, its words, and the same bytes each time."""

import struct

import pytest

from baltic_calculus.report import social_card as module
from baltic_calculus.report.social_card import CARD_HEIGHT, CARD_WIDTH, COLUMN, DISPLAY, social_card
from baltic_calculus.report.svg import ChartDrawer


@pytest.fixture(scope="module")
def drawer(small_report) -> ChartDrawer:
    return ChartDrawer.of(small_report.config)


def test_it_is_a_png_of_the_size_that_open_graph_asks_for(small_report) -> None:
    document = small_report.document()
    card = social_card(document)
    assert card[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", card[16:24]) == (CARD_WIDTH, CARD_HEIGHT) == (1200, 630)
    assert social_card(document) == card


def test_it_says_title_edition_and_first_finding(small_report, drawer) -> None:
    finding = module._first_finding(small_report.document())
    assert finding == "Latvia leads"
    drawing = module._draw(drawer, "A <title>", "A subtitle", "November 2026", finding)
    for words in ("A &lt;title&gt;", "A subtitle", "November 2026", "Latvia leads"):
        assert f">{words}</text>" in drawing.text


def test_text_stays_in_its_column_in_lines_of_like_length(drawer) -> None:
    text = "Defence spending, fiscal burden and force posture of Estonia, Latvia and Lithuania"
    lines = module._wrap(drawer, text, DISPLAY, 24)
    widths = [module._width(drawer.converter.fonts / DISPLAY[1], line) * 24 for line in lines]
    assert " ".join(lines) == text
    assert max(widths) <= COLUMN
    assert min(widths) > max(widths) / 2
