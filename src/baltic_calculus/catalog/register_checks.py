"""Cross-checks of the registers: forces, deliveries, places, works, incidents, commands, claims and systems."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd

from baltic_calculus.catalog.cross_check import (
    INFINITE,
    Compare,
    CrossCheck,
    Tables,
    compare_bounds,
    compare_dates,
    compare_numbers,
    compare_to_reading,
    compare_words,
)
from baltic_calculus.catalog.policy import PolicySet

PRESENCE, DELIVERIES, EQUIPMENT, AIR_DEFENCE = "forward_presence", "deliveries", "equipment", "air_defence"
GEOGRAPHY, INDUSTRY, DRONES, COMMANDS = "geography", "industry", "drone_defence", "command_structure"
INCIDENTS, EXERCISES, TIMELINE = "incidents", "exercises", "timeline"
CLAIMS, FORECASTS, SYSTEMS, ESTIMATES = "claims", "forecasts", "systems", "reconstitution_estimates"
EARTH_RADIUS_KM = 6371.0  # mean radius, as the distances of the register were computed
Rows = Callable[[pd.DataFrame], pd.Series]


def _keyed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with its keys as index and as columns."""
    return frame.set_index(list(frame.attrs["record"].keys), drop=False)


def _in_order(dataset: str, pairs: Sequence[tuple[str, str]], tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[dataset])
    return pd.concat([compare_dates(frame[earlier], frame[later]) for earlier, later in pairs])


def _by_reading(
    dataset: str, columns: Sequence[str], rows: Rows | None, tables: Tables, limits: PolicySet
) -> pd.DataFrame:
    frame = tables[dataset]
    chosen = _keyed(frame if rows is None else frame[rows(frame)])
    return pd.concat([compare_to_reading(chosen[column], frame) for column in columns])


def _ranges(dataset: str, pairs: Sequence[tuple[str, str]], tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[dataset])
    return pd.concat([compare_bounds(-INFINITE, frame[low].dropna(), frame[high]) for low, high in pairs])


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
    frame = _keyed(tables[DELIVERIES])
    names = frame["dated_by"].str.split(";").explode()
    equipment, air = tables[EQUIPMENT], tables[AIR_DEFENCE]
    known = {*(equipment["entity"] + " " + equipment["indicator"]), *(air["iso3"] + " " + air["system"])}
    return _one_of(names[names.ne("")], known, "a system of the registers of equipment and air defence")


def _outturns(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[DELIVERIES])
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
    frame = _keyed(tables[INDUSTRY])
    producing = frame["status"].eq("producing")
    expected = producing.map({True: "a date of opening", False: "no date of opening"})
    return compare_words(expected, frame["opened"].astype(object), producing == frame["opened"].ne(""))


def _reported(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[DRONES])
    none = frame["outcome"].eq("none found")
    expected = none.map({True: "no date of a report", False: "a date of a report"})
    return compare_words(expected, frame["reported"].astype(object), none == frame["reported"].eq(""))


def _superiors(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[COMMANDS])
    return _one_of(frame["superior"], {"", "not verified", *frame["entity"]}, "a command of the register")


def _midpoints(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[ESTIMATES])
    frame = frame[frame["note"].str.contains("midpoint")]
    return compare_numbers((frame["low"] + frame["high"]) / 2, frame["value"], 0.0)


def _essays(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[CLAIMS])
    expected = frame["claim"].str[0].map({"A": "essay-2", "B": "essay-3", "C": "essay-1"})
    dates = frame.groupby("essay")["essay_date"].transform("first")
    return pd.concat(
        [
            compare_words(expected, frame["essay"], expected.eq(frame["essay"])),
            compare_words(dates, frame["essay_date"], dates.eq(frame["essay_date"])),
        ]
    )


VERDICTS = {
    "forecast": {"came true", "did not come true", "open", "outdated", "not checkable"},
    "recommendation": {"adopted", "partly adopted", "not adopted", "open", "not checkable"},
}
SUPPORT = {"supported", "partly supported", "contradicted", "outdated", "not checkable"}


