"""The PDF: chapters and exhibits as Typst, compiled to a tagged file that carries the data of its exhibits."""

import json
import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal, cast

import typst

from baltic_calculus.errors import RenderError
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.cover import draw_cover
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.memo import Memo
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.pandoc import Node, raw_inline
from baltic_calculus.report.svg import ChartDrawer, fonts_digest
from baltic_calculus.report.table_model import Run, read_table
from baltic_calculus.report.typst_chapter import ExhibitWriter, Sheet, typst_sheets
from baltic_calculus.report.typst_placement import place_exhibits
from baltic_calculus.report.typst_table import typst_runs, typst_string, typst_table

STANDARDS: list[Literal["ua-1", "a-3a"]] = ["ua-1", "a-3a"]
"""PDF/UA-1 (accessible) and PDF/A-3a (lasting, with attachments); the compiler refuses a file that breaks them."""

TEXT_WIDTH_MM = 156
USUAL_HEIGHT_MM = 80
"""Two charts of this height fit on a page with their captions and notes, which leaves no holes."""

TALLEST_MM = 178
MM_PER_PX = 0.24
"""Scale at which the smallest text of a chart still prints at seven points and a half."""

LEAST_SCALE = 0.85
"""How far a landscape chart may shrink so that two fit on a page: its smallest text still prints at six points."""

COVER = "figures/cover.svg"
MAIN = "main.typ"
FOLDERS = ("chapters", "alone", "placements", "figures", "data")
CHAPTER = """\
#import "../report.typ": *
#let exhibit = exhibit.with(json("../placements/{name}.json"))

"""
ALONE = """\
#import "../report.typ": *
#show: chapter-alone.with("{lang}", {region}, {notes})
#include "../chapters/{name}.typ"
"""
LONG_TABLE_ROWS = 20
"""Tables from this length on break across pages; shorter ones stay whole."""


def render_pdf(document: Document, path: Path) -> None:
    """Write the PDF of a document.

    Parameters
    ----------
    document : Document
        The chapters that were built.
    path : Path
        File to write.

    Raises
    ------
    RenderError
        When Typst refuses the document, or warns about it: a warning means a missing letter or link.
    """
    config = document.config
    work = work_folder(config)
    shutil.rmtree(work, ignore_errors=True)
    for folder in FOLDERS:
        (work / folder).mkdir(parents=True)
    for template in sorted((config.theme / "typst").glob("*.typ")):
        shutil.copyfile(template, work / template.name)
    drawer = ChartDrawer.of(config)
    _write(work / COVER, draw_cover(drawer))
    sheets, references = typst_sheets(document, _exhibit_writer(document, drawer, work))
    for sheet in sheets:
        _write(work / "chapters" / f"{sheet.name}.typ", CHAPTER.format(name=sheet.name) + sheet.markup)
    _write(work / "references.typ", f'#import "report.typ": *\n\n{references}')
    _write(work / "edition.json", json.dumps(_meta(document), ensure_ascii=False))
    includes = "".join(f'#include "chapters/{sheet.name}.typ"\n' for sheet in sheets)
    main = '#import "report.typ": *\n#show: report.with(json("edition.json"))\n'
    _write(work / MAIN, f'{main}{includes}#include "references.typ"\n')
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_set(document, sheets, work))


def work_folder(config: ReportConfig) -> Path:
    """Where the parts of the PDF are put together; they stay there, to be looked at and for `warm_up`."""
    return config.build / "typst"


def warm_up(config: ReportConfig) -> None:
    """Set the PDF of the last build, if there is one: Typst remembers for as long as the process lives.

    What it remembers has no say in the result; a chapter that did not change is only set much faster.
    """
    main = work_folder(config) / MAIN
    if main.exists():
        # a document that is broken, or half written, says so when it is set for this build
        with suppress(RuntimeError):
            _compile(main, config)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _set(document: Document, sheets: Sequence[Sheet], work: Path) -> bytes:
    """Place the exhibits, the chapters side by side, and set the whole report."""
    try:
        with ThreadPoolExecutor() as pool:
            list(pool.map(partial(_place, document, work), sheets, document.chapters))
        content, warnings = _compile(work / MAIN, document.config)
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


def _place(document: Document, work: Path, sheet: Sheet, chapter: Chapter) -> None:
    config = document.config
    alone = work / "alone" / f"{sheet.name}.typ"
    language, region = _language(config)
    _write(
        alone,
        ALONE.format(
            name=sheet.name, notes=sheet.notes_before, lang=language, region=typst_string(region) if region else "none"
        ),
    )
    charts = [work / "figures" / f"{label}.svg" for label, one in chapter.exhibits.items() if one.kind == "figure"]
    files = [alone, work / "chapters" / alone.name, *sorted(work.glob("report*.typ")), *charts]
    place_exhibits(
        alone,
        work / "placements" / f"{sheet.name}.json",
        _fonts(config),
        (fonts_digest(_font_folder(config)), *(file.read_text(encoding="utf-8") for file in files)),
        Memo.of(config),
    )


