"""Air policing: single published counts, each of its own area."""

import pandas as pd

from baltic_calculus.analysis.air import AIRCRAFT, BASE, EUROPE, MEASURES, SCRAMBLES, compute_policing
from baltic_calculus.analysis.air_facts import describe_air
from baltic_calculus.analysis.quantity import Quantity

NONE = float("nan")
AIR = pd.DataFrame(
    [
        ("BALTIC", "2022-04", "Baltic Air Policing aircraft", 21.0, NONE, NONE, "medium"),
        ("BALTIC", "2013", "Baltic Air Policing aircraft", 4.0, NONE, NONE, "high"),
        ("BALTIC", "2024-03", "Baltic Air Policing aircraft (relatively limited force)", 12.0, NONE, NONE, "medium"),
        ("BALTIC", "2024-07", "aircraft at Siauliai", 12.0, NONE, NONE, "high"),
        ("BALTIC", "2025-08", "aircraft at Siauliai", 4.0, NONE, NONE, "low"),
        ("BALTIC", "2015-01", "Baltic Air Policing rotation", 37.0, NONE, NONE, "high"),
        ("BALTIC", "2025-01", "Baltic Air Policing rotation", 67.0, NONE, NONE, "high"),
        ("BALTIC", "2014", "scrambles", 150.0, 140.0, 150.0, "high"),
        ("BALTIC", "2017", "scrambles", 130.0, NONE, NONE, "high"),
        ("EUROPE", "2014", "scrambles over Europe", 500.0, NONE, NONE, "high"),
    ],
    columns=["entity", "date", "indicator", "value", "low", "high", "confidence"],
).assign(unit="", source="P001", note="")


def test_counts_of_one_area_stay_together_and_in_the_order_of_their_dates() -> None:
    rows = compute_policing(AIR, 2026)
    assert list(dict.fromkeys(rows["measure"])) == list(MEASURES)
    assert rows.loc[rows["measure"] == AIRCRAFT, "low"].tolist() == [4, 21, 12]
    assert rows.loc[rows["measure"] == EUROPE, "low"].tolist() == [500]
    assert rows.loc[rows["measure"] == BASE, "confidence"].tolist() == ["high", "low"]


def test_two_published_counts_of_a_year_are_a_range() -> None:
    rows = compute_policing(AIR, 2026)
    first = rows[rows["measure"] == SCRAMBLES].iloc[0]
    assert (first["low"], first["high"]) == (140, 150)


def test_later_counts_are_left_out() -> None:
    assert set(compute_policing(AIR, 2018)["date"]) == {"2013", "2014", "2015-01", "2017"}


def test_rotations_a_year() -> None:
    facts = describe_air(compute_policing(AIR, 2026))
    # from number 37 to number 67 in ten years
    assert facts["rotations_a_year"] == Quantity(3.0, "", 1)
    assert facts["rotation_last"] == Quantity(67, "", 0)
    assert facts["scrambles_most"] == Quantity(140, "", 0, 150)
    assert facts["base_low_count"] == Quantity(1, "", 0)
