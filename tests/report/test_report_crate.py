"""The RO-Crate of a build, held against the files it describes and the rules of its profile."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from baltic_calculus.catalog import Catalog, project_root
from baltic_calculus.report.crate import CRATE, Products, write_crate
from baltic_calculus.report.edition import describe_edition
from baltic_calculus.report.evidence import write_evidence
from baltic_calculus.report.execution.ledger import PageRun

PARAMETERS = {"countries": ["EST"], "first_year": 2014}


def write(report, room: Path) -> list[dict]:
    document = report.document()
    write_evidence(document, room)
    (room / "report.pdf").write_bytes(b"%PDF-1.7")
    executed = report.config.root / "executed"
    runs = [PageRun(page, "ok", PARAMETERS, executed / f"{page.notebook}.ipynb") for page in report.config.pages]
    names = ["data", "notebooks", "facts.json", "report.pdf"]
    write_crate(Products(document, describe_edition(document), runs, room, names), Catalog(project_root()))
    content = json.loads((room / CRATE).read_text(encoding="utf-8"))
    assert content["@context"][0] == "https://w3id.org/ro/crate/1.1/context"
    return content["@graph"]


@pytest.fixture(scope="module")
def room(small_report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crate")
    write(small_report, folder)
    return folder


@pytest.fixture(scope="module")
def crate(room) -> dict[str, dict]:
    graph = json.loads((room / CRATE).read_text(encoding="utf-8"))["@graph"]
    assert len({entity["@id"] for entity in graph}) == len(graph)
    return {entity["@id"]: entity for entity in graph}


def references(node):
    if isinstance(node, list):
        for child in node:
            yield from references(child)
    elif isinstance(node, dict):
        if set(node) == {"@id"}:
            yield node["@id"]
        else:
            for child in node.values():
                yield from references(child)


def test_the_root_is_the_edition(crate) -> None:
    assert crate[CRATE]["about"] == {"@id": "./"}
    assert crate[CRATE]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    root = crate["./"]
    assert (root["name"], root["datePublished"], root["version"]) == ("A title", "2026-11-21", "November 2026")
    assert root["conformsTo"] == {"@id": "https://w3id.org/ro/wfrun/process/0.5"}
    assert root["license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/"}
    assert [crate[name]["@type"] for name in references(root["author"])] == ["Organization", "Organization"]


def test_every_reference_leads_to_an_entity(crate) -> None:
    assert set(references(list(crate.values()))) - set(crate) == {"https://w3id.org/ro/crate/1.1"}


def test_files_are_there_with_the_sizes_and_hashes_that_are_stated(room: Path, crate) -> None:
    files = [entity for entity in crate.values() if entity["@type"] == "File" and entity["@id"] != "ledger.json"]
    written = {path.relative_to(room).as_posix() for path in room.rglob("*") if path.is_file()} - {CRATE}
    assert {entity["@id"] for entity in files} == written
    for entity in files:
        content = (room / entity["@id"]).read_bytes()
        assert entity["contentSize"] == str(len(content))
        assert entity["sha256"] == sha256(content).hexdigest()


def test_every_file_belongs_to_the_root(crate) -> None:
    reached, todo = set(), ["./"]
    while todo:
        parts = list(references(crate[todo.pop()].get("hasPart", [])))
        reached |= set(parts)
        todo += parts
    data = {name for name, entity in crate.items() if entity["@type"] in ("File", "Dataset")} - {"./"}
    assert reached == data


def test_an_execution_names_notebook_software_data_parameters_and_results(crate) -> None:
    run = crate["#run-01_spending"]
    (notebook,) = references(run["instrument"])
    assert crate[notebook]["@type"] == "SoftwareSourceCode"
    requirements = [crate[name] for name in references(crate[notebook]["softwareRequirements"])]
    assert {"baltic-calculus", "pandas", "papermill"} <= {software["name"] for software in requirements}
    assert all(software["softwareVersion"] for software in requirements)
    objects = set(references(run["object"]))
    assert "data/datasets/nato_defence_expenditure.csv" in objects
    parameters = {crate[name]["name"]: crate[name]["value"] for name in objects if name.startswith("#parameter")}
    assert parameters == PARAMETERS
    assert set(references(run["result"])) == {"notebooks/01_spending.ipynb", "data/fig-share.csv"}
    assert set(references(crate["./"]["mentions"])) == {
        name for name, entity in crate.items() if entity["@type"] == "CreateAction"
    }


def test_nothing_in_it_depends_on_clock_or_place(small_report, room: Path, tmp_path: Path) -> None:
    write(small_report, tmp_path)
    text = (tmp_path / CRATE).read_text(encoding="utf-8")
    assert text == (room / CRATE).read_text(encoding="utf-8")
    assert str(small_report.config.root) not in text
    assert "endTime" not in text
