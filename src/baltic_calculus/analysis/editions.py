"""The same year in each of NATO's editions: what was said when, and by how much it was revised. Never joined."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year

SHARE, ROUNDED = "share_gdp_pct", "share_gdp_rounded_pct"
"""Measures of an edition: as printed with two decimals, and known with one decimal only."""
SHOWN_YEARS = 2
"""Years before the last one that are shown edition by edition: those that more than one edition has."""


def stack_editions(editions: pd.DataFrame, nato: pd.DataFrame, latest: str) -> pd.DataFrame:
    """Put the latest edition under the earlier ones, each value with the edition that printed it.

    Parameters
    ----------
    editions : DataFrame
        Dataset ``nato_editions``, long, with ``vintage`` (month of publication).
    nato : DataFrame
        Dataset ``nato_defence_expenditure``, long: the latest edition, on the basis of core defence expenditure.
    latest : str
        Month in which that edition was published, ``YYYY-MM``.

    Returns
    -------
    DataFrame
        ``iso3, year, vintage, share_gdp_pct`` (per cent of GDP), ``rounded`` (known with one decimal only), ``flag``;
        by country, year and edition. Values that an edition left blank are left out.
    """
    earlier = editions[editions["measure"].isin([SHARE, ROUNDED])]
    held = nato[nato["measure"] == SHARE].assign(vintage=latest)
    stacked = pd.concat([earlier, held], ignore_index=True).dropna(subset=["value"])
    stacked = stacked.assign(rounded=stacked["measure"] == ROUNDED, share_gdp_pct=stacked["value"])
    columns = ["iso3", "year", "vintage", "share_gdp_pct", "rounded", "flag"]
    return stacked.sort_values(["iso3", "year", "vintage"])[columns].reset_index(drop=True)


def compute_revisions(stacked: pd.DataFrame) -> pd.DataFrame:
    """How far each edition moved a year against the edition before it that had the year.

    Parameters
    ----------
    stacked : DataFrame
        From ``stack_editions``. Values known with one decimal only are passed over: their rounding is as large as
        most revisions.

    Returns
    -------
    DataFrame
        ``iso3, year, earlier, later`` (editions), ``earlier_gdp_pct, later_gdp_pct`` (per cent of GDP),
        ``revision_points`` (points of GDP, later less earlier), ``earlier_flag``. The revisions of a year add up to the
        last value less the first.
    """
    exact = stacked[~stacked["rounded"]].sort_values(["iso3", "year", "vintage"])
    before = exact.groupby(["iso3", "year"])[["vintage", "share_gdp_pct", "flag"]].shift()
    revised = pd.DataFrame(
        {
            "iso3": exact["iso3"],
            "year": exact["year"],
            "earlier": before["vintage"],
            "later": exact["vintage"],
            "earlier_gdp_pct": before["share_gdp_pct"],
            "later_gdp_pct": exact["share_gdp_pct"],
            "revision_points": exact["share_gdp_pct"] - before["share_gdp_pct"],
            "earlier_flag": before["flag"],
        }
    )
    return revised.dropna(subset=["earlier"]).reset_index(drop=True)


def total_revisions(stacked: pd.DataFrame) -> pd.DataFrame:
    """How far each year has moved in all, from the first edition that had it to the latest.

    Parameters
    ----------
    stacked : DataFrame
        From ``stack_editions``; values known with one decimal only are passed over.

    Returns
    -------
    DataFrame
        ``iso3, year, first, last`` (editions), ``first_gdp_pct, last_gdp_pct`` (per cent of GDP), ``revision_points``
        (points of GDP, last less first), ``estimated`` (whether the first value was an estimate). A year that only one
        edition has is left out.
    """
    ends = (
        compute_revisions(stacked)
        .groupby(["iso3", "year"], as_index=False)
        .agg(
            first=("earlier", "first"),
            last=("later", "last"),
            first_gdp_pct=("earlier_gdp_pct", "first"),
            last_gdp_pct=("later_gdp_pct", "last"),
            revision_points=("revision_points", "sum"),
            flag=("earlier_flag", "first"),
        )
    )
    return ends.assign(estimated=ends["flag"] == "estimate").drop(columns="flag")


def select_editions(stacked: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """The latest years that several editions have, edition by edition, for a chart.

    Parameters
    ----------
    stacked : DataFrame
        From ``stack_editions``.
    parameters : Parameters
        ``countries`` and ``comparators``; the two years before ``last_year`` are taken.

    Returns
    -------
    DataFrame
        ``iso3, year, vintage, edition`` (the month in words), ``share_gdp_pct`` (per cent of GDP), ``rounded, flag,
        revision_points`` (of that country and year in all, points of GDP; NaN where one exact value is known), in the
        order of the countries. A year that one edition has is left out.
    """
    codes = [*parameters.countries, *parameters.comparators]
    years = range(parameters.last_year - SHOWN_YEARS, parameters.last_year)
    several = stacked.groupby(["iso3", "year"])["vintage"].transform("size") > 1
    rows = stacked[several & stacked["iso3"].isin(codes) & stacked["year"].isin(years)]
    moved = total_revisions(stacked)[["iso3", "year", "revision_points"]]
    rows = rows.merge(moved, on=["iso3", "year"], how="left").assign(
        edition=lambda frame: frame["vintage"].map(name_date), order=lambda frame: frame["iso3"].map(codes.index)
    )
    columns = ["iso3", "year", "vintage", "edition", "share_gdp_pct", "rounded", "flag", "revision_points"]
    return rows.sort_values(["order", "year", "vintage"])[columns].reset_index(drop=True)


def name_editions(stacked: pd.DataFrame) -> tuple[str, ...]:
    """Months of all editions in words, the earliest first."""
    return tuple(name_date(vintage) for vintage in sorted(stacked["vintage"].unique()))


def describe_editions(stacked: pd.DataFrame, parameters: Parameters, aggregates: tuple[str, ...]) -> dict[str, Fact]:
    """How much NATO's figures move between editions, and whether the restated basis moved them.

    Parameters
    ----------
    stacked : DataFrame
        From ``stack_editions``.
    parameters : Parameters
        ``countries`` are named; for them and ``comparators`` the latest two editions are compared.
    aggregates : tuple of str
        Codes that are not states, left out of the counts.

    Returns
    -------
    dict
        ``closed_first_year, closed_last_year, closed_median`` (years that were outturns when first printed; points of
        GDP, typical size), ``closed_values`` (count), ``estimate_years, estimate_median, estimate_values``,
        ``estimate_largest, estimate_largest_ally, estimate_largest_year``, ``own_revisions`` (of the last year that
        was revised, by country; points), ``own_year``, ``own_unknown`` (countries without two editions of that year),
        ``before_shares, after_shares`` (per cent of GDP of that year in the last edition before the latest, and in the
        latest, for countries and comparators).
    """
    moved = total_revisions(stacked[~stacked["iso3"].isin(aggregates)])
    moved = moved.assign(size=moved["revision_points"].abs())
    closed, estimated = moved[~moved["estimated"]], moved[moved["estimated"]]
    facts: dict[str, Fact] = {
        **_typical(closed, "closed"),
        **_typical(estimated, "estimate"),
        "own_revisions": {},
        "own_unknown": parameters.countries,
        "own_year": "not computable",
        "estimate_largest": "not computable",
        "estimate_largest_ally": "not computable",
        "estimate_largest_year": "not computable",
        "before_shares": {},
        "after_shares": {},
    }
    if len(estimated):
        largest = estimated.loc[estimated["size"].idxmax()]
        last_year = int(estimated["year"].max())
        own = estimated[estimated["year"] == last_year].set_index("iso3")["revision_points"]
        known = [code for code in parameters.countries if code in own.index]
        facts |= {
            "estimate_largest": Quantity(float(largest["size"]), "points of GDP", 2),
            "estimate_largest_ally": str(largest["iso3"]),
            "estimate_largest_year": year(largest["year"]),
            "own_year": year(last_year),
            "own_revisions": {code: Quantity(float(own[code]), "points of GDP", 2) for code in known},
            "own_unknown": tuple(code for code in parameters.countries if code not in known),
            **_latest_two(stacked[stacked["year"] == last_year], [*parameters.countries, *parameters.comparators]),
        }
    return facts


def _typical(moved: pd.DataFrame, name: str) -> dict[str, Fact]:
    """Median size of some revisions, their number and years; ``not computable`` where there are none."""
    if moved.empty:
        return {f"{name}_{part}": "not computable" for part in ("median", "values", "first_year", "last_year")}
    return {
        f"{name}_median": Quantity(float(moved["size"].median()), "points of GDP", 2),
        f"{name}_values": Quantity(len(moved), "", 0),
        f"{name}_first_year": year(moved["year"].min()),
        f"{name}_last_year": year(moved["year"].max()),
    }


def _latest_two(shares: pd.DataFrame, codes: Sequence[str]) -> dict[str, Fact]:
    """The last two values of one year, by country, with as many decimals as are known."""
    facts: dict[str, Fact] = {}
    for name, place in (("before", -2), ("after", -1)):
        known = [(code, own.iloc[place]) for code in codes if len(own := shares[shares["iso3"] == code]) > 1]
        facts[f"{name}_shares"] = {
            code: Quantity(float(value["share_gdp_pct"]), "% of GDP", 1 if value["rounded"] else 2)
            for code, value in known
        }
    return facts
