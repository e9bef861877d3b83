"""What search engines and reference managers read from a page: schema.org, as JSON-LD."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from markupsafe import Markup

from baltic_calculus import catalog
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.data_package import DESCRIPTOR, dataset_path, passed_on
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition
from baltic_calculus.report.exhibit import Exhibit
from baltic_calculus.report.licence import read_licence, report_licence
from baltic_calculus.report.numbering import Target
from baltic_calculus.report.page import Page
from baltic_calculus.report.table_schema import COUNTRIES, ExhibitColumns, column_type, unit_of

CONTEXT = "https://schema.org"
CSV = "text/csv"
YEAR = re.compile(r"\d{4}")
DESCRIPTION_LENGTH = 120
"""Characters of an alternative text that describe a dataset in the head of a page; the whole text is in the page."""

Thing = dict[str, Any]


@dataclass(frozen=True)
class Addresses:
    """Addresses of the parts of a site, as one of its pages writes them.

    Attributes
    ----------
    base : str
        Address of the published site; empty when it is not known. Then addresses are relative to the page.
    up : str
        Way from the page to the top folder of the site: empty, or ``../`` for a page in a folder.
    """

    base: str
    up: str = ""

    def to(self, path: str) -> str:
        """Address of a file of the site, or of a place in it."""
        if self.base and path.startswith("index.html"):
            path = path.removeprefix("index.html")  # one page has one address
        return f"{self.base or self.up}{path}"


def script_content(thing: Thing) -> Markup:
    """JSON-LD that may stand in a ``script`` element: nothing in it can end the element."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"))


def report_graph(document: Document, edition: Edition, addresses: Addresses, *, has_pdf: bool) -> Thing:
    """The report and its data, for the landing page."""
    return {
        "@context": CONTEXT,
        "@graph": [
            _report(document, edition, addresses, has_pdf=has_pdf),
            _data(document, edition, addresses),
        ],
    }


def chapter_graph(document: Document, chapter: Chapter, addresses: Addresses) -> Thing:
    """A chapter, and its place in the report."""
    config, page = document.config, chapter.page
    address, notebook = addresses.to(page.href), f"notebooks/{page.notebook}.ipynb"
    own: Thing = {
        "@type": ["Chapter", "ScholarlyArticle"],
        "@id": address,
        "url": address,
        "name": chapter.title,
        "headline": chapter.title,
        "description": chapter.description,
        "position": page.chapter_number,
        **_issued(config),
        "isPartOf": {"@type": "Report", "@id": report_id(addresses), "name": config.title},
        "isBasedOn": {"@type": "SoftwareSourceCode", "name": notebook, "url": addresses.to(notebook)},
    }
    trail = [(config.title, addresses.to("index.html"))]
    parent = config.parent(page)
    if parent and document.has(parent):
        trail.append((document.numbering.outline(parent).title, addresses.to(parent.href)))
    trail.append((chapter.title, address))
    crumbs = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": where}
            for place, (name, where) in enumerate(trail, 1)
        ],
    }
    return {"@context": CONTEXT, "@graph": [_filled(own), crumbs]}


def evidence_graph(document: Document, chapter: Chapter, addresses: Addresses) -> Thing:
    """The exhibits of a chapter as datasets, for the page that shows their data."""
    own = [
        _exhibit(document.config, target, exhibit, caption, addresses)
        for kind in ("figure", "table")
        for target, exhibit, caption in document.exhibits(kind)
        if target.page == chapter.page
    ]
    return {"@context": CONTEXT, "@graph": [*_team(document.config, addresses), *own]}


def report_id(addresses: Addresses) -> str:
    """Identifier of the report in linked data."""
    return addresses.to("index.html#report")


def data_id(addresses: Addresses) -> str:
    """Identifier of the data package in linked data."""
    return addresses.to("index.html#data")


def _filled(thing: Thing) -> Thing:
    return {key: value for key, value in thing.items() if value not in ("", [], None)}


def _organisations(names: Iterable[str]) -> list[Thing]:
    return [{"@type": "Organization", "name": name} for name in names]


def _team(config: ReportConfig, addresses: Addresses) -> list[Thing]:
    """The authors with identifiers, so that the many datasets of a page need not repeat who they are."""
    return [
        {"@type": "Organization", "@id": addresses.to(f"index.html#author-{place}"), "name": name}
        for place, name in enumerate(config.authors, 1)
    ]


def _issued(config: ReportConfig) -> Thing:
    """Who publishes it, when, in which language and under which licence."""
    return {
        "author": _organisations(config.authors),
        "publisher": _organisations([config.institute])[0],
        "datePublished": config.date.isoformat(),
        "version": config.edition,
        "inLanguage": config.language,
        "license": report_licence(config.licence).path,
        "isAccessibleForFree": True,
    }


def _report(document: Document, edition: Edition, addresses: Addresses, *, has_pdf: bool) -> Thing:
    config = document.config
    pdf = {
        "@type": "MediaObject",
        "name": f"{config.title} (PDF)",
        "encodingFormat": "application/pdf",
        "contentUrl": addresses.to("report.pdf"),
    }
    return _filled(
        {
            "@type": "Report",
            "@id": report_id(addresses),
            "url": addresses.to("index.html"),
            "name": config.title,
            "alternativeHeadline": config.subtitle,
            "abstract": config.abstract,
            "keywords": list(config.keywords),
            **_issued(config),
            "creditText": edition.citation,
            "encoding": pdf if has_pdf else None,
            "hasPart": [_part(chapter.page, chapter.title, addresses) for chapter in document.chapters],
            "isBasedOn": [
                _filled(
                    {
                        "@type": "Dataset",
                        "name": vintage.title,
                        "description": f"{vintage.title}: {vintage.edition}, {vintage.state}. {vintage.licence}.",
                        "creator": _organisations([vintage.publisher])[0],
                        "version": vintage.edition,
                        "url": vintage.landing_page,
                        "license": read_licence(vintage.licence).path,
                    }
                )
                for vintage in edition.vintages
            ],
            "subjectOf": {"@id": data_id(addresses)},
        }
    )


