"""Own forces: active, reserve, volunteer and wartime numbers, each as its publisher defines it, never added."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from baltic_calculus.analysis.figures import latest_figures, select_figures
from baltic_calculus.analysis.interval import Interval
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

ACTIVE = "active"
RESERVE = "trained reserve"
VOLUNTEER = "volunteer force"
WARTIME = "wartime size"
PLANNED = "planned active size"
COMPONENTS = (ACTIVE, VOLUNTEER, RESERVE, WARTIME, PLANNED)
NEIGHBOURS = ("POL", "FIN", "SWE", "NOR", "DEU", "DNK")
"""Allies around the Baltic Sea, beside which own forces are shown."""

# Left out: registers of persons liable to serve, conscripts (they are part of the active number), yearly intakes,
# targets of one component, and numbers that a newer plan replaces.
ROLES = {
    "active military personnel": ACTIVE,
    "active soldiers": ACTIVE,
    "number of personnel": ACTIVE,
    "total serving": ACTIVE,
    "regular forces": ACTIVE,
    "trained reservists": RESERVE,
    "active reserve quickly mobilisable": RESERVE,
    "reserve": RESERVE,
    "Kaitseliit total members (all organisations)": VOLUNTEER,
    "Zemessardze active members": VOLUNTEER,
    "National Defence Volunteer Force and active reserve": VOLUNTEER,
    "Territorial Defence (WOT)": VOLUNTEER,
    "Home Guard": VOLUNTEER,
    "wartime structure": WARTIME,
    "wartime strength": WARTIME,
    "wartime forces under the defence concept": WARTIME,
    "planned forces with reserve": WARTIME,
    "total armed forces target": PLANNED,
    "target, active": PLANNED,
    "planned number of personnel": PLANNED,
    "statutory path, active": PLANNED,
}
CONFIDENCE = ("low", "medium", "high")


def around(parameters: Parameters) -> tuple[str, ...]:
    """The countries and comparators, and the other allies around the Baltic Sea."""
    named = parameters.countries + parameters.comparators
    return named + tuple(code for code in NEIGHBOURS if code not in named)


def compute_forces(
    forces: pd.DataFrame, population: pd.DataFrame, lengths: Mapping[str, Interval], codes: Sequence[str]
) -> pd.DataFrame:
    """Latest published number of each component: a range where the newest counts differ.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.
    population : DataFrame
        World Bank dataset, long, with ``population_persons``.
    lengths : mapping of str to Interval
        Land border with Russia and Belarus, km, by state.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``iso3, component, definition`` (the published names), ``date`` (of the newest count), ``dated`` (all dates in
        words), ``low_persons, high_persons, low_per_1000, high_per_1000`` (per 1,000 inhabitants, latest year),
        ``low_per_km, high_per_km`` (per km of that border), ``confidence`` (the weakest), ``note``. A component
        without a published number is absent; densities are NaN without a population, or without such a border. A
        count of low confidence is used only where there is no better one.
    """
    rows = select_figures(forces, ROLES, "component")
    rows = latest_figures(rows[rows["entity"].isin(list(codes))], ["entity", "component", "indicator"])
    inhabitants = latest_population(population)
    found = [
        _component(str(code), str(component), counts, inhabitants, lengths)
        for (code, component), counts in rows.groupby(["entity", "component"])
    ]
    if not found:
        raise DataError("no published number", where="national_forces", remedy="choose other countries")
    table = pd.DataFrame(found)
    order = table["iso3"].map(list(codes).index) * len(COMPONENTS) + table["component"].map(COMPONENTS.index)
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _component(
    code: str, component: str, counts: pd.DataFrame, inhabitants: pd.Series, lengths: Mapping[str, Interval]
) -> dict[str, object]:
    """One row: the newest counts of one component of one state as a range."""
    sound = counts[counts["confidence"] != "low"]
    used = (counts if sound.empty else sound).sort_values("when", kind="stable")
    persons = Interval(float(used["low"].min()), float(used["high"].max()))
    nowhere = (np.nan, np.nan)
    dense = per_km = nowhere
    if code in inhabitants.index:
        share = persons.scale(1000 / float(inhabitants[code]))
        dense = (share.low, share.high)
    if code in lengths:
        ratio = persons / lengths[code]
        per_km = (ratio.low, ratio.high)
    return {
        "iso3": code,
        "component": component,
        "definition": "; ".join(used["indicator"]),
        "date": used["date"].iloc[-1],
        "dated": "; ".join(dict.fromkeys(used["dated"])),
        "low_persons": persons.low,
        "high_persons": persons.high,
        "low_per_1000": dense[0],
        "high_per_1000": dense[1],
        "low_per_km": per_km[0],
        "high_per_km": per_km[1],
        "confidence": min(used["confidence"], key=CONFIDENCE.index),
        "note": "; ".join(note for note in used["note"] if note),
    }


def latest_population(population: pd.DataFrame) -> pd.Series:
    """Inhabitants by country code, of the latest year with a value."""
    rows = population[(population["measure"] == "population_persons") & population["value"].notna()]
    return rows.sort_values("year", kind="stable").drop_duplicates("iso3", keep="last").set_index("iso3")["value"]


def missing_components(computed: pd.DataFrame, codes: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Components without a published number, by country; countries that lack none are left out."""
    held = {code: set(rows["component"]) for code, rows in computed.groupby("iso3")}
    lacking = {code: tuple(name for name in COMPONENTS if name not in held.get(code, set())) for code in codes}
    return {code: names for code, names in lacking.items() if names}
