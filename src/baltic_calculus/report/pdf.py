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
from baltic_calculus.report.cover import cover_lines, draw_cover
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_chapter import REFERENCES_TITLE
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.paper import PAPERS, Paper
from baltic_calculus.report.small_chart import draw_small
from baltic_calculus.report.svg import ChartDrawer, fonts_digest
from baltic_calculus.report.text_width import TextWidth
from baltic_calculus.report.typst_chapter import Draft, Sheet, chapter_blocks, typst_sheets
from baltic_calculus.report.typst_compiler import MAIN, compile_pdf, font_folder, load_fonts, work_folder
from baltic_calculus.report.typst_exhibit import typst_exhibits
from baltic_calculus.report.typst_placement import LoneChapter, place_exhibits
from baltic_calculus.report.typst_table import typst_string

COVER = "figures/cover.svg"
SMALL_CHARTS = "small-charts.json"
FOLDERS = ("chapters", "alone", "figures", "data", *(f"placements/{paper}" for paper in PAPERS))
FONTS = ("Source Serif", "Source Sans")
LONG_TABLE_ROWS = 12
"""In a chapter of nothing but tables longer than this, all of them may break across pages."""

COLOPHON_TITLE = "Data and edition"
CHAPTER = """\
#import "../report.typ": *
#import "../report.typ": exhibit as exhibit-at, chart as chart-at, data-table as table-at, finding as finding-at
#let placements = if paper == "measure" { (:) } else { json("../placements/" + paper + "/{name}.json") }
#let placed(name) = placements.at(name, default: (place: "here", scale: 1.0))
#let exhibit(name, ..parts) = exhibit-at(placed(name), name, ..parts)
#let chart(name, ..parts) = chart-at(placed(name), name, ..parts)
#let data-table(name, ..parts) = table-at(placed(name), name, ..parts)
#let small-charts = json("../small-charts.json")
#let finding(name, body) = finding-at(small-charts.at(name, default: none), body)

"""
ALONE = """\
#import "../report.typ": *
#show: chapter-alone.with({notes})
#include "../chapters/{name}.typ"
#metadata(none)<chapter-end>
"""


def draft_chapter(document: Document, chapter: Chapter) -> Draft:
    """Write of a chapter what does not need the other chapters; see `Draft`."""
    config = document.config
    files: dict[str, str] = {}
    write = typst_exhibits(chapter.exhibits, document, ChartDrawer.of(config), TextWidth.of(config), files)
    return Draft.of(chapter_blocks(document, chapter, write), files, Pandoc.of(config))


def render_pdf(document: Document, folder: Path, drafts: Mapping[str, Draft] | None = None) -> list[str]:
    """Write the PDF of a document, one file for each paper.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    folder : Path
        Folder to write to.
    drafts : mapping of str to Draft, optional
        What was written of chapters while others were being executed, by slug.

    Returns
    -------
    list of str
        Names of the files.

    Raises
    ------
    RenderError
        When Typst refuses the document, or warns about it: a warning means a missing letter or link.
    """
    config, ready = document.config, drafts or {}
    chosen = [ready.get(chapter.page.slug) or draft_chapter(document, chapter) for chapter in document.chapters]
    work = work_folder(config)
    sheets = _lay_out_files(document, chosen, work)
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name in config.papers:
        paper = PAPERS[name]
        (folder / paper.file).write_bytes(_set(document, chosen, sheets, work, paper))
        files.append(paper.file)
    return files


def _lay_out_files(document: Document, drafts: Sequence[Draft], work: Path) -> list[Sheet]:
    """Write all parts of the report into an empty folder."""
    config = document.config
    shutil.rmtree(work, ignore_errors=True)
    for folder in FOLDERS:
        (work / folder).mkdir(parents=True)
    for template in _templates(config):
        shutil.copyfile(template, work / template.name)
    drawer = ChartDrawer.of(config)
    _write(work / COVER, draw_cover(drawer))
    sheets, references = typst_sheets(document, drafts)
    for draft, sheet in zip(drafts, sheets, strict=True):
        _write(work / "chapters" / f"{sheet.name}.typ", CHAPTER.replace("{name}", sheet.name) + sheet.markup)
        for name, text in draft.files.items():
            _write(work / name, text)
    _write(work / "references.typ", f'#import "report.typ": *\n\n{references}')
    _write(work / SMALL_CHARTS, json.dumps(draw_small_charts(document, drawer, work)))
    meta = _meta(document) | {"cover_chart": cover_lines(drawer.memo)}
    _write(work / "edition.json", json.dumps(meta, ensure_ascii=False))
    _write(work / MAIN, _main(document, sheets, has_references=bool(references)))
    return sheets


