"""What would stop debt from rising: the debt-stabilising primary balance, and what reaching it would take.

From the debt identity of ``debt_model``, with N = (1 + g)(1 + p) and i of one year, the primary balance that leaves a
ratio d where it is solves ``d = d (1 + i) / N - pb + sfa``:

    pb* = d ((1 + i) / N - 1) + sfa

The balance including interest that does the same does not depend on the rate, ``d (1 / N - 1) + sfa``. The gap
``pb* - pb`` is the consolidation of that year. Without consolidation the ratio stands still when real growth is

    g* = d (1 + i) / ((1 + p) (d + pb - sfa)) - 1

where d + pb - sfa is above zero; no growth does it otherwise. (Escolano 2010, IMF Technical Notes and Manuals 2010/02.)
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.budget import compute_budget_size
from baltic_calculus.errors import DataError

PRESENT, REACHED, REFERENCE = "present debt", "debt then reached", "reference value"
"""Levels of debt that may be held: that of the start, that of the year before, and the Treaty's reference value."""


def stabilising_balance_gdp_pct(
    debt_gdp_pct: float, implicit_rate_pct: float, nominal_factor: float, stock_flow_gdp_pct: float = 0.0
) -> float:
    """Primary balance that leaves debt where it is: pb* of the module's formula.

    Parameters
    ----------
    nominal_factor : float
        Output at current prices over that of the year before, N.

    Examples
    --------
    >>> round(stabilising_balance_gdp_pct(60, 5, 1.05), 12), round(stabilising_balance_gdp_pct(60, 0, 1.05), 3)
    (0.0, -2.857)
    """
    return debt_gdp_pct * ((1 + implicit_rate_pct / 100) / nominal_factor - 1) + stock_flow_gdp_pct


def stabilising_growth_pct(
    debt_gdp_pct: float,
    implicit_rate_pct: float,
    deflator_growth_pct: float,
    primary_balance_gdp_pct: float,
    stock_flow_gdp_pct: float = 0.0,
) -> float:
    """Real growth that leaves debt where it is without consolidation: g* of the module's formula; NaN when none does.

    Examples
    --------
    >>> round(stabilising_growth_pct(60, 3, 0, 0), 12), stabilising_growth_pct(3, 3, 0, -3)
    (3.0, nan)
    """
    left = debt_gdp_pct + primary_balance_gdp_pct - stock_flow_gdp_pct
    if left <= 0:
        return float("nan")
    return ((debt_gdp_pct * (1 + implicit_rate_pct / 100)) / ((1 + deflator_growth_pct / 100) * left) - 1) * 100


def compute_stabilising(
    scenarios: pd.DataFrame, deflator_growth_pct: Mapping[str, float], years: Sequence[int], reference_gdp_pct: float
) -> pd.DataFrame:
    """Balance that would hold debt, the gap to the scenario's, and the growth that would do instead.

    Growth, the implicit rate, the primary balance and the stock-flow adjustment are those of the year in the scenario.

    Parameters
    ----------
    scenarios : DataFrame
        From ``project_scenarios``.
    deflator_growth_pct : mapping of str to float
        Growth of the deflator that was assumed, by country.
    years : sequence of int
        Years to look at.
    reference_gdp_pct : float
        Reference value for debt.

    Returns
    -------
    DataFrame
        One row for each country, scenario, year and level: ``iso3, scenario, year, level, debt_gdp_pct`` (to be held),
        ``implicit_rate_pct, nominal_growth_pct, primary_balance_gdp_pct, stabilising_primary_gdp_pct,
        stabilising_balance_gdp_pct`` (interest included), ``gap_points`` (above zero: to be consolidated),
        ``real_growth_pct, stabilising_growth_pct`` (NaN where no growth does it).

    Raises
    ------
    DataError
        When a year is not projected.
    """
    rows = []
    for (iso3, scenario), path in scenarios.groupby(["iso3", "scenario"], sort=False):
        own = path.set_index("year")
        before = own["debt_gdp_pct"].shift()
        present = float(own["debt_gdp_pct"].iloc[0])
        missing = [one for one in years if one not in own.index[1:]]
        if missing:
            raise DataError(
                f"{missing[0]} is not projected for {iso3}",
                where="compute_stabilising",
                remedy=f"choose years from {own.index[1]} to {own.index[-1]}",
            )
        for one in years:
            then = own.loc[one]
            factor = before[one] / (before[one] + then["growth_effect_points"])
            levels = {PRESENT: present, REACHED: float(before[one]), REFERENCE: reference_gdp_pct}
            for level, debt in levels.items():
                rows.append(
                    {"iso3": iso3, "scenario": scenario, "year": one, "level": level, "debt_gdp_pct": debt}
                    | _hold(debt, then, factor, deflator_growth_pct[str(iso3)])
                )
    return pd.DataFrame(rows)


