"""Cells of the figures on breaks and on both sides' money, as NATO and SIPRI print them."""

import pytest

from baltic_calculus import catalog


def cell(dataset: str, iso3: str, year: int, measure: str) -> tuple[float, str]:
    """Value and flag of one cell."""
    frame = catalog.load(dataset)
    row = frame[(frame["iso3"] == iso3) & (frame["year"] == year) & (frame["measure"] == measure)].iloc[0]
    return row["value"], row["flag"]


@pytest.mark.parametrize(
    ("iso3", "year", "share", "flag"),
    # fig-break and tbl-break: the years in which the lines turn, and both ends; NATO, edition of July 2026
    [
        ("EST", 2014, 1.90, ""),
        ("EST", 2022, 2.14, ""),
        ("EST", 2023, 2.98, ""),
        ("EST", 2026, 5.10, "estimate"),
        ("LVA", 2021, 2.16, ""),
        ("LVA", 2025, 3.67, "estimate"),
        ("LTU", 2024, 3.07, ""),
        ("LTU", 2025, 4.03, "estimate"),
        ("POL", 2023, 3.26, ""),
        ("XEC", 2023, 1.71, ""),
        ("USA", 2019, 3.49, ""),
    ],
)
def test_shares_that_are_searched_for_breaks(iso3, year, share, flag):
    assert cell("nato_defence_expenditure", iso3, year, "share_gdp_pct") == (share, flag)


@pytest.mark.parametrize(
    ("iso3", "year", "share", "flag"),
    # fig-opposite; SIPRI, version 1.2 of April 2026, per cent of GDP rounded to two decimals
    [
        ("RUS", 2014, 4.11, ""),
        ("RUS", 2019, 3.85, ""),
        ("RUS", 2025, 7.50, "estimate"),
        ("BLR", 2021, 1.75, ""),
        ("BLR", 2025, 2.40, ""),
        ("EST", 2016, 2.03, ""),
        ("EST", 2024, 3.30, ""),
        ("LVA", 2022, 2.25, ""),
        ("LTU", 2015, 1.13, ""),
        ("LTU", 2025, 3.08, ""),
    ],
)
def test_share_of_gdp(iso3, year, share, flag):
    value, flagged = cell("sipri_milex", iso3, year, "share_gdp_pct")
    assert (round(value, 2), flagged) == (share, flag)


@pytest.mark.parametrize(
    ("iso3", "year", "usd_m"),
    # tbl-opposite-spending: both years that it shows, on both sides
    [
        ("RUS", 2021, 68496.3),
        ("RUS", 2025, 158236.4),
        ("BLR", 2021, 952.0),
        ("BLR", 2025, 1827.6),
        ("EST", 2025, 1439.1),
        ("LVA", 2025, 1601.2),
        ("LTU", 2025, 2734.8),
        ("POL", 2025, 42528.1),
        ("FIN", 2025, 7614.1),
        ("SWE", 2025, 14954.1),
    ],
)
def test_expenditure_at_constant_prices(iso3, year, usd_m):
    assert cell("sipri_milex", iso3, year, "spend_usd_m_2024")[0] == usd_m


@pytest.mark.parametrize(
    ("iso3", "year", "share"),
    [
        ("RUS", 2014, 11.772),
        ("RUS", 2021, 10.314),
        ("RUS", 2025, 19.827),
        ("BLR", 2021, 3.799),
        ("BLR", 2025, 5.709),
        ("EST", 2016, 5.252),
        ("EST", 2024, 7.572),
        ("LVA", 2018, 5.418),
        ("LTU", 2025, 7.598),
        ("POL", 2023, 6.949),
    ],
)
def test_share_of_government_expenditure(iso3, year, share):
    assert cell("sipri_milex", iso3, year, "share_government_pct")[0] == pytest.approx(share, abs=0.0006)


@pytest.mark.parametrize(
    ("iso3", "usd"),
    # fig-purchasing-power: current US$ of 2025, to the dollar, as an independent reader took them from the same edition
    [
        ("RUS", 190_416_640_325),
        ("BLR", 1_938_589_500),
        ("EST", 1_575_931_232),
        ("LVA", 1_731_606_615),
        ("LTU", 2_952_191_864),
        ("POL", 46_760_133_895),
        ("FIN", 8_081_582_925),
        ("SWE", 16_473_477_206),
        ("DEU", 113_585_948_605),
    ],
)
def test_expenditure_of_2025_at_current_prices(iso3, usd):
    assert cell("sipri_milex", iso3, 2025, "spend_usd_m_current")[0] == pytest.approx(usd / 1e6, abs=0.05)


def test_shares_of_government_expenditure_are_a_small_extract():
    frame = catalog.load("sipri_milex")
    shares = frame[frame["measure"] == "share_government_pct"]
    assert set(shares["iso3"]) == {"RUS", "BLR", "EST", "LVA", "LTU", "POL"}
    assert (shares["year"].min(), shares["year"].max(), len(shares)) == (2014, 2025, 72)


@pytest.mark.parametrize(
    ("name", "parity", "market"),
    # US$ bn as reported of The Military Balance 2025 and of Connolly's study of 2018
    [("russia_iiss", 462, 145.9), ("russia_connolly", 159, 61)],
)
def test_other_factors_for_russia(name, parity, market):
    assert catalog.policy("purchasing_power").values[name].value == pytest.approx(parity / market, abs=0.01)
