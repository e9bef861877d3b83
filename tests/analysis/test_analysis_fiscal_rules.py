"""Deficits are divided at the reference value, and by the room that the escape clause gives."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.clause_end import compute_paid_rise, summarise_rules
from baltic_calculus.analysis.fiscal_rules import (
    BEYOND,
    DELIVERED,
    IF_DELIVERED,
    NATIONAL_ACCOUNTS,
    PARTS,
    WITHIN,
    ClauseTerms,
    collect_deficits,
    compute_delivered_rise,
    list_member_states,
    split_deficits,
)
from baltic_calculus.analysis.fiscal_rules_facts import describe_rules
from baltic_calculus.analysis.parameters import Parameters

TERMS = ClauseTerms(reference_gdp_pct=3, cap_gdp_pct=1.5, base_year=2021, first_year=2025, last_year=2028)
CLAUSE = pd.DataFrame(
    {
        "iso3": ["EST", "LVA", "SWE", "BGR"],
        "activated": ["2025-07-08", "2025-07-08", "", "2025-07-08"],
        "in_report_2026": ["yes", "yes", "no", "yes"],
        "procedure": ["none found", "none found", "none found", "proposed"],
        "plan_2026": ["compliant", "at risk of non-compliance", "none found", "none found"],
    }
)
ESTIMATES = pd.DataFrame(
    {"topic": ["net_expenditure_path"], "entity": ["LVA"], "horizon": ["2025-2028"], "value": [5.2]}
)


def balances(*rows: tuple[str, int, float, str, str]) -> pd.DataFrame:
    """Rows of ``macro_fiscal``: country, year, balance, flag, vintage."""
    frame = pd.DataFrame(rows, columns=["iso3", "year", "value", "flag", "vintage"])
    return frame.assign(measure="net_lending_gdp_pct")


def economy(**gdp: float) -> pd.DataFrame:
    """GDP of each country in the base year and in 2025."""
    rows = [(code, year, value) for code, value in gdp.items() for year in (2021, 2025)]
    frame = pd.DataFrame(rows, columns=["iso3", "year", "value"])
    return frame.assign(measure="gdp_eur_m", vintage=NATIONAL_ACCOUNTS, flag="")


def rise(points: float, code: str = "EST") -> pd.DataFrame:
    return pd.DataFrame(
        {"iso3": [code], "year": [2025], "delivered_gdp_pct": [2 + points], "delivered_rise_points": [points]}
    )


def deficit(year: int, value: float, code: str = "EST") -> pd.DataFrame:
    return pd.DataFrame(
        {"iso3": [code], "year": [year], "deficit_gdp_pct": [value], "vintage": ["A"], "flag": ["forecast"]}
    )


def parts(year: int, value: float, points: float, code: str = "EST") -> dict[str, float]:
    split = split_deficits(deficit(year, value, code), rise(points, code), CLAUSE, TERMS)
    return {name: round(number, 9) for name, number in zip(split["part"], split["part_gdp_pct"], strict=True)}


@pytest.mark.parametrize(
    ("year", "value", "points", "expected"),
    [
        # below the reference value nothing needs covering
        (2026, 2.5, 2.0, [2.5, 0, 0, 0]),
        # 4.5 is 1.5 above; the rise of 2.1 is capped at 1.5
        (2026, 4.5, 2.1, [3, 1.5, 0, 0]),
        # 4.1 is 1.1 above; 0.7 delivered, 0.4 only if deliveries rise, up to the cap
        (2027, 4.1, 0.7, [3, 0.7, 0.4, 0]),
        # 5.0 is 2.0 above, and the cap leaves 0.5
        (2027, 5.0, 0.7, [3, 0.7, 0.8, 0.5]),
        # in a year with deliveries no further rise is to come
        (2025, 4.5, 0.5, [3, 0.5, 0, 1.0]),
        # before and after the clause there is no room
        (2024, 4.4, 0.5, [3, 0, 0, 1.4]),
        (2029, 3.9, 2.0, [3, 0, 0, 0.9]),
        # a fall of deliveries gives no room
        (2025, 3.2, -0.4, [3, 0, 0, 0.2]),
        # a surplus has no parts
        (2026, -4.5, 1.0, [0, 0, 0, 0]),
    ],
)
def test_a_deficit_has_four_parts(year: int, value: float, points: float, expected: list[float]) -> None:
    assert list(parts(year, value, points).values()) == expected


def test_a_state_without_the_clause_has_no_room() -> None:
    assert parts(2026, 4.0, 1.5, "SWE") == {WITHIN: 3, DELIVERED: 0, IF_DELIVERED: 0, BEYOND: 1}


@given(st.floats(-8, 12), st.floats(-2, 4), st.integers(2024, 2030))
def test_the_parts_add_up_and_none_is_negative(value: float, points: float, year: int) -> None:
    told = parts(year, value, points)
    assert sum(told.values()) == pytest.approx(max(value, 0), abs=1e-6)
    assert min(told.values()) >= 0
    assert told[DELIVERED] + told[IF_DELIVERED] <= TERMS.cap_gdp_pct + 1e-6


def test_a_year_without_a_deficit_stays_missing() -> None:
    split = split_deficits(deficit(2026, float("nan")), rise(1.0), CLAUSE, TERMS)
    assert split["part"].tolist() == list(PARTS)
    assert split["part_gdp_pct"].isna().all()


def test_one_projection_is_taken_and_none_is_spliced() -> None:
    macro = balances(
        ("LVA", 2024, -1.8, "", "Eurostat EDP notification 2026-04-22"),
        ("LVA", 2025, -2.9, "forecast", "Latvian state budget 2026 (adopted 2025-12-04)"),
        ("LVA", 2026, -3.3, "forecast", "Latvian state budget 2026 (adopted 2025-12-04)"),
        ("LVA", 2026, -3.0, "forecast", "ministry, August 2025"),
        ("LVA", 2029, -3.9, "forecast", "ministry, August 2025"),
    )
    told = collect_deficits(macro, ["LVA"], range(2024, 2030))
    # the ministry reaches furthest; it has no 2025, and the budget's is not put in its place
    assert told["deficit_gdp_pct"].round(1).fillna(-9).tolist() == [1.8, -9, 3.0, -9, -9, 3.9]
    assert set(told["vintage"]) == {"Eurostat EDP notification 2026-04-22", "ministry, August 2025", ""}


def test_of_projections_that_reach_equally_far_the_newest_is_taken() -> None:
    macro = balances(
        ("EST", 2027, -3.8, "forecast", "ministry, summer 2025"),
        ("EST", 2027, -4.5, "forecast", "budget strategy 2026-2029 (2025-09-30)"),
    )
    assert collect_deficits(macro, ["EST"], [2027])["deficit_gdp_pct"].tolist() == [4.5]


def test_the_rise_is_counted_from_the_base_year() -> None:
    delivery = pd.DataFrame(
        {"iso3": "EST", "year": [2021, 2025], "measure": "defence_eur_m", "value": [20.0, 42.0], "flag": ""}
    )
    # 20 of 1000 is 2.0%, 42 of 1000 is 4.2%
    told = compute_delivered_rise(delivery, economy(EST=1000), ["EST"], TERMS)
    assert told["year"].tolist() == [2025]
    assert told["delivered_rise_points"].tolist() == pytest.approx([2.2])


def test_only_member_states_are_bound() -> None:
    parameters = Parameters(
        countries=("EST", "LVA"), comparators=("NOR", "SWE", "EU27"), first_year=1995, last_year=2024
    )
    assert list_member_states(CLAUSE, parameters) == ["EST", "LVA", "SWE"]


def summary(macro: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Summary and split of Estonia and Latvia, with deliveries of 2025."""
    codes = ["EST", "LVA"]
    deficits = collect_deficits(macro, codes, range(2024, 2030))
    delivered = pd.concat([rise(2.1), rise(0.7, "LVA")], ignore_index=True)
    nato = pd.DataFrame(
        {
            "iso3": ["EST", "EST", "LVA", "LVA"],
            "year": [2021, 2026, 2021, 2026],
            "measure": "share_gdp_pct",
            "value": [2.0, 5.1, 2.2, 4.9],
            "flag": "",
        }
    )
    people = pd.DataFrame(
        {"iso3": codes, "year": 2025, "measure": "population_persons", "value": [1e6, 2e6], "flag": ""}
    )
    told = summarise_rules(CLAUSE, deficits, delivered, compute_paid_rise(nato, codes, 2021), people, macro, TERMS)
    return told, split_deficits(deficits, delivered, CLAUSE, TERMS)


