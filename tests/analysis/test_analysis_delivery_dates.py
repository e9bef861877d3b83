"""Dates of promised capability: each stands in one register, and is taken from there."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.delivery_dates import fill_dates
from baltic_calculus.errors import DataError

EQUIPMENT = pd.DataFrame(
    [
        ("EST", "guns", "2025-01", "2025-08", "high"),
        ("LVA", "vehicles, first", "2026", "2028", "high"),
        ("LVA", "vehicles, second", "2027", "2029-06", "low"),
        ("LVA", "launchers", "2027", "", "high"),
    ],
    columns=["entity", "indicator", "first_delivery", "last_delivery", "confidence"],
)
AIR_DEFENCE = pd.DataFrame(
    [("LTU", "battery", "2026-Q1", "2027-Q1", "medium")], columns=["iso3", "system", "begins", "ends", "confidence"]
)


def fill(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """Register of capabilities (dated_by, first, last), filled."""
    frame = pd.DataFrame(rows, columns=["dated_by", "first", "last"])
    frame = frame.assign(entity="XXX", capability="promised", confidence="medium")
    return fill_dates(frame, EQUIPMENT, AIR_DEFENCE)


def test_dates_come_from_the_row_named_with_the_weaker_confidence() -> None:
    filled = fill(("EST guns", "", ""), ("LTU battery", "", ""), ("", "2024", "2026"))
    assert filled[["first", "last", "confidence"]].to_numpy().tolist() == [
        ["2025-01", "2025-08", "medium"],
        ["2026-Q1", "2027-Q1", "medium"],
        ["2024", "2026", "medium"],  # its own
    ]


def test_several_rows_span_from_the_earliest_to_the_latest() -> None:
    filled = fill(("LVA vehicles, first;LVA vehicles, second", "", ""))
    assert filled.loc[0, ["first", "last", "confidence"]].tolist() == ["2026", "2029-06", "low"]


def test_an_end_that_one_row_lacks_is_not_known() -> None:
    assert fill(("LVA vehicles, first;LVA launchers", "", "")).loc[0, ["first", "last"]].tolist() == ["2026", ""]


def test_what_the_other_register_lacks_may_stand_here() -> None:
    assert fill(("LVA launchers", "", "2030")).loc[0, ["first", "last"]].tolist() == ["2027", "2030"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (("LVA launchers", "2027", ""), "the first date stands in both registers"),
        (("EST howitzers", "", ""), "is called 'EST howitzers'"),
    ],
)
def test_a_date_in_both_places_and_an_unknown_row_are_refused(row: tuple[str, str, str], message: str) -> None:
    with pytest.raises(DataError, match=message):
        fill(row)


def test_numbers_in_names_are_those_of_the_rows_named() -> None:
    equipment = catalog.load("equipment")
    numbers = equipment.set_index(equipment["entity"] + " " + equipment["indicator"])["value"]
    rows = catalog.load("deliveries")
    counted = rows[rows["capability"].str.match(r"\d+ ") & rows["dated_by"].ne("")]
    assert len(counted) > 5
    for row in counted.itertuples():
        assert int(row.capability.split()[0]) == numbers[row.dated_by.split(";")].sum(), row.capability
