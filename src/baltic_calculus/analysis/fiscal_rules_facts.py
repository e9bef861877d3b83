"""What the sentences on the fiscal rules say: who may use the clause, who needs it, what is left when it ends."""

import pandas as pd

from baltic_calculus.analysis.fiscal_rules import BALANCE, BEYOND, DELIVERED, IF_DELIVERED, WITHIN, ClauseTerms
from baltic_calculus.analysis.quantity import Fact, Quantity

ADOPTED = r"state budget .*adopted"
WITH_PROCUREMENT = "deficit_incl_military_procurement_gdp_pct"
POINTS, GDP_PCT = "points of GDP", "% of GDP"


def _each(rows: pd.DataFrame, column: str, unit: str, decimals: int | None = None) -> dict[str, Quantity]:
    """One quantity per country that has the value."""
    known = rows.dropna(subset=[column])
    return {row["iso3"]: Quantity(float(row[column]), unit, decimals) for _, row in known.iterrows()}


def _codes(rows: pd.DataFrame, chosen: pd.Series) -> tuple[str, ...]:
    return tuple(dict.fromkeys(rows.loc[chosen.fillna(False).astype(bool), "iso3"]))


def describe_rules(
    clause: pd.DataFrame,
    summary: pd.DataFrame,
    split: pd.DataFrame,
    macro: pd.DataFrame,
    estimates: pd.DataFrame,
    terms: ClauseTerms,
) -> dict[str, Fact]:
    """Facts of the section on the fiscal rules.

    Parameters
    ----------
    clause, macro, estimates : DataFrame
        Datasets ``escape_clause``, ``macro_fiscal`` and ``published_estimates``.
    summary : DataFrame
        From :func:`~baltic_calculus.analysis.clause_end.summarise_rules`.
    split : DataFrame
        From :func:`~baltic_calculus.analysis.fiscal_rules.split_deficits`.
    terms : ClauseTerms
        Terms of the clause.

    Returns
    -------
    dict
        Terms: ``reference, cap, base_year, first_year, last_year, after_year``. Who: ``users`` (count of member states
        with the clause), ``with_clause, without_clause, in_report, open_procedure, at_risk`` (codes), ``proposed``
        (codes of all member states), ``path_limits`` (average limit on the growth
        of net expenditure, where found). What counts:
        ``delivered_year, delivered, flexibility, below_cap`` (codes), ``paid_year, paid``. Deficits: ``planned`` (by
        the vintage shown, in the year after the last deliveries), ``adopted`` (by adopted budgets of that year),
        ``above, below`` (codes, by any projected year of the clause), ``uncovered, conditional`` (largest part of a
        year within the clause), ``with_procurement``, ``silent`` (codes without a figure for the last year of the
        clause). End: ``last_projected, adjustment, adjustment_eur, adjustment_each`` (EUR per inhabitant) and
        ``cap_each`` (what the whole cap comes to).
    """
    wide = split.pivot(index=["iso3", "year"], columns="part", values="part_gdp_pct").reset_index()
    wide = wide.sort_values("iso3", key=lambda codes: codes.map(list(summary["iso3"]).index), kind="stable")
    flags = split.drop_duplicates(["iso3", "year"]).set_index(["iso3", "year"])["flag"]
    wide["flag"] = flags.reindex(pd.MultiIndex.from_frame(wide[["iso3", "year"]])).to_numpy()
    wide["deficit"] = wide[[WITHIN, DELIVERED, IF_DELIVERED, BEYOND]].sum(axis=1, min_count=1)
    runs = wide[wide["year"].between(terms.first_year, terms.last_year)]
    ahead = runs[(runs["flag"] == "forecast") & runs["deficit"].notna()]
    largest = ahead.groupby("iso3", sort=False)[["deficit", IF_DELIVERED]].max().reset_index()
    left = runs.groupby("iso3", sort=False)[BEYOND].max().reset_index()
    delivered_year = int(summary["delivered_year"].max())
    next_year = delivered_year + 1
    last = runs[runs["year"] == terms.last_year]
    above = largest["deficit"] > terms.reference_gdp_pct
    return {
        "reference": Quantity(terms.reference_gdp_pct, GDP_PCT, 0),
        "cap": Quantity(terms.cap_gdp_pct, POINTS, 1),
        "base_year": Quantity(terms.base_year, "year"),
        "first_year": Quantity(terms.first_year, "year"),
        "last_year": Quantity(terms.last_year, "year"),
        "after_year": Quantity(terms.last_year + 1, "year"),
        "users": Quantity(int((clause["activated"] != "").sum()), "", 0),
        "with_clause": _codes(summary, summary["activated"] != ""),
        "without_clause": _codes(summary, summary["activated"] == ""),
        "in_report": _codes(summary, summary["in_report_2026"] == "yes"),
        "open_procedure": _codes(summary, summary["procedure"] == "open"),
        "at_risk": _codes(summary, summary["plan_2026"].str.startswith("at risk")),
        "proposed": tuple(clause.loc[clause["procedure"] == "proposed", "iso3"]),
        "path_limits": _path_limits(estimates, summary),
        "delivered_year": Quantity(delivered_year, "year"),
        "delivered": _each(summary, "delivered_rise_points", POINTS, 1),
        "flexibility": _each(summary, "flexibility_points", POINTS, 1),
        "below_cap": _codes(summary, summary["delivered_rise_points"] < terms.cap_gdp_pct),
        "paid_year": Quantity(int(summary["paid_year"].max()), "year"),
        "paid": _each(summary, "paid_rise_points", POINTS, 1),
        "next_year": Quantity(next_year, "year"),
        "planned": _each(ahead[ahead["year"] == next_year], "deficit", GDP_PCT, 1),
        "adopted": _adopted(macro, summary, next_year),
        "above": _codes(largest, above),
        "below": _codes(largest, ~above),
        "uncovered": _each(left[left[BEYOND] > 0], BEYOND, POINTS, 1),
        "conditional": _each(largest[largest[IF_DELIVERED] > 0], IF_DELIVERED, POINTS, 1),
        "with_procurement": _with_procurement(macro, summary, next_year),
        "silent": _codes(last, last["deficit"].isna()),
        "last_projected": _each(summary, "projected_year", "year"),
        "adjustment": _each(summary, "adjustment_points", POINTS, 1),
        "adjustment_eur": _each(summary, "adjustment_eur_m", "EUR m", 0),
        "adjustment_each": _each(summary, "adjustment_eur_per_inhabitant", "EUR", 0),
        "cap_each": _each(summary, "cap_eur_per_inhabitant", "EUR", 0),
    }


