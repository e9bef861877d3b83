import pytest

from baltic_calculus import catalog
from baltic_calculus.catalog.root import project_root
from baltic_calculus.errors import DataError


def test_environment_names_the_folder(project, monkeypatch):
    monkeypatch.setenv("BALTIC_ROOT", str(project.root))
    assert project_root() == project.root.resolve()


def test_folder_without_a_catalogue_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("BALTIC_ROOT", str(tmp_path))
    with pytest.raises(DataError, match=r"no data/catalog\.yaml") as caught:
        project_root()
    assert caught.value.where == str(tmp_path)


def test_checkout_is_found_without_the_environment(monkeypatch):
    monkeypatch.delenv("BALTIC_ROOT", raising=False)
    assert (project_root() / "data" / "catalog.yaml").is_file()


def test_functions_use_the_default_catalogue():
    assert catalog.country_name("EST") == "Estonia"
    assert catalog.record("sipri_milex").redistribution == "limited"
    assert catalog.record("sipri_milex") in catalog.records()
    assert catalog.load_geometry("baltic_region")["type"] == "FeatureCollection"
