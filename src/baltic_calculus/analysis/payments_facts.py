"""The numbers that sentences tell of payments against deliveries, and of the two deficits."""

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country, ranges_by_country
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.payments import compare_balances, share_borrowed, split_gap, sum_gap
from baltic_calculus.analysis.quantity import Fact, Quantity, year

POINTS = "points of GDP"


def describe_payments(
    nato: pd.DataFrame,
    delivery: pd.DataFrame,
    macro: pd.DataFrame,
    measures: pd.DataFrame,
    parameters: Parameters,
) -> dict[str, Fact]:
    """Why the two definitions differ, country by country, over the years of the early collection.

    Returns
    -------
    dict
        ``first_year, last_year``; by country, in points of GDP: ``gaps, investment, rest`` (last year),
        ``investment_sums`` (all years together), ``rest_ranges, investment_ranges`` (lowest to highest year);
        ``ahead, behind`` (codes where payments for equipment ran ahead of, or behind, deliveries over the years
        together), ``widest`` (code), ``widest_gap, widest_part`` (its gap, and the part of equipment in per cent);
        ``borrowed`` (borrowing added for defence within the year, per cent of GDP, by country).
    """
    table = sum_gap(split_gap(nato, delivery, macro, parameters))
    facts: dict[str, Fact] = {
        "first_year": year(int(table["first_year"].min())),
        "last_year": year(int(table["last_year"].max())),
        "gaps": known_by_country(table, "gap_last_points", POINTS, 1),
        "investment": known_by_country(table, "investment_last_points", POINTS, 1),
        "rest": known_by_country(table, "rest_last_points", POINTS, 1),
        "investment_sums": known_by_country(table, "investment_sum_points", POINTS, 1),
        "rest_ranges": ranges_by_country(table, "rest_low_points", "rest_high_points", POINTS, 1),
        "investment_ranges": ranges_by_country(table, "investment_low_points", "investment_high_points", POINTS, 1),
        "ahead": tuple(table.loc[table["investment_sum_points"] > 0, "iso3"]) or "none",
        "borrowed": known_by_country(share_borrowed(measures, macro, parameters), "borrowed_gdp_pct", "% of GDP", 1),
        "behind": tuple(table.loc[table["investment_sum_points"] < 0, "iso3"]) or "none",
    }
    widest = table.loc[table["gap_last_points"].abs().idxmax()]
    return facts | {
        "widest": str(widest["iso3"]),
        "widest_gap": Quantity(float(widest["gap_last_points"]), POINTS, 1),
        "widest_part": Quantity(float(widest["investment_last_points"] / widest["gap_last_points"] * 100), "%", 0),
    }


def describe_balances(
    macro: pd.DataFrame, nato: pd.DataFrame, delivery: pd.DataFrame, parameters: Parameters
) -> dict[str, Fact]:
    """Two deficits of one budget beside two definitions of defence.

    Returns
    -------
    dict
        ``stated_in`` (codes whose budget states both deficits) and, by country: ``balances, payments_balances`` (per
        cent of GDP), ``differences`` (points of GDP), ``core`` (NATO's share of that year, per cent of GDP),
        ``implied`` (that share less the difference), ``gaps, delivered`` (NATO less accounts, and the accounts, in the
        last year that both have, ``gap_year``). In words where no budget states both.
    """
    table = compare_balances(macro, nato, parameters)
    gap = split_gap(nato, delivery, macro, parameters)
    last = gap[gap["year"] == gap["year"].max()].groupby("iso3").agg({"gap_points": "sum", "delivery_gdp_pct": "first"})
    table = table.join(last, on="iso3")
    return {
        "stated_in": tuple(table["iso3"]) or "none",
        "gap_year": year(int(gap["year"].max())),
        "balances": known_by_country(table, "balance_gdp_pct", "% of GDP", 1),
        "payments_balances": known_by_country(table, "payments_balance_gdp_pct", "% of GDP", 1),
        "differences": known_by_country(table, "difference_points", POINTS, 1),
        "core": known_by_country(table, "core_gdp_pct", "% of GDP", 1),
        "implied": known_by_country(table, "implied_delivery_gdp_pct", "% of GDP", 1),
        "gaps": known_by_country(table, "gap_points", POINTS, 1),
        "delivered": known_by_country(table, "delivery_gdp_pct", "% of GDP", 1),
    }
