"""What a reader must know about the data of one country: series without a value, and values odd as published."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.quantity import Fact, year
from baltic_calculus.catalog import DatasetRecord
from baltic_calculus.catalog.record import Outlier

WORDS = {
    "share_gdp_pct": "share of GDP",
    "spend_usd_m_2021": "real expenditure",
    "gdp_usd_m_current": "GDP",
    "spend_per_capita_usd_2021": "expenditure per person",
    "equipment_share_pct": "equipment share",
    "personnel_share_pct": "personnel share",
    "infrastructure_share_pct": "infrastructure share",
    "other_share_pct": "share of other expenditure",
    "military_personnel_k": "military personnel",
}
"""Measures that a profile rests on, in words."""

OUTPUT = ("gdp_usd_m_current", "gdp_usd_m_2021")
BEFORE_ACCESSION = "before accession"


def outliers_of(record: DatasetRecord, country: str, measures: Sequence[str] = tuple(WORDS)) -> tuple[Outlier, ...]:
    """Known oddities of a country's series, in the order of the catalogue."""
    return tuple(one for one in record.known_outliers if one.iso3 == country and one.measure in measures)


def output_break(record: DatasetRecord, country: str, first_year: int, last_year: int) -> int | None:
    """Year after the first one in which the level of output changes its meaning, None where it does not.

    Shares of GDP before and after such a year are not comparable, and growth across it cannot be split.
    """
    years = [one.first_year for one in outliers_of(record, country, OUTPUT) if first_year < one.first_year <= last_year]
    return min(years, default=None)


def accession_year(nato: pd.DataFrame, country: str) -> int | None:
    """Year in which an ally joined, for those whose earlier figures the table marks as from before; None for others."""
    own = nato[(nato["iso3"] == country) & nato["note"].str.startswith(BEFORE_ACCESSION)]
    return None if own.empty else int(own["year"].max()) + 1


def find_missing(nato: pd.DataFrame, country: str, first_year: int, last_year: int) -> dict[str, tuple[int, ...]]:
    """Years without a value, by measure; measures that have every year are left out.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    country : str
        Code of the country.
    first_year, last_year : int
        Both included.
    """
    own = nato[(nato["iso3"] == country) & nato["value"].notna()]
    years = range(first_year, last_year + 1)
    known = {measure: set(rows["year"]) for measure, rows in own.groupby("measure")}
    lacking = {measure: tuple(one for one in years if one not in known.get(measure, ())) for measure in WORDS}
    return {measure: gaps for measure, gaps in lacking.items() if gaps}


def _tell_outliers(outliers: Sequence[Outlier]) -> str:
    """Each reason once, after the measures and years that it explains."""
    told: dict[tuple[str, int, int], list[str]] = {}
    for one in outliers:
        told.setdefault((one.reason, one.first_year, one.last_year), []).append(WORDS[one.measure])
    sentences = []
    for (reason, first, last), words in told.items():
        years = f"{first}" if first == last else f"{first}\u2013{last}"
        subject = " and ".join(words)
        sentences.append(f"{subject[0].upper()}{subject[1:]}, {years}: {reason}")
    return "; ".join(sentences)


def describe_data(nato: pd.DataFrame, record: DatasetRecord, country: str, years: tuple[int, int]) -> dict[str, Fact]:
    """What is missing or odd for a country, in words.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    record : DatasetRecord
        Its record, with the known outliers.
    country : str
        Code of the country.
    years : tuple of int
        First and last year, both included.

    Returns
    -------
    dict
        ``missing`` (series without any value), ``partly_missing`` (series that lack some years, with the years),
        ``odd`` (values as published that the catalogue warns of; empty when there are none), ``joined`` (year of
        accession, "an earlier year" for those whose whole series is from within the alliance).
    """
    lacking = find_missing(nato, country, *years)
    count = years[1] - years[0] + 1
    joined = accession_year(nato, country)
    partly = [
        f"{WORDS[measure]} ({', '.join(map(str, gaps))})" for measure, gaps in lacking.items() if len(gaps) < count
    ]
    return {
        "missing": tuple(WORDS[measure] for measure, gaps in lacking.items() if len(gaps) == count),
        "partly_missing": tuple(partly),
        "odd": _tell_outliers(outliers_of(record, country)),
        "joined": "an earlier year" if joined is None else year(joined),
    }
