"""The numbers of the sentences about what the countries are together, and whether they converge."""

import pandas as pd

from baltic_calculus.analysis.convergence import MEASURES, judge_trend
from baltic_calculus.analysis.joint import NATO_EUROPE, NORDIC_BALTIC_POLISH
from baltic_calculus.analysis.per_person import PER_PERSON
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.spending import SPEND_USD

NOT_COMPUTABLE = "not computable"
GROUPS = {"europe": NATO_EUROPE, "region": NORDIC_BALTIC_POLISH}
NAMES = {"share": MEASURES["share_gdp_pct"], "person": MEASURES[PER_PERSON], "amount": MEASURES[SPEND_USD["constant"]]}


def describe_joint(shares: pd.DataFrame) -> dict[str, Fact]:
    """How large a part of each group's spending is theirs, at both ends and at its height.

    Parameters
    ----------
    shares : DataFrame
        From ``compute_joint_shares``.

    Returns
    -------
    dict
        For ``europe`` (NATO Europe) and ``region`` (Nordic-Baltic states and Poland): ``<group>_first_year,
        <group>_last_year, <group>_first, <group>_last`` (per cent of the group's spending), ``<group>_peak_before,
        <group>_peak_year`` (highest value before the estimates); ``not computable`` where the countries are not in the
        group.
    """
    facts: dict[str, Fact] = {}
    for name, group in GROUPS.items():
        rows = shares[shares["group"] == group].sort_values("year")
        keys = [f"{name}_{what}" for what in ("first_year", "last_year", "first", "last", "peak_before", "peak_year")]
        if rows.empty:
            facts |= dict.fromkeys(keys, NOT_COMPUTABLE)
            continue
        first, last = rows.iloc[0], rows.iloc[-1]
        final = rows[rows["flag"] != "estimate"]
        peak = (final if len(final) else rows).sort_values("joint_share_pct").iloc[-1]
        values: list[Fact] = [
            year(first["year"]),
            year(last["year"]),
            *(Quantity(float(row["joint_share_pct"]), "%", 1) for row in (first, last, peak)),
            year(peak["year"]),
        ]
        facts |= dict(zip(keys, values, strict=True))
    return facts


def describe_convergence(dispersion: pd.DataFrame, split_year: int) -> dict[str, Fact]:
    """Whether the countries converge, over the whole time and on both sides of a year.

    Parameters
    ----------
    dispersion : DataFrame
        From ``compute_dispersion``.
    split_year : int
        Year that ends the earlier and begins the later part.

    Returns
    -------
    dict
        ``dispersion_first_year, dispersion_split_year, dispersion_last_year``; for ``share, person, amount``:
        ``<name>_variation_first, <name>_variation_split, <name>_variation_last`` (standard deviation in per cent of the
        mean), ``<name>_trend, <name>_trend_before, <name>_trend_after`` (``falling``, ``rising`` or ``no clear
        trend``); ``answer`` (in words, of the share of GDP). ``not
        computable`` where there is nothing to compare.
    """
    if dispersion.empty:
        ends: list[Fact] = [NOT_COMPUTABLE] * 3
    else:
        first, last = int(dispersion["year"].min()), int(dispersion["year"].max())
        ends = [year(first), year(min(max(split_year, first), last)), year(last)]
    facts: dict[str, Fact] = dict(
        zip(("dispersion_first_year", "dispersion_split_year", "dispersion_last_year"), ends, strict=True)
    )
    for name, measure in NAMES.items():
        rows = dispersion[dispersion["measure"] == measure].sort_values("year")
        facts |= {f"{name}_{key}": fact for key, fact in _describe_course(rows, split_year).items()}
    facts["answer"] = _answer(str(facts["share_trend_before"]), str(facts["share_trend_after"]))
    return facts


def _describe_course(rows: pd.DataFrame, split_year: int) -> dict[str, Fact]:
    """One measure: values at the ends and the split, trends over all years and on both sides."""
    keys = ("variation_first", "variation_split", "variation_last", "trend", "trend_before", "trend_after")
    before, after = rows[rows["year"] <= split_year], rows[rows["year"] >= split_year]
    if len(rows) < 2:
        return dict.fromkeys(keys, NOT_COMPUTABLE)
    middle = before if len(before) else rows.head(1)
    values = [rows["variation_pct"].iloc[0], middle["variation_pct"].iloc[-1], rows["variation_pct"].iloc[-1]]
    parts = [rows, before, after]
    facts: list[Fact] = [
        *(Quantity(float(value), "%", 0) for value in values),
        *(judge_trend(part["variation_pct"].to_list()) if len(part) > 2 else NOT_COMPUTABLE for part in parts),
    ]
    return dict(zip(keys, facts, strict=True))


def _answer(before: str, after: str) -> str:
    """Do they converge, in words."""
    words = {
        ("falling", "falling"): "they converge throughout",
        ("falling", "no clear trend"): "they converged first and have moved in step since",
        ("falling", "rising"): "they converged first and have moved apart since",
        ("no clear trend", "falling"): "they have begun to converge",
        ("rising", "falling"): "they moved apart first and have converged since",
        ("rising", "rising"): "they move apart throughout",
        ("no clear trend", "rising"): "they have begun to move apart",
        ("rising", "no clear trend"): "they moved apart first, without a clear trend since",
        ("no clear trend", "no clear trend"): "they neither converge nor move apart",
    }
    return words.get((before, after), NOT_COMPUTABLE)
