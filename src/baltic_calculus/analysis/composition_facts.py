"""The numbers of the sentences about what the money buys, and for how many people."""

import pandas as pd

from baltic_calculus.analysis.by_country import known_by_country
from baltic_calculus.analysis.composition import CATEGORIES
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Fact, Quantity, year


def describe_equipment(
    equipment: pd.DataFrame, amounts: pd.DataFrame, composition: pd.DataFrame, guideline_pct: float
) -> dict[str, Fact]:
    """What the countries spend on equipment, against the guideline.

    Parameters
    ----------
    equipment : DataFrame
        From ``compute_equipment_amounts``.
    amounts : DataFrame
        From ``compute_amounts``, in the same price basis.
    composition : DataFrame
        From ``compute_composition``.
    guideline_pct : float
        Guideline for equipment in per cent of defence expenditure.

    Returns
    -------
    dict
        ``equipment_first, equipment_last`` (EUR bn together), ``equipment_part`` (per cent of the rise of all
        expenditure), ``equipment_shares`` (last year, by country), ``above_guideline`` (codes), ``guideline``.
    """
    totals = equipment.groupby("year")["equipment_eur_bn"].sum()
    spending = amounts.groupby("year")["spend_eur_bn"].sum()
    part = (totals.iloc[-1] - totals.iloc[0]) / (spending.iloc[-1] - spending.iloc[0])
    shares = composition.query("category == 'equipment' and year == year.max()").sort_values(
        "share_pct",
        ascending=False,
        kind="stable",
    )
    return {
        "first_year": year(totals.index[0]),
        "last_year": year(totals.index[-1]),
        "equipment_first": Quantity(float(totals.iloc[0]), "EUR bn", 2),
        "equipment_last": Quantity(float(totals.iloc[-1]), "EUR bn", 2),
        "equipment_part": Quantity(float(part) * 100, "%", 0),
        "equipment_shares": known_by_country(shares, "share_pct", "%", 0),
        "above_guideline": tuple(shares.loc[shares["share_pct"] >= guideline_pct, "iso3"]),
        "guideline": Quantity(guideline_pct, "%", 0),
    }


def describe_parts_of_spending(composition: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """Personnel at both ends of the period, and whose split is not complete in the data.

    Parameters
    ----------
    composition : DataFrame
        From ``compute_composition``.
    parameters : Parameters
        ``countries, first_year, last_year``.

    Returns
    -------
    dict
        ``personnel_first, personnel_last`` (per cent of core defence expenditure, by country), ``incomplete`` (codes of
        the countries for which some category is missing in some year).
    """
    personnel = composition[composition["category"] == "personnel"]
    years = parameters.last_year - parameters.first_year + 1
    cells = composition.groupby("iso3").size().reindex(list(parameters.countries), fill_value=0)
    return {
        f"personnel_{which}": known_by_country(personnel[personnel["year"] == when], "share_pct", "%", 0)
        for which, when in (("first", parameters.first_year), ("last", parameters.last_year))
    } | {"incomplete": tuple(cells.index[cells < years * len(CATEGORIES)])}


def describe_equipment_rank(ranked: pd.DataFrame, parameters: Parameters, guideline_pct: float) -> dict[str, Fact]:
    """Where the countries stand among the allies by equipment share.

    Parameters
    ----------
    ranked : DataFrame
        From ``rank_equipment``.
    parameters : Parameters
        ``countries``.
    guideline_pct : float
        Guideline for equipment in per cent of defence expenditure.

    Returns
    -------
    dict
        ``equipment_ranks`` (place, by country), ``equipment_allies`` (how many are ranked), ``equipment_above_first,
        equipment_above_last`` (how many reach the guideline in the first and the last year), ``equipment_median_first,
        equipment_median_last`` (per cent), ``equipment_leader, equipment_leader_share``.
    """
    own = ranked[ranked["iso3"].isin(parameters.countries)]
    leader = ranked.iloc[0]
    ends = {which: ranked[f"equipment_{which}_pct"] for which in ("first", "last")}
    return {
        "equipment_ranks": known_by_country(own, "rank", "", 0),
        "equipment_allies": Quantity(len(ranked), "", 0),
        "equipment_leader": str(leader["iso3"]),
        "equipment_leader_share": Quantity(float(leader["equipment_last_pct"]), "%", 0),
        **{
            f"equipment_above_{which}": Quantity(int((end >= guideline_pct).sum()), "", 0)
            for which, end in ends.items()
        },
        **{f"equipment_median_{which}": Quantity(float(end.median()), "%", 0) for which, end in ends.items()},
    }


def describe_per_person(per_person: pd.DataFrame, parameters: Parameters, allies: int) -> dict[str, Fact]:
    """What is spent for each inhabitant, and whose figure is not in the data.

    Parameters
    ----------
    per_person : DataFrame
        From ``compare_per_person``.
    parameters : Parameters
        ``countries``.
    allies : int
        Allies with any data.

    Returns
    -------
    dict
        ``per_person_first, per_person_last`` (US$ at 2021 prices, by country), ``per_person_multiple`` (times, by
        country), ``per_person_ranks`` (place among the allies held, by country), ``per_person_leader,
        per_person_leader_usd``, ``per_person_allies`` (how many are held), ``per_person_missing`` (how many are not).
    """
    states = per_person[per_person["rank"].notna()]
    own = states[states["iso3"].isin(parameters.countries)]
    leader = states.iloc[0]
    return {
        "per_person_first": known_by_country(own, "per_person_first_usd_2021", "US$", 0),
        "per_person_last": known_by_country(own, "per_person_last_usd_2021", "US$", 0),
        "per_person_multiple": known_by_country(own, "multiple", "times", 1),
        "per_person_ranks": known_by_country(own, "rank", "", 0),
        "per_person_leader": str(leader["iso3"]),
        "per_person_leader_usd": Quantity(float(leader["per_person_last_usd_2021"]), "US$", 0),
        "per_person_allies": Quantity(len(states), "", 0),
        "per_person_missing": Quantity(allies - len(states), "", 0),
    }
