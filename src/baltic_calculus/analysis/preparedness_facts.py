"""The numbers on shelters, evacuation and exercises that go into sentences."""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.by_country import ranges_by_country
from baltic_calculus.analysis.dates import name_date
from baltic_calculus.analysis.exercises import CIVIL, EVACUATION, MILITARY
from baltic_calculus.analysis.figures import select_figures, sole_figure
from baltic_calculus.analysis.forces import latest_population
from baltic_calculus.analysis.quantity import Fact, Quantity
from baltic_calculus.analysis.shelters import FINLAND, TARGET, latest_places

EVACUATED = "people in evacuation plans"
NONE = "none found"
PER_1000 = ("low_per_1000", "high_per_1000", "", 0)


def describe_shelters(facts: pd.DataFrame, places: pd.DataFrame, codes: Sequence[str]) -> dict[str, Fact]:
    """How many people find a place, by state and in Finland.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    places : DataFrame
        From ``compute_places``.
    codes : sequence of str
        Country codes of the report, without Finland.

    Returns
    -------
    dict
        ``places`` (of 1,000 inhabitants, by state; newest), ``places_dates`` (when counted, oldest to newest),
        ``places_without`` (codes without a number), ``finland`` (of 1,000 inhabitants, all counts, an interval),
        ``targets`` (by state), ``spending_latvia`` (EUR m a year, planned), ``granted_latvia, granted_lithuania,
        refused_estonia`` (EUR m), ``latvia_equipped, latvia_sites`` (numbers).
    """
    newest = latest_places(places)
    ours = newest[newest["iso3"].isin(list(codes))].sort_values("when", kind="stable")
    finland = places[(places["iso3"] == FINLAND) & (places["kind"] != TARGET)]
    targets = places[(places["kind"] == TARGET) & places["iso3"].isin(list(codes))]
    return {
        "places": ranges_by_country(newest[newest["iso3"].isin(list(codes))], *PER_1000) or NONE,
        "places_dates": f"{ours['dated'].iloc[0]} to {ours['dated'].iloc[-1]}" if len(ours) > 1 else _only(ours),
        "places_without": tuple(code for code in codes if code not in set(ours["iso3"])),
        "finland": Quantity(finland["low_per_1000"].min(), "", 0, finland["high_per_1000"].max()),
        "targets": ranges_by_country(targets, *PER_1000) or NONE,
        "spending_latvia": Quantity(sole_figure(facts, "shelter spending (minimum)").low, "EUR m a year", 0),
        "granted_latvia": Quantity(sole_figure(facts, "European money for shelters").low, "EUR m", 1),
        "granted_lithuania": Quantity(sole_figure(facts, "shelter money to 2030").low, "EUR m", 0),
        "refused_estonia": Quantity(sole_figure(facts, "shelter money requested, not granted").low, "EUR m", 0),
        "latvia_equipped": Quantity(sole_figure(facts, "shelters to be equipped with European money").low, "", 0),
        "latvia_sites": Quantity(sole_figure(facts, "shelters", "LVA").low, "", 0),
    }


def describe_evacuation(facts: pd.DataFrame, population: pd.DataFrame, codes: Sequence[str]) -> dict[str, Fact]:
    """For how many people evacuation is planned.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    population : DataFrame
        World Bank dataset, long, with ``population_persons``.
    codes : sequence of str
        Country codes.

    Returns
    -------
    dict
        ``evacuated`` (persons, by state), ``evacuated_pct`` (of inhabitants in the latest year, by state),
        ``evacuated_date`` (in words), ``memorandum`` (date of the joint memorandum, in words).
    """
    rows = select_figures(facts, {EVACUATED: EVACUATED}, "role").set_index("entity")
    inhabitants = latest_population(population)
    held = [code for code in codes if code in rows.index]
    memorandum = select_figures(facts, {"joint mass-evacuation memorandum": "role"}, "role")
    return {
        "evacuated": {code: Quantity(rows.at[code, "low"], "persons", 0) for code in held} or NONE,
        "evacuated_pct": {
            code: Quantity(rows.at[code, "low"] / inhabitants[code] * 100, "%", 0)
            for code in held
            if code in inhabitants.index
        }
        or NONE,
        "evacuated_date": str(rows["dated"].iloc[0]),
        "memorandum": str(memorandum["dated"].item()),
    }


def describe_exercises(exercises: pd.DataFrame) -> dict[str, Fact]:
    """How large the exercises are whose numbers were published.

    Parameters
    ----------
    exercises : DataFrame
        The dataset ``exercises``.

    Returns
    -------
    dict
        ``exercises`` (number of rows), ``exercises_silent`` (without a number), ``civil_most, evacuation_most,
        military_most`` (persons, an interval each) and ``civil_name, evacuation_name, military_name``; for Lithuania's
        Vycio Skliautas ``vycio`` (persons, an interval), ``vycio_institutions``, ``vycio_evacuated`` (persons),
        ``vycio_date`` (in words).
    """
    told: dict[str, Fact] = {
        "exercises": Quantity(len(exercises), "", 0),
        "exercises_silent": Quantity(int(exercises["low"].isna().sum()), "", 0),
    }
    for kind in (CIVIL, EVACUATION, MILITARY):
        rows = exercises[exercises["kind"] == kind]
        largest = rows.loc[rows["high"].idxmax()]
        told[f"{kind}_most"] = Quantity(largest["low"], "persons", 0, largest["high"])
        told[f"{kind}_name"] = str(largest["exercise"])
    vycio = exercises[exercises["exercise"].str.startswith("Vycio Skliautas") & exercises["low"].notna()]
    whole, moved = (vycio[vycio["kind"] == kind].iloc[-1] for kind in (CIVIL, EVACUATION))
    return {
        **told,
        "vycio": Quantity(whole["low"], "persons", 0, whole["high"]),
        "vycio_institutions": Quantity(whole["institutions"], "institutions", 0),
        "vycio_evacuated": Quantity(moved["low"], "persons", 0),
        "vycio_date": name_date(whole["date"]),
    }


def _only(rows: pd.DataFrame) -> str:
    """Date of the only count."""
    return str(rows["dated"].iloc[0]) if len(rows) else "no date"
