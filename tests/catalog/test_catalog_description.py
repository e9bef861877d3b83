import pandas as pd
import pytest

from baltic_calculus.catalog.description import describe, frame_coverage, list_datasets
from baltic_calculus.errors import DataError

COUNTRIES = pd.DataFrame({"iso3": ["EST", "LTU", "XNT"]})


def test_coverage_holds_countries_aggregates_and_years():
    frame = pd.DataFrame({"iso3": ["LTU", "XNT", "XXX"], "year": [2014, 2026, 2030]})
    coverage = frame_coverage(frame, COUNTRIES)
    assert coverage.countries == ("LTU", "XNT")
    assert (coverage.first_year, coverage.last_year) == (2014, 2030)


def test_coverage_of_dated_facts_uses_the_year_of_the_date():
    frame = pd.DataFrame({"entity": ["LTU", "BALTIC", "EST-RUS"], "date": ["2017-2026", "2022-06-28", "2023Q4"]})
    coverage = frame_coverage(frame, COUNTRIES)
    assert coverage.countries == ("LTU",)
    assert (coverage.first_year, coverage.last_year) == (2017, 2023)


def test_coverage_without_years_is_refused():
    with pytest.raises(DataError, match="the dataset has no years"):
        frame_coverage(pd.DataFrame({"iso3": ["EST"]}), COUNTRIES)


def test_catalogue_reports_coverage(project):
    coverage = project.catalog.coverage("spending")
    assert (coverage.countries, coverage.first_year, coverage.last_year) == (("EST",), 2025, 2026)


def test_list_has_a_row_per_dataset(project):
    table = list_datasets(project.catalog).set_index("name")
    assert table.loc["spending", ["rows", "countries", "years"]].tolist() == [3, 1, "2025-2026"]
    assert table.loc["countries", ["rows", "countries", "years"]].tolist() == [3, 3, ""]
    assert table.loc["region", ["rows", "countries", "years"]].tolist() == [1, 1, ""]


def test_description_explains_measures_and_columns(project):
    project.records["spending"]["known_gaps"] = ["nothing before 2014"]
    project.save()
    text = describe(project.catalog, "spending")
    assert "spend_eur_m    money [EUR m]" in text
    assert "price_basis  prices" in text
    assert "  - nothing before 2014" in text
    assert "3 rows, 1 countries or aggregates, 2025-2026" in text
