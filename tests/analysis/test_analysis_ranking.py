"""Where the allies stand, on frames small enough to check by hand."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.ranking import rank_allies, summarise_spending
from baltic_calculus.analysis.ranking_facts import describe_gap

PARAMETERS = Parameters(countries=("EST",), comparators=("XNT",), first_year=2014, last_year=2026)


def long(rows: list[tuple[str, int, str, float]], flag: str = "") -> pd.DataFrame:
    """Make a long frame from (iso3, year, measure, value)."""
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value"]).assign(flag=flag)


NATO = long(
    [
        # Estonia: US$ 1.2 to the euro in 2026
        ("EST", 2014, "spend_usd_m_current", 600), ("EST", 2014, "spend_nac_m_current", 400),
        ("EST", 2026, "spend_usd_m_current", 2400), ("EST", 2026, "spend_nac_m_current", 2000),
        ("EST", 2014, "spend_usd_m_2021", 500), ("EST", 2026, "spend_usd_m_2021", 2000),
        ("EST", 2014, "share_gdp_pct", 2.0), ("EST", 2026, "share_gdp_pct", 5.0),
        ("EST", 2014, "gdp_usd_m_current", 30000), ("EST", 2026, "gdp_usd_m_current", 48000),
        ("POL", 2014, "spend_usd_m_current", 3000), ("POL", 2026, "spend_usd_m_current", 24000),
        ("POL", 2014, "spend_usd_m_2021", 2500), ("POL", 2026, "spend_usd_m_2021", 20000),
        ("POL", 2014, "share_gdp_pct", 1.0), ("POL", 2026, "share_gdp_pct", 3.0),
        ("POL", 2014, "gdp_usd_m_current", 300000), ("POL", 2026, "gdp_usd_m_current", 800000),
        ("XNT", 2014, "share_gdp_pct", 2.5), ("XNT", 2026, "share_gdp_pct", 2.7),
        ("XNT", 2014, "gdp_usd_m_current", 8e6), ("XNT", 2026, "gdp_usd_m_current", 9e6),
    ]
)  # fmt: skip


def value(fact: object) -> float:
    """Take the number out of a quantity."""
    assert isinstance(fact, Quantity)
    return fact.value


def test_allies_are_ranked_without_the_aggregates() -> None:
    ranked = rank_allies(NATO, PARAMETERS, target_gdp_pct=3.5).set_index("iso3")
    assert ranked["rank"].to_dict() == {"EST": 1, "POL": 2}
    assert ranked.loc["EST", "gap_points"] == 0  # 5.0 is above 3.5
    # Poland: 0.5 points of US$ 800,000 m = US$ 4,000 m; / 1.2 = EUR 3.33 bn
    assert ranked.loc["POL", "gap_eur_bn"] == pytest.approx(4.0 / 1.2)


def test_the_summary_holds_both_ends_and_real_growth() -> None:
    row = summarise_spending(NATO, PARAMETERS, 3.5).set_index("iso3").loc["EST"]
    assert row["change_points"] == pytest.approx(3.0)
    assert row["real_growth_pct"] == pytest.approx((4 ** (1 / 12) - 1) * 100)  # 500 to 2,000 in twelve years
    assert row["spend_last_eur_bn"] == pytest.approx(2.0)


def test_the_gap_counts_only_allies_below_the_target() -> None:
    ranked = pd.DataFrame({"iso3": ["LTU", "DEU", "ESP"], "gap_points": [0, 0.8, 1.5], "gap_eur_bn": [0, 36.0, 24.0]})
    facts = describe_gap(ranked)
    assert (value(facts["below"]), value(facts["gap_total"])) == (2, 60)  # 36 + 24
    assert (facts["largest_gap_ally"], value(facts["largest_gap"])) == ("DEU", 36)
