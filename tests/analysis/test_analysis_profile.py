"""A country among the allies: frames small enough to check by hand, and what is said of them."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.hague_path import Goal
from baltic_calculus.analysis.output_growth import GrowthRule
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.profile import compare_neighbours, compute_field
from baltic_calculus.analysis.profile_composition import describe_structure
from baltic_calculus.analysis.profile_facts import (
    describe_money,
    describe_people,
    describe_sources_of_growth,
    describe_standing,
    find_share_passing,
    money_decimals,
)
from baltic_calculus.analysis.profile_path import describe_path
from baltic_calculus.analysis.quantity import Quantity, year
from baltic_calculus.catalog.record import Outlier

SHARES = {
    # 2020, 2022, 2024
    "EST": (2.0, 1.0, 4.0),
    "LVA": (1.0, 2.0, 3.0),
    "LTU": (1.0, 1.5, 3.0),
    "POL": (1.5, 1.5, 2.0),
    "USA": (4.0, 3.0, 3.8),
    "XEC": (1.2, 1.5, 2.5),
    "XNT": (2.5, 2.5, 3.0),
}
YEARS = (2020, 2022, 2024)
TARGET = 3.5


def make_nato() -> pd.DataFrame:
    """Shares as above; real output 100, 110, 121 of each; a euro of US$ 1.2; nothing else but what a profile needs."""
    rows = []
    for code, shares in SHARES.items():
        for at, share, output in zip(YEARS, shares, (100_000, 110_000, 121_000), strict=True):
            real = share / 100 * output
            rows += [
                (code, at, "share_gdp_pct", share),
                (code, at, "gdp_usd_m_current", 1.2 * output),
                (code, at, "spend_usd_m_2021", real),
                (code, at, "spend_usd_m_current", 1.2 * real),
                (code, at, "spend_nac_m_current", real),
                (code, at, "spend_nac_m_2021", real / 1.2),
                (code, at, "equipment_share_pct", 10.0 + (at - 2020) * 5),
                (code, at, "military_personnel_k", 6.0 + at - 2020),
            ]
    frame = pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="", note="")
    frame.loc[frame["year"] == 2024, "flag"] = "estimate"
    return frame


@pytest.fixture
def nato() -> pd.DataFrame:
    return make_nato()


@pytest.fixture
def record() -> catalog.DatasetRecord:
    """The record of NATO's dataset without any oddity."""
    return catalog.record("nato_defence_expenditure").model_copy(update={"known_outliers": ()})


def page(country: str) -> Parameters:
    return Parameters(countries=(country,), first_year=2020, last_year=2024)


def standing_of(nato: pd.DataFrame, country: str) -> dict:
    passings = [find_share_passing(nato, page(country), level) for level in (2.0, TARGET)]
    return describe_standing(nato, page(country), *passings)


def test_the_field_begins_with_the_country_and_holds_every_ally_once(nato):
    field = compute_field(nato, page("LVA"))
    assert list(field["iso3"].unique()) == ["LVA", "XEC", "EST", "LTU", "POL", "USA"]
    assert not field.duplicated(["iso3", "year"]).any()


def test_neighbours_are_two_on_each_side_and_those_around_the_sea(nato):
    # ranks of 2024: EST 4.0, USA 3.8, LTU and LVA 3.0, POL 2.0
    near = compare_neighbours(nato, page("EST"), TARGET)
    assert list(near["iso3"]) == ["EST", "USA", "LTU", "LVA", "POL"]
    assert list(near["group"].unique()) == ["Next to it in rank", "Others around the Baltic Sea"]
    assert list(compare_neighbours(nato, page("USA"), TARGET)["iso3"]) == ["EST", "USA", "LTU", "LVA"]
    assert near.set_index("iso3").loc["LTU", "rank"] == near.set_index("iso3").loc["LVA", "rank"] == 3


