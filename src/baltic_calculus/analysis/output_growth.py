"""How fast output may grow: three cases for each ally by one rule, from NATO's own series at constant prices.

No publisher forecasts output of all allies to the year of the Hague commitment, so the past gives the range:
the whole stretch as the central case, the slowest and the fastest lasting stretch within it as the ends.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from baltic_calculus.analysis.growth import compute_levels
from baltic_calculus.errors import DataError

CASES = ("low", "central", "high")


@dataclass(frozen=True)
class GrowthRule:
    """How past growth of output becomes an assumption.

    Parameters
    ----------
    history_years : int
        Years of growth that are looked at; they end with the last year shown.
    stretch_years : int
        Length from which a stretch counts as lasting growth.

    Raises
    ------
    DataError
        When the history is shorter than one stretch.
    """

    history_years: int
    stretch_years: int

    def __post_init__(self) -> None:
        if not 1 <= self.stretch_years <= self.history_years:
            raise DataError(
                f"a stretch of {self.stretch_years} years does not fit into {self.history_years} years",
                where="data/policy/growth_assumptions.yaml",
                remedy="set stretch_years from 1 to history_years",
            )


def measure_output(nato: pd.DataFrame) -> pd.DataFrame:
    """Output and core defence expenditure of every ally and aggregate at 2021 prices, and where output breaks.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.

    Returns
    -------
    DataFrame
        ``iso3, year, spend_usd_m_2021, output_usd_m_2021, breaks`` (whether the publisher's series of output breaks in
        this year). Aggregates are sums over their present members in every year (``growth.compute_levels``), so that
        an accession is not taken for growth.
    """
    output = compute_levels(nato, sorted(set(nato["iso3"])))
    breaks = nato[nato["measure"].str.startswith("gdp_usd_m") & nato["flag"].eq("break")]
    broken = set(zip(breaks["iso3"], breaks["year"], strict=True))
    output["breaks"] = [key in broken for key in zip(output["iso3"], output["year"], strict=True)]
    return output[["iso3", "year", "spend_usd_m_2021", "output_usd_m_2021", "breaks"]]


def compound_growth_pct(start: float, end: float, years: int) -> float:
    """Average yearly growth in per cent: ``((end / start) ** (1 / years) - 1) * 100``.

    Examples
    --------
    >>> round(compound_growth_pct(100, 121, 2), 6)
    10.0
    """
    return float(((end / start) ** (1 / years) - 1) * 100)


def assume_growth(output: pd.DataFrame, last_year: int, rule: GrowthRule) -> pd.DataFrame:
    """Three cases of yearly growth of real output for every ally and aggregate.

    Parameters
    ----------
    output : DataFrame
        From ``measure_output``.
    last_year : int
        Last year that is looked at.
    rule : GrowthRule
        How far back, and what counts as lasting.

    Returns
    -------
    DataFrame
        ``iso3, growth_low_pct, growth_central_pct, growth_high_pct, history_first_year, why_missing``: per cent a year.
        Growth is NaN, and ``why_missing`` says why, where the series is too short or breaks.
    """
    rows = []
    for code, own in output[output["year"].between(last_year - rule.history_years, last_year)].groupby("iso3"):
        broken = own.loc[own["breaks"], "year"]
        usable = own if broken.empty else own[own["year"] >= broken.max()]
        levels = usable.set_index("year")["output_usd_m_2021"]
        years = range(int(levels.index.min()), last_year + 1)
        growth, why = dict.fromkeys(CASES, np.nan), ""
        if list(levels.index) != list(years) or len(years) <= rule.stretch_years:
            why = f"output series breaks in {broken.max()}" if len(broken) else "output series is too short"
        else:
            stretches = [
                compound_growth_pct(levels[start], levels[end], end - start)
                for start, end in combinations(years, 2)
                if end - start >= rule.stretch_years
            ]
            whole = compound_growth_pct(levels[years[0]], levels[last_year], len(years) - 1)
            growth = {"low": min(stretches), "central": whole, "high": max(stretches)}
        columns = {f"growth_{case}_pct": growth[case] for case in CASES}
        rows.append({"iso3": code, **columns, "history_first_year": years[0], "why_missing": why})
    return pd.DataFrame(rows)
