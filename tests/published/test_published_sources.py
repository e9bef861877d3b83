"""What each of NATO's editions printed for the same year, and the budgets with which 2025 began."""

import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.definitions import ANNUAL, CORE, EARLY
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.source_comparison import BUDGET, SIPRI, compare_sources


def edition(vintage: str, iso3: str, year: int, measure: str = "share_gdp_pct") -> tuple[float, str]:
    """Value and flag of one cell of one edition."""
    frame = catalog.load("nato_editions")
    rows = frame[(frame["vintage"] == vintage) & (frame["iso3"] == iso3) & (frame["year"] == year)]
    row = rows[rows["measure"] == measure].iloc[0]
    return row["value"], row["flag"]


@pytest.mark.parametrize(
    ("iso3", "year", "share", "flag"),
    # table 3 of the edition of June 2024, first and last rows and columns among them
    [
        ("ALB", 2014, 1.35, ""),
        ("BGR", 2019, 3.13, ""),
        ("EST", 2023, 3.04, "estimate"),
        ("EST", 2024, 3.43, "estimate"),
        ("GRC", 2024, 3.08, "estimate"),
        ("LVA", 2024, 3.15, "estimate"),
        ("LTU", 2024, 2.85, "estimate"),
        ("LTU", 2018, 1.97, ""),
        ("POL", 2024, 4.12, "estimate"),
        ("USA", 2024, 3.38, "estimate"),
        ("XEC", 2014, 1.43, ""),
        ("XNT", 2024, 2.71, "estimate"),
    ],
)
def test_edition_of_june_2024(iso3, year, share, flag):
    assert edition("2024-06", iso3, year) == (share, flag)


def test_edition_of_june_2024_is_complete():
    frame = catalog.load("nato_editions")
    assert len(frame[frame["vintage"] == "2024-06"]) == 33 * 11


@pytest.mark.parametrize(
    ("iso3", "share"),
    # Secretary General's annual report 2024, as listed by the press on 25 April 2025
    [
        ("POL", 4.07),
        ("EST", 3.41),
        ("LVA", 3.39),
        ("USA", 3.19),
        ("LTU", 3.11),
        ("GRC", 2.99),
        ("FIN", 2.30),
        ("BEL", 1.29),
        ("CAN", 1.45),
        ("ESP", 1.24),
    ],
)
def test_edition_of_april_2025(iso3, share):
    assert edition("2025-04", iso3, 2024) == (share, "estimate")


def test_nine_allies_were_below_the_guideline_in_april_2025():
    frame = catalog.load("nato_editions")
    april = frame[frame["vintage"] == "2025-04"]
    assert set(april.loc[april["value"] < 2, "iso3"]) == {
        "BEL", "CAN", "HRV", "ITA", "LUX", "MNE", "PRT", "SVN", "ESP",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("iso3", "year", "share"),
    [
        ("POL", 2025, 4.48),
        ("LTU", 2025, 4.00),
        ("LVA", 2025, 3.73),
        ("EST", 2025, 3.38),
        ("NOR", 2025, 3.35),
        ("USA", 2025, 3.22),
        ("USA", 2014, 3.71),
        ("FRA", 2020, 1.99),
        ("BGR", 2024, 1.95),
        ("XNT", 2025, 2.76),
    ],
)
def test_edition_of_august_2025(iso3, year, share):
    assert edition("2025-08", iso3, year)[0] == share


@pytest.mark.parametrize(
    ("iso3", "share"),
    [
        ("POL", 4.3), ("LTU", 4.0), ("LVA", 3.7), ("EST", 3.4), ("DNK", 3.3), ("NOR", 3.2), ("FIN", 2.9), ("DEU", 2.4),
        ("GBR", 2.3), ("ESP", 2.0),
    ],
)  # fmt: skip
def test_edition_of_march_2026(iso3, share):
    assert edition("2026-03", iso3, 2025, "share_gdp_rounded_pct") == (share, "estimate")


@pytest.mark.parametrize(("iso3", "share"), [("EST", 3.3), ("LVA", 3.45), ("LTU", 2.95)])
def test_budgets_with_which_2025_began(iso3, share):
    frame = catalog.load("defence_budget_plans")
    rows = frame[(frame["iso3"] == iso3) & (frame["year"] == 2025) & (frame["source"] == "BALTIC_SENTINEL_2025_01")]
    assert rows["value"].tolist() == [share]


@pytest.fixture(scope="module")
def compared() -> dict[tuple[str, int, str], float]:
    """Every share of the chart of sources, rounded as its publisher prints it."""
    names = (
        "defence_budget_plans",
        "nato_defence_expenditure",
        "sipri_milex",
        "cofog_expenditure",
        "defence_delivery",
    )
    rows = compare_sources(
        *map(catalog.load, names), Parameters(countries=("EST", "LVA", "LTU", "POL"), last_year=2026)
    )
    return {
        (row.iso3, row.year, row.definition): round(row.share_gdp_pct, 1 if row.definition in (ANNUAL, EARLY) else 2)
        for row in rows.itertuples()
    }


@pytest.mark.parametrize(
    ("iso3", "year", "source", "share"),
    [
        ("EST", 2024, CORE, 3.31),
        ("EST", 2025, EARLY, 4.2),
        ("EST", 2026, BUDGET, 5.4),
        ("LVA", 2024, ANNUAL, 2.7),
        ("LVA", 2025, EARLY, 3.2),
        ("LVA", 2026, BUDGET, 4.73),
        ("LTU", 2025, SIPRI, 3.08),
        ("LTU", 2025, BUDGET, 4.04),
        ("LTU", 2025, CORE, 4.03),
        ("LTU", 2025, EARLY, 2.7),
        ("POL", 2025, EARLY, 3.4),
        ("POL", 2025, SIPRI, 4.50),
    ],
)
def test_sources_of_one_year(compared, iso3, year, source, share):
    assert compared[iso3, year, source] == share


@pytest.mark.parametrize(
    ("iso3", "year", "source"), [("EST", 2026, SIPRI), ("LTU", 2025, ANNUAL), ("LVA", 2026, EARLY)]
)
def test_what_a_publisher_has_not_printed_is_absent(compared, iso3, year, source):
    assert (iso3, year, source) not in compared
