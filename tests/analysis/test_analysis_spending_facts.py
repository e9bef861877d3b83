"""The numbers in the chapter's sentences."""

import pandas as pd
import pytest

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.spending_facts import (
    describe_equipment,
    describe_growth,
    describe_opposite,
)


def value(fact: object) -> float:
    """Take the number out of a quantity."""
    assert isinstance(fact, Quantity)
    return fact.value


def test_growth_is_told_for_both_periods() -> None:
    growth = pd.DataFrame(
        {
            "iso3": "EST",
            "period": ["2014–2021", "2014–2021", "2021–2026", "2021–2026"],
            "source": ["share of GDP", "GDP"] * 2,
            "contribution_log_points": [1.0, 3.0, 18.0, -1.0],
            "total_log_points": [4.0, 4.0, 17.0, 17.0],
        }
    )
    facts = describe_growth(growth)
    assert facts["second_period"] == "2021–2026"
    assert facts["growth_second"] == {"EST": Quantity(17.0, "log points a year", 1)}
    # 1 of 4 log points came from the share in the first period, 18 of 17 in the second
    assert (facts["main_source_first"], facts["main_source_second"]) == ("a larger economy", "a larger share of GDP")
    assert facts["from_share_first"] == {"EST": Quantity(1.0, "log points a year", 1)}


def test_equipment_adds_the_countries_and_compares_with_the_guideline() -> None:
    equipment = pd.DataFrame(
        {"iso3": ["EST", "LVA"] * 2, "year": [2014, 2014, 2026, 2026], "equipment_eur_bn": [0.1, 0.05, 1.0, 0.9]}
    )
    amounts = pd.DataFrame({"year": [2014, 2026], "spend_eur_bn": [0.65, 4.15]})
    composition = pd.DataFrame(
        {"iso3": ["EST", "LVA"], "year": 2026, "category": "equipment", "share_pct": [40.0, 15.0]}
    )
    facts = describe_equipment(equipment, amounts, composition, guideline_pct=20)
    assert value(facts["equipment_first"]) == pytest.approx(0.15)
    assert value(facts["equipment_last"]) == pytest.approx(1.9)
    assert value(facts["equipment_part"]) == pytest.approx(50)  # (1.9 - 0.15) / (4.15 - 0.65) = 1.75 / 3.5
    assert facts["above_guideline"] == ("EST",)


def test_the_adversary_is_compared_in_its_own_last_year() -> None:
    opposite = pd.DataFrame(
        {
            "iso3": ["RUS", "RUS", "EST", "EST"],
            "year": [2014, 2025, 2025, 2026],
            "share_gdp_pct": [4.1, 7.5, 3.4, 5.0],
        }
    )
    facts = describe_opposite(opposite, "RUS")
    assert (value(facts["adversary_share"]), value(facts["adversary_share_before"])) == (7.5, 4.1)
    assert facts["shares_same_year"] == {"EST": Quantity(3.4, "% of GDP", 2)}  # 2026 is not the adversary's year
