"""The staged Quarto project: configuration, chapters, theme, fonts, bibliography and data in one folder."""

import re
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import yaml

from baltic_calculus.catalog.bounded_yaml import parse_yaml
from baltic_calculus.errors import ConfigurationError
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.cover import draw_cover
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.exporter import escape_currency
from baltic_calculus.report.quarto.markdown import staged_name
from baltic_calculus.report.quarto.notebook import DATA, NotebookStager
from baltic_calculus.report.svg import ChartDrawer

CONFIGURATION = "_quarto.yml"
SITE_PROFILE = "_quarto-site.yml"
HOME, REFERENCES = "index.qmd", "references.qmd"
BIBLIOGRAPHY = "references.bib"
FONT_FACES = "fonts.css"
COVER = "cover.svg"
FONT_FACE = re.compile(r"^@font-face \{.*url\(.*\}$", re.MULTILINE)

HOME_TEXT = """\
# About this report {{.unnumbered}}

{abstract}

**Edition.** {edition}, published {date}.

**How to cite.** {citation}

**Licence.** {licence}.
"""
REFERENCES_TEXT = "# References {.unnumbered}\n\n::: {#refs}\n:::\n"


def theme_folder(config: ReportConfig) -> Path:
    """Folder of everything in the project that does not depend on what the report says."""
    return config.theme / "quarto"


def stage_project(document: Document, folder: Path) -> None:
    """Write the Quarto project of a document.

    Parameters
    ----------
    document : Document
        The chapters that were executed; its references and citations have been checked.
    folder : Path
        Where to write; what was there is replaced.

    Raises
    ------
    ConfigurationError
        When Quarto, which counts chapters, would give one another number than the report does.
    RenderError
        When a chart cannot be drawn or a table cannot be read.
    """
    config = document.config
    _check_numbers(document)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(theme_folder(config), folder)
    for kind in ("woff2", "ttf"):
        shutil.copytree(config.theme / "fonts" / kind, folder / "fonts" / kind)
    shutil.copyfile(config.bibliography, folder / BIBLIOGRAPHY)
    _write(folder / FONT_FACES, _font_faces(config))
    _write(folder / COVER, draw_cover(ChartDrawer.of(config)))
    _write(folder / HOME, _home(document))
    if any(document.cited.values()):
        _write(folder / REFERENCES, REFERENCES_TEXT)
    stager = NotebookStager(document)
    for chapter in document.chapters:
        _write(folder / staged_name(chapter.page), stager.stage(chapter))
        for label, exhibit in chapter.exhibits.items():
            _write(folder / DATA / f"{label}.csv", exhibit.data)
    _write(folder / CONFIGURATION, _configuration(document, folder / CONFIGURATION))
    _add_site_chapters(document, folder / SITE_PROFILE)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _font_faces(config: ReportConfig) -> str:
    """The fonts of the site, from where this project keeps them."""
    faces = [
        face
        for path in sorted((config.theme / "css").glob("*.css"))
        for face in FONT_FACE.findall(path.read_text(encoding="utf-8"))
    ]
    return "\n".join(faces).replace('url("fonts/', 'url("fonts/woff2/') + "\n"


def _is_appendix(chapter: Chapter) -> bool:
    number = chapter.page.chapter_number
    return bool(number) and not number.isdigit()


def _check_numbers(document: Document) -> None:
    """Refuse a report whose numbers Quarto would not arrive at by counting."""
    chapters, appendices = count(1), (chr(letter) for letter in count(ord("A")))
    for chapter in document.chapters:
        number = chapter.page.chapter_number
        if number:
            counted = next(appendices) if _is_appendix(chapter) else str(next(chapters))
            if number != counted:
                raise ConfigurationError(
                    f"{chapter.page.slug} has the number {number}, and Quarto, which counts, would call it {counted}",
                    where="report/report.yaml",
                    remedy="build all chapters before it, or number pages 1, 2, 3 and A, B, C in their order",
                )


def read_theme(file: Path) -> dict[str, Any]:
    """A configuration that the theme brings."""
    try:
        content = parse_yaml(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            f"cannot read it: {error}", where=f"report/theme/quarto/{file.name}", remedy="mend the line named above"
        ) from None
    if not isinstance(content, dict):
        raise ConfigurationError(
            "it is no mapping of keys to values", where=f"report/theme/quarto/{file.name}", remedy="restore it from git"
        )
    return content


def _add_site_chapters(document: Document, profile: Path) -> None:
    """Add the pages that only the site has to its profile: Quarto appends the chapters of a profile to the others."""
    content: dict[str, Any] = read_theme(profile)
    parts: dict[str, list[str]] = {}
    for chapter in document.chapters:
        if "pdf" not in chapter.page.formats:
            parent = document.config.parent(chapter.page)
            title = document.numbering.outline(parent).title if parent else ""
            parts.setdefault(title, []).append(staged_name(chapter.page))
    if not parts:
        return
    chapters: list[Any] = parts.pop("", [])
    chapters += [{"part": title, "chapters": names} for title, names in parts.items()]
    content["book"] = {**content.get("book", {}), "chapters": chapters}
    _write(profile, yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120))


def _home(document: Document) -> str:
    config, edition = document.config, describe_edition(document)
    text = HOME_TEXT.format(
        abstract=config.abstract,
        edition=config.edition,
        date=edition.date,
        citation=edition.citation,
        licence=config.licence.rstrip("."),
    )
    return escape_currency(text)


def _configuration(document: Document, fixed: Path) -> str:
    """The project's configuration: what the theme fixes, and what the report says."""
    config = document.config
    content: dict[str, Any] = read_theme(fixed)
    content["book"] = {**_book(document), **content.get("book", {})}
    content |= {"lang": config.language, "bibliography": BIBLIOGRAPHY, "keywords": list(config.keywords)}
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=120)


def _book(document: Document) -> dict[str, Any]:
    config = document.config
    book: dict[str, Any] = {
        "title": config.title,
        "subtitle": config.subtitle,
        "description": config.abstract,
        "author": list(config.authors),
        "date": config.date.isoformat(),
        "chapters": list(_chapters(document)),
    }
    printed = document.in_format("pdf").chapters
    appendices = [staged_name(chapter.page) for chapter in printed if _is_appendix(chapter)]
    if appendices:
        book["appendices"] = appendices
    if config.address:
        book["site-url"] = config.address
    if config.repository:
        book["repo-url"] = config.repository
    return book


def _chapters(document: Document) -> Iterator[str]:
    yield HOME
    for chapter in document.chapters:
        if not _is_appendix(chapter) and "pdf" in chapter.page.formats:
            yield staged_name(chapter.page)
    if any(document.cited.values()):
        yield REFERENCES
