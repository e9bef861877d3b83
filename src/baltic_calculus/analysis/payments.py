"""Payments and deliveries: why NATO's number for a year and that of the national accounts differ, and by how much.

NATO counts what is paid in the year. The European System of Accounts counts equipment when it is delivered: an advance
payment is a claim on the manufacturer until then, which raises debt and not the deficit (Eurostat's decision of 2006).
Both publish enough to split the difference in two: what was paid for equipment and infrastructure less what was
invested (gross fixed capital formation), and the rest, which holds military pensions, other differences of scope, and
ammunition.
"""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.errors import DataError

INVESTMENT = "equipment and infrastructure, paid less delivered"
REST = "personnel, pensions, operations and scope"
PARTS = (INVESTMENT, REST)

NATO_PARTS = ["share_gdp_pct", "equipment_share_pct", "infrastructure_share_pct"]
DELIVERED = ["defence_eur_m", "defence_gfcf_eur_m"]
GDP, GDP_VINTAGE = "gdp_eur_m", "Eurostat nama_10_gdp, mid-2026"

BORROWED = "Higher borrowing limit for defence in 2025"
"""The measure by which a budget was opened again for arms: Lithuania's, in the dataset of national measures."""

BALANCE, PAYMENTS_BALANCE = "net_lending_gdp_pct", "deficit_incl_military_procurement_gdp_pct"


