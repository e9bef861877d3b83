import pytest

from baltic_calculus.errors import DataError


def test_unknown_key_of_a_record_is_named(project):
    project.records["spending"]["licens"] = "typo"
    project.save()
    with pytest.raises(DataError, match=r"datasets\.spending\.licens: Extra inputs are not permitted"):
        project.catalog.records()


def test_missing_key_of_a_record_is_named(project):
    del project.records["spending"]["licence"]
    project.save()
    with pytest.raises(DataError, match=r"datasets\.spending\.licence: Field required"):
        project.catalog.records()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"keys": ["iso3", "month"]}, "keys that are not columns: month"),
        ({"columns": []}, "a table needs 'columns' and 'keys'"),
        ({"measures": {}}, "'measures' must be described"),
        ({"redistribution": "limited"}, "limited redistribution needs the 'attribution' line"),
        ({"read": "21.11.2026"}, "String should match pattern"),
    ],
)
def test_inconsistent_record_is_refused(project, change, problem):
    project.records["spending"] |= change
    project.save()
    with pytest.raises(DataError, match=problem):
        project.catalog.records()


def test_column_outside_the_data_dictionary_is_refused(project):
    project.records["spending"]["columns"].append("remark")
    project.save()
    with pytest.raises(DataError, match="columns without an entry in the data dictionary: remark") as caught:
        project.catalog.records()
    assert caught.value.where == "data/catalog.yaml: spending"


def test_broken_yaml_is_reported_with_its_place(project):
    (project.root / "data" / "catalog.yaml").write_text("columns: [", encoding="utf-8")
    with pytest.raises(DataError, match=r"(?s)not readable as YAML.*line 2"):
        project.catalog.records()


def test_dates_may_be_as_exact_as_known(project):
    project.records["spending"] |= {"cut_off": "2026-07", "published": 2026}
    project.save()
    record = project.catalog.record("spending")
    assert (record.cut_off, record.published) == ("2026-07", "2026")
