"""SAFE loans against the economy; amounts that were not published stay missing."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.safe import GDP_YEAR, compute_safe_loans, select_own_loans

NAN = float("nan")
SAFE = pd.DataFrame(
    {
        "iso3": ["EST", "LVA", "FRA", "CYP"],
        "tentative_loan_eur_bn": [2.6, 5.0, 16.0, 1.2],
        "adopted_loan_eur": [2.0e9, 3.5e9, NAN, 1.2e9],
        "adopted_prefinancing_eur": [0.3e9, 0.5e9, NAN, 0.0],
        "status": ["adopted", "adopted", "pending", "adopted"],
    }
)
NATO = pd.DataFrame(
    [
        # 1.2 dollars to the euro; GDP 48 and 60 US$ bn are EUR 40 and 50 bn
        ("EST", "spend_usd_m_current", 1200.0),
        ("EST", "spend_nac_m_current", 1000.0),
        ("EST", "gdp_usd_m_current", 48000.0),
        ("LVA", "gdp_usd_m_current", 60000.0),
        ("FRA", "gdp_usd_m_current", 3.6e6),
    ],
    columns=["iso3", "measure", "value"],
).assign(year=GDP_YEAR, flag="estimate")


def test_loans_are_set_against_gdp_in_euros() -> None:
    loans = compute_safe_loans(SAFE, NATO).set_index("iso3")
    assert loans.loc[["EST", "LVA"], "tentative_gdp_pct"].tolist() == pytest.approx([6.5, 10])  # 2.6/40; 5/50
    assert loans.loc[["EST", "LVA"], "adopted_gdp_pct"].tolist() == pytest.approx([5, 7])
    assert loans.loc["LVA", "change_eur_bn"] == pytest.approx(-1.5)


def test_what_is_not_published_is_missing_and_not_zero() -> None:
    loans = compute_safe_loans(SAFE, NATO).set_index("iso3")
    assert loans.loc["FRA", ["adopted_eur_bn", "adopted_gdp_pct", "change_eur_bn"]].isna().all()
    assert pd.isna(loans.loc["CYP", "tentative_gdp_pct"])  # not an ally: no GDP in NATO's table
    assert loans.loc["CYP", "prefinancing_eur_bn"] == 0  # asked for none: a published zero


def test_borrowers_come_largest_first_and_those_without_gdp_last() -> None:
    assert compute_safe_loans(SAFE, NATO)["iso3"].tolist() == ["LVA", "EST", "FRA", "CYP"]


def test_own_loans_follow_the_parameters() -> None:
    parameters = Parameters(countries=("EST", "LTU"), comparators=("FRA",), first_year=1995, last_year=2024)
    assert select_own_loans(compute_safe_loans(SAFE, NATO), parameters)["iso3"].tolist() == ["EST", "FRA"]
