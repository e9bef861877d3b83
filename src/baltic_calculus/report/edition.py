"""The edition of the report: its date, the vintages of its data, and how to cite it."""

import re
from dataclasses import dataclass

from baltic_calculus import catalog
from baltic_calculus.catalog import DatasetRecord
from baltic_calculus.exhibits.number import format_date
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.document import Document
from baltic_calculus.report.revision import Revision, read_revision


@dataclass(frozen=True)
class Vintage:
    """One dataset as it was when the report was made; dates are printed forms, empty when unknown."""

    name: str
    publisher: str
    title: str
    edition: str
    cut_off: str
    published: str
    read: str
    licence: str
    landing_page: str
    sha256: str

    @property
    def state(self) -> str:
        """How recent it is, as exactly as its publisher says: "data to 3 July 2026", "published April 2026"."""
        if self.cut_off:
            return f"data to {self.cut_off}"
        return f"published {self.published}" if self.published else f"read {self.read}"


@dataclass(frozen=True)
class Edition:
    """What identifies an edition.

    Attributes
    ----------
    date : str
        Date of publication as printed.
    read : str
        Latest day on which one of its datasets was read: nothing that became known later is in it.
    main : tuple of Vintage
        The datasets that its chapters rest on, in their order; each says how far it reaches (`Vintage.state`). One
        cut-off for all would promise too much of the tables of statistical offices, or too little of the registers.
    vintages : tuple of Vintage
        Every dataset behind an exhibit or a chapter, by publisher and title.
    citation, bibtex : str
        How to cite the report.
    revision : Revision
        State of the project it was made from.
    """

    date: str
    read: str
    main: tuple[Vintage, ...]
    vintages: tuple[Vintage, ...]
    citation: str
    bibtex: str
    revision: Revision


def describe_edition(document: Document) -> Edition:
    """Describe the edition of a document from its configuration and the records of the datasets it shows.

    Raises
    ------
    DataError
        When an exhibit names a dataset that the catalogue does not have.
    """
    # a dictionary keeps the order of the chapters; a notebook of its own names no main source
    main = list(dict.fromkeys(chapter.page.coverage for chapter in document.chapters if chapter.page.coverage))
    shown = {name for chapter in document.chapters for exhibit in chapter.exhibits.values() for name in exhibit.sources}
    records = [catalog.record(name) for name in {*main, *shown}]
    records.sort(key=lambda record: (record.publisher, record.title, record.name))
    vintages = {record.name: _vintage(record) for record in records}
    config = document.config
    # partial dates are year, year-month or year-month-day, so the latest is the last in the order of text
    latest = max((record.read for record in records), default="")
    return Edition(
        date=format_date(config.date),
        read=format_date(latest) if latest else "",
        main=tuple(vintages[name] for name in main),
        vintages=tuple(vintages.values()),
        citation=citation_of(config),
        bibtex=bibtex_of(config),
        revision=read_revision(config.root),
    )


def _vintage(record: DatasetRecord) -> Vintage:
    return Vintage(
        name=record.name,
        publisher=record.publisher,
        title=record.title,
        edition=record.edition,
        cut_off=format_date(record.cut_off) if record.cut_off else "",
        published=format_date(record.published) if record.published else "",
        read=format_date(record.read) if record.read else "",
        licence=record.licence,
        landing_page=record.landing_page,
        sha256=record.sha256,
    )


def citation_of(config: ReportConfig) -> str:
    """How to cite the report, in a sentence."""
    authors = " and ".join(filter(None, [", ".join(config.authors[:-1]), config.authors[-1]]))
    publisher = "" if config.institute in (config.title, *config.authors) else f" {config.institute}."
    return f"{authors} ({config.date.year}). {config.title}: {config.subtitle}. Edition {config.edition}.{publisher}"


def bibtex_of(config: ReportConfig) -> str:
    """How to cite the report, as BibTeX."""
    key = re.sub(r"\W+", "", config.title.lower().removeprefix("the ").split()[0])
    # double braces: the names are of teams, and the titles keep their capitals
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in config.authors),
        "title": f"{{{config.title}: {config.subtitle}}}",
        "institution": f"{{{config.institute}}}",
        "year": str(config.date.year),
        "month": f"{config.date:%b}".lower(),
        "edition": config.edition,
    }
    if config.repository:
        fields["url"] = config.repository
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items()]
    return f"@techreport{{{key}{config.date.year},\n" + ",\n".join(lines) + "\n}"
