"""Public debt when defence takes a given share of GDP: annual debt dynamics, one country at a time.

The ratio of debt to GDP, d, follows from interest i, growth g, inflation of the deflator p, the primary balance pb
and the stock-flow adjustment sfa, all of the year that ends with it:

    d(t) = d(t-1) (1 + i) / ((1 + g) (1 + p)) - pb + sfa

This is the standard debt identity (Escolano 2010, IMF Technical Notes and Manuals 2010/02). The implicit rate moves
to the rate on new debt with the part of the debt that takes it: i(t) = i(t-1) + rollover (r - i(t-1)).

The first projected year is a year with an adopted budget. Its balance is taken as the budget has it; so is its share
of defence, s(1). Let s(0) be the share before the rise. Until then the rise s(1) - s(0) is paid in the way of that
budget. Afterwards the share moves to that of the scenario, s(t), in even steps, and the financing mix says who pays
for s(t) - s(0): the part ``taxes`` by new taxes, the part ``reallocation`` by cuts elsewhere, and the part
``borrowing`` as in that budget.

    pb(t) = pb(1) - (s(t) - s(1)) + w(t) (taxes + reallocation) (s(t) - s(0)) + semi-elasticity L(t)

with w(t) rising from 0 to 1 in the same steps. A mix of borrowing alone is thus unchanged policy. When s(t) is below
s(0) the mix says what the freed money does: the part ``borrowing`` lowers the deficit, the rest is handed back.

Output responds to demand that is met at home, D(t) in points of GDP: L(t) = persistence L(t-1) + D(t) - D(t-1) with

    D(t) = multiplier (1 - imports) (s(t) - s(1))
           - w(t) (tax multiplier taxes + multiplier reallocation) (s(t) - s(0))

Growth of year t becomes (1 + g) (1 + L(t)) / (1 + L(t-1)) - 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from baltic_calculus.errors import ParameterError

Array = NDArray[np.float64]


class Frozen(BaseModel):
    """A set of values that cannot change after it was made, and holds nothing else."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class DebtStart(Frozen):
    """Where a country's debt path begins."""

    iso3: str
    year: int
    """Last year with a debt figure; the projection begins a year later."""
    debt_gdp_pct: float = Field(ge=0)
    implicit_rate_pct: float
    """Interest of ``year`` over the debt a year before."""
    balance_gdp_pct: float
    """Balance of the first projected year, payments basis; a deficit is negative."""
    defence_gdp_pct: float = Field(ge=0)
    """Share of defence in the first projected year, s(1)."""
    defence_before_gdp_pct: float = Field(ge=0)
    """Share of defence before the rise, s(0)."""


class DebtAssumptions(Frozen):
    """What is assumed for every projected year."""

    real_growth_pct: float = Field(gt=-50, lt=50)
    deflator_growth_pct: float = Field(gt=-50, lt=50)
    marginal_rate_pct: float
    rollover_share_pct: float = Field(ge=0, le=100)
    stock_flow_gdp_pct: float = 0
    multiplier: float = Field(default=0, ge=0)
    tax_multiplier: float = Field(default=0, ge=0)
    import_share_pct: float = Field(default=0, ge=0, le=100)
    persistence_pct: float = Field(default=0, ge=0, le=100)
    semi_elasticity: float = Field(default=0, ge=0)


class FinancingMix(Frozen):
    """Who pays for the rise of defence, as parts that add up to one."""

    borrowing: float = Field(ge=0, le=1)
    taxes: float = Field(ge=0, le=1)
    reallocation: float = Field(ge=0, le=1)

    @model_validator(mode="after")
    def _adds_up(self) -> Self:
        total = self.borrowing + self.taxes + self.reallocation
        if abs(total - 1) > 1e-9:
            raise ValueError(f"borrowing, taxes and reallocation add up to {total:g}, not to 1")
        return self


UNCHANGED = FinancingMix(borrowing=1, taxes=0, reallocation=0)
"""Everything as in the budget of the first projected year."""


class DefencePath(Frozen):
    """The share of GDP that defence moves to."""

    name: str
    share_gdp_pct: float = Field(ge=0)
    transition_years: int = Field(ge=1)
    """Steps after the first projected year."""


@dataclass(frozen=True)
class RolledDebt:
    """Debt and what moved it, one column a projected year; leading axes are draws, if any."""

    debt_gdp_pct: Array
    implicit_rate_pct: Array
    interest_gdp_pct: Array
    growth_effect_points: Array
    """Change of the ratio because output at current prices grew: negative when it did."""


