"""All data are checked before any notebook runs, once for each state."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.catalog import Finding, Validation, Weight
from baltic_calculus.catalog.catalog import CHECKED
from baltic_calculus.errors import DataError
from baltic_calculus.report import checked_data
from baltic_calculus.report.checked_data import ensure_checked
from baltic_calculus.report.execution.key import Ground


def ground(references="1"):
    return Ground({"nato": "1"}, common="1", source="1", references=references, lock="1", environment="1")


@pytest.fixture
def checks(monkeypatch):
    """What the checks find; how often they ran is the length of ``ran``."""
    state = {"findings": (), "ran": []}

    def validate():
        state["ran"].append(1)
        return Validation(state["findings"], 1, 0, 0, 0, 0, 0)

    monkeypatch.setattr(checked_data.catalog, "validate", validate)
    return state


def test_state_that_passed_is_not_checked_again(tmp_path, checks):
    mark = tmp_path / "cache" / "data-checked"
    for _ in range(2):
        environment = ensure_checked(mark, ground())
        assert environment == {CHECKED: catalog.default_catalog().digest}
    assert len(checks["ran"]) == 1
    ensure_checked(mark, ground(references="2"))  # records are cited from it
    assert len(checks["ran"]) == 2


def test_faults_stop_the_build_until_they_are_mended(tmp_path, checks):
    checks["findings"] = (Finding("nato", "row 3: text in value"),)
    for _ in range(2):
        with pytest.raises(DataError, match="nato: row 3: text in value"):
            ensure_checked(tmp_path / "data-checked", ground())
    assert len(checks["ran"]) == 2


def test_warnings_do_not_stop_the_build(tmp_path, checks):
    checks["findings"] = (Finding("nato", "far from the IMF's", weight=Weight.WARNING),)
    ensure_checked(tmp_path / "data-checked", ground())
    assert (tmp_path / "data-checked").exists()


def test_kernel_believes_only_what_was_said_of_its_very_catalogue(monkeypatch):
    """Tables are checked when they are loaded, unless the process that started this one has checked this catalogue."""
    looked = []
    own = catalog.Catalog(catalog.project_root())
    monkeypatch.setattr(own, "_broken_rules", lambda frame, record: looked.append(record.name) or [])
    monkeypatch.setenv(CHECKED, "digest of another catalogue")
    own.load("nato_defence_expenditure")
    assert looked == ["nato_defence_expenditure"]
    monkeypatch.setenv(CHECKED, own.digest)
    own.load("sipri_milex")
    assert looked == ["nato_defence_expenditure"]
