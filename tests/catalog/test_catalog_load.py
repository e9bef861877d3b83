import copy
import hashlib

import pytest

from baltic_calculus.errors import DataError


def test_table_is_typed_and_carries_its_record(project):
    frame = project.catalog.load("spending")
    assert frame["value"].tolist()[:2] == [3.93, 1633.0]
    assert frame["value"].isna().tolist() == [False, False, True]
    assert frame["year"].dtype == "int64"
    assert frame["flag"].tolist() == ["estimate", "", ""]
    assert frame.attrs["record"].publisher == "Somebody"
    assert frame.attrs["record"].name == "spending"


def test_loaded_table_is_a_copy(project):
    catalog = project.catalog
    frame = catalog.load("spending")
    frame.loc[0, "value"] = -1.0
    assert catalog.load("spending")["value"][0] == 3.93


def test_record_survives_pandas_without_being_copied(project):
    frame = project.catalog.load("spending")
    assert frame.query("year == 2025").attrs["record"] is frame.attrs["record"]
    assert copy.deepcopy(frame.attrs["record"]) is frame.attrs["record"]


def test_changed_file_is_refused_with_its_checksum_and_what_to_do(project):
    path = project.root / "data" / "spending.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("1633", "1634"), encoding="utf-8")
    with pytest.raises(DataError, match=r"not the file that was recorded: its sha256 is [0-9a-f]{64}") as caught:
        project.catalog.load("spending")
    assert caught.value.where == "data/catalog.yaml: spending"
    assert "edition, cut_off, published, read and this sha256" in caught.value.remedy


def test_file_changed_after_loading_is_refused_too(project):
    catalog = project.catalog
    catalog.load("spending")
    (project.root / "data" / "spending.csv").write_text("anything", encoding="utf-8")
    with pytest.raises(DataError, match="not the file that was recorded"):
        catalog.load("spending")


def test_missing_file_is_named(project):
    (project.root / "data" / "spending.csv").unlink()
    with pytest.raises(DataError, match="file is missing") as caught:
        project.catalog.load("spending")
    assert caught.value.where == "data/spending.csv"


def test_unknown_dataset_lists_those_there_are(project):
    with pytest.raises(DataError, match="no dataset 'spendings'") as caught:
        project.catalog.load("spendings")
    assert "spending, posture" in caught.value.remedy


def test_file_in_another_encoding_is_refused(project):
    path = project.root / "data" / "spending.csv"
    path.write_bytes(b"iso3\n\xff\n")
    project.records["spending"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    project.save()
    with pytest.raises(DataError, match="not readable as CSV") as caught:
        project.catalog.load("spending")
    assert caught.value.remedy == "save it as UTF-8 CSV, comma-separated"


def test_map_is_loaded_as_geojson(project):
    assert project.catalog.load_geometry("region")["features"][0]["properties"]["iso3"] == "EST"


def test_map_with_an_unknown_country_is_refused(project):
    project.write("region", '{"features": [{"properties": {"iso3": "EST"}}, {"properties": {"iso3": "ESX"}}]}')
    with pytest.raises(DataError, match="feature 1: unknown country 'ESX'"):
        project.catalog.load_geometry("region")


def test_table_and_map_are_not_confused(project):
    with pytest.raises(DataError, match="region is a map, not a table") as caught:
        project.catalog.load("region")
    assert caught.value.remedy == "use catalog.load_geometry('region')"
    with pytest.raises(DataError, match="spending is a table, not a map"):
        project.catalog.load_geometry("spending")


def test_countries_have_memberships_as_booleans(project):
    countries = project.catalog.countries().set_index("iso3")
    assert countries["nato"].to_dict() == {"EST": True, "LTU": True, "XNT": False}


def test_country_has_a_name(project):
    assert project.catalog.country_name("LTU") == "Lithuania"
    assert project.catalog.country_name("XNT") == "NATO total"
    assert project.catalog.country_in_text("XNT") == "NATO as a whole"
    with pytest.raises(DataError, match="unknown country code 'LIT'") as caught:
        project.catalog.country_name("LIT")
    assert caught.value.remedy == "choose from: EST, LTU, XNT"
