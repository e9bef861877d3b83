"""What is missing or odd for one country, on frames small enough to read."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.data_note import (
    WORDS,
    accession_year,
    describe_data,
    find_missing,
    outliers_of,
    output_break,
)
from baltic_calculus.analysis.quantity import year
from baltic_calculus.catalog.record import Outlier


@pytest.fixture
def record() -> catalog.DatasetRecord:
    """The record of NATO's dataset with two oddities of one reason."""
    outliers = [
        Outlier(measure="gdp_usd_m_current", iso3="LUX", first_year=2023, last_year=2024, reason="income, not output"),
        Outlier(measure="share_gdp_pct", iso3="LUX", first_year=2023, last_year=2024, reason="income, not output"),
        Outlier(measure="military_personnel_k", iso3="EST", first_year=2024, last_year=2024, reason="unexplained"),
    ]
    return catalog.record("nato_defence_expenditure").model_copy(update={"known_outliers": tuple(outliers)})


def long(country: str, values: dict[str, dict[int, float]], note: str = "") -> pd.DataFrame:
    """Make a long frame of one country from measure to year to value."""
    rows = [(country, at, name, value) for name, series in values.items() for at, value in series.items()]
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="", note=note)


WHOLE = {name: {2023: 1.0, 2024: 1.0} for name in WORDS}


def test_a_series_without_a_value_and_one_with_a_gap_are_told_apart():
    held = {name: series for name, series in WHOLE.items() if name != "other_share_pct"}
    nato = long("PRT", held | {"personnel_share_pct": {2023: 40.0, 2024: float("nan")}})
    assert find_missing(nato, "PRT", 2023, 2024) == {"other_share_pct": (2023, 2024), "personnel_share_pct": (2024,)}


def test_missing_and_partly_missing_series_in_words(record):
    held = {name: series for name, series in WHOLE.items() if name != "other_share_pct"}
    nato = long("PRT", held | {"personnel_share_pct": {2023: 40.0}})
    assert describe_data(nato, record, "PRT", (2023, 2024)) == {
        "missing": ("share of other expenditure",),
        "partly_missing": ("personnel share (2024)",),
        "odd": "",
        "joined": "an earlier year",
    }


def test_one_reason_is_told_once_with_all_that_it_explains(record):
    told = describe_data(long("LUX", WHOLE), record, "LUX", (2023, 2024))
    assert told["odd"] == "GDP and share of GDP, 2023–2024: income, not output"
    assert told["missing"] == ()
    assert describe_data(long("EST", WHOLE), record, "EST", (2023, 2024))["odd"] == (
        "Military personnel, 2024: unexplained"
    )


def test_output_breaks_only_where_its_measure_changes_within_the_years(record):
    assert output_break(record, "LUX", 2014, 2024) == 2023
    assert output_break(record, "LUX", 2023, 2024) is None  # both years are of the new measure
    assert output_break(record, "LUX", 2014, 2022) is None
    assert output_break(record, "EST", 2014, 2024) is None


def test_an_accession_ends_the_rows_from_before_it(record):
    before = long("FIN", {"share_gdp_pct": {2021: 1.4, 2022: 1.7}}, "before accession to NATO")
    nato = pd.concat([before, long("FIN", WHOLE)])
    assert accession_year(nato, "FIN") == 2023
    assert accession_year(long("EST", WHOLE), "EST") is None
    assert describe_data(nato, record, "FIN", (2023, 2024))["joined"] == year(2023)


def test_outliers_of_another_country_are_not_taken(record):
    assert [one.measure for one in outliers_of(record, "EST")] == ["military_personnel_k"]
    assert outliers_of(record, "EST", ("share_gdp_pct",)) == ()
