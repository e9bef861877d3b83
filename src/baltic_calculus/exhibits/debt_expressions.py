"""The debt model as Vega expressions, so that a chart can compute a path when its sliders move.

Each step has the name of a Vega signal and an expression of the steps before it; the formulas are those of
:mod:`baltic_calculus.analysis.debt_model`, with the names of its objects. Only arithmetic and ``min`` occur, which mean
the same in Python: the tests compute the steps there and compare them with the model.
"""

from baltic_calculus.analysis.debt_what_if import WhatIf
from baltic_calculus.exhibits.slider import Steps

START = "start"
"""Signal with the constants of the chosen country: see `constants`."""


def constants(what_if: WhatIf) -> dict[str, float]:
    """What the expressions read of one country, by the names of the model's own objects."""
    start, assumptions = what_if.start.model_dump(exclude={"iso3", "year"}), what_if.assumptions.model_dump()
    return {**start, **assumptions, "transition_years": what_if.path.transition_years}


def mix_steps() -> Steps:
    """Parts of the rise that are paid by cuts and by borrowing; cuts get no more than taxes leave."""
    return [
        ("cuts_pct", "min(reallocation_pct, 100 - taxes_pct)"),
        ("borrowed_pct", "100 - taxes_pct - cuts_pct"),
    ]


def debt_steps(years: int) -> Steps:
    """Steps from the sliders to debt at the end of each projected year.

    Parameters
    ----------
    years : int
        Projected years; they count from 1, and debt before the first is ``debt_0``.
    """
    steps = [
        ("home", "multiplier * (1 - start.import_share_pct / 100)"),
        ("withdrawn", "(start.tax_multiplier * taxes_pct + multiplier * cuts_pct) / 100"),
        ("nominal", "(1 + real_growth_pct / 100) * (1 + start.deflator_growth_pct / 100)"),
        ("debt_0", "start.debt_gdp_pct"),
        ("rate_0", "start.implicit_rate_pct"),
        ("demand_0", "0"),
        ("level_0", "0"),
        ("rate_1", _rate(1)),
        ("balance_1", "start.balance_gdp_pct + debt_0 / nominal * rate_1 / 100"),
    ]
    for year in range(1, years + 1):
        before = year - 1
        steps += [
            (f"done_{year}", f"min({before} / start.transition_years, 1)"),
            (f"more_{year}", f"done_{year} * (share_gdp_pct - start.defence_gdp_pct)"),
            (f"rise_{year}", f"more_{year} + start.defence_gdp_pct - start.defence_before_gdp_pct"),
            (f"demand_{year}", f"home * more_{year} - done_{year} * withdrawn * rise_{year}"),
            (f"level_{year}", f"start.persistence_pct / 100 * level_{before} + demand_{year} - demand_{before}"),
            (f"paid_{year}", f"done_{year} * (taxes_pct + cuts_pct) / 100 * rise_{year}"),
            (f"primary_{year}", f"balance_1 - more_{year} + paid_{year} + start.semi_elasticity * level_{year}"),
            (f"growth_{year}", f"nominal * (1 + level_{year} / 100) / (1 + level_{before} / 100)"),
            (
                f"debt_{year}",
                f"debt_{before} / growth_{year} * (1 + rate_{year} / 100) - primary_{year} + start.stock_flow_gdp_pct",
            ),
        ]
        if year < years:
            steps.append((f"rate_{year + 1}", _rate(year + 1)))
    return steps


def _rate(year: int) -> str:
    """Implicit interest rate of a projected year."""
    return f"rate_{year - 1} + start.rollover_share_pct / 100 * (marginal_rate_pct - rate_{year - 1})"
