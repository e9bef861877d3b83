"""What a country's profile says of the categories that expenditure goes to, as far as they are known."""

import numpy as np
import pandas as pd

from baltic_calculus.analysis.composition import CATEGORIES
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.passing import describe_passing, find_passing
from baltic_calculus.analysis.quantity import Fact, Quantity, year

STRUCTURE = {
    "equipment": "equipment with its research",
    "personnel": "personnel with pensions",
    "infrastructure": "infrastructure works",
    "other": "all other items",
}
"""Categories of expenditure as they stand in a sentence."""


def describe_structure(structure: pd.DataFrame, parameters: Parameters, guideline_pct: float) -> dict[str, Fact]:
    """What the money goes to, as far as it is known.

    Parameters
    ----------
    structure : DataFrame
        From ``compute_composition``, of the one country.
    parameters : Parameters
        First and last year.
    guideline_pct : float
        Guideline for equipment in per cent of expenditure.

    Returns
    -------
    dict
        ``first_year, last_year, equipment_first, equipment_last, equipment_word`` ("above", "at", "below" the
        guideline), ``equipment_guideline, equipment_since, equipment_years`` (as in ``describe_passing``), ``others``
        (shares of the other known categories in ``split_year``, the last year that has all of them), ``unknown``
        (categories without any value), ``rest`` (what is left for them in ``split_year``; "none" when all are known),
        ``ends_early`` (categories without the last year).
    """
    wide = structure.pivot(index="year", columns="category", values="share_pct")
    known = [name for name in CATEGORIES.values() if name in wide]
    equipment = wide["equipment"].dropna()
    passing = find_passing(equipment, guideline_pct)
    whole = wide.dropna()
    split_year = int(whole.index.max())
    latest = whole.loc[split_year]
    unknown = tuple(STRUCTURE[name] for name in CATEGORIES.values() if name not in wide)
    end = float(equipment.iloc[-1])
    return {
        "first_year": year(parameters.first_year),
        "last_year": year(parameters.last_year),
        "equipment_first": Quantity(float(equipment.iloc[0]), "%", 1),
        "equipment_last": Quantity(end, "%", 1),
        "equipment_word": "above" if end > guideline_pct else "at" if end == guideline_pct else "below",
        "equipment_guideline": Quantity(guideline_pct, "%", 0),
        **describe_passing(passing, "equipment"),
        "split_year": year(split_year),
        "others": {STRUCTURE[name]: Quantity(float(latest[name]), "%", 1) for name in known if name != "equipment"},
        "unknown": unknown,
        "rest": Quantity(100 - float(latest.sum()), "%", 1) if unknown else "none",
        "ends_early": tuple(
            STRUCTURE[name] for name in known if np.isnan(wide[name].get(parameters.last_year, np.nan))
        ),
    }
