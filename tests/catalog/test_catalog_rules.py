"""Each rule a table must keep: where it is broken, the error names file, line, column, value and rule."""

import re

import pytest

from baltic_calculus.errors import DataError

SPENDING_FAULTS = [
    # replaced, by, line, column, value, rule
    pytest.param(
        "EST,2025,spend", "EST,2025,share", 3, "measure", "share_eur_m", "a measure of the record", id="measure"
    ),
    pytest.param("1633,EUR m", "1633,EUR bn", 3, "unit", "EUR bn", "the measure's unit", id="unit"),
    pytest.param("m,current,,A1,", "m,,,A1,", 3, "price_basis", "", "the measure's price basis", id="price basis"),
    pytest.param("1633", "-1633", 3, "value", "-1633.0", "at least the measure's minimum", id="negative spending"),
    pytest.param("3.93", "393", 2, "value", "393.0", "at most the measure's maximum", id="share above 100"),
    pytest.param("1633", "1 633", 3, "value", "1 633", "a number, with a full stop", id="text in a number column"),
    pytest.param("1633", "inf", 3, "value", "inf", "a number, with a full stop", id="infinite number"),
    pytest.param("2025,spend", "2025.5,spend", 3, "year", "2025.5", "a whole number", id="broken year"),
    pytest.param("2026,spend", "2062,spend", 4, "year", "2062", "a year from 2014 to 2026", id="year out of bounds"),
    pytest.param("2025,spend", ",spend", 3, "year", "", "not empty", id="empty year"),
    pytest.param(
        "EST,2025,spend", "EET,2025,spend", 3, "iso3", "EET", "a code in data/countries.csv", id="unknown country"
    ),
    pytest.param("A1;A2", "A1;A3", 4, "source", "A1;A3", "keys in data/sources.csv", id="unknown source"),
    pytest.param(",estimate,", ",guess,", 2, "flag", "guess", "one of: '', 'estimate'", id="unknown flag"),
    pytest.param("not yet published", "", 4, "value", "", "a missing value has its reason in 'note'", id="no reason"),
    pytest.param(
        "2026,spend", "2025,spend", 4, "iso3", "EST", "key is unique: iso3, year, measure", id="duplicate key"
    ),
]
POSTURE_FAULTS = [
    pytest.param("1700,1800", "1800,1700", 2, "value", "", "low <= value <= high", id="low above high"),
    pytest.param("33,,", "33,40,50", 3, "value", "33.0", "low <= value <= high", id="value outside"),
    pytest.param("1700,1800", "1700,", 2, "low", "1700.0", "low and high come together", id="lone low"),
    pytest.param("33,,", "133,,", 3, "value", "133.0", "a percentage is at most 100", id="percentage"),
    pytest.param("1700,1800", "-1700,1800", 2, "value", "", "not negative", id="negative"),
    pytest.param(",Germany,", ",,", 4, "value", "", "a value, an interval or a text", id="empty fact"),
    pytest.param("2026-02", "02/2026", 2, "date", "02/2026", "written as", id="date"),
    pytest.param("%,low", "%,medium", 3, "confidence", "medium", "one of: 'high', 'low'", id="confidence"),
    pytest.param("brigade strength", "", 2, "indicator", "", "not empty", id="empty indicator"),
]


def expect_fault(catalog, name, line, column, value, rule):
    with pytest.raises(DataError) as caught:
        catalog.load(name)
    listed = [each.strip() for each in caught.value.what.splitlines()[1:]]
    start = f"data/{name}.csv line {line}, column {column}: "
    found = [each.removeprefix(start) for each in listed if each.startswith(start) and rule in each]
    assert len(found) == 1, caught.value.what
    if value:
        assert found[0].startswith(f"{value!r} breaks '")
    assert caught.value.where == f"data/{name}.csv"


@pytest.mark.parametrize(("old", "new", "line", "column", "value", "rule"), SPENDING_FAULTS)
def test_country_year_rule(project, old, new, line, column, value, rule):
    project.spoil("spending", old, new)
    expect_fault(project.catalog, "spending", line, column, value, rule)


@pytest.mark.parametrize(("old", "new", "line", "column", "value", "rule"), POSTURE_FAULTS)
def test_fact_rule(project, old, new, line, column, value, rule):
    project.spoil("posture", old, new)
    expect_fault(project.catalog, "posture", line, column, value, rule)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("measure,value,unit", "measure,unit", "line 1, column value: column is missing"),
        ("price_basis,flag", "price_basis,mark", "line 1, column mark: column is not in the record"),
        ("iso3,year", "year,iso3", "line 1: columns are not in the record's order: iso3, year, measure"),
        ("estimate,A1,\n", "estimate,A1\n", "line 2: 9 fields, found 8"),
        ("current,,A1,\n", "current,,A1,,\n", "line 3: 9 fields, found 10"),
        ("current,,A1,\n", 'current,,A1,"two\nlines"\n', "line 4: one row per line: a cell holds a line break"),
        ("current,,A1,\n", "current,,A1,\n\n", "line 4: 9 fields, found 0"),
        ("current,,A1,\n", 'current,,A1,"open\n', "not readable as CSV: unexpected end of data"),
    ],
)
def test_layout_of_the_file(project, old, new, expected):
    project.spoil("spending", old, new)
    with pytest.raises(DataError, match=re.escape(expected)):
        project.catalog.load("spending")


def test_ten_violations_are_listed_and_the_rest_counted(project):
    # thirteen rows, every value below the minimum
    rows = "".join(f"EST,{year},spend_eur_m,-1,EUR m,current,,A1,\n" for year in range(2014, 2027))
    project.write("spending", "iso3,year,measure,value,unit,price_basis,flag,source,note\n" + rows)
    with pytest.raises(DataError, match="13 cells or rows break a rule") as caught:
        project.catalog.load("spending")
    assert caught.value.what.count("data/spending.csv line") == 10
    assert caught.value.what.endswith("and 3 more")


def test_known_outlier_passes_the_bounds(project):
    project.records["spending"]["known_outliers"] = [
        {"measure": "share_gdp_pct", "iso3": "EST", "first_year": 2025, "last_year": 2025, "reason": "made up"}
    ]
    project.spoil("spending", "3.93", "393")
    assert project.catalog.load("spending")["value"][0] == 393.0


def test_vocabulary_of_one_dataset(project):
    project.records["posture"]["vocabularies"] = {"indicator": ["brigade strength"]}
    project.save()
    expect_fault(project.catalog, "posture", 3, "indicator", "share at Rukla", "one of: 'brigade strength'")
