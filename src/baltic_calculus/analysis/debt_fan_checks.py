"""How far the odds of debt hang on what was chosen, and on chance: other shocks, fewer draws, another seed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from baltic_calculus.analysis.debt_fan import (
    DebtPaths,
    Draw,
    FanSettings,
    Treasury,
    half_interval,
    share_above,
    simulate_scenarios,
)
from baltic_calculus.analysis.debt_model import FinancingMix
from baltic_calculus.analysis.debt_shocks import (
    ShockAssumptions,
    draw_blocks,
    draw_normal,
    gather_shock_assumptions,
    measure_shocks,
)
from baltic_calculus.catalog import PolicySet

AS_SHOWN = "as in the figure"
FEWEST_DRAWS = 100


@dataclass(frozen=True)
class Choice:
    """One way to draw shocks, in words."""

    name: str
    assumed: ShockAssumptions
    draw: Draw = draw_blocks


def list_choices(assumed: PolicySet) -> tuple[Choice, ...]:
    """What was chosen, and what else could have been: one end of the range of each assumption, and normal shocks.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``debt_shocks``.
    """
    central = gather_shock_assumptions(assumed)

    def end(name: str, side: str) -> float:
        return float(getattr(assumed.values[name], side))

    def change(ends: Mapping[str, str]) -> ShockAssumptions:
        return ShockAssumptions.model_validate(
            central.model_dump() | {name: end(name, side) for name, side in ends.items()}
        )

    crisis = f"{central.crisis_first_year}–{central.crisis_last_year}"
    short, long = (f"{end('block_years', side):g}" for side in ("low", "high"))
    return (
        Choice(AS_SHOWN, central),
        Choice(f"blocks of {short} year" + ("s" if short != "1" else ""), change({"block_years": "low"})),
        Choice(f"blocks of {long} years", change({"block_years": "high"})),
        Choice("normal shocks with the history's covariance", central, draw_normal),
        Choice(f"history from {end('history_first_year', 'high'):g}", change({"history_first_year": "high"})),
        Choice(f"crisis of {crisis} at {end('crisis_size_pct', 'low'):g}%", change({"crisis_size_pct": "low"})),
        Choice(f"all shocks at {end('shock_size_pct', 'low'):g}%", change({"shock_size_pct": "low"})),
        Choice(
            "interest: small, short, unrelated shocks",
            change({"rate_volatility_points": "low", "rate_persistence_pct": "low", "rate_growth_correlation": "high"}),
        ),
        Choice(
            "interest: large shocks that last and come with slumps",
            change(
                {"rate_volatility_points": "high", "rate_persistence_pct": "high", "rate_growth_correlation": "low"}
            ),
        ),
        Choice("with the history's stock-flow shocks", change({"stock_flow_size_pct": "high"})),
    )


def compare_choices(
    treasuries: Sequence[Treasury],
    mix: FinancingMix,
    choices: Sequence[Choice],
    macro: pd.DataFrame,
    settings: FanSettings,
) -> pd.DataFrame:
    """Odds of passing the limit in the last year, each country's first scenario, for each way to draw shocks.

    Parameters
    ----------
    treasuries : sequence of Treasury
        The first of their paths is taken; their histories are measured anew for each choice.
    mix : FinancingMix
        Who pays.
    choices : sequence of Choice
        From :func:`list_choices`.
    macro : DataFrame
        Dataset ``macro_fiscal``.
    settings : FanSettings
        All choices have the same seed and draws.

    Returns
    -------
    DataFrame
        ``choice, iso3, above_limit_pct, debt_p05_gdp_pct, debt_p95_gdp_pct``.
    """
    rows = []
    for choice in choices:
        own = [
            replace(one.leading(), history=measure_shocks(macro, one.start.iso3, choice.assumed)) for one in treasuries
        ]
        for paths in simulate_scenarios(own, mix, choice.assumed, settings, choice.draw):
            debt = pd.Series(paths.in_year(settings.last_year))
            ends = debt.quantile([0.05, 0.95])
            rows.append((choice.name, paths.start.iso3, share_above(debt.to_numpy(), settings.limit_gdp_pct), *ends))
    return pd.DataFrame(rows, columns=["choice", "iso3", "above_limit_pct", "debt_p05_gdp_pct", "debt_p95_gdp_pct"])


def compute_convergence(paths: Sequence[DebtPaths], settings: FanSettings) -> pd.DataFrame:
    """The odds of passing the limit in the last year after the first 100, 1,000, ... and after all draws.

    Returns
    -------
    DataFrame
        ``iso3, scenario, draws, above_limit_pct, low_pct, high_pct``, the last two being the 95% interval.
    """
    rows = []
    for one in paths:
        for count in count_draws(settings.draws):
            share = share_above(one.in_year(settings.last_year)[:count], settings.limit_gdp_pct)
            half = half_interval(share, count)
            ends = max(share - half, 0.0), min(share + half, 100.0)
            rows.append((one.start.iso3, one.scenario, count, share, *ends))
    return pd.DataFrame(rows, columns=["iso3", "scenario", "draws", "above_limit_pct", "low_pct", "high_pct"])


def count_draws(draws: int) -> list[int]:
    """Powers of ten from a hundred, and all draws.

    Examples
    --------
    >>> count_draws(20_000)
    [100, 1000, 10000, 20000]
    """
    counts = []
    count = FEWEST_DRAWS
    while count < draws:
        counts.append(count)
        count *= 10
    return [*counts, draws]
