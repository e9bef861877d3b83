"""Air policing: single published counts of the region."""

import pandas as pd

from baltic_calculus.analysis.air import AIRCRAFT, SCRAMBLES, compute_policing, list_orders

NONE = float("nan")
AIR = pd.DataFrame(
    [
        ("BALTIC", "2022-04", "Baltic Air Policing aircraft", 21.0),
        ("BALTIC", "2013", "Baltic Air Policing aircraft", 4.0),
        ("BALTIC", "2024-03", "Baltic Air Policing aircraft (relatively limited force)", 12.0),
        ("BALTIC", "2017", "scrambles", 130.0),
        ("EUROPE", "2014", "scrambles", 500.0),
        ("EST-LVA", "2023-09-11", "IRIS-T SLM joint order", 1000.0),
        ("LTU", "2024", "NASAMS and RBS 70 NG orders", 323.0),
    ],
    columns=["entity", "date", "indicator", "value"],
).assign(low=NONE, high=NONE, unit="", confidence="high", source="P001", note="")


def test_counts_are_of_the_region_and_in_the_order_of_their_dates() -> None:
    rows = compute_policing(AIR, 2026)
    assert rows.loc[rows["measure"] == AIRCRAFT, "count"].tolist() == [4, 21, 12]
    assert rows.loc[rows["measure"] == SCRAMBLES, "count"].tolist() == [130]


def test_later_counts_are_left_out() -> None:
    assert compute_policing(AIR, 2018)["count"].tolist() == [4, 130]


def test_orders_carry_their_sums() -> None:
    assert list_orders(AIR).set_index("entity")["amount_eur_m"].to_dict() == {"EST-LVA": 1000, "LTU": 323}
