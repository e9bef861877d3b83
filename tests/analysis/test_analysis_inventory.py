"""The appendix's tables hold one row for each entry of the catalogue."""

from baltic_calculus import catalog
from baltic_calculus.analysis.inventory import (
    tabulate_datasets,
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


def test_policy_values_stay_within_their_ranges() -> None:
    table = tabulate_policies(catalog.policies())
    assert len(table) > 0
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
