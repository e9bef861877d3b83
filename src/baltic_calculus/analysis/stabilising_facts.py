"""What would hold debt, as sentences and a table tell it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.analysis.by_country import UNKNOWN, known_by_country, values_by_country
from baltic_calculus.analysis.debt_model import DebtAssumptions
from baltic_calculus.analysis.debt_stabilising import PRESENT, REACHED, REFERENCE
from baltic_calculus.analysis.quantity import Fact, Quantity, year

POINTS = "points of GDP"
PUBLISHED = "debt_stabilising"
"""Topic of published estimates of a balance that holds debt."""
NOBODY = "no country"


def tabulate_stabilising(expressed: pd.DataFrame, assumptions: Mapping[str, DebtAssumptions]) -> pd.DataFrame:
    """Rows of the table: every scenario in the last year, at the debt that it has then.

    ``tax_points`` are the new taxes that close the gap in their first year, when they lower output and with it other
    revenue: ``gap / (1 - semi-elasticity x tax multiplier)``. They are NaN where nothing is to be closed.

    Parameters
    ----------
    expressed : DataFrame
        From ``express_gap``.
    assumptions : mapping of str to DebtAssumptions
        By country.
    """
    rows = expressed[(expressed["level"] == REACHED) & (expressed["year"] == expressed["year"].max())]
    kept = {code: 1 - own.semi_elasticity * own.tax_multiplier for code, own in assumptions.items()}
    taxes = rows["gap_points"] / rows["iso3"].map(kept)
    return rows.assign(tax_points=taxes.where(rows["gap_points"] > 0)).reset_index(drop=True)


def describe_stabilising(
    expressed: pd.DataFrame, assumptions: Mapping[str, DebtAssumptions], scenarios: Sequence[str]
) -> dict[str, Fact]:
    """What would hold debt in each of three scenarios, in several units, and how little the level of debt matters.

    Parameters
    ----------
    expressed : DataFrame
        From ``express_gap``, of two years.
    assumptions : mapping of str to DebtAssumptions
        By country.
    scenarios : sequence of str
        Names of the three scenarios, from the highest share to the lowest.

    Returns
    -------
    dict
        ``first_year, last_year, start_year_gaps`` (points, in the first year at present debt, the same in all
        scenarios); for ``plan``, ``core`` and ``guideline``: ``_name``, ``_held`` (per cent of GDP, the debt held),
        ``_balance`` and ``_needed`` (primary balance of the scenario, and the one that holds debt), ``_gaps`` (points),
        ``_growth`` (per cent a year), ``_steady`` (codes without a gap), ``_no_growth`` (codes where no growth does
        it); for the plan also, for countries with a gap, ``plan_eur`` (EUR per inhabitant), ``plan_eur_m, plan_health,
        plan_revenue`` (per cent), ``plan_tax`` (points); ``growth_assumed, level_gaps`` (points by which the gap at
        present debt is wider than at the reference value), ``present_deficit,
        reference_deficit`` (deficit, interest included, that holds each); ``reference, gdp_year, budget_year``.
    """
    first, last = int(expressed["year"].min()), int(expressed["year"].max())
    late = expressed[expressed["year"] == last]
    table = tabulate_stabilising(expressed, assumptions)
    plan = table[table["scenario"] == scenarios[0]]
    start = expressed[(expressed["year"] == first) & (expressed["scenario"] == scenarios[0])]
    levels = late[late["scenario"] == scenarios[0]].set_index(["level", "iso3"])
    codes = list(plan["iso3"])
    held = pd.DataFrame(
        {
            "iso3": codes,
            "gap": (levels.loc[PRESENT, "gap_points"] - levels.loc[REFERENCE, "gap_points"])[codes].to_numpy(),
            "present": -levels.loc[PRESENT, "stabilising_balance_gdp_pct"][codes].to_numpy(),
            "reference": -levels.loc[REFERENCE, "stabilising_balance_gdp_pct"][codes].to_numpy(),
        }
    )
    wanting = plan[plan["gap_points"] > 0]
    empty = NOBODY if wanting.empty else UNKNOWN
    facts: dict[str, Fact] = {
        "first_year": year(first),
        "last_year": year(last),
        "start_year_gaps": values_by_country(start[start["level"] == PRESENT], "gap_points", POINTS, 1),
        "plan_eur": known_by_country(wanting, "gap_eur_per_inhabitant", "EUR", 0, empty=empty),
        "plan_eur_m": known_by_country(wanting, "gap_eur_m", "EUR m", 0, empty=empty),
        "plan_health": known_by_country(wanting, "gap_health_pct", "%", 0, empty=empty),
        "plan_revenue": known_by_country(wanting, "gap_revenue_pct", "%", 1, empty=empty),
        "plan_tax": known_by_country(wanting, "tax_points", POINTS, 1, empty=empty),
        "growth_assumed": values_by_country(plan, "real_growth_pct", "% a year", 1),
        "level_gaps": values_by_country(held, "gap", POINTS, 1),
        "present_deficit": values_by_country(held, "present", "% of GDP", 1),
        "reference_deficit": values_by_country(held, "reference", "% of GDP", 1),
        "reference": Quantity(float(levels.loc[REFERENCE, "debt_gdp_pct"].iloc[0]), "% of GDP", 0),
        "gdp_year": year(int(expressed["gdp_year"].iloc[0])),
        "budget_year": year(int(expressed["budget_year"].iloc[0])),
    }
    for name, scenario in zip(("plan", "core", "guideline"), scenarios, strict=True):
        own = table[table["scenario"] == scenario]
        facts |= {
            f"{name}_name": scenario,
            f"{name}_held": values_by_country(own, "debt_gdp_pct", "% of GDP", 0),
            f"{name}_balance": values_by_country(own, "primary_balance_gdp_pct", "% of GDP", 1),
            f"{name}_needed": values_by_country(own, "stabilising_primary_gdp_pct", "% of GDP", 1),
            f"{name}_gaps": known_by_country(own[own["gap_points"] > 0], "gap_points", POINTS, 1, empty=NOBODY),
            f"{name}_growth": known_by_country(own, "stabilising_growth_pct", "% a year", 1, empty="none"),
            f"{name}_steady": tuple(own.loc[own["gap_points"] <= 0, "iso3"]) or NOBODY,
            f"{name}_no_growth": tuple(own.loc[own["stabilising_growth_pct"].isna(), "iso3"]) or NOBODY,
        }
    return facts


def compare_published(published: pd.DataFrame, stabilising: pd.DataFrame) -> pd.DataFrame:
    """Published deficits that would hold a country's debt, beside the model's at present debt in the first year.

    Parameters
    ----------
    published : DataFrame
        Dataset ``published_estimates``.
    stabilising : DataFrame
        From ``compute_stabilising``.

    Returns
    -------
    DataFrame
        ``iso3, publisher, published_deficit_gdp_pct, model_deficit_gdp_pct, held_gdp_pct`` (debt that the published
        deficit holds at the model's growth), ``needed_growth_pct`` and ``nominal_growth_pct`` (growth of output at
        current prices with which it holds present debt, and the model's); empty when nothing was published.
    """
    found = published[(published["topic"] == PUBLISHED) & published["value"].notna()]
    start = stabilising[
        (stabilising["year"] == stabilising["year"].min()) & (stabilising["level"] == PRESENT)
    ].drop_duplicates("iso3")
    joined = found.merge(start, left_on="entity", right_on="iso3")
    # a deficit b holds d when b = d (1 - 1 / N): d = b / (1 - 1 / N), and N = d / (d - b)
    factor = 1 + joined["nominal_growth_pct"] / 100
    flow = joined["stabilising_balance_gdp_pct"] - joined["debt_gdp_pct"] * (1 / factor - 1)
    deficit = joined["value"] + flow
    return pd.DataFrame(
        {
            "iso3": joined["iso3"],
            "publisher": joined["publisher"],
            "published_deficit_gdp_pct": joined["value"],
            "model_deficit_gdp_pct": -joined["stabilising_balance_gdp_pct"],
            "held_gdp_pct": deficit / (1 - 1 / factor),
            "needed_growth_pct": (joined["debt_gdp_pct"] / (joined["debt_gdp_pct"] - deficit) - 1) * 100,
            "nominal_growth_pct": joined["nominal_growth_pct"],
        }
    )


def describe_published(compared: pd.DataFrame) -> dict[str, Fact]:
    """One published deficit beside the model's: the first row of ``compare_published``.

    Returns
    -------
    dict
        ``country`` (code), ``publisher, published_deficit, model_deficit, held`` (per cent of GDP), ``needed_growth,
        nominal_growth`` (per cent a year).
    """
    row = compared.iloc[0]
    return {
        "country": str(row["iso3"]),
        "publisher": str(row["publisher"]),
        "published_deficit": Quantity(float(row["published_deficit_gdp_pct"]), "% of GDP", 0),
        "model_deficit": Quantity(float(row["model_deficit_gdp_pct"]), "% of GDP", 1),
        "held": Quantity(float(row["held_gdp_pct"]), "% of GDP", 0),
        "needed_growth": Quantity(float(row["needed_growth_pct"]), "% a year", 0),
        "nominal_growth": Quantity(float(row["nominal_growth_pct"]), "% a year", 1),
    }
