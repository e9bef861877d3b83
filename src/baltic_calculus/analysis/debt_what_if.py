"""What a reader may try: where the sliders of the debt model stand at first, and how far they go."""

import math
from collections.abc import Mapping, Sequence

import pandas as pd

from baltic_calculus.analysis.debt_inputs import PLAN, assumption
from baltic_calculus.analysis.debt_model import (
    UNCHANGED,
    DebtAssumptions,
    DebtStart,
    DefencePath,
    FinancingMix,
    Frozen,
    project_debt,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.catalog import PolicySet

Range = tuple[float, float]

BEYOND_HIGHEST_SHARE = 1.5
"""How far the share of defence can be moved, as a multiple of the highest among the scenarios."""

ASSUMED = ("real_growth_pct", "marginal_rate_pct", "multiplier")
"""Assumptions that a reader may change; they are named as in ``DebtAssumptions`` and in the policy set."""


class WhatIf(Frozen):
    """One country as the sliders find it."""

    start: DebtStart
    assumptions: DebtAssumptions
    paths: tuple[DefencePath, ...]
    """Its scenarios: they say how far the share of defence can be moved at least."""
    path: DefencePath
    """The scenario that the sliders start from."""
    mix: FinancingMix

    @property
    def plan(self) -> DefencePath:
        """The scenario that stays in sight for comparison."""
        return next(path for path in self.paths if path.name == PLAN)

    def settings(self) -> dict[str, float]:
        """Value of each slider at first, by its name."""
        return {
            "share_gdp_pct": self.path.share_gdp_pct,
            "taxes_pct": round(self.mix.taxes * 100, 6),
            "reallocation_pct": round(self.mix.reallocation * 100, 6),
            **{name: getattr(self.assumptions, name) for name in ASSUMED},
        }


def gather_what_ifs(
    starts: Sequence[DebtStart],
    assumptions: Sequence[DebtAssumptions],
    paths: Sequence[Sequence[DefencePath]],
    mix: FinancingMix,
    parameters: Parameters,
) -> tuple[WhatIf, ...]:
    """Put together what each country starts from, in the order given.

    Parameters
    ----------
    starts, assumptions, paths : sequence
        One entry a country; its paths are those of ``scenario_paths``.
    mix : FinancingMix
        Who pays, at first.
    parameters : Parameters
        ``defence_gdp_pct``, when given, is the share of GDP that the slider starts from; else it is the plan.
    """
    return tuple(
        WhatIf(
            start=start,
            assumptions=own,
            paths=tuple(ways),
            path=next((way for way in ways if way.share_gdp_pct == parameters.defence_gdp_pct), ways[0]),
            mix=mix,
        )
        for start, own, ways in zip(starts, assumptions, paths, strict=True)
    )


def slider_ranges(assumed: PolicySet, what_ifs: Sequence[WhatIf]) -> dict[str, Range]:
    """How far each slider goes: as far as is plausible for any of the countries, and as far as it stands at first.

    The share of defence goes from the lowest scenario to half as much again as the highest, in whole per cent.

    Parameters
    ----------
    assumed : PolicySet
        Policy set ``fiscal_assumptions``.
    what_ifs : sequence of WhatIf
        The countries.
    """
    shares = [path.share_gdp_pct for what_if in what_ifs for path in what_if.paths]
    ranges: dict[str, Range] = {
        "share_gdp_pct": (math.floor(min(shares)), math.ceil(BEYOND_HIGHEST_SHARE * max(shares))),
        "taxes_pct": (0.0, 100.0),
        "reallocation_pct": (0.0, 100.0),
    }
    for name in ASSUMED:
        values = [assumption(assumed, name, what_if.start.iso3) for what_if in what_ifs]
        ends = [float(end) for value in values for end in (value.low, value.value, value.high) if end is not None]
        ends += [what_if.settings()[name] for what_if in what_ifs]
        ranges[name] = (min(ends), max(ends))
    return ranges


def project_plans(what_ifs: Sequence[WhatIf], last_year: int) -> pd.DataFrame:
    """The path held at plan of every country, with the assumptions that the sliders start from.

    Returns
    -------
    DataFrame
        Rows of ``project_debt``, the countries one below the other.
    """
    return pd.concat(
        [project_debt(one.start, one.assumptions, one.plan, one.mix, last_year) for one in what_ifs],
        ignore_index=True,
    )


def describe_what_if(what_ifs: Sequence[WhatIf], ranges: Mapping[str, Range], last_year: int) -> dict[str, Fact]:
    """What a reader finds who moves one slider of the first country to its end.

    Returns
    -------
    dict
        ``country`` (code), ``end_year``; debt of that year in per cent of GDP: ``debt_borrowed`` and ``debt_taxed``
        (the whole rise borrowed, or paid by new taxes), ``debt_slow`` (growth at the low end of its range),
        ``debt_dear`` (interest on new debt at the high end of its range); ``slow_growth`` and ``dear_rate`` are those
        ends.
    """
    first = what_ifs[0]
    slow, dear = ranges["real_growth_pct"][0], ranges["marginal_rate_pct"][1]

    def debt(assumptions: DebtAssumptions, mix: FinancingMix) -> Quantity:
        projected = project_debt(first.start, assumptions, first.path, mix, last_year)
        return Quantity(float(projected["debt_gdp_pct"].iloc[-1]), "% of GDP", 1)

    return {
        "country": first.start.iso3,
        "end_year": year(last_year),
        "debt_borrowed": debt(first.assumptions, UNCHANGED),
        "debt_taxed": debt(first.assumptions, FinancingMix(borrowing=0, taxes=1, reallocation=0)),
        "debt_slow": debt(first.assumptions.model_copy(update={"real_growth_pct": slow}), first.mix),
        "debt_dear": debt(first.assumptions.model_copy(update={"marginal_rate_pct": dear}), first.mix),
        "slow_growth": Quantity(slow, "% a year", 1),
        "dear_rate": Quantity(dear, "%", 1),
    }
