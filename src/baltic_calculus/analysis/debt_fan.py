"""Stochastic debt paths: the shocks of ``debt_shocks`` around the paths of ``debt_model``, and the odds they give.

Shocks surround the assumed path of each scenario in every projected year, the first included: an adopted budget may be
missed, and output may not be what it assumed. Scenarios of one country meet the same shocks, so that their difference
is the scenario's alone; countries meet the shocks of the same calendar years. Probabilities are of the debt at the end
of the year named, not of any year up to it, and are shares of the paths drawn: their standard error is that of a
binomial share, sqrt(p (1 - p) / draws).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from pydantic import Field

from baltic_calculus.analysis.debt_model import (
    Array,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    Frozen,
    plan_budget,
    roll_debt,
)
from baltic_calculus.analysis.debt_shocks import DrawnShocks, ShockAssumptions, draw_blocks
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.catalog import PolicySet, PolicyValue

PERCENTILES = (5, 20, 50, 80, 95)
MIDDLE = "debt_p50_gdp_pct"
BANDS = {
    f"{high - low} of 100 paths": (f"debt_p{low:02d}_gdp_pct", f"debt_p{high:02d}_gdp_pct")
    for low, high in zip(PERCENTILES[:2], PERCENTILES[:-3:-1], strict=True)
}
"""The bands of a fan, the widest first: how many paths end within, and the columns of the ends."""
WITHIN = 1.96
"""Standard errors on either side of a share that hold it 95 times in 100."""

Draw = Callable[[pd.DataFrame, ShockAssumptions, int, int, np.random.Generator], DrawnShocks]
"""How shocks are drawn: ``draw_blocks`` or ``draw_normal``."""


class FanSettings(Frozen):
    """What is simulated, and what is told of it."""

    last_year: int
    draws: int = Field(ge=1)
    seed: int = Field(ge=0)
    limit_gdp_pct: float
    """Debt above it is told of, besides debt above its present level."""
    odds_years: tuple[int, ...]


def gather_fan_settings(assumed: PolicySet, limit: PolicyValue, parameters: Parameters) -> FanSettings:
    """Draws and seed as the parameters have them; odds for the year of policy set ``debt_shocks`` and for the last.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``debt_shocks``.
    limit : PolicyValue
        Debt to be compared with, in % of GDP.
    parameters : Parameters
        ``horizon, draws, seed``.
    """
    first = int(min(assumed.odds_first_year.value, parameters.horizon))
    return FanSettings(
        last_year=parameters.horizon,
        draws=parameters.draws,
        seed=parameters.seed,
        limit_gdp_pct=float(limit.value),
        odds_years=tuple(sorted({first, parameters.horizon})),
    )


@dataclass(frozen=True)
class DebtPaths:
    """Simulated debt of one country in one scenario."""

    start: DebtStart
    scenario: str
    debt_gdp_pct: Array
    """Shape ``(draws, years)``; the first year is that after the start's."""
    unshocked_gdp_pct: Array
    """The path without shocks, shape ``(years,)``."""

    def in_year(self, year: int) -> Array:
        """Debt at the end of a year, one value a draw."""
        return self.debt_gdp_pct[:, year - self.start.year - 1]


@dataclass(frozen=True)
class Treasury:
    """One country: where it starts, what is assumed of it, its scenarios, and the history of its shocks."""

    start: DebtStart
    assumptions: DebtAssumptions
    paths: Sequence[DefencePath]
    history: pd.DataFrame

    def leading(self) -> "Treasury":
        """The same with the first of its scenarios alone."""
        return replace(self, paths=self.paths[:1])


def simulate_debt(
    start: DebtStart, assumptions: DebtAssumptions, path: DefencePath, mix: FinancingMix, shocks: DrawnShocks
) -> Array:
    """Roll debt forward under every draw.

    Parameters
    ----------
    start, assumptions, path, mix
        As in ``debt_model.project_debt``.
    shocks : DrawnShocks
        Arrays of shape ``(draws, years)``.

    Returns
    -------
    ndarray
        Debt in % of GDP, shape ``(draws, years)``.
    """
    plan = plan_budget(start, assumptions, path, mix, shocks.balance_gdp_points.shape[-1])
    return roll_debt(
        start.debt_gdp_pct,
        start.implicit_rate_pct,
        real_growth_pct=_shocked(plan.real_growth_pct, shocks.real_growth_log_points),
        deflator_growth_pct=_shocked(assumptions.deflator_growth_pct, shocks.deflator_log_points),
        marginal_rate_pct=assumptions.marginal_rate_pct + shocks.marginal_rate_points,
        rollover_share_pct=assumptions.rollover_share_pct,
        primary_balance_gdp_pct=plan.primary_balance_gdp_pct + shocks.balance_gdp_points,
        stock_flow_gdp_pct=assumptions.stock_flow_gdp_pct + shocks.stock_flow_gdp_points,
    ).debt_gdp_pct