MACRO = pd.concat(
    [
        balances(
            ("EST", 2024, -1.7, "", "Statistics Estonia, 2025"),
            ("EST", 2026, -4.5, "forecast", "Estonian state budget 2026 (adopted 2025-12)"),
            ("LVA", 2025, -2.5, "", "Eurostat EDP notification 2026-04-22"),
        ),
        economy(EST=40_000, LVA=43_000),
    ],
    ignore_index=True,
)


def test_the_end_of_the_clause_asks_for_what_is_above_the_reference_value() -> None:
    told, _ = summary(MACRO)
    estonia, latvia = told.set_index("iso3").loc["EST"], told.set_index("iso3").loc["LVA"]
    # 4.5 less 3 is 1.5 points; 1.5% of EUR 40,000 m is EUR 600 m, or EUR 600 for each of a million
    assert estonia["adjustment_points"] == pytest.approx(1.5)
    assert estonia["adjustment_eur_m"] == pytest.approx(600)
    assert estonia["adjustment_eur_per_inhabitant"] == pytest.approx(600)
    assert estonia["flexibility_points"] == 1.5
    assert estonia["paid_rise_points"] == pytest.approx(3.1)
    # a deficit that was counted is no projection
    assert pd.isna(latvia["adjustment_points"])
    assert latvia["counted_deficit_gdp_pct"] == 2.5
    assert latvia["flexibility_points"] == pytest.approx(0.7)


def test_facts_name_who_is_above_the_line_and_who_is_silent() -> None:
    told, split = summary(MACRO)
    facts = describe_rules(CLAUSE, told, split, MACRO, ESTIMATES, TERMS)
    assert facts["above"] == ("EST",)
    assert facts["below"] == ()
    assert facts["silent"] == ("EST", "LVA")
    assert facts["below_cap"] == ("LVA",)
    assert facts["at_risk"] == ("LVA",)
    assert facts["proposed"] == ("BGR",)
    assert facts["users"].value == 3
    assert {code: one.value for code, one in facts["adopted"].items()} == {"EST": 4.5}
    assert {code: one.value for code, one in facts["path_limits"].items()} == {"LVA": 5.2}
