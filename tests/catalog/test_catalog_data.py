"""The project's own data: everything validates, and the publishers' figures agree with each other."""

import pandas as pd
import pytest

from baltic_calculus import catalog

AGGREGATES = ["XNT", "XEC"]
SHARES = ["equipment_share_pct", "personnel_share_pct", "infrastructure_share_pct", "other_share_pct"]
DIVISIONS = [
    "general_public_services",
    "defence",
    "public_order_safety",
    "economic_affairs",
    "environment",
    "housing",
    "health",
    "recreation_culture",
    "education",
    "social_protection",
]


def wide(name: str) -> pd.DataFrame:
    """One column per measure, indexed by country and year."""
    return catalog.load(name).pivot(index=["iso3", "year"], columns="measure", values="value")


@pytest.fixture(scope="module")
def nato() -> pd.DataFrame:
    return wide("nato_defence_expenditure")


@pytest.fixture(scope="module")
def cofog() -> pd.DataFrame:
    return wide("cofog_expenditure")


def test_everything_validates():
    assert catalog.validate() == ()


# rounding of 31 rows: US$ 1 m and 100 persons each
@pytest.mark.parametrize(
    ("measure", "rounding"), [("spend_usd_m_current", 3), ("spend_usd_m_2021", 3), ("military_personnel_k", 0.31)]
)
def test_allies_sum_to_the_published_total(nato, measure, rounding):
    frame = catalog.load("nato_defence_expenditure")
    members = frame[~frame["iso3"].isin(AGGREGATES) & ~frame["note"].str.contains("before accession")]
    total = members[members["measure"] == measure].groupby("year")["value"].sum()
    assert (total - nato.loc["XNT", measure]).abs().max() <= rounding
    europe_and_canada = total - nato.loc["USA", measure]
    assert (europe_and_canada - nato.loc["XEC", measure]).abs().max() <= rounding


def test_categories_sum_to_the_whole(nato):
    shares = nato[SHARES].drop(AGGREGATES)
    complete = shares.dropna()
    assert complete.sum(axis="columns").sub(100).abs().max() <= 0.05
    # 31 allies in 13 years, without the two that are estimated for equipment only
    assert len(complete) == 401
    assert set(shares.index[shares.isna().any(axis="columns")]) == {("NLD", 2026), ("PRT", 2026)}


def test_share_of_gdp_is_spending_over_gdp_at_2021_prices(nato):
    computed = nato["spend_usd_m_2021"] / nato["gdp_usd_m_2021"] * 100
    difference = computed - nato["share_gdp_pct"]
    # printed with two decimals; half a million of Montenegro's GDP of US$ 5 bn is 0.01 points
    rounding = 0.005 + 50 / nato["gdp_usd_m_2021"]
    assert (difference.abs() <= rounding).all()
    assert len(difference) == 429


def test_spending_per_person_over_gdp_per_person_is_the_share(nato):
    spent, output = nato["spend_per_capita_usd_2021"], nato["gdp_per_capita_usd_k_2021"] * 1000
    # whole dollars and hundreds of dollars
    lowest, highest = (spent - 0.5) / (output + 50) * 100, (spent + 0.5) / (output - 50) * 100
    assert (lowest <= nato["share_gdp_pct"] + 0.005).all()
    assert (highest >= nato["share_gdp_pct"] - 0.005).all()


def test_spending_and_gdp_are_divided_by_one_population(nato):
    # millions, between what rounding leaves open
    spending, per_person = nato["spend_usd_m_2021"], nato["spend_per_capita_usd_2021"]
    gdp, gdp_per_person = nato["gdp_usd_m_2021"], nato["gdp_per_capita_usd_k_2021"] * 1000
    by_spending = ((spending - 0.5) / (per_person + 0.5), (spending + 0.5) / (per_person - 0.5))
    by_gdp = ((gdp - 0.5) / (gdp_per_person + 50), (gdp + 0.5) / (gdp_per_person - 50))
    assert (by_spending[0] <= by_gdp[1]).all()
    assert (by_gdp[0] <= by_spending[1]).all()


