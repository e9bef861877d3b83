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
from baltic_calculus.analysis.spending import AGGREGATES, SPEND_USD

MEASURES = {
    "share_gdp_pct": "share of GDP",
    PER_PERSON: "per inhabitant",
    SPEND_USD["constant"]: "amount",
}
"""What is compared: effort, effort for each person, and money (both at 2021 prices)."""

FOCUS, ALLIES = "countries in focus", "all allies"
ALLIES_SHARE = "share of GDP, all allies"
"""The yardstick: the same measure over every ally, those that joined later included in all years."""

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
        ``series`` (the measure in words), ``group`` (``countries in focus``, ``all allies``), ``year, countries`` (how
        many), ``variation_pct`` (standard deviation in per cent of the mean), ``flag``; years in which a country is
        missing are left out, and with one country in focus so are its measures.
    """
    rows = nato[nato["year"].between(parameters.first_year, parameters.last_year) & nato["value"].notna()]
    allies = set(nato["iso3"]) - set(AGGREGATES)
    frames = [
        _disperse(rows[rows["measure"] == measure], set(parameters.countries)).assign(series=name, group=FOCUS)
        for measure, name in MEASURES.items()
    ]
    shares = rows[rows["measure"] == "share_gdp_pct"]
    frames.append(_disperse(shares, allies).assign(series=ALLIES_SHARE, group=ALLIES))
    columns = ["series", "group", "year", "countries", "variation_pct", "flag"]
    return pd.concat(frames, ignore_index=True)[columns]


def _disperse(rows: pd.DataFrame, codes: set[str]) -> pd.DataFrame:
    """One measure over some countries: ``year, countries, variation_pct, flag`` of the years that all of them have."""
    by_year = rows[rows["iso3"].isin(codes)].groupby("year")
    values = by_year["value"]
    spread = pd.DataFrame(
        {
            "countries": values.size(),
            "variation_pct": values.std(ddof=0) / values.mean() * 100,
            "flag": by_year["flag"].max(),
        }
    )
    return spread[(spread["countries"] == len(codes)) & (len(codes) > 1)].reset_index()


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
