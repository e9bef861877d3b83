"""Defence spending per inhabitant, as NATO publishes it: US dollars at 2021 prices and exchange rates."""

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.series import flags_of, widen
from baltic_calculus.analysis.spending import AGGREGATES
from baltic_calculus.errors import DataError

PER_PERSON = "spend_per_capita_usd_2021"


def compare_per_person(nato: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Spending per inhabitant at both ends of the period, for every ally and aggregate that the dataset holds.

    Exchange rates of the base year are not purchasing power: the same amount buys more soldiers where wages are low,
    and no more of what is bought on world markets.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        ``first_year`` and ``last_year``.

    Returns
    -------
    DataFrame
        One row per ally or aggregate with both years, highest last value first: ``iso3, per_person_first_usd_2021,
        per_person_last_usd_2021, multiple`` (last over first), ``rank`` (among allies; NaN for aggregates), ``flag``
        (of the last year).

    Raises
    ------
    DataError
        When no ally has both years.
    """
    first, last = parameters.first_year, parameters.last_year
    wide = widen(nato, [PER_PERSON]).pivot(index="iso3", columns="year", values=PER_PERSON)
    held = wide.reindex(columns=[first, last]).dropna()
    if held.empty:
        raise DataError(
            f"no spending per inhabitant in both {first} and {last}",
            where=f"measure {PER_PERSON}",
            remedy="choose other years",
        )
    held = held.set_axis(["per_person_first_usd_2021", "per_person_last_usd_2021"], axis="columns")
    held["multiple"] = held["per_person_last_usd_2021"] / held["per_person_first_usd_2021"]
    states = held[~held.index.isin(AGGREGATES)]
    held["rank"] = states["per_person_last_usd_2021"].rank(ascending=False, method="min")
    flags = flags_of(nato, PER_PERSON).query("year == @last").set_index("iso3")["flag"]
    held["flag"] = flags.reindex(held.index)
    return held.reset_index().sort_values(
        ["per_person_last_usd_2021", "iso3"], ascending=[False, True], ignore_index=True
    )
