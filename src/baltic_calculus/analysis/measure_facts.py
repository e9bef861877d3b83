"""What the sentences on national measures say: how much of the rise of defence they would pay for."""

import pandas as pd

from baltic_calculus.analysis.measure_shares import (
    BORROWING,
    CUTS,
    OPEN,
    OWN,
    TAXES,
    compute_measure_shares,
    compute_rise,
    select_countable,
)
from baltic_calculus.analysis.measures import classify_status
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity

OF_RISE = "%"


def _shares(rows: pd.DataFrame, part: str) -> dict[str, Quantity]:
    """Share of one part by country, where it is not zero."""
    known = rows[(rows["part"] == part) & (rows["amount_eur_m"] > 0)]
    return {row["iso3"]: Quantity(float(row["share_rise_pct"]), OF_RISE, 0) for _, row in known.iterrows()}


def describe_measure_shares(
    measures: pd.DataFrame, nato: pd.DataFrame, estimates: pd.DataFrame, parameters: Parameters, base_year: int
) -> dict[str, Fact]:
    """Facts on the rise of defence and what was decided to pay for it.

    Parameters
    ----------
    measures, nato, estimates : DataFrame
        Datasets ``national_measures``, ``nato_defence_expenditure`` and ``published_estimates``.
    parameters : Parameters
        ``countries`` are used.
    base_year : int
        Year that the rise is counted from.

    Returns
    -------
    dict
        ``base_year, first_year, last_year``; ``rise`` (EUR m, last year); ``taxes, own, cuts, open_share`` (per cent
        of the rise of the last year, by country, where above zero); ``borrowing`` (first year); ``with_amount,
        without_amount`` (codes with and without a reserved tax, fund or transfer that has an amount for the last year);
        ``no_amount`` (codes with a decided tax that has none); ``withdrawn`` (largest withdrawn yield of the last year
        against its rise); ``by_debt`` (codes for which an institution says so); ``deficit_for_defence`` (EUR m that a
        finance minister attributes to defence).
    """
    shares = compute_measure_shares(measures, nato, parameters, base_year)
    first_year, last_year = base_year + 1, int(nato["year"].max())
    first, last = shares[shares["year"] == first_year], shares[shares["year"] == last_year]
    countable = select_countable(measures, parameters.countries)
    funded = set(countable.loc[(countable["year"] == last_year) & countable["part"].isin([TAXES, OWN]), "iso3"])
    own = measures[measures["iso3"].isin(parameters.countries)]
    standing = own["status"].map(classify_status)
    nameless = own[(own["kind"] == "tax") & (standing == "decided") & ~own["unit"].str.startswith("EUR m")]
    rise = last.drop_duplicates("iso3")
    return {
        "base_year": Quantity(base_year, "year"),
        "first_year": Quantity(first_year, "year"),
        "last_year": Quantity(last_year, "year"),
        "rise": {row["iso3"]: Quantity(float(row["rise_eur_m"]), "EUR m", 0) for _, row in rise.iterrows()},
        "taxes": _shares(last, TAXES),
        "own": _shares(last, OWN),
        "cuts": _shares(last, CUTS),
        "open_share": _shares(last, OPEN),
        "borrowing": _shares(first, BORROWING),
        "with_amount": tuple(code for code in parameters.countries if code in funded),
        "without_amount": tuple(code for code in parameters.countries if code not in funded),
        "no_amount": tuple(dict.fromkeys(nameless["iso3"])),
        "withdrawn": _withdrawn(own[standing == "withdrawn"], nato, parameters, base_year),
        "by_debt": _said(estimates, parameters, "defence financed mainly by debt"),
        "deficit_for_defence": _attributed(estimates, parameters),
    }


def _withdrawn(rows: pd.DataFrame, nato: pd.DataFrame, parameters: Parameters, base_year: int) -> dict[str, Quantity]:
    """Withdrawn yield of NATO's last year against the rise of that year, by country."""
    rise = compute_rise(nato, parameters.countries, base_year)
    rise = rise[rise["year"] == rise["year"].max()]
    amounts = rows[(rows["basis"] == "one year") & rows["unit"].str.startswith("EUR m")].assign(
        year=lambda kept: pd.to_numeric(kept["budget_period"], errors="coerce")
    )
    joined = amounts.merge(rise, on=["iso3", "year"])
    sums = joined.groupby("iso3").agg({"value": "sum", "rise_eur_m": "first"})
    share = sums["value"] / sums["rise_eur_m"] * 100
    return {str(code): Quantity(float(value), OF_RISE, 0) for code, value in share.items()}


def _said(estimates: pd.DataFrame, parameters: Parameters, indicator: str) -> tuple[str, ...]:
    """Countries of which an institution says something, in the order of the page."""
    found = set(estimates.loc[estimates["indicator"] == indicator, "entity"])
    return tuple(code for code in parameters.countries if code in found)


def _attributed(estimates: pd.DataFrame, parameters: Parameters) -> dict[str, Quantity]:
    """Part of the deficit that a finance minister attributes to defence, EUR m, by country."""
    rows = estimates[(estimates["topic"] == "defence_financing") & estimates["entity"].isin(parameters.countries)]
    return {str(row["entity"]): Quantity(float(row["value"]), "EUR m", 0) for _, row in rows.iterrows()}
