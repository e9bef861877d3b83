"""Money on both sides: rows of a few countries, with the arithmetic in comments."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.joint import NORDIC_BALTIC_POLISH, NORDIC_BALTIC_POLISH_STATES
from baltic_calculus.analysis.opposite_spending import (
    TOGETHER,
    compare_with_opposite,
    compute_power_ranges,
    find_parties,
    read_factors,
)
from baltic_calculus.analysis.opposite_spending_facts import describe_comparison, describe_power
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

PARAMETERS = Parameters(countries=("EST", "LVA"), comparators=("POL",))
STATES = dict.fromkeys((*NORDIC_BALTIC_POLISH_STATES, "BLR"), (1000.0, 2000.0)) | {"RUS": (60000.0, 90000.0)}
FACTORS = {"RUS": Interval(1, 3), "EST": Interval(1, 1.5), "LVA": Interval(1, 2)}


def sipri() -> pd.DataFrame:
    rows = []
    for code, (base, last) in STATES.items():
        flag = "estimate" if code == "RUS" else ""
        rows += [(code, 2021, "spend_usd_m_2024", base, ""), (code, 2025, "spend_usd_m_2024", last, flag)]
        rows += [(code, 2021, "share_gdp_pct", 2.0, ""), (code, 2025, "share_gdp_pct", 3.0, flag)]
        rows += [(code, 2025, "spend_usd_m_current", last * 1.1, flag)]
    rows += [("RUS", 2021, "share_government_pct", 10.0, ""), ("RUS", 2025, "share_government_pct", 20.0, "estimate")]
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value", "flag"])


@pytest.fixture
def compared() -> pd.DataFrame:
    return compare_with_opposite(sipri(), PARAMETERS, 2021).set_index("party")


@pytest.fixture
def power() -> pd.DataFrame:
    return compute_power_ranges(sipri(), PARAMETERS, FACTORS).set_index("party")


def test_growth_is_over_the_whole_period(compared) -> None:
    assert compared.loc["RUS", "growth_pct"] == pytest.approx(50)  # 60 to 90
    assert compared.loc[TOGETHER, ["spend_base_usd_bn", "spend_last_usd_bn"]].tolist() == [2, 4]  # two of 1 and of 2
    assert compared.loc[NORDIC_BALTIC_POLISH, "spend_last_usd_bn"] == pytest.approx(16)  # eight of 2


def test_shares_are_of_single_states_and_missing_ones_stay_missing(compared) -> None:
    assert compared.loc["RUS", "share_last_government_pct"] == 20
    assert compared.loc["EST", ["share_base_gdp_pct", "share_last_gdp_pct"]].tolist() == [2, 3]
    assert pd.isna(compared.loc["EST", "share_last_government_pct"])
    assert pd.isna(compared.loc[TOGETHER, "share_last_gdp_pct"])


def test_estimates_are_flagged_on_their_side_only(compared) -> None:
    assert compared["flag_last"].to_dict()["RUS"] == "estimate"
    assert set(compared.drop(index="RUS")["flag_last"]) == {""}


def test_a_sum_that_lacks_a_state_is_missing() -> None:
    frame = sipri()
    frame = frame[(frame["iso3"] != "NOR") | (frame["year"] != 2021)]
    compared = compare_with_opposite(frame, PARAMETERS, 2021).set_index("party")
    assert pd.isna(compared.loc[NORDIC_BALTIC_POLISH, "growth_pct"])


def test_ranges_run_from_market_rates_to_the_price_level(power) -> None:
    assert power.loc["RUS", ["low_usd_bn", "high_usd_bn"]].tolist() == pytest.approx([99, 297])  # 90 x 1.1, times 3
    assert power.loc[TOGETHER, ["low_usd_bn", "high_usd_bn"]].tolist() == pytest.approx([4.4, 7.7])  # 2.2 x (1.5 + 2)


def test_states_without_a_factor_are_named_and_not_counted(power) -> None:
    part = power.loc[f"{NORDIC_BALTIC_POLISH} (2 of 8)"]
    assert (part["states"], part["missing"]) == ("EST LVA", "DNK FIN LTU NOR POL SWE")
    assert "POL" not in power.index
    assert "EST" not in power.index  # shown together


def test_countries_outside_the_extract_leave_the_others() -> None:
    parties = find_parties(sipri(), Parameters(countries=("USA",), comparators=("POL",)))
    assert list(parties) == ["RUS", "BLR", "POL", NORDIC_BALTIC_POLISH]


def test_multiples_hold_both_bases(power) -> None:
    facts = describe_power(power.reset_index(), PARAMETERS)
    multiple = facts["multiples"][TOGETHER]
    assert (multiple.value, multiple.high) == pytest.approx((99 / 4.4, 297 / 7.7))
    assert facts["factor_russia"] == Quantity(3.0, "times", 1)
    assert facts["uncounted"] == ("DNK", "FIN", "LTU", "NOR", "POL", "SWE")


def test_what_the_extract_lacks_is_said(compared) -> None:
    facts = describe_comparison(compared.reset_index(), Parameters(countries=("EST", "USA")))
    assert facts["not_held"] == ("USA",)
    assert facts["growth_opposite"]["RUS"] == Quantity(50.0, "%", 0)
    assert set(facts["government_last_allies"]) == set()


def test_factors_are_read_as_ranges_from_the_policy_file() -> None:
    factors = read_factors(catalog.policy("purchasing_power"))
    assert set(factors) == {"EST", "LVA", "LTU", "POL", "FIN", "SWE", "DEU", "RUS", "BLR"}
    assert all(factor.low == 1 < factor.high for factor in factors.values())


@pytest.mark.parametrize(
    ("iso3", "power", "market"),
    # GDP per inhabitant of 2025 at purchasing power parity and at market rates, as printed by the World Bank
    [("RUS", 49568, 17547), ("BLR", 34716, 10279), ("EST", 52106, 34418), ("LTU", 56838, 32959), ("POL", 54262, 28420)],
)
def test_price_levels_are_those_of_the_world_bank(iso3, power, market) -> None:
    assert read_factors(catalog.policy("purchasing_power"))[iso3].high == pytest.approx(power / market, abs=0.0005)
