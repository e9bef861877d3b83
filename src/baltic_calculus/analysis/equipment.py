"""Equipment of land forces: what is held, on order or planned, and when it is delivered, as published.

The rows name single systems. They are no inventory, so that a sum is what the publications read name, not what a state
has; where they name nothing, the answer is "not verified", not zero.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.dates import date_years
from baltic_calculus.analysis.figures import select_figures

CATEGORIES = ("tanks", "infantry fighting vehicles", "guns", "rocket launchers")
HELD, ON_ORDER, PLANNED = "held", "on order", "planned"
DELIVERED = "delivered"
STAGES = (DELIVERED, ON_ORDER, PLANNED)
"""Stage of a delivery on the time axis."""
NOT_VERIFIED = "not verified"


def list_equipment(equipment: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Every published row of the states, in their order, then by category and stage.

    Parameters
    ----------
    equipment : DataFrame
        The equipment dataset.
    codes : sequence of str
        Country codes.

    Returns
    -------
    DataFrame
        ``iso3, category, system, status, low, high`` (numbers), ``unit, first_year, last_year`` (of the deliveries, NaN
        when not found), ``date, dated`` (of the publication), ``confidence, note``.
    """
    rows = select_figures(equipment, {name: name for name in equipment["indicator"]}, "system")
    known = ["category", "status", "first_delivery", "last_delivery"]
    rows = rows.merge(equipment[["entity", "date", "indicator", *known]], on=["entity", "date", "indicator"])
    rows = rows[rows["entity"].isin(list(codes))]
    rows = rows.assign(
        first_year=rows["first_delivery"].map(_year_of),
        last_year=rows["last_delivery"].map(_year_of),
        country=rows["entity"].map(list(codes).index),
        group=rows["category"].map(CATEGORIES.index),
        stage=rows["status"].map((HELD, ON_ORDER, PLANNED).index),
    ).sort_values(["country", "group", "stage", "when"], kind="stable")
    rows = rows.rename(columns={"entity": "iso3"})
    columns = ["iso3", "category", "system", "status", "low", "high", "unit", "first_year", "last_year", "date"]
    return rows[[*columns, "dated", "confidence", "note"]].reset_index(drop=True)


def _year_of(date: str) -> float:
    """Calendar year of a published year or month; NaN for none."""
    return float(np.floor(date_years(date).low)) if date else np.nan


def list_deliveries(listed: pd.DataFrame, countries: pd.DataFrame) -> pd.DataFrame:
    """The rows with a year of delivery, as spans of time.

    Parameters
    ----------
    listed : DataFrame
        From :func:`list_equipment`.
    countries : DataFrame
        Register of countries: ``iso3, name``.

    Returns
    -------
    DataFrame
        The columns of ``listed``, and ``label`` (state, number and system), ``years`` (of the deliveries, in words),
        ``stage`` (one of ``STAGES``), ``opens, closes`` (decimal years: the start of the first year and the end of
        the last). Where only one end was found, the span is that one year, and ``years`` says which end it is.
    """
    rows = listed[listed["first_year"].notna() | listed["last_year"].notna()]
    names = countries.set_index("iso3")["name"]
    first, last = rows["first_year"].fillna(rows["last_year"]), rows["last_year"].fillna(rows["first_year"])
    years = [_name_years(one, other) for one, other in zip(rows["first_year"], rows["last_year"], strict=True)]
    return rows.assign(
        label=[
            f"{names[row.iso3]}: {_name_number(row.low, row.high)} {row.system}, {span}"
            for row, span in zip(rows.itertuples(), years, strict=True)
        ],
        years=years,
        stage=rows["status"].replace(HELD, DELIVERED),
        opens=first,
        closes=last + 1,
    ).reset_index(drop=True)


def states_with_deliveries(listed: pd.DataFrame, preferred: Sequence[str]) -> tuple[str, ...]:
    """Those of the preferred states of which a year of delivery is known; all such states when none of them is."""
    dated = listed[listed["first_year"].notna() | listed["last_year"].notna()]
    known = tuple(dict.fromkeys(dated["iso3"]))
    return tuple(code for code in preferred if code in known) or known


def _name_number(low: float, high: float) -> str:
    """A number, or a range, as it is printed in a row name."""
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _name_years(first: float, last: float) -> str:
    """Years of the deliveries in words; an end that was not found stays open."""
    if np.isnan(last):
        return f"from {first:.0f}"
    if np.isnan(first):
        return f"by {last:.0f}"
    return f"{first:.0f}" if first == last else f"{first:.0f}–{last:.0f}"


def tabulate_equipment(listed: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """What the publications name for each state and category, in words.

    Parameters
    ----------
    listed : DataFrame
        From :func:`list_equipment`.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``iso3`` and one text column for each of ``CATEGORIES``: the numbers of like things added, by stage, with
        ``(low)`` after a sum that holds a number of low confidence; "not verified" where nothing was found.
    """
    cells = {
        category: [_say_cell(listed[(listed["iso3"] == code) & (listed["category"] == category)]) for code in codes]
        for category in CATEGORIES
    }
    return pd.DataFrame({"iso3": list(codes), **cells})


def _say_cell(rows: pd.DataFrame) -> str:
    """Sums of one state and category by stage."""
    parts = []
    for status in (HELD, ON_ORDER, PLANNED):
        part = rows[rows["status"] == status]
        if part.empty:
            continue
        weak = " (low)" if (part["confidence"] == "low").any() else ""
        parts.append(f"{_name_number(part['low'].sum(), part['high'].sum())} {status}{weak}")
    return ", ".join(parts) or NOT_VERIFIED


def list_gaps(listed: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """State and category of which the publications name nothing held: ``iso3, category``."""
    held = set(listed.loc[listed["status"] == HELD, ["iso3", "category"]].itertuples(index=False, name=None))
    gaps = [(code, category) for code in codes for category in CATEGORIES if (code, category) not in held]
    return pd.DataFrame(gaps, columns=["iso3", "category"])
