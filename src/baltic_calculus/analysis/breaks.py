"""Structural breaks in a series: the years after which its level and slope are other ones.

Between breaks the series follows a straight line of its own: the pure structural change model of Bai and Perron
(1998) with regressors 1 and time. Level and slope may both change, because a budget that rises steadily is no
break, and steps fitted to a rising series would find one wherever it rises (Perron 1989). The years are found by
dynamic programming, which looks at every admissible set (Bai and Perron 2003; ``ruptures.Dynp``, Truong et al.
2020), their number by the Bayesian information criterion

    BIC(m) = n ln(RSS_m / n) + 3 m ln(n) + constant,

each break costing two coefficients and a date (Yao 1988). A break year is the first year of the new line.

With thirteen annual points three rules keep the search modest. A line holds at least three years, in long series 15
per cent of all years, the usual trimming. There are at least two years for each number that is estimated, which
leaves one break in thirteen years. And BIC alone is no evidence: it finds a break in a third of all noise of that
length, and in most series that drift (Nunes et al. 1996), so that :mod:`~baltic_calculus.analysis.break_evidence`
sets every gain beside those.

Importing ``ruptures`` (with SciPy) takes one to two seconds, so only this module does.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Any

import numpy as np
from numpy.typing import NDArray
from ruptures.base import BaseCost
from ruptures.detection.dynp import Dynp

from baltic_calculus.catalog.policy import PolicySet

Numbers = NDArray[np.float64]

COEFFICIENTS = 2
"""Level and slope of a line."""

NEGLIGIBLE = 1e-12
"""Share of a series' own variation below which a residual is only rounding in the arithmetic."""


