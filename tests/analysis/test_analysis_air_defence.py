"""Air defence by layer: spans as published, no span where no date was found, no contract where none was reported."""

import pandas as pd
import pytest

from baltic_calculus import catalog
from baltic_calculus.analysis.air_defence import (
    LAYERS,
    ROTATION,
    compute_air_defence,
    layers_without_contract,
    list_systems,
    order_rows,
    own_systems,
)
from baltic_calculus.analysis.air_facts import describe_air_defence
from baltic_calculus.analysis.quantity import Quantity

NONE = float("nan")
SYSTEMS = pd.DataFrame(
    [
        ("LTU", "NLD", "long range", "Dutch Patriot", "allied rotation", "2024-07-07", "2024-07-19", NONE, "high"),
        ("LTU", "LTU", "medium range", "NASAMS 2", "on order", "2026-Q1", "2027-Q1", 200.0, "high"),
        ("EST", "EST", "medium range", "IRIS-T", "delivered", "2026", "2026", 400.0, "medium"),
        ("EST", "EST", "long range", "not chosen", "planned", "2030", "2030", 1000.0, "low"),
        ("LTU", "LTU", "long range", "not chosen", "planned", "", "", NONE, "high"),
        ("LTU", "LTU", "short range", "RBS 70", "on order", "2026", "2032", 320.0, "high"),
    ],
    columns=["iso3", "provider", "layer", "system", "standing", "begins", "ends", "amount_eur_m", "confidence"],
).assign(signed="", value=NONE, unit="", source="P1;P2", note="")
NAMES = {"EST": "Estonia", "LVA": "Latvia", "LTU": "Lithuania"}


@pytest.fixture
def rows() -> pd.DataFrame:
    return compute_air_defence(SYSTEMS, NAMES)


def test_layers_from_short_to_long_and_rotations_last(rows: pd.DataFrame) -> None:
    assert rows["label"].tolist() == [
        "Lithuania: RBS 70",
        "Estonia: IRIS-T",
        "Lithuania: NASAMS 2",
        "Estonia: not chosen",
        "Lithuania: not chosen",
        "Lithuania: Dutch Patriot",
    ]


def test_spans_hold_the_whole_of_the_named_periods(rows: pd.DataFrame) -> None:
    spans = rows.set_index("label")
    # 2026 to 2032 is seven whole years; the first quarter of 2027 ends a quarter into the year
    assert tuple(spans.loc["Lithuania: RBS 70", ["start", "end", "first_year", "last_year"]]) == (
        2026,
        2033,
        2026,
        2032,
    )
    assert spans.at["Lithuania: NASAMS 2", "end"] == pytest.approx(2027 + 90 / 365)
    assert spans.at["Lithuania: NASAMS 2", "last_year"] == 2027


def test_no_date_gives_no_span(rows: pd.DataFrame) -> None:
    assert rows.set_index("label").loc["Lithuania: not chosen", ["start", "end", "first_year"]].isna().all()


def test_chart_rows_name_every_layer_also_an_empty_one(rows: pd.DataFrame) -> None:
    lines = order_rows(own_systems(rows))
    assert lines[0] == "very short range"
    assert [line for line in lines if line in LAYERS] == list(LAYERS)
    assert set(lines) - set(LAYERS) == set(own_systems(rows)["label"])


def test_a_plan_or_a_rotation_is_no_contract(rows: pd.DataFrame) -> None:
    missing = layers_without_contract(rows, ["EST", "LTU"])
    assert missing == {
        "very short range": ("EST", "LTU"),
        "short range": ("EST",),
        "medium range": (),
        "long range": ("EST", "LTU"),
    }


def test_facts_count_contracts_only(rows: pd.DataFrame) -> None:
    facts = describe_air_defence(rows, ["EST", "LTU"], 2026)
    assert (facts["contracts"], facts["medium_range"], facts["long_range"]) == (
        Quantity(3, "", 0),
        Quantity(2, "", 0),
        Quantity(0, "", 0),
    )
    # 200 + 400 + 320; the plan's 1,000 is no contract
    assert facts["contracts_eur_bn"] == Quantity(0.92, "EUR bn", 1)
    assert (facts["due"], facts["delivered"]) == (Quantity(2, "", 0), Quantity(1, "", 0))
    assert (facts["rotations"], facts["rotations_long"], facts["rotation_hosts"]) == (
        Quantity(1, "", 0),
        Quantity(1, "", 0),
        ("LTU",),
    )


def test_sources_are_printed_by_publisher(rows: pd.DataFrame) -> None:
    sources = pd.DataFrame({"source": ["P1", "P2"], "publisher": ["ERR", "BNS"]})
    assert set(list_systems(rows, sources)["published_by"]) == {"ERR; BNS"}


def test_every_published_row_is_drawn_or_listed_once() -> None:
    systems = catalog.load("air_defence")
    rows = compute_air_defence(systems, NAMES)
    keys = ["iso3", "provider", "layer", "system", "begins"]
    assert sorted(map(tuple, rows[keys].astype(str).to_numpy())) == sorted(
        map(tuple, systems[keys].astype(str).to_numpy())
    )
    own = own_systems(rows)
    assert own["label"].is_unique
    assert (own["iso3"] == own["provider"]).all()
    assert (rows.loc[rows["standing"] == ROTATION, "iso3"] != rows.loc[rows["standing"] == ROTATION, "provider"]).all()
    dated = rows.dropna(subset=["start"])
    assert (dated["start"] < dated["end"]).all()
