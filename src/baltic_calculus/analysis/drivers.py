"""What may drive debt: every assumption of the model that has a range, and the choices that a government has."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baltic_calculus.analysis.debt_inputs import assumption
from baltic_calculus.analysis.debt_model import Array, DebtStart
from baltic_calculus.catalog import PolicySet

CHOICE, CIRCUMSTANCE = "choice", "circumstance"
PER_YEAR = "% a year"
ON_CHANGE = (
    "multiplier",
    "tax_multiplier",
    "import_share_pct",
    "persistence_pct",
    "semi_elasticity",
    "transition_years",
    "taxes_of_paid_pct",
)
"""Drivers that act on a change of the share of defence or of its financing, and on nothing else."""


@dataclass(frozen=True)
class Driver:
    """One value that is not certain, and between what it may lie.

    Parameters
    ----------
    name : str
        Name of the value in ``CentralRun.values``.
    words : str
        What it is, in a few words for a sentence.
    sign : str
        The same, as short as it can be, for a chart that prints the range beside it.
    unit : str
        Unit of its ends.
    kind : str
        ``CHOICE`` of a government, or ``CIRCUMSTANCE``.
    low, high : float
        Ends of its range.
    whole : bool
        Whether it takes whole numbers alone.
    """

    name: str
    words: str
    sign: str
    unit: str
    kind: str
    low: float
    high: float
    whole: bool = False

    def draw(self, uniform: Array) -> Array:
        """Values for numbers between 0 and 1: evenly spread between the ends, or over the whole numbers of the range.

        Examples
        --------
        >>> Driver("x", "x", "x", "years", CHOICE, 1, 3, whole=True).draw(np.array([0.0, 0.5, 0.99])).tolist()
        [1.0, 2.0, 3.0]
        """
        if self.whole:
            return np.minimum(np.floor(self.low + uniform * (self.high - self.low + 1)), self.high)
        return self.low + uniform * (self.high - self.low)


_WORDS = {
    "real_growth_pct": ("growth of output", "growth", PER_YEAR),
    "deflator_growth_pct": ("growth of the deflator", "deflator", PER_YEAR),
    "marginal_rate_pct": ("the rate on new debt", "rate on new debt", "%"),
    "implicit_rate_pct": ("the rate on old debt", "rate on old debt", "%"),
    "rollover_share_pct": ("the part refinanced", "refinanced", PER_YEAR),
    "budget_balance_gdp_pct": ("the balance of the first budget", "first budget", "% of GDP"),
    "stock_flow_gdp_pct": ("the stock-flow adjustment", "stock-flow", "% of GDP"),
    "multiplier": ("the multiplier of expenditure", "multiplier", ""),
    "tax_multiplier": ("the multiplier of taxes", "tax multiplier", ""),
    "import_share_pct": ("the part bought abroad", "bought abroad", "%"),
    "persistence_pct": ("the part of an output effect that persists", "persists", PER_YEAR),
    "semi_elasticity": ("the semi-elasticity of the budget", "semi-elasticity", ""),
}
"""Assumptions in words and as signs, with the unit of their ends; the policy file has the full sentence."""


def gather_drivers(assumed: PolicySet, targets: PolicySet, start: DebtStart) -> tuple[Driver, ...]:
    """All drivers of one country: its assumptions that have a range, the share of defence, its pace and its financing.

    Parameters
    ----------
    assumed, targets : PolicySet
        Policy sets ``fiscal_assumptions`` and ``nato_targets``.
    start : DebtStart
        Its defence share is the plan.
    """
    drivers = []
    for name, (words, sign, unit) in _WORDS.items():
        value = assumption(assumed, name, start.iso3)
        if value.low is not None and value.high is not None:
            drivers.append(Driver(name, words, sign, unit, CIRCUMSTANCE, value.low, value.high))
    years = assumed.transition_years
    if years.low is not None and years.high is not None:
        pace = ("the pace of the transition", "transition", "years")
        drivers.append(Driver("transition_years", *pace, CHOICE, years.low, years.high, whole=True))
    guideline, plan = float(targets.guideline_share_gdp_pct.value), start.defence_gdp_pct
    share = Driver(
        "share_gdp_pct",
        "the share of defence",
        "defence",
        "% of GDP",
        CHOICE,
        min(guideline, plan),
        max(guideline, plan),
    )
    paid = Driver("paid_pct", "the part of the rise not borrowed", "not borrowed", "% of the rise", CHOICE, 0, 100)
    taxes = Driver("taxes_of_paid_pct", "taxes rather than cuts", "taxes, not cuts", "%", CHOICE, 0, 100)
    return (*drivers, share, paid, taxes)


def draw_all(drivers: tuple[Driver, ...], uniform: Array) -> Mapping[str, Array]:
    """Values of all drivers, as ``evaluate_debt`` takes them, for numbers of 0 to 1 in shape ``(drivers, draws)``."""
    return {driver.name: driver.draw(row) for driver, row in zip(drivers, uniform, strict=True)}
