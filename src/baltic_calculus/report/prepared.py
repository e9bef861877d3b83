"""What of a chapter can be written before the other chapters are there: its text, its notebook, its charts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from baltic_calculus.exhibits.number import format_date
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.chart_files import chart_files
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.disclosure import disclosure_script
from baltic_calculus.report.document import Document
from baltic_calculus.report.evidence import published_notebook
from baltic_calculus.report.html_chapter import ChapterHtml, html_chapter
from baltic_calculus.report.html_evidence import EvidenceHtml, html_evidence
from baltic_calculus.report.html_exhibit import ExhibitWriter, chart_script
from baltic_calculus.report.revision import read_revision
from baltic_calculus.report.style_sheet import compact
from baltic_calculus.report.svg import ChartDrawer
from baltic_calculus.report.table_model import TableModel, read_table
from baltic_calculus.report.table_records import holds_records, record_styles
from baltic_calculus.report.table_reference import name_references


@dataclass(frozen=True)
class PreparedChapter:
    """The parts of a chapter that go into the site.

    Attributes
    ----------
    body : ChapterHtml
        Its text.
    evidence : EvidenceHtml
        Its data and its code.
    notebook : str
        Its executed notebook, as published.
    files : dict of str to bytes
        Files that its page uses, by path in the site.
    """

    body: ChapterHtml
    evidence: EvidenceHtml
    notebook: str
    files: Mapping[str, bytes]


def prepare_chapter(document: Document, chapter: Chapter) -> PreparedChapter:
    """Write the parts of a chapter.

    Parameters
    ----------
    document : Document
        The report, or the excerpt of it that holds this chapter alone.
    chapter : Chapter
        One of its chapters.

    Raises
    ------
    RenderError
        When an exhibit cannot be drawn or a text cannot be converted.
    """
    drawer, templates = ChartDrawer.of(document.config), _part_templates(document.config.theme)
    revision = read_revision(document.config.root)
    writer = ExhibitWriter(document, templates, drawer)

    def write_exhibit(label: str, caption: str, notes: list[str]) -> str:
        exhibit, target = chapter.exhibits[label], document.numbering.targets[label]
        write = writer.figure if exhibit.kind == "figure" else writer.table
        return write(target, exhibit, caption, notes)

    body = html_chapter(document, chapter, write_exhibit)
    files: dict[str, bytes] = {}
    if chapter.exhibits:
        files[f"assets/evidence/{chapter.page.slug}.js"] = disclosure_script(chapter, revision).encode()
    figures = [exhibit for exhibit in chapter.exhibits.values() if exhibit.kind == "figure"]
    for figure in figures:
        files |= chart_files(figure, drawer)
    if figures:
        files[f"assets/charts/{chapter.page.slug}.js"] = chart_script(figures).encode()
    records = _record_tables(document, chapter)
    if records:
        style = (document.config.theme / "records.css").read_text(encoding="utf-8")
        files[f"assets/records/{chapter.page.slug}.css"] = (compact(style) + record_styles(records)).encode()
    evidence = html_evidence(document, chapter, templates, revision)
    return PreparedChapter(body, evidence, published_notebook(chapter, drawer), files)


def _record_tables(document: Document, chapter: Chapter) -> dict[str, TableModel]:
    """The tables of a chapter that a phone shows record by record, as they are written, by label."""
    tables = {
        label: name_references(read_table(exhibit.table, label), document)
        for label, exhibit in chapter.exhibits.items()
        if exhibit.kind == "table"
    }
    return {label: table for label, table in tables.items() if holds_records(table)}


def site_templates(config: ReportConfig) -> jinja2.Environment:
    """The page templates of the theme; a name that a template misspells is an error."""
    return _read_templates(config.theme)


@cache
def _part_templates(theme: Path) -> jinja2.Environment:
    """The templates of exhibits and evidence, compiled once for all chapters: they share nothing else."""
    return _read_templates(theme)


def _read_templates(theme: Path) -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(theme / "html"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["date"] = format_date
    return templates
