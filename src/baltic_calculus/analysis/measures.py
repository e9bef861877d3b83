"""What governments have decided in order to pay for defence."""

import re

import pandas as pd

from baltic_calculus.analysis.parameters import Parameters

STANDINGS = {
    "withdrawn": r"repealed|superseded|cancelled",
    "planned or proposed": r"proposal|framework",
    "decided": r"",
}
"""Where a measure stands, by words of its published status; the first that fits."""


def classify_status(status: str) -> str:
    """Say in one word where a measure stands: withdrawn, planned or decided.

    Examples
    --------
    >>> classify_status("repealed in part 2025-06 (replaced)")
    'withdrawn'
    """
    return next(standing for standing, pattern in STANDINGS.items() if re.search(pattern, status))


def select_measures(measures: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The measures of the countries, by standing and date.

    Amounts are kept as published: some are a year's yield, some a sum over several years, some expenditure and
    not revenue. They must not be added up.

    Parameters
    ----------
    measures : DataFrame
        Dataset ``national_measures``: ``iso3, title, adopted, effective, value, unit, budget_period, earmarked,
        status, source, note``.
    parameters : Parameters
        ``countries`` are used.

    Returns
    -------
    DataFrame
        ``iso3, title, effective, amount_eur_m`` (NaN where the measure is not an amount), ``budget_period, status,
        standing, source, note``. A country without a measure has one row that says so, with the standing
        ``none found``.
    """
    own = measures[measures["iso3"].isin(parameters.countries)]
    own = own.assign(
        amount_eur_m=own["value"].where(own["unit"].str.startswith("EUR m")),
        standing=own["status"].map(classify_status),
        source=own["source"].str.replace(";", ", "),
    )
    absent = [code for code in parameters.countries if code not in set(own["iso3"])]
    empty = pd.DataFrame({"iso3": absent, "title": "no measure found in the material", "standing": "none found"})
    text = ["title", "effective", "budget_period", "status", "source", "note", "adopted"]
    every = pd.concat([own, empty], ignore_index=True).fillna(dict.fromkeys(text, ""))
    standings = ["decided", "planned or proposed", "withdrawn", "none found"]
    every = every.assign(
        country=every["iso3"].map(parameters.countries.index), order=every["standing"].map(standings.index)
    ).sort_values(["country", "order", "adopted", "title"])
    columns = ["iso3", "title", "effective", "amount_eur_m", "budget_period", "status", "standing", "source", "note"]
    return every[columns].reset_index(drop=True)