def test_standing_of_the_first(nato):
    told = standing_of(nato, "EST")
    assert told["change"] == Quantity(2.0, "points", 2)
    assert told["change_word"] == "more than"
    assert told["rank"].value == 1
    assert told["rank_first"].value == 2  # 2.0 after the 4.0 of the United States
    assert told["next_above"] == {}
    assert set(told["next_below"]) == {"USA"}
    assert told["gap_eur"].value == 0
    assert told["margin"].value == pytest.approx(0.5)
    assert told["guideline_since"] == year(2024)
    assert told["guideline_years"] == ("2020",)  # below it in 2022
    assert told["source_says"] == "NATO estimates"


def test_standing_of_one_below_the_target_with_an_equal(nato):
    told = standing_of(nato, "LVA")
    assert told["tied"] == ("LTU",)
    assert set(told["next_above"]) == {"USA"}
    # (3.5 - 3.0) % of an output of 1.2 * 121,000 US$ m at 1.2 US$ a euro: 0.005 * 121 EUR bn
    assert told["gap_eur"].value == pytest.approx(0.605)
    assert told["target_since"] == "not reached"
    assert told["alliance_word"] == "above"  # 3.0 against 2.5
    assert told["median_share"].value == 3.0  # of 4.0, 3.8, 3.0, 3.0, 2.0


def test_a_share_that_is_what_it_was_has_not_changed(nato):
    nato.loc[(nato["iso3"] == "POL") & (nato["measure"] == "share_gdp_pct"), "value"] = 2.0
    told = standing_of(nato, "POL")
    assert (told["change"], told["change_word"]) == ("as much", "as")


def test_money_in_euros_and_its_real_growth(nato, record):
    told = describe_money(nato, record, page("EST"))
    assert told["amount_last"].value == pytest.approx(4.84)  # 4 % of 121,000 EUR m
    # from 2 % of 100,000 to 4 % of 121,000: 2.42 times in four years, 1.2473 a year
    assert told["multiple_real"].value == pytest.approx(2.42)
    assert told["real_growth"].value == pytest.approx(24.73, abs=0.01)
    assert told["growth_word"] == "growth of"
    assert told["price_year"] == year(2021)


def test_less_money_than_before_is_a_fall(nato, record):
    nato.loc[(nato["iso3"] == "USA") & (nato["measure"] == "spend_usd_m_2021") & (nato["year"] == 2024), "value"] = 1000
    assert describe_money(nato, record, page("USA"))["growth_word"] == "a fall of"


@pytest.mark.parametrize(("largest", "decimals"), [(0.19, 2), (9.99, 2), (10.0, 1), (99.9, 1), (100.0, 0), (876, 0)])
def test_decimals_of_amounts(largest, decimals):
    assert money_decimals(largest) == decimals


def test_expenditure_per_person_is_said_to_be_unknown_where_it_is(nato, record):
    told = describe_people(nato, record, page("EST"))
    assert told["per_person"] == "not known"
    assert told["forces_last"] == Quantity(10.0, "thousand", 1)
    assert told["forces_odd"] == "none"


def test_an_odd_number_of_soldiers_is_not_the_last_one(nato, record):
    odd = Outlier(measure="military_personnel_k", iso3="EST", first_year=2024, last_year=2024, reason="unexplained")
    told = describe_people(nato, record.model_copy(update={"known_outliers": (odd,)}), page("EST"))
    assert told["forces_year"] == year(2022)
    assert told["forces_last"].value == 8.0
    assert told["forces_odd"].value == 10.0