def roll_debt(
    debt_gdp_pct: Array | float,
    implicit_rate_pct: Array | float,
    *,
    real_growth_pct: Array,
    deflator_growth_pct: Array,
    marginal_rate_pct: Array,
    rollover_share_pct: Array | float,
    primary_balance_gdp_pct: Array,
    stock_flow_gdp_pct: Array,
) -> RolledDebt:
    """Apply the debt identity year after year.

    Parameters
    ----------
    debt_gdp_pct, implicit_rate_pct : float or array
        Debt at the end of the year before the first, and its implicit interest rate; one number, or one a draw.
    real_growth_pct, deflator_growth_pct, marginal_rate_pct, primary_balance_gdp_pct, stock_flow_gdp_pct : array
        Shape ``(..., years)``; they are broadcast against each other, so that 100,000 draws are one call.
    rollover_share_pct : float or array
        Part of the debt that takes the rate on new debt in a year, because it is refinanced or newly borrowed; one
        number, or one a draw.

    Returns
    -------
    RolledDebt
        Arrays of the broadcast shape. ``debt[t] - debt[t-1]`` is interest plus growth effect less primary balance plus
        stock-flow adjustment, exactly.
    """
    growth, deflator, marginal, primary, stock_flow = np.broadcast_arrays(
        real_growth_pct, deflator_growth_pct, marginal_rate_pct, primary_balance_gdp_pct, stock_flow_gdp_pct
    )
    # the draws of one year side by side in memory, because debt is rolled year by year
    layout = (growth.shape[-1], *growth.shape[:-1])
    debt, rates, interest, growth_effect = (np.moveaxis(np.empty(layout), 0, -1) for _ in range(4))
    before: Array | float = debt_gdp_pct
    rate: Array | float = implicit_rate_pct
    for year in range(growth.shape[-1]):
        at = (..., year)
        rate = rate + rollover_share_pct / 100 * (marginal[at] - rate)
        carried = before / ((1 + growth[at] / 100) * (1 + deflator[at] / 100))
        rates[at] = rate
        interest[at] = carried * rate / 100
        growth_effect[at] = carried - before
        debt[at] = carried + interest[at] - primary[at] + stock_flow[at]
        before = debt[at]
    return RolledDebt(debt, rates, interest, growth_effect)


def transition(years: int, transition_years: int) -> Array:
    """Part of the way from the first projected year that is done: ``0, 1/n, 2/n, ..., 1, 1, ...``.

    Examples
    --------
    >>> transition(4, 2).tolist()
    [0.0, 0.5, 1.0, 1.0]
    """
    return np.minimum(np.arange(years) / transition_years, 1.0)


def compute_output_effect(
    start: DebtStart, assumptions: DebtAssumptions, path: DefencePath, mix: FinancingMix, years: int
) -> Array:
    """Level of output against unchanged policy, L(t) of the module's formula, in per cent; shape ``(years,)``."""
    done = transition(years, path.transition_years)
    share = start.defence_gdp_pct + done * (path.share_gdp_pct - start.defence_gdp_pct)
    at_home = assumptions.multiplier * (1 - assumptions.import_share_pct / 100) * (share - start.defence_gdp_pct)
    withdrawn = assumptions.tax_multiplier * mix.taxes + assumptions.multiplier * mix.reallocation
    demand = at_home - done * withdrawn * (share - start.defence_before_gdp_pct)
    impulse = np.diff(demand, prepend=0.0)
    level = np.zeros(years)
    for year in range(1, years):
        level[year] = assumptions.persistence_pct / 100 * level[year - 1] + impulse[year]
    return level


@dataclass(frozen=True)
class PlannedBudget:
    """What a path of defence and its financing do to the budget and to output, one entry a projected year."""

    defence_gdp_pct: Array
    output_effect_pct: Array
    """L(t) of the module's formula."""
    real_growth_pct: Array
    primary_balance_gdp_pct: Array


def plan_budget(
    start: DebtStart, assumptions: DebtAssumptions, path: DefencePath, mix: FinancingMix, years: int
) -> PlannedBudget:
    """Share of defence, growth and primary balance of every projected year: pb(t) and g of the module's formulas.

    Parameters
    ----------
    start, assumptions, path, mix
        As in :func:`project_debt`.
    years : int
        Projected years.
    """
    done = transition(years, path.transition_years)
    share = start.defence_gdp_pct + done * (path.share_gdp_pct - start.defence_gdp_pct)
    level = compute_output_effect(start, assumptions, path, mix, years)
    before = np.concatenate(([0.0], level[:-1]))
    growth = ((1 + assumptions.real_growth_pct / 100) * (1 + level / 100) / (1 + before / 100) - 1) * 100
    primary = (
        primary_balance_of_budget(start, assumptions)
        - (share - start.defence_gdp_pct)
        + done * (mix.taxes + mix.reallocation) * (share - start.defence_before_gdp_pct)
        + assumptions.semi_elasticity * level
    )
    return PlannedBudget(share, level, growth, primary)


