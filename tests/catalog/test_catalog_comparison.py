import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from baltic_calculus.catalog.comparison import compare, count_decimals
from baltic_calculus.catalog.comparison_text import as_csv, as_json, as_text

KEYS = ("iso3", "year", "measure")


def table(*rows, unit="% of GDP", basis="", measure="share_gdp_pct"):
    """Rows of country, year, value and perhaps a flag."""
    return pd.DataFrame(
        [
            {"iso3": iso3, "year": year, "measure": measure, "value": value, "flag": "".join(flag), "unit": unit}
            | {"price_basis": basis}
            for iso3, year, value, *flag in rows
        ]
    ).astype({"value": "float64"})


def changes(found):
    return {(row.iso3, row.year): row.change for row in found.cells.itertuples()}


def test_every_kind_of_change_is_told():
    old = table(
        ("EST", 2024, 3.0), ("EST", 2025, 3.4, "estimate"), ("LTU", 2024, None), ("LTU", 2025, 4.0), ("POL", 2025, 4.5)
    )
    new = table(("EST", 2024, 3.3), ("EST", 2025, 3.4), ("LTU", 2024, 2.0), ("LTU", 2025, None), ("EST", 2026, 5.0))
    found = compare(old, new, KEYS)
    assert changes(found) == {
        ("EST", 2024): "revised",
        ("EST", 2025): "flag",
        ("LTU", 2024): "filled",
        ("LTU", 2025): "withdrawn",
        ("POL", 2025): "vanished",
        ("EST", 2026): "new",
    }
    assert (found.added["year"], found.gone["iso3"], found.same) == ((2026,), ("POL",), 0)


def test_revision_is_measured_in_the_unit_and_in_per_cent():
    row = compare(table(("EST", 2024, 2.5)), table(("EST", 2024, 2.75)), KEYS).cells.iloc[0]
    assert row["difference"] == pytest.approx(0.25)
    assert row["relative_pct"] == pytest.approx(10)  # 0.25 of 2.5


def test_revision_of_zero_has_no_per_cent():
    row = compare(table(("EST", 2024, 0.0)), table(("EST", 2024, 3.3)), KEYS).cells.iloc[0]
    assert pd.isna(row["relative_pct"])
    assert row["difference"] == pytest.approx(3.3)


def test_unrounded_numbers_do_not_differ_from_the_same_numbers_rounded():
    # one decimal is common to both: 35.827 is 35.8, but 12.26 is not 12.2
    old = table(("SWE", 2025, 35.8), ("NOR", 2025, 12.2))
    new = table(("SWE", 2025, 35.82725060827251), ("NOR", 2025, 12.26))
    found = compare(old, new, KEYS)
    assert changes(found) == {("NOR", 2025): "revised"}
    assert found.decimals == {"share_gdp_pct": 1}


def test_last_decimal_counts():
    assert changes(compare(table(("EST", 2024, 3.31)), table(("EST", 2024, 3.32)), KEYS)) == {("EST", 2024): "revised"}


def test_largest_revision_comes_first_whatever_its_sign():
    old = table(("EST", 2024, 10.0), ("LVA", 2024, 100.0), ("LTU", 2024, 1.0))
    new = table(("EST", 2024, 9.0), ("LVA", 2024, 104.0), ("LTU", 2024, 2.0))
    found = compare(old, new, KEYS)  # -1 (-10%), +4 (+4%), +1 (+100%)
    assert list(found.largest("relative_pct", 2)["iso3"]) == ["LTU", "EST"]
    assert list(found.largest("difference", 2)["iso3"]) == ["LVA", "EST"]  # of two that are as large, the first


def test_other_definition_unit_and_prices_are_redefinitions():
    old = table(("EST", 2024, 3.0), unit="EUR m", basis="constant 2021")
    new = table(("EST", 2024, 3.0), unit="US$ m", basis="constant 2024")
    assert compare(old, new, KEYS, ("defence expenditure", "core defence expenditure")).redefined == (
        "counts 'core defence expenditure', before 'defence expenditure'",
        "share_gdp_pct: unit 'US$ m', before 'EUR m'",
        "share_gdp_pct: prices 'constant 2024', before 'constant 2021'",
    )


@pytest.mark.parametrize("new", ["Core  defence Expenditure", ""])
def test_case_space_and_ignorance_are_no_redefinition(new):
    one = table(("EST", 2024, 3.0))
    assert compare(one, one, KEYS, ("core defence expenditure", new)).redefined == ()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.floats(-1e9, 1e9).map(lambda number: round(number, 3)), min_size=1, max_size=5))
def test_table_does_not_differ_from_itself(values):
    one = table(*(("EST", 2000 + place, value) for place, value in enumerate(values)))
    found = compare(one, one, KEYS)
    assert found.cells.empty
    assert found.same == len(values)


@pytest.mark.parametrize(("number", "digits"), [(3.0, 0), (3.25, 2), (1e-7, 7), (9.2e9, 0), (float("nan"), 0)])
def test_decimals_are_those_a_number_needs(number, digits):
    assert count_decimals(number) == digits


def test_text_says_what_counts_most_first():
    old = table(("EST", 2024, 3.0), ("EST", 2025, 3.4), ("POL", 2025, 4.5))
    new = table(("EST", 2024, 3.3), ("EST", 2025, 3.4, "estimate"))
    assert as_text(compare(old, new, KEYS, ("a", "b")), "nato", "nato@2027") == (
        "nato -> nato@2027\n"
        "  REDEFINED  counts 'b', before 'a'\n"
        "  0 rows are the same\n"
        "  1 numbers revised\n"
        "  1 rows vanished\n"
        "  1 flags changed, the number not\n"
        "  areas no longer in it: POL\n"
        "  largest revisions, in per cent of the old number\n"
        "    EST 2024 share_gdp_pct: 3 -> 3.3 (+0.3, +10.00%)\n"
        "  largest revision of each measure, in its unit\n"
        "    EST 2024 share_gdp_pct: 3 -> 3.3 (+0.3, +10.00%)\n"
        "  vanished rows\n"
        "    POL 2025 share_gdp_pct: 4.5\n"
        "  flags changed\n"
        "    EST 2025 share_gdp_pct: no flag -> estimate"
    )


def test_program_gets_every_difference_and_null_for_no_number():
    found = compare(table(("EST", 2024, None)), table(("EST", 2024, 3.3)), KEYS)
    assert json.loads(as_json(found, "a", "b"))["differences"] == [
        {"iso3": "EST", "year": 2024, "measure": "share_gdp_pct", "change": "filled", "old": None, "new": 3.3}
        | {"difference": None, "relative_pct": None, "old_flag": "", "new_flag": ""}
    ]
    assert as_csv(found) == (
        "iso3,year,measure,change,old,new,difference,relative_pct,old_flag,new_flag\n"
        "EST,2024,share_gdp_pct,filled,,3.3,,,,\n"
    )
