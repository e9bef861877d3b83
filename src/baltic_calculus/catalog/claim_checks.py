"""Cross-checks of what is said: claims, forecasts, systems, published estimates, events."""

import pandas as pd

from baltic_calculus.catalog.cross_check import CrossCheck, Tables, compare_dates, compare_numbers, compare_words
from baltic_calculus.catalog.policy import PolicySet
from baltic_calculus.catalog.register_rules import PAST, keyed, past

CLAIMS, FORECASTS, SYSTEMS = "claims", "forecasts", "systems"
ESTIMATES, TIMELINE = "reconstitution_estimates", "timeline"
VERDICTS = {
    "forecast": {"came true", "did not come true", "open", "outdated", "not checkable"},
    "recommendation": {"adopted", "partly adopted", "not adopted", "open", "not checkable"},
}
SUPPORT = {"supported", "partly supported", "contradicted", "outdated", "not checkable"}


def _essays(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[CLAIMS])
    expected = frame["claim"].str[0].map({"A": "essay-2", "B": "essay-3", "C": "essay-1"})
    dates = frame.groupby("essay")["essay_date"].transform("first")
    return pd.concat(
        [
            compare_words(expected, frame["essay"], expected.eq(frame["essay"])),
            compare_words(dates, frame["essay_date"], dates.eq(frame["essay_date"])),
        ]
    )


def _verdicts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[CLAIMS])
    allowed = frame["kind"].map(lambda kind: VERDICTS.get(kind, SUPPORT))
    holds = [verdict in words for verdict, words in zip(frame["verdict"], allowed, strict=True)]
    expected = allowed.map(lambda words: "one of: " + ", ".join(sorted(words)))
    return compare_words(expected, frame["verdict"], pd.Series(holds, index=frame.index))


def _evidence(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[CLAIMS])
    known = frame["evidence_access"].eq("K")
    expected = known.map({True: "not checkable, being general knowledge", False: "a title of the document found"})
    found = frame["source_title"].where(~known, frame["verdict"])
    return compare_words(expected, found, frame["source_title"].ne("") & (~known | found.eq("not checkable")))


def _forecasts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    """Each forecast of the claims has its window; findings are about claims."""
    frame = keyed(tables[CLAIMS])
    listed = frame["claim"].isin(tables[FORECASTS]["claim"])
    forecast = frame["kind"].eq("forecast")
    expected = forecast.map({True: "a window among the forecasts", False: "none"})
    found = listed.map({True: "a window among the forecasts", False: "none"})
    unknown = sorted(set(tables[FORECASTS]["claim"]) - set(frame["claim"]))
    missing = pd.Series("no such claim", index=pd.Index(unknown, name="claim"), dtype=object)
    return pd.concat(
        [
            compare_words(expected, found, forecast == listed),
            compare_words(missing, missing, pd.Series(False, index=missing.index)),
        ]
    )


def _windows(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[FORECASTS])
    return pd.concat(
        [
            compare_dates(frame["window_opens"], frame["window_closes"]),
            compare_dates(frame["window_opens"], frame["happened"]),
            compare_dates(frame["happened"], frame["window_closes"]),
        ]
    )


def _system_keys(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    found = keyed(tables[SYSTEMS])["id"]
    expected = pd.Series([f"SYS{number:02}" for number in range(1, len(found) + 1)], index=found.index)
    return compare_words(expected, found, expected.eq(found))


def _system_findings(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[SYSTEMS])
    found = frame["finding"].ne("")
    expected = found.map({True: "a date of the finding", False: "no date without a finding"})
    return compare_words(expected, frame["finding_date"], found == frame["finding_date"].ne(""))


def _happened(frame: pd.DataFrame) -> pd.Series:
    return ~frame["precision"].eq("planned day")


def _midpoints(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[ESTIMATES])
    frame = frame[frame["note"].str.contains("midpoint")]
    return compare_numbers((frame["low"] + frame["high"]) / 2, frame["value"], 0.0)


CLAIM_CHECKS = (
    CrossCheck(
        "estimates_midpoint", (ESTIMATES,), "a midpoint is that of its range", "it is computed from it", _midpoints,
    ),
    CrossCheck(
        "claims_essays", (CLAIMS,), "the key of a claim names its essay, and an essay has one date",
        "keys are given by essay", _essays,
    ),
    CrossCheck(
        "claims_verdicts", (CLAIMS,), "the verdict is one for the kind of claim",
        "forecasts come true, recommendations are adopted, facts are supported", _verdicts,
    ),
    CrossCheck(
        "claims_evidence", (CLAIMS,), "evidence has a title; general knowledge settles nothing",
        "a verdict rests on a document", _evidence,
    ),
    CrossCheck(
        "claims_forecasts", (CLAIMS, FORECASTS), "forecasts, and they alone, have a window",
        "a forecast is judged within its window", _forecasts,
    ),
    CrossCheck(
        "forecasts_in_order", (FORECASTS,), "windows open before they close, and what happened did so within",
        "what lies outside the window settles nothing", _windows,
    ),
    CrossCheck(
        "systems_numbered", (SYSTEMS,), "systems are numbered without a gap", "pages and links count on it",
        _system_keys,
    ),
    CrossCheck(
        "systems_findings", (SYSTEMS,), "a finding, and it alone, has a date", "the newest dated source is meant",
        _system_findings,
    ),
    CrossCheck(
        "systems_past", (SYSTEMS,), "findings were published before the dataset was read", PAST,
        past(SYSTEMS, "finding_date"),
    ),
    CrossCheck(
        "timeline_past", (TIMELINE,), "events other than planned ones took place before the dataset was read", PAST,
        past(TIMELINE, "date", rows=_happened),
    ),
)  # fmt: skip
