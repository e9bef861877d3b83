"""The numbers on own forces, their equipment and the forces opposite that the posture chapter puts into sentences."""

import pandas as pd

from baltic_calculus.analysis.by_country import UNKNOWN, ranges_by_country
from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.equipment import CATEGORIES, HELD, ON_ORDER, PLANNED, list_gaps
from baltic_calculus.analysis.figures import interval_of, select_figures
from baltic_calculus.analysis.force_ratios import (
    ALLIES_LESS_UKRAINE,
    BELARUS_TOTAL,
    BORDER_ACTIVE,
    BORDER_WARTIME,
    LESS_UKRAINE,
    NEAR_ESTONIA,
    TOTAL,
    count_in_ukraine,
)
from baltic_calculus.analysis.forces import ACTIVE, VOLUNTEER, WARTIME
from baltic_calculus.analysis.forces import PLANNED as PLANNED_SIZE
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.posture_facts import quantity_of
from baltic_calculus.analysis.quantity import Fact, Quantity, year

NONE = "none published"


def describe_forces(forces: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """The countries' own numbers.

    Parameters
    ----------
    forces : DataFrame
        From ``compute_forces``.
    parameters : Parameters
        ``countries``.

    Returns
    -------
    dict
        By country, or words when there is none: ``active`` (persons), ``active_per_1000, active_per_km``, ``wartime``
        (persons at war, or the planned active size where no wartime size is published), ``wartime_size`` (wartime size
        alone), ``wartime_per_km``. Also ``without_wartime, without_volunteers`` (codes), ``volunteers_first,
        volunteers_last`` (dates of the oldest and the newest count of volunteers, in words), ``per_km_highest,
        per_km_lowest`` (codes of all states shown by active persons per km), ``highest_per_km, lowest_per_km``.
    """
    ours = forces[forces["iso3"].isin(parameters.countries)]
    active, wartime = ours[ours["component"] == ACTIVE], ours[ours["component"] == WARTIME]
    planned = ours[(ours["component"] == PLANNED_SIZE) & ~ours["iso3"].isin(wartime["iso3"])]
    larger = pd.concat([wartime, planned])
    volunteers = ours[ours["component"] == VOLUNTEER].sort_values("date", kind="stable")
    bordering = forces[(forces["component"] == ACTIVE) & forces["low_per_km"].notna()].sort_values(
        "low_per_km", kind="stable"
    )
    persons = ("low_persons", "high_persons", "persons", 0)
    return {
        "active": ranges_by_country(active, *persons) or NONE,
        "active_per_1000": ranges_by_country(active, "low_per_1000", "high_per_1000", "", 1) or "not known",
        "active_per_km": ranges_by_country(active, "low_per_km", "high_per_km", "", 0) or UNKNOWN,
        "wartime": ranges_by_country(larger, *persons) or NONE,
        "wartime_size": ranges_by_country(wartime, *persons) or NONE,
        "wartime_per_km": ranges_by_country(wartime, "low_per_km", "high_per_km", "", 0) or UNKNOWN,
        "without_wartime": tuple(code for code in parameters.countries if code not in set(larger["iso3"])),
        "without_volunteers": tuple(code for code in parameters.countries if code not in set(volunteers["iso3"])),
        "volunteers_first": name_date(volunteers["date"].iloc[0]) if len(volunteers) else UNKNOWN,
        "volunteers_last": name_date(volunteers["date"].iloc[-1]) if len(volunteers) else UNKNOWN,
        **_describe_extremes(bordering),
    }


def _describe_extremes(bordering: pd.DataFrame) -> dict[str, Fact]:
    """States with the fewest and the most active persons per km of border."""
    if bordering.empty:
        return dict.fromkeys(("per_km_lowest", "lowest_per_km", "per_km_highest", "highest_per_km"), UNKNOWN)
    ends = {"lowest": bordering.iloc[0], "highest": bordering.iloc[-1]}
    told: dict[str, Fact] = {f"per_km_{end}": str(row["iso3"]) for end, row in ends.items()}
    per_km = {
        f"{end}_per_km": quantity_of(Interval(row["low_per_km"], row["high_per_km"]), "", 0)
        for end, row in ends.items()
    }
    return told | per_km


def describe_equipment(listed: pd.DataFrame, parameters: Parameters) -> dict[str, Fact]:
    """What the publications name as held, on order and planned for the countries.

    Parameters
    ----------
    listed : DataFrame
        From ``list_equipment``.
    parameters : Parameters
        ``countries`` and ``last_year``.

    Returns
    -------
    dict
        ``tanks_held, tanks_on_order``, ``vehicles_held, vehicles_on_order``, ``guns_held, guns_on_order``,
        ``launchers_held, launchers_on_order`` (numbers of all countries together, as named), ``orders`` (rows on order
        or planned), ``ahead`` (those whose last known year of delivery is after ``last_year``), ``last_year`` (of the
        parameters), ``without_year`` (those without any year), ``planned`` (rows without a contract), ``last_order``
        (latest year of a delivery), ``weak`` (rows of low confidence), ``gaps`` (pairs of state and category with
        nothing held among all states listed), ``pairs`` (all such pairs).
    """
    ours = listed[listed["iso3"].isin(parameters.countries)]
    units = dict(zip(("tanks", "vehicles", "guns", "launchers"), CATEGORIES, strict=True))
    numbers: dict[str, Fact] = {
        f"{unit}_{status.replace(' ', '_')}": _total(ours, category, status, unit)
        for unit, category in units.items()
        for status in (HELD, ON_ORDER)
    }
    coming = ours[ours["status"].isin([ON_ORDER, PLANNED])]
    last = coming["last_year"].fillna(coming["first_year"])
    codes = tuple(dict.fromkeys(listed["iso3"]))
    return numbers | {
        "orders": Quantity(len(coming), "", 0),
        "last_year": year(parameters.last_year),
        "ahead": Quantity(int((last > parameters.last_year).sum()), "", 0),
        "without_year": Quantity(int(last.isna().sum()), "", 0),
        "planned": Quantity(int((coming["status"] == PLANNED).sum()), "", 0),
        "last_order": year(int(last.max())) if last.notna().any() else UNKNOWN,
        "weak": Quantity(int((ours["confidence"] == "low").sum()), "", 0),
        "gaps": Quantity(len(list_gaps(listed, codes)), "", 0),
        "pairs": Quantity(len(codes) * len(CATEGORIES), "", 0),
    }


def _total(rows: pd.DataFrame, category: str, status: str, unit: str) -> Fact:
    """Sum of what is named in one category and stage; words when nothing is."""
    part = rows[(rows["category"] == category) & (rows["status"] == status)]
    if part.empty:
        return UNKNOWN
    return quantity_of(Interval(float(part["low"].sum()), float(part["high"].sum())), unit, 0)


def describe_opposite(forces: pd.DataFrame, ratios: pd.DataFrame) -> dict[str, Fact]:
    """Published active strengths opposite, and their ratios to the countries' own, as ranges.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.
    ratios : DataFrame
        From ``compare_strengths``.

    Returns
    -------
    dict
        ``own`` (active persons of the countries together), ``russia, belarus`` (active persons), ``ratio_russia,
        ratio_belarus`` (times), ``in_ukraine`` (range of the published counts), ``in_ukraine_dates``, ``remaining``
        (Russia's strength less those), ``ratio_remaining``, ``ratio_remaining_allies`` (with the allies around the
        countries), ``allies`` (their persons, the countries' own included), ``near_estonia`` with its
        ``near_estonia_date``, ``ratio_border_active, ratio_border_wartime`` (of Estonia's strengths).
    """
    compared = ratios.set_index("comparison")
    near = select_figures(forces, {NEAR_ESTONIA: "near"}, "role").iloc[0]
    deployed = count_in_ukraine(forces)

    def times(comparison: str, decimals: int) -> Quantity:
        return quantity_of(Interval(*compared.loc[comparison, ["low", "high"]]), "times", decimals)

    def persons(comparison: str, side: str) -> Quantity:
        return quantity_of(Interval(*compared.loc[comparison, [f"{side}_low", f"{side}_high"]]), "persons", 0)

    return {
        "own": persons(TOTAL, "own"),
        "russia": persons(TOTAL, "opposite"),
        "belarus": persons(BELARUS_TOTAL, "opposite"),
        "ratio_russia": times(TOTAL, 0),
        "ratio_belarus": times(BELARUS_TOTAL, 1),
        "in_ukraine": quantity_of(deployed.persons, "troops", 0),
        "in_ukraine_dates": deployed.dated,
        "remaining": persons(LESS_UKRAINE, "opposite"),
        "ratio_remaining": times(LESS_UKRAINE, 0),
        "ratio_remaining_allies": times(ALLIES_LESS_UKRAINE, 1),
        "allies": persons(ALLIES_LESS_UKRAINE, "own"),
        "near_estonia": quantity_of(interval_of(near), "troops"),
        "near_estonia_date": name_date(near["date"]),
        "ratio_border_active": times(BORDER_ACTIVE, 1),
        "ratio_border_wartime": times(BORDER_WARTIME, 1),
    }
