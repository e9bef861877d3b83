"""Payments and deliveries, on frames small enough to check by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.payments import (
    BORROWED,
    GDP_VINTAGE,
    INVESTMENT,
    REST,
    compare_balances,
    share_borrowed,
    split_gap,
    sum_gap,
)
from baltic_calculus.analysis.payments_facts import describe_balances, describe_payments
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError

LITHUANIA = Parameters(countries=("LTU",))
BUDGET = "Lithuanian state budget 2026 (adopted 2025-12-11)"


def long(rows: list[tuple[str, int, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="")


def paid(year: int, share: float, equipment: float, infrastructure: float = 0.0) -> list[tuple[str, int, str, float]]:
    return [
        ("LTU", year, "share_gdp_pct", share),
        ("LTU", year, "equipment_share_pct", equipment),
        ("LTU", year, "infrastructure_share_pct", infrastructure),
    ]


# 2024: 3 % of GDP, a third of it equipment; deliveries 25 of 1,000, 9 of them investment.
# 2025: 4 % of GDP, 45 + 5 % investment; deliveries 27 of 1,000, 10 of them investment.
NATO = long([*paid(2024, 3.0, 100 / 3), *paid(2025, 4.0, 45.0, 5.0), *paid(2026, 5.0, 50.0)])
DELIVERY = long(
    [
        ("LTU", 2024, "defence_eur_m", 25.0), ("LTU", 2024, "defence_gfcf_eur_m", 9.0),
        ("LTU", 2025, "defence_eur_m", 27.0), ("LTU", 2025, "defence_gfcf_eur_m", 10.0),
    ]
)  # fmt: skip
MACRO = pd.concat(
    [
        long([("LTU", 2024, "gdp_eur_m", 1000.0), ("LTU", 2025, "gdp_eur_m", 1000.0)]).assign(vintage=GDP_VINTAGE),
        long([("LTU", 2025, "gdp_eur_m", 500.0)]).assign(vintage="another"),
        long(
            [
                ("LTU", 2026, "net_lending_gdp_pct", -2.7),
                ("LTU", 2026, "deficit_incl_military_procurement_gdp_pct", -5.0),
            ]
        ).assign(vintage=BUDGET),
        long([("LTU", 2026, "net_lending_gdp_pct", -2.6)]).assign(vintage="EC Autumn 2025 forecast (2025-11-17)"),
    ],
    ignore_index=True,
)
MEASURES = pd.DataFrame(
    [("LTU", BORROWED, "2025", 8.0), ("LTU", "Another", "2025", 5.0)], columns=["iso3", "title", "effective", "value"]
)


def test_the_difference_splits_into_equipment_and_the_rest() -> None:
    gap = split_gap(NATO, DELIVERY, MACRO, LITHUANIA).set_index(["year", "part"])["gap_points"]
    assert gap[2024, INVESTMENT] == pytest.approx(0.1)  # 1.0 paid, 0.9 delivered
    assert gap[2024, REST] == pytest.approx(0.4)  # 2.0 paid, 2.5 - 0.9 = 1.6 in the accounts
    assert gap[2025, INVESTMENT] == pytest.approx(1.0)  # 2.0 paid, 1.0 delivered
    assert gap[2025, REST] == pytest.approx(0.3)  # 2.0 paid, 2.7 - 1.0 = 1.7 in the accounts
    assert set(gap.index.get_level_values("year")) == {2024, 2025}  # no deliveries of 2026 yet


def test_parts_are_summed_over_the_years() -> None:
    total = sum_gap(split_gap(NATO, DELIVERY, MACRO, LITHUANIA)).iloc[0]
    assert total["investment_sum_points"] == pytest.approx(1.1)
    assert total["gap_last_points"] == pytest.approx(1.3)
    assert (total["rest_low_points"], total["rest_high_points"]) == pytest.approx((0.3, 0.4))


def test_countries_without_deliveries_are_refused_by_name() -> None:
    with pytest.raises(DataError, match="NOR"):
        split_gap(NATO, DELIVERY, MACRO, Parameters(countries=("NOR",)))


def test_two_deficits_are_taken_from_one_budget() -> None:
    both = compare_balances(MACRO, NATO, LITHUANIA)
    assert both["vintage"].tolist() == [BUDGET]  # the Commission states one deficit only
    assert both["difference_points"].tolist() == pytest.approx([2.3])  # -2.7 less -5.0
    assert both["implied_delivery_gdp_pct"].tolist() == pytest.approx([2.7])  # 5.0 less 2.3


def test_borrowing_is_divided_by_gdp_of_its_year() -> None:
    assert share_borrowed(MEASURES, MACRO, LITHUANIA)["borrowed_gdp_pct"].tolist() == pytest.approx([0.8])
    assert share_borrowed(MEASURES, MACRO, Parameters(countries=("EST",))).empty


def test_the_facts_name_what_is_ahead_and_how_much_of_it_is_equipment() -> None:
    facts = describe_payments(NATO, DELIVERY, MACRO, MEASURES, LITHUANIA)
    assert (facts["widest"], facts["ahead"], facts["behind"]) == ("LTU", ("LTU",), "none")
    assert isinstance(facts["widest_part"], Quantity)
    assert facts["widest_part"].value == pytest.approx(100 / 1.3)
    balances = describe_balances(MACRO, NATO, DELIVERY.assign(), LITHUANIA)
    assert balances["stated_in"] == ("LTU",)
    assert balances["gap_year"] == Quantity(2025, "year")


@given(share=st.floats(0.5, 6), equipment=st.floats(0, 90), delivered=st.floats(0.5, 6), invested=st.floats(0, 1))
def test_the_parts_add_up_to_the_whole_difference(
    share: float, equipment: float, delivered: float, invested: float
) -> None:
    delivery = long(
        [("LTU", 2025, "defence_eur_m", delivered * 10), ("LTU", 2025, "defence_gfcf_eur_m", delivered * invested * 10)]
    )
    gap = split_gap(long(paid(2025, share, equipment, 5.0)), delivery, MACRO, LITHUANIA)
    assert gap["gap_points"].sum() == pytest.approx(share - delivered, abs=1e-9)
