"""The numbers about debt, interest and SAFE loans that the fiscal chapter and the summary put into sentences."""

import pandas as pd

from baltic_calculus.analysis.by_country import UNKNOWN, known_by_country
from baltic_calculus.analysis.debt import (
    DEBT,
    collect_projections,
    compute_debt_paths,
    compute_debt_revision,
    compute_interest,
    debt_outlooks,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.safe import GDP_YEAR, compute_safe_loans, select_own_loans

ROUNDING_EUR_BN = 0.05
"""Some adopted amounts are known to EUR 0.1 bn only: a smaller difference is rounding, not a decision."""


def describe_debt(macro: pd.DataFrame, parameters: Parameters, reference_gdp_pct: float) -> dict[str, Fact]:
    """The IMF's debt path, its end against the reference value, and its revision.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    parameters : Parameters
        ``countries`` are used.
    reference_gdp_pct : float
        Reference value for gross debt in per cent of GDP.

    Returns
    -------
    dict
        ``now_year, end_year, levels_now, levels_end`` (per cent of GDP), ``rises`` (points), ``rising`` (codes),
        ``above_reference`` (codes at any time up to the end), ``nearest, nearest_distance`` (points below the
        reference at the end; the country closest to it), ``revision_year, revisions`` (points, latest less
        before), ``revised_up, revised_down`` (codes), ``missing`` (codes).
    """
    paths = compute_debt_paths(macro, parameters)
    latest = paths[paths["vintage"] == debt_outlooks(macro)[0]]
    now, end = int(latest.loc[latest["flag"] != "forecast", "year"].max()), int(latest["year"].max())
    held = [code for code in parameters.countries if code in set(latest["iso3"])]
    wide = latest.pivot(index="iso3", columns="year", values=DEBT).reindex(held)
    ends = pd.DataFrame({"iso3": held, "now": wide[now].to_numpy(), "end": wide[end].to_numpy()})
    ends = ends.assign(rise=ends["end"] - ends["now"], distance=(reference_gdp_pct - ends["end"]).abs())
    nearest = ends.loc[ends["distance"].idxmin()]
    revision = compute_debt_revision(paths)
    revision_year = int(revision["year"].max())
    revised = revision[revision["year"] == revision_year].set_index("iso3").reindex(held).reset_index()
    return {
        "now_year": year(now),
        "end_year": year(end),
        "levels_now": known_by_country(ends, "now", "% of GDP", 1),
        "levels_end": known_by_country(ends, "end", "% of GDP", 1),
        "rises": known_by_country(ends, "rise", "points of GDP", 1),
        "rising": tuple(ends.loc[ends["rise"] > 0, "iso3"]),
        "reference": Quantity(reference_gdp_pct, "% of GDP", 0),
        "above_reference": tuple(
            wide.index[(wide[[column for column in wide if column >= now]] > reference_gdp_pct).any(axis="columns")]
        ),
        "nearest": str(nearest["iso3"]),
        "nearest_distance": Quantity(float(nearest["distance"]), "points of GDP", 1),
        "revision_year": year(revision_year),
        "revisions": known_by_country(revised, "revision_points", "points of GDP", 1),
        "revised_up": tuple(revised.loc[revised["revision_points"] > 0, "iso3"]),
        "revised_down": tuple(revised.loc[revised["revision_points"] < 0, "iso3"]),
        "missing": tuple(code for code in parameters.countries if code not in held),
    }


def describe_projections(macro: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """How far other forecasters are from the IMF.

    Returns
    -------
    dict
        ``projections`` (count), ``below_imf, above_imf`` (counts), ``widest_by`` (the one forecaster furthest
        away), ``widest_difference`` (points, absolute, by country), ``missing`` (codes without another
        projection).
    """
    found = collect_projections(macro, parameters).dropna(subset=["difference_points"])
    differences = found["difference_points"].abs()
    widest = found.loc[[differences.idxmax()]] if len(found) else found
    return {
        "projections": Quantity(len(found), "", 0),
        "below_imf": Quantity(int((found["difference_points"] < 0).sum()), "", 0),
        "above_imf": Quantity(int((found["difference_points"] > 0).sum()), "", 0),
        "widest_by": tuple(widest["vintage"]),
        "widest_difference": known_by_country(widest.assign(size=differences), "size", "points of GDP", 1),
        "missing": tuple(code for code in parameters.countries if code not in set(found["iso3"])),
    }


def describe_interest(macro: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """The interest bill at both ends of each country's own projection.

    Returns
    -------
    dict
        ``bills_first, bills_last`` (EUR m), ``shares_first, shares_last`` (per cent of GDP), ``last_years``,
        by country; ``first_year`` (the earliest); ``missing`` (codes).
    """
    bills = compute_interest(macro, parameters)
    return {
        "bills_first": known_by_country(bills, "first_eur_m", "EUR m", 0),
        "bills_last": known_by_country(bills, "last_eur_m", "EUR m", 0),
        "shares_first": known_by_country(bills, "first_gdp_pct", "% of GDP", 1),
        "shares_last": known_by_country(bills, "last_gdp_pct", "% of GDP", 1),
        "first_year": year(int(bills["first_year"].min())) if len(bills) else UNKNOWN,
        "last_years": known_by_country(bills, "last_year", "year"),
        "missing": tuple(code for code in parameters.countries if code not in set(bills["iso3"])),
    }


def describe_safe(safe: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """SAFE loans of the countries, against their economies and against the tentative amounts.

    Returns
    -------
    dict
        ``adopted`` (EUR bn), ``adopted_gdp`` (per cent of GDP), by country; ``adopted_total`` (EUR bn, the
        countries together), ``reduced`` (codes whose adopted loan is lower by more than rounding),
        ``reductions`` (EUR bn, by country), ``largest`` (the three largest known adopted loans against GDP,
        among all borrowers), ``borrowers`` (count), ``all_adopted`` (EUR bn, of all known), ``pending`` and
        ``not_seen`` (codes of all borrowers without a decision, or with a decision whose amount is not
        known), ``no_gdp`` (codes), ``without_loan`` (countries that asked for none), ``gdp_year``.
    """
    loans = compute_safe_loans(safe, nato)
    own = select_own_loans(loans, parameters)
    own = own[own["iso3"].isin(parameters.countries)]
    cut = own[own["change_eur_bn"] < -ROUNDING_EUR_BN].assign(reduction=lambda frame: -frame["change_eur_bn"])
    unknown = loans["adopted_eur_bn"].isna()
    largest = (
        loans.dropna(subset=["adopted_gdp_pct"]).sort_values("adopted_gdp_pct", ascending=False, kind="stable").head(3)
    )
    return {
        "adopted": known_by_country(own, "adopted_eur_bn", "EUR bn", 2),
        "adopted_gdp": known_by_country(own, "adopted_gdp_pct", "% of GDP", 1),
        "adopted_total": Quantity(float(own["adopted_eur_bn"].sum()), "EUR bn", 2),
        "reduced": tuple(cut["iso3"]),
        "reductions": known_by_country(cut, "reduction", "EUR bn", 2, empty="none"),
        "largest": known_by_country(largest, "adopted_gdp_pct", "% of GDP", 1),
        "borrowers": Quantity(len(loans), "", 0),
        "all_adopted": Quantity(float(loans["adopted_eur_bn"].sum()), "EUR bn", 1),
        "pending": tuple(sorted(loans.loc[loans["status"] == "pending", "iso3"])),
        "not_seen": tuple(sorted(loans.loc[unknown & (loans["status"] != "pending"), "iso3"])),
        "no_gdp": tuple(sorted(loans.loc[loans["tentative_gdp_pct"].isna(), "iso3"])),
        "without_loan": tuple(code for code in parameters.countries if code not in set(own["iso3"])),
        "gdp_year": year(GDP_YEAR),
    }
