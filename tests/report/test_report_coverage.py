"""Countries and years of a dataset are found out once for each state of the data."""

import pytest

from baltic_calculus.catalog import Coverage
from baltic_calculus.report import coverage
from baltic_calculus.report.coverage import CoverageMemory
from baltic_calculus.report.execution.key import Ground

NATO = Coverage(countries=("EST", "LVA"), first_year=2014, last_year=2026)


@pytest.fixture
def asked(monkeypatch):
    """Datasets that were read."""
    names = []
    monkeypatch.setattr(coverage.catalog, "coverage", lambda name: names.append(name) or NATO)
    return names


def memory(tmp_path, data="1", source="1"):
    ground = Ground({"nato": data, "sipri": "1"}, common="1", source=source, references="1", lock="1", environment="1")
    return CoverageMemory(tmp_path / "cache" / "coverage.json", ground)


def test_dataset_is_read_once(tmp_path, asked):
    assert memory(tmp_path).coverage("nato") == NATO
    assert memory(tmp_path).coverage("nato") == NATO
    assert asked == ["nato"]


@pytest.mark.parametrize("state", [{"data": "2"}, {"source": "2"}], ids=["new data", "new code"])
def test_changed_state_is_read_again(tmp_path, asked, state):
    memory(tmp_path).coverage("nato")
    memory(tmp_path, **state).coverage("nato")
    assert asked == ["nato", "nato"]


def test_datasets_are_remembered_side_by_side(tmp_path, asked):
    for name in ("nato", "sipri", "nato", "sipri"):
        memory(tmp_path).coverage(name)
    assert asked == ["nato", "sipri"]


@pytest.mark.parametrize("damage", ['{"nato', "[]"], ids=["cut short", "another layout"])
def test_damaged_memory_is_no_memory(tmp_path, asked, damage):
    memory(tmp_path).coverage("nato")
    (tmp_path / "cache" / "coverage.json").write_text(damage)
    assert memory(tmp_path).coverage("nato") == NATO
    assert asked == ["nato", "nato"]
