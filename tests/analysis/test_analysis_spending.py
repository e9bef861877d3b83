"""Spending trends on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.spending import (
    compute_amounts,
    compute_opposite,
    compute_shares,
    euro_rate,
)
from baltic_calculus.errors import DataError


def long(rows: list[tuple[str, int, str, float]], flag: str = "") -> pd.DataFrame:
    """Make a long frame from (iso3, year, measure, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag=flag)


NATO = long(
    [
        # Estonia: US$ 1.5 to the euro in 2014, 1.2 in 2026; at 2021 prices always 1.25
        ("EST", 2014, "spend_usd_m_current", 600), ("EST", 2014, "spend_nac_m_current", 400),
        ("EST", 2026, "spend_usd_m_current", 2400), ("EST", 2026, "spend_nac_m_current", 2000),
        ("EST", 2014, "spend_usd_m_2021", 500), ("EST", 2014, "spend_nac_m_2021", 400),
        ("EST", 2020, "spend_usd_m_2021", 1000), ("EST", 2020, "spend_nac_m_2021", 800),
        ("EST", 2026, "spend_usd_m_2021", 2000), ("EST", 2026, "spend_nac_m_2021", 1600),
        ("EST", 2014, "share_gdp_pct", 2.0), ("EST", 2020, "share_gdp_pct", 3.0), ("EST", 2026, "share_gdp_pct", 5.0),
        ("EST", 2014, "gdp_usd_m_current", 30000), ("EST", 2026, "gdp_usd_m_current", 48000),
        ("POL", 2014, "spend_usd_m_current", 3000), ("POL", 2026, "spend_usd_m_current", 24000),
        ("POL", 2014, "spend_usd_m_2021", 2500), ("POL", 2026, "spend_usd_m_2021", 20000),
        ("POL", 2014, "share_gdp_pct", 1.0), ("POL", 2026, "share_gdp_pct", 3.0),
        ("POL", 2014, "gdp_usd_m_current", 300000), ("POL", 2026, "gdp_usd_m_current", 800000),
        ("XNT", 2014, "share_gdp_pct", 2.5), ("XNT", 2026, "share_gdp_pct", 2.7),
        ("XNT", 2026, "gdp_usd_m_current", 9e6), ("XNT", 2014, "gdp_usd_m_current", 8e6),
    ]
)  # fmt: skip
ESTONIA = Parameters(countries=("EST",), first_year=2014, last_year=2026)


def test_the_euro_rate_is_dollars_over_euros_of_one_ally() -> None:
    # 600 / 400 = 1.5 in 2014; 2,400 / 2,000 = 1.2 in 2026
    assert euro_rate(NATO, "current").to_dict() == {2014: 1.5, 2026: 1.2}


def test_amounts_are_converted_at_the_rate_of_their_own_year() -> None:
    parameters = Parameters(countries=("EST", "POL"), price_basis="current")
    amounts = compute_amounts(NATO, parameters).set_index(["iso3", "year"])["spend_eur_bn"]
    assert amounts["POL", 2014] == pytest.approx(2.0)  # 3,000 / 1.5 = 2,000 m
    assert amounts["POL", 2026] == pytest.approx(20.0)  # 24,000 / 1.2 = 20,000 m


def test_constant_prices_use_the_one_rate_of_the_base_year() -> None:
    amounts = compute_amounts(NATO, ESTONIA).set_index("year")["spend_eur_bn"]
    assert amounts.tolist() == pytest.approx([0.4, 0.8, 1.6])  # 500, 1,000 and 2,000 over 1.25


def test_shares_keep_the_order_of_the_countries() -> None:
    shares = compute_shares(NATO, Parameters(countries=("POL", "EST"), comparators=("XNT",)))
    assert shares["iso3"].unique().tolist() == ["POL", "EST", "XNT"]


def test_a_country_without_a_share_is_named() -> None:
    with pytest.raises(DataError, match="FIN"):
        compute_shares(NATO, Parameters(countries=("FIN",)))


def test_countries_outside_the_sipri_extract_are_left_out() -> None:
    sipri = long([("EST", 2014, "share_gdp_pct", 1.9), ("RUS", 2014, "share_gdp_pct", 4.0)])
    opposite = compute_opposite(sipri, Parameters(countries=("EST", "ESP")), ("RUS",))
    assert opposite["iso3"].tolist() == ["EST", "RUS"]
