"""The ledger of claims: complete, of allowed verdicts, nothing shown that was not read; forecasts by their windows."""

import re
from dataclasses import fields
from pathlib import Path

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.claim_facts import describe_claim_tests, describe_claims, describe_forecasts, say_changes
from baltic_calculus.analysis.claim_forecasts import score_forecasts
from baltic_calculus.analysis.claim_reading import RULES, ClaimFrames
from baltic_calculus.analysis.claim_tests import TESTS, compute_claim_tests
from baltic_calculus.analysis.claims import (
    COMPUTED,
    KIND_VERDICTS,
    NOT_VERIFIED,
    OUTCOMES,
    UNREAD,
    build_ledger,
    tally_verdicts,
)
from baltic_calculus.analysis.estimate_scores import score_estimates

POLICIES = {"targets": "nato_targets", "safe_terms": "safe_terms", "force_model": "force_model", "terms": "claim_tests"}
AS_OF = "2026-10-03"


def load_frames() -> ClaimFrames:
    names = [field.name for field in fields(ClaimFrames)]
    return ClaimFrames(
        **{name: catalog.policy(POLICIES[name]) if name in POLICIES else catalog.load(name) for name in names}
    )


@pytest.fixture(scope="module")
def claims():
    return catalog.load("claims")


@pytest.fixture(scope="module")
def tests(claims):
    return compute_claim_tests(claims, load_frames(), catalog.countries())


@pytest.fixture(scope="module")
def scores(claims):
    timeline = catalog.load("timeline")
    estimates = score_estimates(catalog.load("reconstitution_estimates"), timeline, AS_OF)
    return score_forecasts(claims, catalog.load("forecasts"), timeline, estimates, AS_OF)


@pytest.fixture(scope="module")
def ledger(claims, tests, scores):
    return build_ledger(claims, tests, scores)


def test_ledger_holds_every_claim_once(claims, ledger):
    assert len(ledger) == 124
    assert sorted(ledger["claim"]) == sorted(claims["claim"])
    assert ledger["claim"].is_unique
    assert list(dict.fromkeys(ledger["essay"])) == [
        "Essay 1, 13 March 2024",
        "Essay 2, 10 November 2025",
        "Essay 3, December 2025",
    ]


def test_every_verdict_is_allowed_for_its_kind(claims, ledger):
    for row in claims.itertuples():
        assert row.verdict in KIND_VERDICTS[row.kind], row.claim
    for row in ledger.itertuples():
        assert row.verdict in (*KIND_VERDICTS[row.kind], NOT_VERIFIED), row.claim
    assert set(ledger["outcome"]) <= set(OUTCOMES)


def test_every_forecast_of_the_register_has_a_window(claims):
    assert set(catalog.load("forecasts")["claim"]) == set(claims.loc[claims["kind"] == "forecast", "claim"])


def test_what_nobody_read_is_not_verified(ledger):
    general = ledger[ledger["evidence_access"] == "K"]
    unread = general[general["grade"] != COMPUTED]
    assert len(unread) > 0
    assert set(unread["verdict"]) == {NOT_VERIFIED}
    assert set(unread["outcome"]) == {UNREAD}
    assert set(unread["source_said"]) == {""}
    assert set(ledger.loc[ledger["verdict"] == NOT_VERIFIED, "evidence_access"]) == {"K"}


def test_general_knowledge_is_shown_as_supported_only_when_computed():
    # two claims of general knowledge, both "supported" by the register; the second is computed
    claims = claims_of(
        {"claim": "A06", "evidence_access": "K", "verdict": "supported"},
        {"claim": "A16", "evidence_access": "K", "verdict": "supported"},
    )
    tested = pd.DataFrame(
        [
            {
                "claim": "A16",
                "verdict": "supported",
                "computed": "375 km",
                "whole": True,
                "confidence": "high",
                "exhibit": "",
            }
        ]
    )
    ledger = build_ledger(claims, tested, pd.DataFrame({"claim": []})).set_index("claim")
    assert ledger["verdict"].to_dict() == {"A06": NOT_VERIFIED, "A16": "supported"}
    weak = tested.assign(confidence="low")
    assert build_ledger(claims, weak, pd.DataFrame({"claim": []}))["verdict"].tolist() == [NOT_VERIFIED] * 2
    part = tested.assign(whole=False)
    assert build_ledger(claims, part, pd.DataFrame({"claim": []}))["verdict"].tolist() == [NOT_VERIFIED] * 2


def test_tally_adds_up(ledger):
    tally = tally_verdicts(ledger)
    assert tally.groupby("by")["claims"].sum().to_dict() == {"essay": 124, "topic": 124}
    assert set(tally["outcome"]) == set(OUTCOMES)