def test_growth_is_split_and_its_directions_are_told(nato, record):
    told = describe_sources_of_growth(nato, record, page("EST"), 2022)
    # 2020 to 2022: share 2 to 1, so ln(0.5) / 2 = -34.66; output ln(1.1) / 2 = 4.77; together -29.89
    assert told["moved_first"] == "fell by"
    assert told["total_first"].value == pytest.approx(29.89, abs=0.01)
    assert (told["share_word_first"], told["output_word_first"]) == ("took", "added")
    assert told["share_first"].value == pytest.approx(34.66, abs=0.01)
    # 2022 to 2024: share 1 to 4, ln(4) / 2 = 69.31, output 4.77
    assert told["moved_second"] == "grew by"
    assert told["total_second"].value == pytest.approx(74.08, abs=0.01)
    assert told["split_first"] == told["split_second"] == "yes"


def test_growth_across_a_change_of_the_measure_of_output_is_not_split(nato, record):
    odd = Outlier(measure="gdp_usd_m_current", iso3="EST", first_year=2023, last_year=2024, reason="another measure")
    told = describe_sources_of_growth(nato, record.model_copy(update={"known_outliers": (odd,)}), page("EST"), 2022)
    assert (told["split_first"], told["split_second"]) == ("yes", "no")


def path_of(nato: pd.DataFrame, country: str, since: int = 2022) -> dict:
    goal = Goal(TARGET, 2029)
    return describe_path(nato, page(country), goal, GrowthRule(4, 2), review_year=2026, since=since)


def test_a_straight_line_to_the_target(nato):
    told = path_of(nato, "LVA")
    assert told["pace_needed"].value == pytest.approx(0.1)  # from 3.0 to 3.5 in five years
    assert told["review_share"].value == pytest.approx(3.2)
    assert told["pace"].value == pytest.approx(0.5)  # from 2.0 to 3.0 in two years
    assert (told["pace_word"], told["pace_compared"]) == ("risen by", "fast enough for such a line")
    assert told["over_output"].value == pytest.approx(((3.5 / 3.0) ** (1 / 5) - 1) * 100)


@pytest.mark.parametrize(
    ("shares", "word", "compared"),
    [
        ((2.0, 3.0, 2.0), "fallen by", "away from the target"),
        ((2.0, 2.0, 2.0), "changed by less than", "too slowly for such a line"),
        ((2.0, 1.9, 2.0), "risen by", "too slowly for such a line"),
    ],
)
def test_the_pace_so_far_is_compared_with_the_line(nato, shares, word, compared):
    nato.loc[(nato["iso3"] == "POL") & (nato["measure"] == "share_gdp_pct"), "value"] = list(shares)
    told = path_of(nato, "POL")
    assert (told["pace_word"], told["pace_compared"]) == (word, compared)


STRUCTURE = pd.DataFrame(
    [
        ("PRT", 2020, "equipment", 10.0), ("PRT", 2022, "equipment", 25.0), ("PRT", 2024, "equipment", 34.0),
        ("PRT", 2020, "personnel", 60.0), ("PRT", 2022, "personnel", 50.0),
    ],
    columns=["iso3", "year", "category", "share_pct"],
)  # fmt: skip


def test_what_is_left_for_unknown_categories_is_of_the_last_year_that_has_the_known_ones():
    told = describe_structure(STRUCTURE, page("PRT"), 20.0)
    assert told["split_year"] == year(2022)
    assert told["rest"].value == pytest.approx(25.0)  # 100 - 25 - 50
    assert told["unknown"] == ("infrastructure works", "all other items")
    assert told["ends_early"] == ("personnel with pensions",)
    assert told["equipment_last"].value == 34.0
    assert (told["equipment_word"], told["equipment_since"]) == ("above", year(2022))


def test_a_whole_split_leaves_no_rest():
    whole = pd.concat(
        [
            STRUCTURE[STRUCTURE["category"] == "equipment"],
            *(
                pd.DataFrame({"iso3": "EST", "year": YEARS, "category": name, "share_pct": 22.0})
                for name in ("personnel", "infrastructure", "other")
            ),
        ]
    )
    told = describe_structure(whole, page("EST"), 34.0)
    assert (told["unknown"], told["rest"], told["ends_early"]) == ((), "none", ())
    assert told["equipment_word"] == "at"
