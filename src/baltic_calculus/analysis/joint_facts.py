"""The numbers of the sentences about what the countries are together, and whether they converge."""

import pandas as pd

from baltic_calculus.analysis.convergence import FALLING, MEASURES, NO_TREND, RISING, judge_trend
from baltic_calculus.analysis.quantity import Fact, Quantity, year

NOTHING = "there is nothing to compare"
LEAST_YEARS = 3
"""Fewer years than this show no trend whatever they are."""


def describe_joint(shares: pd.DataFrame) -> dict[str, Fact]:
    """How large a part of each group's spending is theirs, at both ends and at its height.

    Parameters
    ----------
    shares : DataFrame
        From ``compute_joint_shares``.

    Returns
    -------
    dict
        By group, for those that hold the countries: ``parts_first, parts_last`` (per cent of the group's spending),
        ``parts_first_year``, ``parts_peak`` and ``parts_peak_year`` (highest value before the estimates).
    """
    ordered = shares.sort_values("year", kind="stable")
    first = ordered.drop_duplicates("group").set_index("group")
    last = ordered.drop_duplicates("group", keep="last").set_index("group")
    final = ordered[ordered["flag"] != "estimate"].sort_values("joint_share_pct", kind="stable")
    peak = final.drop_duplicates("group", keep="last").set_index("group").reindex(first.index).dropna(how="all")
    facts: dict[str, Fact] = {
        f"parts_{which}": {
            str(group): Quantity(float(part), "%", 1 if first["joint_share_pct"][group] >= 1 else 2)
            for group, part in rows["joint_share_pct"].items()
        }
        for which, rows in (("first", first), ("last", last), ("peak", peak))
    }
    years = {
        f"parts_{which}_year": {str(group): year(int(when)) for group, when in rows["year"].items()}
        for which, rows in (("first", first), ("peak", peak))
    }
    return {**facts, **years}


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
        ``dispersion_first_year, dispersion_split_year, dispersion_last_year``; by series: ``variation_first,
        variation_split, variation_last`` (standard deviation in per cent of the mean); names of the series that are
        ``falling_whole, rising_whole, unclear_whole`` over all years, and the same ``_before`` and ``_after`` the
        split;
        ``answer`` (in words, of the share of GDP).
    """
    first, last = int(dispersion["year"].min()), int(dispersion["year"].max())
    split = min(max(split_year, first), last)
    facts: dict[str, Fact] = {
        "dispersion_first_year": year(first),
        "dispersion_split_year": year(split),
        "dispersion_last_year": year(last),
    }
    for which, when in (("first", first), ("split", split), ("last", last)):
        rows = dispersion[dispersion["year"] == when]
        facts[f"variation_{which}"] = {
            str(row["series"]): Quantity(float(row["variation_pct"]), "%", 0) for row in rows.to_dict("records")
        }
    trends = {
        "whole": _judge(dispersion),
        "before": _judge(dispersion[dispersion["year"] <= split]),
        "after": _judge(dispersion[dispersion["year"] >= split]),
    }
    for part, found in trends.items():
        for name, trend in (("falling", FALLING), ("rising", RISING), ("unclear", NO_TREND)):
            facts[f"{name}_{part}"] = tuple(series for series, one in found.items() if one == trend)
    share = MEASURES["share_gdp_pct"]
    facts["answer"] = _answer(*(trends[part].get(share) for part in ("whole", "before", "after")))
    return facts


def _judge(dispersion: pd.DataFrame) -> dict[str, str]:
    """Trend of each series that has enough years."""
    lines = dispersion.sort_values("year", kind="stable").groupby("series", sort=False)["variation_pct"]
    return {str(name): judge_trend(values.to_list()) for name, values in lines if len(values) >= LEAST_YEARS}


def _answer(whole: str | None, before: str | None, after: str | None) -> str:
    """Do they converge, in words: from both sides of the split, or from the whole where one side is too short."""
    if whole is None:
        return NOTHING
    if before is None or after is None:
        words = {FALLING: "they converge", RISING: "they move apart", NO_TREND: "they neither converge nor move apart"}
        return words[whole]
    return {
        (FALLING, FALLING): "they converge throughout",
        (FALLING, NO_TREND): "they converged first and have moved in step since",
        (FALLING, RISING): "they converged first and have moved apart since",
        (NO_TREND, FALLING): "they have begun to converge",
        (NO_TREND, NO_TREND): "they neither converge nor move apart",
        (NO_TREND, RISING): "they have begun to move apart",
        (RISING, FALLING): "they moved apart first and have converged since",
        (RISING, NO_TREND): "they moved apart first, without a clear trend since",
        (RISING, RISING): "they move apart throughout",
    }[before, after]
