"""What the sentences and the table about drivers say of small frames."""

import pandas as pd
import pytest

from baltic_calculus.analysis.driver_facts import describe_drivers, select_wide, tabulate_sobol
from baltic_calculus.analysis.quantity import Quantity
from baltic_calculus.analysis.sensitivity import Sample

NAMES = {
    "share_gdp_pct": ("the share of defence", "choice"),
    "paid_pct": ("the part of the rise not borrowed", "choice"),
    "real_growth_pct": ("growth of output", "circumstance"),
    "marginal_rate_pct": ("the rate on new debt", "circumstance"),
    "multiplier": ("the multiplier of expenditure", "circumstance"),
}


def named(rows: list[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["iso3", "driver", *columns])
    return frame.assign(
        words=[NAMES[name][0] for name in frame["driver"]], kind=[NAMES[name][1] for name in frame["driver"]]
    )


TORNADO = named(
    [
        ("EST", "share_gdp_pct", 2.0, 57.0, 36.0, 57.0, 21.0, 7.0),
        ("EST", "paid_pct", 0.0, 57.0, 57.0, 45.0, 12.0, -0.12),
        ("EST", "real_growth_pct", 0.8, 57.0, 63.0, 53.0, 10.0, -3.8),
        ("EST", "marginal_rate_pct", 2.8, 57.0, 56.5, 57.4, 0.9, 0.4),
        ("EST", "multiplier", 0.0, 57.0, 57.0, 57.0, 0.0, 0.0),
    ],
    [
        "low",
        "debt_central_gdp_pct",
        "debt_at_low_gdp_pct",
        "debt_at_high_gdp_pct",
        "swing_points",
        "per_unit_points",
    ],
)
SOBOL = named(
    [
        ("EST", "real_growth_pct", 0.50, 0.48, 0.52, 0.52, 0.50, 0.54),
        ("EST", "share_gdp_pct", 0.30, 0.26, 0.34, 0.40, 0.38, 0.42),
        ("EST", "paid_pct", 0.05, 0.04, 0.06, 0.15, 0.14, 0.16),
        ("EST", "marginal_rate_pct", 0.01, 0.0, 0.02, 0.01, 0.01, 0.01),
        ("EST", "multiplier", 0.0, 0.0, 0.0, 0.001, 0.001, 0.001),
    ],
    ["first_order", "first_low", "first_high", "total", "total_low", "total_high"],
)


def test_only_wide_bars_are_drawn_and_choices_are_marked() -> None:
    wide = select_wide(TORNADO)
    assert wide["driver"].tolist() == ["share_gdp_pct", "paid_pct", "real_growth_pct"]
    assert wide["choice"].tolist() == [True, True, False]


def test_the_table_leaves_out_what_explains_nothing_and_prints_per_cent() -> None:
    table = tabulate_sobol(SOBOL)
    assert table["words"].tolist() == [
        "growth of output",
        "share of defence",
        "part of the rise not borrowed",
        "rate on new debt",
    ]
    assert table.loc[1, ["first_order_est_pct", "total_est_pct"]].tolist() == pytest.approx([30, 40])


def test_sentences_get_the_widest_of_each_kind_and_the_sums() -> None:
    told = describe_drivers(TORNADO, SOBOL, Sample(1, 8), 2035)
    assert [told["first_choice"], told["first_circumstance"]] == ["the share of defence", "growth of output"]
    assert told["share_gain"] == {"EST": Quantity(21.0, "points of GDP", 0)}  # 57 - 36
    assert told["paid_gain"] == {"EST": Quantity(12.0, "points of GDP", 0)}  # 57 - 45
    assert told["still"] == ("the multiplier of expenditure",)
    assert told["little"] == ("the multiplier of expenditure",)
    assert [told["top"], told["second"]] == ["growth of output", "the share of defence"]
    assert told["evaluations"] == Quantity(56, "", 0)  # 8 draws, 5 drivers and 2 matrices
    sums = {name: told[name]["EST"].value for name in ("choices_alone", "circumstances_alone", "alone", "together")}
    assert sums == pytest.approx({"choices_alone": 35, "circumstances_alone": 51, "alone": 86, "together": 14})
    assert told["half_width"].value == pytest.approx(4)  # 0.26 to 0.34
