"""The style sheet and its fonts: whole, light, and with every letter that the report may print."""

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from baltic_calculus.report.style_sheet import compact, compact_script, join_styles

THEME = Path(__file__).parents[2] / "report" / "theme"
FACE = re.compile(r"@font-face\s*{[^}]*fonts/(?P<file>source-[^\"]*)[^}]*unicode-range:(?P<range>[^;}]*)")
LETTERS = "āčēģīķļņšūž ĀČĒĢĪĶĻŅŠŪŽ ąčęėįšųūž ĄČĘĖĮŠŲŪŽ äõöüšž ÄÕÖÜŠŽ ąćęłńóśźż åæø é ç ß – — − ’ “ ” … × ° % € § ·"


def faces() -> dict[str, set[int]]:
    """Letters by font file, as the style sheet states them."""
    found = {}
    for face in FACE.finditer(join_styles(THEME / "css")):
        letters: set[int] = set()
        for part in face["range"].split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            letters |= set(range(int(first, 16), int(last or first, 16) + 1))
        found[face["file"]] = letters
    return found


def test_style_sheets_lose_nothing_but_space() -> None:
    assert compact(
        '/* a\nb */ .x > .y,\n.z { content: "\\2195";\n  margin: calc(1px + 2px); }\n@media print { a { b: c } }'
    ) == ('.x>.y,.z{content:"\\2195";margin:calc(1px + 2px)}\n@media print{a{b:c}\n}\n')


def test_scripts_lose_nothing_but_comments_and_indentation() -> None:
    assert compact_script('// a\nif (x) {\n  y("// no comment");\n}\n') == 'if (x) {\ny("// no comment");\n}\n'


@pytest.mark.parametrize("script", sorted((THEME / "js").glob("*.js")), ids=lambda path: path.name)
def test_no_script_has_text_over_several_lines(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    assert "`" not in text
    assert "/*" not in text


def test_each_font_file_is_used_and_has_what_the_style_sheet_says() -> None:
    files = {path.name: set(TTFont(path).getBestCmap()) for path in (THEME / "fonts" / "woff2").glob("*.woff2")}
    assert files.keys() == faces().keys()
    for name, letters in files.items():
        assert letters <= faces()[name], name


CUTS = [
    f"{family}-{{}}-{style}"
    for family, styles in (
        ("sans-3", ["400-normal", "600-normal"]),
        ("serif-4", ["400-normal", "600-normal"]),
    )
    for style in styles
]


@pytest.mark.parametrize("cut", CUTS)
def test_every_cut_prints_the_letters_of_the_region(cut: str) -> None:
    parts = [f"source-{cut.format(part)}.woff2" for part in ("core", "accents", "extended")]
    letters = [set(TTFont(THEME / "fonts" / "woff2" / part).getBestCmap()) for part in parts]
    assert set(map(ord, LETTERS)) <= set.union(*letters)
    assert not letters[0] & letters[1] | letters[0] & letters[2] | letters[1] & letters[2]


def test_fonts_of_every_page_do_not_set_a_text_again() -> None:
    """What the script of every page fetches beforehand is used in the first view or not at all."""
    style = join_styles(THEME / "css")
    display = {face["file"]: re.search(r"font-display:\s*(\w+)", face[0])[1] for face in FACE.finditer(style)}
    fetched = re.search(r'data-fonts="([^"]+)"', (THEME / "html" / "base.html").read_text(encoding="utf-8"))[1]
    plain = {f"source-{face}-normal.woff2" for face in fetched.split()}
    assert plain == {name for name in display if "-core-" in name}
    assert {name for name, chosen in display.items() if chosen == "optional"} == plain
