"""The numbers of the Hague path that the spending chapter puts into sentences."""

import pandas as pd

from baltic_calculus.analysis.by_country import ranges_by_country, values_by_country
from baltic_calculus.analysis.hague_path import Goal
from baltic_calculus.analysis.output_growth import CASES
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.spending import AGGREGATES

A_YEAR = "% a year"


def describe_alliance_path(required: pd.DataFrame, since: int, last_year: int, goal: Goal) -> dict[str, Fact]:
    """Which allies must still grow, which have only to hold, and who must grow faster than before.

    Parameters
    ----------
    required : DataFrame
        From ``hague_path.compute_required_growth``, all allies.
    since, last_year : int
        Years between which growth achieved is measured.
    goal : Goal
        Target share and its year.

    Returns
    -------
    dict
        ``allies, below, above`` (numbers), ``target, target_year, since, last_year, years_left``; of those below:
        ``pace`` (beyond output, least to most), ``faster`` (codes that need more in the central case than achieved),
        ``faster_count, slower_count, steepest, steepest_required`` (central case); ``not_computable`` (codes).
    """
    allies = required[~required["iso3"].isin(AGGREGATES)]
    below = allies[~allies["above_target"]]
    known = below.dropna(subset=["required_central_pct", "achieved_pct"])
    faster = known[known["required_central_pct"] > known["achieved_pct"]]
    facts: dict[str, Fact] = {
        "allies": Quantity(len(allies), "", 0),
        "below": Quantity(len(below), "", 0),
        "above": Quantity(len(allies) - len(below), "", 0),
        "target": Quantity(goal.share_gdp_pct, "% of GDP", 1),
        "target_year": year(goal.year),
        "since": year(since),
        "last_year": year(last_year),
        "years_left": Quantity(goal.years_left(last_year), "years", 0),
        "faster": tuple(faster["iso3"]),
        "faster_count": Quantity(len(faster), "", 0),
        "slower_count": Quantity(len(known) - len(faster), "", 0),
        "steepest": "none",
        "steepest_required": "not computable",
        "pace": "not computable",
        "not_computable": tuple(allies.loc[allies["required_central_pct"].isna(), "iso3"]),
    }
    pace = below["pace_over_output_pct"]
    if len(below):
        facts["pace"] = Quantity(float(pace.min()), A_YEAR, 1, high=float(pace.max()))
    if len(known):
        steepest = known.loc[known["required_central_pct"].idxmax()]
        facts["steepest"] = str(steepest["iso3"])
        facts["steepest_required"] = Quantity(float(steepest["required_central_pct"]), A_YEAR, 1)
    return facts


def describe_required(required: pd.DataFrame, widest: pd.DataFrame) -> dict[str, Fact]:
    """What the countries in focus need, did, and would have if real spending stood still.

    Parameters
    ----------
    required : DataFrame
        From ``hague_path.compute_required_growth``, the countries in focus.
    widest : DataFrame
        The same by the rule with the longest history and the shortest stretch that the assumptions allow: it looks at
        every stretch that any other rule looks at.

    Returns
    -------
    dict
        By country: ``pace`` (beyond output), ``required`` (low to high growth of output), ``hold`` (central: to keep
        today's share), ``growth`` (of output, low to high), ``achieved``, ``frozen`` (share in the target's year, fast
        to slow growth of output), ``frozen_least`` (the lowest by any rule allowed). Codes: ``already_above,
        still_below``, ``frozen_above`` (still at or above the target with frozen spending, whatever output does),
        ``frozen_below`` (below it in every case).
    """
    frozen = required.dropna(subset=["frozen_low_gdp_pct"])
    # frozen spending ends at or above the target where no growth is required to reach it
    needs = frozen[[f"required_{case}_pct" for case in CASES]]
    return {
        "pace": values_by_country(required, "pace_over_output_pct", A_YEAR, 1),
        "required": ranges_by_country(required, "required_low_pct", "required_high_pct", A_YEAR, 1),
        "hold": values_by_country(required, "growth_central_pct", A_YEAR, 1),
        "growth": ranges_by_country(required, "growth_low_pct", "growth_high_pct", A_YEAR, 1),
        "achieved": values_by_country(required, "achieved_pct", A_YEAR, 1),
        "frozen": ranges_by_country(required, "frozen_high_gdp_pct", "frozen_low_gdp_pct", "% of GDP", 1),
        "frozen_least": values_by_country(widest, "frozen_high_gdp_pct", "% of GDP", 1),
        "already_above": tuple(required.loc[required["above_target"], "iso3"]),
        "still_below": tuple(required.loc[~required["above_target"], "iso3"]),
        "frozen_above": tuple(frozen.loc[(needs <= 0).all(axis=1), "iso3"]),
        "frozen_below": tuple(frozen.loc[(needs > 0).all(axis=1), "iso3"]),
    }