def _hold(debt: float, then: pd.Series, factor: float, deflator: float) -> dict[str, float]:
    """What holds one level of debt in one year of a scenario."""
    rate, flow = float(then["implicit_rate_pct"]), float(then["stock_flow_gdp_pct"])
    primary = float(then["primary_balance_gdp_pct"])
    needed = stabilising_balance_gdp_pct(debt, rate, factor, flow)
    return {
        "implicit_rate_pct": rate,
        "nominal_growth_pct": (factor - 1) * 100,
        "primary_balance_gdp_pct": primary,
        "stabilising_primary_gdp_pct": needed,
        "stabilising_balance_gdp_pct": stabilising_balance_gdp_pct(debt, 0, factor, flow),
        "gap_points": needed - primary,
        "real_growth_pct": (factor / (1 + deflator / 100) - 1) * 100,
        "stabilising_growth_pct": stabilising_growth_pct(debt, rate, deflator, primary, flow),
    }


def express_gap(
    stabilising: pd.DataFrame, cofog: pd.DataFrame, macro: pd.DataFrame, population: pd.DataFrame
) -> pd.DataFrame:
    """Express the gap in euros per inhabitant, in parts of the health budget and of revenue.

    Shares of GDP are divided, not amounts, so that growth and prices between the years do not enter. Euros are those of
    the last year with GDP and population: what the same share of GDP was then.

    Parameters
    ----------
    stabilising : DataFrame
        From ``compute_stabilising``.
    cofog : DataFrame
        Dataset ``cofog_expenditure``, long.
    macro : DataFrame
        Dataset ``macro_fiscal``, long, with ``vintage``.
    population : DataFrame
        From ``join_population``.

    Returns
    -------
    DataFrame
        The rows with ``budget_year, gdp_year, health_gdp_pct, revenue_gdp_pct, gap_health_pct`` (per cent of public
        expenditure on health), ``gap_revenue_pct`` (per cent of revenue), ``gap_eur_m, gap_eur_per_inhabitant``; NaN
        where nothing was published.
    """
    codes = list(dict.fromkeys(stabilising["iso3"]))
    health = cofog[(cofog["measure"] == "health_gdp_pct") & cofog["iso3"].isin(codes) & cofog["value"].notna()]
    budget_year = int(health["year"].max())
    health = health[health["year"] == budget_year].set_index("iso3")["value"]
    revenue = compute_budget_size(cofog, macro, codes, budget_year).set_index("iso3")["revenue_gdp_pct"]
    output = _by_year(macro, "gdp_eur_m", codes, vintage="Eurostat")
    people = _by_year(population, "population_persons", codes)
    shared = [one for one in output.columns if one in set(people.columns)]
    gdp_year = max((one for one in shared if (output[one] * people[one]).notna().all()), default=max(shared))
    gap = stabilising["gap_points"]
    eur_m = gap / 100 * stabilising["iso3"].map(output[gdp_year])
    return stabilising.assign(
        budget_year=budget_year,
        gdp_year=gdp_year,
        health_gdp_pct=stabilising["iso3"].map(health),
        revenue_gdp_pct=stabilising["iso3"].map(revenue),
        gap_health_pct=gap / stabilising["iso3"].map(health) * 100,
        gap_revenue_pct=gap / stabilising["iso3"].map(revenue) * 100,
        gap_eur_m=eur_m,
        gap_eur_per_inhabitant=eur_m * 1e6 / stabilising["iso3"].map(people[gdp_year]),
    )


def _by_year(rows: pd.DataFrame, measure: str, codes: Sequence[str], vintage: str = "") -> pd.DataFrame:
    """Observed values of a measure, countries by years; of one publisher's vintages where it is named."""
    kept = rows[(rows["measure"] == measure) & rows["iso3"].isin(codes) & rows["flag"].ne("forecast")]
    if vintage:
        kept = kept[kept["vintage"].str.startswith(vintage)]
    return kept.pivot(index="iso3", columns="year", values="value").reindex(list(codes)).astype(np.float64)
