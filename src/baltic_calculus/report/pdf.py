"""The PDF: chapters and exhibits as Typst, compiled to a tagged file that carries the data of its exhibits."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from baltic_calculus.errors import RenderError
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.cover import draw_cover
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.svg import ChartDrawer, fonts_digest
from baltic_calculus.report.typst_chapter import Draft, Sheet, chapter_blocks, typst_sheets
from baltic_calculus.report.typst_compiler import MAIN, compile_pdf, font_folder, load_fonts, work_folder
from baltic_calculus.report.typst_exhibit import typst_exhibits
from baltic_calculus.report.typst_placement import place_exhibits
from baltic_calculus.report.typst_table import typst_string

COVER = "figures/cover.svg"
FOLDERS = ("chapters", "alone", "placements", "figures", "data")
CHAPTER = """\
#import "../report.typ": *
#import "../report.typ": exhibit as exhibit-at
#let placements = json("../placements/{name}.json")
#let exhibit(name, ..parts) = exhibit-at(placements.at(name, default: none), name, ..parts)

"""
ALONE = """\
#import "../report.typ": *
#show: chapter-alone.with("{lang}", {region}, {notes})
#include "../chapters/{name}.typ"
"""


def draft_chapter(document: Document, chapter: Chapter) -> Draft:
    """Write of a chapter what does not need the other chapters; see `Draft`."""
    config = document.config
    files: dict[str, str] = {}
    write = typst_exhibits(chapter.exhibits, document.numbering, ChartDrawer.of(config), files)
    return Draft.of(chapter_blocks(document, chapter, write), files, Pandoc.of(config))


def render_pdf(document: Document, path: Path, drafts: Mapping[str, Draft] | None = None) -> None:
    """Write the PDF of a document.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    path : Path
        File to write.
    drafts : mapping of str to Draft, optional
        What was written of chapters while others were being executed, by slug.

    Raises
    ------
    RenderError
        When Typst refuses the document, or warns about it: a warning means a missing letter or link.
    """
    config, ready = document.config, drafts or {}
    work = work_folder(config)
    shutil.rmtree(work, ignore_errors=True)
    for folder in FOLDERS:
        (work / folder).mkdir(parents=True)
    for template in sorted((config.theme / "typst").glob("*.typ")):
        shutil.copyfile(template, work / template.name)
    _write(work / COVER, draw_cover(ChartDrawer.of(config)))
    chosen = [ready.get(chapter.page.slug) or draft_chapter(document, chapter) for chapter in document.chapters]
    sheets, references = typst_sheets(document, chosen)
    for draft, sheet in zip(chosen, sheets, strict=True):
        _write(work / "chapters" / f"{sheet.name}.typ", CHAPTER.replace("{name}", sheet.name) + sheet.markup)
        for name, text in draft.files.items():
            _write(work / name, text)
    _write(work / "references.typ", f'#import "report.typ": *\n\n{references}')
    _write(work / "edition.json", json.dumps(_meta(document), ensure_ascii=False))
    includes = "".join(f'#include "chapters/{sheet.name}.typ"\n' for sheet in sheets)
    main = '#import "report.typ": *\n#show: report.with(json("edition.json"))\n'
    _write(work / MAIN, f'{main}{includes}#include "references.typ"\n')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_set(document, chosen, sheets, work))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _set(document: Document, drafts: Sequence[Draft], sheets: Sequence[Sheet], work: Path) -> bytes:
    """Place the exhibits, the chapters side by side, and set the whole report."""
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(partial(_place, document.config, work), drafts, sheets))
        content, warnings = compile_pdf(work / MAIN, document.config)
    except RuntimeError as error:  # what typst raises, as TypstError or bare
        raise RenderError(
            f"Typst cannot set the report: {error}",
            where=str(work / MAIN),
            remedy="correct the exhibit or text that it names",
        ) from None
    if warnings:
        raise RenderError(
            "; ".join(str(warning) for warning in warnings),
            where=str(work / MAIN),
            remedy="correct the text that it names",
        )
    return content


def _place(config: ReportConfig, work: Path, draft: Draft, sheet: Sheet) -> None:
    alone = work / "alone" / f"{sheet.name}.typ"
    language, region = _language(config)
    _write(
        alone,
        ALONE.format(
            name=sheet.name,
            notes=sheet.notes_before,
            lang=language,
            region=typst_string(region) if region else "none",
        ),
    )
    files = [alone, work / "chapters" / alone.name, *sorted(work.glob("report*.typ"))]
    drawings = [text for name, text in draft.files.items() if name.endswith(".svg")]
    place_exhibits(
        alone,
        work / "placements" / f"{sheet.name}.json",
        load_fonts(config),
        (fonts_digest(font_folder(config)), *(file.read_text(encoding="utf-8") for file in files), *drawings),
        Memo.of(config),
    )


def _language(config: ReportConfig) -> tuple[str, str | None]:
    language, _, region = config.language.partition("-")
    return language, region or None


def _meta(document: Document) -> dict[str, Any]:
    """What the theme prints on cover, imprint and colophon."""
    config, edition = document.config, describe_edition(document)
    language, region = _language(config)
    kinds = Counter(exhibit.kind for chapter in document.chapters for exhibit in chapter.exhibits.values())
    return {
        "title": config.title,
        "subtitle": config.subtitle,
        "abstract": config.abstract,
        "authors": list(config.authors),
        "keywords": list(config.keywords),
        "edition": config.edition,
        "licence": config.licence,
        "lang": language,
        "region": region,
        "year": config.date.year,
        "month": config.date.month,
        "day": config.date.day,
        "date": edition.date,
        "read": edition.read,
        "citation": edition.citation,
        "vintages": [asdict(vintage) for vintage in edition.vintages],
        "figures": kinds["figure"],
        "tables": kinds["table"],
        "cover": COVER,
    }
