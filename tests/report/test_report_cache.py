"""The page cache: the same inputs have the same key, any other input another, and a damaged entry does not count."""

import json

import pytest

from baltic_calculus.report.cache import PageCache, digest_folder
from baltic_calculus.report.plan import PagePlan


@pytest.fixture
def config(make_project, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "nato.csv").write_text("iso3,year\nEST,2014\n")
    (tmp_path / "requirements.lock").write_text("pandas==3.0\n")
    return make_project(tmp_path, {"01_one": ["x = 1"]})


def planned(config, **parameters):
    page = config.pages[0]
    return PagePlan(page, config.notebooks / f"{page.notebook}.ipynb", parameters, parameters)


def key(config, **parameters):
    return PageCache.open(config).key(planned(config, **parameters))


def test_same_inputs_have_the_same_key(config):
    assert key(config, first_year=2014) == key(config, first_year=2014)


def change_data(config):
    (config.root / "data" / "nato.csv").write_text("iso3,year\nEST,2015\n")


def add_data(config):
    (config.root / "data" / "other.csv").write_text("")


def rename_data(config):
    (config.root / "data" / "nato.csv").rename(config.root / "data" / "sipri.csv")


def change_lock(config):
    (config.root / "requirements.lock").write_text("pandas==3.1\n")


def change_notebook(config):
    path = config.notebooks / "01_one.ipynb"
    content = json.loads(path.read_text())
    content["cells"][-1]["source"] = "x = 2"
    path.write_text(json.dumps(content))


@pytest.mark.parametrize("change", [change_data, add_data, rename_data, change_lock, change_notebook])
def test_any_change_gives_another_key(config, change):
    before = key(config)
    change(config)
    assert key(config) != before


def test_other_parameters_give_another_key(config):
    assert key(config, first_year=2014) != key(config, first_year=2015)


def test_stored_page_is_found(config, tmp_path):
    cache = PageCache.open(config)
    executed = tmp_path / "executed.ipynb"
    executed.write_text("{}")
    assert cache.find("k") is None
    cache.store("k", executed)
    found = cache.find("k")
    assert found is not None
    assert found.read_text() == "{}"


@pytest.mark.parametrize("damage", ["changed", "unsealed"])
def test_damaged_page_is_not_found(config, tmp_path, damage):
    cache = PageCache.open(config)
    executed = tmp_path / "executed.ipynb"
    executed.write_text("{}")
    cache.store("k", executed)
    if damage == "changed":
        (cache.folder / "k.ipynb").write_text("{ }")
    else:
        (cache.folder / "k.sha256").unlink()
    assert cache.find("k") is None


def test_oldest_pages_are_dropped(config, tmp_path):
    cache = PageCache.open(config)
    executed = tmp_path / "executed.ipynb"
    executed.write_text("{}")
    for number in range(45):
        cache.store(f"k{number}", executed)
    assert cache.find("k44") is not None
    assert len(list(cache.folder.glob("*.ipynb"))) == len(list(cache.folder.glob("*.sha256"))) == 40


def test_data_is_checked_once_for_each_state(config):
    cache = PageCache.open(config)
    assert not cache.data_is_checked()
    cache.mark_data_checked()
    assert PageCache.open(config).data_is_checked()
    change_data(config)
    assert not PageCache.open(config).data_is_checked()


def test_digest_ignores_what_python_and_jupyter_leave_behind(tmp_path):
    (tmp_path / "a.py").write_text("x = 1")
    before = digest_folder(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"1")
    assert digest_folder(tmp_path) == before
