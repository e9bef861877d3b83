"""Which inputs move an outcome: one at a time between their ends, and all at once (Sobol's indices of variance).

With inputs drawn independently, the first-order index of input j is the part of the outcome's variance that j explains
alone, S_j = V(E(y | x_j)) / V(y); the total index is the part that would remain if all others were known,
T_j = E(V(y | x_others)) / V(y) (Sobol 2001). T_j - S_j is what j does together with others. First orders add up to one
at most. Both are estimated as Saltelli et al. (2010) recommend, from a scrambled Sobol sequence.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from baltic_calculus.analysis.debt_draws import CentralRun, evaluate_debt
from baltic_calculus.analysis.debt_model import Array
from baltic_calculus.analysis.drivers import Driver, draw_all

CONFIDENCE = 0.95
RESAMPLES = 400


@dataclass(frozen=True)
class Sample:
    """How many draws, and from which seed.

    Parameters
    ----------
    seed : int
        Seed of the scrambling and of the bootstrap.
    size : int
        Rows of each of the two matrices; a power of two keeps the sequence balanced.
    """

    seed: int
    size: int = 2**12

    def evaluations(self, inputs: int) -> int:
        """How often the outcome is computed."""
        return self.size * (inputs + 2)


def compute_tornado(runs: Sequence[CentralRun], drivers: Sequence[Sequence[Driver]]) -> pd.DataFrame:
    """Debt in the last year with one driver at an end of its range and all others as in the run.

    Parameters
    ----------
    runs : sequence of CentralRun
        One a country.
    drivers : sequence of sequence of Driver
        Those of each country, in the same order.

    Returns
    -------
    DataFrame
        One row for each country and driver, the widest first: ``iso3, driver, words, sign, kind, unit, low,
        high``, ``debt_central_gdp_pct, debt_at_low_gdp_pct, debt_at_high_gdp_pct, swing_points`` (distance of the two).
    """
    rows = []
    for run, own in zip(runs, drivers, strict=True):
        central = run.debt_gdp_pct()
        for driver in own:
            at_low, at_high = evaluate_debt(run, {driver.name: np.array([driver.low, driver.high])})
            rows.append(
                {
                    "iso3": run.start.iso3,
                    "driver": driver.name,
                    "words": driver.words,
                    "sign": driver.sign,
                    "kind": driver.kind,
                    "unit": driver.unit,
                    "low": float(driver.low),
                    "high": float(driver.high),
                    "debt_central_gdp_pct": central,
                    "debt_at_low_gdp_pct": float(at_low),
                    "debt_at_high_gdp_pct": float(at_high),
                }
            )
    tornado = pd.DataFrame(rows)
    ends = tornado[["debt_central_gdp_pct", "debt_at_low_gdp_pct", "debt_at_high_gdp_pct"]]
    tornado["swing_points"] = ends.max(axis="columns") - ends.min(axis="columns")
    change = tornado["debt_at_high_gdp_pct"] - tornado["debt_at_low_gdp_pct"]
    tornado["per_unit_points"] = change / (tornado["high"] - tornado["low"])
    place = tornado["iso3"].map({run.start.iso3: number for number, run in enumerate(runs)})
    order = pd.DataFrame({"place": place, "swing": -tornado["swing_points"]}).sort_values(
        ["place", "swing"], kind="stable"
    )
    return tornado.loc[order.index].reset_index(drop=True)


def estimate_indices(outcome: Callable[[Array], Array], inputs: int, sample: Sample) -> pd.DataFrame:
    """First-order and total indices of an outcome of independent inputs, each uniform between 0 and 1.

    With two matrices A and B of draws, and AB_j that is A with input j from B, the estimators are
    ``S_j = mean(f(B) (f(AB_j) - f(A))) / V`` and ``T_j = mean((f(A) - f(AB_j))**2) / (2 V)``, V the variance of f over
    A and B. Their intervals come from draws with replacement of the rows.

    Parameters
    ----------
    outcome : callable
        Takes an array of shape ``(inputs, draws)`` and returns one of shape ``(draws,)``; it must vary.
    inputs : int
        How many.
    sample : Sample
        Size and seed.

    Returns
    -------
    DataFrame
        One row an input, in order: ``first_order, first_low, first_high, total, total_low, total_high``; the ends are
        of an interval at ``CONFIDENCE``. An estimate near zero may be slightly negative.
    """
    # only here: scipy.stats takes a second to load, and no other page needs it
    from scipy.stats import qmc

    rng = np.random.default_rng(sample.seed)
    points = qmc.Sobol(2 * inputs, rng=rng).random(sample.size).T
    first, second = points[:inputs], points[inputs:]
    plain, other = outcome(first), outcome(second)
    centre = (plain.mean() + other.mean()) / 2
    crossed = np.empty((inputs, sample.size))
    for one in range(inputs):
        mixed = first.copy()
        mixed[one] = second[one]
        crossed[one] = outcome(mixed)
    joint = (other - centre) * (crossed - plain)
    rest = (plain - crossed) ** 2 / 2
    spread = ((plain - centre) ** 2 + (other - centre) ** 2) / 2
    # how often each row stands in a resample: means over resamples are then products of matrices
    often = rng.multinomial(sample.size, np.full(sample.size, 1 / sample.size), size=RESAMPLES)
    tails = [50 * (1 - CONFIDENCE), 50 * (1 + CONFIDENCE)]
    columns: dict[str, Array] = {}
    for name, terms in (("first", joint), ("total", rest)):
        again = (often @ terms.T) / (often @ spread)[:, None]
        low, high = np.percentile(again, tails, axis=0)
        columns |= {name: terms.mean(axis=1) / spread.mean(), f"{name}_low": low, f"{name}_high": high}
    return pd.DataFrame(columns).rename(columns={"first": "first_order"})


def compute_sobol(runs: Sequence[CentralRun], drivers: Sequence[Sequence[Driver]], sample: Sample) -> pd.DataFrame:
    """Indices of debt in the last year, every driver drawn evenly from its range and independently of the others.

    Returns
    -------
    DataFrame
        One row for each country and driver: ``iso3, driver, words, kind`` and the columns of ``estimate_indices``; the
        driver with the largest total index over all countries first.
    """
    parts = []
    for run, own in zip(runs, drivers, strict=True):
        known = tuple(own)

        def outcome(draws: Array, run: CentralRun = run, known: tuple[Driver, ...] = known) -> Array:
            return evaluate_debt(run, draw_all(known, draws))

        names: Mapping[str, list[str]] = {
            "driver": [driver.name for driver in known],
            "words": [driver.words for driver in known],
            "kind": [driver.kind for driver in known],
        }
        parts.append(
            pd.DataFrame(names).assign(iso3=run.start.iso3).join(estimate_indices(outcome, len(known), sample))
        )
    sobol = pd.concat(parts, ignore_index=True)
    mean = sobol.groupby("driver")["total"].mean()
    order = sobol.assign(mean=sobol["driver"].map(mean)).sort_values(["mean", "driver"], ascending=[False, True])
    columns = ["iso3", "driver", "words", "kind"]
    return sobol.loc[order.index, columns + [name for name in sobol if name not in columns]].reset_index(drop=True)