def _shocked(growth_pct: Array | float, log_points: Array) -> Array:
    """Growth in per cent with a shock to its logarithm."""
    shocked: Array = (1 + np.asarray(growth_pct) / 100) * np.exp(log_points / 100) * 100 - 100
    return shocked


def simulate_scenarios(
    treasuries: Sequence[Treasury],
    mix: FinancingMix,
    assumed: ShockAssumptions,
    settings: FanSettings,
    draw: Draw = draw_blocks,
) -> Iterator[DebtPaths]:
    """Simulate each scenario of each country, one after the other.

    Every country begins with a generator made from the seed, so that its paths do not depend on which others there are.
    """
    for one in treasuries:
        generator = np.random.default_rng(settings.seed)
        shocks = draw(one.history, assumed, settings.last_year - one.start.year, settings.draws, generator)
        still = DrawnShocks(*[np.zeros((1, shocks.balance_gdp_points.shape[-1]))] * 5)
        for path in one.paths:
            debt = simulate_debt(one.start, one.assumptions, path, mix, shocks)
            unshocked = simulate_debt(one.start, one.assumptions, path, mix, still)[0]
            yield DebtPaths(one.start, path.name, debt, unshocked)


def summarise_fans(simulated: Iterable[DebtPaths]) -> pd.DataFrame:
    """Percentiles of debt in every year, one scenario below the other.

    Returns
    -------
    DataFrame
        ``iso3, scenario, year, debt_p05_gdp_pct, ..., debt_p95_gdp_pct, unshocked_gdp_pct``; the first row of a
        scenario is the known debt of the start's year, the same in all columns.
    """
    names = [*(f"debt_p{one:02d}_gdp_pct" for one in PERCENTILES), "unshocked_gdp_pct"]
    fans = []
    for paths in simulated:
        spread = np.vstack([np.percentile(paths.debt_gdp_pct, PERCENTILES, axis=0), paths.unshocked_gdp_pct])
        known = np.full((len(names), 1), paths.start.debt_gdp_pct)
        columns = dict(zip(names, np.hstack([known, spread]), strict=True))
        years = paths.start.year + np.arange(spread.shape[1] + 1)
        fans.append(pd.DataFrame({"iso3": paths.start.iso3, "scenario": paths.scenario, "year": years, **columns}))
    return pd.concat(fans, ignore_index=True)


def compute_odds(simulated: Iterable[DebtPaths], settings: FanSettings) -> pd.DataFrame:
    """How many of 100 paths end a year above the limit, and above the present level of debt.

    Returns
    -------
    DataFrame
        One row for each scenario and each of ``settings.odds_years``: ``iso3, scenario, year, above_limit_pct,
        above_present_pct, error_points``, the last being half the 95% interval of the less certain of the two.
    """
    rows = []
    for paths in simulated:
        for year in settings.odds_years:
            debt = paths.in_year(year)
            odds = [share_above(debt, level) for level in (settings.limit_gdp_pct, paths.start.debt_gdp_pct)]
            error = max(half_interval(one, debt.size) for one in odds)
            rows.append((paths.start.iso3, paths.scenario, year, *odds, error))
    columns = ["iso3", "scenario", "year", "above_limit_pct", "above_present_pct", "error_points"]
    return pd.DataFrame(rows, columns=columns)


def tabulate_odds(odds: pd.DataFrame) -> pd.DataFrame:
    """The years side by side.

    Parameters
    ----------
    odds : DataFrame
        From :func:`compute_odds`, of all countries and scenarios.

    Returns
    -------
    DataFrame
        ``iso3, scenario, limit_first_pct, present_first_pct, limit_last_pct, present_last_pct, error_points`` (the
        largest of the row); the columns of the first year are left out where only one is told.
    """
    keys, last = ["iso3", "scenario"], odds["year"].max()
    names = {"above_limit_pct": "limit", "above_present_pct": "present"}
    columns = []
    for year, rows in odds.groupby("year"):
        place = "last" if year == last else "first"
        wanted = {name: f"{short}_{place}_pct" for name, short in names.items()}
        columns.append(rows.set_index(keys)[list(wanted)].rename(columns=wanted))
    errors = odds.groupby(keys, sort=False)["error_points"].max()
    return pd.concat([*columns, errors], axis=1).reset_index()


def share_above(debt_gdp_pct: Array, level_gdp_pct: float) -> float:
    """Part of the draws above a level, per cent.

    Examples
    --------
    >>> share_above(np.array([59.0, 60.0, 61.0, 62.0]), 60.0)
    50.0
    """
    return float(np.mean(debt_gdp_pct > level_gdp_pct) * 100)


def half_interval(share_pct: float, draws: int) -> float:
    """Half the 95% interval of a share of independent draws, in points.

    Examples
    --------
    >>> round(half_interval(50.0, 10_000), 2)
    0.98
    """
    return float(WITHIN * np.sqrt(share_pct * (100 - share_pct) / draws))
