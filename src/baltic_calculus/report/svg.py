"""Charts as SVG: drawn once by one warm converter, kept on disk by what they depend on, and made safe to inline."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from lxml import etree

from baltic_calculus.errors import RenderError
from baltic_calculus.report.config import ReportConfig

VEGA_LITE = "6.4"
"""Version of Vega-Lite that draws both the SVG and the interactive chart, so that one replaces the other in place."""

QUOTED_FAMILY = "'Source Sans 3'"
MEASURABLE_FAMILY = "&quot;Source Sans 3&quot;"
"""The converter drops quotes before it measures text, and a family name with a digit is not valid without them: all
text would be measured as if it were a third wider. It passes entities on, which its SVG parser reads as quotes."""

COORDINATES = frozenset({"d", "transform", "x", "y", "x2", "y2", "width", "height", "cx", "cy"})
SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
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
        ("transform", "translate(0,0)"),
    }
)


@dataclass(frozen=True)
class Drawing:
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


class ChartDrawer:
    """Draws Vega-Lite specifications; the converter starts with the first chart that is not on disk.

    Parameters
    ----------
    folder : Path
        Where finished drawings are kept; a drawing's name is the hash of everything it depends on.
    fonts : Path
        Folder of the TrueType fonts that measure and print the text.
    """

    def __init__(self, folder: Path, fonts: Path) -> None:
        self.folder = folder
        self.fonts = fonts

    @classmethod
    def of(cls, config: ReportConfig) -> Self:
        """The drawer of a report, with its fonts and its folder of finished drawings."""
        return cls(config.build / "cache" / "svg", config.theme / "fonts" / "ttf")

    def draw(self, chart: dict[str, Any], label: str) -> Drawing:
        """Draw a chart; its identifiers begin with ``label``, so that many fit on one page.

        Raises
        ------
        RenderError
            When Vega-Lite refuses the specification.
        """
        specification = json.dumps(chart, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        kept = self.folder / f"{self._key(specification)}.svg"
        if kept.exists():
            svg = kept.read_text(encoding="utf-8")
        else:
            svg = self._convert(chart, label)
            self.folder.mkdir(parents=True, exist_ok=True)
            beside = kept.with_suffix(".new")
            beside.write_text(svg, encoding="utf-8")
            beside.replace(kept)
        return tidy_svg(svg, label)

    def _key(self, specification: str) -> str:
        parts = (version("vl-convert-python"), _digest_of_this_module(), _fonts_digest(self.fonts), specification)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _convert(self, chart: dict[str, Any], label: str) -> str:
        _register_fonts(str(self.fonts))
        # imported here: a build that finds every drawing on disk does not load the converter
        import vl_convert

        text = json.dumps(chart, ensure_ascii=False).replace(QUOTED_FAMILY, MEASURABLE_FAMILY)
        try:
            svg = vl_convert.vegalite_to_svg(text, vl_version=VEGA_LITE, allowed_base_urls=[])
            return svg.replace(escape(MEASURABLE_FAMILY), QUOTED_FAMILY)
        except ValueError as error:
            raise RenderError(
                f"Vega-Lite cannot draw {label}: {error}", where=label, remedy="correct the chart in its notebook"
            ) from None


@cache
def _register_fonts(folder: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(folder)


@cache
def _digest_of_this_module() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


@cache
def _fonts_digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for font in sorted(folder.glob("*.ttf")):
        digest.update(font.name.encode())
        digest.update(font.read_bytes())
    return digest.hexdigest()


def vega_bundle(folder: Path) -> Path:
    """The Vega libraries as one classic script, made once and kept in ``folder``.

    The script defines ``vegaEmbed`` and nothing else; it needs no other file.
    """
    kept = folder / f"vega-{version('vl-convert-python')}-{VEGA_LITE}.js"
    if not kept.exists():
        import vl_convert

        script = vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)
        folder.mkdir(parents=True, exist_ok=True)
        # without the function every top-level name of the libraries would become a global of the page
        kept.write_text(f"(function () {{\n{script}\n}})();\n", encoding="utf-8")
    return kept


def tidy_svg(svg: str, label: str) -> Drawing:
    """Make a drawing safe to inline, and light: identifiers of its own, no descriptions, nothing that does not show."""
    root = etree.fromstring(svg.encode())
    with_id = (element for element in root.iter() if element.get("id"))
    names = {str(element.get("id")): f"{label}-{number}" for number, element in enumerate(with_id, start=1)}
    for element in root.iter():
        _tidy_attributes(element, names)
    _share_font(root)
    # from the innermost outwards, so that a group left empty goes too
    for element in reversed(list(root.iter(f"{SVG}path", f"{SVG}rect", f"{SVG}text", f"{SVG}line", f"{SVG}g"))):
        _drop_if_useless(element)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="unicode"), width, height)


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
        elif name in COORDINATES:
            element.set(name, LONG_DECIMAL.sub(_two_decimals, text))


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


def _paints(element: etree._Element, attribute: str) -> bool:
    """Whether a mark has this paint; Vega's outermost group turns off the fill that SVG marks would otherwise have."""
    return element.get(attribute, "none") not in ("none", "transparent")


def _two_decimals(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
