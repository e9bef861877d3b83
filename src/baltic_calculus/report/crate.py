"""The RO-Crate of a build: which notebook, with which data, parameters and software, made which file.

It follows the Process Run Crate profile. It holds no times: two builds of the same state give the same crate, and a
page that was taken from the cache was executed by an earlier build. How long each page took is in ledger.json, which
for that reason is listed without size and hash.
"""

import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import metadata, version
from pathlib import Path
from typing import Any, Self

from nbformat import v4

from baltic_calculus.catalog import Catalog, DatasetRecord, PolicySet
from baltic_calculus.report.config import Page, ReportConfig
from baltic_calculus.report.data_package import DESCRIPTOR, WITHHELD, dataset_path
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition
from baltic_calculus.report.execution.declared import declared_data
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.licence import report_licence
from baltic_calculus.report.paper import PAPERS

CRATE = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = [f"{SPECIFICATION}/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
PACKAGE = "baltic-calculus"
LIBRARIES = (
    "altair",
    "great-tables",
    "ipykernel",
    "nbclient",
    "numpy",
    "pandas",
    "papermill",
    "pypandoc-binary",
    "typst",
    "vl-convert-python",
)
"""What computes, draws and sets the report; all others are in requirements.lock."""

PYTHON = "https://www.python.org/"
NOTEBOOK = "application/x-ipynb+json"
FORMATS = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
}
COMPLETED = "http://schema.org/CompletedActionStatus"

Entity = dict[str, Any]


@dataclass(frozen=True)
class Products:
    """What a crate describes.

    Attributes
    ----------
    document : Document
        The chapters that were built.
    edition : Edition
        Their edition.
    runs : sequence of PageRun
        How their notebooks ran.
    room : Path
        Folder that holds what the build made.
    names : sequence of str
        Files and folders in it.
    """

    document: Document
    edition: Edition
    runs: Sequence[PageRun]
    room: Path
    names: Sequence[str]


def write_crate(products: Products, catalog: Catalog) -> None:
    """Write ``ro-crate-metadata.json`` beside what it describes.

    Parameters
    ----------
    products : Products
        What the build made; all of it is there already.
    catalog : Catalog
        The datasets that notebooks read.
    """
    content = {"@context": CONTEXT, "@graph": list(_graph(products, catalog))}
    text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
    (products.room / CRATE).write_text(text, encoding="utf-8")


def _graph(products: Products, catalog: Catalog) -> Iterator[Entity]:
    config = products.document.config
    known = _Known.of(catalog)
    runs = [_Execution.of(run, products, known) for run in products.runs if run.executed]
    files = list(_files(products))
    actions = [*(run.action for run in runs), _publication(config, products.names, runs)]
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    yield _root(
        products, [entity["@id"] for entity in files if entity["@id"].count("/") == entity["@id"].endswith("/")]
    )
    yield from files
    yield from actions
    seen: set[str] = set()
    for entity in [entity for run in runs for entity in run.context] + list(_context(config)):
        if entity["@id"] not in seen:
            seen.add(entity["@id"])
            yield entity


def _reference(identifiers: Iterable[str]) -> Entity | list[Entity]:
    """References to other entities; a single one stands alone, as the specification wants it."""
    references = [{"@id": identifier} for identifier in identifiers]
    return references[0] if len(references) == 1 else references


def _filled(entity: Entity) -> Entity:
    return {key: value for key, value in entity.items() if value not in ("", [], None)}


def _organisation(name: str) -> str:
    return "#" + re.sub(r"\W+", "-", name.lower()).strip("-")


def _root(products: Products, parts: Sequence[str]) -> Entity:
    config = products.document.config
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": config.title,
        "alternativeHeadline": config.subtitle,
        "description": config.abstract,
        "datePublished": config.date.isoformat(),
        "version": config.edition,
        "inLanguage": config.language,
        "keywords": list(config.keywords),
        "author": _reference(map(_organisation, config.authors)),
        "publisher": {"@id": _organisation(config.institute)},
        "license": {"@id": _licence(config)},
        "conformsTo": {"@id": PROFILE},
        "hasPart": _reference([*parts, "ledger.json"]),
        "mentions": _reference(
            [*(f"#run-{run.page.notebook}" for run in products.runs if run.executed), "#publication"]
        ),
    }


def _licence(config: ReportConfig) -> str:
    return report_licence(config.licence).path or "#licence"


