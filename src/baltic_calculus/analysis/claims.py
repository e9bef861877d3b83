"""The ledger of claims: the verdict that is shown for each, and how far its evidence was read.

Two rules decide what is shown. What the report computes goes before what it read; and what nobody read is "not
verified", whatever the register says of it.
"""

from collections.abc import Mapping

import pandas as pd

from baltic_calculus.analysis.dates import name_date

ESSAYS = ("essay-1", "essay-2", "essay-3")
"""In the order in which they were published."""

NOT_VERIFIED = "not verified"
GENERAL_KNOWLEDGE = "K"
GRADES = {"E": "extract read", "C": "cited in a document read", GENERAL_KNOWLEDGE: NOT_VERIFIED}
COMPUTED = "computed here"

HOLDS, IN_PART, SINCE = "supported or came true", "supported or adopted in part", "outdated since"
AGAINST, WAITING = "contradicted or not adopted", "window still open"
UNCHECKED, UNREAD = "not checkable as worded", "evidence not read"
OUTCOMES: Mapping[str, tuple[str, ...]] = {
    HOLDS: ("supported", "came true", "adopted"),
    IN_PART: ("partly supported", "partly adopted"),
    SINCE: ("outdated",),
    AGAINST: ("contradicted", "did not come true", "not adopted"),
    WAITING: ("open",),
    UNCHECKED: ("not checkable",),
    UNREAD: (NOT_VERIFIED,),
}
"""Verdicts of facts, forecasts and recommendations under one heading each, in the order in which they are drawn."""

KIND_VERDICTS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("fact", "judgement", "attribution"),
        ("supported", "partly supported", "contradicted", "outdated", "not checkable"),
    ),
    "forecast": ("came true", "did not come true", "open", "outdated", "not checkable"),
    "recommendation": ("adopted", "partly adopted", "not adopted", "not checkable"),
}
"""Verdicts that a register may give to each kind of claim."""

COLUMNS = [
    "claim",
    "essay",
    "topic",
    "kind",
    "paraphrase",
    "verdict",
    "outcome",
    "found",
    "grade",
    "source_said",
    "exhibit",
    "claimed",
    "unit",
    "computed",
    "register_verdict",
    "evidence_access",
    "evidence",
    "why",
    "source_title",
    "publisher",
    "source_date",
    "url",
    "further_evidence",
]


def build_ledger(claims: pd.DataFrame, tests: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Every claim with the verdict that is shown for it.

    Parameters
    ----------
    claims : DataFrame
        The claims dataset.
    tests : DataFrame
        From ``compute_claim_tests``.
    scores : DataFrame
        From ``score_forecasts``.

    Returns
    -------
    DataFrame
        One row per claim, by essay in order of publication: ``claim, essay`` (its name and date), ``topic,
        kind, paraphrase, verdict`` (shown), ``outcome`` (one of ``OUTCOMES``), ``found`` (the computed values, the
        reason of a score, or why the register decided so), ``grade`` (in words), ``source_said`` (publisher and date),
        ``exhibit`` (reference, empty for none), ``computed`` and the columns of the register, its verdict as
        ``register_verdict``.
    """
    tested, scored = tests.set_index("claim"), scores.set_index("claim")
    names = name_essays(claims)
    shown = [_show(row, tested, scored) for _, row in claims.iterrows()]
    ledger = pd.concat([claims.rename(columns={"verdict": "register_verdict"}), pd.DataFrame(shown)], axis=1)
    order = ledger["essay"].map(ESSAYS.index)
    ledger = ledger.assign(
        essay=ledger["essay"].map(names),
        outcome=ledger["verdict"].map(_outcome_of()),
        source_said=[_say_source(row) for _, row in ledger.iterrows()],
    )
    return ledger.assign(order=order).sort_values(["order", "claim"])[COLUMNS].reset_index(drop=True)


def _show(row: pd.Series, tested: pd.DataFrame, scored: pd.DataFrame) -> dict[str, str]:
    """Verdict, what was found, grade and exhibit of one claim."""
    claim, verdict = row["claim"], str(row["verdict"])
    exhibit, computed, found, grade = "", "", str(row["why"]), GRADES[row["evidence_access"]]
    verified = row["evidence_access"] != GENERAL_KNOWLEDGE
    if claim in tested.index:
        test = tested.loc[claim]
        verdict, computed = str(test["verdict"]), str(test["computed"])
        exhibit = f"@{test['exhibit']}" if test["exhibit"] else ""
        found = computed if test["whole"] else f"{computed}. {found}"
        if test["whole"] and test["confidence"] != "low":
            grade, verified = COMPUTED, True
    elif claim in scored.index:
        verdict, found = str(scored.at[claim, "verdict"]), str(scored.at[claim, "reason"])
        exhibit = "@tbl-forecasts"
    return {
        "verdict": verdict if verified else NOT_VERIFIED,
        "found": found or str(row["evidence"]),
        "grade": grade,
        "exhibit": exhibit,
        "computed": computed,
    }


def name_essays(claims: pd.DataFrame) -> dict[str, str]:
    """Names of the essays with their dates.

    Examples
    --------
    >>> name_essays(pd.DataFrame({"essay": ["essay-1"], "essay_date": ["2024-03-13"]}))
    {'essay-1': 'Essay 1, 13 March 2024'}
    """
    dated = claims.drop_duplicates("essay").set_index("essay")["essay_date"]
    return {essay: f"Essay {essay[-1]}, {name_date(dated[essay])}" for essay in ESSAYS if essay in dated.index}


def _outcome_of() -> dict[str, str]:
    """Heading of each verdict."""
    return {verdict: outcome for outcome, verdicts in OUTCOMES.items() for verdict in verdicts}


def _say_source(row: pd.Series) -> str:
    """Publisher and date of the evidence; what was not read has none."""
    if row["evidence_access"] == GENERAL_KNOWLEDGE:
        return ""
    return f"{row['publisher']}, {name_date(row['source_date'])}" if row["source_date"] else str(row["publisher"])


def tally_verdicts(ledger: pd.DataFrame) -> pd.DataFrame:
    """Claims by outcome, for each essay and each topic.

    Returns
    -------
    DataFrame
        ``by`` ("essay" or "topic"), ``name, outcome, claims`` (number): essays in order of publication, topics with
        most claims first; an outcome that does not occur has no row.
    """
    rows = []
    topics = ledger["topic"].value_counts()
    for by, names in (
        ("essay", list(dict.fromkeys(ledger["essay"]))),
        ("topic", sorted(topics.index, key=lambda topic: (-topics[topic], topic))),
    ):
        counts = ledger.groupby([by, "outcome"]).size()
        rows += [
            (by, name, outcome, int(counts[name, outcome]))
            for name in names
            for outcome in OUTCOMES
            if (name, outcome) in counts.index
        ]
    return pd.DataFrame(rows, columns=["by", "name", "outcome", "claims"])


def list_changes(tests: pd.DataFrame, scores: pd.DataFrame) -> pd.DataFrame:
    """Claims whose computed or scored verdict differs from the register's: ``claim, register_verdict, verdict``."""
    both = pd.concat([tests, scores])[["claim", "register_verdict", "verdict"]]
    return both[both["register_verdict"] != both["verdict"]].reset_index(drop=True)
