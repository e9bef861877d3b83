"""The actions of an RO-Crate: the execution of each notebook, and the rendering of the report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Self

from nbformat import v4

from baltic_calculus.catalog import Catalog, DatasetRecord, PolicySet
from baltic_calculus.report.chapter import Chapter
from baltic_calculus.report.config import ReportConfig
from baltic_calculus.report.crate_entity import (
    LIBRARIES,
    NOTEBOOK,
    PACKAGE,
    PYTHON,
    Entity,
    filled,
    organisation_id,
    package_id,
    reference,
)
from baltic_calculus.report.data_package import WITHHELD, dataset_path
from baltic_calculus.report.execution.declared import declared_data
from baltic_calculus.report.execution.ledger import PageRun
from baltic_calculus.report.page import Page
from baltic_calculus.report.paper import PAPERS
from baltic_calculus.report.revision import Revision

COMPLETED = "http://schema.org/CompletedActionStatus"


@dataclass(frozen=True)
class Execution:
    """The execution of a notebook.

    Attributes
    ----------
    page : Page
        Its page.
    action : dict
        The action.
    context : list of dict
        Entities that it refers to and that are no files of the build.
    """

    page: Page
    action: Entity
    context: list[Entity]

    @classmethod
    def of(cls, run: PageRun, chapter: Chapter, config: ReportConfig, revision: Revision, readable: "Readable") -> Self:
        """Describe the execution of one page.

        Parameters
        ----------
        run : PageRun
            How its notebook ran.
        chapter : Chapter
            What came of it.
        config : ReportConfig
            The report.
        revision : Revision
            State of the project.
        readable : Readable
            What its notebook may have read.
        """
        page = run.page
        source = _source(config, page, revision)
        inputs = list(_inputs(config, page, readable))
        parameters = [_parameter(page, name, value) for name, value in sorted(run.parameters.items())]
        results = [f"notebooks/{page.notebook}.ipynb", *(f"data/{label}.csv" for label in chapter.exhibits)]
        action = {
            "@id": f"#run-{page.notebook}",
            "@type": "CreateAction",
            "name": f"Execution of {page.notebook}.ipynb",
            "description": f"papermill executed the notebook of “{chapter.title}” with these data and parameters.",
            "instrument": {"@id": source["@id"]},
            "agent": {"@id": organisation_id(config.authors[0])},
            "object": reference([*(name for name, _ in inputs), *(one["@id"] for one in parameters)]),
            "result": reference(results),
            "actionStatus": COMPLETED,
        }
        return cls(page, action, [source, *(entity for _, entity in inputs if entity), *parameters])


def _source(config: ReportConfig, page: Page, revision: Revision) -> Entity:
    """The notebook as it is in the project: the instrument of its execution."""
    path = f"notebooks/{page.source}.ipynb"
    address = f"{config.repository}/blob/{revision.commit}/{path}" if config.repository and revision.commit else ""
    return filled(
        {
            "@id": address or f"#notebook-{page.source}",
            "@type": "SoftwareSourceCode",
            "name": f"{page.source}.ipynb",
            "url": address,
            "version": str(revision),
            "sha256": sha256((config.root / path).read_bytes()).hexdigest(),
            "encodingFormat": NOTEBOOK,
            "programmingLanguage": {"@id": PYTHON},
            "softwareRequirements": reference(map(package_id, (PACKAGE, *LIBRARIES))),
        }
    )


@dataclass(frozen=True)
class Readable:
    """What notebooks may read, by name."""

    records: Mapping[str, DatasetRecord]
    policies: Mapping[str, PolicySet]

    @classmethod
    def of(cls, catalog: Catalog) -> Self:
        """Everything in a catalogue."""
        return cls(
            {record.name: record for record in catalog.records()},
            {policy.name: policy for policy in catalog.policies()},
        )


def _inputs(config: ReportConfig, page: Page, readable: Readable) -> Iterator[tuple[str, Entity | None]]:
    """Identifier of everything that a notebook may read, with an entity for what is not a file of the build."""
    text = (config.notebooks / f"{page.source}.ipynb").read_text(encoding="utf-8")
    declared = sorted(declared_data(v4.reads(text), {*readable.records, *readable.policies}))
    yield from (_dataset(readable.records[name]) for name in declared if name in readable.records)
    yield from (_policy(readable.policies[name]) for name in declared if name in readable.policies)


def _dataset(record: DatasetRecord) -> tuple[str, Entity | None]:
    if record.redistribution != WITHHELD:
        return f"data/{dataset_path(record)}", None
    identifier = f"#dataset-{record.name}"
    entity: Entity = {
        "@id": identifier,
        "@type": "CreativeWork",
        "name": record.title,
        "version": record.edition,
        "sha256": record.sha256,
        "url": record.landing_page,
    }
    return identifier, filled(entity)


def _policy(policy: PolicySet) -> tuple[str, Entity]:
    identifier = f"#policy-{policy.name}"
    values: Mapping[str, Any] = policy.values
    described = "; ".join(f"{one.label}: {one.value:g} {one.unit}".strip() for one in values.values())
    return identifier, {"@id": identifier, "@type": "CreativeWork", "name": policy.title, "description": described}


def _parameter(page: Page, name: str, value: Any) -> Entity:
    return {"@id": f"#parameter-{page.notebook}-{name}", "@type": "PropertyValue", "name": name, "value": value}


def publication(config: ReportConfig, names: Sequence[str], runs: Sequence[Execution]) -> Entity:
    """The rendering of executed notebooks into the products called ``names``."""
    made = ("site/", *(paper.file for paper in PAPERS.values()), "facts.json", "data/")
    return {
        "@id": "#publication",
        "@type": "CreateAction",
        "name": "Rendering of the report",
        "description": "The executed notebooks were put together and rendered.",
        "instrument": {"@id": package_id(PACKAGE)},
        "agent": {"@id": organisation_id(config.authors[0])},
        "object": reference(f"notebooks/{run.page.notebook}.ipynb" for run in runs),
        "result": reference(name for name in made if name.rstrip("/") in names),
        "actionStatus": COMPLETED,
    }
