"""The allies' figures as NATO printed them in July 2026, and the sums over members against NATO's own totals."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.ranking import rank_with_dates, summarise_allies

ACCESSION = {"MNE": 2017, "MKD": 2020, "FIN": 2023, "SWE": 2024}
"""Year from which an ally that joined after 2014 counts in NATO's totals."""

YEARS = range(2014, 2027)


@pytest.fixture(scope="module")
def nato() -> pd.DataFrame:
    return catalog.load("nato_defence_expenditure")


@pytest.fixture(scope="module")
def ranked(nato: pd.DataFrame) -> pd.DataFrame:
    return rank_with_dates(nato, Parameters(), guideline_gdp_pct=2, target_gdp_pct=3.5).set_index("iso3")


@pytest.mark.parametrize(
    ("iso3", "first", "last"),
    # Table 3 of the publication, columns 2014 and 2026e
    [
        ("ALB", 1.34, 2.15),
        ("BGR", 1.31, 2.22),
        ("CAN", 1.01, 2.13),
        ("DNK", 1.15, 3.49),
        ("DEU", 1.16, 2.69),
        ("GRC", 2.24, 3.65),
        ("LUX", 0.37, 2.03),
        ("NOR", 1.50, 3.17),
        ("SVN", 0.98, 1.61),
        ("USA", 3.71, 3.17),
    ],
)
def test_ten_allies_at_both_ends_of_the_dumbbell(ranked, iso3, first, last):
    assert (ranked.loc[iso3, "share_first_gdp_pct"], ranked.loc[iso3, "share_last_gdp_pct"]) == (first, last)
    assert ranked.loc[iso3, "flag"] == "estimate"


@pytest.mark.parametrize(
    ("iso3", "rank_first", "rank", "guideline", "target"),
    # counted by hand in Table 3: shares above the ally's in that year, and the years at or above 2% and 3.5%
    [
        ("LTU", 29, 1, "2022\u00a0(2020)", "2025"),
        ("EST", 4, 2, "2019\u00a0(2016)", "2025"),
        ("LVA", 25, 3, "2018", "2025"),
        ("POL", 5, 4, "2020\u00a0(2015)", "2024"),
        ("GRC", 2, 5, "≤2014", "2026\u00a0(2021)"),
        ("DNK", 17, 6, "2023", "below"),
        ("USA", 1, 8, "≤2014", "below\u00a0(≤2014)"),
        ("ROU", 12, 15, "2024\u00a0(2020)", "below"),
        ("BGR", 14, 16, "2025\u00a0(2019)", "below"),
        ("SVN", 23, 31, "below", "below"),
    ],
)
def test_ten_rows_of_the_rank_table(ranked, iso3, rank_first, rank, guideline, target):
    row = ranked.loc[iso3]
    assert (row["rank_first"], row["rank"]) == (rank_first, rank)
    assert (row["guideline_said"], row["target_said"]) == (guideline, target)


@pytest.mark.parametrize(
    ("iso3", "spend_eur_bn", "equipment", "decimals"),
    # national currency, EUR m, where the ally reports in euros (Table 1); equipment in Table 8a
    [
        ("EST", 2.242, 40.12, 3),
        ("LVA", 2.236, 40.10, 3),
        ("LTU", 4.792, 47.57, 3),
    ],
)
def test_amounts_in_euros_are_those_that_euro_reporters_report(nato, iso3, spend_eur_bn, equipment, decimals):
    row = summarise_allies(nato, Parameters(), 3.5).set_index("iso3").loc[iso3]
    assert row["spend_last_eur_bn"] == pytest.approx(spend_eur_bn, abs=10**-decimals)
    assert row["equipment_share_pct"] == equipment


def test_every_euro_reporter_is_converted_at_the_rate_that_gives_its_own_euros(nato):
    # the rate is Estonia's; the others' euros must come out within the rounding to a million on either side
    own = nato[(nato["measure"] == "spend_nac_m_current") & (nato["year"] == 2026)].set_index("iso3")["value"]
    converted = summarise_allies(nato, Parameters(), 3.5).set_index("iso3")["spend_last_eur_bn"]
    for iso3 in ("BEL", "DEU", "ESP", "FIN", "FRA", "GRC", "ITA", "LTU", "LVA", "NLD", "PRT", "SVK", "SVN"):
        assert converted[iso3] * 1000 == pytest.approx(own[iso3], rel=1e-3), iso3


@pytest.mark.parametrize("measure", ["spend_usd_m_current", "spend_usd_m_2021"])
@pytest.mark.parametrize("year", YEARS)
def test_members_add_up_to_the_published_totals_from_their_accession_on(nato, measure, year):
    rows = nato[(nato["measure"] == measure) & (nato["year"] == year)].set_index("iso3")["value"]
    members = [code for code in rows.index if code not in ("XNT", "XEC") and ACCESSION.get(code, 2014) <= year]
    # each of some thirty amounts is rounded to US$ 1 m
    assert rows[members].sum() == pytest.approx(rows["XNT"], abs=3)
    assert rows[members].drop("USA").sum() == pytest.approx(rows["XEC"], abs=3)
