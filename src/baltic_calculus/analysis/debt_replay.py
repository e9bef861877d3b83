"""Official projections of debt computed again with the model's identity from what their publishers assume."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.debt import DEBT
from baltic_calculus.analysis.debt_model import roll_debt

COMMISSION = "EC Spring 2025 forecast (2025-05-19)"
TOLERANCE_POINTS = 0.1
"""A projection whose assumptions are all known must come out this close: its figures are printed to a tenth."""


@dataclass(frozen=True)
class Partial:
    """A projection of which some assumptions are published."""

    iso3: str
    debt: str
    """Vintage of its debt in ``macro_fiscal``."""
    balance: str
    """Vintage of its balances; the last one published is kept for later years."""
    growth: str
    """Vintage of its growth at constant prices; empty when its debts in euros and in per cent give that of GDP."""
    prices: str
    """Measure of prices in ``growth``, empty for an assumed rise."""
    missing: str


PARTIAL = (
    Partial(
        "EST",
        "Estonian budget strategy 2026-2029 (2025-09-30)",
        "Estonian budget strategy 2026-2029 (2025-09-30)",
        "",
        "",
        "balances after 2027, stock-flow adjustment",
    ),
    Partial(
        "LVA",
        "Latvian Fiscal Discipline Council, October 2025",
        "Latvian finance ministry, August 2025 (no policy change)",
        "Latvian finance ministry, August 2025 (no policy change)",
        "",
        "its own balances, prices, stock-flow adjustment",
    ),
    Partial(
        "LTU",
        "EC Autumn 2025 forecast (2025-11-17)",
        "EC Autumn 2025 forecast (2025-11-17)",
        "EC Autumn 2025 forecast (2025-11-17)",
        "inflation_hicp_pct",
        "GDP deflator, stock-flow adjustment",
    ),
)
EST_EUROS = "Estonian Fiscal Council on the budget strategy 2026-2029"


def replay_projections(
    projection: pd.DataFrame, macro: pd.DataFrame, codes: Sequence[str], deflator_growth_pct: float
) -> pd.DataFrame:
    """All replays: those with all assumptions first. Parameters and columns as in the two functions that it joins."""
    full, partial = replay_full(projection, codes), replay_partial(macro, codes, deflator_growth_pct)
    order = {code: place for place, code in enumerate(codes)}
    return pd.concat([full, partial], ignore_index=True).sort_values(
        "iso3", key=lambda values: values.map(order), kind="stable", ignore_index=True
    )


def replay_full(projection: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """The Commission's projection from its own growth, interest rate, primary balance and stock-flow adjustment.

    Parameters
    ----------
    projection : DataFrame
        Dataset ``ec_debt_projection``, long.
    codes : sequence of str
        Countries; those that it lacks are left out.

    Returns
    -------
    DataFrame
        ``iso3, projection, first_year, last_year, published_gdp_pct, replayed_gdp_pct, difference_points`` (replayed
        less published), ``stock_flow_gdp_pct`` (sum over the years), ``missing`` (nothing), ``complete``, one row
        a country.
    """
    rows = []
    for code in codes:
        wide = projection[projection["iso3"] == code].pivot(index="year", columns="measure", values="value")
        if wide.empty:
            continue
        wide = wide.dropna(subset=[DEBT])
        years = wide.iloc[1:]
        stock_flow = (100 * years["stock_flow_eur_m"] / years["gdp_eur_m"]).to_numpy()
        rolled = roll_debt(
            wide[DEBT].iloc[0],
            wide["implicit_interest_rate_pct"].iloc[0],
            real_growth_pct=years["gdp_nominal_growth_pct"].to_numpy(),
            deflator_growth_pct=np.zeros(len(years)),
            # its rate on all debt is given: the model takes it as it is
            marginal_rate_pct=years["implicit_interest_rate_pct"].to_numpy(),
            rollover_share_pct=100,
            primary_balance_gdp_pct=years["primary_balance_gdp_pct"].to_numpy(),
            stock_flow_gdp_pct=stock_flow,
        )
        published, replayed = years[DEBT].iloc[-1], float(rolled.debt_gdp_pct[-1])
        rows.append(
            {
                "iso3": code,
                "projection": COMMISSION,
                "first_year": int(wide.index[0]),
                "last_year": int(wide.index[-1]),
                "published_gdp_pct": published,
                "replayed_gdp_pct": replayed,
                "difference_points": replayed - published,
                "stock_flow_gdp_pct": float(stock_flow.sum()),
                "missing": "nothing",
                "complete": True,
            }
        )
    return pd.DataFrame(rows)


def replay_partial(macro: pd.DataFrame, codes: Sequence[str], deflator_growth_pct: float) -> pd.DataFrame:
    """Other projections from the assumptions that are published; what is left over is what is not.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    codes : sequence of str
        Countries wanted.
    deflator_growth_pct : float
        Rise of prices where the publisher gives none.

    Returns
    -------
    DataFrame
        Columns of ``replay_full``; no stock-flow adjustment is put in, so the difference holds it with the opposite
        sign.
    """
    rows = []
    for one in PARTIAL:
        if one.iso3 not in codes:
            continue
        debt = _cells(macro, one.iso3, one.debt, DEBT)
        first, last = int(debt.index[0]), int(debt.index[-1])
        years = range(first + 1, last + 1)
        balance = _cells(macro, one.iso3, one.balance, "net_lending_gdp_pct").reindex(years).ffill()
        nominal = _nominal_growth(macro, one, debt, deflator_growth_pct).reindex(years)
        rolled = roll_debt(
            debt.iloc[0],
            0,
            real_growth_pct=nominal.to_numpy(),
            deflator_growth_pct=np.zeros(len(nominal)),
            # interest is in the balance
            marginal_rate_pct=np.zeros(len(nominal)),
            rollover_share_pct=100,
            primary_balance_gdp_pct=balance.to_numpy(),
            stock_flow_gdp_pct=np.zeros(len(nominal)),
        )
        replayed = float(rolled.debt_gdp_pct[-1])
        rows.append(
            {
                "iso3": one.iso3,
                "projection": one.debt,
                "first_year": first,
                "last_year": last,
                "published_gdp_pct": float(debt.iloc[-1]),
                "replayed_gdp_pct": replayed,
                "difference_points": replayed - float(debt.iloc[-1]),
                "stock_flow_gdp_pct": float("nan"),
                "missing": one.missing,
                "complete": False,
            }
        )
    return pd.DataFrame(rows)


def _nominal_growth(macro: pd.DataFrame, one: Partial, debt: pd.Series, deflator_growth_pct: float) -> pd.Series:
    """Growth of GDP at current prices by year, per cent."""
    years = range(int(debt.index[0]) + 1, int(debt.index[-1]) + 1)
    if not one.growth:
        # GDP is debt in euros over debt in per cent; between its two ends it grows evenly
        gdp = _cells(macro, one.iso3, EST_EUROS, "gross_debt_eur_m") / debt
        rate = (gdp.iloc[-1] / gdp.iloc[0]) ** (1 / len(years)) - 1
        return pd.Series(100 * rate, index=years)
    real = _cells(macro, one.iso3, one.growth, "gdp_growth_pct").reindex(years)
    prices = _cells(macro, one.iso3, one.growth, one.prices).reindex(years) if one.prices else deflator_growth_pct
    return 100 * ((1 + real / 100) * (1 + prices / 100) - 1)


def _cells(macro: pd.DataFrame, code: str, vintage: str, measure: str) -> pd.Series:
    """One measure of one vintage by year, whole years only."""
    rows = macro[(macro["iso3"] == code) & (macro["vintage"] == vintage) & (macro["measure"] == measure)]
    return rows[rows["period"] == rows["year"].astype(str)].set_index("year")["value"].sort_index()
