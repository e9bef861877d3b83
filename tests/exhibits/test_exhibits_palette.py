"""Colours must be told apart by everybody and read on white paper and on the dark page."""

import re
from itertools import combinations

import numpy as np
import pytest

from baltic_calculus.exhibits import palette
from baltic_calculus.exhibits.palette import colours_outside_palette, dark_css, every_colour, series_colours

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
PROTANOPIA = np.array(
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
)
TRITANOPIA = np.array(
    [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
)
SIGHT = {
    "trichromacy": np.eye(3),
    "deuteranopia": DEUTERANOPIA,
    "protanopia": PROTANOPIA,
    "tritanopia": TRITANOPIA,
}
WHITE, DARK_PAGE = "#ffffff", "#14181d"


def linear(colour):
    parts = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    light, dark = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratios = to_xyz @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    roots = np.where(ratios > 0.008856, np.cbrt(ratios), 7.787 * ratios + 16 / 116)
    return np.array([116 * roots[1] - 16, 500 * (roots[0] - roots[1]), 200 * (roots[1] - roots[2])])


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("page", ["light", "dark"])
def test_the_three_baltic_countries_are_told_apart_by_everybody(sight, page):
    seen = [lab(SIGHT[sight] @ linear(getattr(palette.COUNTRIES[code], page))) for code in ("EST", "LVA", "LTU")]
    distances = [float(np.linalg.norm(seen[one] - seen[other])) for one, other in ((0, 1), (0, 2), (1, 2))]
    # a difference of 2 is just noticeable; lines this thin need ten times that
    assert min(distances) > 20


# Series that share a chart and are told apart by more than colour only in the key; last, those with direct labels.
NEIGHBOURS = {
    "categories": [palette.CATEGORIES[name] for name in ("equipment", "personnel", "infrastructure", "other")],
    "kinds": list(palette.SEQUENCE[:4]),
    "comparators": [palette.COUNTRIES[code] for code in ("EST", "LVA", "LTU", "FIN", "RUS", "BLR")],
}


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("page", ["light", "dark"])
@pytest.mark.parametrize("group", NEIGHBOURS)
def test_series_of_one_chart_differ_for_everybody_even_before_their_shapes_and_labels_are_read(group, page, sight):
    seen = [lab(SIGHT[sight] @ linear(getattr(colour, page))) for colour in NEIGHBOURS[group]]
    distances = [float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2)]
    # shapes and labels do the rest, so half of what bare lines need is enough
    assert min(distances) > 10


MARKS = [colour for colour in every_colour() if colour not in (palette.PAPER, palette.GRID)]


@pytest.mark.parametrize("colour", MARKS, ids=lambda colour: colour.role)
def test_marks_stand_out_from_the_page(colour):
    assert contrast(colour.light, WHITE) >= 3
    assert contrast(colour.dark, DARK_PAGE) >= 3


TEXTS = {
    **{code: palette.text_colour(code, colour) for code, colour in palette.COUNTRIES.items()},
    **palette.CATEGORIES,
    **{colour.role: colour for colour in (palette.INK, palette.MUTE, palette.REFERENCE, *palette.SEQUENCE)},
}


@pytest.mark.parametrize("name", TEXTS)
def test_labels_are_dark_enough_to_read(name):
    assert contrast(TEXTS[name].light, WHITE) >= 4.5
    assert contrast(TEXTS[name].dark, DARK_PAGE) >= 4.5


def test_every_light_colour_has_one_dark_partner():
    partners = {}
    for colour in every_colour():
        assert re.fullmatch(r"#[0-9a-f]{6}", colour.light), colour
        assert re.fullmatch(r"#[0-9a-f]{6}", colour.dark), colour
        assert partners.setdefault(colour.light, colour.dark) == colour.dark, colour


def test_dark_pages_repaint_fills_and_strokes_for_readers_who_chose_and_whose_system_asks():
    css = dark_css()
    light, dark = palette.COUNTRIES["EST"].light, palette.COUNTRIES["EST"].dark
    assert f':root[data-theme=dark] .plot svg [fill="{light}"]{{fill:{dark}}}' in css
    assert f':root:not([data-theme=light]) .plot svg [stroke="{light}"]{{stroke:{dark}}}' in css
    assert css.count("{") == css.count("}")


def test_a_country_that_is_alone_with_aggregates_is_no_grey_line_among_them():
    assert series_colours(["NOR", "XEC"])["NOR"] is palette.SEQUENCE[0]
    assert series_colours(["NOR", "DNK"])["NOR"] is palette.OTHER
    assert series_colours(["EST", "XEC"])["EST"] is palette.COUNTRIES["EST"]


def test_any_country_has_a_colour_and_always_the_same():
    colours = series_colours(["LTU", "NOR", "interest costs", "defence", "debt"])
    assert colours["LTU"] is palette.COUNTRIES["LTU"]
    assert colours["NOR"] is palette.OTHER
    assert colours["defence"] is palette.CATEGORIES["defence"]
    assert [colours["interest costs"], colours["debt"]] == list(palette.SEQUENCE[:2])
    assert palette.country_colour("XYZ") is palette.OTHER


def test_a_foreign_colour_is_found_wherever_it_hides():
    spec = {
        "config": {"axis": {"labelColor": "black"}},
        "layer": [
            {"mark": {"type": "bar", "color": palette.INK.light}},
            {"encoding": {"color": {"value": "#ABCDEF"}, "fill": {"condition": {"value": "crimson"}}}},
        ],
        "datasets": {"data": [{"name": "#123456"}]},
    }
    assert colours_outside_palette(spec) == {"black", "#abcdef", "crimson"}
