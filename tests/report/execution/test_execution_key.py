"""Keys of pages: what changes them, what does not, and how the parts are named."""

import pytest
import yaml
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from baltic_calculus.report.execution.key import key_of, page_parts, read_ground
from baltic_calculus.report.freshness import File, Snapshot

CATALOGUE = {
    "columns": {"iso3": {"meaning": "Country"}},
    "datasets": {
        "nato": {"path": "data/nato.csv", "title": "Spending"},
        "sipri": {"path": "data/sipri.csv", "title": "Spending, too"},
        "countries": {"path": "data/countries.csv"},
    },
}
FILES = {
    "data/catalog.yaml": "0",
    "data/nato.csv": "1",
    "data/sipri.csv": "2",
    "data/countries.csv": "3",
    "data/policy/targets.yaml": "4",
    "notebooks/01_one.ipynb": "5",
    "report/report.yaml": "6",
    "requirements.lock": "7",
    "src/baltic_calculus/analysis/debt.py": "8",
    "src/baltic_calculus/report/pdf.py": "9",
    "src/baltic_calculus/report/execution/run.py": "10",
}


def ground(files=None, environment="Python 3.11", catalogue=CATALOGUE):
    files = {name: File(0, 0, digest) for name, digest in (FILES | (files or {})).items()}
    return read_ground(Snapshot(files, environment), yaml.safe_dump(catalogue))


def notebook(code="catalog.load('nato')", prose="Text"):
    cells = [new_code_cell("from baltic_calculus import catalog"), new_markdown_cell(prose), new_code_cell(code)]
    return new_notebook(cells=cells)


def parts(source=None, parameters=None, **state):
    return page_parts(source or notebook(), parameters or {"year": 2026}, ground(**state))


def changed(before, now):
    return [name for name in dict.fromkeys([*now, *before]) if before.get(name) != now.get(name)]


@pytest.mark.parametrize(
    ("now", "part"),
    [
        (parts(notebook(code="catalog.load('nato') ")), "code cells"),
        (parts(parameters={"year": 2025}), "parameters"),
        (parts(files={"data/nato.csv": "x"}), "data nato"),
        (parts(files={"data/countries.csv": "x"}), "data dictionary and registers"),
        (parts(files={"data/readme.txt": "x"}), "data dictionary and registers"),
        (parts(files={"src/baltic_calculus/analysis/debt.py": "x"}), "source of the package"),
        (parts(files={"src/baltic_calculus/report/execution/run.py": "x"}), "source of the package"),
        (parts(files={"requirements.lock": "x"}), "requirements.lock"),
        (parts(environment="Python 3.12"), "Python and installed packages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_change_is_named_and_changes_the_key(now, part):
    assert changed(parts(), now) == [part]
    assert key_of(now) != key_of(parts())


@pytest.mark.parametrize(
    "now",
    [
        parts(notebook(prose="Better text")),
        parts(files={"data/sipri.csv": "x"}),
        parts(files={"data/policy/targets.yaml": "x"}),
        parts(files={"src/baltic_calculus/report/pdf.py": "x"}),
        parts(files={"report/report.yaml": "x"}),
        parts(files={"notebooks/02_two.ipynb": "x"}),
    ],
    ids=["prose", "data of others", "policy of others", "rendering", "configuration", "other notebook"],
)
def test_what_a_page_does_not_depend_on_leaves_its_key(now):
    assert key_of(now) == key_of(parts())


def test_record_of_a_dataset_belongs_to_the_dataset():
    catalogue = CATALOGUE | {"datasets": CATALOGUE["datasets"] | {"nato": {"path": "data/nato.csv", "title": "New"}}}
    assert changed(parts(), parts(catalogue=catalogue)) == ["data nato"]


def test_policy_and_dataset_may_share_a_name():
    files = {"data/policy/nato.yaml": "x"}
    assert changed(parts(), parts(files=files)) == ["data nato"]
    assert ground(files).data["nato"] != ground({"data/policy/nato.yaml": "y"}).data["nato"]


def test_catalogue_that_cannot_be_read_is_one_part():
    state = read_ground(Snapshot({name: File(0, 0, digest) for name, digest in FILES.items()}, ""), "datasets: [")
    assert set(state.data) == {"targets"}
