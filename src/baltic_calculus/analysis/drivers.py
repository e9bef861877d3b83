"""What may drive debt: every assumption of the model that has a range, and the choices that a government has."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from baltic_calculus.analysis.debt_inputs import assumption
from baltic_calculus.analysis.debt_model import Array, DebtStart
from baltic_calculus.catalog import PolicySet

CHOICE, CIRCUMSTANCE = "choice", "circumstance"
PER_YEAR = "% a year"


@dataclass(frozen=True)
class Driver:
    """One value that is not certain, and between what it may lie.

    Parameters
    ----------
    name : str
        Name of the value in ``CentralRun.values``.
    words : str
        What it is, in a few words.
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
    unit: str
    kind: str
    low: float
    high: float
    whole: bool = False

    def draw(self, uniform: Array) -> Array:
        """Values for numbers between 0 and 1: evenly spread between the ends, or over the whole numbers of the range.

        Examples
        --------
        >>> Driver("x", "x", "years", CHOICE, 1, 3, whole=True).draw(np.array([0.0, 0.5, 0.99])).tolist()
        [1.0, 2.0, 3.0]
        """
        if self.whole:
            return np.minimum(np.floor(self.low + uniform * (self.high - self.low + 1)), self.high)
        return self.low + uniform * (self.high - self.low)


_WORDS = {
    "real_growth_pct": ("growth of output", PER_YEAR),
    "deflator_growth_pct": ("prices of output", PER_YEAR),
    "marginal_rate_pct": ("rate on new debt", "%"),
    "implicit_rate_pct": ("rate on old debt", "%"),
    "rollover_share_pct": ("debt refinanced", PER_YEAR),
    "budget_balance_gdp_pct": ("balance of the budget", "% of GDP"),
    "stock_flow_gdp_pct": ("stock-flow adjustment", "% of GDP"),
    "multiplier": ("multiplier", ""),
    "tax_multiplier": ("multiplier of taxes", ""),
    "import_share_pct": ("bought abroad", "%"),
    "persistence_pct": ("effect left after a year", "%"),
    "semi_elasticity": ("semi-elasticity", ""),
}
"""Assumptions in the words of a chart, with the unit of their ends; the policy file has the full sentence."""


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
    for name, (words, unit) in _WORDS.items():
        value = assumption(assumed, name, start.iso3)
        if value.low is not None and value.high is not None:
            drivers.append(Driver(name, words, unit, CIRCUMSTANCE, value.low, value.high))
    guideline, plan = float(targets.guideline_share_gdp_pct.value), start.defence_gdp_pct
    years = assumed.transition_years
    if years.low is not None and years.high is not None:
        drivers.append(Driver("transition_years", "transition", "years", CHOICE, years.low, years.high, whole=True))
    return (
        *drivers,
        Driver("share_gdp_pct", "defence", "% of GDP", CHOICE, min(guideline, plan), max(guideline, plan)),
        Driver("paid_pct", "part of the rise not borrowed", "%", CHOICE, 0, 100),
        Driver("taxes_of_paid_pct", "of that, taxes and not cuts", "%", CHOICE, 0, 100),
    )


def draw_all(drivers: tuple[Driver, ...], uniform: Array) -> Mapping[str, Array]:
    """Values of all drivers, as ``evaluate_debt`` takes them, for numbers of 0 to 1 in shape ``(drivers, draws)``."""
    return {driver.name: driver.draw(row) for driver, row in zip(drivers, uniform, strict=True)}
