"""Cells behind the figures on shares, growth, composition, people and sums, as NATO's tables of July 2026 print them.

Ten cells drawn across the table for each figure. What the report computes is checked against columns that NATO prints
besides those it is computed from: real change by year, output at constant prices, totals.
"""

from math import log, prod

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.composition import rank_equipment
from baltic_calculus.analysis.growth import compute_levels, decompose_growth
from baltic_calculus.analysis.joint import NATO, NATO_EUROPE, NORDIC_BALTIC_POLISH, compute_joint_shares
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.per_person import compare_per_person

SHARES = {
    ("EST", 2014): 1.90, ("LVA", 2016): 1.49, ("LTU", 2018): 1.95, ("POL", 2020): 2.21, ("XEC", 2021): 1.62,
    ("XNT", 2022): 2.43, ("USA", 2023): 3.15, ("EST", 2024): 3.31, ("LVA", 2025): 3.67, ("XEC", 2026): 2.53,
}  # fmt: skip
CATEGORIES = {
    ("EST", 2014, "equipment"): 22.15, ("LVA", 2018, "equipment"): 31.85, ("LTU", 2022, "equipment"): 36.62,
    ("EST", 2015, "personnel"): 39.56, ("LVA", 2014, "personnel"): 52.97, ("LTU", 2026, "personnel"): 21.38,
    ("LVA", 2016, "infrastructure"): 12.83, ("LTU", 2025, "infrastructure"): 4.42,
    ("EST", 2023, "other"): 48.32, ("LVA", 2026, "other"): 27.54,
}  # fmt: skip
EQUIPMENT = {
    ("ALB", 2014): 16.65, ("DEU", 2020): 17.45, ("GRC", 2021): 37.24, ("NOR", 2026): 17.95, ("POL", 2026): 55.91,
    ("SVN", 2014): 0.66, ("USA", 2023): 28.75, ("SWE", 2026): 25.41, ("LTU", 2026): 47.57, ("LUX", 2026): 51.77,
}  # fmt: skip
PER_PERSON = {
    ("SWE", 2014): 598, ("SWE", 2022): 905, ("SWE", 2026): 2007, ("GBR", 2014): 975, ("GBR", 2018): 1015,
    ("GBR", 2025): 1150, ("USA", 2014): 2338, ("USA", 2021): 2478, ("POL", 2025): 885, ("POL", 2026): 1007,
}  # fmt: skip
PER_PERSON_OF_ALL = {
    ("ALB", 2026): 176, ("BGR", 2019): 385, ("CZE", 2024): 552, ("GRC", 2022): 848, ("HUN", 2014): 127,
    ("ITA", 2026): 839, ("LUX", 2026): 1707, ("MKD", 2014): 69, ("ROU", 2023): 257, ("TUR", 2026): 319,
}  # fmt: skip
INFRASTRUCTURE = {
    ("GRC", 2020): 0.18, ("HUN", 2021): 9.16, ("ITA", 2026): 6.85, ("LUX", 2014): 10.26, ("MNE", 2024): 7.63,
    ("PRT", 2017): 0.03, ("ROU", 2026): 7.37, ("SVK", 2026): 12.15, ("SVN", 2023): 6.72, ("TUR", 2023): 9.48,
}  # fmt: skip
YEARLY_CHANGE = {
    ("ALB", 2026): 50.03, ("BEL", 2025): 58.52, ("BGR", 2019): 124.85, ("CZE", 2024): 52.83, ("ESP", 2025): 44.49,
    ("GRC", 2023): -27.28, ("HRV", 2021): 30.88, ("HUN", 2022): 45.65, ("ITA", 2025): 38.50, ("LUX", 2014): 4.88,
}  # fmt: skip
AMOUNTS = {
    ("EST", 2014): 514, ("LVA", 2014): 294, ("LTU", 2014): 428, ("DNK", 2018): 4559, ("NOR", 2020): 7228,
    ("FIN", 2022): 4726, ("SWE", 2024): 13300, ("CAN", 2026): 52455, ("POL", 2026): 53080, ("XEC", 2026): 777066,
}  # fmt: skip
REAL_CHANGE = {
    # per cent on the year before, as printed, for every year after the first of the period
    ("EST", 2014, 2021): (7.14, 5.00, 2.54, 3.69, 5.15, 10.29, -3.70),
    ("EST", 2021, 2026): (5.13, 35.22, 10.71, 19.31, 32.41),
    ("LTU", 2014, 2021): (32.05, 33.91, 21.01, 19.30, 6.65, 3.37, 1.15),
    ("LTU", 2021, 2026): (29.27, 10.39, 17.51, 35.10, 36.04),
    ("DNK", 2021, 2026): (5.78, 47.96, 17.78, 47.08, 9.44),
    ("FIN", 2021, 2026): (20.59, 24.33, -0.20, 30.70, -3.11),
}
OUTPUT = {
    # US$ m at 2021 prices and exchange rates
    "EST": {2014: 29542, 2021: 37174, 2026: 36499},
    "LVA": {2014: 32027, 2021: 38209, 2026: 40124},
    "LTU": {2014: 51982, 2021: 67117, 2026: 75550},
    "FIN": {2014: 269342, 2021: 294419, 2026: 296892},
}
CURRENT = Parameters(countries=("EST", "LVA", "LTU"), price_basis="current")


