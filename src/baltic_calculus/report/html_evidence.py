"""The evidence page of a chapter: the data behind each exhibit, where they come from, the code that computed them."""

from collections.abc import Sequence
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from baltic_calculus import catalog
from baltic_calculus.catalog import DatasetRecord
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.code_cell import CodeCell
from baltic_calculus.report.data_table import DataTable, data_table, rows_to_show
from baltic_calculus.report.document import Document, caption_texts
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.html_chapter import Contents
from baltic_calculus.report.html_code import highlight
from baltic_calculus.report.numbering import Numbering, Target
from baltic_calculus.report.page import Page
from baltic_calculus.report.pandoc import Pandoc
from baltic_calculus.report.revision import Revision

REGISTER = "tbl-datasets"
"""Label of the table in which the report lists all its datasets, when it has one."""


@dataclass(frozen=True)
class EvidenceCell:
    """A cell of the notebook with its code, highlighted."""

    cell: CodeCell
    code: Markup


@dataclass(frozen=True)
class EvidenceExhibit:
    """An exhibit and what it is made from."""

    target: Target
    exhibit: Exhibit
    caption: str
    datasets: tuple[DatasetRecord, ...]
    data: DataTable
    cell: EvidenceCell


@dataclass(frozen=True)
class EvidenceDataset:
    """A dataset of a chapter, and the exhibits made from it."""

    record: DatasetRecord
    exhibits: tuple[Target, ...]


@dataclass(frozen=True)
class EvidenceHtml:
    """An evidence page ready for the frame of the site.

    Attributes
    ----------
    body : str
        HTML of the page.
    contents : tuple of Contents
        Its sections.
    """

    body: str
    contents: tuple[Contents, ...]


def html_evidence(
    document: Document, chapter: Chapter, templates: jinja2.Environment, revision: Revision
) -> EvidenceHtml:
    """Write the evidence page of a chapter.

    Parameters
    ----------
    document : Document
        The report, or the excerpt of it that holds this chapter alone.
    chapter : Chapter
        One of its chapters.
    templates : jinja2.Environment
        Templates of the theme.
    revision : Revision
        State of the project that it was made from.
    """
    codes = highlight([cell.source for cell in chapter.code], Pandoc.of(document.config))
    cells = [EvidenceCell(cell, code) for cell, code in zip(chapter.code, codes, strict=True)]
    exhibits = _exhibits(document.numbering, chapter, cells)
    shown = {exhibit.cell.cell.number for exhibit in exhibits}
    page = templates.get_template("evidence-body.html")
    datasets = _datasets(exhibits)
    contents = [Contents("making", "", "How the page was made", 2)]
    contents += [Contents("datasets", "", "Datasets", 2)] * bool(datasets)
    contents += [Contents(each.target.label, "", each.target.name, 2) for each in exhibits]
    contents.append(Contents("code", "", "The other code", 2))
    body = page.render(
        page=chapter.page,
        up=chapter.page.up,
        exhibits=exhibits,
        datasets=datasets,
        parameters=[cell for cell in cells if cell.cell.role],
        others=[cell for cell in cells if not cell.cell.role and cell.cell.number not in shown],
        rows_shown=rows_to_show([exhibit.data for exhibit in exhibits]),
        revision=revision,
        register=_register(document, chapter.page),
    )
    return EvidenceHtml(body, tuple(contents))


def _exhibits(numbering: Numbering, chapter: Chapter, cells: Sequence[EvidenceCell]) -> list[EvidenceExhibit]:
    by_label = {cell.cell.label: cell for cell in cells}
    captions = caption_texts(chapter, numbering)
    return [
        EvidenceExhibit(
            target=numbering.targets[label],
            exhibit=exhibit,
            caption=captions[label],
            datasets=tuple(catalog.record(name) for name in exhibit.sources),
            data=data_table(exhibit),
            cell=by_label[label],
        )
        for label, exhibit in chapter.exhibits.items()
    ]


def _datasets(exhibits: Sequence[EvidenceExhibit]) -> list[EvidenceDataset]:
    """Datasets of all exhibits, each once, in the order in which they come up."""
    users: dict[str, list[Target]] = {}
    for exhibit in exhibits:
        for record in exhibit.datasets:
            users.setdefault(record.name, []).append(exhibit.target)
    return [EvidenceDataset(catalog.record(name), tuple(targets)) for name, targets in users.items()]


def _register(document: Document, page: Page) -> str:
    """Address of the table of all datasets; empty when the report has none, or its page is not built."""
    target = document.numbering.targets.get(REGISTER)
    if target is None or not document.has(target.page) or target.page == page:
        return ""
    return f"{target.page.href}#{target.label}"
