"""Own forces: active, reserve, volunteer and wartime numbers, each as its publisher defines it, never added."""

import pandas as pd

from baltic_calculus.analysis.figures import latest_figures, select_figures
from baltic_calculus.analysis.interval import Interval, add_intervals
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.errors import DataError

ACTIVE = "active"
RESERVE = "trained reserve"
VOLUNTEER = "volunteer force"
WARTIME = "wartime or planned size"
COMPONENTS = (ACTIVE, VOLUNTEER, RESERVE, WARTIME)

# Left out: registers of persons liable to serve, conscripts (they are part of the active number), yearly intakes,
# targets of one component, and second counts of the same thing.
ROLES = {
    "active military personnel": ACTIVE,
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
    "planned total forces incl. reserve 20,000": WARTIME,
    "total armed forces target": WARTIME,
    "target, active": WARTIME,
}
ADVERSARY_ACTIVE = {"active armed forces": ACTIVE, "active military personnel": ACTIVE}


def compute_forces(forces: pd.DataFrame, population: pd.DataFrame, parameters: Parameters) -> pd.DataFrame:
    """Latest published number of each component, for the countries and comparators.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.
    population : DataFrame
        World Bank dataset, long, with ``population_persons``.
    parameters : Parameters
        ``countries`` and ``comparators``.

    Returns
    -------
    DataFrame
        ``iso3, component, definition`` (the published name), ``date, dated`` (in words), ``persons, per_1000`` (per
        1,000 inhabitants, latest year), ``confidence, note``; a component without a published number is absent, and
        ``per_1000`` is NaN without a population.
    """
    codes = list(parameters.countries + parameters.comparators)
    rows = select_figures(forces, ROLES, "component")
    rows = latest_figures(rows[rows["entity"].isin(codes)], ["entity", "component"])
    inhabitants = latest_population(population)
    rows = rows.assign(
        persons=rows["low"],
        per_1000=rows["low"] / rows["entity"].map(inhabitants) * 1000,
        country_order=rows["entity"].map(codes.index),
        component_order=rows["component"].map(COMPONENTS.index),
    ).sort_values(["country_order", "component_order"])
    rows = rows.rename(columns={"entity": "iso3", "indicator": "definition"})
    columns = ["iso3", "component", "definition", "date", "dated", "persons", "per_1000", "confidence", "note"]
    return rows[columns].reset_index(drop=True)


def latest_population(population: pd.DataFrame) -> pd.Series:
    """Inhabitants by country code, of the latest year with a value."""
    rows = population[(population["measure"] == "population_persons") & population["value"].notna()]
    return rows.sort_values("year").drop_duplicates("iso3", keep="last").set_index("iso3")["value"]


def missing_components(computed: pd.DataFrame, parameters: Parameters) -> dict[str, tuple[str, ...]]:
    """Components without a published number, by country; countries that lack none are left out."""
    held = {code: set(rows["component"]) for code, rows in computed.groupby("iso3")}
    lacking = {
        code: tuple(name for name in COMPONENTS if name not in held.get(code, set())) for code in parameters.countries
    }
    return {code: names for code, names in lacking.items() if names}


def compare_active(forces: pd.DataFrame, countries: tuple[str, ...], adversaries: tuple[str, ...]) -> pd.DataFrame:
    """Active strength of each adversary against that of the countries together, as intervals.

    All numbers are the newest row named "active" of one publisher, so that like is added to like.

    Parameters
    ----------
    forces : DataFrame
        The national-forces dataset.
    countries, adversaries : tuple of str
        Country codes.

    Returns
    -------
    DataFrame
        ``iso3, low_persons, high_persons, own_low_persons, own_high_persons, ratio_low, ratio_high``, one row per
        adversary.
    """
    own = add_intervals(_active(forces, code) for code in countries)
    rows = []
    for code in adversaries:
        theirs = _active(forces, code)
        ratio = theirs / own
        rows.append((code, theirs.low, theirs.high, own.low, own.high, ratio.low, ratio.high))
    columns = ["iso3", "low_persons", "high_persons", "own_low_persons", "own_high_persons", "ratio_low", "ratio_high"]
    return pd.DataFrame(rows, columns=columns)


def _active(forces: pd.DataFrame, code: str) -> Interval:
    """Newest active strength of a country."""
    rows = select_figures(forces, ADVERSARY_ACTIVE, "component")
    rows = rows[rows["entity"] == code]
    if rows.empty:
        raise DataError(f"no active strength of {code}", where="national_forces", remedy="leave the country out")
    latest = latest_figures(rows, ["entity"]).iloc[0]
    return Interval(float(latest["low"]), float(latest["high"]))