def test_facts_agree_with_the_ledger(ledger, tests, scores):
    told = describe_claims(ledger)
    decided = sum(told[name].value for name in ("supported", "partly_supported", "outdated", "not_borne_out"))
    rest = sum(told[name].value for name in ("open", "not_checkable", "not_verified"))
    assert (decided, decided + rest) == (told["decided"].value, 124)
    assert describe_claim_tests(tests, catalog.policy("claim_tests"))["tested"].value == len(TESTS)
    assert describe_forecasts(scores, AS_OF)["brier"] == "no Brier score can be formed"
    differ = [text.split(",")[0] for text in say_changes(tests, scores)]
    assert differ == ["B41", "C43"]


def test_every_test_names_a_claim_a_rule_and_an_exhibit_that_exist(claims):
    notebooks = Path(__file__).parents[2] / "notebooks"
    text = "".join(path.read_text("utf-8") for path in notebooks.glob("*.ipynb"))
    labels = set(re.findall(r"#\| label: ([\w-]+)", text))
    for test in TESTS:
        assert test.claim in set(claims["claim"])
        assert test.rule in RULES
        assert test.exhibit in {"", *labels}, test.claim
    assert len({test.claim for test in TESTS}) == len(TESTS) >= 25


def claims_of(*rows: dict) -> pd.DataFrame:
    common = {
        "essay": "essay-2",
        "essay_date": "2025-11-10",
        "kind": "fact",
        "topic": "threat",
        "paraphrase": "a claim",
        "claimed": "",
        "unit": "",
        "evidence": "evidence",
        "why": "reason",
        "source_title": "title",
        "publisher": "publisher",
        "source_date": "2025",
        "url": "",
        "further_evidence": "",
        "verdict": "supported",
        "evidence_access": "E",
    }
    return pd.DataFrame([{**common, **row} for row in rows])


def forecast_status(as_of: str, ceasefires: tuple[str, ...] = (), **row: str) -> str:
    common = {"claim": "A24", "window_opens": "2025-11-10", "window_closes": "2026-05-10", "settled_by": "event"}
    forecasts = pd.DataFrame([{**common, "happened": "", "hit_means": "it", "probability": float("nan"), **row}])
    timeline = pd.DataFrame({"date": list(ceasefires), "category": ["ceasefire"] * len(ceasefires)}, dtype=str)
    estimates = pd.DataFrame([{"issuer": "Atlantic Council", "status": "open", "reason": "window not yet opened"}])
    claims = claims_of({"claim": "A24", "kind": "forecast", "verdict": "open"})
    return score_forecasts(claims, forecasts, timeline, estimates, as_of)["status"].item()


@pytest.mark.parametrize(
    ("row", "as_of", "status"),
    [
        ({"happened": "2026-03-26"}, "2026-10-03", "hit"),
        ({"happened": "2026-03-26"}, "2026-01-01", "open"),  # nothing later than the date counts
        ({"happened": "2026-06-01"}, "2026-10-03", "miss"),  # after the window
        ({"happened": "2023-04-04"}, "2026-10-03", "not testable"),  # before the essay
        ({}, "2026-05-09", "open"),
        ({}, "2026-05-10", "miss"),
        ({"settled_by": "possibility"}, "2026-10-03", "not testable"),
        ({"settled_by": "possibility", "window_closes": ""}, "2040-01-01", "open"),
        ({"settled_by": "no measure"}, "2026-10-03", "not testable"),
        ({"settled_by": "not public"}, "2026-10-03", "not testable"),
        ({"settled_by": "condition"}, "2026-10-03", "not testable"),
        ({"settled_by": "estimate"}, "2026-10-03", "open"),
        ({"settled_by": "no ceasefire", "window_opens": "2030-11-10"}, "2026-10-03", "open"),
        ({"settled_by": "no ceasefire", "window_opens": "2030-11-10"}, "2031-01-01", "hit"),
    ],
)
def test_forecast_status(row, as_of, status):
    assert forecast_status(as_of, **row) == status


def test_ceasefire_ends_a_forecast_of_long_war():
    row = {"settled_by": "no ceasefire", "window_opens": "2030-11-10"}
    assert forecast_status("2028-01-01", ("2027-06-01",), **row) == "miss"
    assert forecast_status("2027-01-01", ("2027-06-01",), **row) == "open"


def test_no_person_is_named(claims):
    # offices and firms are; the addresses of documents are as they are
    text = " ".join(claims[["paraphrase", "evidence", "source_title", "why"]].to_numpy().ravel())
    assert not re.search(r"Stoltenberg|Leyen|Trump|Rutte|Putin|Kubilius", text)
