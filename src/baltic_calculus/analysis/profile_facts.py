"""The numbers and words that a country's profile puts into sentences."""

import pandas as pd

from baltic_calculus.analysis.data_note import outliers_of, output_break
from baltic_calculus.analysis.growth import OUTPUT, SHARE, compute_levels, decompose_growth
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.passing import Passing, describe_passing, find_passing
from baltic_calculus.analysis.profile import ALLIANCE
from baltic_calculus.analysis.quantity import Fact, Quantity, year
from baltic_calculus.analysis.ranking import rank_allies
from baltic_calculus.analysis.spending import SPEND_USD, compute_amounts
from baltic_calculus.catalog import DatasetRecord

PER_PERSON = "spend_per_capita_usd_2021"
FORCES = "military_personnel_k"
SMALL, LARGE = 10, 100


def money_decimals(largest: float) -> int:
    """Decimals of amounts in billions: none from a hundred on, one from ten on, else two."""
    return 0 if largest >= LARGE else 1 if largest >= SMALL else 2


def price_year(record: DatasetRecord, measure: str) -> int:
    """Base year of a measure at constant prices, which the record names as in "constant 2021"."""
    return int(record.measures[measure].price_basis.split()[-1])


def select_own(nato: pd.DataFrame, parameters: Parameters, measure: str) -> pd.Series:
    """One measure of the page's country by year, without the years that lack it."""
    rows = nato[
        (nato["iso3"] == parameters.countries[0])
        & (nato["measure"] == measure)
        & nato["year"].between(parameters.first_year, parameters.last_year)
    ]
    return rows.set_index("year")["value"].dropna().sort_index()


def _compare(change: float) -> dict[str, Fact]:
    """How a share compares with that of the first year, in two decimals as it is published."""
    if round(change, 2) == 0:
        return {"change": "as much", "change_word": "as"}
    return {"change": Quantity(abs(change), "points", 2), "change_word": "more than" if change > 0 else "less than"}


def find_share_passing(nato: pd.DataFrame, parameters: Parameters, level_gdp_pct: float) -> Passing:
    """Since when the country's share of GDP has stood at or above a level in per cent."""
    return find_passing(select_own(nato, parameters, "share_gdp_pct"), level_gdp_pct)


def describe_standing(
    nato: pd.DataFrame, parameters: Parameters, guideline: Passing, target: Passing
) -> dict[str, Fact]:
    """Share, rank, guideline and target in the last year.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    parameters : Parameters
        The country, and the first and last year.
    guideline, target : Passing
        From :func:`find_share_passing`.

    Returns
    -------
    dict
        ``first_year, last_year, source_says, share_first, share_last, change, change_word, rank, rank_first, allies,
        tied, next_above, next_below`` (with their shares), ``alliance_share, alliance_word`` (against NATO Europe and
        Canada), ``median_share, highest, highest_year, lowest, lowest_year, guideline, guideline_since,
        guideline_years, target, target_since, target_years, gap_points, gap_eur`` (EUR bn a year at the last year's
        GDP; 0 when passed), ``margin`` (points above the target; negative when below).
    """
    (country,) = parameters.countries
    first, last = parameters.first_year, parameters.last_year
    share = select_own(nato, parameters, "share_gdp_pct")
    ranked = rank_allies(nato, parameters, target.level).set_index("iso3")
    own = ranked.loc[country]
    tied = ranked.index[(ranked["rank"] == own["rank"]) & (ranked.index != country)]
    above, below = (ranked[ranked["rank"] < own["rank"]], ranked[ranked["rank"] > own["rank"]])
    beside = nato[(nato["iso3"] == ALLIANCE) & (nato["measure"] == "share_gdp_pct") & (nato["year"] == last)]
    alliance = float(beside["value"].iloc[0])
    gap_eur = float(own["gap_eur_bn"])
    return {
        "first_year": year(first),
        "last_year": year(last),
        "source_says": "NATO estimates" if own["flag"] == "estimate" else "NATO reports",
        "share_first": Quantity(float(share[first]), "% of GDP", 2),
        "share_last": Quantity(float(share[last]), "% of GDP", 2),
        **_compare(float(share[last] - share[first])),
        "rank": Quantity(int(own["rank"]), ""),
        "rank_first": Quantity(int(own["rank_first"]), ""),
        "allies": Quantity(len(ranked), ""),
        "tied": tuple(tied),
        "next_above": _shares_of(above[above["rank"] == above["rank"].max()]),
        "next_below": _shares_of(below[below["rank"] == below["rank"].min()]),
        "alliance_share": Quantity(alliance, "% of GDP", 2),
        "alliance_word": "above" if share[last] > alliance else "below" if share[last] < alliance else "the same as",
        "median_share": Quantity(float(ranked["share_last_gdp_pct"].median()), "% of GDP", 2),
        "highest": Quantity(float(share.max()), "% of GDP", 2),
        "highest_year": year(share.idxmax()),
        "lowest": Quantity(float(share.min()), "% of GDP", 2),
        "lowest_year": year(share.idxmin()),
        "guideline": Quantity(guideline.level, "% of GDP", 0),
        "target": Quantity(target.level, "% of GDP", 1),
        **describe_passing(guideline, "guideline"),
        **describe_passing(target, "target"),
        "gap_points": Quantity(float(own["gap_points"]), "points", 2),
        "gap_eur": Quantity(gap_eur, "EUR bn", money_decimals(gap_eur)),
        "margin": Quantity(float(share[last] - target.level), "points", 2),
    }