def _compile(main: Path, config: ReportConfig) -> tuple[bytes, list[typst.TypstWarning]]:
    compiler = typst.Compiler(str(main), root=str(main.parent), font_paths=_fonts(config), ignore_system_fonts=True)
    day = config.date
    content, warnings = compiler.compile_with_warnings(
        pdf_standards=list[Any](STANDARDS),
        timestamp=int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()),
    )
    return cast("bytes", content), list(warnings)


def _font_folder(config: ReportConfig) -> Path:
    return config.theme / "fonts" / "ttf"


def _fonts(config: ReportConfig) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_font_folder(config))])


def _language(config: ReportConfig) -> tuple[str, str | None]:
    language, _, region = config.language.partition("-")
    return language, region or None


def _meta(document: Document) -> dict[str, Any]:
    """What the theme prints on cover, imprint and colophon."""
    config, edition = document.config, describe_edition(document)
    language, region = _language(config)
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
        "cut_off": edition.cut_off,
        "citation": edition.citation,
        "vintages": [asdict(vintage) for vintage in edition.vintages],
        "figures": sum(1 for _ in document.exhibits("figure")),
        "tables": sum(1 for _ in document.exhibits("table")),
        "cover": COVER,
    }


def _exhibit_writer(document: Document, drawer: ChartDrawer, work: Path) -> ExhibitWriter:
    exhibits = {label: exhibit for chapter in document.chapters for label, exhibit in chapter.exhibits.items()}

    def write(label: str, caption: list[Node], notes: list[list[Node]]) -> Node:
        exhibit, target = exhibits[label], document.numbering.targets[label]
        (work / "data" / f"{label}.csv").write_text(exhibit.data, encoding="utf-8")
        if exhibit.kind == "figure":
            body, is_long = _chart(exhibit, drawer, work), False
            footnotes: tuple[tuple[Run, ...], ...] = ()
        else:
            table = read_table(exhibit.table, label)
            body, is_long = f"#{typst_table(table)}", len(table.body) >= LONG_TABLE_ROWS
            footnotes = table.footnotes
        return _exhibit(exhibit, target, caption, notes, footnotes, body, is_long)

    return write


def _chart(exhibit: Exhibit, drawer: ChartDrawer, work: Path) -> str:
    drawing = drawer.draw(exhibit.chart, exhibit.label)
    (work / "figures" / f"{exhibit.label}.svg").write_text(drawing.text, encoding="utf-8")
    width = f"{chart_width(drawing.width, drawing.height):.1f}mm"
    return f"#chart({typst_string(f'figures/{exhibit.label}.svg')}, {width}, {typst_string(exhibit.alt)})"


def chart_width(width: float, height: float) -> float:
    """Printed width, in mm, of a chart of ``width`` by ``height`` pixels.

    A chart prints at one scale with all others, unless it is too wide for the text or too tall: landscape charts are
    kept to a height of which two fit on a page as long as their text stays legible, portrait ones to a page.
    """
    if height > width:
        return min(width * MM_PER_PX, TEXT_WIDTH_MM, TALLEST_MM * width / height)
    usual = max(USUAL_HEIGHT_MM * width / height, width * MM_PER_PX * LEAST_SCALE)
    return min(width * MM_PER_PX, TEXT_WIDTH_MM, usual)


def _exhibit(
    exhibit: Exhibit,
    target: Target,
    caption: Sequence[Node],
    notes: Sequence[Sequence[Node]],
    footnotes: Sequence[tuple[Run, ...]],
    body: str,
    is_long: bool,
) -> Node:
    """One call of the theme's ``exhibit``, with the file of its data attached."""
    kind = typst_string(exhibit.kind)
    unit = "" if exhibit.shows_unit else exhibit.unit
    opening = f"#exhibit({typst_string(exhibit.label)}, {kind}, {typst_string(target.number)}, {typst_string(unit)}, ("
    inlines: list[Node] = [raw_inline("typst", opening)]
    inlines += [raw_inline("typst", f"[{typst_runs(footnote)}], ") for footnote in footnotes]
    for note in notes:
        inlines += [raw_inline("typst", "["), *note, raw_inline("typst", "], ")]
    inlines += [raw_inline("typst", f"), {typst_string(exhibit.source_line)}, ["), *caption]
    attached = f"#data-file({typst_string(f'data/{exhibit.label}.csv')}, {typst_string(f'Data of {target.name}')})"
    long = ", long: true" if is_long else ""
    inlines.append(raw_inline("typst", f"]{long})[{body}]\n{attached}"))
    return {"t": "Para", "c": inlines}