def test_gdp_of_the_allies_adds_up_to_the_total_but_for_iceland():
    frame = catalog.load("nato_defence_expenditure")
    rows = frame[(frame["measure"] == "gdp_usd_m_2021") & ~frame["note"].str.contains("before accession")]
    gdp = rows.pivot(index="year", columns="iso3", values="value")
    iceland = gdp["XNT"] - gdp.drop(columns=AGGREGATES).sum(axis="columns")
    assert iceland.between(22_000, 31_000).all()  # US$ m
    assert (gdp["XNT"] - gdp["XEC"] - gdp["USA"]).abs().max() <= 1


def test_share_of_gdp_at_current_prices_differs_for_the_netherlands_only(nato):
    computed = nato["spend_usd_m_current"] / nato["gdp_usd_m_current"] * 100
    difference = (computed - nato["share_gdp_pct"]).drop(AGGREGATES).abs()
    assert set(difference[difference > 0.02].reset_index()["iso3"]) == {"NLD"}


def test_real_change_follows_from_spending_at_2021_prices(nato):
    spending = nato["spend_usd_m_2021"].unstack("iso3")
    change = spending.pct_change().mul(100).stack().swaplevel()
    # both amounts are rounded to a million, which counts for the smallest budgets, and the change to two decimals
    before = spending.shift().stack().swaplevel()
    rounding = 0.005 + 50 / before * (2 + change / 100)
    difference = (change - nato["real_change_pct"]).dropna()
    assert len(difference) == 396  # 33 rows, 12 years that have one before
    assert (difference.abs() <= rounding.reindex(difference.index) + 1e-9).all()
    assert difference.abs()[before.reindex(difference.index) > 2000].max() <= 0.06


def test_euro_members_share_one_exchange_rate(nato):
    rate = (nato["spend_nac_m_current"] / nato["spend_usd_m_current"]).unstack("iso3")
    # Lithuania took the euro in 2015 and Bulgaria in 2026: the table is in euro throughout
    euro = rate[["DEU", "FRA", "EST", "LVA", "LTU", "BGR"]]
    assert (euro.max(axis="columns") - euro.min(axis="columns")).max() < 0.003


def test_divisions_sum_to_total_expenditure(cofog):
    divisions = cofog[[f"{name}_eur_m" for name in DIVISIONS]].dropna()
    difference = divisions.sum(axis="columns") - cofog["total_eur_m"].reindex(divisions.index)
    assert difference.groupby("iso3").size().to_dict() == {
        "DEU": 30, "DNK": 30, "EST": 30, "EU27": 15, "FIN": 30, "LTU": 30, "LVA": 30, "POL": 30, "SWE": 30,
    }  # fmt: skip
    assert difference.abs().max() <= 0.6


def test_shares_of_gdp_imply_one_gdp(cofog):
    # defence / total * (total as a share of GDP) = defence as a share of GDP, both shares rounded to 0.1
    implied = cofog["defence_eur_m"] / cofog["total_eur_m"] * cofog["total_gdp_pct"]
    assert (implied - cofog["defence_gdp_pct"]).abs().max() <= 0.06


def test_early_defence_collection_differs_from_the_annual_one(cofog):
    early = wide("defence_delivery")["defence_eur_m"]
    annual = cofog["defence_eur_m"].reindex(early.index)
    gap = (early / annual - 1).dropna().abs().groupby("iso3").max()
    assert set(gap[gap > 0.001].index) == {"LTU", "LVA", "SWE", "FIN", "EU27"}
    assert gap["LTU"] == gap.max()


def test_sipri_holds_what_its_terms_allow():
    frame = catalog.load("sipri_milex")
    assert set(frame["iso3"]) == {"EST", "LVA", "LTU", "POL", "FIN", "SWE", "NOR", "DNK", "DEU", "RUS", "BLR", "UKR"}
    assert set(frame["measure"]) == {
        "share_gdp_pct",
        "spend_usd_m_2024",
        "spend_usd_m_current",
        "share_government_pct",
    }
    assert len(frame) < 0.1 * 55_289 / 5  # the database has 55,289 numbers; a tenth may be used, this is far below it
    assert catalog.record("sipri_milex").attribution


