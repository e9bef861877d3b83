"""The numbers on the claims that go into sentences."""

from typing import TYPE_CHECKING

import pandas as pd

from baltic_calculus.analysis.claim_reading import OUTDATED
from baltic_calculus.analysis.claims import (
    AGAINST,
    COMPUTED,
    GRADES,
    HOLDS,
    IN_PART,
    SINCE,
    UNCHECKED,
    UNREAD,
    WAITING,
    list_changes,
)
from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.estimate_scores import HIT, MISS, NOT_TESTABLE, OPEN, brier_score
from baltic_calculus.analysis.quantity import Fact, Quantity

if TYPE_CHECKING:
    from baltic_calculus.catalog import PolicySet

_DECIDED = {"supported": HOLDS, "partly_supported": IN_PART, "outdated": SINCE, "not_borne_out": AGAINST}
_OUTCOMES = {**_DECIDED, "open": WAITING, "not_checkable": UNCHECKED, "not_verified": UNREAD}


def describe_claims(ledger: pd.DataFrame) -> dict[str, Fact]:
    """How many claims came out how, and how far their evidence was read.

    Parameters
    ----------
    ledger : DataFrame
        From ``build_ledger``.

    Returns
    -------
    dict
        ``claims, essays`` (numbers); one number for each outcome (``supported, partly_supported, outdated,
        not_borne_out, open, not_checkable, not_verified``); ``borne_out_pct`` (supported, of those that could be
        decided: neither open, nor not checkable, nor not verified), ``decided`` (number of these); ``computed, extract,
        cited`` (numbers by grade); ``largest_topic, largest_topic_claims``; ``outdated_claims`` (their keys, in words);
        ``recommendations, not_adopted``.
    """
    counts = ledger["outcome"].value_counts()
    outcomes = {name: int(counts.get(outcome, 0)) for name, outcome in _OUTCOMES.items()}
    decided = sum(outcomes[name] for name in _DECIDED)
    grades = ledger["grade"].value_counts()
    topics = ledger["topic"].value_counts()
    recommended = ledger[ledger["kind"] == "recommendation"]
    return {
        "claims": _count(len(ledger)),
        "essays": _count(ledger["essay"].nunique()),
        **{name: _count(number) for name, number in outcomes.items()},
        "decided": _count(decided),
        "borne_out_pct": Quantity(outcomes["supported"] / decided * 100 if decided else 0, "%", 0),
        "computed": _count(int(grades.get(COMPUTED, 0))),
        "extract": _count(int(grades.get(GRADES["E"], 0))),
        "cited": _count(int(grades.get(GRADES["C"], 0))),
        "largest_topic": str(topics.index[0]),
        "largest_topic_claims": _count(int(topics.iloc[0])),
        "outdated_claims": tuple(ledger.loc[ledger["verdict"] == OUTDATED, "claim"]),
        "recommendations": _count(len(recommended)),
        "not_adopted": _count(int((recommended["verdict"] == "not adopted").sum())),
    }


def describe_claim_tests(tests: pd.DataFrame, terms: "PolicySet") -> dict[str, Fact]:
    """How the computed claims came out.

    Parameters
    ----------
    tests : DataFrame
        From ``compute_claim_tests``.
    terms : PolicySet
        Policy values of the tests.

    Returns
    -------
    dict
        ``tested, whole, part`` (numbers), ``agree`` (tests of whole claims that support them), ``readings`` (numbers
        read from the data), ``agreeing_readings``; ``share_tolerance, loan_tolerance``.
    """
    whole = tests[tests["whole"]]
    return {
        "tested": _count(len(tests)),
        "whole": _count(len(whole)),
        "part": _count(len(tests) - len(whole)),
        "agree": _count(int((whole["verdict"] == "supported").sum())),
        "readings": _count(int(tests["readings"].sum())),
        "agreeing_readings": _count(int(tests["agreeing"].sum())),
        "share_tolerance": Quantity(float(terms.share_tolerance_points.value), "points", 1),
        "loan_tolerance": Quantity(float(terms.loan_tolerance_eur_bn.value), "EUR bn", 1),
    }


def describe_forecasts(scores: pd.DataFrame, as_of: str) -> dict[str, Fact]:
    """How the forecasts stand.

    Returns
    -------
    dict
        ``forecasts, hits, misses, still_open, not_testable`` (numbers), ``as_of`` (in words), ``stated``
        (forecasts that state a probability), ``brier`` (in words).
    """
    counts = scores["status"].value_counts()
    brier = brier_score(scores)
    return {
        "forecasts": _count(len(scores)),
        "hits": _count(int(counts.get(HIT, 0))),
        "misses": _count(int(counts.get(MISS, 0))),
        "still_open": _count(int(counts.get(OPEN, 0))),
        "not_testable": _count(int(counts.get(NOT_TESTABLE, 0))),
        "as_of": name_date(as_of),
        "stated": _count(int(scores["probability"].notna().sum())),
        "brier": "no Brier score can be formed" if brier is None else f"the Brier score is {brier:.2f}",
    }


def say_changes(tests: pd.DataFrame, scores: pd.DataFrame) -> tuple[str, ...]:
    """Claims for which the computed or scored verdict differs from the register's, each with what it rests on.

    Parameters
    ----------
    tests, scores : DataFrame
        From ``compute_claim_tests`` and ``score_forecasts``.
    """
    why = pd.concat([tests.set_index("claim")["computed"], scores.set_index("claim")["reason"]])
    return tuple(
        f"{row.claim}, {row.verdict} instead of {row.register_verdict} ({why[row.claim]})"
        for row in list_changes(tests, scores).itertuples()
    )


def _count(number: int) -> Quantity:
    return Quantity(number, "", 0)
