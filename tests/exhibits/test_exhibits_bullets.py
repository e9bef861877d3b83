"""Bullets: plans at full length, outturns within them, and words where nothing is public."""

from typing import Any

import pandas as pd
import pytest

from baltic_calculus.errors import ExhibitError
from baltic_calculus.exhibits import chart_bullets, describe_bullets

PLANS = pd.DataFrame(
    {
        "label": ["Estonia: bunkers", "Latvia: bunkers", "Poland: trenches"],
        "planned": [600.0, None, 800.0],
        "delivered_pct": [5.0, None, None],
        "installed_pct": [1.5, None, None],
        "words": ["600 planned, 30 delivered, 9 installed", "no number is public", "800 km planned"],
        "confidence": ["high", "not public", "low"],
    }
)


def draw(frame: pd.DataFrame = PLANS, **settings: Any) -> dict[str, Any]:
    defaults: dict[str, Any] = {
        "category": "label",
        "planned": "planned",
        "parts": {"delivered_pct": "delivered", "installed_pct": "installed"},
        "words": "words",
        "details": {"Confidence": "confidence"},
    }
    spec: dict[str, Any] = chart_bullets(frame, **{**defaults, **settings}, unit="% of the plan").to_dict()
    return spec


def rows_of(spec: dict[str, Any], mark: str) -> list[list[dict[str, Any]]]:
    return [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"] if layer["mark"]["type"] == mark]


def test_plans_are_whole_and_outturns_within() -> None:
    planned, delivered, installed = rows_of(draw(), "bar")
    assert [(row["name"], row["share"]) for row in planned] == [("Estonia: bunkers", 100), ("Poland: trenches", 100)]
    assert [row["share"] for row in delivered] == [5]
    assert [row["share"] for row in installed] == [1.5]
    sizes = [layer["mark"]["size"] for layer in draw()["layer"] if layer["mark"]["type"] == "bar"]
    assert sizes == sorted(sizes, reverse=True)


def test_every_row_speaks() -> None:
    told = {row["words"] for rows in rows_of(draw(), "text") for row in rows}
    assert told == {"600 planned, 30 delivered, 9 installed", "No number is public", "800 km planned"}


def test_low_confidence_is_marked() -> None:
    planned = rows_of(draw(), "bar")[0]
    assert [row["weak"] for row in planned] == [False, True]


def test_a_chart_of_gaps_alone_is_drawn() -> None:
    assert rows_of(draw(PLANS.iloc[[1]]), "bar") == []


def test_text_for_readers_who_do_not_see_the_chart() -> None:
    told = describe_bullets(PLANS, category="label", words="words")
    assert "Estonia: bunkers: 600 planned, 30 delivered, 9 installed" in told
    assert told.endswith("Low confidence: Poland: trenches.")


def test_missing_column() -> None:
    with pytest.raises(ExhibitError, match="words"):
        draw(PLANS.drop(columns="words"))
