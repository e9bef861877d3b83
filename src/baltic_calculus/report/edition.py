"""The edition of the report: its date, the vintages of its data, and how to cite it."""

import re
from dataclasses import dataclass

from baltic_calculus import catalog
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
    read: str
    licence: str
    landing_page: str


@dataclass(frozen=True)
class Edition:
    """What identifies an edition.

    Attributes
    ----------
    date : str
        Date of publication as printed.
    cut_off : str
        Latest day that any of its data covers; empty when no dataset names one.
    vintages : tuple of Vintage
        Every dataset behind an exhibit, by publisher and title.
    citation, bibtex : str
        How to cite the report.
    revision : Revision
        State of the project it was made from.
    """

    date: str
    cut_off: str
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
    names = {name for chapter in document.chapters for exhibit in chapter.exhibits.values() for name in exhibit.sources}
    records = [catalog.record(name) for name in names]
    records.sort(key=lambda record: (record.publisher, record.title, record.name))
    vintages = tuple(
        Vintage(
            name=record.name,
            publisher=record.publisher,
            title=record.title,
            edition=record.edition,
            cut_off=format_date(record.cut_off) if record.cut_off else "",
            read=format_date(record.read) if record.read else "",
            licence=record.licence,
            landing_page=record.landing_page,
        )
        for record in records
    )
    config = document.config
    # partial dates are year, year-month or year-month-day, so the latest is the last in the order of text
    latest = max((record.cut_off for record in records), default="")
    return Edition(
        date=format_date(config.date),
        cut_off=format_date(latest) if latest else "",
        vintages=vintages,
        citation=_citation(config),
        bibtex=_bibtex(config),
        revision=read_revision(config.root),
    )


def _citation(config: ReportConfig) -> str:
    authors = " and ".join(filter(None, [", ".join(config.authors[:-1]), config.authors[-1]]))
    publisher = "" if config.institute in (config.title, *config.authors) else f" {config.institute}."
    return f"{authors} ({config.date.year}). {config.title}: {config.subtitle}. Edition {config.edition}.{publisher}"


def _bibtex(config: ReportConfig) -> str:
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
