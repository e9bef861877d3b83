"""Shelters and exercises: counts by inhabitant, ranges where reports differ, and gaps that stay gaps."""

import numpy as np
import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.exercises import KINDS as EXERCISE_KINDS
from baltic_calculus.analysis.exercises import list_exercises
from baltic_calculus.analysis.preparedness_facts import describe_evacuation, describe_exercises, describe_shelters
from baltic_calculus.analysis.publishers import name_publishers
from baltic_calculus.analysis.shelters import (
    PLACES,
    ROLES,
    TARGET,
    THEMES,
    compute_places,
    latest_places,
    list_protection,
    with_finland,
)

BALTIC = ("EST", "LVA", "LTU")
POPULATION = pd.DataFrame(
    {
        "iso3": ["EST", "LTU", "EST"],
        "year": [2023, 2024, 2024],
        "measure": "population_persons",
        "value": [1_300_000.0, 2_900_000.0, 1_400_000.0],
    }
)


def facts_of(*rows: tuple[str, str, str, float, str]) -> pd.DataFrame:
    """A fact dataset of some rows; indicators that are not named have a row of no state."""
    named = {row[2] for row in rows}
    others = [("NOWHERE", "2025", name, 1.0, "persons") for name in ROLES if name not in named]
    frame = pd.DataFrame([*rows, *others], columns=["entity", "date", "indicator", "value", "unit"])
    return frame.assign(low=np.nan, high=np.nan, confidence="medium", source="P148", note="")


def test_places_by_inhabitant_and_published_shares_make_a_range() -> None:
    facts = facts_of(
        ("LTU", "2025", "shelter places", 1_450_000, "persons"),
        ("LTU", "2025", "population that shelters can hold", 54, "%"),
    )
    row = compute_places(facts, POPULATION, ["LTU"]).iloc[0]
    # 1.45 million of 2.9 million is 500 of 1,000; the published share is 540
    assert row[["low_per_1000", "high_per_1000"]].tolist() == pytest.approx([500, 540])


def test_parts_of_a_target_are_added_and_the_latest_population_divides() -> None:
    facts = facts_of(
        ("EST", "2034", "shelter target", 350_000, "persons"),
        ("EST", "2034", "temporary shelter target", 350_000, "persons"),
    )
    row = compute_places(facts, POPULATION, ["EST"]).iloc[0]
    assert row["kind"] == TARGET
    assert row["low_per_1000"] == row["high_per_1000"] == 500  # 700,000 of the 1.4 million of 2024


def test_a_state_without_a_number_has_an_empty_row() -> None:
    rows = compute_places(facts_of(), POPULATION, ["EST"])
    assert rows[["iso3", "kind", "confidence"]].values.tolist() == [["EST", PLACES, "not public"]]
    assert rows[["low_per_1000", "high_per_1000"]].isna().all(axis=None)


def test_newest_counts_as_published() -> None:
    facts, population = catalog.load("defence_line_resilience"), catalog.load("world_bank")
    places = compute_places(facts, population, with_finland(BALTIC))
    newest = latest_places(places).set_index("iso3")
    assert newest.at["EST", "low_per_1000"] == 160  # 16% of inhabitants
    assert newest.at["LTU", "high_per_1000"] == pytest.approx(560)  # 56%
    assert newest.at["LTU", "dated"] == "15 January 2026"
    told = describe_shelters(facts, places, BALTIC)
    assert list(told["places"]) == list(BALTIC)
    assert told["places_without"] == ()
    # 4.4 to 4.8 million places for some 5.6 million inhabitants
    assert 770 < told["finland"].value < told["finland"].high < 870


def test_other_countries_are_said_to_be_missing() -> None:
    facts, population = catalog.load("defence_line_resilience"), catalog.load("world_bank")
    told = describe_shelters(facts, compute_places(facts, population, with_finland(["POL"])), ["POL"])
    assert told["places_without"] == ("POL",)
    assert told["places"] == "none found"
    assert describe_evacuation(facts, population, ["POL"])["evacuated"] == "none found"


def test_every_number_on_protection_is_listed() -> None:
    facts = catalog.load("defence_line_resilience")
    codes = with_finland(BALTIC)
    listed = list_protection(facts, catalog.load("sources"), codes)
    asked = facts[facts["indicator"].isin(list(THEMES)) & facts["entity"].isin(codes)]
    assert len(listed) == len(asked)
    assert listed[["low", "high"]].notna().all(axis=None)
    assert list(dict.fromkeys(listed["theme"])) == list(dict.fromkeys(THEMES.values()))


def test_evacuation_is_a_share_of_inhabitants() -> None:
    facts = catalog.load("defence_line_resilience")
    told = describe_evacuation(facts, POPULATION, ["EST", "LTU"])
    assert told["evacuated_pct"]["EST"].value == 10  # 140,000 of 1.4 million
    assert told["evacuated"]["LTU"].value == 400_000


def test_exercises_are_listed_whole_with_gaps_kept() -> None:
    register = catalog.load("exercises")
    listed = list_exercises(register, catalog.load("sources"), BALTIC)
    assert len(listed) == len(register)
    assert list(dict.fromkeys(listed["kind"])) == list(EXERCISE_KINDS)
    silent = listed[listed["low_persons"].isna()]
    assert silent["exercise"].tolist() == ["Vycio Skliautas 2024"]
    told = describe_exercises(register)
    # about 2,000 by one report; 1,200 officials and 1,000 volunteers by another
    assert (told["vycio"].value, told["vycio"].high) == (2000, 2200)
    assert told["exercises_silent"].value == 1


def test_publishers_are_named_once() -> None:
    sources = pd.DataFrame({"source": ["A", "B", "C"], "publisher": ["Press", "Ministry", "Press"]})
    assert name_publishers(pd.Series(["A;C", "B;A"]), sources) == ["Press", "Ministry; Press"]
