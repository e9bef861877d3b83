"""Where the allies stand, on frames small enough to check by hand."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.ranking import (
    add_members,
    compare_bases,
    date_passing,
    rank_allies,
    rank_with_dates,
    summarise_allies,
)
from baltic_calculus.analysis.ranking_facts import (
    describe_basis,
    describe_deepest_fall,
    describe_field,
    describe_gap,
    describe_passed,
)

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
        ("EST", 2026, "equipment_share_pct", 30.0),
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


def shares(by_code: dict[str, dict[int, float]]) -> pd.DataFrame:
    """Long frame of shares, with a GDP of EUR 100 bn for every ally and a euro of one dollar."""
    rows = [(code, y, "share_gdp_pct", share) for code, series in by_code.items() for y, share in series.items()]
    rows += [(code, y, "gdp_usd_m_current", 1e5) for code, series in by_code.items() for y in series]
    rows += [
        ("EST", y, measure, 1000.0)
        for y in by_code["EST"]
        for measure in ("spend_usd_m_current", "spend_nac_m_current")
    ]
    return long(rows)


THREE = Parameters(countries=("EST",), first_year=2024, last_year=2026)
FOUR_ALLIES = shares(
    {
        "EST": {2024: 1.9, 2025: 2.0, 2026: 3.6},
        "GRC": {2024: 3.7, 2025: 2.8, 2026: 3.6},
        "USA": {2024: 3.9, 2025: 3.3, 2026: 3.2},
        "SVN": {2024: 1.0, 2025: 1.2, 2026: 1.6},
    }
)


def test_equal_shares_have_equal_ranks_and_the_next_place_stays_free() -> None:
    ranked = rank_allies(FOUR_ALLIES, THREE, 3.5)
    assert ranked["iso3"].tolist() == ["EST", "GRC", "USA", "SVN"]
    assert ranked["rank"].tolist() == [1, 1, 3, 4]  # 3.6, 3.6, 3.2, 1.6
    assert ranked["rank_first"].tolist() == [3, 2, 1, 4]  # 1.9, 3.7, 3.9, 1.0


def test_the_gap_is_points_times_gdp_and_never_negative() -> None:
    ranked = rank_allies(FOUR_ALLIES, THREE, 3.5).set_index("iso3")
    assert ranked["gap_points"].round(2).to_dict() == {"EST": 0, "GRC": 0, "USA": 0.3, "SVN": 1.9}
    assert ranked["gap_eur_bn"].round(2).to_dict() == {"EST": 0, "GRC": 0, "USA": 0.3, "SVN": 1.9}  # 1% is EUR 1 bn


def test_a_level_is_dated_by_the_unbroken_stretch_and_by_the_first_year() -> None:
    dated = date_passing(FOUR_ALLIES, THREE, 2.0, "guideline").set_index("iso3")
    assert dated["guideline_first_year"].dropna().to_dict() == {"EST": 2025, "GRC": 2024, "USA": 2024}
    # 2.0 is at the level; a period that begins above it may have begun so earlier
    assert dated["guideline_said"].to_dict() == {"EST": "2025", "GRC": "≤2024", "USA": "≤2024", "SVN": "below"}
    target = date_passing(FOUR_ALLIES, THREE, 3.5, "target").set_index("iso3")
    assert target["target_held_since"].dropna().to_dict() == {"EST": 2026, "GRC": 2026}
    assert target["target_said"].to_dict() == {
        "EST": "2026",
        "GRC": "2026\u00a0(≤2024)",
        "USA": "below\u00a0(≤2024)",
        "SVN": "below",
    }


def test_who_has_passed_is_told_with_who_no_longer_has() -> None:
    dated = rank_with_dates(FOUR_ALLIES, THREE, guideline_gdp_pct=2.0, target_gdp_pct=3.5)
    facts = describe_passed(dated, THREE, 2.0)
    assert facts["passed"] == {"EST": Quantity(2026, "year", 0), "GRC": Quantity(2026, "year", 0)}
    assert facts["lost"] == {"USA": Quantity(2024, "year", 0)}
    assert facts["figures"] == "NATO's figures"
    assert describe_passed(dated.assign(flag="estimate"), THREE, 2.0)["figures"] == "NATO's estimates"
    assert facts["guideline_not"] == {"SVN": Quantity(1.6, "% of GDP", 2)}
    assert (value(facts["guideline_first_number"]), value(facts["guideline_number"])) == (2, 3)
    assert (facts["climber"], value(facts["climber_from"]), value(facts["climber_to"])) == ("EST", 3, 1)
    assert facts["own_ranks_first"] == {"EST": Quantity(3, "", 0)}


def test_the_key_figures_stand_beside_the_rank() -> None:
    rows = summarise_allies(NATO, PARAMETERS, 3.5).set_index("iso3")
    assert rows.loc["EST", "change_points"] == pytest.approx(3.0)
    assert rows.loc["EST", "real_growth_pct"] == pytest.approx((4 ** (1 / 12) - 1) * 100)  # 500 to 2,000 in 12 years
    assert rows.loc["EST", "spend_last_eur_bn"] == pytest.approx(2.0)
    assert rows.loc["EST", "equipment_share_pct"] == 30
    assert pd.isna(rows.loc["POL", "equipment_share_pct"])


def test_the_field_is_told_by_its_ends() -> None:
    facts = describe_field(summarise_allies(NATO, PARAMETERS, 3.5), PARAMETERS, equipment_guideline_pct=40)
    assert facts["highest"] == {"EST": Quantity(5.0, "% of GDP", 2)}
    assert facts["lowest"] == {"POL": Quantity(3.0, "% of GDP", 2)}
    assert list(facts["largest"]) == ["POL", "EST"]  # EUR 20 bn and 2 bn
    assert value(facts["largest_part"]) == 100
    assert facts["equipment_below"] == {"EST": Quantity(30.0, "%", 1)}  # Poland's is not known, not low
    assert value(facts["equipment_number"]) == 0


def test_a_member_without_figures_has_a_row_without_numbers() -> None:
    register = pd.DataFrame({"iso3": ["ISL", "EST", "POL", "CHE"], "nato": [True, True, True, False]})
    rows = add_members(summarise_allies(NATO, PARAMETERS, 3.5), register)
    assert rows["iso3"].tolist() == ["EST", "POL", "ISL"]
    assert rows.set_index("iso3").loc["ISL"].isna().all()


def test_the_gap_on_both_bases() -> None:
    # Poland: 24,000 of 800,000 is 3.0% as published; Estonia: 2,400 of 48,000 is 5.0%; then Poland at 16,000: 2.0%
    bases = compare_bases(NATO, PARAMETERS, 3.5).set_index("iso3")
    assert bases["difference_points"].abs().max() == pytest.approx(0)
    lower = NATO.replace({"value": {24000.0: 16000.0}})
    facts = describe_basis(compare_bases(lower, PARAMETERS, 3.5))
    assert (facts["basis_ally"], value(facts["basis_current"])) == ("POL", pytest.approx(2.0))
    # a point is US$ 8,000 m, at 1.2 EUR 6.67 bn: 0.5 points or 1.5
    assert value(facts["basis_gap"]) == pytest.approx(0.5 * 8 / 1.2)
    assert value(facts["basis_gap_current"]) == pytest.approx(1.5 * 8 / 1.2)


def test_the_deepest_fall_is_from_peak_to_trough() -> None:
    amounts = {2014: (100, 10), 2015: (120, 12), 2016: (90, 15), 2017: (110, 20)}
    rows = [("NOR", y, "spend_usd_m_2021", real) for y, (real, _) in amounts.items()]
    rows += [("NOR", y, "spend_nac_m_current", own) for y, (_, own) in amounts.items()]
    facts = describe_deepest_fall(long(rows), "NOR")
    assert (value(facts["fall_from"]), value(facts["fall_to"])) == (2015, 2016)
    assert value(facts["fall_real"]) == pytest.approx(-25)  # 120 to 90
    assert value(facts["fall_nominal"]) == pytest.approx(25)  # 12 to 15


def test_the_gap_counts_only_allies_below_the_target() -> None:
    ranked = pd.DataFrame({"iso3": ["LTU", "DEU", "ESP"], "gap_points": [0, 0.8, 1.5], "gap_eur_bn": [0, 36.0, 24.0]})
    facts = describe_gap(ranked)
    assert (value(facts["below"]), value(facts["gap_total"])) == (2, 60)  # 36 + 24
    assert (facts["largest_gap_ally"], value(facts["largest_gap"])) == ("DEU", 36)
    assert facts["gap_most"] == {"DEU": Quantity(36, "EUR bn", 0)}  # 60% is more than half
    assert facts["nearest"] == {"DEU": Quantity(0.8, "points", 2)}


def test_where_all_have_passed_there_is_no_gap() -> None:
    facts = describe_gap(pd.DataFrame({"iso3": ["LTU"], "gap_points": [0.0], "gap_eur_bn": [0.0]}))
    assert (value(facts["below"]), value(facts["gap_total"]), facts["gap_most"]) == (0, 0, {})


@given(st.lists(st.floats(0.01, 500), min_size=1, max_size=12))
def test_those_who_lack_most_lack_more_than_half_and_none_of_them_could_be_left_out(gaps: list[float]) -> None:
    codes = [f"A{place:02}" for place in range(len(gaps))]
    facts = describe_gap(pd.DataFrame({"iso3": codes, "gap_points": 1.0, "gap_eur_bn": gaps}))
    most = sorted(value(one) for one in facts["gap_most"].values())
    assert sum(most) >= sum(gaps) / 2 * (1 - 1e-9)
    assert sum(most[1:]) <= sum(gaps) / 2 * (1 + 1e-9)