def _shares_of(rows: pd.DataFrame) -> dict[str, Quantity]:
    """Last shares by country code."""
    return {str(code): Quantity(float(value), "% of GDP", 2) for code, value in rows["share_last_gdp_pct"].items()}


def describe_money(nato: pd.DataFrame, record: DatasetRecord, parameters: Parameters) -> dict[str, Fact]:
    """Amount at current prices, and real growth since the first year.

    Parameters
    ----------
    nato : DataFrame
        NATO dataset, long.
    record : DatasetRecord
        Its record, which names the base year of constant prices.
    parameters : Parameters
        The country, and the first and last year.

    Returns
    -------
    dict
        ``first_year, last_year, amount_last`` (EUR bn, current prices), ``price_year, multiple_real`` (last over first
        year at constant prices, times), ``real_growth`` (absolute, per cent a year), ``growth_word`` ("growth of", "a
        fall of"), ``money_decimals`` (of amounts at constant prices).
    """
    current, constant = (
        compute_amounts(nato, parameters.model_copy(update={"price_basis": basis})).set_index("year")["spend_eur_bn"]
        for basis in ("current", "constant")
    )
    first, last = parameters.first_year, parameters.last_year
    multiple = float(constant[last] / constant[first])
    growth = (multiple ** (1 / (last - first)) - 1) * 100
    return {
        "first_year": year(first),
        "last_year": year(last),
        "amount_last": Quantity(float(current[last]), "EUR bn", money_decimals(float(current[last]))),
        "price_year": year(price_year(record, SPEND_USD["constant"])),
        "multiple_real": Quantity(multiple, "times", 1),
        "real_growth": Quantity(abs(growth), "%", 1),
        "growth_word": "growth of" if growth >= 0 else "a fall of",
        "money_decimals": Quantity(money_decimals(float(constant.max())), ""),
    }


def describe_people(nato: pd.DataFrame, record: DatasetRecord, parameters: Parameters) -> dict[str, Fact]:
    """Expenditure per person where it is known, and military personnel in the last year that is not odd.

    Returns
    -------
    dict
        ``per_person`` (US$ at constant prices; "not known" without one), ``forces_year, forces_first, forces_last``
        (thousand persons), ``forces_odd`` (last value as published where the catalogue warns of it, "none" otherwise).
    """
    (country,) = parameters.countries
    per_person = select_own(nato, parameters, PER_PERSON)
    forces = select_own(nato, parameters, FORCES)
    odd = outliers_of(record, country, (FORCES,))
    sound = forces[[all(not one.first_year <= at <= one.last_year for one in odd) for at in forces.index]]
    facts: dict[str, Fact] = {
        "last_year": year(parameters.last_year),
        "per_person": "not known",
        "price_year": year(price_year(record, PER_PERSON)),
        "forces_first_year": year(sound.index[0]),
        "forces_year": year(sound.index[-1]),
        "forces_first": Quantity(float(sound.iloc[0]), "thousand", 1),
        "forces_last": Quantity(float(sound.iloc[-1]), "thousand", 1),
        "forces_odd": "none",
        "forces_odd_year": "none",
    }
    if parameters.last_year in per_person.index:
        facts["per_person"] = Quantity(float(per_person[parameters.last_year]), "US$", 0)
    if sound.index[-1] != forces.index[-1]:
        facts["forces_odd"] = Quantity(float(forces.iloc[-1]), "thousand", 1)
        facts["forces_odd_year"] = year(forces.index[-1])
    return facts


def describe_sources_of_growth(
    nato: pd.DataFrame, record: DatasetRecord, parameters: Parameters, break_year: int
) -> dict[str, Fact]:
    """What real growth came from before and after a year: a larger share, or larger output.

    Returns
    -------
    dict
        For ``first`` and ``second``: ``<which>_period, moved_<which>`` ("grew by", "fell by"), ``total_<which>,
        share_<which>, output_<which>`` (log points a year, without sign), ``share_word_<which>, output_word_<which>``
        ("added", "took"), and ``split_<which>``: "yes", or "no" where output changes its meaning within the period.
    """
    (country,) = parameters.countries
    growth = decompose_growth(
        compute_levels(nato, [country]), [parameters.first_year, break_year, parameters.last_year]
    )
    facts: dict[str, Fact] = {}
    ends = ((parameters.first_year, break_year), (break_year, parameters.last_year))
    for which, (start, end) in zip(("first", "second"), ends, strict=True):
        rows = growth[growth["period"] == f"{start}\u2013{end}"].set_index("source")["contribution_log_points"]
        share, output = float(rows[SHARE]), float(rows[OUTPUT])
        total = share + output
        facts |= {
            f"{which}_start": year(start),
            f"{which}_end": year(end),
            f"moved_{which}": "grew by" if total >= 0 else "fell by",
            f"total_{which}": Quantity(abs(total), "log points a year", 1),
            f"share_{which}": Quantity(abs(share), "", 1),
            f"share_word_{which}": "added" if share >= 0 else "took",
            f"output_{which}": Quantity(abs(output), "", 1),
            f"output_word_{which}": "added" if output >= 0 else "took",
            f"split_{which}": "no" if output_break(record, country, start, end) else "yes",
        }
    return facts
