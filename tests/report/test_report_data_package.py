"""The data package, held against the files it describes and the rules of Data Package 2.0."""

import csv
import io
import json
import re
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from baltic_calculus.catalog import Catalog, project_root
from baltic_calculus.report.data_package import DataPackage, build_package
from baltic_calculus.report.evidence import write_evidence

PARSERS = {
    "string": str,
    "integer": int,
    "number": float,
    "boolean": {"True": True, "False": False}.__getitem__,
    "date": pd.Timestamp,
    "datetime": pd.Timestamp,
}


@pytest.fixture(scope="module")
def package(small_report) -> DataPackage:
    return build_package(small_report.document(), Catalog(project_root()))


@pytest.fixture(scope="module")
def tables(package) -> list[tuple[dict, list[dict[str, str]]]]:
    """Each table of the package with its rows."""
    found = []
    for resource in package.descriptor["resources"]:
        if resource.get("type") == "table":
            text = package.files[resource["path"]].decode(resource["encoding"])
            found.append((resource, list(csv.DictReader(io.StringIO(text)))))
    return found


def withholding(name: str) -> Catalog:
    """The catalogue, with one dataset that may not be passed on."""
    catalog = Catalog(project_root())
    closed = catalog.record(name).model_copy(update={"redistribution": "none"})
    datasets = {**catalog.file.datasets, name: closed}
    catalog.__dict__["file"] = catalog.file.model_copy(update={"datasets": datasets})
    return catalog


def test_the_files_are_those_described(small_report, tmp_path: Path) -> None:
    write_evidence(small_report.document(), tmp_path)
    descriptor = json.loads((tmp_path / "data" / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["path"] for resource in descriptor["resources"]}
    written = {path.relative_to(tmp_path / "data").as_posix() for path in (tmp_path / "data").rglob("*.*")}
    assert written == described | {"datapackage.json"}
    for resource in descriptor["resources"]:
        content = (tmp_path / "data" / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{sha256(content).hexdigest()}"


def test_the_descriptor_keeps_the_rules_of_its_profile(package) -> None:
    descriptor = package.descriptor
    assert descriptor["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert re.fullmatch(r"[-a-z0-9._/]+", descriptor["name"])
    assert descriptor["created"] == "2026-11-21T00:00:00Z"
    assert descriptor["version"] == "November 2026"
    assert {one["title"]: one["roles"] for one in descriptor["contributors"]} == {
        "One Author": ["author"],
        "Another Author": ["author"],
        "An institute": ["publisher"],
    }
    names = [resource["name"] for resource in descriptor["resources"]]
    assert len(set(names)) == len(names)
    for resource in descriptor["resources"]:
        assert resource["title"]
        assert resource["description"]
        assert not resource["path"].startswith(("/", "."))
        assert all(re.fullmatch(r"[-a-zA-Z0-9._]+", licence["name"]) for licence in resource["licenses"])
        assert all(source["title"] for source in resource["sources"])
    assert "homepage" not in descriptor


def test_every_dataset_that_may_be_passed_on_is_there_and_no_other(small_report) -> None:
    catalog = withholding("world_bank")
    package = build_package(small_report.document(), catalog)
    wanted = {record.name for record in catalog.records() if record.redistribution != "none"}
    assert "world_bank" not in wanted
    assert {resource["name"] for resource in package.descriptor["resources"]} == wanted | {"fig-share", "tbl-shares"}
    assert not [path for path in package.files if "world_bank" in path]


def test_an_exhibit_on_withheld_data_names_its_source_without_a_copy(small_report) -> None:
    package = build_package(small_report.document(), withholding("nato_defence_expenditure"))
    exhibit = next(one for one in package.descriptor["resources"] if one["name"] == "fig-share")
    assert [set(source) for source in exhibit["sources"]] == [{"title", "path", "version"}]


def test_data_under_conditions_come_with_them(package) -> None:
    sipri = next(one for one in package.descriptor["resources"] if one["name"] == "sipri_milex")
    assert sipri["redistribution"] == "limited"
    assert sipri["attribution"] in sipri["licenses"][0]["title"]
    assert sipri["attribution"] in sipri["description"]


def test_fields_are_the_columns_in_their_order_and_all_are_explained(package) -> None:
    for resource in package.descriptor["resources"]:
        if "schema" in resource:
            header = package.files[resource["path"]].decode().split("\n", 1)[0].split(",")
            assert [field["name"] for field in resource["schema"]["fields"]] == header
            assert all(field["description"] and field["title"] for field in resource["schema"]["fields"])


def test_every_cell_is_of_its_type_and_within_its_constraints(tables) -> None:
    for resource, rows in tables:
        assert rows
        for field in resource["schema"]["fields"]:
            rules = field.get("constraints", {})
            parse = PARSERS[field["type"]]
            for row in rows:
                cell = row[field["name"]]
                place = f"{resource['name']}.{field['name']}: {cell!r}"
                assert cell or not rules.get("required"), place
                if cell:
                    value = parse(cell)
                    assert value >= rules.get("minimum", value), place
                    assert value <= rules.get("maximum", value), place
                    assert cell in rules.get("enum", [cell]), place
                    assert re.fullmatch(rules.get("pattern", ".*"), cell), place


def test_primary_keys_are_unique_and_foreign_keys_lead_somewhere(tables) -> None:
    by_name = {resource["name"]: rows for resource, rows in tables}
    keyed = set()
    for resource, rows in tables:
        key = resource["schema"].get("primaryKey", [])
        keyed |= {resource["name"]} if key else set()
        values = [tuple(row[name] for name in key) for row in rows]
        assert not key or (len(set(values)) == len(values) and all(all(value) for value in values)), resource["name"]
        for foreign in resource["schema"].get("foreignKeys", []):
            (own,), (other,) = foreign["fields"], foreign["reference"]["fields"]
            known = {row[other] for row in by_name[foreign["reference"]["resource"]]} | {""}
            assert {row[own] for row in rows} <= known, resource["name"]
    assert {"nato_defence_expenditure", "countries", "sources"} <= keyed


def test_an_exhibit_is_titled_with_its_number_and_described_by_its_alternative_text(package) -> None:
    figure = next(one for one in package.descriptor["resources"] if one["name"] == "fig-share")
    assert figure["title"] == "Figure 1.1. Share of output"
    assert figure["description"] == "Bars: Estonia 3.4, Latvia 3.7."
    assert figure["page"] == "spending.html#fig-share"
    assert figure["licenses"] == [{"name": "other-at", "title": "NATO content, quoted with credit to NATO"}]