def describe_forecasts(macro: pd.DataFrame, required: pd.DataFrame, last_year: int) -> dict[str, Fact]:
    """Published forecasts of real growth after the last year, to set the assumptions against.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long.
    required : DataFrame
        From ``hague_path.compute_required_growth``.
    last_year : int
        Only later years are looked at.

    Returns
    -------
    dict
        ``forecasts``: lowest to highest by country, all years and publishers together; ``outside``: codes for which a
        forecast lies above the fast case or below the slow one.
    """
    rows = macro[(macro["measure"] == "gdp_growth_pct") & (macro["year"] > last_year)]
    ends = rows.groupby("iso3")["value"].agg(["min", "max"]).reindex(required["iso3"])
    table = required[["iso3", "growth_low_pct", "growth_high_pct"]].join(ends, on="iso3")
    beyond = (table["max"] > table["growth_high_pct"]) | (table["min"] < table["growth_low_pct"])
    return {
        "forecasts": ranges_by_country(table, "min", "max", A_YEAR, 1),
        "outside": tuple(table.loc[beyond, "iso3"]),
    }


def describe_margins(margins: pd.DataFrame, growth: pd.DataFrame, amounts: pd.DataFrame) -> dict[str, Fact]:
    """How the announced shares compare with what the commitment needs.

    Parameters
    ----------
    margins : DataFrame
        From ``plans.compare_with_need``.
    growth : DataFrame
        From ``plans.compute_plan_growth``.
    amounts : DataFrame
        From ``plans.compare_amounts``.

    Returns
    -------
    dict
        ``verdict`` (words); ``announced_count, enough_count`` (figures for years after the first, and those not less
        than is needed); ``least_margin`` (points), ``least_ally, least_year``; ``reach_total, miss_total`` (codes whose
        least later share is, or is not, at least the target for core and related spending); by country: ``plan_growth``
        (real, a year), ``money`` (whole change to the furthest year, current prices), ``money_until``.
    """
    later = margins[margins["announced_gdp_pct"].notna() & (margins["year"] > margins["year"].min())]
    lowest = later.groupby("iso3", sort=False)["total_margin_points"].min()
    enough = int((later["margin_points"] >= 0).sum())
    facts: dict[str, Fact] = {
        "verdict": _verdict(enough, len(later)),
        "announced_count": Quantity(len(later), "", 0),
        "enough_count": Quantity(enough, "", 0),
        "least_margin": "not computable",
        "least_ally": "none",
        "least_year": "none",
        "reach_total": tuple(lowest.index[lowest >= 0]),
        "miss_total": tuple(lowest.index[lowest < 0]),
        "plan_growth": ranges_by_country(growth, "low_pct", "high_pct", A_YEAR, 1),
        "money": values_by_country(amounts, "change_pct", "%", 1),
        "money_until": {str(row["iso3"]): year(int(row["year"])) for row in amounts.to_dict("records")},
    }
    if len(later):
        least = later.loc[later["margin_points"].idxmin()]
        facts["least_margin"] = Quantity(float(least["margin_points"]), "points", 2)
        facts["least_ally"], facts["least_year"] = str(least["iso3"]), year(int(least["year"]))
    return facts


def _verdict(enough: int, announced: int) -> str:
    """Whether announced shares are enough, in words that complete "What has been announced for later years is ..."."""
    if not announced:
        return "not to be found"
    if enough == announced:
        return "in every case at least what the core target needs"
    return (
        "in some cases less than the core target needs" if enough else "in every case less than the core target needs"
    )


def describe_delivered(delivered: pd.DataFrame) -> dict[str, Fact]:
    """How often NATO later found more than was budgeted, and where the gap was largest.

    Parameters
    ----------
    delivered : DataFrame
        From ``delivered.compare_delivered``.

    Returns
    -------
    dict
        ``verdict`` (words), ``pairs`` (budgets with an estimate a year later), ``more_count, less_count``,
        ``largest_more, largest_more_ally, largest_more_year`` and the same for ``less`` (points, absolute); words where
        there is none.
    """
    both = delivered.dropna(subset=["delivered_points"])
    more, less = both[both["delivered_points"] > 0], both[both["delivered_points"] < 0]
    words = "exceeded as often as missed"
    if len(more) != len(less):
        words = "more often exceeded than missed" if len(more) > len(less) else "more often missed than exceeded"
    facts: dict[str, Fact] = {
        "verdict": words if len(both) else "not to be followed up",
        "pairs": Quantity(len(both), "", 0),
        "more_count": Quantity(len(more), "", 0),
        "less_count": Quantity(len(less), "", 0),
    }
    for name, rows in (("more", more), ("less", less)):
        facts |= {f"largest_{name}": "none", f"largest_{name}_ally": "none", f"largest_{name}_year": "none"}
        if len(rows):
            widest = rows.loc[rows["delivered_points"].abs().idxmax()]
            facts[f"largest_{name}"] = Quantity(abs(float(widest["delivered_points"])), "points", 2)
            facts[f"largest_{name}_ally"] = str(widest["iso3"])
            facts[f"largest_{name}_year"] = year(int(widest["year"]))
    return facts
