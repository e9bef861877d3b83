"""Do the countries grow alike: the dispersion of what they spend, and whether it falls.

The coefficient of variation is the population standard deviation over the mean, because the countries are the whole
group and not a sample of it. Each country counts once, whatever its size.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.per_person import PER_PERSON
from baltic_calculus.analysis.spending import SPEND_USD

MEASURES = {
    "share_gdp_pct": "Share of GDP",
    PER_PERSON: "Per inhabitant",
    SPEND_USD["constant"]: "Amount",
}
"""What is compared: effort, effort for each person, and money (both at 2021 prices)."""

RARE = 0.05
"""A trend is called one when the order of its years would come about by chance in fewer than one case of twenty."""

FALLING, RISING, NO_TREND = "falling", "rising", "no clear trend"


def compute_dispersion(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Coefficient of variation over the countries, year by year, for each measure that all of them have.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``countries, first_year, last_year``.

    Returns
    -------
    DataFrame
        ``measure`` (in words), ``year, mean, variation_pct`` (standard deviation in per cent of the mean), ``flag``;
        years in which a country is missing are left out. Empty for one country.
    """
    rows = nato[
        nato["iso3"].isin(parameters.countries) & nato["year"].between(parameters.first_year, parameters.last_year)
    ]
    rows = rows[rows["measure"].isin(MEASURES)].dropna(subset=["value"])
    spread = rows.groupby(["measure", "year"], as_index=False).agg(
        mean=("value", "mean"),
        deviation=("value", lambda values: values.std(ddof=0)),
        count=("value", "size"),
        flag=("flag", "max"),
    )
    several = (spread["count"] == len(parameters.countries)) & (spread["count"] > 1)
    spread = spread[several].assign(variation_pct=lambda frame: frame["deviation"] / frame["mean"] * 100)
    spread["order"] = spread["measure"].map(list(MEASURES).index)
    spread = spread.sort_values(["order", "year"]).assign(measure=lambda frame: frame["measure"].map(MEASURES))
    return spread[["measure", "year", "mean", "variation_pct", "flag"]].reset_index(drop=True)


def count_balance(values: Sequence[float]) -> int:
    """Pairs of times in which the later value is larger, less those in which it is smaller.

    This is the S of Kendall's rank correlation with time. Only the order of the values counts, so no single year
    decides.

    Examples
    --------
    >>> count_balance([4.0, 3.0, 1.0, 2.0])  # one pair rises, five fall
    -4
    """
    return sum((later > earlier) - (later < earlier) for earlier, later in combinations(values, 2))


def chance_of_balance(balance: int, count: int) -> float:
    """Probability of a balance at least so far from zero, either way, when every order of the years is equally likely.

    Exact: the orders of ``count`` values are counted by their number of falling pairs (Kendall, Rank Correlation
    Methods, 1948). Neighbouring years are not independent, so that the true chance is larger than this.

    Parameters
    ----------
    balance : int
        From ``count_balance``.
    count : int
        How many values.

    Examples
    --------
    >>> chance_of_balance(3, 3)  # two of the six orders of three values only rise or only fall
    0.3333333333333333
    """
    orders = np.ones(1)
    for size in range(2, count + 1):
        orders = np.convolve(orders, np.ones(size))
    pairs = count * (count - 1) // 2
    balances = pairs - 2 * np.arange(pairs + 1)
    return float(orders[np.abs(balances) >= abs(balance)].sum() / orders.sum())


def judge_trend(values: Sequence[float]) -> str:
    """Return ``falling`` or ``rising`` where chance rarely gives such an order of years, else ``no clear trend``."""
    balance = count_balance(values)
    if chance_of_balance(balance, len(values)) >= RARE:
        return NO_TREND
    return RISING if balance > 0 else FALLING
