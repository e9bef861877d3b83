"""Forward land forces: scopes kept apart, the newest figure of a formation, gaps shown as gaps."""

import pandas as pd
import pytest

from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.presence import (
    EXERCISE,
    FORMATION,
    LEAD_ONLY,
    PLANNED,
    SCOPES,
    compute_strengths,
    latest_strengths,
    lead_nations,
    total_strength,
)
from baltic_calculus.errors import DataError

NONE = float("nan")


def presence(*rows: tuple[str, str, str, float, float, float, str, str]) -> pd.DataFrame:
    """Rows under test, and a low-confidence row in a state of no interest for each other indicator that must exist."""
    columns = ["entity", "date", "indicator", "value", "low", "high", "text", "confidence"]
    named = {row[2] for row in rows}
    others = [("XXX", "2020", name, 1.0, NONE, NONE, "", "low") for name in SCOPES if name not in named]
    return pd.DataFrame([*rows, *others], columns=columns).assign(unit="troops", source="P001", note="")


FLANK = presence(
    ("EST", "2017-2026", "framework nation", NONE, NONE, NONE, "United Kingdom", "medium"),
    ("LTU", "2017-2026", "framework nation", NONE, NONE, NONE, "Germany", "high"),
    ("FIN", "2024-07", "FLF Finland approved; framework nation", NONE, NONE, NONE, "Sweden", "high"),
    ("SVK", "2025-01", "framework nation and contributors", NONE, NONE, NONE, "Spain; CZE;PRT", "high"),
    ("LTU", "2022-06-28", "battlegroup strength", 1632.0, NONE, NONE, "", "high"),
    ("LTU", "2026-02", "brigade strength in Lithuania after subordination", NONE, 1700.0, 1800.0, "", "medium"),
    ("LTU", "2026-07", "planned brigade strength mid-2026", 2000.0, NONE, NONE, "", "high"),
    ("EST", "2025-04", "UK troops in country at any one time", 700.0, NONE, NONE, "", "medium"),
    ("EST", "2020", "battlegroup strength", 1000.0, NONE, NONE, "", "medium"),
)
PARAMETERS = Parameters(countries=("LTU", "EST"), comparators=("FIN", "DEU"), first_year=2020, last_year=2026)


def test_lead_nation_is_the_first_name_of_the_text() -> None:
    assert lead_nations(FLANK) == {"EST": "United Kingdom", "FIN": "Sweden", "LTU": "Germany", "SVK": "Spain"}


def test_strengths_keep_unlike_counts_apart_and_in_the_order_of_the_parameters() -> None:
    rows = compute_strengths(FLANK, PARAMETERS)
    assert rows[["iso3", "scope"]].to_numpy().tolist() == [
        ["LTU", FORMATION],
        ["LTU", FORMATION],
        ["LTU", PLANNED],
        ["EST", FORMATION],
        ["EST", LEAD_ONLY],
        ["FIN", ""],
    ]
    assert rows.loc[5, ["low_troops", "high_troops"]].isna().all()
    assert rows.loc[1, ["low_troops", "high_troops"]].tolist() == [1700, 1800]


def test_strengths_stay_within_the_years() -> None:
    rows = compute_strengths(FLANK, PARAMETERS.model_copy(update={"first_year": 2021}))
    assert "2020" not in set(rows["date"])


def test_latest_strength_is_of_the_formation_and_a_gap_stays_a_gap() -> None:
    rows = latest_strengths(FLANK, ("LTU", "DEU")).set_index("iso3")
    assert rows.index.tolist() == ["LTU", "EST", "FIN", "SVK"]  # DEU hosts none
    # neither the plan of July 2026 nor the British troops alone are the formation's strength
    assert rows.loc["LTU", ["low_troops", "high_troops", "date"]].tolist() == [1700, 1800, "2026-02"]
    assert rows.loc["EST", "low_troops"] == 1000
    assert rows.loc["FIN"].isna()["low_troops"]
    assert rows.loc["FIN", ["date", "confidence"]].tolist() == ["", ""]
    assert rows["lead_and_date"].tolist()[::2] == ["Germany, February 2026", "lead nation: Sweden"]


def test_every_scope_is_used() -> None:
    assert set(SCOPES.values()) == {FORMATION, LEAD_ONLY, EXERCISE, PLANNED}


def test_totals_are_in_the_order_of_their_dates() -> None:
    names = ("battlegroups total", "eFP battlegroups total (4 host states), initial deployment")
    rows = presence(
        ("ALL8", "2022-06-28", names[0], 9641.0, NONE, NONE, "", "high"),
        ("EST", "2017", names[1], NONE, 4000.0, 5000.0, "", "medium"),
    )
    totals = total_strength(rows)
    assert totals["groups"].tolist() == ["four battlegroups", "eight battlegroups"]
    assert totals.loc[0, ["low_troops", "high_troops"]].tolist() == [4000, 5000]


def test_missing_framework_nations_are_reported() -> None:
    with pytest.raises(DataError, match="framework nation"):
        lead_nations(FLANK[~FLANK["indicator"].str.contains("framework")])
