"""The files of a chart: each stands alone, in the colours of its page, with the letters it prints."""

import io
import re
import struct
import zlib
from base64 import b64decode
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from lxml import etree

from baltic_calculus.exhibits import palette
from baltic_calculus.report.chart_files import chart_files
from baltic_calculus.report.font_subset import BOLD, ITALIC, REGULAR, SEMIBOLD, letters_by_face, subset_font
from baltic_calculus.report.svg import ChartDrawer

FONTS = Path(__file__).parents[2] / "report" / "theme" / "fonts" / "ttf"


@pytest.fixture(scope="module")
def files(small_report) -> dict[str, bytes]:
    document = small_report.document("01_spending")
    return chart_files(document.chapters[0].exhibits["fig-share"], ChartDrawer.of(small_report.config))


def letters(svg: bytes) -> set[str]:
    """Letters in the fonts that a drawing brings."""
    fonts = [TTFont(io.BytesIO(b64decode(font))) for font in re.findall(rb"base64,([^)]*)\)", svg)]
    return {chr(code) for font in fonts for code in font.getBestCmap()}


def test_every_file_is_there(files) -> None:
    drawings = {f"figures/fig-share{ending}.svg" for ending in ("", ".dark", ".narrow", ".narrow.dark")}
    assert set(files) == drawings | {"figures/fig-share.png", "figures/fig-share.vl.json"}


def test_a_drawing_brings_the_letters_it_prints_and_few_others(files) -> None:
    drawings = [files[f"figures/fig-share{ending}.svg"] for ending in ("", ".narrow", ".narrow.dark")]
    printed = [set("".join(etree.fromstring(drawing).itertext("{*}text"))) for drawing in drawings]
    assert all(letters(drawing) == set.union(*printed) for drawing in drawings)
    assert max(map(len, drawings)) < 12_000


def test_the_dark_drawing_differs_in_its_colours_alone(files) -> None:
    light, dark = (files[f"figures/fig-share{ending}.svg"].decode() for ending in ("", ".dark"))
    assert palette.COUNTRIES["EST"].light in light
    assert palette.COUNTRIES["EST"].dark in dark
    colour = re.compile('"#[0-9a-f]{6}"')
    assert colour.sub("", light) == colour.sub("", dark)


def test_the_image_is_twice_the_size_of_the_drawing_on_white(files) -> None:
    drawing = etree.fromstring(files["figures/fig-share.svg"])
    image = files["figures/fig-share.png"]
    size, content = struct.unpack(">II", image[16:24]), image.index(b"IDAT")
    assert size == pytest.approx([2 * float(drawing.get(side)) for side in ("width", "height")], abs=1)
    first_pixel = zlib.decompressobj().decompress(image[content + 4 :], 5)[1:]  # after the kind of filter of its row
    assert first_pixel == b"\xff\xff\xff\xff"


def test_each_weight_and_style_is_cut_from_its_own_font() -> None:
    plain, bold = "<text>Ab</text>", '<text font-weight="600">Cä</text>'
    italic = '<text font-style="italic">b<tspan>a</tspan></text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{plain}{bold}{italic}</svg>'
    assert letters_by_face(svg, svg) == {REGULAR: "Ab", SEMIBOLD: "Cä", ITALIC: "ab"}
    assert "bold" in BOLD


@pytest.mark.parametrize("text", ["Ķīlis 3–4", "ąčęėįšųūž", "−2.5% →", "Ж"])
def test_a_part_of_a_font_has_the_letters_asked_for_and_is_always_the_same(text: str) -> None:
    font = subset_font(FONTS / SEMIBOLD.file, text)
    assert {chr(code) for code in TTFont(io.BytesIO(font)).getBestCmap()} == set(text)
    assert subset_font(FONTS / SEMIBOLD.file, text) == font
