"""The site's style sheet and scripts, without what only those who edit them need."""

import re
from pathlib import Path

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
AROUND = re.compile(r" ?([{};,>]) ?")


def join_styles(folder: Path) -> str:
    """Join the style sheets of a folder in the order of their names, without comments and indentation."""
    return "".join(compact(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.css")))


def compact(style: str) -> str:
    r"""Leave comments and needless white space out of a style sheet; one rule stays on one line.

    Examples
    --------
    >>> compact("/* Ink */ a,\n  b { color: #000;\n  top: calc(1em + 2px); }")
    'a,b{color:#000;top:calc(1em + 2px)}\n'
    """
    text = AROUND.sub(r"\1", SPACE.sub(" ", COMMENT.sub("", style))).strip()
    # a colon with a space behind it stands in no selector
    return text.replace(": ", ":").replace(";}", "}").replace("}", "}\n")


def compact_script(script: str) -> str:
    r"""Leave indentation and lines of comment out of a script.

    The scripts of the theme have no text over several lines, in which either could mean something.

    Examples
    --------
    >>> compact_script("// Opens.\n(function () {\n  open();\n})();\n")
    '(function () {\nopen();\n})();\n'
    """
    lines = (line.strip() for line in script.splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))
