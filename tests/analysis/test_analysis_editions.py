"""The same year in several editions: revisions are told, never joined, and add up."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from baltic_calculus.analysis.editions import (
    compute_revisions,
    describe_editions,
    select_editions,
    stack_editions,
    total_revisions,
)
from baltic_calculus.analysis.parameters import Parameters
from baltic_calculus.analysis.quantity import Quantity

SHARE, ROUNDED = "share_gdp_pct", "share_gdp_rounded_pct"
EDITIONS = pd.DataFrame(
    [
        ("EST", 2022, SHARE, 2.16, "", "2024-06"),
        ("EST", 2024, SHARE, 3.43, "estimate", "2024-06"),
        ("EST", 2024, SHARE, 3.41, "estimate", "2025-04"),
        ("EST", 2025, SHARE, 3.38, "estimate", "2025-08"),
        ("EST", 2025, ROUNDED, 3.4, "estimate", "2026-03"),
        ("DEU", 2025, SHARE, float("nan"), "", "2025-08"),
    ],
    columns=["iso3", "year", "measure", "value", "flag", "vintage"],
)
NATO = pd.DataFrame(
    [
        ("EST", 2022, SHARE, 2.16, ""),
        ("EST", 2024, SHARE, 3.31, ""),
        ("EST", 2025, SHARE, 3.93, "estimate"),
        ("DEU", 2025, SHARE, 2.4, "estimate"),
        ("EST", 2025, "equipment_share_pct", 30.0, "estimate"),
    ],
    columns=["iso3", "year", "measure", "value", "flag"],
)
ESTONIA = Parameters(countries=("EST",), comparators=("DEU",), first_year=2014, last_year=2026)


@pytest.fixture
def stacked() -> pd.DataFrame:
    return stack_editions(EDITIONS, NATO, "2026-07")


def test_every_value_keeps_the_edition_that_printed_it(stacked: pd.DataFrame) -> None:
    own = stacked[(stacked["iso3"] == "EST") & (stacked["year"] == 2025)]
    assert own[["vintage", "share_gdp_pct", "rounded"]].values.tolist() == [
        ["2025-08", 3.38, False],
        ["2026-03", 3.4, True],
        ["2026-07", 3.93, False],
    ]


def test_a_cell_left_blank_is_no_value_and_no_revision(stacked: pd.DataFrame) -> None:
    assert stacked.loc[stacked["iso3"] == "DEU", "vintage"].tolist() == ["2026-07"]
    assert "DEU" not in set(compute_revisions(stacked)["iso3"])


def test_a_revision_is_the_later_edition_less_the_one_before(stacked: pd.DataFrame) -> None:
    revisions = compute_revisions(stacked).set_index(["year", "earlier", "later"])["revision_points"]
    assert revisions[2024, "2024-06", "2025-04"] == pytest.approx(-0.02)  # 3.41 - 3.43
    assert revisions[2024, "2025-04", "2026-07"] == pytest.approx(-0.10)  # 3.31 - 3.41
    assert revisions[2025, "2025-08", "2026-07"] == pytest.approx(0.55)  # 3.93 - 3.38; the rounded 3.4 is passed over


def test_typical_revisions_tell_estimates_from_closed_years(stacked: pd.DataFrame) -> None:
    facts = describe_editions(stacked, ESTONIA, aggregates=())
    assert facts["closed_median"] == Quantity(0.0, "points of GDP", 2)
    # |3.31 - 3.43| = 0.12 and |3.93 - 3.38| = 0.55: the median lies half way
    assert isinstance(facts["estimate_median"], Quantity)
    assert facts["estimate_median"].value == pytest.approx(0.335)
    assert facts["estimate_largest_ally"] == "EST"
    assert facts["own_unknown"] == ()


def test_a_country_with_one_edition_is_said_to_be_unknown(stacked: pd.DataFrame) -> None:
    germany = describe_editions(stacked, Parameters(countries=("DEU",)), aggregates=())
    assert germany["own_revisions"] == {}
    assert germany["own_unknown"] == ("DEU",)


def test_without_revisions_nothing_is_computed() -> None:
    alone = stack_editions(EDITIONS.iloc[:0], NATO, "2026-07")
    facts = describe_editions(alone, ESTONIA, aggregates=())
    assert facts["estimate_median"] == facts["closed_median"] == "not computable"


def test_the_chart_has_the_years_before_the_last_one(stacked: pd.DataFrame) -> None:
    shown = select_editions(stacked, ESTONIA)
    assert shown.loc[shown["iso3"] == "EST", "year"].unique().tolist() == [2024, 2025]
    assert shown.loc[(shown["iso3"] == "EST") & (shown["year"] == 2025), "edition"].tolist() == [
        "August 2025",
        "March 2026",
        "July 2026",
    ]
    assert shown.loc[shown["iso3"] == "DEU", "revision_points"].isna().all()


@given(st.lists(st.floats(0, 10), min_size=2, max_size=6))
def test_revisions_add_up_to_the_last_value_less_the_first(values: list[float]) -> None:
    stacked = pd.DataFrame(
        {
            "iso3": "EST",
            "year": 2024,
            "vintage": [f"2024-{month:02d}" for month in range(1, len(values) + 1)],
            "share_gdp_pct": values,
            "rounded": False,
            "flag": "estimate",
        }
    )
    total = total_revisions(stacked)["revision_points"].item()
    assert compute_revisions(stacked)["revision_points"].sum() == pytest.approx(total, abs=1e-9)
    assert total == pytest.approx(values[-1] - values[0], abs=1e-9)
