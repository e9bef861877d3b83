"""Drawings: kept by what they depend on, tidied for a page."""

import re
from pathlib import Path

import pytest

from baltic_calculus.errors import RenderError
from baltic_calculus.report.converter import Converter, shared_converter
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.svg_tidy import shorten_outline, tidy_svg

RAW = """<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">
<defs><clipPath id="clip0"><rect width="10" height="10"/></clipPath></defs>
<g clip-path="url(#clip0)" role="graphics-object" aria-roledescription="mark" opacity="1">
<path d="M1.23456,2L-0.0001,5" fill="#0b5fa5"/><path d="M0,0h0v0h0Z"/><g></g>
<path d="M0,0h9v9Z" fill="#8a95a0" opacity="0"/><rect width="9" height="9" stroke="transparent"/>
<text fill="#1d2329" font-family="'Source Sans 3', sans-serif">A</text>
<text fill="#1d2329" font-family="'Source Sans 3', sans-serif">B</text></g></svg>"""

CHART = {
    "mark": {"type": "bar", "clip": True},
    "data": {"values": [{"a": 1}]},
    "encoding": {"x": {"field": "a", "type": "quantitative"}},
}
FONTS = Path(__file__).parents[2] / "report" / "theme" / "fonts" / "ttf"


def test_a_drawing_is_tidied() -> None:
    drawing = tidy_svg(RAW, "fig-x")
    assert (drawing.width, drawing.height) == (100, 50)
    assert 'id="fig-x-1"' in drawing.text
    assert 'clip-path="url(#fig-x-1)"' in drawing.text
    assert 'd="M1.23,2L0,5" fill="#0b5fa5"' in drawing.text
    for noise in ("role", "aria-", "opacity", "h0v0", "h9v9", "transparent", "<g/>"):
        assert noise not in drawing.text
    assert drawing.text.count("font-family") == 1


def test_clips_of_one_shape_become_one() -> None:
    clips = "".join(f'<clipPath id="c{n}"><rect width="{w}" height="9"/></clipPath>' for n, w in enumerate((7, 7, 8)))
    marks = "".join(f'<g clip-path="url(#c{n})"><path d="M0,0h9v{n + 1}Z" fill="#0b5fa5"/></g>' for n in range(3))
    frame = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
    text = tidy_svg(f"{frame}<defs>{clips}</defs>{marks}</svg>", "fig-x").text
    assert text.count("<clipPath") == 2
    assert re.findall(r'clip-path="url\(#([^)]*)\)"', text) == ["fig-x-1", "fig-x-1", "fig-x-2"]


def test_a_long_outline_is_written_in_steps_that_meet_at_its_places() -> None:
    places = [(10 * number, 0.26 * number) for number in range(45)]
    path = "M1,2" + "".join(f"L{x},{y:.2f}" for x, y in places) + "Z"
    shortened = shorten_outline(path)
    assert shortened.startswith("M1,2l-1-2 10,.5 10,0 10,.5")
    steps = re.findall(r"(-?[\d.]+)[, ]?(-?[\d.]+)", shortened.partition("l")[2])
    end = [sum(float(step[axis]) for step in steps) for axis in (0, 1)]
    assert end == pytest.approx([440 - 1, 11.5 - 2])
    assert shorten_outline("M1.234,2L3,4Z") == "M1.23,2L3,4Z"


def test_an_island_too_small_to_be_seen_vanishes_from_an_outline() -> None:
    coast = "M0,0" + "".join(f"L{number},5" for number in range(20)) + "Z"
    assert shorten_outline(f"{coast}M30,30L30.1,30L30.1,30.1Z{coast}") == shorten_outline(f"{coast}{coast}")


def test_a_pale_mark_of_one_paint_needs_no_layer_of_its_own() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g fill="none">'
        '<path d="M0,0L9,9" stroke="#123456" opacity="0.4"/><rect width="9" height="9" fill="#123456" opacity="0.3"/>'
        '<rect width="9" height="9" fill="#123456" stroke="#654321" opacity="0.2"/></g></svg>'
    )
    text = tidy_svg(svg, "x").text
    assert 'stroke="#123456" stroke-opacity="0.4"' in text
    assert 'fill="#123456" fill-opacity="0.3"' in text
    # where fill and stroke lie over each other, both thin is not the same as the mark thin
    assert 'stroke="#654321" opacity="0.2"' in text


def test_two_charts_on_a_page_share_no_identifier() -> None:
    one, other = (tidy_svg(RAW, label).text for label in ("fig-a", "fig-b"))
    assert "fig-a-1" in one
    assert "fig-a-1" not in other


def drawer_in(folder: Path) -> ChartDrawer:
    return ChartDrawer(Memo(folder), shared_converter(FONTS))


def test_a_chart_is_drawn_once_and_kept_by_its_specification(tmp_path: Path, monkeypatch) -> None:
    drawer = drawer_in(tmp_path)
    first = drawer.draw(CHART, "fig-a")

    def refuse(*_: object) -> str:
        raise AssertionError("drawn again")

    monkeypatch.setattr(Converter, "draw", refuse)
    assert drawer.draw(CHART, "fig-a") == first
    assert drawer.draw(CHART, "fig-b").text == first.text.replace("fig-a", "fig-b") != first.text
    with pytest.raises(AssertionError, match="drawn again"):
        drawer.draw({**CHART, "width": 300}, "fig-a")


def test_a_chart_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    with pytest.raises(RenderError, match="cannot draw fig-bad"):
        drawer_in(tmp_path).draw({"mark": "no such mark"}, "fig-bad")


def test_a_drawing_cut_short_on_disk_is_drawn_again(tmp_path: Path) -> None:
    drawer = drawer_in(tmp_path)
    first = drawer.draw(CHART, "fig-a")
    (kept,) = (tmp_path / "svg").iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])
    assert drawer.draw(CHART, "fig-a") == first


def test_text_is_measured_with_the_font_that_prints_it(tmp_path: Path) -> None:
    # an M of Source Sans is 0.727 em wide: 10 x 0.727 x 12 px = 87 px; the wrong font would give 100 px and more
    text = {"mark": {"type": "text", "fontSize": 12, "font": "'Source Sans 3', sans-serif"}}
    chart = {"data": {"values": [{}]}, "encoding": {"text": {"value": "M" * 10}}, "padding": 0, "width": 1, **text}
    drawing = drawer_in(tmp_path).draw({**chart, "config": {"view": {"stroke": None}}}, "fig-x")
    assert drawing.width == pytest.approx(87, abs=2)
    assert "font-family=\"'Source Sans 3', sans-serif\"" in drawing.text