def test_vintages_keep_their_forecasts_apart():
    frame = catalog.load("macro_fiscal")
    weo = frame[frame["vintage"].eq("IMF WEO April 2026") & frame["measure"].eq("gross_debt_gdp_pct")]
    assert set(weo.loc[weo["year"] >= 2026, "flag"]) == {"forecast"}
    assert set(weo.loc[weo["year"] < 2025, "flag"]) == {""}


def test_prefinancing_is_at_most_the_agreed_share():
    loans = catalog.load("safe_allocations")
    share = loans["adopted_prefinancing_eur"] / loans["adopted_loan_eur"] * 100
    limit = catalog.policy("safe_terms").pre_financing_share_pct.value
    # Latvia's and Poland's amounts are rounded to EUR 1 m and 10 m
    assert share.max() <= limit + 0.02


def test_policy_values_agree_with_the_rows_they_are_taken_from():
    model = catalog.load("force_model_air").set_index("indicator")["value"]
    policy = catalog.policy("force_model")
    assert policy.tier_1_troops.value == model["NATO Force Model tier 1: troops within 10 days"]
    assert policy.tier_2_troops.value == model["NATO Force Model tier 2: troops in 10-30 days"]
    assert policy.tier_3_troops.value == model["NATO Force Model tier 3: troops in 30-180 days (at least)"]
    presence = catalog.load("forward_presence").set_index("indicator")
    promised = catalog.policy("forward_presence")
    assert promised.lithuania_brigade_soldiers.value == presence.at["45th Panzer Brigade target, soldiers", "value"]
    assert promised.lithuania_brigade_civilians.value == presence.at["45th Panzer Brigade target, civilians", "value"]
    assert promised.brigade_low_troops.value == presence.at["Madrid brigade-size option", "low"]
    assert promised.brigade_high_troops.value == presence.at["Madrid brigade-size option", "high"]
    plans = catalog.load("defence_budget_plans").set_index("measure")["value"]
    targets = catalog.policy("nato_targets")
    assert targets.core_share_gdp_pct.value == plans["alliance_target_core_gdp_pct"]
    assert targets.related_share_gdp_pct.value == plans["alliance_target_related_gdp_pct"]
    assert targets.total_share_gdp_pct.value == plans["alliance_target_total_gdp_pct"]
    terms = catalog.load("safe_terms").set_index(["instrument", "term"])["value"]
    safe = catalog.policy("safe_terms")
    assert safe.maximum_maturity_years.value == terms["SAFE", "maximum_maturity"]
    assert safe.grace_period_years.value == terms["SAFE", "grace_period_on_principal"]
    assert safe.pre_financing_share_pct.value == terms["SAFE", "pre_financing_share"]
    assert safe.interest_rate_pct.value == terms["SAFE", "interest_rate_quoted_poland"]
    escape = catalog.policy("eu_fiscal_rules").escape_clause_gdp_pct.value
    assert escape == terms["National escape clause", "max_deviation"]


def test_suspected_incidents_are_not_established():
    incidents = catalog.load("incidents")
    established = incidents.loc[incidents["attribution"] == "established", "entity"]
    assert sorted(established) == [
        "Estonia (Vaindloo)",
        "Finland (Kouvola)",
        "Latvia (Gaigalava, Rezekne)",
        "Lithuania (Kybartai)",
        "Lithuania (Sumskas)",
    ]
    accidental = incidents.loc[incidents["attribution"] == "found accidental", "entity"]
    assert list(accidental) == ["Latvia-Gotland LVRTC cable"]


def test_what_was_read_in_reposts_only_is_of_low_confidence():
    sources = catalog.load("sources").set_index("source")["class"]
    for name in ("air_defence", "air_mission", "force_model_air", "incidents"):
        frame = catalog.load(name)
        weak = frame["source"].map(
            lambda keys: all(sources[key.strip()] == "low-trust repost" for key in keys.split(";"))
        )
        assert set(frame.loc[weak, "confidence"]) <= {"low"}


def test_working_assumptions_are_of_low_confidence():
    for name in ("force_model_air", "geography"):
        frame = catalog.load(name)
        rows = frame[frame["source"] == "P188"]
        assert len(rows) > 0
        assert set(rows["confidence"]) == {"low"}
