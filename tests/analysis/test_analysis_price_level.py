"""Amounts at the prices of one year, on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.price_level import CONSTANT, CURRENT, compare_price_bases, compute_price_level

# Estonia sets the euro rate: 1.2 dollars in 2021, 1.0 in 2022. Prices rise by a tenth in Estonia. Poland's GDP in
# dollars is unchanged while the euro falls, so in euros it rises by a fifth; its volume is unchanged.
ROWS = [
    ("EST", 2021, "spend_usd_m_current", 120.0), ("EST", 2021, "spend_nac_m_current", 100.0),
    ("EST", 2022, "spend_usd_m_current", 110.0), ("EST", 2022, "spend_nac_m_current", 110.0),
    ("EST", 2021, "spend_usd_m_2021", 120.0), ("EST", 2021, "spend_nac_m_2021", 100.0),
    ("EST", 2022, "spend_usd_m_2021", 120.0), ("EST", 2022, "spend_nac_m_2021", 100.0),
    ("EST", 2021, "gdp_usd_m_current", 1200.0), ("EST", 2021, "gdp_usd_m_2021", 1200.0),
    ("EST", 2022, "gdp_usd_m_current", 1100.0), ("EST", 2022, "gdp_usd_m_2021", 1200.0),
    ("POL", 2021, "gdp_usd_m_current", 6000.0), ("POL", 2021, "gdp_usd_m_2021", 6000.0),
    ("POL", 2022, "gdp_usd_m_current", 6000.0), ("POL", 2022, "gdp_usd_m_2021", 6000.0),
]  # fmt: skip


def long(rows: list[tuple[str, int, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag="")


def test_the_price_level_is_one_in_the_base_year() -> None:
    levels = compute_price_level(long(ROWS)).set_index(["iso3", "year"])["price_level"]
    assert levels["EST", 2021] == pytest.approx(1)
    assert levels["EST", 2022] == pytest.approx(1.1)  # 1,100 / 1.0 over 1,200 / 1.2
    assert levels["POL", 2022] == pytest.approx(1.2)  # 6,000 / 1.0 over 6,000 / 1.2


def test_aggregates_and_early_years_have_current_prices_only() -> None:
    cofog = long(
        [("EST", when, "defence_eur_m", amount) for when, amount in ((2013, 50.0), (2021, 100.0), (2022, 220.0))]
        + [("EU27", 2022, "defence_eur_m", 3000.0)]
    )
    people = long(
        [("EST", when, "population_persons", 1e6) for when in (2013, 2021, 2022)]
        + [("EU27", 2022, "population_persons", 10e6)]
    )
    parameters = Parameters(countries=("EST",), comparators=("EU27",), first_year=2013, last_year=2022)
    both = compare_price_bases(cofog, people, long(ROWS), parameters)
    constant = both[both["price_basis"] == CONSTANT]
    assert constant["defence_eur_per_inhabitant"].tolist() == pytest.approx([100, 200])  # 220 / 1.1
    assert both[both["price_basis"] == CURRENT]["defence_eur_per_inhabitant"].tolist() == [50, 100, 220, 300]
    assert list(dict.fromkeys(both["iso3"])) == ["EST", "EU27"]
