"""Selecting and pivoting series of the long country-year frames."""

from collections.abc import Iterable, Sequence

import pandas as pd

from baltic_calculus.errors import DataError


def select_series(
    frame: pd.DataFrame, measure: str, countries: Sequence[str], first_year: int, last_year: int
) -> pd.DataFrame:
    """Take one measure for some countries and years out of a long frame.

    Parameters
    ----------
    frame : DataFrame
        Long frame with ``iso3, year, measure, value, flag``.
    measure : str
        Measure to take; its name carries the unit and becomes the name of the value column.
    countries : sequence of str
        Codes, in the order wanted.
    first_year, last_year : int
        Both included.

    Returns
    -------
    DataFrame
        ``iso3, year, <measure>, flag``, one row per country and year that has a value,
        in the order of ``countries``, then by year.

    Raises
    ------
    DataError
        When a country has no value of the measure in these years.

    Examples
    --------
    >>> frame = pd.DataFrame({"iso3": ["EST", "LVA"], "year": [2014, 2014], "measure": "share_gdp_pct",
    ...                       "value": [1.9, 0.9], "flag": ["", ""]})
    >>> select_series(frame, "share_gdp_pct", ["LVA"], 2014, 2026)["share_gdp_pct"].tolist()
    [0.9]
    """
    rows = frame[(frame["measure"] == measure) & frame["year"].between(first_year, last_year) & frame["value"].notna()]
    missing = [code for code in countries if code not in set(rows["iso3"])]
    if missing:
        raise DataError(
            f"no {measure} for {', '.join(missing)} from {first_year} to {last_year}",
            where=f"measure {measure}",
            remedy="leave these countries out or widen the years",
        )
    rows = rows[rows["iso3"].isin(countries)].assign(order=lambda f: f["iso3"].map(list(countries).index))
    rows = rows.sort_values(["order", "year"]).rename(columns={"value": measure})
    return rows[["iso3", "year", measure, "flag"]].reset_index(drop=True)


def widen(frame: pd.DataFrame, measures: Iterable[str]) -> pd.DataFrame:
    """Put measures side by side.

    Returns
    -------
    DataFrame
        ``iso3, year`` and one column per measure; NaN where a country-year lacks one.
    """
    names = list(measures)
    rows = frame[frame["measure"].isin(names)]
    wide = rows.pivot(index=["iso3", "year"], columns="measure", values="value").reindex(columns=names)
    return wide.rename_axis(columns=None).reset_index()


def flags_of(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return ``iso3, year, flag`` of one measure."""
    return frame.loc[frame["measure"] == measure, ["iso3", "year", "flag"]].reset_index(drop=True)


def last_final_year(frame: pd.DataFrame, measure: str, countries: Iterable[str]) -> int | None:
    """Last year in which none of the countries' values of a measure is an estimate; None where there is none."""
    rows = frame[(frame["measure"] == measure) & frame["iso3"].isin(list(countries)) & frame["value"].notna()]
    estimated = set(rows.loc[rows["flag"] == "estimate", "year"])
    return max((int(year) for year in set(rows["year"]) - estimated), default=None)
