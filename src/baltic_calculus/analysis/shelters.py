"""Places to take shelter, per inhabitant, and what else is published on the protection of people.

What counts differs: Finland counts civil shelters built against blast; Lithuania, Latvia and Estonia count buildings
found suitable or marked, and Estonia's protect against debris. The numbers are set beside each other, not ranked.
"""

from collections.abc import Sequence

import pandas as pd

from baltic_calculus.analysis.dates import date_middle
from baltic_calculus.analysis.figures import select_figures
from baltic_calculus.analysis.forces import CONFIDENCE, latest_population
from baltic_calculus.analysis.publishers import name_publishers

PLACES, TARGET = "places", "target"
KINDS = (PLACES, TARGET)
FINLAND = "FIN"
ROLES = {
    "shelter places": PLACES,
    "population that shelters can hold": PLACES,
    "shelter target": TARGET,
    "temporary shelter target": TARGET,
}
DEFINITIONS = {
    "EST": "public places of refuge, against debris",
    "LVA": "state and municipal sites found suitable",
    "LTU": "buildings marked as shelters",
    "FIN": "civil shelters, built as such",
}
THEMES = {
    "shelters": "Shelters",
    "shelter places": "Shelters",
    "public shelters": "Shelters",
    "civil shelters": "Shelters",
    "population that shelters can hold": "Shelters",
    "shelter target": "Targets",
    "temporary shelter target": "Targets",
    "shelter target, cities": "Targets",
    "shelters planned": "Targets",
    "shelters to be modernised in 2026": "Targets",
    "shelters to be equipped with European money": "Targets",
    "people in evacuation plans": "Evacuation",
    "share of population in evacuation plans": "Evacuation",
    "shelter spending (minimum)": "Money",
    "European money for shelters": "Money",
    "shelter money to 2030": "Money",
    "shelter money requested, not granted": "Money",
}


def with_finland(codes: Sequence[str]) -> tuple[str, ...]:
    """The countries, and Finland for comparison."""
    return (*codes, *(code for code in (FINLAND,) if code not in codes))


def compute_places(facts: pd.DataFrame, population: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Places to take shelter per 1,000 inhabitants, by date, and the targets set.

    A count of places is divided by the inhabitants of the latest year; a published share of the population is taken as
    it is. Where both are published for one date they make a range. The places of a target are added.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    population : DataFrame
        World Bank dataset, long, with ``population_persons``.
    codes : sequence of str
        Country codes, in the order of the rows.

    Returns
    -------
    DataFrame
        ``iso3, kind`` (one of ``KINDS``), ``date, dated, when`` (middle of the date), ``low_per_1000, high_per_1000``,
        ``definition, confidence`` (the weakest), ``note``. A state without a published number has one row of NaN.
    """
    inhabitants = latest_population(population)
    figures = select_figures(facts, ROLES, "kind")
    figures = figures[figures["entity"].isin([code for code in codes if code in inhabitants.index])]
    per_person = 1000 / figures["entity"].map(inhabitants)
    factor = per_person.where(figures["unit"] != "%", 10.0)
    figures = figures.assign(low=figures["low"] * factor, high=figures["high"] * factor)
    rows = [_row(str(code), str(kind), group) for (code, kind, _), group in figures.groupby(["entity", "kind", "date"])]
    silent = [code for code in codes if code not in set(figures["entity"])]
    rows += [
        {"iso3": code, "kind": PLACES, "confidence": "not public", **dict.fromkeys(("definition", "note"), "")}
        for code in silent
    ]
    columns = ["iso3", "kind", "date", "dated", "when", "low_per_1000", "high_per_1000"]
    table = pd.DataFrame(rows, columns=[*columns, "definition", "confidence", "note"])
    table = table.assign(place=table["iso3"].map(list(codes).index), rank=table["kind"].map(KINDS.index))
    return table.sort_values(["place", "rank", "when"]).drop(columns=["place", "rank"]).reset_index(drop=True)


def _row(code: str, kind: str, figures: pd.DataFrame) -> dict[str, object]:
    """One date of one state; the parts of a target are added, different counts of one thing make a range."""
    ends = figures["low"].sum(), figures["high"].sum()
    if kind == PLACES:
        ends = figures["low"].min(), figures["high"].max()
    date = str(figures["date"].iloc[0])
    return {
        "iso3": code,
        "kind": kind,
        "date": date,
        "dated": figures["dated"].iloc[0],
        "when": date_middle(date),
        "low_per_1000": float(ends[0]),
        "high_per_1000": float(ends[1]),
        "definition": DEFINITIONS.get(code, ""),
        "confidence": min(figures["confidence"], key=CONFIDENCE.index),
        "note": "; ".join(dict.fromkeys(note for note in figures["note"] if note)),
    }


def latest_places(places: pd.DataFrame) -> pd.DataFrame:
    """The newest count of places of each state; states without one are left out."""
    known = places[(places["kind"] == PLACES) & places["low_per_1000"].notna()]
    return (
        known.sort_values("when", kind="stable")
        .drop_duplicates("iso3", keep="last")
        .sort_index()
        .reset_index(drop=True)
    )


def list_protection(facts: pd.DataFrame, sources: pd.DataFrame, codes: Sequence[str]) -> pd.DataFrame:
    """Every published number on shelters, evacuation and their money, with the reports it was read in.

    Parameters
    ----------
    facts : DataFrame
        The dataset ``defence_line_resilience``.
    sources : DataFrame
        The register of documents: ``source, publisher``.
    codes : sequence of str
        Country codes, in the order of the rows within a theme.

    Returns
    -------
    DataFrame
        ``theme, iso3, indicator, low, high, unit, date, confidence, published_by, note``, by theme and state.
    """
    order = list(codes)
    rows = select_figures(facts, THEMES, "theme")
    rows = rows[rows["entity"].isin(order)]
    rows = rows.assign(
        iso3=rows["entity"],
        published_by=name_publishers(rows["source"], sources),
        rank=rows["theme"].map(list(dict.fromkeys(THEMES.values())).index),
        place=rows["entity"].map(order.index),
    )
    rows = rows.sort_values(["rank", "place", "when"], kind="stable").reset_index(drop=True)
    return rows[["theme", "iso3", "indicator", "low", "high", "unit", "date", "confidence", "published_by", "note"]]
