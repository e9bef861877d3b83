"""Debt in one year for many sets of values at once: the model of ``debt_model``, with one number a draw."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baltic_calculus.analysis.debt_model import (
    Array,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    project_debt,
    roll_debt,
)
from baltic_calculus.errors import DataError

EVEN_PARTS_PCT = 50.0
"""Part of taxes in what is not borrowed when everything is: it has no effect until something is paid."""


@dataclass(frozen=True)
class CentralRun:
    """The run that draws depart from: one country on one path of defence, and who pays for it."""

    start: DebtStart
    assumptions: DebtAssumptions
    path: DefencePath
    mix: FinancingMix
    last_year: int

    def values(self) -> dict[str, float]:
        """Every value that a draw may replace, under its name.

        The mix stands as two numbers that can be drawn apart: the part of the rise that is not borrowed, and the part
        of that which taxes pay for.
        """
        paid = self.mix.taxes + self.mix.reallocation
        return {
            **self.assumptions.model_dump(),
            "implicit_rate_pct": self.start.implicit_rate_pct,
            "budget_balance_gdp_pct": self.start.balance_gdp_pct,
            "share_gdp_pct": self.path.share_gdp_pct,
            "transition_years": float(self.path.transition_years),
            "paid_pct": 100 * paid,
            "taxes_of_paid_pct": 100 * self.mix.taxes / paid if paid else EVEN_PARTS_PCT,
        }

    def debt_gdp_pct(self) -> float:
        """Debt in the last year, without a draw."""
        projected = project_debt(self.start, self.assumptions, self.path, self.mix, self.last_year)
        return float(projected["debt_gdp_pct"].iloc[-1])


def evaluate_debt(run: CentralRun, draws: Mapping[str, Array]) -> Array:
    """Debt in the last year of the run for every draw: what ``project_debt`` gives, without a loop over draws.

    Parameters
    ----------
    run : CentralRun
        Holds the values that are not drawn.
    draws : mapping of str to array
        Names of ``CentralRun.values`` to values, shape ``(draws,)``.

    Returns
    -------
    array
        Per cent of GDP, shape ``(draws,)``.

    Raises
    ------
    DataError
        For a name that the run does not have.
    """
    central = run.values()
    unknown = sorted(set(draws) - set(central))
    if unknown:
        raise DataError(
            f"no value to draw: {', '.join(unknown)}",
            where="evaluate_debt",
            remedy="choose from: " + ", ".join(central),
        )
    # one column a year, so that a value of a draw stands for all its years
    held = {name: np.asarray(draws.get(name, value), dtype=float)[..., None] for name, value in central.items()}
    years = run.last_year - run.start.year
    share_now, share_before = run.start.defence_gdp_pct, run.start.defence_before_gdp_pct
    done = np.minimum(np.arange(years) / held["transition_years"], 1.0)
    share = share_now + done * (held["share_gdp_pct"] - share_now)
    paid = held["paid_pct"] / 100
    taxes = paid * held["taxes_of_paid_pct"] / 100
    withdrawn = held["tax_multiplier"] * taxes + held["multiplier"] * (paid - taxes)
    at_home = held["multiplier"] * (1 - held["import_share_pct"] / 100) * (share - share_now)
    level = _fade(at_home - done * withdrawn * (share - share_before), held["persistence_pct"] / 100)
    before = np.concatenate([np.zeros_like(level[..., :1]), level[..., :-1]], axis=-1)
    growth = ((1 + held["real_growth_pct"] / 100) * (1 + level / 100) / (1 + before / 100) - 1) * 100
    primary = (
        _budget_primary_balance(run.start.debt_gdp_pct, held)
        - (share - share_now)
        + done * paid * (share - share_before)
        + held["semi_elasticity"] * level
    )
    rolled = roll_debt(
        run.start.debt_gdp_pct,
        held["implicit_rate_pct"][..., 0],
        real_growth_pct=growth,
        deflator_growth_pct=held["deflator_growth_pct"],
        marginal_rate_pct=held["marginal_rate_pct"],
        rollover_share_pct=held["rollover_share_pct"][..., 0],
        primary_balance_gdp_pct=primary,
        stock_flow_gdp_pct=held["stock_flow_gdp_pct"],
    )
    return rolled.debt_gdp_pct[..., -1]


def _fade(demand: Array, persistence: Array) -> Array:
    """Level of output from demand: each year what persists of the year before, and the change of demand."""
    impulse = np.diff(demand, axis=-1, prepend=np.zeros_like(demand[..., :1]))
    shape = np.broadcast_shapes(impulse.shape, persistence.shape)
    level = np.zeros(shape)
    for year in range(1, shape[-1]):
        level[..., year] = persistence[..., 0] * level[..., year - 1] + impulse[..., year]
    return level


def _budget_primary_balance(debt_gdp_pct: float, held: Mapping[str, Array]) -> Array:
    """Primary balance of the first projected year: the budget's balance plus the interest of that year."""
    old = held["implicit_rate_pct"]
    rate = old + held["rollover_share_pct"] / 100 * (held["marginal_rate_pct"] - old)
    nominal = (1 + held["real_growth_pct"] / 100) * (1 + held["deflator_growth_pct"] / 100)
    return held["budget_balance_gdp_pct"] + debt_gdp_pct / nominal * rate / 100
