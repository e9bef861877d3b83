"""The data of an exhibit on a page: typed, shortened, cut."""

from dataclasses import replace

import pytest

from baltic_calculus.report.data_table import data_table, rows_to_show, shorten
from baltic_calculus.report.exhibit import Exhibit


@pytest.fixture(scope="module")
def exhibit(small_report) -> Exhibit:
    return small_report.chapters("01_spending")[0].exhibits["fig-share"]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("4.128829685636046", "4.12883"),
        ("-0.000012345678", "-0.0000123457"),
        ("1e-07", "0.0000001"),
        ("1234567.891011", "1234568"),
        ("2026", "2026"),
        ("22.15", "22.15"),
        ("2020-07-02", "2020-07-02"),
        ("", ""),
    ],
)
def test_long_numbers_are_shortened(value: str, shown: str) -> None:
    assert shorten(value) == shown


def test_a_column_is_numeric_when_all_that_is_known_of_it_is(exhibit: Exhibit) -> None:
    table = data_table(replace(exhibit, data="state,share,flag,none\nEstonia,3.4,,\nLatvia,,estimate,\n"))
    assert dict(zip(table.columns, table.numeric, strict=True)) == {
        "state": False,
        "share": True,
        "flag": False,
        "none": False,
    }


def test_a_page_shows_the_first_rows_and_fewer_when_it_has_many_tables(exhibit: Exhibit) -> None:
    rows = "".join(f"{year},{'x' * 30}\n" for year in range(100))
    table = data_table(replace(exhibit, data=f"year,<b>\n{rows}"))
    assert table.html(60).count("<tr>") == 1 + 60
    assert "&lt;b&gt;" in table.html(60)
    assert rows_to_show([table]) == 60
    assert rows_to_show([table] * 20) == 20  # of about 65 characters each: 20 x 20 of them make 26,000