# ---------------------------------------------------------------- files


def _files(products: Products) -> Iterator[Entity]:
    """Folders and files of the build; the pages of the site are its own affair."""
    room, titles = products.room, {chapter.page.notebook: chapter.title for chapter in products.document.chapters}
    if "site" in products.names:
        yield {"@id": "site/", "@type": "Dataset", "name": "The report as a site", "encodingFormat": "text/html"}
    for paper in PAPERS.values():
        if paper.file in products.names:
            yield _file(room, paper.file, f"The report as PDF, {paper.title}")
    yield _file(room, "facts.json", "Every number that the text states, with its unit")
    yield {
        "@id": "ledger.json",
        "@type": "File",
        "name": "What happened to each page, and what it took",
        "encodingFormat": FORMATS[".json"],
    }
    notebooks = [f"notebooks/{run.page.notebook}.ipynb" for run in products.runs if run.executed]
    yield {"@id": "notebooks/", "@type": "Dataset", "name": "Executed notebooks", "hasPart": _reference(notebooks)}
    for path in notebooks:
        name = f"{titles[Path(path).stem]}: executed notebook"
        yield _file(room, path, name) | {"encodingFormat": NOTEBOOK}
    package = json.loads((room / "data" / DESCRIPTOR).read_text(encoding="utf-8"))
    parts = [f"data/{resource['path']}" for resource in package["resources"]]
    yield {
        "@id": "data/",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "hasPart": _reference([f"data/{DESCRIPTOR}", *parts]),
    }
    yield _file(room, f"data/{DESCRIPTOR}", "Description of all data files (Frictionless Data Package)")
    for resource, path in zip(package["resources"], parts, strict=True):
        licences = [licence["path"] for licence in resource["licenses"] if "path" in licence]
        yield _filled(
            {
                "@id": path,
                "@type": "File",
                "name": resource["title"],
                "description": resource["description"],
                "version": resource.get("version"),
                "encodingFormat": resource["mediatype"],
                "contentSize": str(resource["bytes"]),
                "sha256": resource["hash"].partition(":")[2],
                "license": _reference(licences) or " ".join(one["title"] for one in resource["licenses"]),
            }
        )


def _file(room: Path, path: str, name: str) -> Entity:
    content = (room / path).read_bytes()
    return {
        "@id": path,
        "@type": "File",
        "name": name,
        "encodingFormat": FORMATS.get(Path(path).suffix, ""),
        "contentSize": str(len(content)),
        "sha256": sha256(content).hexdigest(),
    }


# ---------------------------------------------------------------- actions


@dataclass(frozen=True)
class _Execution:
    """One execution: the action, and the entities that it refers to."""

    page: Page
    action: Entity
    context: list[Entity]

    @classmethod
    def of(cls, run: PageRun, products: Products, known: "_Known") -> Self:
        page, config = run.page, products.document.config
        source = _source(config, page, products.edition)
        inputs = list(_inputs(config, page, known))
        parameters = [_parameter(page, name, value) for name, value in sorted(run.parameters.items())]
        chapter = next(chapter for chapter in products.document.chapters if chapter.page == page)
        results = [f"notebooks/{page.notebook}.ipynb", *(f"data/{label}.csv" for label in chapter.exhibits)]
        action = {
            "@id": f"#run-{page.notebook}",
            "@type": "CreateAction",
            "name": f"Execution of {page.notebook}.ipynb",
            "description": f"papermill executed the notebook of “{chapter.title}” with these data and parameters.",
            "instrument": {"@id": source["@id"]},
            "agent": {"@id": _organisation(config.authors[0])},
            "object": _reference([*(name for name, _ in inputs), *(one["@id"] for one in parameters)]),
            "result": _reference(results),
            "actionStatus": COMPLETED,
        }
        return cls(page, action, [source, *(entity for _, entity in inputs if entity), *parameters])


def _source(config: ReportConfig, page: Page, edition: Edition) -> Entity:
    """The notebook as it is in the project: the instrument of its execution."""
    path = f"notebooks/{page.notebook}.ipynb"
    commit = edition.revision.commit
    address = f"{config.repository}/blob/{commit}/{path}" if config.repository and commit else ""
    return _filled(
        {
            "@id": address or f"#notebook-{page.notebook}",
            "@type": "SoftwareSourceCode",
            "name": f"{page.notebook}.ipynb",
            "url": address,
            "version": str(edition.revision),
            "sha256": sha256((config.root / path).read_bytes()).hexdigest(),
            "encodingFormat": NOTEBOOK,
            "programmingLanguage": {"@id": PYTHON},
            "softwareRequirements": _reference(map(_package_id, (PACKAGE, *LIBRARIES))),
        }
    )


