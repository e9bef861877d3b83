"""Equipment: spans of delivery, sums by stage, and what is not verified."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.equipment import (
    CATEGORIES,
    DELIVERED,
    HELD,
    NOT_VERIFIED,
    ON_ORDER,
    PLANNED,
    list_deliveries,
    list_equipment,
    list_gaps,
    states_with_deliveries,
    tabulate_equipment,
)

NONE = float("nan")
EQUIPMENT = pd.DataFrame(
    [
        ("LTU", "2025", "tanks", "main battle tanks", HELD, 0.0, NONE, NONE, "", "", "medium"),
        ("LTU", "2024-12", "tanks", "Leopard 2A8", ON_ORDER, 44.0, NONE, NONE, "2029", "", "medium"),
        ("LTU", "2022", "guns", "CAESAR", ON_ORDER, 18.0, NONE, NONE, "", "2027", "medium"),
        ("LTU", "2015", "guns", "PzH 2000", HELD, 21.0, NONE, NONE, "", "", "low"),
        ("LTU", "2025", "guns", "towed", HELD, 9.0, 8.0, 10.0, "", "", "medium"),
        ("EST", "2025", "rocket launchers", "HIMARS", HELD, 6.0, NONE, NONE, "2025-04", "2025", "medium"),
        ("EST", "2025-11", "rocket launchers", "HIMARS, more", PLANNED, 6.0, NONE, NONE, "2028", "2029", "low"),
        ("XXX", "2025", "tanks", "other", HELD, 5.0, NONE, NONE, "2020", "2020", "high"),
    ],
    columns=[
        "entity", "date", "category", "indicator", "status", "value", "low", "high", "first_delivery", "last_delivery",
        "confidence",
    ],
).assign(unit="pieces", source="P001", note="")  # fmt: skip
COUNTRIES = pd.DataFrame({"iso3": ["EST", "LTU", "XXX"], "name": ["Estonia", "Lithuania", "Nowhere"]})


def listed() -> pd.DataFrame:
    return list_equipment(EQUIPMENT, ("EST", "LTU"))


def test_rows_follow_states_categories_and_stages() -> None:
    assert listed()["system"].tolist() == [
        "HIMARS", "HIMARS, more", "main battle tanks", "Leopard 2A8", "PzH 2000", "towed", "CAESAR",
    ]  # fmt: skip


def test_spans_cover_whole_years_and_say_which_end_is_known() -> None:
    rows = list_deliveries(listed(), COUNTRIES).set_index("system")
    # from the start of 2028 to the end of 2029
    assert rows.loc["HIMARS, more", ["opens", "closes", "years"]].tolist() == [2028, 2030, "2028–2029"]
    assert rows.loc["Leopard 2A8", ["opens", "closes", "years"]].tolist() == [2029, 2030, "from 2029"]
    assert rows.loc["CAESAR", ["opens", "closes", "years"]].tolist() == [2027, 2028, "by 2027"]
    assert rows.loc["HIMARS", ["stage", "label"]].tolist() == [DELIVERED, "Estonia: 6 HIMARS, 2025"]
    assert rows.loc["HIMARS, more", "confidence"] == "low"


def test_systems_without_a_year_are_not_on_the_time_axis() -> None:
    assert "PzH 2000" not in set(list_deliveries(listed(), COUNTRIES)["system"])


def test_sums_keep_ranges_and_say_when_they_hold_weak_numbers() -> None:
    table = tabulate_equipment(listed(), ("EST", "LTU")).set_index("iso3")
    # 21 + 8 to 10
    assert table.loc["LTU", "guns"] == "29–31 held (low), 18 on order"
    assert table.loc["LTU", "tanks"] == "0 held, 44 on order"
    assert table.loc["EST", "rocket launchers"] == "6 held, 6 planned (low)"


def test_nothing_found_is_not_zero() -> None:
    table = tabulate_equipment(listed(), ("EST", "LTU")).set_index("iso3")
    assert table.loc["EST", "tanks"] == NOT_VERIFIED
    gaps = set(list_gaps(listed(), ("EST", "LTU")).itertuples(index=False, name=None))
    assert ("EST", "tanks") in gaps
    assert ("LTU", "tanks") not in gaps  # none held is a published number


def test_states_without_deliveries_give_way_to_those_that_have_some() -> None:
    assert states_with_deliveries(listed(), ("LTU", "SVK")) == ("LTU",)
    assert states_with_deliveries(listed(), ("SVK",)) == ("EST", "LTU")


def test_every_span_and_number_traces_to_a_published_row() -> None:
    equipment = catalog.load("equipment")
    codes = tuple(equipment["entity"].unique())
    rows = list_equipment(equipment, codes)
    assert len(rows) == len(equipment)
    published = equipment.set_index(["entity", "date", "indicator"])
    for row in list_deliveries(rows, catalog.countries()).itertuples():
        origin = published.loc[(row.iso3, row.date, row.system)]
        years = {origin["first_delivery"][:4], origin["last_delivery"][:4]} - {""}
        assert {str(int(row.opens)), str(int(row.closes - 1))} == years
        assert row.confidence == origin["confidence"]


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_occurs(category: str) -> None:
    assert category in set(catalog.load("equipment")["category"])