def _adopted(macro: pd.DataFrame, summary: pd.DataFrame, year: int) -> dict[str, Quantity]:
    """Deficit that the adopted budget of the year plans, by country."""
    rows = macro[(macro["measure"] == BALANCE) & (macro["year"] == year) & macro["vintage"].str.contains(ADOPTED)]
    values = (-rows.set_index("iso3")["value"]).reindex(summary["iso3"]).dropna()
    return {str(code): Quantity(float(value), GDP_PCT, 1) for code, value in values.items()}


def _with_procurement(macro: pd.DataFrame, summary: pd.DataFrame, year: int) -> dict[str, Quantity]:
    """Deficit of the year with arms counted when they are paid, where a budget gives it."""
    rows = macro[(macro["measure"] == WITH_PROCUREMENT) & (macro["year"] == year)]
    values = rows.set_index("iso3")["value"].abs().reindex(summary["iso3"]).dropna()
    return {str(code): Quantity(float(value), GDP_PCT, 1) for code, value in values.items()}


def _path_limits(estimates: pd.DataFrame, summary: pd.DataFrame) -> dict[str, Quantity]:
    """Average limit on the growth of net expenditure over the years of a plan, by country."""
    rows = estimates[(estimates["topic"] == "net_expenditure_path") & estimates["horizon"].str.contains("-")]
    values = rows.set_index("entity")["value"].reindex(summary["iso3"]).dropna()
    return {str(code): Quantity(float(value), "% a year", 1) for code, value in values.items()}
