"""Cut the site's fonts from the files of the packages: ``python tools/cut_web_fonts.py FOLDER``.

FOLDER holds ``source-{sans-3,serif-4}-{latin,latin-ext}-{400,600}-normal.woff2`` of the packages
``@fontsource/source-sans-3`` and ``@fontsource/source-serif-4``. Each cut of a family becomes three files, of which a
browser loads those whose letters a page prints: every page the first, few the others. Together they hold what the
report may print in its languages; ``report/theme/css/1-tokens.css`` names the same letters.
"""

import io
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[1] / "report" / "theme" / "fonts" / "woff2"
CUTS = ("sans-3:400-normal", "sans-3:600-normal", "serif-4:400-normal", "serif-4:600-normal")
FEATURES = ["kern", "ccmp", "locl", "lnum", "pnum", "tnum"]

PARTS = {
    # plain letters, figures, punctuation and signs
    "core": ("latin", [*range(0x20, 0x7F), *range(0xA0, 0xC0), 0xD7, 0xF7, *range(0x2000, 0x2070), 0x20AC, 0x2122]),
    # letters of Western and Northern Europe
    "accents": ("latin", [*range(0xC0, 0xD7), *range(0xD8, 0xF7), *range(0xF8, 0x100), 0x131, 0x152, 0x153]),
    # Latin Extended-A: the other Baltic letters, and those of Central Europe; and the Romanian letters with a comma
    "extended": ("latin-ext", [*range(0x100, 0x131), *range(0x132, 0x152), *range(0x154, 0x180), *range(0x218, 0x21C)]),
}
ARROWS = [0x2191, 0x2193, 0x2212, 0x2215]


def cut(source: Path, letters: Iterable[int]) -> bytes:
    """Keep the letters of a font that are in ``letters``, with their kerning and kinds of figures."""
    options = Options(hinting=False, layout_features=FEATURES)
    font = TTFont(source, recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.flavor = "woff2"
    content = io.BytesIO()
    font.save(content, reorderTables=False)
    return content.getvalue()


def main(folder: Path) -> None:
    """Write all files."""
    for name in CUTS:
        family, style = name.split(":")
        for part, (script, letters) in PARTS.items():
            source = folder / f"source-{family}-{script}-{style}.woff2"
            wanted = [*letters, *ARROWS] if part == "core" else letters
            (FONTS / f"source-{family}-{part}-{style}.woff2").write_bytes(cut(source, wanted))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