@dataclass(frozen=True)
class BreakRules:
    """How breaks are looked for and judged; each value is one of ``data/policy/break_search.yaml``."""

    shortest_regime_years: int
    shortest_regime_pct: float
    years_per_estimate: float
    draws: int
    interval_pct: float
    chance_pct: float
    seed: int

    @classmethod
    def of(cls, policy: PolicySet) -> "BreakRules":
        """Take the rules from the policy file."""
        values: dict[str, Any] = {name: policy.values[name].value for name in cls.__dataclass_fields__}
        return cls(**values)

    def begin_draws(self) -> np.random.Generator:
        """Random numbers from the rules' own seed, the same in every build."""
        return np.random.default_rng(self.seed)

    def shortest(self, years: int) -> int:
        """Fewest years that a line holds in a series of ``years``."""
        return max(self.shortest_regime_years, ceil(self.shortest_regime_pct / 100 * years))

    def most_breaks(self, years: int) -> int:
        """How many breaks are looked for: lines fit, and there are enough years for what they need.

        m breaks need 2 (m + 1) coefficients and m dates.

        Examples
        --------
        >>> rules = BreakRules(3, 15, 2, 499, 90, 5, 1)
        >>> rules.most_breaks(13), rules.most_breaks(33), rules.most_breaks(9)
        (1, 4, 0)
        """
        affordable = (years / self.years_per_estimate - COEFFICIENTS) // (COEFFICIENTS + 1)
        return max(0, min(int(affordable), years // self.shortest(years) - 1))


@dataclass(frozen=True)
class Fit:
    """The best lines with a given number of breaks: what they leave unexplained, and where the later ones begin."""

    squares: float
    starts: tuple[int, ...]


class LineCosts(BaseCost):
    """Squared residuals of a line through every stretch of a series, looked up in a table."""

    model = "line"
    min_size = COEFFICIENTS

    def __init__(self, table: Numbers) -> None:
        self.table = table
        self.signal = table

    def fit(self, signal: Numbers) -> "LineCosts":
        """Keep the series for its length; the table is of this series already."""
        self.signal = signal
        return self

    def error(self, start: int, end: int) -> float:
        """Squared residuals of the line through the stretch from ``start`` to before ``end``."""
        return float(self.table[start, end])


@cache
def remainder(years: int) -> Numbers:
    """Matrix that leaves of a stretch of a series what a straight line does not explain."""
    line = np.column_stack([np.ones(years), np.arange(years)])
    return np.eye(years) - line @ np.linalg.pinv(line)


def tabulate_squares(series: Numbers, shortest: int) -> Numbers:
    """Squared residuals of a line through every stretch of one or many series.

    Parameters
    ----------
    series : array, shape (..., n)
        Annual values without gaps.
    shortest : int
        Length of the shortest stretch.

    Returns
    -------
    array, shape (..., n + 1, n + 1)
        At ``[..., start, end]`` the stretch from ``start`` to before ``end``; infinite where it is too short.
    """
    years = series.shape[-1]
    table = np.full((*series.shape[:-1], years + 1, years + 1), np.inf)
    for length in range(shortest, years + 1):
        stretches = np.lib.stride_tricks.sliding_window_view(series, length, axis=-1)
        starts = np.arange(years - length + 1)
        table[..., starts, starts + length] = ((stretches @ remainder(length)) * stretches).sum(axis=-1)
    return table


def search_breaks(table: Numbers, rules: BreakRules, most: int | None = None) -> tuple[Fit, ...]:
    """Find the best lines without a break, with one, and so on.

    Parameters
    ----------
    table : array, shape (n + 1, n + 1)
        From :func:`tabulate_squares`, of one series.
    rules : BreakRules
    most : int, optional
        Breaks to go up to; as the rules say when not given.

    Returns
    -------
    tuple of Fit
        The fit with m breaks at place m.
    """
    years = table.shape[0] - 1
    costs = LineCosts(table)
    finder = Dynp(custom_cost=costs, min_size=rules.shortest(years), jump=1).fit(np.empty(years))
    fits = [Fit(costs.error(0, years), ())]
    for count in range(1, (rules.most_breaks(years) if most is None else most) + 1):
        ends = [int(end) for end in finder.predict(n_bkps=count)]
        fits.append(Fit(float(costs.sum_of_costs(ends)), tuple(ends[:-1])))
    return tuple(fits)


def penalty_of_break(years: int) -> float:
    """What BIC asks of one more break: two coefficients and a date."""
    return (COEFFICIENTS + 1) * float(np.log(years))


def misfit(fits: Sequence[Fit], years: int) -> Numbers:
    """Lack of fit of each number of breaks, n ln(RSS / n); what is only rounding counts as rounding."""
    floor = NEGLIGIBLE * max(fits[0].squares, np.finfo(float).tiny)
    squares = np.array([max(fit.squares, floor) for fit in fits])
    return years * np.log(squares / years)


def choose_breaks(fits: Sequence[Fit], years: int, penalty: float = 1.0) -> int:
    """Number of breaks with the lowest criterion; of equal ones the smaller number.

    Parameters
    ----------
    fits : sequence of Fit
        From :func:`search_breaks`.
    years : int
        Length of the series.
    penalty : float
        In multiples of BIC's.
    """
    criterion = misfit(fits, years) + penalty * penalty_of_break(years) * np.arange(len(fits))
    return int(np.argmin(criterion))


def bic_gain(fits: Sequence[Fit], years: int) -> float:
    """How much lower BIC is with the chosen breaks than without any; 0 when none is chosen."""
    criterion = misfit(fits, years) + penalty_of_break(years) * np.arange(len(fits))
    return float(criterion[0] - criterion.min())


def penalty_range(fits: Sequence[Fit], years: int, chosen: int) -> tuple[float, float]:
    """Penalties, in multiples of BIC's, between which the same breaks are chosen.

    A number m is chosen over fewer breaks while the penalty is below the fit it gains for each break more, and over
    more breaks while it is above what they would gain.

    Returns
    -------
    tuple of float
        Lowest (0 when no larger number was looked for) and highest penalty (infinite for no breaks).
    """
    lack = misfit(fits, years) / penalty_of_break(years)
    more = [(lack[chosen] - lack[count]) / (count - chosen) for count in range(chosen + 1, len(fits))]
    fewer = [(lack[count] - lack[chosen]) / (chosen - count) for count in range(chosen)]
    return max([0.0, *map(float, more)]), min([float("inf"), *map(float, fewer)])


def fit_lines(series: Numbers, starts: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Lines between breaks, and residuals enlarged for what the lines took up (HC2).

    Returns
    -------
    tuple of array
        Fitted values, and residuals divided by the root of the part of their variance that the fit leaves.
    """
    fitted, residuals = np.empty_like(series), np.empty_like(series)
    edges = [0, *starts, len(series)]
    for start, end in pairwise(edges):
        left = remainder(end - start)
        own = left @ series[start:end]
        fitted[start:end] = series[start:end] - own
        residuals[start:end] = own / np.sqrt(np.diag(left))
    return fitted, residuals