def _verdicts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[CLAIMS])
    allowed = frame["kind"].map(lambda kind: VERDICTS.get(kind, SUPPORT))
    holds = [verdict in words for verdict, words in zip(frame["verdict"], allowed, strict=True)]
    expected = allowed.map(lambda words: "one of: " + ", ".join(sorted(words)))
    return compare_words(expected, frame["verdict"], pd.Series(holds, index=frame.index))


def _evidence(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[CLAIMS])
    known = frame["evidence_access"].eq("K")
    expected = known.map({True: "not checkable, being general knowledge", False: "a title of the document found"})
    found = frame["source_title"].where(~known, frame["verdict"])
    return compare_words(expected, found, frame["source_title"].ne("") & (~known | found.eq("not checkable")))


def _forecasts(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    """Each forecast of the claims has its window; findings are about claims."""
    frame = _keyed(tables[CLAIMS])
    listed = frame["claim"].isin(tables[FORECASTS]["claim"])
    forecast = frame["kind"].eq("forecast")
    expected = forecast.map({True: "a window among the forecasts", False: "none"})
    found = listed.map({True: "a window among the forecasts", False: "none"})
    unknown = sorted(set(tables[FORECASTS]["claim"]) - set(frame["claim"]))
    missing = pd.Series("no such claim", index=pd.Index(unknown, name="claim"), dtype=object)
    return pd.concat(
        [
            compare_words(expected, found, forecast == listed),
            compare_words(missing, missing, pd.Series(False, index=missing.index)),
        ]
    )


def _windows(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[FORECASTS])
    return pd.concat(
        [
            compare_dates(frame["window_opens"], frame["window_closes"]),
            compare_dates(frame["window_opens"], frame["happened"]),
            compare_dates(frame["happened"], frame["window_closes"]),
        ]
    )


def _system_keys(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    found = _keyed(tables[SYSTEMS])["id"]
    expected = pd.Series([f"SYS{number:02}" for number in range(1, len(found) + 1)], index=found.index)
    return compare_words(expected, found, expected.eq(found))


def _system_findings(tables: Tables, limits: PolicySet) -> pd.DataFrame:
    frame = _keyed(tables[SYSTEMS])
    found = frame["finding"].ne("")
    expected = found.map({True: "a date of the finding", False: "no date without a finding"})
    return compare_words(expected, frame["finding_date"], found == frame["finding_date"].ne(""))


def _happened(frame: pd.DataFrame) -> pd.Series:
    return ~frame["precision"].eq("planned day")


def _held(frame: pd.DataFrame) -> pd.Series:
    return frame["status"].eq("held")


def _delivered(frame: pd.DataFrame) -> pd.Series:
    return frame["standing"].eq("delivered")


def _in_force(frame: pd.DataFrame) -> pd.Series:
    return frame["status"].eq("in force")


def _ordered(dataset: str, *pairs: tuple[str, str]) -> Compare:
    return partial(_in_order, dataset, pairs)


def _past(dataset: str, *columns: str, rows: Rows | None = None) -> Compare:
    return partial(_by_reading, dataset, columns, rows)


def _ranged(dataset: str, *pairs: tuple[str, str]) -> Compare:
    return partial(_ranges, dataset, pairs)


ORDER, PAST, RANGE = (
    "the later follows from the earlier",
    "what has happened was not in the future when the dataset was read",
    "the lower end of a range is not above the upper",
)

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
        _ordered(DELIVERIES, ("first", "last")),
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
        _ordered(EQUIPMENT, ("first_delivery", "last_delivery")),
    ),
    CrossCheck(
        "equipment_held", (EQUIPMENT,), "what is held was delivered before the dataset was read", PAST,
        _past(EQUIPMENT, "first_delivery", "last_delivery", rows=_held),
    ),
    CrossCheck(
        "air_defence_in_order", (AIR_DEFENCE,), "no delivery or stay before its order, no end before its begin", ORDER,
        _ordered(AIR_DEFENCE, ("signed", "begins"), ("begins", "ends")),
    ),
    CrossCheck(
        "air_defence_delivered", (AIR_DEFENCE,), "what is delivered came before the dataset was read", PAST,
        _past(AIR_DEFENCE, "begins", "ends", rows=_delivered),
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
        _ranged(
            INDUSTRY, ("investment_low_eur_m", "investment_high_eur_m"), ("jobs_low", "jobs_high"),
            ("output_low", "output_high"),
        ),
    ),
    CrossCheck(
        "industry_in_order", (INDUSTRY,), "nothing opens before it was announced", ORDER,
        _ordered(INDUSTRY, ("announced_on", "opened"), ("announced_on", "opening_announced")),
    ),
    CrossCheck(
        "industry_opened", (INDUSTRY,), "works that produce, and they alone, have a date of opening",
        "production follows the opening", _opened,
    ),
    CrossCheck(
        "industry_past", (INDUSTRY,), "what was announced, seen or opened was so before the dataset was read", PAST,
        _past(INDUSTRY, "announced_on", "opened", "seen"),
    ),
    CrossCheck(
        "exercises_ranges", (EXERCISES,), "lower ends are not above upper ends", RANGE,
        _ranged(EXERCISES, ("low", "high")),
    ),
    CrossCheck(
        "exercises_past", (EXERCISES,), "exercises took place before the dataset was read", PAST,
        _past(EXERCISES, "date"),
    ),
    CrossCheck(
        "eu_money_ranges", ("eu_money",), "lower ends are not above upper ends", RANGE,
        _ranged("eu_money", ("low_eur_m", "high_eur_m")),
    ),
    CrossCheck(
        "eu_money_past", ("eu_money",), "steps of the money were taken before the dataset was read", PAST,
        _past("eu_money", "date"),
    ),
    CrossCheck(
        "drones_reported", (DRONES,), "a milestone without a report, and it alone, has no date of one",
        "the outcome says what was found", _reported,
    ),
    CrossCheck(
        "drones_past", (DRONES,), "milestones were reported before the dataset was read", PAST,
        _past(DRONES, "reported"),
    ),
    CrossCheck(
        "incidents_past", (INCIDENTS,), "incidents took place before the dataset was read", PAST,
        _past(INCIDENTS, "date"),
    ),
    CrossCheck(
        "commands_in_order", (COMMANDS,), "no link ends before it begins", ORDER,
        _ordered(COMMANDS, ("since", "until")),
    ),
    CrossCheck(
        "commands_in_force", (COMMANDS,), "a link in force began, and was seen, before the dataset was read", PAST,
        _past(COMMANDS, "since", "seen", rows=_in_force),
    ),
    CrossCheck(
        "commands_superior", (COMMANDS,), "the command above is one of the register",
        "links make one tree", _superiors,
    ),
    CrossCheck(
        "estimates_midpoint", (ESTIMATES,), "a midpoint is that of its range", "it is computed from it", _midpoints,
    ),
    CrossCheck(
        "claims_essays", (CLAIMS,), "the key of a claim names its essay, and an essay has one date",
        "keys are given by essay", _essays,
    ),
    CrossCheck(
        "claims_verdicts", (CLAIMS,), "the verdict is one for the kind of claim",
        "forecasts come true, recommendations are adopted, facts are supported", _verdicts,
    ),
    CrossCheck(
        "claims_evidence", (CLAIMS,), "evidence has a title; general knowledge settles nothing",
        "a verdict rests on a document", _evidence,
    ),
    CrossCheck(
        "claims_forecasts", (CLAIMS, FORECASTS), "forecasts, and they alone, have a window",
        "a forecast is judged within its window", _forecasts,
    ),
    CrossCheck(
        "forecasts_in_order", (FORECASTS,), "windows open before they close, and what happened did so within",
        "what lies outside the window settles nothing", _windows,
    ),
    CrossCheck(
        "systems_numbered", (SYSTEMS,), "systems are numbered without a gap", "pages and links count on it",
        _system_keys,
    ),
    CrossCheck(
        "systems_findings", (SYSTEMS,), "a finding, and it alone, has a date", "the newest dated source is meant",
        _system_findings,
    ),
    CrossCheck(
        "systems_past", (SYSTEMS,), "findings were published before the dataset was read", PAST,
        _past(SYSTEMS, "finding_date"),
    ),
    CrossCheck(
        "timeline_past", (TIMELINE,), "events other than planned ones took place before the dataset was read", PAST,
        _past(TIMELINE, "date", rows=_happened),
    ),
)  # fmt: skip
