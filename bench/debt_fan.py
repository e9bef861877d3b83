"""Debt under shocks, simulated three ways: over whole arrays, path by path in plain Python, path by path with pandas.

``python -m bench.debt_fan WAY PATHS`` simulates so many paths of each country and prints a JSON object: ``cpu_seconds``
of the simulation alone, without imports and reading data, and the ``paths`` of one country. All ways draw blocks of the
same history, shock the same plan, and count the paths that end above the reference value.
"""

import math
import random
from collections.abc import Callable, Mapping, Sequence, Sized
from dataclasses import dataclass

import pandas as pd

from baltic_calculus import catalog
from baltic_calculus.analysis.debt_fan import (
    FanSettings,
    Treasury,
    compute_odds,
    gather_fan_settings,
    simulate_scenarios,
)
from baltic_calculus.analysis.debt_inputs import covered, gather_assumptions, gather_start, scenario_paths
from baltic_calculus.analysis.debt_model import UNCHANGED, plan_budget
from baltic_calculus.analysis.debt_shocks import SHOCKS, ShockAssumptions, gather_shock_assumptions, measure_shocks
from baltic_calculus.analysis.parameters import Parameters
from bench.simulation import print_cost


@dataclass(frozen=True)
class Task:
    """What is simulated: countries with one scenario each, shocks, years."""

    treasuries: Sequence[Treasury]
    assumed: ShockAssumptions
    settings: FanSettings

    @property
    def years(self) -> int:
        """Projected years."""
        return self.settings.last_year - self.treasuries[0].start.year


def gather_task(paths: int) -> Task:
    """The report's countries, held at plan, with its default parameters."""
    macro, nato = catalog.load("macro_fiscal"), catalog.load("nato_defence_expenditure")
    assumed, shocks = catalog.policy("fiscal_assumptions"), catalog.policy("debt_shocks")
    targets, limit = catalog.policy("nato_targets"), catalog.policy("eu_fiscal_rules").debt_reference_gdp_pct
    parameters, drawn = Parameters(), gather_shock_assumptions(shocks)
    treasuries = []
    for code in covered(assumed, macro, nato, parameters.countries):
        start = gather_start(assumed, macro, nato, code)
        ways = scenario_paths(start, targets, assumed, parameters)[:1]
        own = gather_assumptions(assumed, code, parameters)
        treasuries.append(Treasury(start, own, ways, measure_shocks(macro, code, drawn)))
    settings = gather_fan_settings(shocks, limit, parameters).model_copy(update={"draws": paths})
    return Task(treasuries, drawn, settings)


def over_arrays(task: Task) -> list[float]:
    """All paths of a country at once, as the report does. The odds of each country, of 100 paths, in the last year."""
    odds = compute_odds(simulate_scenarios(task.treasuries, UNCHANGED, task.assumed, task.settings), task.settings)
    return [float(share) for share in odds.loc[odds["year"] == task.settings.last_year, "above_limit_pct"]]


def in_plain_python(task: Task) -> list[float]:
    """One path after the other, with numbers and lists alone."""
    odds = []
    for one in task.treasuries:
        chance = random.Random(task.settings.seed)  # noqa: S311 - a simulation, no secret
        roll = _roller(one, task, chance)
        history = list(zip(*(one.history[name].tolist() for name in SHOCKS), strict=True))
        ends = [roll([history[at] for at in _draw_years(history, task, chance)]) for _ in range(task.settings.draws)]
        odds.append(sum(debt > task.settings.limit_gdp_pct for debt in ends) / len(ends) * 100)
    return odds


def with_pandas(task: Task) -> list[float]:
    """One path after the other, its years taken out of the history as a frame."""
    odds = []
    for one in task.treasuries:
        chance = random.Random(task.settings.seed)  # noqa: S311 - a simulation, no secret
        roll = _roller(one, task, chance)
        history = one.history[SHOCKS]
        drawn = (history.iloc[_draw_years(history, task, chance)] for _ in range(task.settings.draws))
        ends = pd.Series([roll(list(years.itertuples(index=False, name=None))) for years in drawn])
        odds.append(float((ends > task.settings.limit_gdp_pct).mean() * 100))
    return odds


def _draw_years(history: Sized, task: Task, chance: random.Random) -> list[int]:
    """Places in the history of one path: blocks in a circle, the first begun anywhere."""
    count, length = len(history), task.assumed.block_years
    begun = chance.randrange(length)
    first = [chance.randrange(count) for _ in range((begun + task.years - 1) // length + 1)]
    return [(first[place // length] + place % length) % count for place in range(begun, begun + task.years)]


def _roller(one: Treasury, task: Task, chance: random.Random) -> Callable[[Sequence[tuple[float, ...]]], float]:
    """A function that gives the debt in the last year for the shocks of each; formulas as in the report's modules."""
    planned = plan_budget(one.start, one.assumptions, one.paths[0], UNCHANGED, task.years)
    plan = list(zip(planned.real_growth_pct.tolist(), planned.primary_balance_gdp_pct.tolist(), strict=True))
    deviation = float(one.history[SHOCKS[0]].std(ddof=0))
    own, assumed = one.assumptions, task.assumed
    tie, free = assumed.rate_growth_correlation, math.sqrt(1 - assumed.rate_growth_correlation**2)

    def roll(drawn: Sequence[tuple[float, ...]]) -> float:
        debt, rate, shock = one.start.debt_gdp_pct, one.start.implicit_rate_pct, 0.0
        for (planned_growth, primary), (growth, deflator, balance, stock_flow) in zip(plan, drawn, strict=True):
            moved = tie * growth / deviation + free * chance.gauss(0, 1)
            shock = assumed.rate_persistence_pct / 100 * shock + assumed.rate_volatility_points * moved
            rate += own.rollover_share_pct / 100 * (own.marginal_rate_pct + shock - rate)
            real = (1 + planned_growth / 100) * math.exp(growth / 100)
            prices = (1 + own.deflator_growth_pct / 100) * math.exp(deflator / 100)
            debt = debt * (1 + rate / 100) / (real * prices) - primary - balance
            debt += own.stock_flow_gdp_pct + stock_flow * assumed.stock_flow_size_pct / 100
        return debt

    return roll


WAYS: Mapping[str, Callable[[Task], list[float]]] = {
    "arrays": over_arrays,
    "python": in_plain_python,
    "pandas": with_pandas,
}


if __name__ == "__main__":
    print_cost(WAYS, gather_task)
