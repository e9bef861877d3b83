"""The ledger: one entry a page, with costs, causes and notebooks, as its schema says."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, ValidationError

from baltic_calculus.report.execution.ledger import LEDGER_SCHEMA, PageRun, read_parameters_used, write_ledger
from baltic_calculus.report.page import Page

ONE = Page(notebook="01_spending_trends", coverage="nato")
TWO = Page(notebook="02_fiscal_burden", coverage="cofog")
THREE = Page(notebook="04_force_posture", coverage="posture")

GOOD = PageRun(
    ONE,
    "ok",
    {"first_year": 2014},
    executed=Path("room/executed/01_spending_trends.ipynb"),
    wall_seconds=3.217,
    cpu_seconds=2.503,
    peak_memory_mb=181.26,
    kernel="fork",
    attempts=1,
    key="ab12",
)
BAD = PageRun(
    TWO,
    "failed",
    {},
    failed=Path("room/failed/02_fiscal_burden.ipynb"),
    cell="cell 3",
    error="ValueError: bad",
    traceback="Traceback\nValueError: bad",
    kernel="plain",
    attempts=1,
)
SKIPPED = PageRun(THREE, "skipped", {}, error="no posture before 2017", kernel="plain", attempts=1)


@pytest.fixture
def ledger(tmp_path):
    """Write a ledger and read it back; what is written obeys the schema."""
    schema = json.loads(LEDGER_SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)

    def write(*runs: PageRun) -> dict:
        write_ledger(runs, "November 2026", tmp_path / "ledger.json")
        content = json.loads((tmp_path / "ledger.json").read_text())
        Draft202012Validator(schema).validate(content)
        return content

    return write


def test_ledger_tells_what_happened(ledger, tmp_path):
    content = ledger(GOOD, BAD)
    assert (content["version"], content["edition"]) == (2, "November 2026")
    assert content["pages"] == [
        {
            "page": "01_spending_trends",
            "status": "ok",
            "key": "ab12",
            "kernel": "fork",
            "attempts": 1,
            "wall_seconds": 3.22,
            "cpu_seconds": 2.5,
            "peak_memory_mb": 181.3,
            "parameters": {"first_year": 2014},
            "cell": None,
            "error": None,
            "traceback": None,
            "notebook": None,  # nothing is published when a page has failed
        },
        {
            "page": "02_fiscal_burden",
            "status": "failed",
            "key": None,
            "kernel": "plain",
            "attempts": 1,
            "wall_seconds": 0.0,
            "cpu_seconds": 0.0,
            "peak_memory_mb": 0.0,
            "parameters": {},
            "cell": "cell 3",
            "error": "ValueError: bad",
            "traceback": "Traceback\nValueError: bad",
            "notebook": "failed/02_fiscal_burden.ipynb",
        },
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_skipped_page_has_its_reason_and_fails_nothing(ledger):
    good, skipped = ledger(GOOD, SKIPPED)["pages"]
    assert (skipped["status"], skipped["error"], skipped["notebook"]) == ("skipped", "no posture before 2017", None)
    assert good["notebook"] == "notebooks/01_spending_trends.ipynb"


@pytest.mark.parametrize("change", [{"status": "perhaps"}, {"peak_memory_mb": -1}, {"colour": "red"}])
def test_schema_refuses_what_no_build_writes(ledger, change):
    content = ledger(GOOD)
    content["pages"][0] |= change
    with pytest.raises(ValidationError):
        Draft202012Validator(json.loads(LEDGER_SCHEMA.read_text())).validate(content)


def test_failure_is_what_the_site_shows():
    assert (BAD.failure.status, BAD.failure.cell, BAD.failure.error) == ("failed", "cell 3", "ValueError: bad")
    assert GOOD.failure is None
    assert SKIPPED.failure is None


def test_parameters_of_the_last_build_are_read_back(tmp_path):
    write_ledger([PageRun(ONE, "ok", {"countries": ["POL"]})], "e", tmp_path / "ledger.json")
    assert read_parameters_used(tmp_path / "ledger.json") == {"01_spending_trends": {"countries": ["POL"]}}


def test_without_a_ledger_nothing_is_known(tmp_path):
    assert read_parameters_used(tmp_path / "ledger.json") == {}
