"""Cross-checks of the registers: forces, deliveries, places, works, exercises, incidents, commands."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from baltic_calculus.catalog.cross_check import (
    CrossCheck,
    Tables,
    compare_bounds,
    compare_dates,
    compare_numbers,
    compare_words,
)
from baltic_calculus.catalog.policy import PolicySet
from baltic_calculus.catalog.register_rules import ORDER, PAST, RANGE, keyed, ordered, past, ranged

PRESENCE, DELIVERIES, EQUIPMENT, AIR_DEFENCE = "forward_presence", "deliveries", "equipment", "air_defence"
GEOGRAPHY, INDUSTRY, DRONES, COMMANDS = "geography", "industry", "drone_defence", "command_structure"
INCIDENTS, EXERCISES = "incidents", "exercises"
EARTH_RADIUS_KM = 6371.0  # mean radius, as the distances of the register were computed


def _one_of(found: pd.Series, known: Sequence[str] | set[str], what: str) -> pd.DataFrame:
    expected = pd.Series(what, index=found.index, dtype=object)
    return compare_words(expected, found, found.isin(list(known)))


def _battlegroups(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    presence = tables[PRESENCE]
    strengths = presence[presence["indicator"].eq("battlegroup strength")]
    totals = presence[presence["indicator"].eq("battlegroups total")]
    found = totals.set_index(["entity", "date", "indicator"])["value"]
    summed = strengths.groupby("date")["value"].sum()
    return compare_numbers(summed.reindex(found.index.get_level_values("date")).set_axis(found.index), found, 0.0)


def _milestones(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    presence = tables[PRESENCE]
    due, met = (presence[presence["indicator"].str.startswith(f"milestone {state}: ")] for state in ("due", "met"))
    promised = set(due["entity"] + due["indicator"].str.replace("milestone due", "milestone met"))
    expected = pd.Series("a milestone due", index=met.index, dtype=object)
    compared = compare_words(expected, met["indicator"], (met["entity"] + met["indicator"]).isin(promised))
    return compared.set_axis(pd.MultiIndex.from_frame(met[["entity", "side", "date", "indicator"]]))


def _dated_by(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[DELIVERIES])
    names = frame["dated_by"].str.split(";").explode()
    equipment, air = tables[EQUIPMENT], tables[AIR_DEFENCE]
    known = {*(equipment["entity"] + " " + equipment["indicator"]), *(air["iso3"] + " " + air["system"])}
    return _one_of(names[names.ne("")], known, "a system of the registers of equipment and air defence")


def _outturns(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[DELIVERIES])
    begun, complete = frame["outturn"].isin(["begun", "complete"]), frame["outturn"].eq("complete")
    return pd.concat(
        [
            compare_dates(frame.loc[begun, "first"], frame.loc[begun, "date"]),
            compare_dates(frame.loc[complete, "last"], frame.loc[complete, "date"]),
        ]
    )


def _coordinates(frame: pd.DataFrame, axis: str) -> pd.Series:
    rows = frame[frame["indicator"].str.startswith(f"{axis} (")]
    return rows.set_index(["entity", "indicator"])["value"]


def _region(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = tables[GEOGRAPHY]
    south, north = limits.region_south_degrees.value, limits.region_north_degrees.value
    west, east = limits.region_west_degrees.value, limits.region_east_degrees.value
    return pd.concat(
        [
            compare_bounds(south, _coordinates(frame, "latitude"), north),
            compare_bounds(west, _coordinates(frame, "longitude"), east),
        ]
    )


def _places(frame: pd.DataFrame) -> pd.DataFrame:
    """Latitude and longitude by place, in degrees."""
    axes = {axis: _coordinates(frame, axis).groupby("entity").first() for axis in ("latitude", "longitude")}
    return pd.DataFrame(axes)


def _distances(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = tables[GEOGRAPHY]
    rows = frame[frame["indicator"].eq("great-circle distance")]
    found = rows.set_index(["entity", "indicator"])["value"]
    ends = found.index.get_level_values("entity").str.split("-", n=1)
    places = np.radians(_places(frame).rename(index=lambda name: name.split(" (")[0]))
    places = places[~places.index.duplicated()]
    first, second = (places.reindex([each[side] for each in ends]).to_numpy().T for side in (0, 1))
    half = (
        np.sin((second[0] - first[0]) / 2) ** 2
        + np.cos(first[0]) * np.cos(second[0]) * np.sin((second[1] - first[1]) / 2) ** 2
    )
    computed = pd.Series(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half)), index=found.index)
    return compare_numbers(computed, found, limits.distance_km.value)


def _towns(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    works = tables[INDUSTRY].set_index(["iso3", "project", "place"])
    known = _places(tables[GEOGRAPHY]).reindex(works.index.get_level_values("place")).set_axis(works.index)
    return pd.concat(
        [compare_numbers(known[axis], works[axis], limits.town_degrees.value) for axis in ("latitude", "longitude")]
    )


def _opened(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[INDUSTRY])
    producing = frame["status"].eq("producing")
    expected = producing.map({True: "a date of opening", False: "no date of opening"})
    return compare_words(expected, frame["opened"].astype(object), producing == frame["opened"].ne(""))


def _reported(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[DRONES])
    none = frame["outcome"].eq("none found")
    expected = none.map({True: "no date of a report", False: "a date of a report"})
    return compare_words(expected, frame["reported"].astype(object), none == frame["reported"].eq(""))


def _superiors(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = keyed(tables[COMMANDS])
    return _one_of(frame["superior"], {"", "not verified", *frame["entity"]}, "a command of the register")


def _held(frame: pd.DataFrame) -> pd.Series:
    return frame["status"].eq("held")


def _delivered(frame: pd.DataFrame) -> pd.Series:
    return frame["standing"].eq("delivered")


def _in_force(frame: pd.DataFrame) -> pd.Series:
    return frame["status"].eq("in force")


REGISTER_CHECKS = (
    CrossCheck(
        "presence_battlegroups_sum", (PRESENCE,), "the battlegroups of a day add up to the total of that day",
        "the total is NATO's sum", _battlegroups,
    ),
    CrossCheck(
        "presence_milestones", (PRESENCE,), "each milestone met is one that was due",
        "a promise is followed under one name", _milestones,
    ),
    CrossCheck(
        "deliveries_in_order", (DELIVERIES,), "the first delivery is not after the last", ORDER,
        ordered(DELIVERIES, ("first", "last")),
    ),
    CrossCheck(
        "deliveries_outturn", (DELIVERIES,), "what has begun or is complete has dates not after those of its report",
        PAST, _outturns,
    ),
    CrossCheck(
        "deliveries_dated_by", (DELIVERIES, EQUIPMENT, AIR_DEFENCE), "dates left out stand in the registers named",
        "a date is kept once", _dated_by,
    ),
    CrossCheck(
        "equipment_in_order", (EQUIPMENT,), "the first delivery is not after the last", ORDER,
        ordered(EQUIPMENT, ("first_delivery", "last_delivery")),
    ),
    CrossCheck(
        "equipment_held", (EQUIPMENT,), "what is held was delivered before the dataset was read", PAST,
        past(EQUIPMENT, "first_delivery", "last_delivery", rows=_held),
    ),
    CrossCheck(
        "air_defence_in_order", (AIR_DEFENCE,), "no delivery or stay before its order, no end before its begin", ORDER,
        ordered(AIR_DEFENCE, ("signed", "begins"), ("begins", "ends")),
    ),
    CrossCheck(
        "air_defence_delivered", (AIR_DEFENCE,), "what is delivered came before the dataset was read", PAST,
        past(AIR_DEFENCE, "begins", "ends", rows=_delivered),
    ),
    CrossCheck(
        "places_in_region", (GEOGRAPHY,), "places lie within the map of the eastern flank",
        "the register holds places of the region", _region,
        ("region_west_degrees", "region_east_degrees", "region_south_degrees", "region_north_degrees"),
    ),
    CrossCheck(
        "places_distances", (GEOGRAPHY,), "distances are those between the coordinates",
        "they are computed from them, as great circles", _distances, ("distance_km",),
    ),
    CrossCheck(
        "industry_towns", (INDUSTRY, GEOGRAPHY), "a town of works lies where the register of places has it",
        "both are from GeoNames", _towns, ("town_degrees",),
    ),
    CrossCheck(
        "industry_ranges", (INDUSTRY,), "lower ends are not above upper ends", RANGE,
        ranged(
            INDUSTRY, ("investment_low_eur_m", "investment_high_eur_m"), ("jobs_low", "jobs_high"),
            ("output_low", "output_high"),
        ),
    ),
    CrossCheck(
        "industry_in_order", (INDUSTRY,), "nothing opens before it was announced", ORDER,
        ordered(INDUSTRY, ("announced_on", "opened"), ("announced_on", "opening_announced")),
    ),
    CrossCheck(
        "industry_opened", (INDUSTRY,), "works that produce, and they alone, have a date of opening",
        "production follows the opening", _opened,
    ),
    CrossCheck(
        "industry_past", (INDUSTRY,), "what was announced, seen or opened was so before the dataset was read", PAST,
        past(INDUSTRY, "announced_on", "opened", "seen"),
    ),
    CrossCheck(
        "exercises_ranges", (EXERCISES,), "lower ends are not above upper ends", RANGE,
        ranged(EXERCISES, ("low", "high")),
    ),
    CrossCheck(
        "exercises_past", (EXERCISES,), "exercises took place before the dataset was read", PAST,
        past(EXERCISES, "date"),
    ),
    CrossCheck(
        "eu_money_ranges", ("eu_money",), "lower ends are not above upper ends", RANGE,
        ranged("eu_money", ("low_eur_m", "high_eur_m")),
    ),
    CrossCheck(
        "eu_money_past", ("eu_money",), "steps of the money were taken before the dataset was read", PAST,
        past("eu_money", "date"),
    ),
    CrossCheck(
        "drones_reported", (DRONES,), "a milestone without a report, and it alone, has no date of one",
        "the outcome says what was found", _reported,
    ),
    CrossCheck(
        "drones_past", (DRONES,), "milestones were reported before the dataset was read", PAST,
        past(DRONES, "reported"),
    ),
    CrossCheck(
        "incidents_past", (INCIDENTS,), "incidents took place before the dataset was read", PAST,
        past(INCIDENTS, "date"),
    ),
    CrossCheck(
        "commands_in_order", (COMMANDS,), "no link ends before it begins", ORDER,
        ordered(COMMANDS, ("since", "until")),
    ),
    CrossCheck(
        "commands_in_force", (COMMANDS,), "a link in force began, and was seen, before the dataset was read", PAST,
        past(COMMANDS, "since", "seen", rows=_in_force),
    ),
    CrossCheck(
        "commands_superior", (COMMANDS,), "the command above is one of the register",
        "links make one tree", _superiors,
    ),
)  # fmt: skip
