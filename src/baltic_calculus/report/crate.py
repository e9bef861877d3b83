"""The RO-Crate of a build: which notebook, with which data, parameters and software, made which file.

It follows the Process Run Crate profile. It holds no times: two builds of the same state give the same crate, and a
page that was taken from the cache was executed by an earlier build. How long each page took is in ledger.json, which
for that reason is listed without size and hash.
"""

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from baltic_calculus.catalog import Catalog
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.crate_entity import (
    LIBRARIES,
    NOTEBOOK,
    PACKAGE,
    PYTHON,
    Entity,
    filled,
    organisation_id,
    reference,
    software,
)
from baltic_calculus.report.crate_run import Execution, Readable, publication
from baltic_calculus.report.data_package import DESCRIPTOR
from baltic_calculus.report.document import Document
from baltic_calculus.report.edition import Edition
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.licence import report_licence
from baltic_calculus.report.paper import PAPERS

CRATE = "ro-crate-metadata.json"
SPECIFICATION = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = [f"{SPECIFICATION}/context", {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"}]
FORMATS = {
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".json": "application/json",
    ".pdf": "application/pdf",
}


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
    readable, revision = Readable.of(catalog), products.edition.revision
    chapters = {chapter.page.slug: chapter for chapter in products.document.chapters}
    runs = [
        Execution.of(run, chapters[run.page.slug], config, revision, readable) for run in products.runs if run.executed
    ]
    files = list(_files(products))
    actions = [*(run.action for run in runs), publication(config, products.names, runs)]
    yield {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": {"@id": SPECIFICATION},
        "about": {"@id": "./"},
    }
    yield _root(products, [entity["@id"] for entity in files if "/" not in entity["@id"].rstrip("/")])
    yield from files
    yield from actions
    seen: set[str] = set()
    for entity in chain(*(run.context for run in runs), _context(config)):
        if entity["@id"] not in seen:
            seen.add(entity["@id"])
            yield entity


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
        "author": reference(map(organisation_id, config.authors)),
        "publisher": {"@id": organisation_id(config.institute)},
        "license": {"@id": _licence(config)},
        "conformsTo": {"@id": PROFILE},
        "hasPart": reference(parts),
        "mentions": reference(
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
    yield {"@id": "notebooks/", "@type": "Dataset", "name": "Executed notebooks", "hasPart": reference(notebooks)}
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
        "hasPart": reference([f"data/{DESCRIPTOR}", *parts]),
    }
    yield _file(room, f"data/{DESCRIPTOR}", "Description of all data files (Frictionless Data Package)")
    for resource, path in zip(package["resources"], parts, strict=True):
        licences = [licence["path"] for licence in resource["licenses"] if "path" in licence]
        yield filled(
            {
                "@id": path,
                "@type": "File",
                "name": resource["title"],
                "description": resource["description"],
                "version": resource.get("version"),
                "encodingFormat": resource["mediatype"],
                "contentSize": str(resource["bytes"]),
                "sha256": resource["hash"].partition(":")[2],
                "license": reference(licences) or " ".join(one["title"] for one in resource["licenses"]),
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


# ---------------------------------------------------------------- people, terms, software


def _context(config: ReportConfig) -> Iterator[Entity]:
    yield {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    for name in (*config.authors, config.institute):
        yield filled({"@id": organisation_id(name), "@type": "Organization", "name": name, "url": config.address})
    licence = report_licence(config.licence)
    yield {"@id": _licence(config), "@type": "CreativeWork", "name": licence.name, "description": licence.title}
    yield {"@id": PYTHON, "@type": "ComputerLanguage", "name": "Python", "version": platform.python_version()}
    yield filled(software(PACKAGE) | {"url": config.repository})
    yield from map(software, LIBRARIES)
