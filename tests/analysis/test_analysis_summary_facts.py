"""Ranges of sources and places among the allies, on frames of a few rows."""

import pandas as pd

from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.summary_facts import NO_ALLY, describe_places, describe_source_ranges

RANKED = pd.DataFrame({"iso3": ["LTU", "EST", "POL"], "rank": [1, 2, 3], "share_last_gdp_pct": [5.33, 5.10, 4.68]})


def compared(rows: list[tuple[str, int, str, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["iso3", "year", "definition", "share_gdp_pct"])


def test_sources_span_a_range_in_the_last_year_and_in_the_year_that_most_of_them_cover() -> None:
    sources = compared(
        [
            ("EST", 2025, "NATO", 3.9),
            ("EST", 2025, "SIPRI", 3.4),
            ("EST", 2025, "accounts", 4.2),
            ("EST", 2026, "NATO", 5.1),
            ("EST", 2026, "budget", 5.4),
            ("FIN", 2026, "NATO", 2.7),
        ]
    )
    spread = pd.DataFrame(
        {"iso3": ["EST", "EST"], "year": [2025, 2026], "lowest_gdp_pct": [3.4, 5.1], "highest_gdp_pct": [4.2, 5.4]}
    )
    told = describe_source_ranges(sources, spread, ["EST", "FIN"])
    assert told["last_ranges"] == {"EST": Quantity(5.1, "% of GDP", 1, high=5.4)}
    assert told["last_single"] == ("FIN",)
    assert told["full_year"] == Quantity(2025, "year")  # three sources, against two in 2026
    assert told["full_ranges"] == {"EST": Quantity(3.4, "% of GDP", 1, high=4.2)}
    assert told["last_sources"] == ("NATO", "budget")


def test_places_name_the_ally_behind_the_lowest_of_the_countries_in_focus() -> None:
    told = describe_places(RANKED, ["EST", "LTU"])
    assert (told["place_word"], told["place_numbers"]) == ("places", ("1", "2"))
    assert (told["lowest"], told["next"]) == ("EST", "POL")
    assert told["next_share"] == Quantity(4.68, "% of GDP", 2)


def test_the_last_ally_has_none_behind_it() -> None:
    told = describe_places(RANKED, ["POL"])
    assert (told["place_word"], told["place_numbers"], told["next"]) == ("place", ("3",), NO_ALLY)
    assert describe_places(RANKED, ["RUS"])["lowest"] == NO_ALLY