@dataclass(frozen=True)
class _Known:
    """What notebooks may read, by name."""

    records: Mapping[str, DatasetRecord]
    policies: Mapping[str, PolicySet]

    @classmethod
    def of(cls, catalog: Catalog) -> Self:
        return cls(
            {record.name: record for record in catalog.records()},
            {policy.name: policy for policy in catalog.policies()},
        )


def _inputs(config: ReportConfig, page: Page, known: _Known) -> Iterator[tuple[str, Entity | None]]:
    """Identifier of everything that a notebook may read, with an entity for what is not a file of the build."""
    text = (config.root / "notebooks" / f"{page.notebook}.ipynb").read_text(encoding="utf-8")
    declared = sorted(declared_data(v4.reads(text), {*known.records, *known.policies}))
    yield from (_dataset(known.records[name]) for name in declared if name in known.records)
    yield from (_policy(known.policies[name]) for name in declared if name in known.policies)


def _dataset(record: DatasetRecord) -> tuple[str, Entity | None]:
    if record.redistribution != WITHHELD:
        return f"data/{dataset_path(record)}", None
    identifier = f"#dataset-{record.name}"
    known: Entity = {
        "@id": identifier,
        "@type": "CreativeWork",
        "name": record.title,
        "version": record.edition,
        "sha256": record.sha256,
        "url": record.landing_page,
    }
    return identifier, _filled(known)


def _policy(policy: PolicySet) -> tuple[str, Entity]:
    identifier = f"#policy-{policy.name}"
    values: Mapping[str, Any] = policy.values
    described = "; ".join(f"{one.label}: {one.value:g} {one.unit}".strip() for one in values.values())
    return identifier, {"@id": identifier, "@type": "CreativeWork", "name": policy.title, "description": described}


def _parameter(page: Page, name: str, value: Any) -> Entity:
    return {"@id": f"#parameter-{page.notebook}-{name}", "@type": "PropertyValue", "name": name, "value": value}


def _publication(config: ReportConfig, names: Sequence[str], runs: Sequence[_Execution]) -> Entity:
    made = [
        name
        for name in ("site/", *(paper.file for paper in PAPERS.values()), "facts.json", "data/")
        if name.rstrip("/") in names
    ]
    return {
        "@id": "#publication",
        "@type": "CreateAction",
        "name": "Rendering of the report",
        "description": "The executed notebooks were put together and rendered.",
        "instrument": {"@id": _package_id(PACKAGE)},
        "agent": {"@id": _organisation(config.authors[0])},
        "object": _reference(f"notebooks/{run.page.notebook}.ipynb" for run in runs),
        "result": _reference(made),
        "actionStatus": COMPLETED,
    }


# ---------------------------------------------------------------- people, terms, software


def _context(config: ReportConfig) -> Iterator[Entity]:
    yield {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    for name in (*config.authors, config.institute):
        yield _filled({"@id": _organisation(name), "@type": "Organization", "name": name, "url": config.address})
    licence = report_licence(config.licence)
    yield {"@id": _licence(config), "@type": "CreativeWork", "name": licence.name, "description": licence.title}
    yield {"@id": PYTHON, "@type": "ComputerLanguage", "name": "Python", "version": platform.python_version()}
    yield _filled(_software(PACKAGE) | {"url": config.repository})
    yield from map(_software, LIBRARIES)


@cache
def _package_id(name: str) -> str:
    """The package as a package URL, which names no server."""
    return f"pkg:pypi/{name}@{version(name)}"


def _software(name: str) -> Entity:
    return _filled(
        {
            "@id": _package_id(name),
            "@type": "SoftwareApplication",
            "name": name,
            "url": _home(name),
            "softwareVersion": version(name),
        }
    )


def _home(name: str) -> str:
    """Home page of a package, or that of its source, as it states them."""
    stated = metadata(name)
    if "Home-page" in stated:
        return stated["Home-page"]
    pages = dict(entry.lower().split(", ", 1) for entry in stated.get_all("Project-URL") or [])
    return pages.get("homepage") or pages.get("source") or ""