def draw_small_charts(document: Document, drawer: ChartDrawer, work: Path) -> dict[str, str]:
    """Draw the small charts beside findings into the folder ``work``; gives the file of each by the finding's label."""
    figures = {target.label: exhibit for target, exhibit, _ in document.exhibits("figure")}
    files = {}
    for finding in (finding for chapter in document.chapters for finding in chapter.findings):
        named = (figures[label] for label in finding.labels if label in figures)
        drawn = ((exhibit.label, draw_small(exhibit, drawer)) for exhibit in named)
        first = next(((label, drawing) for label, drawing in drawn if drawing is not None), None)
        if first is not None:
            label, drawing = first
            files[finding.label] = f"figures/small-{label}.svg"
            (work / files[finding.label]).parent.mkdir(parents=True, exist_ok=True)
            _write(work / files[finding.label], drawing.text)
    return files


def _main(document: Document, sheets: Sequence[Sheet], *, has_references: bool) -> str:
    """The document that includes all others, each under its running head."""
    targets = [document.numbering.targets[chapter.page.label] for chapter in document.chapters]
    parts = [(target.number, target.title, target.label) for target in targets]
    bodies = [f'include "chapters/{sheet.name}.typ"' for sheet in sheets]
    if has_references:
        parts.append(("", REFERENCES_TITLE, "references"))
        bodies.append('include "references.typ"')
    parts.append(("", COLOPHON_TITLE, "data-and-edition"))
    bodies.append("colophon(meta)")
    lines = ['#import "report.typ": *', "#show: report"]
    for number, (part, body) in enumerate(zip(parts, bodies, strict=True)):
        first = ", first: true" if number == 0 else ""
        lines.append(f"#part({', '.join(map(typst_string, part))}{first}, {body})")
    return "\n".join(lines) + "\n"


def _templates(config: ReportConfig) -> list[Path]:
    return sorted((config.theme / "typst").glob("*.typ"))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _set(document: Document, drafts: Sequence[Draft], sheets: Sequence[Sheet], work: Path, paper: Paper) -> bytes:
    """Place the exhibits, the chapters side by side, and set the whole report."""
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(partial(_place, document.config, work, paper), document.chapters, drafts, sheets))
        content, warnings = compile_pdf(work / MAIN, document.config, paper)
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


def _place(config: ReportConfig, work: Path, paper: Paper, chapter: Chapter, draft: Draft, sheet: Sheet) -> None:
    placements = work / "placements" / paper.name / f"{sheet.name}.json"
    if all(_is_long_table(exhibit) for exhibit in chapter.exhibits.values()):
        # nothing floats, and what breaks across pages stands where the text reaches it
        split = {label: {"place": "split", "scale": 1.0} for label in chapter.exhibits}
        _write(placements, json.dumps(split))
        return
    alone = work / "alone" / f"{sheet.name}.typ"
    _write(alone, ALONE.format(name=sheet.name, notes=sheet.notes_before))
    files = [alone, work / "chapters" / alone.name, *_templates(config)]
    parts = [config.language, fonts_digest(font_folder(config)), *(file.read_text(encoding="utf-8") for file in files)]
    parts += [text for name, text in draft.files.items() if name.endswith(".svg")]
    if chapter.findings:
        parts.append((work / SMALL_CHARTS).read_text(encoding="utf-8"))
    place_exhibits(
        LoneChapter(alone, load_fonts(config)),
        placements,
        paper,
        parts,
        Memo.of(config),
    )


def _is_long_table(exhibit: Exhibit) -> bool:
    return exhibit.kind == "table" and len(exhibit.rows) > LONG_TABLE_ROWS


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
        "institute": "" if config.institute == config.title else config.institute,
        "repository": config.repository,
        "revision": str(edition.revision),
        "fonts": FONTS,
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