def split_gap(nato: pd.DataFrame, delivery: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """NATO's number less that of the national accounts, in two parts, for every year that both have.

    With shares of GDP, ``investment = core * (equipment + infrastructure) / 100 - gross fixed capital formation``; the
    rest is the whole difference less that.

    Parameters
    ----------
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long.
    delivery : DataFrame
        Dataset ``defence_delivery`` (``gov_ev``), long, in millions of euros.
    macro : DataFrame
        Dataset ``macro_fiscal``, long: GDP of the vintage ``GDP_VINTAGE``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, part`` (of ``PARTS``), ``gap_points`` (points of GDP), ``core_gdp_pct, delivery_gdp_pct``
        (per cent of GDP, the same for both parts), ``flag``. Years and countries that lack a number are left out.

    Raises
    ------
    DataError
        When no country has a year in all sources.
    """
    output = macro[(macro["measure"] == GDP) & (macro["vintage"] == GDP_VINTAGE)]
    output = output[["iso3", "year", "value"]].rename(columns={"value": GDP})
    joined = widen(nato, NATO_PARTS).merge(widen(delivery, DELIVERED), on=["iso3", "year"]).merge(output)
    joined = joined[joined["iso3"].isin(parameters.countries)].dropna()
    if joined.empty:
        raise DataError(
            f"no payments and deliveries of one year for {', '.join(parameters.countries)}",
            where="analysis.payments",
            remedy="choose countries that the dataset defence_delivery holds",
        )
    delivered = joined["defence_eur_m"] / joined[GDP] * 100
    invested = joined["defence_gfcf_eur_m"] / joined[GDP] * 100
    paid = joined["share_gdp_pct"] * (joined["equipment_share_pct"] + joined["infrastructure_share_pct"]) / 100
    gap = pd.DataFrame(
        {
            "iso3": joined["iso3"],
            "year": joined["year"],
            INVESTMENT: paid - invested,
            REST: joined["share_gdp_pct"] - paid - (delivered - invested),
            "core_gdp_pct": joined["share_gdp_pct"],
            "delivery_gdp_pct": delivered,
        }
    )
    parts = gap.melt(["iso3", "year", "core_gdp_pct", "delivery_gdp_pct"], list(PARTS), "part", "gap_points")
    parts = parts.merge(flags_of(nato, "share_gdp_pct"), on=["iso3", "year"], how="left")
    place, row = parts["iso3"].map(list(parameters.countries).index), parts["part"].map(PARTS.index)
    ordered = parts.assign(place=place, row=row).sort_values(["place", "year", "row"], ignore_index=True)
    return ordered[["iso3", "year", "part", "gap_points", "core_gdp_pct", "delivery_gdp_pct", "flag"]]


def sum_gap(gap: pd.DataFrame) -> pd.DataFrame:
    """The parts of the difference over all years together, and how they vary.

    Parameters
    ----------
    gap : DataFrame
        From ``split_gap``.

    Returns
    -------
    DataFrame
        One row per country: ``iso3, first_year, last_year, investment_sum_points, rest_sum_points`` (sums over the
        years, points of one year's GDP), ``investment_last_points, rest_last_points, gap_last_points`` (last year),
        ``rest_low_points, rest_high_points, investment_low_points, investment_high_points`` (lowest and highest year).
    """
    wide = gap.pivot(index=["iso3", "year"], columns="part", values="gap_points").reset_index()
    rows = []
    for code in dict.fromkeys(gap["iso3"]):
        own = wide[wide["iso3"] == code].sort_values("year", kind="stable")
        last = own.iloc[-1]
        rows.append(
            {
                "iso3": code,
                "first_year": int(own["year"].iloc[0]),
                "last_year": int(last["year"]),
                "investment_sum_points": own[INVESTMENT].sum(),
                "rest_sum_points": own[REST].sum(),
                "investment_last_points": last[INVESTMENT],
                "rest_last_points": last[REST],
                "gap_last_points": last[INVESTMENT] + last[REST],
                "investment_low_points": own[INVESTMENT].min(),
                "investment_high_points": own[INVESTMENT].max(),
                "rest_low_points": own[REST].min(),
                "rest_high_points": own[REST].max(),
            }
        )
    return pd.DataFrame(rows)


def compare_balances(macro: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Balances of one budget with and without payments for arms, where a budget states both.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long: both balances of the same vintage.
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, vintage, balance_gdp_pct, payments_balance_gdp_pct`` (per cent of GDP, a deficit is negative),
        ``difference_points`` (what the payments add to the deficit), ``core_gdp_pct`` (NATO's share of that year),
        ``implied_delivery_gdp_pct`` (that share less the difference).
    """
    keys = ["iso3", "year", "vintage"]
    rows = macro[macro["iso3"].isin(parameters.countries) & macro["value"].notna()]
    balance = rows.loc[rows["measure"] == BALANCE, [*keys, "value"]].rename(columns={"value": "balance_gdp_pct"})
    payments = rows.loc[rows["measure"] == PAYMENTS_BALANCE, [*keys, "value"]]
    both = balance.merge(payments.rename(columns={"value": "payments_balance_gdp_pct"}), on=keys)
    core = nato.loc[nato["measure"] == "share_gdp_pct", ["iso3", "year", "value"]]
    both = both.merge(core.rename(columns={"value": "core_gdp_pct"}), on=["iso3", "year"], how="left")
    both["difference_points"] = both["balance_gdp_pct"] - both["payments_balance_gdp_pct"]
    both["implied_delivery_gdp_pct"] = both["core_gdp_pct"] - both["difference_points"]
    return both


def share_borrowed(measures: pd.DataFrame, macro: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Borrowing added for defence within a year, as a share of that year's GDP.

    Parameters
    ----------
    measures : DataFrame
        Dataset ``national_measures``: the measure ``BORROWED``, in millions of euros.
    macro : DataFrame
        Dataset ``macro_fiscal``, long: GDP of the vintage ``GDP_VINTAGE``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, year, borrowed_eur_m, borrowed_gdp_pct``; empty where none of the countries has such a measure.
    """
    rows = measures[(measures["title"] == BORROWED) & measures["iso3"].isin(parameters.countries)]
    rows = rows.assign(year=rows["effective"].astype(int), borrowed_eur_m=rows["value"].astype(float))
    output = macro[(macro["measure"] == GDP) & (macro["vintage"] == GDP_VINTAGE)]
    rows = rows.merge(output[["iso3", "year", "value"]].rename(columns={"value": GDP}), on=["iso3", "year"])
    rows["borrowed_gdp_pct"] = rows["borrowed_eur_m"] / rows[GDP] * 100
    return rows[["iso3", "year", "borrowed_eur_m", "borrowed_gdp_pct"]]
