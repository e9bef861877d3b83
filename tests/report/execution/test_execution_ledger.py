"""The ledger: one entry a page, failures with cell, error and traceback."""

import json

from baltic_calculus.report.config import Page
from baltic_calculus.report.execution.ledger import PageFailure, PageRun, read_parameters_used, write_ledger

ONE = Page(notebook="01_spending_trends", coverage="nato")
TWO = Page(notebook="02_fiscal_burden", coverage="cofog")


def test_ledger_tells_what_happened(tmp_path):
    failure = PageFailure(TWO, "failed", "cell 3", "ValueError: bad", "Traceback\nValueError: bad")
    runs = [PageRun(ONE, "ok", 3.217, {"first_year": 2014}), PageRun(TWO, "failed", 0.5, {}, failure=failure)]
    write_ledger(runs, "November 2026", tmp_path / "ledger.json")
    assert json.loads((tmp_path / "ledger.json").read_text()) == {
        "version": 1,
        "edition": "November 2026",
        "pages": [
            {
                "page": "01_spending_trends",
                "status": "ok",
                "seconds": 3.22,
                "parameters": {"first_year": 2014},
                "cell": None,
                "error": None,
                "traceback": None,
            },
            {
                "page": "02_fiscal_burden",
                "status": "failed",
                "seconds": 0.5,
                "parameters": {},
                "cell": "cell 3",
                "error": "ValueError: bad",
                "traceback": "Traceback\nValueError: bad",
            },
        ],
    }
    assert [path.name for path in tmp_path.iterdir()] == ["ledger.json"]


def test_parameters_of_the_last_build_are_read_back(tmp_path):
    write_ledger([PageRun(ONE, "ok", 1.0, {"countries": ["POL"]})], "e", tmp_path / "ledger.json")
    assert read_parameters_used(tmp_path / "ledger.json") == {"01_spending_trends": {"countries": ["POL"]}}


def test_without_a_ledger_nothing_is_known(tmp_path):
    assert read_parameters_used(tmp_path / "ledger.json") == {}
