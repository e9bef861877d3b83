"""Every assumption of the report: how well it is supported, and how much hangs on it.

Quality is that of the support: measured (observed, or computed from observations), published estimate (a forecast, a
plan or an estimate of somebody else), or judgement of this report. Impact is the change of a model's main result from
one end of the range to the other, all else as assumed; see ``assumption_impact``.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.catalog import PolicySet
from baltic_calculus.catalog.policy import OWN

MEASURED, PUBLISHED, JUDGEMENT = "measured", "published estimate", "judgement"
SEED, YEAR = "seed", "year"
THIS_REPORT = "this report"
QUALITIES = (MEASURED, PUBLISHED, JUDGEMENT)
HIGH, MODERATE, LOW, NONE, NOT_COMPUTED = "high", "moderate", "low", "none", "not computed"
IMPACTS = (NOT_COMPUTED, NONE, LOW, MODERATE, HIGH)
"""None: the main result stays as it is, because the value acts in a variant alone, or something else is scarcer."""


def list_all(policies: Iterable[PolicySet]) -> pd.DataFrame:
    """List every assumption; seeds are left out, for any other number would do as well.

    Returns
    -------
    DataFrame
        ``set, topic, name, label, value, low, high`` (NaN where there is no range), ``unit, range_unit`` (printed
        with the range: years alone, for the value beside it has its unit), ``quality, basis, reference, note``.
    """
    rows = [
        {
            "set": policy.name,
            "topic": policy.title,
            "name": name,
            "label": one.label,
            "value": float(one.value),
            "low": float("nan") if one.low is None else float(one.low),
            "high": float("nan") if one.high is None else float(one.high),
            "unit": one.unit,
            "range_unit": YEAR if one.unit == YEAR else "",
            "quality": one.support,
            "basis": THIS_REPORT if one.reference.startswith(OWN) else one.reference,
            "reference": one.reference,
            "note": one.note,
        }
        for policy in policies
        for name, one in policy.values.items()
        if one.support and one.unit != SEED
    ]
    return pd.DataFrame(rows)


def rate_impact(assumptions: pd.DataFrame, swings: pd.DataFrame, ratings: PolicySet) -> pd.DataFrame:
    """Add what hangs on each assumption, those on which most hangs first.

    Parameters
    ----------
    assumptions : DataFrame
        From :func:`list_all`.
    swings : DataFrame
        From ``assumption_impact``: ``set, name, result, swing_pct``; one row for each assumption that was varied.
    ratings : PolicySet
        Policy set ``impact_ratings``.

    Returns
    -------
    DataFrame
        The rows with ``result`` (empty where nothing was computed), ``swing_pct`` (NaN there) and ``impact``.
    """
    rated = assumptions.merge(swings[["set", "name", "result", "swing_pct"]], on=["set", "name"], how="left")
    moderate, high = ratings.moderate_from_pct.value, ratings.high_from_pct.value
    rated["result"] = rated["result"].fillna("")
    rated["impact"] = [_rate(swing, moderate, high) for swing in rated["swing_pct"]]
    place = rated.assign(impact=rated["impact"].map(IMPACTS.index), quality=rated["quality"].map(QUALITIES.index))
    order = place.sort_values(["impact", "quality", "swing_pct"], ascending=False, kind="stable")
    return rated.loc[order.index].reset_index(drop=True)


def _rate(swing_pct: float, moderate: float, high: float) -> str:
    if pd.isna(swing_pct):
        return NOT_COMPUTED
    if swing_pct >= high:
        return HIGH
    return MODERATE if swing_pct >= moderate else LOW if swing_pct > 0 else NONE


def count_ratings(rated: pd.DataFrame) -> pd.DataFrame:
    """How many assumptions have each pair of ratings: ``impact, quality, assumptions``; pairs without any are 0."""
    pairs = pd.MultiIndex.from_product([IMPACTS, QUALITIES], names=["impact", "quality"])
    counts = rated.groupby(["impact", "quality"]).size().reindex(pairs, fill_value=0)
    return counts.rename("assumptions").reset_index()


def describe_log(rated: pd.DataFrame, ratings: PolicySet) -> dict[str, Fact]:
    """How many assumptions there are, and which matter most and are supported least.

    Returns
    -------
    dict
        ``assumptions, judgements, published, measured, computed, not_computed, high, high_judgements`` (counts);
        ``judgements_pct`` (of all); ``first, second, third`` (labels of the judgements on which most hangs, one for
        each result) with ``_swing`` and ``_result``; ``moderate_from, high_from`` (per cent), ``draws``.
    """
    counts = rated["quality"].value_counts()
    weakest = rated[(rated["impact"] == HIGH) & (rated["quality"] == JUDGEMENT)]
    facts: dict[str, Fact] = {
        "assumptions": _count(len(rated)),
        "judgements": _count(counts.get(JUDGEMENT, 0)),
        "published": _count(counts.get(PUBLISHED, 0)),
        "measured": _count(counts.get(MEASURED, 0)),
        "judgements_pct": Quantity(100 * counts.get(JUDGEMENT, 0) / len(rated), "%", 0),
        "computed": _count(rated["swing_pct"].notna().sum()),
        "not_computed": _count(rated["swing_pct"].isna().sum()),
        "high": _count((rated["impact"] == HIGH).sum()),
        "high_judgements": _count(len(weakest)),
        "moderate_from": Quantity(ratings.moderate_from_pct.value, "%", 0),
        "high_from": Quantity(ratings.high_from_pct.value, "%", 0),
        "draws": _count(ratings.draws.value),
    }
    for name, (_, row) in zip(("first", "second", "third"), _by_result(weakest), strict=False):
        facts |= {
            name: row["label"],
            f"{name}_swing": Quantity(row["swing_pct"], "%", 0),
            f"{name}_result": row["result"],
        }
    return facts


def _by_result(rows: pd.DataFrame) -> Sequence[tuple[int, pd.Series]]:
    """The row with the widest swing of each result, the widest first."""
    return [*rows.sort_values("swing_pct", ascending=False, kind="stable").drop_duplicates("result").iterrows()]


def _count(number: float) -> Quantity:
    return Quantity(int(number), "", 0)
