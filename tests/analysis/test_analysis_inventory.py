"""The appendix's tables hold one row for each entry of the catalogue."""

from baltic_calculus import catalog
from baltic_calculus.analysis.inventory import (
    tabulate_datasets,
    tabulate_exceptions,
    tabulate_flags,
    tabulate_gaps,
    tabulate_measures,
    tabulate_policies,
)


def test_every_dataset_has_its_row_and_its_licence() -> None:
    table = tabulate_datasets(catalog.records())
    assert list(table["dataset"]) == [record.name for record in catalog.records()]
    assert table["licence"].str.strip().ne("").all()
    assert table.set_index("dataset").loc["sipri_milex", "may_be_passed_on"] == "extract only"


def test_every_measure_is_defined_once_for_its_dataset() -> None:
    table = tabulate_measures(catalog.records())
    assert not table.duplicated(["dataset", "measure"]).any()
    assert len(table) == sum(len(record.measures) for record in catalog.records())


def test_flags_and_gaps_come_from_the_records() -> None:
    assert "estimate" in set(tabulate_flags(catalog.records())["flag"])
    gaps = tabulate_gaps(catalog.records())
    assert set(gaps["kind"]) == {"gap", "outlier"}


def test_exceptions_name_row_years_rule_and_reason() -> None:
    table = tabulate_exceptions(catalog.records(), catalog.cross_check_rules())
    assert len(table) == sum(len(record.known_exceptions) for record in catalog.records())
    one_year, several, none = (
        table.query(f"row == {row!r} and dataset == {dataset!r}")
        for row, dataset in (("BLR", "sipri_milex"), ("POL", "nato_defence_expenditure"), ("A29", "forecasts"))
    )
    assert [list(each["years"]) for each in (one_year, several, none)] == [["2025"], ["2022–2025"], [""]]
    assert list(one_year["rule"]) == ["SIPRI's share is its amount over GDP"]
    assert table["reason"].str.strip().ne("").all()


def test_policy_values_stay_within_their_ranges() -> None:
    table = tabulate_policies(catalog.policies())
    assert len(table) > 0
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
