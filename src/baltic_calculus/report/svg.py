"""Charts as SVG: drawn once by one warm converter, kept on disk by what they depend on, and made safe to inline."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from lxml import etree

from baltic_calculus.errors import RenderError
from baltic_calculus.report.config import ReportConfig

VEGA_LITE = "6.4"
"""Version of Vega-Lite that draws both the SVG and the interactive chart, so that one replaces the other in place."""

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
DROPPED = frozenset({"role", "aria-hidden", "aria-label", "aria-roledescription", "class", "pointer-events"})
"""Vega describes every axis and mark; inside an image with one text alternative that is noise, and invalid."""


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
        parts = (version("vl-convert-python"), VEGA_LITE, _fonts_digest(self.fonts), specification)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def _convert(self, chart: dict[str, Any], label: str) -> str:
        _register_fonts(str(self.fonts))
        # imported here: a build that finds every drawing on disk does not load the converter
        import vl_convert

        try:
            return vl_convert.vegalite_to_svg(chart, vl_version=VEGA_LITE, allowed_base_urls=[])
        except ValueError as error:
            raise RenderError(
                f"Vega-Lite cannot draw {label}: {error}", where=label, remedy="correct the chart in its notebook"
            ) from None


@cache
def _register_fonts(folder: str) -> None:
    import vl_convert

    vl_convert.register_font_directory(folder)


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
    """Make a drawing safe to inline: identifiers of its own, no repeated descriptions, no needless decimals."""
    root = etree.fromstring(svg.encode())
    names: dict[str, str] = {}
    for element in root.iter():
        if identifier := element.get("id"):
            names[identifier] = f"{label}-{len(names) + 1}"
    for element in root.iter():
        for attribute in list(element.attrib):
            value = element.attrib[attribute]
            if attribute in DROPPED:
                del element.attrib[attribute]
            elif attribute == "id":
                element.attrib[attribute] = names[value]
            elif attribute in ("href", XLINK_HREF) and value[1:] in names:
                element.attrib[attribute] = f"#{names[value[1:]]}"
            elif value.startswith("url(#"):
                element.attrib[attribute] = f"url(#{names[value[5:-1]]})"
            elif attribute in ("d", "transform", "x", "y", "width", "height", "cx", "cy"):
                element.attrib[attribute] = LONG_DECIMAL.sub(_two_decimals, value)
    for group in [g for g in root.iter(f"{SVG}g") if len(g) == 0 and not (g.text or "").strip()]:
        parent = group.getparent()
        if parent is not None:
            parent.remove(group)
    width, height = float(root.get("width", "0")), float(root.get("height", "0"))
    etree.cleanup_namespaces(root)
    return Drawing(etree.tostring(root, encoding="unicode"), width, height)


def _two_decimals(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