def _part(page: Page, title: str, addresses: Addresses) -> Thing:
    address = addresses.to(page.href)
    return _filled({"@type": "Chapter", "@id": address, "url": address, "name": title, "position": page.chapter_number})


def _data(document: Document, edition: Edition, addresses: Addresses) -> Thing:
    config = document.config
    title = f"{config.title}: data"
    exhibits = [exhibit for chapter in document.chapters for exhibit in chapter.exhibits.values()]
    files = [
        (f"data/{DESCRIPTOR}", "Description of all files (Frictionless Data Package)", "application/json"),
        ("facts.json", "Every number that the text states, with its unit", "application/json"),
        # the exhibits are datasets of their own, on the pages that show their data
        *(
            (f"data/{dataset_path(record)}", record.title, CSV)
            for record in passed_on(catalog.default_catalog())
            if record.columns
        ),
    ]
    return _filled(
        {
            "@type": "Dataset",
            "@id": data_id(addresses),
            "url": data_id(addresses),
            "name": title,
            "description": f"The data of all figures and tables of “{config.title}”, as CSV files with a description "
            "of every column, and the datasets behind them that may be passed on, with their sources and licences.",
            "keywords": list(config.keywords),
            **_issued(config),
            "creator": _organisations(config.authors),
            "citation": edition.citation,
            "isPartOf": {"@id": report_id(addresses)},
            "includedInDataCatalog": {
                "@type": "DataCatalog",
                "name": config.title,
                "url": addresses.to("index.html"),
            },
            "temporalCoverage": _years(exhibits),
            "spatialCoverage": [{"@type": "Place", "name": name} for name in _places(exhibits)],
            "variableMeasured": list(_variables(document, exhibits)),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": name,
                    "encodingFormat": form,
                    "contentUrl": addresses.to(path),
                }
                for path, name, form in files
            ],
        }
    )


def _exhibit(config: ReportConfig, target: Target, exhibit: Exhibit, caption: str, addresses: Addresses) -> Thing:
    address = addresses.to(f"{target.page.href}#{target.label}")
    download = {
        "@type": "DataDownload",
        "encodingFormat": CSV,
        "contentUrl": addresses.to(f"data/{exhibit.label}.csv"),
    }
    return _filled(
        {
            "@type": "Dataset",
            "@id": address,
            "url": address,
            "name": f"{target.word} {target.number}. {caption}",
            "description": _shorten(exhibit.alt or caption),
            "creator": [{"@id": team["@id"]} for team in _team(config, addresses)],
            "license": report_licence(config.licence).path,
            "isAccessibleForFree": True,
            "isPartOf": {"@id": data_id(addresses)},
            "temporalCoverage": _years([exhibit]),
            "spatialCoverage": _places([exhibit]),
            "measurementTechnique": exhibit.source_line,
            "variableMeasured": {"@type": "PropertyValue", "name": caption, "unitText": exhibit.unit},
            "distribution": download,
        }
    )


def _shorten(text: str) -> str:
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return f"{text[:DESCRIPTION_LENGTH].rsplit(' ', 1)[0]} …"


def _column(exhibits: Iterable[Exhibit], name: str) -> Iterator[str]:
    for exhibit in exhibits:
        header, *rows = exhibit.rows
        if name in header:
            place = header.index(name)
            yield from (row[place] for row in rows)


def _years(exhibits: Iterable[Exhibit]) -> str:
    """First and last year of some exhibits as an interval of ISO 8601; empty when they have no years."""
    years = [cell for cell in _column(exhibits, "year") if YEAR.fullmatch(cell)]
    return f"{min(years)}/{max(years)}" if years else ""


def _places(exhibits: Iterable[Exhibit]) -> list[str]:
    """Names of the countries that some exhibits are about, sorted; aggregates are no places."""
    states = _states()
    return sorted({states[code] for code in _column(exhibits, "iso3") if code in states})


@cache
def _states() -> dict[str, str]:
    """Names of all states by code; read as text, for the catalogue would check the register first, which takes long."""
    known = catalog.default_catalog()
    with (known.root / known.record(COUNTRIES).path).open(encoding="utf-8", newline="") as file:
        return {row["iso3"]: row["name"] for row in csv.DictReader(file) if row["kind"] == "state"}


def _variables(document: Document, exhibits: Iterable[Exhibit]) -> Iterator[Thing]:
    """Each quantity with a unit, once, in order of appearance."""
    columns = ExhibitColumns.read(document.config.root, catalog.default_catalog().file.columns)
    seen = set()
    for exhibit in exhibits:
        header, *rows = exhibit.rows
        for place, name in enumerate(header):
            meaning, unit = columns.meaning(exhibit.label, name), unit_of(name)
            is_quantity = unit not in ("", "year") and column_type(row[place] for row in rows)[0] != "string"
            if meaning and is_quantity and (meaning, unit) not in seen:
                seen.add((meaning, unit))
                yield {"@type": "PropertyValue", "name": meaning, "unitText": unit}
