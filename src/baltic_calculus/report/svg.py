"""Charts as SVG: drawn once, by a converter process that stays warm, and kept on disk by what they depend on."""

import json
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, Self

from baltic_calculus.report import converter, font_subset, svg_tidy
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.converter import ANY_LABEL, VEGA_LITE, Converter, shared_converter
from baltic_calculus.report.font_subset import Face, letters_by_face
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.svg_tidy import Drawing


@dataclass(frozen=True)
class ChartDrawer:
    """Draws Vega-Lite specifications; the converter starts with the first chart that is not on disk.

    Attributes
    ----------
    memo : Memo
        Where finished drawings are kept.
    converter : Converter
        Makes those that are missing.
    """

    memo: Memo
    converter: Converter

    @classmethod
    def of(cls, config: ReportConfig) -> Self:
        """The drawer of a report, with its fonts and its finished drawings."""
        return cls(Memo.of(config), shared_converter(config.theme / "fonts" / "ttf"))

    def draw(self, chart: dict[str, Any], label: str) -> Drawing:
        """Draw a chart; its identifiers begin with ``label``, so that many fit on one page.

        Raises
        ------
        RenderError
            When Vega-Lite refuses the specification.
        """
        specification = json.dumps(chart, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        parts = (*self.depends_on(), specification)
        kept = self.memo.recall("svg", parts, lambda: json.dumps(self.converter.draw(chart, label), ensure_ascii=False))
        text, width, height = json.loads(kept)
        return Drawing(text.replace(ANY_LABEL, label), width, height)

    def faces(self, *drawings: str) -> dict[Face, str]:
        """The letters that drawings print, as WOFF2 in base64, by cut of the family."""
        made = {}
        for face, letters in letters_by_face(*drawings).items():
            parts = (_font_code(), fonts_digest(self.converter.fonts), face.file, letters)
            made[face] = self.memo.recall("font", parts, partial(self.converter.font, face, letters))
        return made

    def png(self, drawing: Drawing, label: str) -> str:
        """A drawing as a PNG on white, in base64."""
        return self.memo.recall("png", (*self.depends_on(), drawing.text), lambda: self.converter.png(drawing, label))

    def depends_on(self) -> tuple[str, ...]:
        """What every drawing depends on: the code that draws, and the fonts."""
        return _drawing_code(), fonts_digest(self.converter.fonts)

    def vega_bundle(self) -> str:
        """The Vega libraries as one classic script, which defines ``vegaEmbed`` and needs no other file.

        It takes three seconds to make and is the same for all reports of an environment.
        """
        memo = Memo.of_environment() or self.memo
        return memo.recall("vega", (_drawing_code(), VEGA_LITE), self.converter.bundle)


@cache
def _drawing_code() -> str:
    """Version of all that draws: the converter, and our modules around it."""
    sources = (Path(str(module.__file__)).read_text(encoding="utf-8") for module in (converter, svg_tidy))
    return "\0".join((version("vl-convert-python"), *sources))


@cache
def _font_code() -> str:
    """Version of all that cuts fonts."""
    source = Path(str(font_subset.__file__)).read_text(encoding="utf-8")
    return "\0".join((version("fonttools"), version("brotli"), source))


@cache
def fonts_digest(folder: Path) -> str:
    """Hash of the fonts in a folder."""
    digest = sha256()
    for font in sorted(folder.glob("*.ttf")):
        digest.update(font.name.encode())
        digest.update(font.read_bytes())
    return digest.hexdigest()
