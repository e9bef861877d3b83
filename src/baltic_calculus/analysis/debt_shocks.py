"""Shocks to growth, prices, balance and interest, drawn from a country's own history.

A year's shock is what set it apart from the average year of the history: of real growth and of the deflator in
logarithms, so that a boom and a slump of the same size cancel; of the balance in points of GDP. They are centred on the
average, so that they surround an assumed path and do not move it.

Whole blocks of years are drawn, in a circle, so that every year is as likely as any other and the mean of the draws is
that of the history: zero. Blocks keep what a covariance matrix loses: that deficits outlast a slump, and that one deep
slump and many fair years are not the same as many middling ones. A normal distribution with the covariance of the
history (Berti 2013, European Commission) is there to compare; blocks are closer to the fan of the IMF's framework of
2022. With about twenty years a larger model could not be estimated.

The history has no primary balance and no interest. The balance stands in for the primary balance: its shocks hold the
little that interest moved, debt being low. Shocks to the rate on new debt are made, not drawn: their size and their
correlation with the growth of the same year are assumed, and part of each is left a year later.

    m(t) = persistence m(t-1) + volatility (correlation z(t) + sqrt(1 - correlation^2) n(t))

with z the growth shock in units of its standard deviation and n standard normal.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from baltic_calculus.analysis.debt import DEBT
from baltic_calculus.analysis.debt_model import Array, Frozen
from baltic_calculus.catalog import PolicySet
from baltic_calculus.errors import DataError

HISTORY = "IMF WEO April 2019"
"""The one edition of the history."""

GROWTH, DEFLATOR, BALANCE = "gdp_growth_pct", "gdp_deflator_growth_pct", "net_lending_gdp_pct"
GROWTH_SHOCK, DEFLATOR_SHOCK = "real_growth_log_points", "deflator_log_points"
BALANCE_SHOCK, STOCK_FLOW_SHOCK = "balance_gdp_points", "stock_flow_gdp_points"
SHOCKS = [GROWTH_SHOCK, DEFLATOR_SHOCK, BALANCE_SHOCK, STOCK_FLOW_SHOCK]


class ShockAssumptions(Frozen):
    """Which history shocks come from, how they are drawn, and what is assumed where there is no history."""

    history_first_year: int
    history_last_year: int
    block_years: int = Field(ge=1)
    crisis_first_year: int
    crisis_last_year: int
    crisis_size_pct: float = Field(ge=0)
    shock_size_pct: float = Field(ge=0)
    """Size of all shocks, those to the interest rate included, against what they would be."""
    rate_volatility_points: float = Field(ge=0)
    rate_growth_correlation: float = Field(ge=-1, le=1)
    rate_persistence_pct: float = Field(ge=0, le=100)
    stock_flow_size_pct: float = Field(ge=0)


@dataclass(frozen=True)
class DrawnShocks:
    """Shocks of all draws; each array has the shape ``(draws, years)``."""

    real_growth_log_points: Array
    deflator_log_points: Array
    balance_gdp_points: Array
    stock_flow_gdp_points: Array
    marginal_rate_points: Array


def gather_shock_assumptions(assumed: PolicySet) -> ShockAssumptions:
    """The central values of policy set ``debt_shocks``."""
    return ShockAssumptions.model_validate({name: assumed.values[name].value for name in ShockAssumptions.model_fields})


def measure_shocks(macro: pd.DataFrame, iso3: str, assumed: ShockAssumptions) -> pd.DataFrame:
    """Shocks of each year of one country's history.

    Parameters
    ----------
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    iso3 : str
        Country.
    assumed : ShockAssumptions
        Years of the history, and the size that the shocks of the crisis years and all shocks keep.

    Returns
    -------
    DataFrame
        ``iso3, year`` and the columns ``SHOCKS``, each with mean zero. The stock-flow adjustment of a year is the
        change of debt that neither the balance nor the growth of output at current prices explains.

    Raises
    ------
    DataError
        When a year of the history lacks a figure.
    """
    years = range(assumed.history_first_year, assumed.history_last_year + 1)
    rows = macro[(macro["vintage"] == HISTORY) & (macro["iso3"] == iso3)]
    wide = rows.pivot(index="year", columns="measure", values="value").reindex(
        columns=[GROWTH, DEFLATOR, BALANCE, DEBT]
    )
    known = wide.reindex(years)
    before = wide[DEBT].reindex([year - 1 for year in years]).to_numpy()
    if known.isna().to_numpy().any() or np.isnan(before).any():
        raise DataError(
            f"no full history of shocks for {iso3}",
            where=f"{', '.join(wide.columns)} of {years[0]} to {years[-1]} ({HISTORY}), debt a year earlier",
            remedy="choose other years or a country that has them",
        )
    growth, deflator = 1 + known[[GROWTH, DEFLATOR]].to_numpy().T / 100
    shocks = pd.DataFrame(
        {
            GROWTH_SHOCK: np.log(growth) * 100,
            DEFLATOR_SHOCK: np.log(deflator) * 100,
            BALANCE_SHOCK: known[BALANCE].to_numpy(),
            STOCK_FLOW_SHOCK: known[DEBT].to_numpy() - before / (growth * deflator) + known[BALANCE].to_numpy(),
        },
        index=known.index,
    )
    shocks -= shocks.mean()
    crisis = (shocks.index >= assumed.crisis_first_year) & (shocks.index <= assumed.crisis_last_year)
    shocks.loc[crisis] *= assumed.crisis_size_pct / 100
    shocks = (shocks - shocks.mean()) * (assumed.shock_size_pct / 100)
    return shocks.reset_index().assign(iso3=iso3)[["iso3", "year", *SHOCKS]]


def draw_blocks(
    history: pd.DataFrame, assumed: ShockAssumptions, years: int, draws: int, generator: np.random.Generator
) -> DrawnShocks:
    """Draw shocks as blocks of consecutive years of history; behind its last year comes its first.

    Parameters
    ----------
    history : DataFrame
        From :func:`measure_shocks`.
    assumed : ShockAssumptions
        Length of the blocks, and what is assumed of interest.
    years, draws : int
        Projected years and paths. The first block is cut where they begin, the last where they end.
    generator : numpy.random.Generator
        Source of the draws. Equal generators draw the same calendar years for every country with the same history, so
        that a common slump is common.
    """
    length = assumed.block_years
    # blocks begin anywhere against the first projected year: else debt would spread in steps
    begun = generator.integers(length, size=draws, dtype=np.int32)
    first = generator.integers(len(history), size=((years + length - 2) // length + 1, draws), dtype=np.int32)
    place = np.arange(years, dtype=np.int32)[:, np.newaxis] + begun
    drawn = (np.take_along_axis(first, place // length, axis=0) + place % length) % len(history)
    return _complete([history[name].to_numpy()[drawn] for name in SHOCKS], history, assumed, generator)


def draw_normal(
    history: pd.DataFrame, assumed: ShockAssumptions, years: int, draws: int, generator: np.random.Generator
) -> DrawnShocks:
    """Draw shocks of a joint normal distribution with the history's covariance, every year by itself (Berti 2013).

    Parameters
    ----------
    history, assumed, years, draws, generator
        As in :func:`draw_blocks`; blocks are not used.
    """
    covariance = np.cov(history[SHOCKS].to_numpy().T, ddof=0)
    sizes, directions = np.linalg.eigh(covariance)
    # the symmetric root is the same whichever way the directions point, which libraries do not agree on
    root = (directions * np.sqrt(np.maximum(sizes, 0.0))) @ directions.T
    drawn = np.tensordot(root, generator.standard_normal((len(SHOCKS), years, draws)), axes=1)
    return _complete(list(drawn), history, assumed, generator)


def _complete(
    drawn: list[NDArray[np.float64]], history: pd.DataFrame, assumed: ShockAssumptions, generator: np.random.Generator
) -> DrawnShocks:
    """Add the shocks to the interest rate; ``drawn`` has one array ``(years, draws)`` for each of ``SHOCKS``."""
    growth, deflator, balance, stock_flow = drawn
    deviation = float(history[GROWTH_SHOCK].std(ddof=0))
    volatility = assumed.rate_volatility_points * assumed.shock_size_pct / 100
    joint = assumed.rate_growth_correlation
    # z(t) is growth over its deviation; a history without shocks has none to follow
    follows = volatility * joint / deviation if deviation > 0 else 0.0
    rate = generator.standard_normal(growth.shape)
    rate *= volatility * np.sqrt(1 - joint**2)
    rate += follows * growth
    for year in range(1, len(rate)):
        rate[year] += assumed.rate_persistence_pct / 100 * rate[year - 1]
    stock_flow *= assumed.stock_flow_size_pct / 100
    # a year's draws lie side by side in memory, because debt is rolled year by year
    return DrawnShocks(growth.T, deflator.T, balance.T, stock_flow.T, rate.T)