@pytest.fixture(scope="module")
def nato() -> pd.DataFrame:
    """NATO's tables, 2026 edition."""
    return catalog.load("nato_defence_expenditure")


@pytest.fixture(scope="module")
def cells(nato: pd.DataFrame) -> pd.Series:
    """One value for each country, year and measure."""
    return nato.set_index(["iso3", "year", "measure"])["value"]


@pytest.mark.parametrize(
    ("printed", "measure"),
    [
        (SHARES, "share_gdp_pct"),
        (EQUIPMENT, "equipment_share_pct"),
        (PER_PERSON, "spend_per_capita_usd_2021"),
        (PER_PERSON_OF_ALL, "spend_per_capita_usd_2021"),
        (INFRASTRUCTURE, "infrastructure_share_pct"),
        (YEARLY_CHANGE, "real_change_pct"),
        (AMOUNTS, "spend_usd_m_current"),
    ],
    ids=["share", "equipment", "per person", "per person, all", "infrastructure", "yearly change", "amount"],
)
def test_ten_cells_of_each_table(cells: pd.Series, printed: dict[tuple[str, int], float], measure: str) -> None:
    assert len(printed) == 10
    assert {key: cells[(*key, measure)] for key in printed} == printed


def test_ten_cells_of_the_categories(cells: pd.Series) -> None:
    found = {(code, year, name): cells[code, year, f"{name}_share_pct"] for code, year, name in CATEGORIES}
    assert found == CATEGORIES


@pytest.mark.parametrize(("iso3", "start", "end"), REAL_CHANGE)
def test_growth_is_that_of_the_printed_yearly_changes(nato: pd.DataFrame, iso3: str, start: int, end: int) -> None:
    growth = decompose_growth(compute_levels(nato, [iso3]), (start, end))
    changes = REAL_CHANGE[iso3, start, end]
    printed = 100 * log(prod(1 + change / 100 for change in changes)) / (end - start)
    # both carry the rounding of amounts of some hundred millions
    assert growth["total_log_points"].iloc[0] == pytest.approx(printed, abs=0.05)


@pytest.mark.parametrize("iso3", OUTPUT)
def test_the_output_part_is_growth_of_printed_output(nato: pd.DataFrame, iso3: str) -> None:
    growth = decompose_growth(compute_levels(nato, [iso3]), (2014, 2021, 2026)).query("source == 'GDP'")
    printed = [
        100 * log(OUTPUT[iso3][end] / OUTPUT[iso3][start]) / (end - start)
        for start, end in ((2014, 2021), (2021, 2026))
    ]
    # the share is printed with two decimals: 0.005 of 0.88 is 0.6 per cent, over seven years 0.1 log points a year
    assert growth["contribution_log_points"].to_list() == pytest.approx(printed, abs=0.15)


@pytest.mark.parametrize("measure", ["spend_usd_m_current", "spend_usd_m_2021"])
def test_members_from_accession_add_up_to_the_printed_totals(nato: pd.DataFrame, measure: str) -> None:
    rows = nato[(nato["measure"] == measure) & ~nato["note"].str.contains("before accession")]
    wide = rows.pivot(index="year", columns="iso3", values="value")
    members = wide.drop(columns=["XNT", "XEC"])
    # thirty-one amounts rounded to a million
    assert (members.sum(axis=1) - wide["XNT"]).abs().max() <= 3
    assert (members.drop(columns="USA").sum(axis=1) - wide["XEC"]).abs().max() <= 3


def test_present_members_in_all_years_are_the_printed_total_once_all_have_joined(
    nato: pd.DataFrame, cells: pd.Series
) -> None:
    levels = compute_levels(nato, ["XEC"]).set_index("year")
    for year in (2024, 2025, 2026):
        assert levels["spend_usd_m_2021"][year] == pytest.approx(cells["XEC", year, "spend_usd_m_2021"], abs=3)
        # NATO's output includes Iceland, which has no armed forces: a thousandth
        assert levels["share_gdp_pct"][year] == pytest.approx(cells["XEC", year, "share_gdp_pct"], abs=0.012)


def test_parts_of_the_groups(nato: pd.DataFrame, cells: pd.Series) -> None:
    shares = compute_joint_shares(nato, CURRENT).set_index(["group", "year"])["joint_share_pct"]
    # 2014: 514 + 294 + 428 = US$ 1,236 m
    assert shares[NATO, 2014] == pytest.approx(1236 / cells["XNT", 2014, "spend_usd_m_current"] * 100)
    # 2026: NATO Europe and Canada 777,066 less Canada's 52,455 is 724,611
    together = sum(cells[code, 2026, "spend_usd_m_current"] for code in ("EST", "LVA", "LTU"))
    assert shares[NATO_EUROPE, 2026] == pytest.approx(together / 724611 * 100)
    assert shares[NORDIC_BALTIC_POLISH, 2026] == pytest.approx(together / 134087 * 100)


def test_places_by_equipment_and_by_spending_per_person(nato: pd.DataFrame) -> None:
    ranked = rank_equipment(nato, CURRENT)
    assert ranked["iso3"].head(4).tolist() == ["POL", "ALB", "LUX", "LTU"]
    assert len(ranked) == 31
    per_person = compare_per_person(nato, CURRENT)
    assert per_person["iso3"].head(3).tolist() == ["NOR", "DNK", "USA"]
    assert per_person["iso3"].tail(3).tolist() == ["MNE", "MKD", "ALB"]
    assert per_person["rank"].count() == 31
