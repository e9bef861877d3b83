"""The size of the budget and its balance, with the vintage of every number that has several."""

import re
from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.series import widen

VINTAGE_RANKS = (
    r"^Eurostat EDP notification",
    r"^Statistics ",
    r"state budget .*adopted",
    r"^EC .*forecast",
)
"""Which publisher is taken first for a country and year: notified outturns, statistical offices, adopted budgets, the
Commission, then everyone else. The order goes from what was counted to what was expected."""


def rank_vintage(vintage: str) -> int:
    """Place of a vintage in the order of ``VINTAGE_RANKS``, 0 first."""
    for place, pattern in enumerate(VINTAGE_RANKS):
        if re.search(pattern, vintage):
            return place
    return len(VINTAGE_RANKS)


def date_vintage(vintage: str) -> str:
    """ISO date in the name of a vintage, empty when it has none.

    Examples
    --------
    >>> date_vintage("EC Autumn 2025 forecast (2025-11-17)")
    '2025-11-17'
    """
    found = re.search(r"\d{4}-\d{2}(-\d{2})?", vintage)
    return found.group() if found else ""


def select_balances(macro: pd.DataFrame, codes: Sequence[str], years: Sequence[int]) -> pd.DataFrame:
    """One balance per country and year: the best-ranked vintage, and of equals the newest.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    codes : sequence of str
        Countries and aggregates.
    years : sequence of int
        Years wanted.

    Returns
    -------
    DataFrame
        ``iso3, year, net_lending_gdp_pct`` (per cent of GDP, a deficit is negative), ``vintage, flag``; one
        row for every country and year, NaN and no vintage where nothing was published.
    """
    rows = macro[
        (macro["measure"] == "net_lending_gdp_pct")
        & macro["iso3"].isin(codes)
        & macro["year"].isin(years)
        & macro["value"].notna()
    ]
    rows = rows.assign(rank=rows["vintage"].map(rank_vintage), dated=rows["vintage"].map(date_vintage))
    rows = rows.sort_values(["rank", "dated"], ascending=[True, False]).drop_duplicates(["iso3", "year"])
    wanted = pd.MultiIndex.from_product([codes, years], names=["iso3", "year"])
    chosen = rows.set_index(["iso3", "year"])[["value", "vintage", "flag"]].reindex(wanted)
    chosen = chosen.rename(columns={"value": "net_lending_gdp_pct"}).fillna({"vintage": "", "flag": ""})
    return chosen.reset_index()


def compute_budget_size(cofog: pd.DataFrame, macro: pd.DataFrame, codes: Sequence[str], year: int) -> pd.DataFrame:
    """General government expenditure and revenue of one year in per cent of GDP.

    Expenditure is COFOG's total. Revenue is ``expenditure + net lending``, the identity that defines net lending: no
    publisher's revenue of recent years was found for most countries.

    Parameters
    ----------
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    codes : sequence of str
        Countries and aggregates.
    year : int
        Year.

    Returns
    -------
    DataFrame
        ``iso3, year, expenditure_gdp_pct, revenue_gdp_pct`` (NaN without a balance), ``balance_vintage``, one
        row per code.
    """
    total = (
        widen(cofog[cofog["year"] == year], ["total_gdp_pct"]).set_index("iso3")["total_gdp_pct"].reindex(list(codes))
    )
    balance = select_balances(macro, codes, [year]).set_index("iso3")
    return pd.DataFrame(
        {
            "iso3": list(codes),
            "year": year,
            "expenditure_gdp_pct": total.to_numpy(),
            "revenue_gdp_pct": (total + balance["net_lending_gdp_pct"]).to_numpy(),
            "balance_vintage": balance["vintage"].to_numpy(),
        }
    )
