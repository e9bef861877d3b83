"""A drawing made safe to inline, and light: identifiers of its own, no descriptions, nothing that does not show."""

import re
from itertools import groupby
from typing import NamedTuple

from lxml import etree

COORDINATES = frozenset({"d", "transform", "x", "y", "x2", "y2", "width", "height", "cx", "cy"})
SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
OUTLINE = re.compile(r"(?:[ML]-?[\d.]+,-?[\d.]+|Z)+")
OUTLINE_POINTS = 16
"""A path of more points is an outline of a map: half a pixel is exact enough for it, and steps are shorter to write
than places."""

VANISHED = re.compile(r"M[^MlZ]*lZ")
"""An island that is smaller than half a pixel."""

POINT = re.compile(r"([ML])(-?[\d.]+),(-?[\d.]+)|Z")
LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
DROPPED = frozenset({"role", "aria-hidden", "aria-label", "aria-roledescription", "class", "pointer-events"})
"""Vega describes every axis and mark; inside an image with one text alternative that is noise, and invalid."""

DEFAULTS = frozenset(
    {
        ("opacity", "1"),
        ("fill-opacity", "1"),
        ("stroke-opacity", "1"),
        ("stroke-width", "1"),
        ("stroke-dasharray", "1,0"),
        ("font-weight", "normal"),
        ("transform", "translate(0,0)"),
    }
)

INHERITED = (
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-opacity",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "font-size",
    "font-style",
    "font-weight",
    "text-anchor",
)
"""What a mark takes from the group around it when it says nothing of its own."""

SHARED_FROM = 3
"""Neighbours that look the same, from which a group around them is shorter than saying it each time."""


class Drawing(NamedTuple):
    """A chart as SVG.

    Attributes
    ----------
    text : str
        The ``svg`` element.
    width, height : float
        Its size in CSS pixels.
    """

    text: str
    width: float
    height: float


def tidy_svg(svg: str, label: str) -> Drawing:
    """Make a drawing safe to inline, and light: identifiers of its own, no descriptions, nothing that does not show."""
    root = etree.fromstring(svg.encode())
    shared = _share_clips(root)
    with_id = (element for element in root.iter() if element.get("id"))
    names = {str(element.get("id")): f"{label}-{number}" for number, element in enumerate(with_id, start=1)}
    names |= {dropped: names[kept] for dropped, kept in shared.items()}
    for element in root.iter():
        _tidy_attributes(element, names)
        _thin_paint(element)
    _share_font(root)
    # from the innermost outwards, so that a group left empty goes too
    for element in reversed(list(root.iter(f"{SVG}path", f"{SVG}rect", f"{SVG}text", f"{SVG}line", f"{SVG}g"))):
        _drop_if_useless(element)
    for parent in list(root.iter(f"{SVG}svg", f"{SVG}g")):
        _share_looks(parent)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="unicode"), width, height)


def _share_clips(root: etree._Element) -> dict[str, str]:
    """Keep one of several clips of the same shape (every layer of a chart brings its own): which stands for which."""
    kept: dict[bytes, str] = {}
    shared: dict[str, str] = {}
    for clip in list(root.iter(f"{SVG}clipPath")):
        name, shape = str(clip.get("id")), b"".join(etree.tostring(part, with_tail=False) for part in clip)
        parent = clip.getparent()
        if shape in kept and parent is not None:
            shared[name] = kept[shape]
            parent.remove(clip)
        else:
            kept[shape] = name
    return shared


def _tidy_attributes(element: etree._Element, names: dict[str, str]) -> None:
    for attribute, value in list(element.attrib.items()):
        name, text = str(attribute), str(value)
        if name in DROPPED or (name, text) in DEFAULTS:
            del element.attrib[attribute]
        elif name == "id":
            element.set(name, names[text])
        elif name in ("href", XLINK_HREF) and text[1:] in names:
            element.set(name, f"#{names[text[1:]]}")
        elif text.startswith("url(#"):
            element.set(name, f"url(#{names[text[5:-1]]})")
        elif element.tag == f"{SVG}line" and name in ("x2", "y2") and text == "0":
            del element.attrib[attribute]
        elif name in COORDINATES:
            element.set(name, shorten_outline(text) if name == "d" else LONG_DECIMAL.sub(_two_decimals, text))


