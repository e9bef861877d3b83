"""What the money buys, on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.composition import compute_composition, compute_equipment_amounts, rank_equipment
from baltic_calculus.analysis.composition_facts import (
    describe_equipment,
    describe_equipment_rank,
    describe_parts_of_spending,
    describe_per_person,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.per_person import compare_per_person
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.errors import DataError


def value(fact: object) -> float:
    """Take the number out of a quantity."""
    assert isinstance(fact, Quantity)
    return fact.value


NATO = pd.DataFrame(
    [
        # US$ 1.5 to the euro in 2014, 1.2 in 2026
        ("EST", 2014, "spend_usd_m_current", 600.0), ("EST", 2014, "spend_nac_m_current", 400.0),
        ("EST", 2026, "spend_usd_m_current", 2400.0), ("EST", 2026, "spend_nac_m_current", 2000.0),
        ("EST", 2014, "equipment_share_pct", 20.0), ("EST", 2026, "equipment_share_pct", 30.0),
        ("EST", 2014, "personnel_share_pct", 50.0), ("EST", 2026, "personnel_share_pct", 30.0),
        ("EST", 2014, "infrastructure_share_pct", 10.0), ("EST", 2026, "infrastructure_share_pct", 10.0),
        ("EST", 2014, "other_share_pct", 20.0), ("EST", 2026, "other_share_pct", 30.0),
        ("POL", 2014, "equipment_share_pct", 18.0), ("POL", 2026, "equipment_share_pct", 55.0),
        ("CZE", 2014, "equipment_share_pct", 10.0), ("CZE", 2026, "equipment_share_pct", 18.0),
        ("EST", 2014, "spend_per_capita_usd_2021", 400.0), ("EST", 2026, "spend_per_capita_usd_2021", 1400.0),
        ("NOR", 2014, "spend_per_capita_usd_2021", 1300.0), ("NOR", 2026, "spend_per_capita_usd_2021", 3200.0),
        ("XNT", 2014, "spend_per_capita_usd_2021", 1100.0), ("XNT", 2026, "spend_per_capita_usd_2021", 1500.0),
        ("POL", 2014, "spend_per_capita_usd_2021", 250.0),
    ],
    columns=["iso3", "year", "measure", "value"],
).assign(flag=lambda frame: frame["year"].map({2014: "", 2026: "estimate"}))  # fmt: skip
BOTH = Parameters(countries=("EST", "POL"), price_basis="current")


def test_the_categories_are_kept_apart_and_sum_to_hundred() -> None:
    composition = compute_composition(NATO, Parameters(countries=("EST",)))
    assert composition.groupby("year")["share_pct"].sum().tolist() == [100, 100]


def test_a_category_that_is_not_held_has_no_row_and_is_told() -> None:
    composition = compute_composition(NATO, BOTH)
    assert composition.query("iso3 == 'POL'")["category"].unique().tolist() == ["equipment"]
    # Estonia has 4 categories in 2 years: complete for those, not for the 13 years from 2014 to 2026
    two_years = BOTH.model_copy(update={"first_year": 2025})
    facts = describe_parts_of_spending(composition, two_years)
    assert facts["incomplete"] == ("POL",)
    assert facts["personnel_last"] == {"EST": Quantity(30.0, "%", 0)}


def test_equipment_outlays_are_amount_times_share() -> None:
    equipment = compute_equipment_amounts(NATO, Parameters(countries=("EST",), price_basis="current"))
    assert equipment.set_index("year")["equipment_eur_bn"][2026] == pytest.approx(0.6)  # 30% of EUR 2.0 bn


def test_allies_are_ranked_by_equipment() -> None:
    ranked = rank_equipment(NATO, BOTH)
    assert ranked["iso3"].tolist() == ["POL", "EST", "CZE"]
    facts = describe_equipment_rank(ranked, BOTH, 20)
    assert facts["equipment_ranks"] == {"POL": Quantity(1.0, "", 0), "EST": Quantity(2.0, "", 0)}
    # 20, 18 and 10 per cent in the first year: one reaches 20; 30, 55 and 18 in the last: two
    assert (value(facts["equipment_above_first"]), value(facts["equipment_above_last"])) == (1, 2)
    assert value(facts["equipment_median_last"]) == 30


def test_spending_per_person_needs_both_years_and_ranks_no_aggregate() -> None:
    per_person = compare_per_person(NATO, BOTH)
    assert per_person["iso3"].tolist() == ["NOR", "XNT", "EST"]
    assert per_person["rank"].tolist()[::2] == [1, 2]
    assert per_person.set_index("iso3").loc["EST", "multiple"] == pytest.approx(3.5)  # 1,400 / 400
    facts = describe_per_person(per_person, BOTH, allies=4)
    assert facts["per_person_last"] == {"EST": Quantity(1400.0, "US$", 0)}
    # two of the four allies have both years, so two are missing
    assert (value(facts["per_person_allies"]), value(facts["per_person_missing"])) == (2, 2)


def test_years_without_spending_per_person_are_refused() -> None:
    with pytest.raises(DataError, match="2015"):
        compare_per_person(NATO, Parameters(first_year=2014, last_year=2015))


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
