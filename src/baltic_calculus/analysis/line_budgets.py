"""Money planned for the defence lines: amounts, the years they cover, and amounts per kilometre of border."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years, name_date
from baltic_calculus.analysis.figures import select_figures
from baltic_calculus.analysis.interval import Interval

PURPOSES = {
    "bunker cost": "bunkers alone",
    "fortification budget": "fortification of the border",
    "countermobility budget": "obstacles and mines",
    "East Shield budget": "East Shield, all of it",
}
"""Left out: an earlier plan that a newer one replaced, a press figure below the official one, and single contracts."""

NOT_KNOWN = "not known"
COLUMNS = [
    "iso3",
    "purpose",
    "amount_m",
    "currency",
    "first_year",
    "last_year",
    "years",
    "low_border_km",
    "high_border_km",
    "low_keur_per_km",
    "high_keur_per_km",
    "low_keur_per_km_year",
    "high_keur_per_km_year",
    "confidence",
    "note",
]


def compute_budgets(facts: pd.DataFrame, lengths: Mapping[str, Interval], codes: Sequence[str]) -> pd.DataFrame:
    """Published budgets, with amounts per kilometre of border with Russia and Belarus.

    Purposes differ: amounts per kilometre may be compared only with the purpose in view. Amounts in other currencies
    are not converted.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``; ``text`` of a budget holds the years that it covers.
    lengths : mapping of str to Interval
        Land border with Russia and Belarus, km, by state.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``iso3, purpose, amount_m, currency, first_year, last_year`` (NaN where they are not published), ``years`` (in
        words), ``low_border_km, high_border_km``, in EUR thousand ``low_keur_per_km, high_keur_per_km,
        low_keur_per_km_year, high_keur_per_km_year`` (NaN for other currencies, and where border or years are
        missing), ``confidence, note``.
    """
    figures = select_figures(facts, PURPOSES, "purpose")
    spans = facts.set_index(["entity", "indicator"])["text"]
    rows = [
        _row(row, str(spans[(row["entity"], row["indicator"])]), lengths.get(row["entity"]))
        for _, row in figures.iterrows()
        if row["entity"] in codes
    ]
    table = pd.DataFrame(rows, columns=COLUMNS)
    order = table["iso3"].map({code: place for place, code in enumerate(codes)})
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _row(figure: pd.Series, span: str, border: Interval | None) -> dict[str, object]:
    """One budget with its ratios."""
    years = date_years(span) if span else None
    currency = str(figure["unit"]).split()[0]
    amount = Interval(float(figure["low"]), float(figure["high"]))
    per_km = amount.scale(1000) / border if border and currency == "EUR" else None
    per_year = per_km.scale(1 / (years.high - years.low)) if per_km and years else None
    return {
        "iso3": figure["entity"],
        "purpose": figure["purpose"],
        "amount_m": amount.high,
        "currency": currency,
        "first_year": years.low if years else np.nan,
        "last_year": years.high - 1 if years else np.nan,
        "years": name_date(span) if span else NOT_KNOWN,
        **_ends("{}_border_km", border),
        **_ends("{}_keur_per_km", per_km),
        **_ends("{}_keur_per_km_year", per_year),
        "confidence": figure["confidence"],
        "note": figure["note"],
    }


def _ends(name: str, interval: Interval | None) -> dict[str, float]:
    """Both ends under their column names; NaN for none."""
    low, high = (interval.low, interval.high) if interval else (np.nan, np.nan)
    return {name.format("low"): low, name.format("high"): high}
