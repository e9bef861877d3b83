"""What moved debt between the start and the end of a path: parts that add up to the whole change."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.debt_model import DebtStart

DEFENCE = "rise of defence since before"
REST = "rest of the primary deficit"
INTEREST = "interest"
GROWTH = "growth of output and prices"
STOCK_FLOW = "stock-flow adjustment"
PARTS = (DEFENCE, REST, INTEREST, STOCK_FLOW, GROWTH)


def decompose_change(scenarios: pd.DataFrame, starts: Sequence[DebtStart], scenario: str) -> pd.DataFrame:
    """The change of debt over a whole path, in parts.

    The rise of defence is what its share exceeds the share before the rise by, summed over the years; what pays for it
    other than borrowing is in the rest of the primary deficit. Interest is that on all debt.

    Parameters
    ----------
    scenarios : DataFrame
        From ``debt_model.project_scenarios``.
    starts : sequence of DebtStart
        One a country, for the share of defence before the rise.
    scenario : str
        Path that is decomposed.

    Returns
    -------
    DataFrame
        ``iso3, first_year, last_year, part, change_points`` (points of GDP); parts that are zero everywhere are left
        out. The parts of a country add up to the change of its debt.
    """
    parts = []
    for start in starts:
        rows = scenarios[(scenarios["iso3"] == start.iso3) & (scenarios["scenario"] == scenario)]
        years = rows.iloc[1:]
        rise = float((years["defence_gdp_pct"] - start.defence_before_gdp_pct).sum())
        values = {
            DEFENCE: rise,
            REST: -float(years["primary_balance_gdp_pct"].sum()) - rise,
            INTEREST: float(years["interest_gdp_pct"].sum()),
            STOCK_FLOW: float(years["stock_flow_gdp_pct"].sum()),
            GROWTH: float(years["growth_effect_points"].sum()),
        }
        ends = {"iso3": start.iso3, "first_year": start.year, "last_year": int(rows["year"].iloc[-1])}
        parts += [ends | {"part": part, "change_points": values[part]} for part in PARTS]
    changes = pd.DataFrame(parts)
    told = changes.groupby("part")["change_points"].transform(lambda points: points.abs().max()) > 0
    return changes[told].reset_index(drop=True)