def _thin_paint(element: etree._Element) -> None:
    """Let the only paint of a mark be thin, not the mark: it looks the same, and an image of it needs no layer more.

    A chart with thirty pale lines would take thirty layers, each as large as the chart, and five times as long.
    """
    paints = [paint for paint in ("fill", "stroke") if _paints(element, paint)]
    opacity = element.get("opacity", "0")
    if opacity != "0" and len(paints) == 1 and element.get(f"{paints[0]}-opacity") is None:
        element.set(f"{paints[0]}-opacity", opacity)
        del element.attrib["opacity"]


def shorten_outline(path: str) -> str:
    """Write a long outline in steps of half pixels, and any other path with two decimals.

    Places are rounded before steps are taken, so that borders that two countries share still meet.
    """
    if path.count("L") < OUTLINE_POINTS or not OUTLINE.fullmatch(path):
        return LONG_DECIMAL.sub(_two_decimals, path)
    parts: list[str] = []
    x = y = 0
    for point in POINT.finditer(path):
        if point[1] is None:
            parts.append("Z")
            continue
        place = round(float(point[2]) * 2), round(float(point[3]) * 2)
        if point[1] == "M":
            parts.append(f"M{_halves(place[0])},{_halves(place[1])}l")
        elif place != (x, y):
            parts.append(f"{_halves(place[0] - x)},{_halves(place[1] - y)} ")
        x, y = place
    outline = "".join(parts).replace(" Z", "Z").replace(" -", "-").replace(",-", "-").rstrip(" l")
    return VANISHED.sub("", outline)


def _halves(number: int) -> str:
    whole, half = divmod(abs(number), 2)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole or ''}.5" if half else f"{sign}{whole}"


def _share_font(root: etree._Element) -> None:
    """Name the font once, when all text is in one."""
    texts = list(root.iter(f"{SVG}text"))
    fonts = {text.get("font-family") for text in texts}
    if len(fonts) == 1 and (font := fonts.pop()):
        root.set("font-family", font)
        for text in texts:
            del text.attrib["font-family"]


def _drop_if_useless(element: etree._Element) -> None:
    """Remove a mark that does not show (targets for the pointer), an empty group, a group without a purpose."""
    parent = element.getparent()
    if parent is None or element.get("id") or parent.tag == f"{SVG}clipPath":
        return
    if element.tag == f"{SVG}g":
        if len(element) == 0:
            parent.remove(element)
        elif not element.attrib:
            place = parent.index(element)
            parent[place : place + 1] = list(element)
    elif element.get("opacity") == "0" or not (_paints(element, "fill") or _paints(element, "stroke")):
        parent.remove(element)


def _share_looks(parent: etree._Element) -> None:
    """Say once, on a group around them, what neighbouring marks have in common."""
    for looks, run in groupby(list(parent), key=_looks):
        marks = list(run)
        if len(marks) < SHARED_FROM or not looks:
            continue
        group = etree.Element(f"{SVG}g")
        parent.insert(parent.index(marks[0]), group)
        for name, value in looks:
            group.set(name, value)
        for mark in marks:
            for name, _ in looks:
                del mark.attrib[name]
            group.append(mark)


def _looks(element: etree._Element) -> tuple[tuple[str, str], ...]:
    """What a mark says of its looks; nothing for groups, whose own marks decide."""
    if element.tag not in (f"{SVG}path", f"{SVG}text", f"{SVG}line", f"{SVG}rect"):
        return ()
    return tuple((name, str(element.get(name))) for name in INHERITED if name in element.attrib)


def _paints(element: etree._Element, attribute: str) -> bool:
    """Whether a mark has this paint; Vega's outermost group turns off the fill that SVG marks would otherwise have."""
    return element.get(attribute, "none") not in ("none", "transparent")


def _two_decimals(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
