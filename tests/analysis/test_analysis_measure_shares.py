"""Measures against the rise of defence: decided amounts of one year, none counted twice."""

import pandas as pd
import pytest

from baltic_calculus.analysis.measure_facts import describe_measure_shares
from baltic_calculus.analysis.measure_shares import (
    BORROWING,
    CUTS,
    OPEN,
    OWN,
    TAXES,
    compute_measure_shares,
    compute_rise,
    join_shares,
    select_countable,
)
from baltic_calculus.analysis.measures import select_measures
from baltic_calculus.analysis.parameters import Parameters

PARAMETERS = Parameters(countries=("EST", "LTU"), first_year=1995, last_year=2024)
COLUMNS = ["iso3", "title", "value", "unit", "budget_period", "kind", "basis", "part_of", "earmarked", "status"]
ROWS = [
    ("LTU", "Fund", 700.0, "EUR m", "2026", "fund", "one year", "", "yes", "adopted"),
    ("LTU", "Excise", 200.0, "EUR m", "2026", "tax", "one year", "Fund", "yes (Fund)", "in force"),
    ("LTU", "Profit tax", 100.0, "EUR m", "2026", "tax", "one year", "Fund", "yes (Fund)", "in force"),
    ("LTU", "Loan", 800.0, "EUR m", "2025", "borrowing", "one year", "", "yes", "used up"),
    ("LTU", "Bonds", 182.0, "EUR m", "13 issues", "borrowing", "several years", "", "yes", "ongoing"),
    ("LTU", "Next year's fund", 900.0, "EUR m", "2026", "fund", "one year", "", "yes", "framework"),
    ("LTU", "Civil protection", 25.0, "EUR m", "2026", "transfer", "one year", "", "civil protection", "in force"),
    ("EST", "Security tax", 750.0, "EUR m", "2026", "tax", "one year", "", "yes", "superseded"),
    ("EST", "VAT", 2.0, "points", "permanent", "tax", "none", "", "justified by defence", "in force"),
    ("EST", "Cuts", 90.0, "EUR m", "2026", "cut", "one year", "", "redirected", "adopted"),
    ("EST", "Extra defence", 840.0, "EUR m", "2026", "expenditure", "one year", "", "yes", "adopted"),
]
MEASURES = pd.DataFrame(ROWS, columns=COLUMNS).assign(adopted="2025", effective="2026", source="A", note="")
ESTIMATES = pd.DataFrame(
    {
        "topic": ["fiscal_risk", "defence_financing"],
        "entity": ["EST", "LTU"],
        "horizon": ["2026", "2026"],
        "indicator": ["defence financed mainly by debt", "deficit due to defence"],
        "value": [float("nan"), 2500.0],
    }
)


def table(**spend: tuple[float, float, float]) -> pd.DataFrame:
    """NATO's amounts of 2024, 2025 and 2026 in dollars; Estonia's also in euros, at two dollars to the euro."""
    rows = [
        (code, year, "spend_usd_m_current", amount, "" if year == 2024 else "estimate")
        for code, amounts in spend.items()
        for year, amount in zip((2024, 2025, 2026), amounts, strict=True)
    ]
    rows += [(code, year, "spend_nac_m_current", amount / 2, flag) for code, year, _, amount, flag in rows]
    return pd.DataFrame(rows, columns=["iso3", "year", "measure", "value", "flag"])


NATO = table(EST=(2600, 3200, 4400), LTU=(4800, 6800, 9600))


def test_the_rise_is_in_euros_and_counted_from_the_base_year() -> None:
    rise = compute_rise(NATO, ["EST", "LTU"], 2024)
    # Estonia: (3200 - 2600) / 2 and (4400 - 2600) / 2; Lithuania likewise
    assert rise["rise_eur_m"].tolist() == [300, 900, 1000, 2400]
    assert set(rise["flag"]) == {"estimate"}


def test_only_decided_amounts_of_one_year_count_and_a_fund_without_its_taxes() -> None:
    rows = select_countable(MEASURES, ["EST", "LTU"])
    told = {row["title"]: (row["part"], row["amount_eur_m"]) for _, row in rows.iterrows()}
    # the fund of 700 holds the taxes of 200 and 100
    assert told == {
        "Fund": (OWN, 400),
        "Excise": (TAXES, 200),
        "Profit tax": (TAXES, 100),
        "Loan": (BORROWING, 800),
        "Cuts": (CUTS, 90),
    }


def test_the_parts_make_the_rise() -> None:
    shares = compute_measure_shares(MEASURES, NATO, PARAMETERS, 2024)
    told = shares.set_index(["iso3", "year", "part"])["share_rise_pct"]
    assert told["LTU", 2026, TAXES] == pytest.approx(300 / 2400 * 100)
    assert told["LTU", 2026, OPEN] == pytest.approx(1700 / 2400 * 100)
    assert told["LTU", 2025, BORROWING] == pytest.approx(80)
    assert told["EST", 2026, CUTS] == pytest.approx(10)
    assert shares.groupby(["iso3", "year"])["share_rise_pct"].sum().tolist() == pytest.approx([100] * 4)


def test_more_money_than_the_rise_leaves_no_rest() -> None:
    shares = compute_measure_shares(MEASURES, table(EST=(2600, 2700, 2800), LTU=(4800, 6200, 9600)), PARAMETERS, 2024)
    told = shares.set_index(["iso3", "year", "part"])["share_rise_pct"]
    # a loan of 800 against a rise of 700
    assert told["LTU", 2025, BORROWING] == pytest.approx(800 / 700 * 100)
    assert told["LTU", 2025, OPEN] == 0


def test_a_withdrawn_measure_has_its_size_in_the_list_but_pays_for_nothing() -> None:
    listed = join_shares(select_measures(MEASURES, PARAMETERS), MEASURES, NATO, 2024).set_index("title")
    assert listed.loc["Security tax", "share_rise_pct"] == pytest.approx(750 / 900 * 100)
    assert pd.isna(listed.loc["VAT", "share_rise_pct"])
    # expenditure does not pay for expenditure
    assert pd.isna(listed.loc["Extra defence", "share_rise_pct"])


def test_a_country_without_measures_keeps_its_row() -> None:
    parameters = Parameters(countries=("EST", "FIN"), first_year=1995, last_year=2024)
    nato = table(EST=(2600, 3200, 4400), FIN=(10, 20, 30))
    listed = join_shares(select_measures(MEASURES, parameters), MEASURES, nato, 2024)
    assert listed[listed["iso3"] == "FIN"]["kind"].tolist() == [""]


def test_facts_say_what_is_known_and_what_is_not() -> None:
    facts = describe_measure_shares(MEASURES, NATO, ESTIMATES, PARAMETERS, 2024)
    assert {code: one.value for code, one in facts["taxes"].items()} == pytest.approx({"LTU": 12.5})
    assert {code: one.value for code, one in facts["withdrawn"].items()} == pytest.approx({"EST": 750 / 900 * 100})
    assert facts["with_amount"] == ("LTU",)
    assert facts["without_amount"] == ("EST",)
    assert facts["no_amount"] == ("EST",)
    assert facts["by_debt"] == ("EST",)
    assert facts["deficit_for_defence"]["LTU"].value == 2500
