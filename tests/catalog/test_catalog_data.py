"""The project's own data: everything validates; how figures agree with each other is in the cross-checks."""

from baltic_calculus import catalog


def test_everything_validates():
    validation = catalog.validate()
    assert validation.findings == ()
    assert validation.datasets == len(catalog.records())


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