def project_debt(
    start: DebtStart, assumptions: DebtAssumptions, path: DefencePath, mix: FinancingMix, last_year: int
) -> pd.DataFrame:
    """Debt of one country along one path of defence.

    Parameters
    ----------
    start : DebtStart
        Where the path begins.
    assumptions : DebtAssumptions
        Growth, prices, rates, multipliers.
    path : DefencePath
        Share of GDP that defence moves to.
    mix : FinancingMix
        Who pays for the rise.
    last_year : int
        Last projected year, after ``start.year``.

    Returns
    -------
    DataFrame
        One row a year, the start's included: ``iso3, scenario, year, defence_gdp_pct, debt_gdp_pct, interest_gdp_pct,
        primary_balance_gdp_pct, stock_flow_gdp_pct, growth_effect_points, implicit_rate_pct, output_effect_pct``.
        The first row has the debt and the implicit rate alone.

    Raises
    ------
    ParameterError
        When ``last_year`` is not after the start.
    """
    years = last_year - start.year
    if years < 1:
        raise ParameterError(
            f"no year to project up to {last_year}",
            where="parameter horizon",
            remedy=f"choose a year after {start.year}, the last year with a debt figure",
        )
    plan = plan_budget(start, assumptions, path, mix, years)
    constant = np.ones(years)
    rolled = roll_debt(
        start.debt_gdp_pct,
        start.implicit_rate_pct,
        real_growth_pct=plan.real_growth_pct,
        deflator_growth_pct=constant * assumptions.deflator_growth_pct,
        marginal_rate_pct=constant * assumptions.marginal_rate_pct,
        rollover_share_pct=assumptions.rollover_share_pct,
        primary_balance_gdp_pct=plan.primary_balance_gdp_pct,
        stock_flow_gdp_pct=constant * assumptions.stock_flow_gdp_pct,
    )
    projected = pd.DataFrame(
        {
            "iso3": start.iso3,
            "scenario": path.name,
            "year": np.arange(start.year + 1, last_year + 1),
            "defence_gdp_pct": plan.defence_gdp_pct,
            "debt_gdp_pct": rolled.debt_gdp_pct,
            "interest_gdp_pct": rolled.interest_gdp_pct,
            "primary_balance_gdp_pct": plan.primary_balance_gdp_pct,
            "stock_flow_gdp_pct": assumptions.stock_flow_gdp_pct,
            "growth_effect_points": rolled.growth_effect_points,
            "implicit_rate_pct": rolled.implicit_rate_pct,
            "output_effect_pct": plan.output_effect_pct,
        }
    )
    first = {"iso3": start.iso3, "scenario": path.name, "year": start.year, "debt_gdp_pct": start.debt_gdp_pct}
    known = pd.DataFrame([first | {"implicit_rate_pct": start.implicit_rate_pct}])
    return pd.concat([known, projected], ignore_index=True)[projected.columns]


def primary_balance_of_budget(start: DebtStart, assumptions: DebtAssumptions) -> float:
    """Primary balance of the first projected year, pb(1): the budget's balance plus the interest of that year."""
    rate = start.implicit_rate_pct + assumptions.rollover_share_pct / 100 * (
        assumptions.marginal_rate_pct - start.implicit_rate_pct
    )
    nominal = (1 + assumptions.real_growth_pct / 100) * (1 + assumptions.deflator_growth_pct / 100)
    return start.balance_gdp_pct + start.debt_gdp_pct / nominal * rate / 100


def project_scenarios(
    starts: Sequence[DebtStart],
    assumptions: Sequence[DebtAssumptions],
    paths: Sequence[Sequence[DefencePath]],
    mix: FinancingMix,
    last_year: int,
) -> pd.DataFrame:
    """Every country along each of its paths: the rows of ``project_debt``, one below the other.

    Parameters
    ----------
    starts, assumptions, paths : sequence
        One entry a country, in the same order.
    """
    return pd.concat(
        [
            project_debt(start, own, path, mix, last_year)
            for start, own, ways in zip(starts, assumptions, paths, strict=True)
            for path in ways
        ],
        ignore_index=True,
    )
